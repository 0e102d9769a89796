"""Opening, completing, filing and closing a unit's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import func, select

from app.archive import schemes
from app.archive.boxes import put_away
from app.archive.models import LIVE_STATES, Document, File, Scheme
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
    file = File(
        site_id=unit.site_id,
        unit_id=unit.id,
        unit=unit,
        scheme_id=scheme.id,
        scheme=scheme,
        state="open",
        opened_on=today(),
        number=next_number(unit, scheme),
        place_id=place_of_floor(unit.floor).id,
        custodian_id=getattr(by, "id", None),
    )
    if tenancy is not None:
        name_tenant(file, tenancy)
    db.session.add(file)
    db.session.flush()
    audit.write("open_file", file, {"number": file.number}, by=by)
    return file


def open_typed_file(file: File, *, by: Any = None) -> File:
    """A file asked for on screen: everything but unit and remark follows from the unit."""
    if file.unit is None:
        raise RuleError(_l("Choose a unit."), field="unit")
    if file in db.session:
        db.session.expunge(file)
    opened = open_file(file.unit, live_tenancy(file.unit), by=by)
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
    while db.session.scalar(taken.where(File.number == (number := file_number(unit, scheme, before)))) is not None:
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


def classes(file: File) -> list[dict[str, Any]]:
    """The scheme's classes of paper, in the scheme's order."""
    papers: list[dict[str, Any]] = file.scheme.body["papers"]
    return papers


def checklist(file: File) -> list[tuple[dict[str, Any], list[Document]]]:
    """Each class of paper with what is there (P7.02)."""
    there: dict[str, list[Document]] = {}
    for document in file.documents:
        there.setdefault(document.paper_class, []).append(document)
    return [(paper, there.get(paper["key"], [])) for paper in classes(file)]


def completeness(file: File) -> int:
    """Required classes that are there, in per cent; 100 when nothing is required."""
    required = [documents for paper, documents in checklist(file) if paper.get("required")]
    return 100 * sum(map(bool, required)) // len(required) if required else 100


def ordered(file: File) -> list[Document]:
    """The papers in the scheme's order: newest first or by date of issue (P10.04, P7.07). Undated ones come last."""
    newest_first = file.scheme.body["order"] == "newest_first"
    dated = sorted((d for d in file.documents if d.issued_on), key=lambda d: (d.issued_on, d.id), reverse=newest_first)
    return dated + [d for d in file.documents if not d.issued_on]


def add_document(document: Document, *, by: Any = None) -> Document:
    """Put a paper into a file; a class the scheme does not know, or a closed file, is refused."""
    with db.session.no_autoflush:
        _settle(document)
    db.session.add(document)
    db.session.flush()
    audit.write("add_paper", document.file, {"document": document.id, "class": document.paper_class}, by=by)
    return document


def _settle(document: Document) -> None:
    """What follows from the file and its scheme."""
    file = document.file
    if file is None or file.state not in LIVE_STATES:
        raise RuleError(_l("Papers are added to a live file."), field="file")
    if document.paper_class not in {paper["key"] for paper in classes(file)}:
        raise RuleError(_l("The file's scheme has no such class of paper."), field="paper_class")
    document.site_id = file.site_id
    document.title = document.title or usual_title(document)
    check_document(document)


def usual_title(document: Document) -> str:
    """What a paper is called that has no title of its own: its class, in the archive's language."""
    names = {paper["key"]: paper["name"]["zh_Hans"] for paper in classes(document.file)}
    return str(names.get(document.paper_class, ""))


def check_document(document: Document) -> None:
    """What always holds for a paper."""
    if document.pages is not None and document.pages < 1:
        raise RuleError(_l("A paper has at least one page."), field="pages")
    if document.issued_on and document.valid_until and document.valid_until < document.issued_on:
        raise RuleError(_l("The paper expires before it was issued."), field="valid_until")


def amend_document(document: Document, *, by: Any = None) -> None:
    """Originals do not change (P10.08); a filed file's papers do not change either."""
    if (
        document.copy_kind == "original"
        or db.session.scalar(select(Document.copy_kind).where(Document.id == document.id)) == "original"
    ):
        raise RuleError(_l("An original paper is never changed: add a working copy that replaces it."))
    if document.file.state != "open":
        raise RuleError(_l("The file is filed: its papers do not change."))
    check_document(document)
    audit.write("amend_paper", document.file, {"document": document.id}, by=by)


def file_away(file: File, *, by: Any = None) -> None:
    """Seal the file: from now on only a granted look-up opens it.

    Refused while a paper fails the filing check (P7.05).
    """
    _refuse_vacant(file)
    if bad := [d for d in file.documents if not d.ink_is_good]:
        raise RuleError(_l("%(count)s papers have not passed the filing check (paper and ink).", count=len(bad)))
    file.filed_at = now()
    if by is not None:
        give_to(file, by.id, by=by)


def give_to(file: File, keeper_id: int, *, by: Any = None) -> None:
    """The file has another keeper: whoever files it, or receives it in a hand-over; never by typing a name."""
    if file.custodian_id != keeper_id:
        audit.write("keep", file, {"from": file.custodian_id, "to": keeper_id}, by=by)
        file.custodian_id = keeper_id


def _refuse_vacant(file: File) -> None:
    if file.tenancy_id is None:
        raise RuleError(_l("Nobody is in this unit: its file is empty."))


def _under_a_grant(file: File, user: Any) -> None:
    """Taking a sealed file back into work lets everybody read it: not without an approval (G4)."""
    if user is not None and gate.grant_of(file) is None:
        raise RuleError(_l("A sealed file is taken back into work only under a granted look-up."))


def reopen(file: File, *, by: Any = None, reason: str = "") -> None:
    """Take a filed file back into work, e.g. to complete it, for a reason that is kept."""
    if not reason.strip():
        raise RuleError(_l("Say why the file is taken back into work."), field="reason")
    file.filed_at = None


def close(file: File, *, by: Any = None, on: dt.date | None = None) -> File:
    """The tenant has moved out: this file stays in the unit as closed, and the unit has a new empty one (P10.03)."""
    _refuse_vacant(file)
    if file.tenancy is not None and (why := "；".join(map(str, in_the_way(file.tenancy)))):
        raise RuleError(_l("The tenant cannot leave yet: %(why)s", why=why))
    file.closed_on = on or today()
    file.state = "closed"
    db.session.flush()
    if file.tenancy is not None and file.tenancy.state == "live":
        end_tenancy(file.tenancy, by=by, on=file.closed_on)
    return open_file(file.unit, by=by, scheme=schemes.current(file.scheme.key))


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
    Move("close", {"open", "filed"}, "closed", "File:close", _l("Tenant has moved out"), run=close, style="danger"),
    Move("box", {"closed"}, "closed", "File:box", _l("Put into a box"), run=put_away, asks=(("place", _l("Box")),)),
]
