"""Items on their way into the archive 立卷: collected, classified, given a period, arranged, filed (P2.04)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from app.fonds import numbering, standards, whole
from app.fonds.models import ArchivalItem
from app.fonds.words import CATEGORIES
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db

LATEST_OPEN = ("collected", "classified", "timed")
COUNTS = ("pages", "shelf_mm", "audio_count", "video_count", "photo_count", "object_count")
CHECKED = ("fonds", "year", "kind", "period", "title", "day")
MOST = 10_000_000


def collect(item: ArchivalItem, *, by: Any = None) -> ArchivalItem:
    """An item or volume comes in; what is known of it is checked, all else follows on the way."""
    if item.fonds is None:
        raise RuleError(_l("Choose a fonds."), field="fonds")
    with db.session.no_autoflush:
        item.site_id, item.fonds_id, item.state = item.fonds.site_id, item.fonds.id, "collected"
        item.level, item.number = item.level or "item", ""
        item.holder = item.holder or item.fonds.holder
        item.holder_id = item.holder.id
        _settle(item)
        whole.takes(item.fonds, item)
    db.session.add(item)
    db.session.flush()
    return item


def amend(item: ArchivalItem, *, by: Any = None) -> None:
    """What is filed keeps the words its number is made of."""
    if item.state in LATEST_OPEN or not item.number:
        _settle(item)
        return
    with db.session.no_autoflush:
        _settle(item)
        made_of = item.number
        numbering.put_number(item, item.fonds.number)
        if item.number != made_of:
            raise RuleError(_l("Its number is made of this: move or renumber it instead."), field="year")


def _settle(item: ArchivalItem) -> None:
    """Category from kind, file from paper, code from department; what is typed must make sense."""
    _settle_kind(item)
    _settle_volume(item)
    if item.document is not None:
        item.document_id, item.file, item.file_id = item.document.id, item.document.file, item.document.file_id
    if item.body and not item.body_code:
        item.body_code = numbering.initials(item.body)
    for name in COUNTS:
        if not 0 <= (getattr(item, name) or 0) <= MOST:
            raise RuleError(_l("A whole number, zero or more."), field=name)
    if item.year is not None and not 1000 <= item.year <= today().year:
        raise RuleError(_l("A year up to this one."), field="year")
    check_day(item.day or "")
    _settle_standard(item)


def _settle_kind(item: ArchivalItem) -> None:
    """Professional material without rules of its own counts as documents: the scheme says so (P4.16)."""
    known = numbering.kinds(item.fonds)
    if item.kind and item.kind not in known:
        raise RuleError(_l("The scheme of this fonds knows no such kind."), field="kind")
    if item.kind:
        item.category = known[item.kind]["category"]
    if item.period and item.period not in numbering.periods(item.fonds):
        raise RuleError(_l("The scheme of this fonds knows no such period."), field="period")


def _settle_volume(item: ArchivalItem) -> None:
    volume = item.volume
    if volume is None:
        return
    if volume.level != "volume" or volume.fonds_id != item.fonds.id or item.level != "item" or volume is item:
        raise RuleError(_l("Choose a volume of the same fonds."), field="volume")
    item.volume_id, item.holder, item.holder_id = volume.id, volume.holder, volume.holder_id
    for name in ("kind", "category", "year", "period", "body", "body_code"):
        setattr(item, name, getattr(item, name) or getattr(volume, name))


def check_day(day: str) -> None:
    """Eight digits; zeros for a month or day that is not known."""
    if not day:
        return
    if not re.fullmatch(r"[0-9]{8}", day):
        raise RuleError(_l("Eight digits, like 20110309; zeros for what is not known."), field="day")
    year, month, number = int(day[:4]), int(day[4:6]), int(day[6:])
    try:
        dt.date(year, month or 1, number or 1)
    except ValueError:
        raise RuleError(_l("There is no such day."), field="day") from None
    if number and not month:
        raise RuleError(_l("There is no such day."), field="day")


def _settle_standard(item: ArchivalItem) -> None:
    """The standard in force, by its right number; another one's, or a misprint, is put right or refused (P4.15)."""
    if not item.category:
        return
    usual = standards.in_force(item.category, item.level or "item", item.year, item.carriers or "")
    if not item.standard:
        item.standard = usual[0].key if usual else ""
        return
    meant = standards.find(item.standard)
    if meant is None or (usual and meant not in usual):
        right = "、".join(each.key for each in usual) or CATEGORIES[item.category]
        raise RuleError(_l("For this year and category: %(right)s.", right=right), field="standard")
    item.standard = meant.key


def classify(item: ArchivalItem, *, by: Any = None) -> None:
    """归类: the kind says to which of the nine categories it belongs."""
    if not item.kind:
        raise RuleError(_l("Say first what kind of material it is."))
    _settle(item)


def give_period(item: ArchivalItem, *, by: Any = None, period: str = "") -> None:
    """划期: how long it is kept."""
    item.period = period
    if not period:
        raise RuleError(_l("Say how long it is kept."), field="period")
    _settle(item)


def arrange(item: ArchivalItem, *, by: Any = None) -> None:
    """立卷: it is put in order and gets its number; a volume before what lies in it."""
    if item.year is None or not item.body:
        raise RuleError(_l("Year and department are in the number: fill them in first."))
    if item.volume is not None and not item.volume.number:
        raise RuleError(_l("The volume it lies in has no number yet."))
    with db.session.no_autoflush:
        numbering.give_number(item)


def file(item: ArchivalItem, *, by: Any = None) -> None:
    """归档: nothing without category and period (P2.04); a volume with all that lies in it."""
    if not item.category or not item.period:
        raise RuleError(_l("Category and retention period come before filing."))
    left = [each for each in item.contents if each.state not in ("bound", "filed")]
    if left:
        raise RuleError(_l("%(count)s items of the volume are not arranged yet.", count=len(left)))
    item.filed_on = today()


def record_no_copy(item: ArchivalItem, *, by: Any = None, reason: str = "") -> None:
    """The exception from 双套制: why a paper item has no digital copy, by whom and when (P4.14)."""
    if item.copies:
        raise RuleError(_l("It has a digital copy."))
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    item.no_copy_reason, item.no_copy_on, item.no_copy_by_id = reason.strip()[:300], today(), getattr(by, "id", None)


def lacks_copy(item: ArchivalItem) -> bool:
    """A paper item without any digital object, and without a recorded exception (P4.14)."""
    is_paper = "paper" in (item.carriers or "paper").split()
    return is_paper and item.level == "item" and not item.copies and not item.no_copy_reason


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move("classify", {"collected"}, "classified", "ArchivalItem:classify", _l("Classify"), classify, style="primary"),
    Move(
        "give_period", {"classified"}, "timed", "ArchivalItem:give_period", _l("Decide the period"), give_period,
        asks=(("period", _l("Retention period")),), style="primary",
    ),
    Move("arrange", {"timed"}, "bound", "ArchivalItem:arrange", _l("Arrange and number"), arrange, style="primary"),
    Move("file_item", {"bound"}, "filed", "ArchivalItem:file_item", _l("File"), file, style="primary"),
    Move(
        "record_no_copy", {"bound", "filed"}, None, "ArchivalItem:record_no_copy", _l("No digital copy, because …"),
        record_no_copy, asks=_WHY,
    ),
    Move(
        "move_to_fonds", {"collected", "classified", "timed", "bound", "filed"}, None, "ArchivalItem:move_to_fonds",
        _l("Into another fonds"), whole.move_to, asks=(("fonds", _l("Fonds")), *_WHY),
    ),
]  # fmt: skip
