"""General manager: the last signature."""

from __future__ import annotations

from app.security.rights.shared import ESTATE, EVERYBODY, SEARCH

DIRECTOR = (
    EVERYBODY
    | SEARCH
    | ESTATE
    | {
        "File": "list show open print",
        "Customer": "list show",
        "Contact": "list show",
        "Tenancy": "list show",
        "Document": "list show",
        "Complaint": "list show",
        "RepairKind": "list show",
        "Repair": "list show",
        "RepairStep": "list show",
        "RepairCost": "list show",
        "RepairPicture": "download",
        "Due": "list show",
        "DuePayment": "list show",
        "Violation": "list show",
        "Notice": "list show",
        "NoticeReceipt": "list show",
        "LetterTemplate": "list show",
        "Application": "list show",
        "GoodsLine": "list show",
        "Moving": "list show",
        "MovingItem": "list show",
        "HeldKey": "list show",
        "ComplaintPromise": "list show",
        "Visit": "list show",
        "VisitPlan": "list show",
        "MyCalendar": "show renew",
        "Deposit": "list show",
        "DepositLine": "list show",
        "DepositRefund": "list show approve refuse",
        "DepositDeduction": "list show",
        "Fitout": "list show permit refuse",
        "FitoutWorker": "list show",
        "FitoutInspection": "list show",
        "LookupRequest": "list show add withdraw approve refuse revoke print",
        "Loan": "list show add edit withdraw approve_high refuse print export",
        "LoanLine": "list show add",
        "LoanReturn": "list show",
        "LoanReminder": "list show",
        "Incident": "list show add edit decide close print export",
        "PenaltyBound": "list show",
        "ApiToken": "list show approve refuse revoke",
        "Handover": "list show sign print",
        "HandoverLine": "list show",
        "Clearance": "list show print",
        "CustodyLine": "list show",
        "HandoverSignature": "list show",
        "Consent": "list show",
        "DataRequest": "list show approve refuse",
        "DataTask": "list show",
        "PersonalData": "list print export",
        "PrintLine": "list show",
        "Print": "print_form",
        "Report": "list show export print money",
    }
)
