"""What of retention waits for the reader, and the list of what is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.archive import approvals
from app.archive.models import Document, File
from app.archive.page import class_name
from app.kit.counting import count
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Card, Cell, Column, ListPage, Row
from app.retention import due, periods
from app.retention.models import Appraisal, AppraisalMember, Destruction, RetentionRule
from app.security import gate

MOST = 200


def cards(user: Any) -> Iterator[Card]:
    """What is due, what waits for my signature or approval, what I am to witness or carry out."""
    if gate.may("list", "RetentionDue"):
        number = due.count(gate.site_ids())
        yield Card(_l("Due for appraisal"), number, url_for("RetentionDueView.list"), "warn" if number else "")
    if gate.may("sign", "Appraisal"):
        mine = select(AppraisalMember.appraisal_id).where(
            AppraisalMember.user_id == user.id, AppraisalMember.signed_at.is_(None)
        )
        yield _lists(Appraisal, "appraised", _l("Appraisals to sign"), Appraisal.id.in_(mine))
    for state in approvals.waiting_for_me(["passed", "raised"], "Appraisal"):
        yield _lists(Appraisal, state, _l("Appraisals to approve"))
    if gate.may("approve_high", "Destruction"):
        yield _lists(Destruction, "raised", _l("Destructions to approve"))
    if gate.may("witness", "Destruction"):
        first = (Destruction.first_witness_id == user.id) & Destruction.first_signed_at.is_(None)
        second = (Destruction.second_witness_id == user.id) & Destruction.second_signed_at.is_(None)
        yield _lists(Destruction, "approved", _l("Destructions to witness"), first | second)
    if gate.may("carry_out", "Destruction"):
        yield _lists(Destruction, "witnessed", _l("To be destroyed"), Destruction.carrier_id == user.id)
    if gate.may("edit", "RetentionRule"):
        yield from _lost()


def _lists(model: Any, state: str, title: Any, *more: Any) -> Card:
    number = count(model, model.state == state, *more)
    return Card(title, number, url_for(f"{model.__name__}View.list", state=state), "warn" if number else "")


def _lost() -> Iterator[Card]:
    """Periods that the source lost: nothing falls due under them until they are filled in."""
    empty = [RetentionRule.years, RetentionRule.months, RetentionRule.days]
    number = count(RetentionRule, RetentionRule.is_permanent.is_(False), *(column.is_(None) for column in empty))
    if number:
        url = url_for("RetentionRuleView.list", is_permanent="0")
        yield Card(_l("Retention periods to fill in"), number, url, "bad")


def due_page() -> ListPage:
    """Files and single papers whose time is up, oldest first, at the reader's sites."""
    heads = [_l("File"), _l("Unit"), _l("What it is"), _l("Counted from"), _l("Kept until"), _l("Retention period")]
    tables, sites = periods.tables(), gate.site_ids()
    records: list[File | Document] = due.listed(due.files_due(), sites, MOST)
    records += due.listed(due.papers_due(), sites, MOST)
    gate.foresee([each.file if isinstance(each, Document) else each for each in records])
    return ListPage(
        title=_l("Due for appraisal"),
        columns=[Column(str(place), head) for place, head in enumerate(heads)],
        rows=[_row(record, tables.get(_file(record).scheme.key, {})) for record in records],
        total=len(records),
        empty=_l("Nothing is due for appraisal."),
    )


def _file(record: File | Document) -> File:
    return record if isinstance(record, File) else record.file


def _row(record: File | Document, table: dict[str, RetentionRule]) -> Row:
    file, rule = _file(record), _rule(record, table)
    url = url_for("FileView.show", pk=file.id)
    cells = [
        Cell(file.number, "link", url),
        Cell(file.unit or file.about),
        Cell(_l("The whole file") if isinstance(record, File) else class_name(record)),
        Cell(periods.began_on(record, rule) if rule else None, "date"),
        Cell(periods.due_on(record, table) if rule else None, "date"),
        Cell(periods.in_words(rule) if rule else ""),
    ]
    return Row(record.id, url, cells)


def _rule(record: File | Document, table: dict[str, RetentionRule]) -> RetentionRule | None:
    try:
        return periods.rule_for(record, table)
    except RuleError:
        return None
