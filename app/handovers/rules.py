"""Drawing up, signing and locking a hand-over list."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session, attributes

from app.archive import rules as archive
from app.archive.models import File
from app.handovers.models import Handover, HandoverLine, HandoverSignature
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import AppendOnlyError, db
from app.security import audit


def draw_up(handover: Handover, *, by: Any) -> Handover:
    """A new empty list. Giver, receiver and supervisor are three different people."""
    people = {handover.giver_id, handover.receiver_id, handover.supervisor_id}
    if None in people or len(people) != 3:
        raise RuleError(_l("Giver, receiver and supervisor must be three different people."), field="receiver")
    handover.number = next_number()
    handover.handed_on = handover.handed_on or today()
    db.session.add(handover)
    db.session.flush()
    audit.write("draw_up", handover, {"number": handover.number}, by=by)
    return handover


def next_number() -> str:
    """YJ-<year>-<running number>."""
    prefix = f"YJ-{today().year}-"
    last = db.session.scalar(select(func.max(Handover.number)).where(Handover.number.like(prefix + "%")))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04d}"


def add_line(line: HandoverLine, *, by: Any = None) -> HandoverLine:
    """One more thing on a list that is not being signed yet."""
    with db.session.no_autoflush:
        _settle(line)
    db.session.add(line)
    db.session.flush()
    audit.write("add_line", line.handover, {"line": line.id}, by=by)
    return line


def takes_lines(handover: Handover) -> bool:
    """Only a list that nobody has begun to sign takes more lines."""
    return handover.state == "draft"


def _settle(line: HandoverLine) -> None:
    """What follows from the list and the file."""
    handover = line.handover
    if handover is None or not takes_lines(handover):
        raise RuleError(_l("The list is being signed or is locked: nothing in it changes."))
    if line.file is not None:
        _describe_file(line)
    if not (line.title or "").strip():
        raise RuleError(_l("Say what is handed over."), field="title")
    line.quantity = 1 if line.quantity is None else line.quantity
    if line.quantity < 1:
        raise RuleError(_l("The quantity is at least one."), field="quantity")
    line.site_id = handover.site_id
    line.position = 1 + max((other.position for other in handover.lines if other is not line), default=0)


def amend_line(line: HandoverLine, *, by: Any = None) -> None:
    """Quantity, pages and remark change while the list is a draft."""
    if line.handover.state != "draft":
        raise RuleError(_l("The list is being signed or is locked: nothing in it changes."))
    if (line.quantity or 0) < 1:
        raise RuleError(_l("The quantity is at least one."), field="quantity")


def _describe_file(line: HandoverLine) -> None:
    file: File = line.file  # type: ignore[assignment]
    if any(other.file_id == file.id for other in line.handover.lines if other is not line):
        raise RuleError(_l("This file is on the list already."), field="file")
    _check_keeper(line.handover, file)
    line.file_id = file.id
    line.title = line.title or f"{file.unit.number} {file.current_name}".strip()
    line.pages = line.pages or sum(document.pages for document in file.documents)


def _check_keeper(handover: Handover, file: File) -> None:
    """Nobody hands over what another keeps, what lies elsewhere, or what is gone."""
    if file.site_id != handover.site_id or file.state == "destroyed":
        raise RuleError(_l("This file is not one of the hand-over's site."), field="file")
    if file.custodian_id not in (None, handover.giver_id):
        raise RuleError(_l("This file is kept by somebody else than who hands over."), field="file")


def list_all_of(handover: Handover, *, by: Any) -> int:
    """Put every live file the giver keeps on the list; returns how many were added."""
    on_list = {line.file_id for line in handover.lines}
    held = db.session.scalars(
        select(File)
        .where(File.custodian_id == handover.giver_id, File.site_id == handover.site_id, File.state != "destroyed")
        .order_by(File.number)
    )
    added = 0
    for file in held:
        if file.id not in on_list:
            add_line(HandoverLine(handover=handover, file=file), by=by)
            added += 1
    return added


def digest(handover: Handover) -> str:
    """SHA-256 over everything the signatures stand for; the same on both copies (P4.09)."""
    content = {
        "number": handover.number,
        "date": str(handover.handed_on),
        "people": [handover.giver_id, handover.receiver_id, handover.supervisor_id],
        "departments": [handover.giver_department, handover.receiver_department],
        "reason": handover.reason,
        "lines": [
            [line.position, line.file.number if line.file else "", line.title, line.quantity, line.pages, line.remark]
            for line in handover.lines
        ],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def close_list(handover: Handover, *, by: Any) -> None:
    """The list is complete and goes to be signed."""
    if not handover.lines:
        raise RuleError(_l("An empty list cannot be signed."))
    handover.digest = digest(handover)


def roles_left(handover: Handover, user: Any) -> list[str]:
    """As what this user still has to sign."""
    wanted = {"giver": handover.giver_id, "receiver": handover.receiver_id, "supervisor": handover.supervisor_id}
    signed = {signature.role for signature in handover.signatures}
    return [role for role, user_id in wanted.items() if role not in signed and user and user_id == user.id]


def _may_sign(handover: Handover, user: Any) -> None:
    left = roles_left(handover, user)
    if not left:
        raise RuleError(_l("Only the people named on the list sign it, each once."))
    if left == ["supervisor"] and len(handover.signatures) < 2:
        raise RuleError(_l("The supervisor signs after giver and receiver."))


def sign(handover: Handover, *, by: Any) -> None:
    """One signature; the last one locks the list and gives the files to the receiver."""
    if digest(handover) != handover.digest:
        raise RuleError(_l("The list is not the one that was signed before."))
    role = roles_left(handover, by)[0]
    signature = HandoverSignature(
        site_id=handover.site_id, handover=handover, role=role, user_id=by.id, signed_at=now(), digest=handover.digest
    )
    db.session.add(signature)
    db.session.flush()
    if len(handover.signatures) == 3:
        for line in handover.lines:
            if line.file is not None:
                _check_keeper(handover, line.file)
                archive.give_to(line.file, handover.receiver_id, by=by)
        handover.state = "done"
        db.session.flush()  # from here on the list is locked, in this transaction too


@event.listens_for(Session, "before_flush")
def _locked_lists_do_not_change(session: Session, _context: Any, _instances: Any) -> None:
    for record in list(session.dirty) + list(session.deleted) + list(session.new):
        if isinstance(record, HandoverLine) and record.handover is not None and _was_done(record.handover):
            raise AppendOnlyError("a signed hand-over list never changes")
        if isinstance(record, Handover) and _was_done(record) and session.is_modified(record):
            raise AppendOnlyError("a signed hand-over list never changes")


def _was_done(handover: Handover) -> bool:
    history = attributes.get_history(handover, "state")
    return "done" in list(history.deleted or history.unchanged)


MOVES = [
    Move("list_all", {"draft"}, None, "Handover:edit", _l("List every file the giver keeps"), list_all_of),
    Move(
        "close_list", {"draft"}, "signing", "Handover:close_list", _l("List is complete"), close_list, style="primary"
    ),
    Move("sign", {"signing"}, None, "Handover:sign", _l("Sign"), sign, guard=_may_sign, style="primary"),
    Move("give_up", {"draft", "signing"}, "void", "Handover:give_up", _l("Give up"), style="danger"),
]
