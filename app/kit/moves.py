"""State machines as tables: buttons, rights and audit words come from one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.kit.errors import RuleError
from app.kit.labels import _l


@dataclass(frozen=True)
class Move:
    """One transition.

    `needs` is "<permission>:<verb>"; `run(record, by=user, **form)` does the work and may raise RuleError.
    `asks` names what the button asks for before it goes on: (name, lazy label). A column or relation of the record
    is asked as its form would; another name as a date (`*_on`), money (`*_cents`), a number (`NUMBERS`) or words.
    A name that ends in "?" may be left empty and is handed over without the mark.
    `target` None: the state stays, or `run` sets one of `leads_to`.
    `guard(record, user)` may refuse in words, e.g. that nobody approves their own request.
    """

    name: str
    source: frozenset[str] | set[str]
    target: str | None
    needs: str
    label: Any
    run: Callable[..., Any] | None = None
    asks: tuple[tuple[str, Any], ...] = ()
    guard: Callable[[Any, Any], None] | None = None
    style: str = ""
    leads_to: tuple[str, ...] = ()

    @property
    def asked(self) -> list[str]:
        """The names of what is asked."""
        return [name.rstrip("?") for name, _label in self.asks]

    @property
    def permission(self) -> tuple[str, str]:
        name, _colon, verb = self.needs.rpartition(":")
        return name, verb


def find(table: Sequence[Move], name: str) -> Move:
    """The move called `name`; a RuleError for anything else."""
    for move in table:
        if move.name == name:
            return move
    raise RuleError(_l("There is no such step."))


def offered(table: Sequence[Move], record: Any, may: Callable[[str, str], bool], user: Any) -> list[Move]:
    """The moves to draw as buttons for this user on this record now."""
    possible = [move for move in table if record.state in move.source]
    return [move for move in possible if may(*reversed(move.permission)) and _free(move, record, user)]


def _free(move: Move, record: Any, user: Any) -> bool:
    try:
        if move.guard:
            move.guard(record, user)
    except RuleError:
        return False
    return True


def walk(table: Sequence[Move], record: Any, name: str, *, by: Any, write: Callable[..., Any], **form: Any) -> Any:
    """Take one step: check the state, run, set the state, write the line (with the reason, if one was asked).

    Who may take it is asked before, by the view or command (`gate.demand`); `write` is `audit.write`.
    """
    move = find(table, name)
    if record.state not in move.source:
        raise RuleError(_l("This step is not possible now: the record has moved on."))
    if move.guard:
        move.guard(record, by)
    before = record.state
    result = move.run(record, by=by, **form) if move.run else None
    if move.target is not None:
        record.state = move.target
    reason = str(form.get("reason") or "").strip()[:300]
    write(move.name, record, {"from": before, "to": record.state} | ({"reason": reason} if reason else {}), by=by)
    return result


def draw(table: Sequence[Move]) -> str:
    """The table as a Mermaid state diagram; a move without a target is drawn back to where it started."""
    lines = ["stateDiagram-v2"]
    for move in table:
        for source in sorted(move.source):
            targets = move.leads_to or (move.target or source,)
            lines += [f"    {source} --> {target}: {move.name}" for target in targets]
    return "\n".join(lines) + "\n"
