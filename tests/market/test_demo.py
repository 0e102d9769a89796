"""The made-up estate has an example of each of the three markets."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import func, select

from app.demo import makers
from app.demo.desk import Desk
from app.demo.market import MINES, SHOPS, TRADE, live_market
from app.demo.timeline import Timeline
from app.kit.columns import now
from app.kit.session import db
from app.market.models import GradeChange, MarketProfile, Sale
from app.market.survey_models import AnswerLink, CorrectiveAction, Evaluation


def test_a_year_of_three_markets(site: Any, cast: Any) -> None:
    makers.make_scheme()
    desk = Desk(site, cast, [], random.Random(29), Timeline(now()))
    for _ago, act in sorted(live_market(desk, 365), key=lambda planned: -planned[0]):
        act()
    schemes = dict(
        db.session.execute(select(MarketProfile.scheme_key, func.count()).group_by(MarketProfile.scheme_key)).all()
    )
    assert schemes == {"market_customers": len(TRADE), "mining_sales": len(MINES), "archive_post": len(SHOPS)}
    assert db.session.scalar(select(func.count(Sale.id))) > 20
    assert set(db.session.scalars(select(GradeChange.after))) >= {"a", "b", "c", "ordinary"}
    assert {"verified", "open"} >= set(db.session.scalars(select(CorrectiveAction.state)))
    assert set(db.session.scalars(select(Evaluation.state))) == {"read", "due"}
    assert db.session.scalar(select(func.count(AnswerLink.id)).where(AnswerLink.state == "answered")) == 1
