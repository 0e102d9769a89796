"""Who may do what: eight roles, a page each in `rights/`. `flask setup` writes it down; menus follow from it.

A verb is what a view's address is called (list show add edit delete export print reveal …) or a move's name.
`File:open` is the right to see what a file holds while nothing seals it; without it everything reads as sealed.
`Report:money` is the right to see amounts in reports; without it a report answers without them.
`Site:every_site` frees from the row scope: structure and accounts belong to no single site.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.kit.labels import _l
from app.security.rights.admin import ADMIN
from app.security.rights.archivist import ARCHIVIST
from app.security.rights.auditor import AUDITOR
from app.security.rights.clerk import CLERK
from app.security.rights.director import DIRECTOR
from app.security.rights.manager import MANAGER
from app.security.rights.supervisor import SUPERVISOR
from app.security.rights.technician import TECHNICIAN

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
