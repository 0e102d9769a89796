"""Who may do what: seven roles, one table. `flask setup` writes it to the database; menus follow from it.

A verb is what a view's address is called (list show add edit delete export print reveal …) or a move's name.
`File:open` is the right to see what a file holds while nothing seals it; without it everything reads as sealed.
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
    "archivist": _l("Archivist"),
    "auditor": _l("Auditor"),
    "admin": _l("System administrator"),
}

EVERYBODY = {"Password": "change", "Job": "show progress"}
SEARCH = {"Search": "results suggest"}
ESTATE = {"Building": "list show", "Floor": "list show", "Unit": "list show", "Place": "list show"}

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
        "Deposit": "list show",
        "Import": "start upload columns preview apply report",
        "LookupRequest": "list show add withdraw print",
        "Handover": "list show sign print",
        "HandoverLine": "list show",
        "HandoverSignature": "list show",
        "Print": "print_form",
    }
)

SUPERVISOR = CLERK | {
    "File": "list show add edit open print close export",
    "Customer": "list show add edit reveal print export",
    "Tenancy": "list show add edit print export",
    "Unit": "list show add edit export",
    "Floor": "list show add edit",
    "Document": "list show add edit export",
    "Deposit": "list show export",
    "LookupRequest": "list show add withdraw pass_on refuse print export",
    "Handover": "list show add edit close_list sign give_up print export",
    "HandoverLine": "list show add edit",
    "PrintLine": "list show",
}

MANAGER = SUPERVISOR | {"LookupRequest": "list show add withdraw approve refuse revoke print export"}

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
        "Deposit": "list show",
        "LookupRequest": "list show add withdraw approve refuse revoke print",
        "Handover": "list show sign print",
        "HandoverLine": "list show",
        "HandoverSignature": "list show",
        "PrintLine": "list show",
        "Print": "print_form",
    }
)

ARCHIVIST = (
    EVERYBODY
    | SEARCH
    | ESTATE
    | {
        "File": "list show edit open file reopen print export",
        "Customer": "list show print",
        "Contact": "list show",
        "Tenancy": "list show",
        "Document": "list show add edit export",
        "Scan": "download add",
        "Place": "list show add edit",
        "LookupRequest": "list show add withdraw print export",
        "Handover": "list show add edit close_list sign give_up print export",
        "HandoverLine": "list show add edit",
        "HandoverSignature": "list show",
        "PrintLine": "list show",
        "Print": "print_form",
    }
)

AUDITOR = (
    EVERYBODY
    | SEARCH
    | {
        "AuditLine": "list show export",
        "PrintLine": "list show export",
        "LookupRequest": "list show export",
        "Handover": "list show export",
        "HandoverLine": "list show",
        "HandoverSignature": "list show",
        "File": "list show",
        "User": "list show",
        "Role": "list show",
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
        "User": "list show add edit unlock new_password",
        "Role": "list show",
    }
)

TABLE: dict[str, dict[str, str]] = {
    "clerk": CLERK,
    "supervisor": SUPERVISOR,
    "manager": MANAGER,
    "director": DIRECTOR,
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
