"""What becomes of an item of an appraisal list, on four axes (P4.11, P4.12), and what stands against destroying it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.archive import rules as archive
from app.archive.models import Document, File
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.retention import periods
from app.retention.models import Appraisal, AppraisalItem

AXES = ("verdict", "may_open", "digitise", "declassify")
NOT_DRAFT = _l("The list is being signed or is locked: nothing in it changes.")


def is_draft(appraisal: Appraisal) -> bool:
    """Whether the list still takes members and items, and is judged."""
    return appraisal.state == "draft"


def judge(item: AppraisalItem, *, by: Any = None) -> None:
    """One of the group says what becomes of an item; the reasons against destroying it are told."""
    if not is_draft(item.appraisal):
        raise RuleError(NOT_DRAFT)
    if by is not None and by.id not in {member.user_id for member in item.appraisal.members}:
        raise RuleError(_l("Only the group of appraisers judges."))
    if item.keep_until is not None and (item.verdict != "keep" or item.keep_until <= today()):
        raise RuleError(_l("Only what is kept on has a day until when, in the future."), field="keep_until")
    if item.verdict == "destroy" and (why := "；".join(map(str, in_the_way(item.file, item.document)))):
        raise RuleError(_l("This cannot be destroyed: %(why)s", why=why), field="verdict")
    _check_secrecy(item, by)


def _check_secrecy(item: AppraisalItem, by: Any) -> None:
    """Classified items stand on their own list; only who classified it declassifies (P4.12)."""
    if (item.secrecy != "none") != item.appraisal.is_classified:
        raise RuleError(_l("Classified items stand on a list of their own."), field="secrecy")
    if item.declassify != "yes":
        return
    if item.secrecy == "none":
        raise RuleError(_l("This item is not classified."), field="declassify")
    if by is None or item.classified_by_id != by.id:
        raise RuleError(_l("Only the user of the body that classified it declassifies it."), field="declassify")


def in_the_way(file: File, paper: Document | None = None) -> Iterator[Any]:
    """Every reason against destroying a file or a paper: its period, a hold, a loan, an open request."""
    yield from _periods_in_the_way(file, paper)
    for ask in archive.may_destroy:
        yield from ask(file)


def _periods_in_the_way(file: File, paper: Document | None) -> Iterator[Any]:
    if paper is None and file.state != "closed":
        yield _l("nobody has moved out of it")
        return
    left = [each for each in file.documents if each.destroyed_on is None]
    table = periods.table_of(file.scheme.key)
    records: list[File | Document] = [paper] if paper is not None else [file, *left]
    for record in records:
        rule = periods.rule_for(record, table)
        ends = periods.due_on(record, table)
        if rule.is_permanent:
            yield _l("kept permanently: %(what)s", what=_name(record))
        elif ends is None or ends > today():
            yield _l("kept until %(day)s: %(what)s", day=ends or "…", what=_name(record))


def _name(record: File | Document) -> str:
    """A file by its number, a paper by its class."""
    return record.number if isinstance(record, File) else archive.usual_title(record) or record.paper_class


def judge_rest(appraisal: Appraisal, *, by: Any, reason: str = "") -> None:
    """What nobody has judged is to be destroyed, neither opened nor digitised; what something holds is left."""
    for item in appraisal.items:
        if item.verdict == "" and not list(in_the_way(item.file, item.document)):
            item.verdict, item.verdict_remark = "destroy", reason.strip()[:200]
            for axis in AXES[1:]:
                setattr(item, axis, getattr(item, axis) or "no")
            judge(item, by=by)
    db.session.flush()
