"""Opening to the public in batches: judged, listed, agreed to by two, published (P5.04)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from app.archive import approvals
from app.estate.numbers import numbered
from app.fonds import numbering
from app.fonds.models import ArchivalItem
from app.fonds.sets import Opening, OpeningLine
from app.fonds.words import UNCLASSIFIED
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.retention.models import Appraisal, AppraisalItem
from app.security import audit

CHAIN = ("manager", "director")
MOST = 2000


def judge(item: ArchivalItem, *, by: Any = None, open_state: str = "", period: str = "", reason: str = "") -> None:
    """划控: whether it may be opened, and how long it is kept from now on; what is open stays so (P5.04)."""
    if open_state not in ("may_open", "controlled"):
        raise RuleError(_l("May be opened, or controlled."), field="open_state")
    if open_state == "may_open":
        _may_be_opened(item)
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    if period and period not in numbering.periods(item.fonds):
        raise RuleError(_l("The scheme of this fonds knows no such period."), field="period")
    if period and period != item.period:
        audit.write("give_period", item, {"from": item.period, "to": period}, by=by)
        item.period = period  # its number stays as it was given: it is no other item for being kept longer
    item.open_state = open_state


def _may_be_opened(item: ArchivalItem) -> None:
    if item.is_classified:
        raise RuleError(_l("Classified: it is declassified first, by whoever classified it."), field="open_state")
    if not item.title:
        raise RuleError(_l("What has no title cannot be opened."), field="open_state")


def draw_up(opening: Opening, *, by: Any = None) -> Opening:
    """A new batch."""
    if opening.site is None:
        raise RuleError(_l("Choose a site."), field="site")
    opening.site_id, opening.state = opening.site.id, "draft"
    opening.drawn_by_id, opening.drawn_on = getattr(by, "id", None), today()
    opening.number = numbered(opening.site_id, "KF")
    db.session.add(opening)
    db.session.flush()
    audit.write("draw_up", opening, {"number": opening.number}, by=by)
    return opening


def amend(opening: Opening, *, by: Any = None) -> None:
    if opening.state != "draft":
        raise RuleError(_l("The batch is agreed to as it is: nothing in it changes."))


def is_draft(opening: Opening) -> bool:
    return opening.state == "draft"


def add_line(line: OpeningLine, *, by: Any = None) -> OpeningLine:
    """One item more, if it may be opened and is in no other batch."""
    with db.session.no_autoflush:
        opening, item = line.opening, line.item
        if opening is None or not is_draft(opening):
            raise RuleError(_l("The batch is agreed to as it is: nothing in it changes."))
        if item is None or item.site_id != opening.site_id or item.open_state != "may_open":
            raise RuleError(_l("Choose an item that may be opened."), field="item")
        _may_be_opened(item)
        if db.session.scalar(_waiting(OpeningLine.item_id == item.id).limit(1)) is not None:
            raise RuleError(_l("It is in a batch already."), field="item")
        last = max((other.position for other in opening.lines if other is not line), default=0)
    line.site_id, line.opening_id, line.item_id, line.position = opening.site_id, opening.id, item.id, last + 1
    return line


def _waiting(*where: Any) -> Any:
    """The lines of batches that are not refused or withdrawn."""
    lines = select(OpeningLine.item_id).join(Opening, OpeningLine.opening_id == Opening.id)
    return lines.where(Opening.state.not_in(("refused", "withdrawn")), *where)


def list_judged(opening: Opening, *, by: Any = None) -> int:
    """All that may be opened: judged on the item, or by an approved appraisal on its file or paper (P4.11)."""
    take_over_appraisals(opening.site_id, by=by)
    fresh = (
        select(ArchivalItem)
        .where(
            ArchivalItem.site_id == opening.site_id, ArchivalItem.open_state == "may_open",
            ArchivalItem.secrecy.in_(UNCLASSIFIED), ArchivalItem.title != "", ArchivalItem.id.not_in(_waiting()),
        )
        .order_by(ArchivalItem.number, ArchivalItem.id)
        .limit(MOST)
    )  # fmt: skip
    found = list(db.session.scalars(fresh))
    if not found:
        raise RuleError(_l("There is nothing to open."))
    last = max((line.position for line in opening.lines), default=0)
    for position, item in enumerate(found, last + 1):
        opening.lines.append(OpeningLine(site_id=opening.site_id, item=item, position=position))
    db.session.flush()
    return len(found)


def take_over_appraisals(site_id: int, *, by: Any = None) -> int:
    """What an approved appraisal said of a file or paper holds for the items that lie in it; how many were judged."""
    said = (
        select(ArchivalItem, AppraisalItem.may_open)
        .join(
            AppraisalItem,
            or_(
                AppraisalItem.document_id == ArchivalItem.document_id,
                AppraisalItem.document_id.is_(None) & (AppraisalItem.file_id == ArchivalItem.file_id),
            ),
        )
        .join(Appraisal, AppraisalItem.appraisal_id == Appraisal.id)
        .where(
            ArchivalItem.site_id == site_id, ArchivalItem.open_state == "", Appraisal.state == "approved",
            AppraisalItem.may_open != "", (AppraisalItem.secrecy == "none") | (AppraisalItem.declassify == "yes"),
        )
        .order_by(AppraisalItem.id)
    )  # fmt: skip
    judged: dict[ArchivalItem, str] = {row[0]: row[1] for row in db.session.execute(said)}
    for item, verdict in judged.items():
        item.open_state = "may_open" if verdict == "yes" else "controlled"
        audit.write("judge_openness", item, {"from": "", "to": item.open_state}, by=by)
    db.session.flush()
    return len(judged)


def digest(opening: Opening) -> str:
    """SHA-256 over what is agreed to."""
    content = [
        opening.number,
        opening.title,
        [[line.position, line.item.number, line.item.title] for line in opening.lines],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def submit(opening: Opening, *, by: Any = None) -> None:
    """To the manager, then the director."""
    if not opening.lines:
        raise RuleError(_l("There is nothing to open."))
    opening.digest = digest(opening)
    approvals.begin(opening, CHAIN)


def _approved(opening: Opening, *, by: Any = None) -> None:
    if digest(opening) != opening.digest:
        raise RuleError(_l("The list is not the one that was signed before."))


def publish(opening: Opening, *, by: Any = None) -> None:
    """From now on everybody finds these items on the public page."""
    _approved(opening)
    for line in opening.lines:
        _may_be_opened(line.item)
        if line.item.open_state not in ("may_open", "open"):
            raise RuleError(_l("Controlled meanwhile: %(what)s", what=line.item.number))
        line.item.open_state, line.item.opened_on = "open", today()
    opening.published_on = today()


def take_back(item: ArchivalItem, *, by: Any = None, reason: str = "") -> None:
    """It should not have been opened: gone from the public page at once."""
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    item.open_state, item.opened_on = "controlled", None


def _open_only(item: ArchivalItem, user: Any) -> None:
    if item.open_state != "open":
        raise RuleError(_l("It is not open to the public."))


def _not_open(item: ArchivalItem, user: Any) -> None:
    if item.open_state == "open":
        raise RuleError(_l("It is open to the public."))


def _chain() -> Iterator[Move]:
    """The manager's and the director's steps, a refusal, a withdrawal."""
    for step in approvals.moves("Opening", _approved):
        source = set(step.source) & {"passed", "raised"}
        if source:
            yield dataclasses.replace(step, source=source)


ITEM_MOVES = [
    Move(
        "judge_openness", {"filed"}, None, "ArchivalItem:judge_openness", _l("Judge openness"), judge,
        asks=(("open_state", _l("Openness")), ("period?", _l("Retention period")), ("reason", _l("Reason"))),
        guard=_not_open,
    ),
    Move(
        "close_again", {"filed"}, None, "ArchivalItem:judge_openness", _l("Close to the public"), take_back,
        asks=(("reason", _l("Reason")),), guard=_open_only, style="danger",
    ),
]  # fmt: skip
MOVES = [
    Move("list_judged", {"draft"}, None, "Opening:list_judged", _l("List all that may be opened"), list_judged),
    Move("submit", {"draft"}, None, "Opening:submit", _l("Submit"), submit, style="primary", leads_to=("passed",)),
    *_chain(),
    Move("publish", {"approved"}, "published", "Opening:publish", _l("Publish"), publish, style="primary"),
]
