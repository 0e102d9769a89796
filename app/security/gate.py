"""The one gate to personal data: role, row scope, grant and mask, and the line before the bytes leave (law 4).

The gate knows no subject. What it must ask of the rooms above is handed in by `create_app()`.
A command (no request, nobody acted for) is the system: it may everything and sees everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from flask import abort
from flask_appbuilder.models.sqla import Model
from sqlalchemy import Select, event, select
from sqlalchemy.orm import Session

from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.kinds import keeps_back
from app.kit.labels import _l, column_info
from app.kit.looked_at import looked_at
from app.kit.session import before_commit, db
from app.security import actor, audit, given, masks
from app.security.sealed import SEALED

ask_scope: Callable[[Any], list[int]] = lambda _user: []  # noqa: E731
ask_sealed: Callable[[Any], Any] = lambda _record: None  # noqa: E731
# a grant says `covers(record, way)`: it lets that record be read, printed or downloaded; way: read, print, download
ask_grant: Callable[[Any, Any], Any] = lambda _file, _user: None  # noqa: E731
# the same for many records in one statement, where the rooms above offer it
ask_sealed_many: Callable[[Sequence[Any]], Sequence[Any]] | None = None
ask_grants: Callable[[Sequence[Any], Any], Mapping[int, Any]] | None = None

narrowed: dict[type, Callable[[Select[Any]], Select[Any]]] = {}  # rows that are sealed whole, by model

rights_of, permission_of = given.rights_of, given.permission_of
EVERY_SITE = ("every_site", "Site")
EVERYWHERE = "everywhere"  # noted for a user who works for every site there is, by whom `ask_scope` is
OPEN_FILES = ("open", "File")
EXPORTING = "exporting"
READ, PRINT, DOWNLOAD = "read", "print", "download"
MOST_FORESEEN = 5000
_way: ContextVar[str] = ContextVar("way", default=READ)


def user() -> Any:
    """The acting user, or None: an anonymous visitor, or the system."""
    return actor.current()


def rights() -> frozenset[tuple[str, str]]:
    """The acting user's (permission, view) pairs: one statement a request."""
    return _rights(user())


def _rights(person: Any) -> frozenset[tuple[str, str]]:
    if person is None:
        return frozenset()
    notes, key = actor.notes(), ("rights", person.id)
    found: frozenset[tuple[str, str]] | None = notes.get(key)
    if found is None:
        found = notes[key] = rights_of(person.id)
    return found


def may(verb: str, permission: str) -> bool:
    """Whether the acting user's roles allow `verb` on `permission`; "menu_access" is asked as it is."""
    person = user()
    if person is None and actor.is_system():
        return True
    if (said := given.by_declaration(person, verb, permission)) is not None:
        return said
    return (verb if verb == "menu_access" else f"can_{verb}", permission) in _rights(person)


def demand(verb: str, permission: str) -> None:
    """Go on only if `may`; otherwise 401 for an anonymous visitor, 403 for a person."""
    if not may(verb, permission):
        abort(403 if user() is not None else 401)


# --- rows ---


def site_ids() -> list[int]:
    """Keys of the sites whose rows the acting user may see."""
    if actor.is_system() or may(*EVERY_SITE):
        return list(db.session.scalars(select(Model.metadata.tables["site"].c.id)))
    person = user()
    if person is None:
        return []
    notes = actor.notes()
    if ("sites", person.id) not in notes:
        notes["sites", person.id] = list(ask_scope(person))
    return list(notes["sites", person.id])


def is_everywhere() -> bool:
    """The acting user's sites are all there are; asked once `site_ids` has been."""
    return may(*EVERY_SITE) or bool(actor.notes().get((EVERYWHERE, getattr(user(), "id", None))))


def scope(query: Select[Any], model: type, *, walked: bool = False) -> Select[Any]:
    """`query` with only those rows of `model` whose site the acting user works for.

    Models without a site (users, audit lines) are read by right alone; who works for every site is asked nothing.
    """
    if model in narrowed and not actor.is_system():
        query = narrowed[model](query)
    column = _site_column(model)
    if column is None or actor.is_system() or may(*EVERY_SITE):
        return query
    sites = site_ids()
    everywhere = not column.nullable and is_everywhere()
    return query if everywhere else query.where((looked_at(column) if walked else column).in_(sites))


def _site_column(model: type) -> Any:
    table = model.__table__  # type: ignore[attr-defined]
    return table.c.id if table.name == "site" else table.c.get("site_id")


# --- columns ---


@contextmanager
def going(way: str) -> Iterator[None]:
    """Meanwhile what is read goes that way: onto paper, or out as a file. A grant for reading does not cover it."""
    token = _way.set(way)
    try:
        yield
    finally:
        _way.reset(token)


def _going() -> str:
    """Which way things go now; what a program reads has left the office."""
    way = _way.get()
    return DOWNLOAD if way == READ and actor.token() is not None else way


def is_sealed(record: Any, way: str = "") -> bool:
    """The record's file is filed and no live grant of the acting user covers it, or their role opens none."""
    if actor.is_system():
        return False
    file = _sealed_file(record)
    if file is not None:
        return not _is_granted(file, record, way or _going())
    return keeps_back(cast(Any, type(record))) and not _is_open_to_all(record)


def _is_granted(file: Any, record: Any, way: str) -> bool:
    grant = _live_grant(file)
    return grant is not None and grant.covers(record, way) and may(*OPEN_FILES)


