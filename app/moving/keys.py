"""Keys and cards: what a tenant holds is always the sum of lines that are only added (law 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_ngettext as _n
from sqlalchemy import func, select

from app.customers.models import Tenancy
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.moving.models import HeldKey, MovingItem
from app.security import audit

KIND_OF_SECTION = {"keys": "key", "cards": "card"}


def add_line(line: HeldKey, *, by: Any = None) -> HeldKey:
    """A line typed on screen: how many went out or came back; the sign follows from the way."""
    if line.tenancy is None:
        raise RuleError(_l("Choose a tenancy."), field="tenancy")
    if (line.quantity or 0) < 1:
        raise RuleError(_l("The quantity is at least one."), field="quantity")
    line.quantity = -line.quantity if line.way == "back" else line.quantity
    return _store(line, by)


def book(
    tenancy: Tenancy,
    kind: str,
    quantity: int,
    *,
    to_whom: str = "",
    on: dt.date | None = None,
    remark: str = "",
    item: MovingItem | None = None,
    by: Any = None,
) -> HeldKey:
    """Hand out (+) or take back (−)."""
    line = HeldKey(
        tenancy=tenancy,
        kind=kind,
        way="out" if quantity > 0 else "back",
        quantity=quantity,
        booked_on=on,
        to_whom=to_whom,
        remark=remark,
        item_id=item.id if item else None,
    )
    return _store(line, by)


def _store(line: HeldKey, by: Any) -> HeldKey:
    """Nobody gives back more than they hold, whoever asks at the same moment."""
    tenancy = line.tenancy
    with db.session.no_autoflush:
        db.session.execute(select(Tenancy.id).where(Tenancy.id == tenancy.id).with_for_update())
        if line.quantity > 0 and tenancy.state != "live":
            raise RuleError(_l("This tenancy has ended already."), field="tenancy")
        if held(tenancy).get(line.kind, 0) + line.quantity < 0:
            raise RuleError(_l("More than is out cannot come back."), field="quantity")
    line.site_id, line.tenancy_id, line.booked_on = tenancy.site_id, tenancy.id, line.booked_on or today()
    db.session.add(line)
    db.session.flush()
    audit.write("book", line, {"kind": line.kind, "quantity": line.quantity}, by=by)
    return line


def held(tenancy: Tenancy) -> dict[str, int]:
    """Kind -> how many are out with the tenant."""
    query = (
        select(HeldKey.kind, func.sum(HeldKey.quantity)).where(HeldKey.tenancy_id == tenancy.id).group_by(HeldKey.kind)
    )
    return {kind: int(count) for kind, count in db.session.execute(query)}


def lines_of(tenancy: Tenancy) -> list[HeldKey]:
    """A tenancy's lines, oldest first."""
    return list(db.session.scalars(select(HeldKey).where(HeldKey.tenancy_id == tenancy.id).order_by(HeldKey.id)))


def in_the_way(tenancy: Tenancy) -> Iterator[Any]:
    """Keys and cards that are still out, in words."""
    for kind, count in held(tenancy).items():
        if count > 0 and kind == "key":
            yield _n("%(num)s key is still out", "%(num)s keys are still out", count)
        elif count > 0:
            yield _n("%(num)s access card is still out", "%(num)s access cards are still out", count)


def book_items(tenancy: Tenancy, items: list[MovingItem], sign: int, *, to_whom: str, by: Any) -> None:
    """What the checklist says was handed over becomes lines; a line corrected later books the difference."""
    for item in items:
        kind = KIND_OF_SECTION.get(item.section)
        if kind is None or item.quantity is None:
            continue
        booked = select(func.coalesce(func.sum(HeldKey.quantity), 0)).where(HeldKey.item_id == item.id)
        if difference := sign * item.quantity - int(db.session.scalar(booked) or 0):
            book(tenancy, kind, difference, to_whom=to_whom, remark=item.title, item=item, by=by)
