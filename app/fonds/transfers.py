"""Transfers 移交: everything not yet transferred, as one set, checked, signed, registered (P4.05, P4.07)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import select

from app.estate.numbers import numbered
from app.fonds import checking, keeping
from app.fonds import rules as fonds_rules
from app.fonds.models import ArchivalItem, Fonds, Holder
from app.fonds.sets import Transfer, TransferLine
from app.handovers import rules as handovers
from app.handovers.models import Handover, HandoverLine
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit

FIXED = _l("The list is complete: nothing in it changes.")


def draw_up(transfer: Transfer, *, by: Any = None) -> Transfer:
    """A set with everything of the fonds that the giver still keeps, whatever its carrier."""
    if transfer.fonds is None:
        raise RuleError(_l("Choose a fonds."), field="fonds")
    if transfer.giver is None or transfer.receiver is None or transfer.giver.id == transfer.receiver.id:
        raise RuleError(_l("Giver and receiver are two holders."), field="receiver")
    transfer.site_id, transfer.fonds_id, transfer.state = transfer.fonds.site_id, transfer.fonds.id, "draft"
    transfer.giver_id, transfer.receiver_id = transfer.giver.id, transfer.receiver.id
    transfer.drawn_by_id, transfer.drawn_on = getattr(by, "id", None), today()
    with db.session.no_autoflush:
        _check_only_one(transfer)
        transfer.number = numbered(transfer.site_id, "YG")
    db.session.add(transfer)
    db.session.flush()
    if not list_all(transfer, by=by):
        raise RuleError(_l("Nothing of this fonds is kept there."), field="giver")
    audit.write("draw_up", transfer, {"number": transfer.number, "items": len(transfer.lines)}, by=by)
    return transfer


def _check_only_one(transfer: Transfer) -> None:
    under_way = Transfer.state.in_(("draft", "complete", "handed"))
    mine = (Transfer.fonds_id == transfer.fonds.id, Transfer.giver_id == transfer.giver.id, under_way)
    found = db.session.scalar(select(Transfer).where(*mine).limit(1))
    if found is not None:
        raise RuleError(_l("Another transfer of this fonds is under way: %(number)s.", number=found.number))


def amend(transfer: Transfer, *, by: Any = None) -> None:
    """People, containers and statements are filled in while it is a draft; what the receiver says, until the end."""
    if transfer.state in ("done", "void"):
        raise RuleError(FIXED)


def not_transferred(fonds: Fonds, giver: Holder) -> list[ArchivalItem]:
    """Everything of the fonds that the giver keeps: volumes with what lies in them, and items, in their order."""
    mine = (ArchivalItem.fonds_id == fonds.id, ArchivalItem.holder_id == giver.id)
    return list(db.session.scalars(select(ArchivalItem).where(*mine).order_by(ArchivalItem.number, ArchivalItem.id)))


def list_all(transfer: Transfer, *, by: Any = None) -> int:
    """Put on the list whatever is not on it; take off what is no longer there. How many stand on it."""
    wanted = {item.id: item for item in not_transferred(transfer.fonds, transfer.giver)}
    known = {line.item_id: line for line in transfer.lines}
    for key, line in known.items():
        if key not in wanted:
            transfer.lines.remove(line)
            db.session.delete(line)
    for position, (key, item) in enumerate(wanted.items(), 1):
        line = known.get(key) or TransferLine(site_id=transfer.site_id, transfer=transfer, item=item, item_id=key)
        db.session.add(line)
        line.position, line.number, line.title = position, item.number, item.title
    db.session.flush()
    db.session.expire(transfer, ["lines"])
    return len(wanted)


def complete(transfer: Transfer, *, by: Any = None) -> None:
    """Nothing twice, nothing left out, every paper with its copy, containers as required (P4.05, P4.14, P4.17)."""
    list_all(transfer, by=by)
    found = [problem for problem in checking.problems(transfer) if problem.stops]
    if found:
        raise RuleError(_l("Not complete yet: %(why)s", why="；".join(str(each.words) for each in found[:5])))
    transfer.digest = digest(transfer)


def digest(transfer: Transfer) -> str:
    """SHA-256 over the list and the checksums of every digital copy on it."""
    content = {
        "number": transfer.number,
        "fonds": transfer.fonds.number,
        "parties": [transfer.giver.name, transfer.receiver.name],
        "items": [
            [
                line.position,
                line.number,
                line.title,
                line.item.pages,
                [scan.sha256 for scan in checking.scans_of(line.item)],
            ]
            for line in transfer.lines
        ],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def hand_over(
    transfer: Transfer, *, by: Any = None, receiver_handler: str = "", supervisor: Any = None, reason: str = ""
) -> None:
    """The list goes to be checked line by line and signed: a hand-over between organisations (P4.08, P4.09)."""
    if digest(transfer) != transfer.digest:
        raise RuleError(_l("The list changed since it was complete: look through it again."))
    if supervisor is None:
        raise RuleError(_l("Choose who supervises."), field="supervisor")
    if not receiver_handler.strip():
        raise RuleError(_l("Say who receives there."), field="receiver_handler")
    transfer.receiver_handler, transfer.supervisor = receiver_handler.strip()[:60], supervisor
    transfer.supervisor_id = supervisor.id
    drawn = handovers.draw_up(
        Handover(
            site=transfer.site, site_id=transfer.site_id, kind="organisations", giver=by, giver_id=by.id,
            giver_organisation=transfer.giver.name, receiver_organisation=transfer.receiver.name,
            receiver_name=transfer.receiver_handler, supervisor=supervisor, supervisor_id=supervisor.id,
            reason=reason.strip()[:300] or f"{transfer.number} {transfer.fonds.number}",
        ),
        by=by,
    )  # fmt: skip
    for line in transfer.lines:
        drawn.lines.append(_handed(line))
    transfer.handover, transfer.handover_id = drawn, drawn.id
    db.session.flush()


def _handed(line: TransferLine) -> HandoverLine:
    return HandoverLine(
        site_id=line.site_id, position=line.position, kind="other", key=line.item_id,
        title=f"{line.number} {line.title}".strip()[:200], quantity=1, pages=line.item.pages,
    )  # fmt: skip


def register(transfer: Transfer, *, by: Any = None) -> None:
    """Signed by all three: what was found is the receiver's from now on, what was missing stays (P4.08)."""
    handover = transfer.handover
    if handover is None or handover.state != "done":
        raise RuleError(_l("The hand-over is not signed by all three yet."))
    found = {line.key: line.found for line in handover.lines}
    for line in transfer.lines:
        line.found = found.get(line.item_id, "missing")
        if line.found != "missing":
            line.item.holder, line.item.holder_id = transfer.receiver, transfer.receiver_id
    transfer.done_on = today()
    db.session.flush()
    fonds = transfer.fonds
    if not not_transferred(fonds, transfer.giver) and fonds.state == "closed":
        fonds.holder, fonds.holder_id = transfer.receiver, transfer.receiver_id
    db.session.flush()
    keeping.follow(fonds, transfer.giver, by=by)
    moved = sum(line.found != "missing" for line in transfer.lines)
    parties = f"{transfer.giver.name} 移交 {transfer.receiver.name}"
    said = f"{transfer.number}：{parties}，{moved} 条，清单校验值 {transfer.digest[:16]}"
    fonds_rules.tell(fonds, "collecting", "档案移交", said)


def give_up(transfer: Transfer, *, by: Any = None, reason: str = "") -> None:
    """Nothing is transferred; a hand-over that was drawn up is given up first."""
    if transfer.handover is not None and transfer.handover.state != "void":
        raise RuleError(_l("Give up the hand-over first."))


_HANDED = (
    ("receiver_handler", _l("Who receives there")),
    ("supervisor", _l("Supervises")),
    ("reason?", _l("Reason")),
)
MOVES = [
    Move("list_items", {"draft"}, None, "Transfer:edit", _l("List everything not yet transferred"), list_all),
    Move("complete", {"draft"}, "complete", "Transfer:complete", _l("List is complete"), complete, style="primary"),
    Move(
        "hand_over", {"complete"}, "handed", "Transfer:hand_over", _l("To be checked and signed"), hand_over,
        asks=_HANDED, style="primary",
    ),
    Move(
        "register", {"handed"}, "done", "Transfer:register", _l("Register at the receiver"), register,
        style="primary",
    ),
    Move(
        "give_up", {"draft", "complete", "handed"}, "void", "Transfer:give_up", _l("Give up"), give_up,
        asks=(("reason", _l("Reason")),), style="danger",
    ),
]  # fmt: skip
