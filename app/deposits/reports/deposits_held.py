"""Deposits held by kind, and what is due back because its tenant has moved out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.customers.models import Tenancy
from app.deposits.models import DEPOSIT_KINDS, DepositLine
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile


@report(
    _l("Deposits held"),
    group="money",
    permission="Deposit",
    about=_l("What is held by kind of deposit, and what is due back to tenants who have moved out."),
)
def deposits_held(asked: Asked) -> Table:
    """Sums over a whole site only: no floor and no unit, so that no sum is the amount of one sealed tenant."""
    found = _held(asked)
    kinds = [(kind, word) for kind, word in DEPOSIT_KINDS.items() if kind in found]
    lines = [Line([word, *found[kind]], list_url("DepositLineView.list", kind=kind)) for kind, word in kinds]
    sums = [sum(found[kind][place] for kind, _word in kinds) for place in range(4)]
    words = [word for _kind, word in kinds]
    held = [found[kind][1] - found[kind][3] for kind, _word in kinds]
    due = [found[kind][3] for kind, _word in kinds]
    counts = [found[kind][0] for kind, _word in kinds]
    return Table(
        [
            Head(_l("Kind of deposit")), Head(_l("Deposits"), "number"), Head(_l("Held (yuan)"), "money"),
            Head(_l("of them due back"), "number"), Head(_l("Due back (yuan)"), "money"),
        ],
        lines,
        [_l("Total"), *sums],
        [
            Bars(
                _l("Held by kind (yuan)"), words,
                [Series(_l("Of tenants in occupation"), held), Series(_l("Due back"), due)], "money",
                stacked=True, lying=True,
            ),
            Bars(_l("Deposits by kind"), words, [Series(_l("Deposits"), counts)], lying=True),
        ],
        [
            Tile(_l("Held (yuan)"), sums[1], "money"), Tile(_l("Deposits"), sums[0]),
            Tile(_l("Due back (yuan)"), sums[3], "money", "warn" if sums[3] else ""),
            Tile(_l("of them due back"), sums[2], tone="warn" if sums[2] else ""),
        ],
        [_l("A balance is the sum of its lines; due back is what is still held of a tenant who has moved out.")],
    )  # fmt: skip


def _held(asked: Asked) -> dict[str, tuple[int, int, int, int]]:
    """Kind -> deposits with a balance, their cents, those of moved-out tenants, their cents."""
    total = func.sum(DepositLine.amount_cents)
    balances = (
        asked.inside(select(DepositLine.tenancy_id, DepositLine.kind, total.label("cents")), DepositLine)
        .group_by(DepositLine.tenancy_id, DepositLine.kind)
        .having(total != 0)
        .subquery()
    )
    gone = Tenancy.state == "ended"
    cents: Any = balances.c.cents
    query = (
        select(
            balances.c.kind, func.count(), func.sum(cents), func.count().filter(gone),
            func.coalesce(func.sum(cents).filter(gone), 0),
        )
        .join_from(balances, Tenancy, Tenancy.id == balances.c.tenancy_id)
        .group_by(balances.c.kind)
    )  # fmt: skip
    return {
        kind: (int(count), int(held), int(back), int(due)) for kind, count, held, back, due in db.session.execute(query)
    }
