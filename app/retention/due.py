"""What is due for appraisal: its clock has passed, nothing holds it, and no list has judged it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, not_, or_, select
from sqlalchemy.orm import aliased, selectinload

from app.archive.models import Document, File, Scheme
from app.kit.columns import DESK_TIME, today
from app.kit.session import db
from app.retention import holds, periods
from app.retention.models import Appraisal, AppraisalItem, RetentionRule

WORKING = ("draft", "appraised", "passed", "raised")
Tables = dict[str, dict[str, RetentionRule]]


def files_due(day: dt.date | None = None) -> Select[Any]:
    """Moved-out files that are due as a whole: no paper in them is kept longer."""
    day, tables = day or today(), periods.tables()
    paper = aliased(Document)
    in_it = select(paper.id).where(paper.file_id == File.id, paper.destroyed_on.is_(None))
    kept_longer = in_it.where(not_(_paper_passed(tables, paper, day))).exists()
    return (
        select(File)
        .join(Scheme, File.scheme_id == Scheme.id)
        .where(_file_passed(tables, day), ~kept_longer, ~holds.is_held(File.id), ~_is_judged(None, day))
        .order_by(File.closed_on, File.id)
    )


def papers_due(day: dt.date | None = None) -> Select[Any]:
    """Single papers that are due while their file is not."""
    day, tables = day or today(), periods.tables()
    whole = files_due(day).with_only_columns(File.id).order_by(None).subquery()
    return (
        select(Document)
        .join(File, Document.file_id == File.id)
        .join(Scheme, File.scheme_id == Scheme.id)
        .where(File.state != "destroyed", Document.destroyed_on.is_(None), _paper_passed(tables, Document, day))
        .where(Document.file_id.not_in(select(whole.c.id)), ~holds.is_held(File.id))
        .where(~_is_judged(None, day), ~_is_judged(Document.id, day))
        .order_by(Document.file_id, Document.id)
    )


def listed(query: Select[Any], site_ids: Sequence[int], most: int) -> list[Any]:
    """The first of them, at these sites, with what their lines name."""
    model = query.column_descriptions[0]["entity"]
    along = [selectinload(File.unit), selectinload(File.customer), selectinload(File.scheme)]
    options = along if model is File else [selectinload(Document.file).options(*along)]
    return list(db.session.scalars(query.where(File.site_id.in_(site_ids)).options(*options).limit(most)))


def count(site_ids: Sequence[int]) -> int:
    """How many files and single papers are due."""
    total = 0
    for query, key in ((files_due(), File.id), (papers_due(), Document.id)):
        found = query.where(File.site_id.in_(site_ids)).with_only_columns(key).order_by(None).subquery()
        total += int(db.session.scalar(select(func.count()).select_from(found)) or 0)
    return total


def _file_passed(tables: Tables, day: dt.date) -> ColumnElement[bool]:
    """The whole file's period is over. Only what has been moved out of falls due."""
    lines = [
        and_(Scheme.key == key, _passed(table[periods.WHOLE_FILE], File, day))
        for key, table in tables.items()
        if periods.WHOLE_FILE in table
    ]
    return and_(File.state == "closed", or_(false(), *lines))


def _paper_passed(tables: Tables, paper: Any, day: dt.date) -> ColumnElement[bool]:
    """The paper's own period is over, or the file's where its class has none."""
    return or_(false(), *(line for key, table in tables.items() for line in _lines(key, table, paper, day)))


def _lines(key: str, table: dict[str, RetentionRule], paper: Any, day: dt.date) -> Iterable[ColumnElement[bool]]:
    own = [name for name in table if name != periods.WHOLE_FILE]
    for name in own:
        yield and_(Scheme.key == key, paper.paper_class == name, _passed(table[name], paper, day))
    if periods.WHOLE_FILE in table:
        passed = _passed(table[periods.WHOLE_FILE], File, day)
        yield and_(Scheme.key == key, File.state == "closed", paper.paper_class.not_in(own), passed)


def _passed(rule: RetentionRule, model: Any, day: dt.date) -> ColumnElement[bool]:
    """The rule's period is over by `day`; as `periods.due_on` says of one record."""
    if rule.is_permanent or rule.is_lost:
        return false()
    latest = periods.latest_start(rule, day)
    if rule.clock in ("moved_out", "trade_ended"):
        return and_(File.closed_on.is_not(None), File.closed_on <= latest)
    if rule.clock == "fiscal_year":
        latest = dt.date(latest.year - 1, 12, 31)
    if model is File:
        return File.opened_on <= latest
    written = dt.datetime.combine(latest + dt.timedelta(days=1), dt.time(), tzinfo=DESK_TIME)
    return or_(
        and_(model.issued_on.is_not(None), model.issued_on <= latest),
        and_(model.issued_on.is_(None), model.created_at < written),
    )


def _is_judged(document_id: Any, day: dt.date) -> ColumnElement[bool]:
    """On a list at work, or judged on an approved one: to be destroyed, transferred, or kept on beyond `day`."""
    which = AppraisalItem.document_id == document_id if document_id is not None else AppraisalItem.document_id.is_(None)
    kept_on = or_(AppraisalItem.keep_until.is_(None), AppraisalItem.keep_until > day)
    is_final = and_(Appraisal.state == "approved", or_(AppraisalItem.verdict != "keep", kept_on))
    return (
        select(AppraisalItem.id)
        .join(Appraisal, AppraisalItem.appraisal_id == Appraisal.id)
        .where(AppraisalItem.file_id == File.id, which, or_(Appraisal.state.in_(WORKING), is_final))
        .exists()
    )
