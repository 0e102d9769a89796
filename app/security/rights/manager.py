"""Customer service manager: approves."""

from __future__ import annotations

from app.security.rights.supervisor import SUPERVISOR

MANAGER = SUPERVISOR | {
    "Due": "list show add edit waive print export",
    "ComplaintPromise": "list show edit",
    "LetterTemplate": "list show add edit delete",
    "RetentionRule": "list show add edit print export",
    "LegalHold": "list show add print export",
    "Scheme": "list show edit copy print export",
    "SchemeLimit": "list show print export",
    "Keeper": "list show print export",
    "RetentionDue": "list",
    "Appraisal": "list show sign judge approve refuse print export",
    "AppraisalItem": "list show edit",
    "AppraisalMember": "list show",
    "Destruction": "list show witness carry_out print export",
    "DestructionItem": "list show",
    "Entry": "list show add edit print export",
    "Register": "list show declare withdraw export",
    "File": "list show add edit open print close export seal",
    "LookupRequest": "list show add withdraw approve refuse revoke print export",
    "Seen": "of_file print",
    "RegisterReview": "list show add print",
    "PaperChange": "list show add agree refuse withdraw print export",
    "Loan": "list show add edit withdraw approve refuse hand_out take_back print export",
    "LoanLine": "list show add take_back",
    "Incident": "list show add edit remake hand_task decide close print export",
    "PenaltyBound": "list show add edit",
    "Deposit": "list show add edit correct withdraw print export",
    "DepositRefund": "list show approve refuse reveal print export",
    "Fitout": "list show permit refuse extend accept settle cancel print export",
    "Consent": "list show add print export",
    "DataRequest": "list show add edit verify approve refuse carry_out bundle print export",
    "DataTask": "list show finish print export",
    "PersonalData": "list print export",
    "ApiToken": "list show approve refuse revoke",
}
