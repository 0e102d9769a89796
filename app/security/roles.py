"""Who may do what: eight roles, one table. `flask setup` writes it to the database; menus follow from it.

A verb is what a view's address is called (list show add edit delete export print reveal …) or a move's name.
`File:open` is the right to see what a file holds while nothing seals it; without it everything reads as sealed.
`Report:money` is the right to see amounts in reports; without it a report answers without them.
`Site:every_site` frees from the row scope: structure and accounts belong to no single site.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.kit.labels import _l

ROLES: dict[str, Any] = {
    "clerk": _l("Front desk clerk"),
    "supervisor": _l("Customer service supervisor"),
    "manager": _l("Customer service manager"),
    "director": _l("General manager"),
    "technician": _l("Technician"),
    "archivist": _l("Archivist"),
    "auditor": _l("Auditor"),
    "admin": _l("System administrator"),
}

EVERYBODY = {
    "Password": "change",
    "Job": "show progress",
    "Api": "show",
    "TellingChoice": "list show add edit delete trial",
    "TellingLine": "list show",
}
SEARCH = {"Search": "results suggest"}
ESTATE = {
    "Building": "list show",
    "Floor": "list show",
    "Unit": "list show",
    "Place": "list show",
    "CalendarDay": "list show",
}

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
        "Handover": "list show sign print",
        "HandoverLine": "list show",
        "HandoverSignature": "list show",
        "Print": "print_form",
        "Report": "list show",
    }
)

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
        "ApiToken": "list show approve refuse revoke",
        "Handover": "list show sign print",
        "HandoverLine": "list show",
        "HandoverSignature": "list show",
        "PrintLine": "list show",
        "Print": "print_form",
        "Report": "list show export print money",
    }
)

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
        "LookupRequest": "list show add withdraw print export",
        "Handover": "list show add edit close_list sign give_up print export",
        "HandoverLine": "list show add edit",
        "HandoverSignature": "list show",
        "PrintLine": "list show",
        "Print": "print_form",
        "Report": "list show",
    }
)

TECHNICIAN = (
    EVERYBODY
    | SEARCH
    | {
        "Repair": "list show accept refuse pass_on pause resume finish print",
        "RepairStep": "list show",
        "RepairCost": "list show",
        "RepairPicture": "download add",
        "Print": "print_form",
    }
)

AUDITOR = (
    EVERYBODY
    | SEARCH
    | {
        "AuditLine": "list show print export",
        "PrintLine": "list show print export",
        "LookupRequest": "list show print export",
        "Handover": "list show print export",
        "HandoverLine": "list show",
        "HandoverSignature": "list show",
        "File": "list show",
        "User": "list show",
        "Role": "list show",
        "ApiToken": "list show",
    }
)

ADMIN = (
    EVERYBODY
    | SEARCH
    | {
        "Site": "list show add edit every_site",
        "SiteUser": "list show add delete",
        "Building": "list show add edit",
        "Floor": "list show add edit",
        "CalendarDay": "list show add edit delete",
        "User": "list show add edit unlock new_password",
        "Role": "list show",
        "ApiToken": "list show add revoke",
    }
)

TABLE: dict[str, dict[str, str]] = {
    "clerk": CLERK,
    "supervisor": SUPERVISOR,
    "manager": MANAGER,
    "director": DIRECTOR,
    "technician": TECHNICIAN,
    "archivist": ARCHIVIST,
    "auditor": AUDITOR,
    "admin": ADMIN,
}


def rights_of(role: str) -> Iterator[tuple[str, str]]:
    """(FAB permission, view) pairs of a role, without the menu."""
    for permission, verbs in TABLE[role].items():
        for verb in verbs.split():
            yield f"can_{verb}", permission


def may(role: str, verb: str, permission: str) -> bool:
    """What the table says, e.g. for tests that walk every cell."""
    return verb in TABLE[role].get(permission, "").split()
