"""What the room says on a file's page: until when it is kept, and what holds it. And what its forms offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from app.archive import access
from app.archive import rules as archive
from app.archive.alarms import Alarm
from app.archive.models import File
from app.archive.page import class_choices as classes_there_are
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.language import say
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.retention import periods
from app.retention.models import Appraisal, LegalHold, RetentionRule
from app.security import gate

WHOLE = [("", _l("The whole file"))]


def chapter(file: File) -> Chapter:
    """The file's period and its holds, each a line."""
    if not gate.may("list", "LegalHold"):
        return Chapter()
    found = _of(file)
    holds = [row.LegalHold for row in found if row.LegalHold is not None]
    rule = found[0].RetentionRule if found else None
    return Chapter(_panel(file, rule, holds), list(_events(holds)))


def _of(file: File) -> list[Row[Any]]:
    """The line of the retention table beside each hold of the file, in one statement."""
    of_scheme = and_(RetentionRule.scheme_key == file.scheme.key, RetentionRule.paper_class == periods.WHOLE_FILE)
    query = (
        select(RetentionRule, LegalHold)
        .select_from(File)
        .outerjoin(RetentionRule, of_scheme)
        .outerjoin(LegalHold, LegalHold.file_id == File.id)
        .where(File.id == file.id)
        .options(joinedload(LegalHold.placed_by), joinedload(LegalHold.released_by))
        .order_by(LegalHold.id.desc())
    )
    return list(db.session.execute(query))


def _panel(file: File, rule: RetentionRule | None, holds: list[LegalHold]) -> Panel:
    rows = [
        [
            Cell(_l("Hold"), "link", address("LegalHoldView.show", pk=hold.id)),
            Cell(hold.reason),
            cell(hold, "state"),
            Cell(hold.until_on, "date"),
            Cell(hold.placed_by),
        ]
        for hold in holds
    ]
    if rule is not None:
        rows.insert(0, _period(file, rule))
    links = []
    if gate.may("add", "LegalHold") and file.state != "destroyed":
        links.append(Link(_l("Hold this file"), url_for("LegalHoldView.add", file=file.id)))
    heads = [_l("Kind"), _l("Reason"), _l("State"), _l("Until"), _l("Placed by")]
    return Panel(
        _l("Retention and holds"), heads, rows, _l("The retention table says nothing of it."), links, key="hold"
    )


def _period(file: File, rule: RetentionRule) -> list[Cell]:
    """The first line: how long the file is kept, and until when."""
    ends = periods.due_on(file, {periods.WHOLE_FILE: rule}) if not rule.is_lost else None
    state = _l("Time is up") if ends is not None and ends <= today() else _l("Is kept")
    return [Cell(_l("Retention period")), Cell(periods.in_words(rule)), Cell(state), Cell(ends, "date"), Cell("")]


def _held(file: File) -> Select[int, str]:
    """The newest hold that holds."""
    live = (LegalHold.state == "held", or_(LegalHold.until_on.is_(None), LegalHold.until_on >= today()))
    query = select(LegalHold.id, LegalHold.reason).where(LegalHold.file_id == file.id, *live)
    return query.order_by(LegalHold.id.desc())


def _warn(key: int, reason: str) -> tuple[Any, Link | None]:
    link = Link(_l("Hold"), address("LegalHoldView.show", pk=key))
    return _l("Held: nothing of this file is destroyed (%(why)s).", why=reason), link


ALARM = Alarm("LegalHold", _held, _warn)


def _events(holds: list[LegalHold]) -> Iterator[Event]:
    for hold in holds:
        url = address("LegalHoldView.show", pk=hold.id)
        yield Event(hold.placed_at, _l("Legal hold"), "", url, "bad")
        if hold.released_at is not None:
            yield Event(hold.released_at, _l("Hold released"), "", url)


def class_choices(rule: Any) -> list[tuple[str, Any]]:
    """The classes of paper of a rule's scheme, the whole file first; of the home scheme before one is chosen."""
    key = getattr(rule, "scheme_key", None) or archive.HOME_SCHEME
    papers = {
        paper["key"]: paper["name"] for each in access.newest() if each.key == key for paper in each.body["papers"]
    }
    return [*WHOLE, *((paper, say(name)) for paper, name in papers.items())]


def classes_of_file(item: Any) -> list[tuple[str, Any]]:
    """The same for an item of an appraisal."""
    return [*WHOLE, *classes_there_are(item)]


def url_of_list(record: Any) -> str:
    """After a line is added the desk goes on with its list."""
    return address("AppraisalView.show", pk=record.appraisal_id)


def approved_only(query: Select[Any]) -> Select[Any]:
    """Destruction lists are drawn up from approved appraisals."""
    return query.where(Appraisal.state == "approved")
