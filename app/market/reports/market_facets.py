"""Customers by facet: time, market, way, industry, kind, region, buyer, as each scheme has them (P3.01, P3.05)."""

from __future__ import annotations

from app.kit.columns import today
from app.kit.labels import _l
from app.market import composing
from app.market.composing import SchemeWords
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.months import next_month
from app.reporting.tables import Bars, Head, Line, Series, Table


@report(
    _l("Customers by facet"),
    group="service",
    permission="MarketProfile",
    about=_l("How many customers bear each mark of the scheme; every line leads to them."),
    choices=[Choice("scheme", _l("Scheme"), SchemeWords())],
)
def market_facets(asked: Asked) -> Table:
    found = composing.facets(asked, asked.chosen["scheme"])
    span = {"from": next_month(today(), -11), "to": today()}
    lines = [
        Line(
            [facet, word, count],
            list_url("CompositionView.list", by=composing.FACET, part=mark, scheme=key, site=asked.site_id, **span),
        )
        for key, mark, facet, word, count in found
    ]
    words = [f"{facet} {word}" for _key, _mark, facet, word, _count in found]
    counts = [count for *_names, count in found]
    return Table(
        [Head(_l("Facet")), Head(_l("Mark")), Head(_l("Customers"), "number")],
        lines,
        None,
        [Bars(_l("Customers by facet"), words, [Series(_l("Customers"), counts)], lying=True)],
        notes=[_l("A customer counts under every mark that it bears.")],
    )
