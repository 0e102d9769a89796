"""Opening, completing, filing and closing a unit's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import func, select

from app.archive import ending, opening, renumbering, schemes, stages
from app.archive.boxes import put_away, put_elsewhere
from app.archive.filing import settle_papers
from app.archive.models import LIVE_STATES, File, Scheme
from app.archive.papers import (
    add_document,
    amend_document,
    check_document,
    checklist,
    classes,
    completeness,
    next_version,
    ordered,
    usual_title,
)
from app.customers.models import Tenancy
from app.customers.rules import end_tenancy, live_tenancy
from app.estate.models import Unit
from app.estate.rules import place_of_floor
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit, gate

__all__ = [
    "add_document",
    "amend_document",
    "check_document",
    "checklist",
    "classes",
    "completeness",
    "next_version",
    "ordered",
    "usual_title",
]

HOME_SCHEME = "office_tower"

# What stands in the way of moving out, in words: asked of the rooms above, which create_app() lists.
may_leave: list[Callable[[Tenancy], Iterable[Any]]] = []
# the same for destroying a file: a live loan, a legal hold, an open request
may_destroy: list[Callable[[File], Iterable[Any]]] = []
# what follows above from a file, or a single paper, being destroyed by the book: (file, by=user), (paper, by=user)
destroyed: list[Callable[..., Any]] = []
paper_destroyed: list[Callable[..., Any]] = []


def live_file(unit: Unit) -> File | None:
    """The unit's one live file, or None."""
    return db.session.scalar(select(File).where(File.unit_id == unit.id, File.state.in_(LIVE_STATES)))


def open_file(unit: Unit, tenancy: Tenancy | None = None, *, by: Any = None, scheme: Scheme | None = None) -> File:
    """The unit's new file (P10.01). A unit with a live file is refused, here and by the database."""
    if live_file(unit) is not None:
        raise RuleError(_l("This unit has a live file already: one unit, one file."), field="unit")
    scheme = scheme or schemes.current(HOME_SCHEME)
    file = opening.of_unit(unit, scheme, next_number(unit, scheme), place_of_floor(unit.floor), by=by)
    if tenancy is not None:
        name_tenant(file, tenancy)
    db.session.add(file)
    db.session.flush()
    audit.write("open_file", file, {"number": file.number}, by=by)
    return file


def open_typed_file(file: File, *, by: Any = None) -> File:
    """A file asked for on screen, by its scheme; everything but unit and remark of a unit's file follows from it."""
    scheme = schemes.current(file.scheme_key or HOME_SCHEME)
    if scheme.body["subject"] != "unit":
        if file in db.session:
            db.session.expunge(file)
        opened = opening.open_typed(file, scheme, by=by)
        opened.remark = file.remark or ""
        return opened
    if file.unit is None:
        raise RuleError(_l("Choose a unit."), field="unit")
    if file in db.session:
        db.session.expunge(file)
    opened = open_file(file.unit, live_tenancy(file.unit), by=by, scheme=scheme)
    opened.remark = file.remark or ""
    return opened


def amend_file(file: File, *, by: Any = None) -> None:
    """Where a file lies and who keeps it may change; a destroyed file changes no more."""
    if file.state == "destroyed":
        raise RuleError(_l("This file is destroyed."))


def next_number(unit: Unit, scheme: Scheme) -> str:
    """The number of the unit's next file; one that another unit of that number used before is passed over."""
    before = db.session.scalar(select(func.count(File.id)).where(File.unit_id == unit.id)) or 0
    taken = select(File.id).where(File.site_id == unit.site_id)
    while db.session.scalar(
        taken.where(File.number == (number := file_number(unit, scheme, before)))
    ) is not None or renumbering.was_used(unit.site_id, number):
        before += 1
    return number


def file_number(unit: Unit, scheme: Scheme, before: int) -> str:
    """The scheme's number template filled in; `sequence` counts the unit's files, `before` of which there are."""
    template: str = scheme.body["file_number"]
    several = "{building}-" if unit.building.name != "主楼" and "{building}" not in template else ""
    return (several + template).format(
        site=unit.site.short_name or unit.site.id,
        building=unit.building.name,
        floor=unit.floor.name,
        unit=unit.number,
        year=today().year,
        sequence=before + 1,
    )


def take_in(tenancy: Tenancy, *, by: Any = None) -> File:
    """Somebody has moved in: the unit's empty file becomes theirs; a unit without one gets one (P10.01, P10.03)."""
    waiting = live_file(tenancy.unit)
    if waiting is None:
        return open_file(tenancy.unit, tenancy, by=by)
    if waiting.tenancy_id is not None:
        raise RuleError(_l("The unit's file still belongs to the tenant before: close it first."), field="unit")
    name_tenant(waiting, tenancy)
    db.session.flush()
    audit.write("take_in", waiting, {"tenancy": tenancy.id}, by=by)
    return waiting


