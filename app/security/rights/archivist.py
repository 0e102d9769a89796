"""The keeper of the files."""

from __future__ import annotations

from app.security.rights.shared import ESTATE, EVERYBODY, SEARCH

ARCHIVIST = (
    EVERYBODY
    | SEARCH
    | ESTATE
    | {
        "File": "list show edit open file reopen box print export",
        "Customer": "list show print",
        "Contact": "list show",
        "Tenancy": "list show",
        "Complaint": "list show",
        "Repair": "list show",
        "RepairStep": "list show",
        "Notice": "list show",
        "NoticeReceipt": "list show",
        "LetterTemplate": "list show",
        "Application": "list show",
        "GoodsLine": "list show",
        "Moving": "list show",
        "MovingItem": "list show",
        "HeldKey": "list show",
        "RepairCost": "list show",
        "RepairPicture": "download",
        "Due": "list show",
        "DuePayment": "list show",
        "Violation": "list show",
        "Visit": "list show",
        "VisitPlan": "list show",
        "MyCalendar": "show renew",
        "Document": "list show add edit print export",
        "Scan": "download add",
        "Place": "list show add edit print",
        "RetentionRule": "list show print export",
        "LegalHold": "list show",
        "RetentionDue": "list",
        "Appraisal": "list show add edit list_due judge close_list sign withdraw print export",
        "AppraisalItem": "list show add edit export",
        "AppraisalMember": "list show add",
        "Destruction": "list show add edit submit witness carry_out withdraw check print export",
        "DestructionItem": "list show export",
        "LookupRequest": "list show add withdraw print export",
        "Loan": "list show add edit withdraw hand_out take_back print export",
        "LoanLine": "list show add take_back",
        "LoanReturn": "list show print export",
        "LoanReminder": "list show",
        "Incident": "list show add edit remake print export",
        "Handover": "list show add edit close_list sign give_up print export",
        "HandoverLine": "list show add edit delete",
        "Clearance": "list show hand_over print",
        "CustodyLine": "list show print export",
        "HandoverSignature": "list show",
        "Consent": "list show print",
        "DataTask": "list show finish",
        "PrintLine": "list show",
        "Print": "print_form",
        "Report": "list show",
    }
)
