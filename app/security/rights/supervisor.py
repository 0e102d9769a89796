"""Customer service supervisor: checks, passes on, closes."""

from __future__ import annotations

from app.security.rights.clerk import CLERK

SUPERVISOR = CLERK | {
    "File": "list show add edit open print close export",
    "Customer": "list show add edit reveal print export",
    "Tenancy": "list show add edit print export",
    "Unit": "list show add edit print export",
    "Place": "list show print",
    "Floor": "list show add edit",
    "CalendarDay": "list show add edit delete",
    "Document": "list show add edit print export",
    "Complaint": "list show add edit assign answer solve conclude close reopen print export",
    "Repair": "list show add edit dispatch pass_on rate close remind drop print export",
    "RepairKind": "list show add edit",
    "RepairCost": "list show add print export",
    "Due": "list show add edit print export",
    "DuePayment": "list show add print export",
    "Violation": "list show add edit notify rectify close withdraw print export",
    "Visit": "list show add edit finish miss replan cancel print export",
    "VisitPlan": "list show add edit fill close print export",
    "Notice": "list show add edit issue close withdraw print export",
    "NoticeReceipt": "list show edit sign print export",
    "LetterTemplate": "list show",
    "Letters": "write show issue print_all",
    "Application": "list show add edit approve print export",
    "Moving": "list show add edit check close cancel print export",
    "HeldKey": "list show add print export",
    "Deposit": "list show add edit withdraw print export",
    "DepositLine": "list show add print export",
    "DepositRefund": "list show add check refuse pay reveal print export",
    "DepositDeduction": "list show add print export",
    "Fitout": "list show add edit review refuse start extend finish accept settle cancel print export",
    "FitoutWorker": "list show add edit reveal print export",
    "FitoutInspection": "list show add print export",
    "LookupRequest": "list show add withdraw pass_on refuse print export",
    "Handover": "list show add edit close_list sign give_up print export",
    "HandoverLine": "list show add edit",
    "Report": "list show export print money",
    "PrintLine": "list show",
}
