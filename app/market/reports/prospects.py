"""Whom to win: customers of the future, the most promising first (P3.10)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.session import db
from app.market.composing import SchemeWords
from app.market.models import MarketProfile
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile

MOST, DRAWN = 500, 20


@report(
    _l("Prospects"),
    group="service",
    permission="MarketProfile",
    about=_l("New customers to choose from, the most promising first."),
    choices=[Choice("scheme", _l("Scheme"), SchemeWords())],
)
def prospects(asked: Asked) -> Table:
    query = select(MarketProfile).where(MarketProfile.is_prospect.is_(True)).options(joinedload(MarketProfile.customer))
    if asked.chosen["scheme"]:
        query = query.where(MarketProfile.scheme_key == asked.chosen["scheme"])
    query = asked.inside(query.order_by(MarketProfile.potential.desc(), MarketProfile.id).limit(MOST), MarketProfile)
    found = list(db.session.scalars(query))
    lines = [
        Line(
            [place, str(one.customer), one.potential, str(cell(one, "facets").value), str(cell(one, "state").value)],
            list_url("MarketProfileView.show", pk=one.id),
        )
        for place, one in enumerate(found, 1)
    ]
    drawn = found[:DRAWN]
    points = [Series(_l("Potential"), [one.potential for one in drawn])]
    return Table(
        [
            Head(_l("Rank"), "number"), Head(_l("Customer")), Head(_l("Potential"), "number"), Head(_l("Facets")),
            Head(_l("Verification")),
        ],
        lines,
        None,
        [Bars(_l("The most promising"), [str(one.customer) for one in drawn], points, lying=True)],
        [Tile(_l("Prospects"), len(found))],
        [_l("A customer is a prospect by a mark that the scheme says is of the future.")],
    )  # fmt: skip
