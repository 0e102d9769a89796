"""The front desk: writes everything down, decides nothing."""

from __future__ import annotations

from app.security.rights.shared import ESTATE, EVERYBODY, SEARCH

CLERK = (
    EVERYBODY
    | SEARCH
    | ESTATE
    | {
        "File": "list show add edit open print",
        "Customer": "list show add edit reveal print",
        "Contact": "list show add edit",
        "Tenancy": "list show add edit print",
        "Document": "list show add edit",
        "Scan": "download add",
        "Complaint": "list show add edit assign answer solve conclude print",
        "Repair": "list show add edit dispatch rate remind drop print",
        "RepairKind": "list show",
        "RepairStep": "list show",
        "RepairCost": "list show add",
        "RepairPicture": "download add",
        "Due": "list show print",
        "DuePayment": "list show add",
        "Violation": "list show add edit notify rectify print",
        "ComplaintPromise": "list show",
        "Visit": "list show add edit finish miss replan cancel print",
        "VisitPlan": "list show print",
        "MyCalendar": "show renew",
        "Notice": "list show add edit print",
        "NoticeReceipt": "list show edit sign",
        "Letters": "write show print_all",
        "Application": "list show add edit print",
        "GoodsLine": "list show add edit",
        "Moving": "list show add edit check print",
        "MovingItem": "list show add",
        "HeldKey": "list show add",
        "Deposit": "list show add edit",
        "DepositLine": "list show add print",
        "DepositRefund": "list show add pay reveal print",
        "DepositDeduction": "list show add",
        "Fitout": "list show add edit start finish cancel print",
        "FitoutWorker": "list show add edit reveal",
        "FitoutInspection": "list show add",
        "Import": "start upload columns preview apply report",
        "LookupRequest": "list show add withdraw print",
        "Loan": "list show add edit withdraw print",
        "LoanLine": "list show add",
        "LoanReturn": "list show",
        "LoanReminder": "list show",
        "Incident": "list show add edit remake print",
        "Handover": "list show sign print",
        "HandoverLine": "list show",
        "CustodyLine": "list show",
        "HandoverSignature": "list show",
        "Consent": "list show add print",
        "DataRequest": "list show add edit",
        "DataTask": "list show finish",
        "Print": "print_form",
        "Report": "list show",
    }
)
