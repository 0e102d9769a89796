"""Other programs read the trades beside the property desk, and bring what was sold and who is to be called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.demo import market_makers as market
from app.demo import trades_makers as trades
from app.kit.columns import today
from app.kit.session import db
from app.market.models import Sale
from app.trades.followed import FollowUp

Program = Callable[..., FlaskClient]
ROOT = "/api/v1"


def test_a_sale_is_brought_by_the_markets_own_rules(program: Program, site: Any) -> None:
    profile = market.make_profile(site=site)
    db.session.commit()
    clerk, key = program(), profile.id
    sold = {"profile": key, "sold_on": today().isoformat(), "product": "精煤", "region": "华东", "quantity": 2,
            "amount_cents": 1_200_000, "payment_mode": "cash"}  # fmt: skip
    made = clerk.post(f"{ROOT}/sales", json=sold)
    assert made.status_code == 201, made.text
    assert made.json["amount_cents"] == 1_200_000 and made.json["number"].startswith("XS")
    refused = clerk.post(f"{ROOT}/sales", json={**sold, "payment_mode": "barter"})
    assert refused.status_code == 422 and [one["field"] for one in refused.json["errors"]] == ["payment_mode"]
    stranger = program("stranger").post(f"{ROOT}/sales", json=sold)
    assert stranger.status_code == 422 and db.session.scalar(select(func.count(Sale.id))) == 1
    listed = clerk.get(f"{ROOT}/market-profiles").json["items"]
    assert [one["id"] for one in listed] == [key]
    assert program("stranger").get(f"{ROOT}/sales").json["items"] == []


def test_a_follow_up_is_asked_for_and_read(program: Program, site: Any, cast: Any) -> None:
    trades.staff(site)
    customer = trades.make_customer_of(site, cast[trades.STAFF["rep"]])
    db.session.commit()
    asked = {"customer": customer.id, "duty": "rep", "scheme_key": trades.KEY, "purpose": "三日回访",
             "due_on": today().isoformat()}  # fmt: skip
    made = program().post(f"{ROOT}/follow-ups", json=asked)
    assert made.status_code == 201, made.text
    assert made.json["state"] == "due" and made.json["number"]
    assert db.session.get_one(FollowUp, made.json["id"]).customer_id == customer.id


def test_a_clerks_program_reads_no_transfer_of_archives(program: Program, site: Any) -> None:
    assert program().get(f"{ROOT}/transfers").status_code == 403
    assert program("manager").get(f"{ROOT}/transfers").json["items"] == []
