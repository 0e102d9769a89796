"""What somebody has in hand: asked when work passes to another, and before an account is closed (P1.20, P10.07).

Each room offers `held.py` with `held_by(user)` and `pass_on(key, receiver, by=…)`; `app/joins.py` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.archive import rules
from app.archive.models import File
from app.kit.labels import _l
from app.kit.session import db

HOLDING_KINDS: dict[str, Any] = {
    "file": _l("File"),
    "certificate": _l("Certificate"),
    "loan": _l("Loan"),
    "key": _l("Keys and cards"),
    "repair": _l("Repair"),
    "visit": _l("Visit"),
    "complaint": _l("Complaint"),
    "request": _l("Request"),
    "task": _l("Task"),
    "data_task": _l("Task about data"),
    "campaign_task": _l("Task of a campaign"),
    "campaign": _l("Central receiver of a campaign"),
    "customer": _l("Customers allocated"),
    "follow_up": _l("Follow-up"),
    "sheet": _l("Sheets not handed over"),
    "entry": _l("Entry of a register"),
    "action": _l("Corrective action"),
    "evaluation": _l("Evaluation"),
    "other": _l("Other things"),
}


@dataclass(frozen=True)
class Holding:
    """One thing somebody holds: `kind` of HOLDING_KINDS, the record's `key`, and how a list names it.

    `number` names it without any tenant's name, for readers who open no files.
    """

    kind: str
    key: int
    site_id: int
    title: str
    file: File | None = None
    quantity: int = 1
    pages: int = 0
    number: str = ""


Ask = Callable[[Any], Iterable[Holding]]  # held_by(user): everything of a kind that the user holds, at every site
Pass = Callable[..., None]  # pass_on(key, receiver, by=user): the thing is the receiver's from now on

# kind -> (held_by, pass_on); a kind without `pass_on` is given back, not handed on
holders: dict[str, tuple[Ask, Pass | None]] = {}


def everything_held_by(user: Any) -> Iterator[Holding]:
    """All that `user` holds, by kind."""
    for ask, _pass_on in holders.values():
        yield from ask(user)


def in_hand(model: Any, of: Any, states: Iterable[str]) -> Ask:
    """`held_by` of a kind of day's record: those of `of` (the column of who does it) in these states, by key."""

    def held_by(user: Any) -> Iterator[Holding]:
        mine = select(model).where(of == user.id, model.state.in_(tuple(states))).order_by(model.id)
        for record in db.session.scalars(mine.options(joinedload(model.unit))):
            name = f"{record.unit.number if record.unit else ''} {record.number}".strip()
            yield Holding(str(model.__tablename__), record.id, record.site_id, name, number=name)

    return held_by


def held_by(user: Any) -> Iterator[Holding]:
    """The files that `user` keeps, destroyed ones left out."""
    query = (
        select(File)
        .where(File.custodian_id == user.id, File.state != "destroyed")
        .options(selectinload(File.unit), selectinload(File.customer), selectinload(File.documents))
        .order_by(File.number)
    )
    for file in db.session.scalars(query):
        pages = sum(paper.pages for paper in file.documents)
        yield Holding(
            "file",
            file.id,
            file.site_id,
            file.about,
            file,
            pages=pages,
            number=f"{file.unit_number} {file.number}".strip(),
        )


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """The file is the receiver's; it leaves the house's hands where the receiver is no user (None)."""
    rules.give_to(db.session.get_one(File, key), receiver.id if receiver is not None else None, by=by)
