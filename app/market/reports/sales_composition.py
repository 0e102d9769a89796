"""Of what the sales are made up, period against period (P3.07)."""

from __future__ import annotations

from app.kit.labels import _l
from app.market import composing
from app.market.composing import WAYS, SchemeWords
from app.market.shares import WHOLE, shares
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile


@report(
    _l("Composition of sales"),
    group="money",
    permission="MarketProfile",
    about=_l(
        "The share of each grade, product or region, and of the period before; every part leads to its customers."
    ),
    period="past",
    choices=[
        Choice("by", _l("Composed by"), list(WAYS.items())),
        Choice("scheme", _l("Scheme"), SchemeWords()),
    ],
)
def sales_composition(asked: Asked) -> Table:
    """Grades and regions by amount, products by quantity; shares by the largest remainder, 100.0 % exactly."""
    by = asked.chosen["by"]
    kind = "number" if by == "product" else "money"
    now, then = _periods(asked, by)
    parts = list(dict.fromkeys([*now, *then]))
    columns = [now.get(part, 0) for part in parts], [then.get(part, 0) for part in parts]
    of_now, of_then = (shares(column) for column in columns)
    words = [composing.name_of(by, part) for part in parts]
    lines = [
        Line([word, here, part / WHOLE, there, before / WHOLE, (part - before) / WHOLE], _url(asked, by, key))
        for key, word, here, part, there, before in zip(
            parts, words, columns[0], of_now, columns[1], of_then, strict=True
        )
    ]
    measure = _l("Quantity") if by == "product" else _l("Sales (yuan)")
    series = [
        Series(_l("Share"), [part / WHOLE for part in of_now]),
        Series(_l("In the period before"), [part / WHOLE for part in of_then]),
    ]
    return Table(
        [
            Head(WAYS[by]), Head(measure, kind), Head(_l("Share"), "percent"), Head(_l("In the period before"), kind),
            Head(_l("Share before"), "percent"), Head(_l("Change of share"), "percent"),
        ],
        lines,
        [_l("Total"), sum(columns[0]), sum(of_now) / WHOLE, sum(columns[1]), sum(of_then) / WHOLE,
         (sum(of_now) - sum(of_then)) / WHOLE],
        [Bars(_l("Shares, now and before"), words, series, "percent", lying=True)],
        [Tile(measure, sum(columns[0]), kind), Tile(_l("In the period before"), sum(columns[1]), kind)],
        [
            _l("Shares are rounded by the largest remainder, so that they make one hundred percent together."),
            _l("The period before is as long as the one asked for and ends right before it."),
            *([_l("Grades are those that customers have today, in both periods.")] if by == "grade" else []),
        ],
    )  # fmt: skip


def _periods(asked: Asked, by: str) -> tuple[dict[str, int], dict[str, int]]:
    """The period asked for, and the one before."""
    scheme = asked.chosen["scheme"]
    now = composing.amounts(by, asked.first, asked.last, asked.inside, scheme)
    return now, composing.amounts(by, *composing.before(asked.first, asked.last), asked.inside, scheme)


def _url(asked: Asked, by: str, part: str) -> str | None:
    """The customers behind a part, of the same scheme, site and days."""
    only = {"scheme": asked.chosen["scheme"] or None, "site": asked.site_id}
    return list_url("CompositionView.list", by=by, part=part, to=asked.last, **only, **{"from": asked.first})
