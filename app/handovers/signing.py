"""Three signatures; the last one locks the list and passes everything on that was found (P4.09, P7.08)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, attributes

from app.archive import custody, held
from app.archive.models import File
from app.handovers import listing
from app.handovers.digesting import digest
from app.handovers.models import Handover, HandoverLine, HandoverSignature
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import AppendOnlyError, db
from app.kit.strokes import is_drawing


def roles_left(handover: Handover, user: Any) -> list[str]:
    """As what this user still has to sign."""
    wanted = {"giver": handover.giver_id, "receiver": handover.receiver_id, "supervisor": handover.supervisor_id}
    if handover.is_outside:
        del wanted["receiver"]
    signed = {signature.role for signature in handover.signatures}
    return [role for role, user_id in wanted.items() if role not in signed and user and user_id == user.id]


def may_sign(handover: Handover, user: Any) -> None:
    left = roles_left(handover, user)
    if not left:
        raise RuleError(_l("Only the people named on the list sign it, each once."))
    if left == ["supervisor"] and len(handover.signatures) < 2:
        raise RuleError(_l("The supervisor signs after giver and receiver."))


def sign(handover: Handover, *, by: Any, drawn: str = "") -> None:
    """One signature, by the account or drawn as well."""
    _store(handover, roles_left(handover, by)[0], by, drawn)


def witnesses(handover: Handover, user: Any) -> None:
    """A receiver without an account signs on the screen of who hands over."""
    if not handover.is_outside or user is None or user.id != handover.giver_id:
        raise RuleError(_l("A receiver without an account signs on the screen of who hands over."))
    if any(signature.role == "receiver" for signature in handover.signatures):
        raise RuleError(_l("Only the people named on the list sign it, each once."))


def sign_receiver(handover: Handover, *, by: Any, receiver_signature: str = "") -> None:
    """The other organisation's signature, drawn; the giver's account witnesses it."""
    if not receiver_signature:
        raise RuleError(_l("Let them sign here."), field="receiver_signature")
    handover.receiver_signature = receiver_signature
    _store(handover, "receiver", by, receiver_signature, handover.receiver_name)


def _store(handover: Handover, role: str, by: Any, drawn: str, name: str = "") -> None:
    if digest(handover) != handover.digest:
        raise RuleError(_l("The list is not the one that was signed before."))
    if drawn and not is_drawing(drawn):
        raise RuleError(_l("This is not a signature drawn here."), field="drawn")
    signature = HandoverSignature(
        site_id=handover.site_id,
        handover=handover,
        role=role,
        user_id=by.id,
        signed_name=name,
        drawn=drawn,
        signed_at=now(),
        digest=handover.digest,
    )
    db.session.add(signature)
    db.session.flush()
    if len(handover.signatures) == 3:
        _pass_everything_on(handover, by)
        handover.state, handover.done_on = "done", today()
        db.session.flush()  # from here on the list is locked, in this transaction too


def _pass_everything_on(handover: Handover, by: Any) -> None:
    """What was found is the receiver's; what was missing stays with the giver."""
    passed = [line for line in handover.lines if line.found != "missing" and line.kind != "other"]
    works = {(thing.kind, thing.key) for thing in listing.to_hand_over(handover)} if passed else set()
    with custody.because(f"{handover.number} {handover.receiver_organisation}".strip()):
        for line in passed:
            if line.kind == "file":
                listing.check_keeper(handover, db.session.get_one(File, line.key))
            elif (line.kind, line.key) not in works:
                continue  # finished meanwhile: there is nothing left to pass on
            _pass_on(line, None if handover.is_outside else handover.receiver, by)
        db.session.flush()


def _pass_on(line: HandoverLine, receiver: Any, by: Any) -> None:
    pass_on = held.holders[line.kind][1]
    try:
        if pass_on is not None and line.key is not None:
            pass_on(line.key, receiver, by=by)
    except RuleError as refusal:
        raise RuleError(_l("%(what)s: %(why)s", what=line.title, why=refusal.message)) from None


@event.listens_for(Session, "before_flush")
def _locked_lists_do_not_change(session: Session, _context: Any, _instances: Any) -> None:
    for record in list(session.dirty) + list(session.deleted) + list(session.new):
        if isinstance(record, HandoverLine) and record.handover is not None and _was_done(record.handover):
            raise AppendOnlyError("a signed hand-over list never changes")
        if isinstance(record, Handover) and _was_done(record) and session.is_modified(record):
            raise AppendOnlyError("a signed hand-over list never changes")
    for record in session.deleted:
        if isinstance(record, HandoverLine) and not listing.takes_lines(record.handover):
            raise RuleError(listing.CHANGES_NO_MORE)


def _was_done(handover: Handover) -> bool:
    history = attributes.get_history(handover, "state")
    return "done" in list(history.deleted or history.unchanged)
