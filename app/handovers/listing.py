"""Drawing up a hand-over list from what the giver really holds (P4.05, P4.06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_appbuilder.security.sqla.models import User

from app.archive import held
from app.archive.held import HOLDING_KINDS, Holding
from app.archive.models import File
from app.estate.rules import sites_of
from app.handovers.models import Handover, HandoverLine
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

OUTWARD = {"file"}  # what another organisation receives, besides things named by hand; work stays in the house
CHANGES_NO_MORE = _l("The list is being checked, signed or is locked: nothing in it changes.")


def settle_parties(handover: Handover) -> None:
    """Who takes part, as the kind of hand-over asks it."""
    people = [handover.giver_id, handover.supervisor_id, *([] if handover.is_outside else [handover.receiver_id])]
    if None in people or len(set(people)) != len(people):
        raise RuleError(_l("Giver, receiver and supervisor must be three different people."), field="receiver")
    if handover.kind == "organisations":
        _check_organisations(handover)
    if handover.kind == "departments" and not (handover.giver_department and handover.receiver_department):
        raise RuleError(_l("Name both departments."), field="receiver_department")
    if not handover.is_outside:
        check_receiver(handover, handover.receiver_id)


def _check_organisations(handover: Handover) -> None:
    if not (handover.receiver_organisation or "").strip():
        raise RuleError(_l("Name the organisation that receives."), field="receiver_organisation")
    if not handover.is_outside:
        return
    if not (handover.receiver_name or "").strip():
        raise RuleError(_l("Say who receives there."), field="receiver_name")
    handover.receiver_id = handover.giver_id  # the witness
    if handover.giver is not None:
        handover.receiver = handover.giver


def check_receiver(handover: Handover, user_id: Any) -> None:
    """Whoever receives works for the site."""
    if handover.site_id not in sites_of(db.session.get_one(User, user_id)):
        raise RuleError(_l("The receiver does not work for this site."), field="receiver")


def add_line(line: HandoverLine, *, by: Any = None) -> HandoverLine:
    """One more thing on a list that is not being checked yet; refused where the giver does not hold it."""
    with db.session.no_autoflush:
        _settle(line)
    db.session.add(line)
    db.session.flush()
    audit.write("add_line", line.handover, {"line": line.id}, by=by)
    return line


def takes_lines(handover: Handover) -> bool:
    """Only a draft takes more lines."""
    return handover.state == "draft"


def _settle(line: HandoverLine) -> None:
    """What follows from the list and the thing."""
    handover = line.handover
    if handover is None or not takes_lines(handover):
        raise RuleError(CHANGES_NO_MORE)
    if line.file is not None and line.kind in (None, "", "other", "file"):
        line.kind, line.key = "file", line.file.id
        _describe_file(line, line.file)
    elif line.kind not in (None, "", "other"):
        _must_be_held(line)
    line.kind = line.kind or "other"
    if not (line.title or "").strip():
        raise RuleError(_l("Say what is handed over."), field="title")
    line.quantity = 1 if line.quantity is None else line.quantity
    _check_quantity(line)
    line.site_id = handover.site_id
    line.position = 1 + max((other.position for other in handover.lines if other is not line), default=0)


def _check_quantity(line: HandoverLine) -> None:
    if (line.quantity or 0) < 1:
        raise RuleError(_l("The quantity is at least one."), field="quantity")


def amend_line(line: HandoverLine, *, by: Any = None) -> None:
    """Quantity, pages and remark change while the list is a draft."""
    if not takes_lines(line.handover):
        raise RuleError(CHANGES_NO_MORE)
    _check_quantity(line)


def _describe_file(line: HandoverLine, file: File) -> None:
    if any(other.file_id == file.id and other.kind == "file" for other in line.handover.lines if other is not line):
        raise RuleError(_l("This file is on the list already."), field="file")
    check_keeper(line.handover, file)
    line.file_id = file.id
    line.title = line.title or file.about
    line.pages = line.pages or sum(document.pages for document in file.documents)


def check_keeper(handover: Handover, file: File) -> None:
    """Nobody hands over what another keeps or nobody does, what lies elsewhere, or what is gone."""
    if file.site_id != handover.site_id or file.state == "destroyed":
        raise RuleError(_l("This file is not one of the hand-over's site."), field="file")
    if file.custodian_id != handover.giver_id:
        raise RuleError(_l("This file is kept by somebody else than who hands over."), field="file")


def _must_be_held(line: HandoverLine) -> None:
    held_now = {(thing.kind, thing.key) for thing in to_hand_over(line.handover)}
    if (line.kind, line.key) not in held_now:
        raise RuleError(_l("Who hands over does not hold this: %(what)s", what=line.title or line.kind), field="title")


def held_at(user: Any, site_id: int) -> Iterator[Holding]:
    """What somebody holds at a site."""
    return (thing for thing in held.everything_held_by(user) if thing.site_id == site_id)


def to_hand_over(handover: Handover) -> Iterator[Holding]:
    """What the giver holds at the site and can pass on; what can only be given back is left out."""
    for thing in held_at(handover.giver, handover.site_id):
        if held.holders[thing.kind][1] is None or (handover.is_outside and thing.kind not in OUTWARD):
            continue
        yield thing


def list_all_of(handover: Handover, *, by: Any) -> int:
    """Put everything the giver holds on the list; returns how many lines were added."""
    there = {(line.kind, line.key) for line in handover.lines}
    fresh = [thing for thing in to_hand_over(handover) if (thing.kind, thing.key) not in there]
    last = max((line.position for line in handover.lines), default=0)
    for position, thing in enumerate(fresh, last + 1):
        handover.lines.append(_line_of(handover, thing, position))
    db.session.flush()
    return len(fresh)


def _line_of(handover: Handover, thing: Holding, position: int) -> HandoverLine:
    return HandoverLine(
        site_id=handover.site_id,
        position=position,
        kind=thing.kind,
        key=thing.key,
        file=thing.file if thing.kind == "file" else None,
        title=thing.title[:200],
        quantity=thing.quantity,
        pages=thing.pages,
    )


@dataclass(frozen=True)
class Category:
    """A kind of thing reconciled: on the list, and held by the giver now."""

    kind: str
    listed: int
    held: int

    @property
    def words(self) -> Any:
        return HOLDING_KINDS[self.kind]

    @property
    def left(self) -> int:
        """What the giver holds and the list does not name."""
        return self.held - self.listed if self.kind != "other" else 0


def reconcile(handover: Handover) -> list[Category]:
    """The list against what the giver holds, kind by kind (P4.06: nothing left out)."""
    listed = Counter(line.kind for line in handover.lines)
    holds = Counter(thing.kind for thing in to_hand_over(handover))
    return [Category(kind, listed[kind], holds[kind]) for kind in HOLDING_KINDS if listed[kind] or holds[kind]]


def twice(handover: Handover) -> list[str]:
    """What a list names twice: a file by its number and again in words, or the same words twice (P4.06)."""
    names = Counter(
        name
        for line in handover.lines
        for name in {(line.file.number if line.kind == "file" and line.file else line.title).strip()}
    )
    return [name for name, count in names.items() if count > 1]
