"""Arrears by age: what is owed since how long, by customer, kind or floor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select

from app.arrears.models import DUE_KINDS, Due, DuePayment
from app.customers.models import Customer, Tenancy
from app.estate.floors import FLOOR, LEVEL, floor_name, on_floors
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Picture, Series, Table, Tile

BY = Choice(
    "by", _l("Grouped by"), [("customer", _l("By customer")), ("kind", _l("By kind")), ("floor", _l("By floor"))]
)
FIRST = {"customer": _l("Customer"), "kind": _l("Kind of due"), "floor": _l("Floor")}
AGES = (_l("0–30 days"), _l("31–60 days"), _l("61–90 days"), _l("over 90 days"))
MOST_BARS = 15


@report(
    _l("Arrears by age"),
    group="money",
    permission="Due",
    about=_l("What is overdue since 30, 60, 90 and more days, and who owes it."),
    choices=[BY],
)
def arrears_by_age(asked: Asked) -> Table:
    """Open dues are daily work, which nothing seals; settled and waived ones are not in here."""
    by = asked.chosen["by"]
    rows = _rows(asked, by)
    lines = [Line([_name(by, key), count, *cents, sum(cents)], _list(by, key)) for key, count, cents in rows]
    sums = [sum(cents[age] for _key, _count, cents in rows) for age in range(4)]
    count = sum(count for _key, count, _cents in rows)
    return Table(
        [
            Head(FIRST[by]), Head(_l("Overdue"), "number"), *(Head(age, "money") for age in AGES),
            Head(_l("Total (yuan)"), "money"),
        ],
        lines,
        [_l("Total"), count, *sums, sum(sums)],
        _pictures(by, rows, sums),
        [
            Tile(_l("Overdue (yuan)"), sum(sums), "money", "warn" if sum(sums) else ""), Tile(_l("Overdue"), count),
            Tile(_l("over 90 days"), sums[3], "money", "bad" if sums[3] else ""),
        ],
        [_l("What is left of each due, by the days since it was to be paid; what is not yet due is left out.")],
    )  # fmt: skip


def _name(by: str, key: Any) -> Any:
    if by == "kind":
        return DUE_KINDS[key]
    return floor_name(key) if by == "floor" else key[1] or _l("Without a tenant")


def _list(by: str, key: Any) -> str | None:
    if by == "kind":
        return list_url("DueView.list", kind=key, state="open")
    return list_url("CustomerView.show", pk=key[0]) if by == "customer" and key[0] else None


def _rows(asked: Asked, by: str) -> list[tuple[Any, int, list[int]]]:
    """(key, dues, cents by age), who owes most first; floors from the top."""
    paid = select(DuePayment.due_id, func.sum(DuePayment.amount_cents).label("cents")).group_by(DuePayment.due_id)
    paid_of = paid.subquery()
    left = Due.amount_cents - func.coalesce(paid_of.c.cents, 0)
    keys = {"customer": (Customer.id, Customer.name), "kind": (Due.kind,), "floor": (FLOOR,)}[by]
    query = (
        select(*keys, func.count(Due.id), *_by_age(left))
        .select_from(Due)
        .outerjoin(paid_of, paid_of.c.due_id == Due.id)
        .outerjoin(Tenancy, Tenancy.id == Due.tenancy_id)
        .outerjoin(Customer, Customer.id == Tenancy.customer_id)
        .where(Due.state == "open", Due.due_on < today())
        .group_by(*keys)
    )
    query = on_floors(query, Due.unit_id).order_by(LEVEL.desc() if by == "floor" else func.sum(left).desc(), *keys)
    found = []
    for row in db.session.execute(asked.inside(query, Due)):
        key = tuple(row[: len(keys)]) if by == "customer" else row[0]
        found.append((key, int(row[len(keys)]), [int(value or 0) for value in row[len(keys) + 1 :]]))
    return found


def _by_age(left: Any) -> list[Any]:
    """The sum of what is left, of each age."""
    since = [today() - dt.timedelta(days=days) for days in (30, 60, 90)]
    ages = [
        Due.due_on >= since[0],
        (Due.due_on < since[0]) & (Due.due_on >= since[1]),
        (Due.due_on < since[1]) & (Due.due_on >= since[2]),
        Due.due_on < since[2],
    ]
    return [func.sum(case((age, left), else_=0)) for age in ages]


def _pictures(by: str, rows: Sequence[tuple[Any, int, list[int]]], sums: Sequence[int]) -> list[Picture]:
    most = rows[:MOST_BARS] if by == "customer" else rows
    names = [_name(by, key) for key, _count, _cents in most]
    series = [Series(word, [cents[age] for _key, _count, cents in most]) for age, word in enumerate(AGES)]
    title = _l("Who owes most (yuan)") if by == "customer" else _l("Arrears (yuan)")
    return [
        Bars(_l("Arrears by age (yuan)"), AGES, [Series(_l("Total (yuan)"), sums)], "money"),
        Bars(title, names, series, "money", stacked=True, lying=True),
    ]
