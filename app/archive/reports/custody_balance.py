"""The balance of custody: what was there + what came − what went − what was destroyed = what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import case, func, select

from app.archive.custody import STANDINGS, CustodyLine
from app.archive.models import LIVE_STATES, File, Scheme
from app.archive.page import code_word
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile

BY = Choice(
    "by", _l("Counted by"), [("both", _l("Holder and class")), ("holder", _l("Holder")), ("class", _l("Class"))]
)
COLUMNS = ("opening", "opened", "received", "given", "moved", "destroyed", "closing")
Key = tuple[int | None, str, str]  # (holder, scheme, live or left)


@dataclass
class Balance:
    """The figures of one holder and class; `counted` is what the files themselves say, None for a day that is past."""

    sums: Counter[str] = field(default_factory=Counter)
    counted: int | None = None

    @property
    def reckoned(self) -> int:
        """Opening and every movement of the period."""
        return sum(self.sums[name] for name in COLUMNS[:-1])

    @property
    def closing(self) -> int:
        return self.sums["closing"] if self.counted is None else self.counted

    @property
    def difference(self) -> int:
        """Nought, or the ledger and the files do not agree."""
        return self.closing - self.reckoned

    def cells(self) -> list[int]:
        moved = [abs(self.sums[name]) if name in ("given", "destroyed") else self.sums[name] for name in COLUMNS[:-1]]
        return [*moved, self.closing, self.difference]


@report(
    _l("Balance of custody"),
    group="files",
    permission="CustodyLine",
    about=_l("By holder and class: what was held, came, went and was destroyed, and whether that is what is held."),
    period="past",
    choices=[BY],
)
def custody_balance(asked: Asked) -> Table:
    found = together(balances(asked), asked.chosen["by"])
    names = _names({holder for holder, _scheme, _standing in found})
    rows = sorted(found.items(), key=lambda item: (names.get(item[0][0], ""), item[0][1:]))
    all_cells = [balance.cells() for _key, balance in rows]
    sums = [sum(cells[place] for cells in all_cells) for place in range(len(COLUMNS) + 1)]
    wrong = sum(balance.difference != 0 for _key, balance in rows)
    words = [_words(key, names) for key, _balance in rows]
    held: Counter[str] = Counter()
    for (who, kind), cells in zip(words, all_cells, strict=True):
        held[str(who or kind)] += cells[-2]
    return Table(
        [
            Head(_l("Holder")), Head(_l("Class")), Head(_l("Opening"), "number"), Head(_l("File opened"), "number"),
            Head(_l("Received"), "number"), Head(_l("Given away"), "number"), Head(_l("Into another class"), "number"),
            Head(_l("Destroyed"), "number"), Head(_l("Closing"), "number"), Head(_l("Difference"), "number"),
        ],
        [
            Line([*said, *cells], tone="bad" if cells[-1] else "")
            for said, cells in zip(words, all_cells, strict=True)
        ],
        [_l("Total"), "", *sums],
        [Bars(_l("Held at the end"), list(held), [Series(_l("Files"), list(held.values()))])],
        [Tile(_l("Files held"), sums[-2]), Tile(_l("Lines that do not balance"), wrong, tone="bad" if wrong else "")],
        [
            _l("Opening + opened + received − given away ± into another class − destroyed = closing."),
            _l("Closing is counted from the files themselves where the period reaches today."),
        ],
    )  # fmt: skip


def balances(asked: Asked) -> dict[Key, Balance]:
    """The figures by holder, scheme and standing, from the ledger; and today's count from the files."""
    found: dict[Key, Balance] = {}
    what = case((CustodyLine.day < asked.first, "opening"), else_=CustodyLine.kind).label("what")
    columns = (CustodyLine.holder_id, CustodyLine.scheme_key, CustodyLine.standing, what, CustodyLine.amount)
    lines = asked.inside(select(*columns).where(CustodyLine.day <= asked.last), CustodyLine).subquery()
    key = (lines.c.holder_id, lines.c.scheme_key, lines.c.standing, lines.c.what)
    query = select(*key, func.sum(lines.c.amount)).group_by(*key)
    for holder, scheme, standing, name, amount in db.session.execute(query):
        sums = found.setdefault((holder, scheme, standing), Balance()).sums
        sums[name] += int(amount)
        sums["closing"] += int(amount)
    return _counted(asked, found) if asked.last >= today() else found


def _counted(asked: Asked, found: dict[Key, Balance]) -> dict[Key, Balance]:
    standing = case((File.state.in_(LIVE_STATES), "live"), else_="left").label("standing")
    there = select(File.custodian_id, Scheme.key, standing).join(Scheme, Scheme.id == File.scheme_id)
    files = asked.inside(there.where(File.state != "destroyed"), File).subquery()
    key = (files.c.custodian_id, files.c.key, files.c.standing)
    rows = db.session.execute(select(*key, func.count()).select_from(files).group_by(*key))
    counts = {(holder, scheme, stands): int(count) for holder, scheme, stands, count in rows}
    for each in found.keys() | counts.keys():
        found.setdefault(each, Balance()).counted = counts.get(each, 0)
    return found


def together(found: dict[Key, Balance], by: str) -> dict[Key, Balance]:
    """Added up over the classes or the holders, where only one of them is asked for."""
    added: dict[Key, Balance] = {}
    for (holder, scheme, standing), balance in found.items():
        key = (holder if by != "class" else -1, *((scheme, standing) if by != "holder" else ("", "")))
        total = added.setdefault(key, Balance())
        total.sums.update(balance.sums)
        if balance.counted is not None:
            total.counted = (total.counted or 0) + balance.counted
    return added


def _names(holders: set[int | None]) -> dict[int | None, str]:
    people = db.session.scalars(select(User).where(User.id.in_([key for key in holders if key is not None])))
    return {person.id: str(person) for person in people}


def _words(key: Key, names: dict[int | None, str]) -> Sequence[Any]:
    holder, scheme, standing = key
    who = "" if holder == -1 else names.get(holder) or _l("Outside or nobody")
    return [who, f"{code_word(scheme)} · {STANDINGS[standing]}" if scheme else ""]