def is_filed(record: Any) -> bool:
    """The record lies in a filed, closed or destroyed file: a grant lets it be read, never changed."""
    return not actor.is_system() and _sealed_file(record) is not None


def grant_of(file: Any) -> Any:
    """The acting user's live grant for `file`, or None; nobody needs one for what is not sealed."""
    return _live_grant(file) if user() is not None and _sealed_file(file) is not None else None


def value(record: Any, column: str) -> Any:
    """The column, relation or property as the acting user may see it: plain, masked, or SEALED.

    A sealed column read by way of a live grant is a line in the audit (once a request and file).
    """
    plain = getattr(record, column)
    if actor.is_system():
        return plain
    info = column_info(type(record), column)
    if info.get("hidden"):
        return SEALED
    if info.get("sealed") and not _may_read(record):
        return SEALED
    return masks.mask(info["mask"], plain) if info.get("mask") else plain


def _may_read(record: Any) -> bool:
    """Whether a sealed column of `record` may be read now; reading by way of a grant is noted.

    An export opens no filed file: a grant is for reading, and a stream's lines would come after its bytes.
    """
    file = _sealed_file(record)
    if file is None:
        return _is_open_to_all(record)
    if EXPORTING in actor.notes() or not _is_granted(file, record, _going()):
        return False
    note_read(file, "open")
    return True


def _is_open_to_all(record: Any) -> bool:
    """Daily work lies in no file yet; all else asks for the right to open files."""
    return getattr(record, "is_daily_work", False) or may(*OPEN_FILES)


def reveal(record: Any, column: str, reason: str) -> Any:
    """The plain value of a masked column, for a reason that is kept. 403 without the right or the grant."""
    demand("reveal", permission_of(type(record)))
    info = column_info(type(record), column)
    if info.get("hidden") or (info.get("sealed") and is_sealed(record)):
        abort(403)
    if not reason.strip():
        raise RuleError(_l("Say why you need to see it."), field="reason")
    audit.write("reveal", record, {"column": column, "reason": reason.strip()[:300]})
    return getattr(record, column)


def note_read(record: Any, how: str) -> None:
    """Have the read written down before any byte leaves; `how` is open, download, print or export.

    `record` is a record, or a model class when a whole list leaves. One line a record and way in one request.
    When it cannot be written, nothing is sent (503, G5).
    """
    if how == DOWNLOAD and not isinstance(record, type) and is_sealed(record, DOWNLOAD):
        raise RuleError(_l("Your look-up lets you read this, not take it out: ask for one to read, print and copy."))
    notes, subject, person = actor.notes(), audit.subject_of(record), actor.plainly(user())
    what = ("read", subject.kind, subject.id, how)
    if what in notes:
        return
    notes[what] = True
    if how == "export":
        notes[EXPORTING] = True
    before_commit(lambda: audit.write(how, subject, {}, by=person))


def searchable(model: type, column: str) -> bool:
    """Whether a column may be searched, filtered and sorted by: never one the gate keeps back."""
    info = column_info(model, column)
    return not (info.get("mask") or info.get("sealed") or info.get("hidden"))


def foresee(records: Sequence[Any]) -> None:
    """Ask about all records of a list at once, before they are drawn one by one."""
    person, notes = user(), actor.notes()
    if actor.is_system() or person is None or ask_sealed_many is None or ask_grants is None:
        return
    if len(notes) > MOST_FORESEEN:
        forget()
    fresh = [record for record in records if ("sealed", type(record), record.id) not in notes]
    files = {}
    for record, file in zip(fresh, ask_sealed_many(fresh) if fresh else (), strict=True):
        notes["sealed", type(record), record.id] = file
        if file is not None:
            files[file.id] = file
    notes.setdefault(("sealed", "files"), {}).update(files)
    second = _second()
    _ask_grants([file for key, file in files.items() if ("grant", key, person.id, second) not in notes], second)


def _ask_grants(files: Sequence[Any], second: int) -> None:
    """The reader's grants for many files at once, noted for this second."""
    person, notes = user(), actor.notes()
    grants = ask_grants(files, person) if files and ask_grants is not None else {}
    for file in files:
        notes["grant", file.id, person.id, second] = grants.get(file.id)


def _sealed_file(record: Any) -> Any:
    if record.id is None:
        return ask_sealed(record)
    notes, what = actor.notes(), ("sealed", type(record), record.id)
    return notes[what] if what in notes else notes.setdefault(what, ask_sealed(record))


def _live_grant(file: Any) -> Any:
    """Asked anew every second: a grant may end while an answer is being made."""
    person = user()
    if person is None:
        return None
    notes, second = actor.notes(), _second()
    what, foreseen = ("grant", file.id, person.id, second), notes.get(("sealed", "files"), {})
    if what not in notes and file.id in foreseen:  # a list was foreseen, and its second is over: all of it anew
        _ask_grants(list(foreseen.values()), second)
    elif what not in notes:
        notes[what] = ask_grant(file, person)
    return notes[what]


def _second() -> int:
    return int(now().timestamp())


@event.listens_for(Session, "after_flush")
def forget(*_flushed: Any) -> None:
    """What was written may have sealed, opened or granted something."""
    notes = actor.notes()
    for what in [what for what in notes if what[0] in ("sealed", "grant", "sites", EVERYWHERE)]:
        del notes[what]
