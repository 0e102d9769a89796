"""Approvals in a chain: who has to agree, in which order, each a different person and none of them the asker.

A record that needs approvals mixes in `Approvable`; its chain is the roles that must agree, e.g. "supervisor manager",
as the access policy said when it was asked (`app/archive/access.py`). Each agreement is a line that never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from app.archive.models import APPROVER_WORDS, Approval
from app.kit.cells import cell
from app.kit.columns import now, several
from app.kit.errors import RuleError
from app.kit.labels import _l, label
from app.kit.moves import Move
from app.kit.pages import Column, ListPage, Row, ShowPage
from app.kit.session import db
from app.kit.showing import show_page
from app.security import gate

APPROVERS = tuple(APPROVER_WORDS)
WAITS = {"supervisor": "asked", "manager": "passed", "director": "raised"}
WAITING = frozenset(WAITS.values())
WAITING_WORDS: dict[str, Any] = {
    "asked": _l("Waits for the supervisor"),
    "passed": _l("Waits for the manager"),
    "raised": _l("Waits for the director"),
}
VERBS = {"asked": "pass_on", "passed": "approve", "raised": "approve_high"}


class Approvable:
    """Mixin: `state` walks the chain; `asker_id` says who asked, whatever the column is called."""

    chain: Mapped[str] = several(60, _l("Who has to agree"), APPROVER_WORDS)

    @property
    def asker_id(self) -> int | None:
        raise NotImplementedError


def begin(record: Any, roles: Iterable[str]) -> None:
    """Put the record before the first who has to agree."""
    wanted = set(roles)
    chain = [role for role in APPROVERS if role in wanted]
    if not chain:
        raise RuleError(_l("The access policy names nobody who approves this."))
    record.chain = " ".join(chain)
    record.state = WAITS[chain[0]]


def left(record: Any) -> list[str]:
    """The roles that still have to agree, in order."""
    chain: list[str] = record.chain.split()
    waiting = [role for role in chain if WAITS[role] == record.state]
    return chain[chain.index(waiting[0]) :] if waiting else []


def agree(record: Any, *, by: Any, reason: str = "", finish: Callable[..., None] | None = None) -> None:
    """One of the chain agrees; after the last the record is approved and `finish(record, by=…)` runs."""
    waiting = left(record)
    if not waiting:
        raise RuleError(_l("This step is not possible now: the record has moved on."))
    note(record, waiting[0], "agreed", by, reason)
    if len(waiting) > 1:
        record.state = WAITS[waiting[1]]
        return
    record.state = "approved"
    if finish is not None:
        finish(record, by=by)


def refuse(record: Any, *, by: Any, reason: str = "", refused: Callable[..., None] | None = None) -> None:
    """A refusal says why, and ends the chain; `refused(record, by=…, reason=…)` runs then."""
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    note(record, left(record)[0], "refused", by, reason)
    if refused is not None:
        refused(record, by=by, reason=reason)


def note(record: Any, role: str, verdict: str, by: Any, reason: str) -> None:
    """The line that stays."""
    db.session.add(
        Approval(
            site_id=record.site_id,
            subject_type=type(record).__name__,
            subject_id=record.id,
            role=role,
            verdict=verdict,
            user_id=by.id,
            decided_at=now(),
            reason=reason.strip()[:300],
        )
    )
    db.session.flush()


def decisions(record: Any) -> list[Approval]:
    """Who has agreed or refused so far, in order."""
    mine = (Approval.subject_type == type(record).__name__, Approval.subject_id == record.id)
    return list(db.session.scalars(select(Approval).where(*mine).order_by(Approval.id)))


def another(record: Any, user: Any) -> None:
    """Nobody decides on their own request, and nobody twice on the same one."""
    if user is None:
        return
    if record.asker_id == user.id:
        raise RuleError(_l("Nobody decides on their own request."))
    if any(line.user_id == user.id for line in decisions(record)):
        raise RuleError(_l("You have agreed already: the next approval is another person's."))


def only_the_asker(record: Any, user: Any) -> None:
    if user is None or record.asker_id != user.id:
        raise RuleError(_l("Only who asked can withdraw the request."))


def _in_turn(permission: str, record: Any, user: Any) -> None:
    """Who refuses is who would have to agree now."""
    if user is not None and not gate.may(VERBS.get(record.state, ""), permission):
        raise RuleError(_l("It is another's turn to decide on this."))
    another(record, user)


def moves(
    permission: str, finish: Callable[..., None], *, last: Any = None, refused: Callable[..., None] | None = None
) -> list[Move]:
    """The steps of the chain for a view of that permission: a verb for each who may have to agree."""
    run = partial(agree, finish=finish)
    why = (("reason", _l("Reason")),)
    labels = {"asked": _l("Agree and pass on"), "passed": last or _l("Approve"), "raised": last or _l("Approve")}
    after = {"asked": ("passed", "raised", "approved"), "passed": ("raised", "approved"), "raised": ("approved",)}
    steps = [
        Move(
            VERBS[state],
            {state},
            None,
            f"{permission}:{VERBS[state]}",
            labels[state],
            run,
            guard=another,
            style="primary",
            leads_to=after[state],
        )
        for state in after
    ]
    return [
        *steps,
        Move(
            "refuse",
            set(WAITING),
            "refused",
            f"{permission}:refuse",
            _l("Refuse"),
            partial(refuse, refused=refused),
            asks=why,
            guard=partial(_in_turn, permission),
            style="danger",
        ),
        Move("withdraw", set(WAITING), "withdrawn", f"{permission}:withdraw", _l("Withdraw"), guard=only_the_asker),
    ]


def page_of(view: Any, record: Any) -> ShowPage:
    """The record's page, with who has agreed or refused so far, as what and when."""
    page, names = show_page(view, record), ["role", "verdict", "user", "decided_at", "reason"]
    lines = decisions(record)
    rows = [Row(line.id, None, [cell(line, name) for name in names]) for line in lines]
    columns = [Column(name, label(Approval, name)) for name in names]
    page.lists.insert(0, ListPage(_l("Approvals"), columns, rows, empty=_l("Nobody has decided yet.")))
    return page


def waiting_for_me(states: Sequence[str], permission: str) -> list[str]:
    """Those of the waiting states that the acting user may decide, for their first page."""
    return [state for state in states if state in VERBS and gate.may(VERBS[state], permission)]
