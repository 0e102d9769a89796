"""After the load: every acknowledged write is in the database exactly once, and nothing that nobody sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.archive.models import Approval
from app.complaints.models import Complaint
from app.deposits.models import DepositLine
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.printing.models import PrintLine
from app.repairs.models import Repair, RepairStep
from app.visits.models import Visit

MARK = re.compile(r"[a-z]+\d\d-\d{4}")


@dataclass
class Journal:
    """What was sent, and what of it was acknowledged: (what, mark)."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, step: str, what: str, mark: str) -> None:
        (self.sent if step == "sent" else self.kept).append((what, mark))

    @classmethod
    def of(cls, lines: Iterable[list[str]]) -> Journal:
        journal = cls()
        for step, what, mark in lines:
            journal.tell(step, what, mark)
        return journal


def _marks(column: Any) -> Iterator[str]:
    """Each mark as often as it stands in that column."""
    for text in db.session.scalars(select(column).where(column.like("%-0%"))):
        yield from MARK.findall(text)


def _steps(act: str) -> Callable[[], Iterator[str]]:
    query = select(RepairStep.repair_id).where(RepairStep.act == act)
    return lambda: (f"/repairs/{key}" for key in db.session.scalars(query))


def _approvals(role: str) -> Callable[[], Iterator[str]]:
    mine = (Approval.subject_type == "LookupRequest", Approval.role == role, Approval.verdict == "agreed")
    return lambda: (f"/lookups/{key}" for key in db.session.scalars(select(Approval.subject_id).where(*mine)))


def _receipts() -> Iterator[str]:
    """A print is three copies of which one is the first."""
    mine = (PrintLine.form_key == "deposit_receipt", PrintLine.copy_no == 1)
    return (f"/deposit-lines/{key}" for key in db.session.scalars(select(PrintLine.subject_id).where(*mine)))


STORED: dict[str, Callable[[], Iterator[str]]] = {
    "take a complaint": lambda: _marks(Complaint.content),
    "amend a complaint": lambda: _marks(Complaint.content),
    "take a repair": lambda: _marks(Repair.fault),
    "amend a repair": lambda: _marks(Repair.remark),
    "finish the work": lambda: _marks(Repair.outcome),
    "write a visit down": lambda: _marks(Visit.follow_up),
    "ask for a look-up": lambda: _marks(LookupRequest.purpose),
    "receive a deposit": lambda: _marks(DepositLine.remark),
    "send a technician": _steps("dispatch"),
    "accept an order": _steps("accept"),
    "pass a look-up on": _approvals("supervisor"),
    "approve a look-up": _approvals("manager"),
    "print a receipt": _receipts,
}


@dataclass
class Counted:
    """What of the acknowledged is not there, there more than once, and what is there though it was never sent."""

    acknowledged: int
    lost: list[str]
    doubled: list[str]
    unsent: list[str]

    @property
    def is_whole(self) -> bool:
        return not (self.lost or self.doubled or self.unsent)


def count(journal: Journal) -> Counted:
    """Ask the database for each write. What was sent and not acknowledged may be there, once."""
    found = Counter(key for what, marks in STORED.items() for key in ((what, mark) for mark in marks()))
    sent, kept = set(journal.sent), set(journal.kept)
    lost = [f"{what} {mark}" for what, mark in kept if not found[what, mark]]
    twice = [f"{what} {mark}: {times} times" for (what, mark), times in found.items() if times > 1]
    unsent = [
        f"{what} {mark}" for what, mark in found if (what, mark) not in sent and not _is_sibling(what, mark, sent)
    ]
    return Counted(len(journal.kept), sorted(lost), sorted(twice), sorted(unsent))


def _is_sibling(what: str, mark: str, sent: set[tuple[str, str]]) -> bool:
    """A complaint's words hold the marks of its taking and of its amending."""
    other = {"take a complaint": "amend a complaint", "amend a complaint": "take a complaint"}.get(what)
    return other is not None and (other, mark) in sent