def name_tenant(file: File, tenancy: Tenancy) -> None:
    """Say whose file it is."""
    file.tenancy, file.tenancy_id = tenancy, tenancy.id
    file.customer, file.customer_id = tenancy.customer, tenancy.customer_id


def file_away(file: File, *, by: Any = None) -> None:
    """Seal the file: from now on only a granted look-up opens it.

    Refused while a paper fails the filing check (P7.05).
    """
    _refuse_vacant(file)
    settle_papers(file)
    file.filed_at = now()
    if by is not None:
        give_to(file, by.id, by=by)


def give_to(file: File, keeper_id: int | None, *, by: Any = None) -> None:
    """The file has another keeper: whoever files it, or receives it in a hand-over; never by typing a name."""
    if file.custodian_id != keeper_id:
        audit.write("keep", file, {"from": file.custodian_id, "to": keeper_id}, by=by)
        file.custodian_id = keeper_id


def _refuse_vacant(file: File) -> None:
    if file.subject == "unit" and file.tenancy_id is None:
        raise RuleError(_l("Nobody is in this unit: its file is empty."))


def _under_a_grant(file: File, user: Any) -> None:
    """Taking a sealed file back into work lets everybody read it: not without an approval (G4)."""
    if file.seal != "none":
        raise RuleError(_l("The file is sealed further: the seal is taken off first."))
    if user is not None and gate.is_sealed(file):
        raise RuleError(_l("A sealed file is taken back into work only under a granted look-up."))


def _not_alone(file: File, user: Any) -> None:
    """A file that is sealed further is closed under a granted look-up only (P1.07)."""
    if user is not None and file.seal != "none" and gate.is_sealed(file):
        raise RuleError(_l("The file is sealed further: it is closed only under a granted look-up."))


def reopen(file: File, *, by: Any = None, reason: str = "") -> None:
    """Take a filed file back into work, e.g. to complete it, for a reason that is kept."""
    if not reason.strip():
        raise RuleError(_l("Say why the file is taken back into work."), field="reason")
    file.filed_at = None


def close(file: File, *, by: Any = None, on: dt.date | None = None) -> File:
    """The tenant has moved out: this file stays in the unit as closed, and the unit has a new empty one (P10.03)."""
    _refuse_vacant(file)
    if file.unit is None:
        raise RuleError(_l("This is no unit's file."))
    if file.tenancy is not None and (why := "；".join(map(str, in_the_way(file.tenancy)))):
        raise RuleError(_l("The tenant cannot leave yet: %(why)s", why=why))
    file.closed_on = on or today()
    file.state = "closed"
    db.session.flush()
    if file.tenancy is not None and file.tenancy.state == "live":
        end_tenancy(file.tenancy, by=by, on=file.closed_on)
    return open_file(file.unit, by=by, scheme=schemes.current(file.scheme.key))


def finish(file: File, *, by: Any = None) -> None:
    """What the file was about has ended: it is kept as closed."""
    file.closed_on = today()


def _of_unit(file: File, user: Any) -> None:
    """A tenant moves out of a unit's file only."""
    if file.subject != "unit":
        raise RuleError(_l("This is no unit's file."))
    _not_alone(file, user)


def _of_no_unit(file: File, user: Any) -> None:
    if file.subject == "unit":
        raise RuleError(_l("A unit's file ends when its tenant moves out."))
    _not_alone(file, user)


def in_the_way(tenancy: Tenancy) -> list[Any]:
    """Everything in the way of moving out: arrears, keys, loans, open repairs; [] when nothing is."""
    return [reason for ask in may_leave for reason in ask(tenancy)]


def label_printed(file: File) -> None:
    """The label now says the customer's current name (P10.05)."""
    file.label_name = file.current_name


MOVES = [
    Move("file", {"open"}, "filed", "File:file", _l("File (seal)"), run=file_away, style="primary"),
    Move(
        "reopen",
        {"filed"},
        "open",
        "File:reopen",
        _l("Take back into work"),
        run=reopen,
        guard=_under_a_grant,
        asks=(("reason", _l("Reason")),),
    ),
    Move(
        "close",
        {"open", "filed"},
        "closed",
        "File:close",
        _l("Tenant has moved out"),
        run=close,
        guard=_of_unit,
        style="danger",
    ),
    Move("finish", {"open", "filed"}, "closed", "File:close", _l("Close the file"), finish, guard=_of_no_unit),
    stages.ADVANCE,
    ending.END_PROJECT,
    Move("box", {"closed"}, "closed", "File:box", _l("Put into a box"), run=put_away, asks=(("place", _l("Box")),)),
    Move(
        "relocate",
        {"open", "filed", "closed"},
        None,
        "File:relocate",
        _l("Put elsewhere"),
        run=put_elsewhere,
        asks=(("place", _l("Place")), ("reason", _l("Reason"))),
    ),
    Move(
        "renumber",
        {"open", "filed", "closed"},
        None,
        "File:renumber",
        _l("Renumber"),
        run=renumbering.renumber,
        asks=(("number", _l("New number")), ("reason", _l("Reason"))),
    ),
]
