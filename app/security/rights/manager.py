"""Customer service manager: approves."""

from __future__ import annotations

from app.security.rights.supervisor import SUPERVISOR

MANAGER = SUPERVISOR | {
    "Due": "list show add edit waive print export",
    "ComplaintPromise": "list show edit",
    "LetterTemplate": "list show add edit delete",
    "LookupRequest": "list show add withdraw approve refuse revoke print export",
    "Deposit": "list show add edit correct withdraw print export",
    "DepositRefund": "list show approve refuse reveal print export",
    "Fitout": "list show permit refuse extend accept settle cancel print export",
    "ApiToken": "list show approve refuse revoke",
}
