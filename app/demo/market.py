"""A year of three markets in the made-up estate: sales and grades, a survey and what it led to, a keeper's post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.archive import opening, schemes
from app.customers import rules as customers
from app.customers.models import Customer
from app.demo import market_makers as makers
from app.demo.desk import Desk
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.market import actions, evaluations, links, profiles, surveys
from app.market.models import MarketProfile
from app.market.survey_models import CorrectiveAction, Evaluation
from app.security import audit

Work = Iterator[tuple[float, Callable[[], None]]]
LAST_YEAR = dt.timedelta(days=330)
TRADE = (  # name, facets, credit grade, yuan a month, product, region, potential
    ("示例精密机械有限公司", "period.present market.home way.direct industry.making region.east buyer.user", "good",
     150_000, "轴承", "华东", 60),
    ("示例国际贸易有限公司", "period.present market.abroad way.indirect industry.trading region.overseas buyer.agent",
     "fair", 60_000, "法兰", "海外", 55),
    ("示例五金经营部", "period.present market.home way.indirect industry.trading region.south buyer.dealer", "fair",
     18_000, "法兰", "华南", 30),
    ("示例设备租赁有限公司", "period.past market.home way.direct industry.service region.north buyer.user", "poor", 0,
     "", "", 10),
    ("示例新能源科技有限公司", "period.future market.home way.direct industry.making region.east buyer.user", "", 0, "",
     "", 90),
    ("示例海外工程公司", "period.future market.abroad way.direct industry.service region.overseas buyer.user", "", 0,
     "", "", 75),
)  # fmt: skip
KNOWN = (
    ("basic.owner", "自然人控股", "visit"), ("basic.size", "员工约 180 人", "form"),
    ("traits.potential", "两年内扩建二期厂房", "visit"), ("trading.credit", "付款及时，无逾期", "agency"),
)  # fmt: skip
MINES = (("示例热电有限公司", "trade.power stage.buying"), ("示例钢铁有限公司", "trade.steel stage.buying"),
         ("示例焦化有限公司", "trade.chemical stage.buying"))  # fmt: skip
SHEETS = ((5, 3, 4, 5, 4), (5, 4, 4, 5, 5), (5, 3, 5, 5, 5))
SHOPS = (
    ("示例批发商行", "standing.dealing terminal.wholesale", True),
    ("示例便利店", "standing.wanted terminal.retail", False),
)


def live_market(desk: Desk, days: int) -> Work:
    """(days before the end, what happens then)."""
    first = min(days, 240)
    if days < 60:
        return
    for place, line in enumerate(TRADE):
        yield first - place * 0.1, partial(_enter, desk, line)
    for ago in range(first - 10, 0, -30):
        yield ago, partial(_sell_month, desk)
    for place, (name, facets) in enumerate(MINES):
        yield first - 1 - place * 0.1, partial(_mine, desk, name, facets)
    yield 50, partial(_survey, desk)
    yield 35, partial(_put_right, desk)
    for place, (name, facets, is_verified) in enumerate(SHOPS):
        yield 40 - place, partial(_shop, desk, name, facets, is_verified)
    yield 33, partial(_order_evaluation, desk)
    yield 31, partial(_evaluate, desk)
    yield 4, partial(_send_form, desk)


def _customer(desk: Desk, name: str) -> Customer:
    customer = customers.add_customer(desk.site, name, by=desk.people["clerk"])
    customers.set_contact(customer, "daily", "林晚", "19900000077", by=desk.people["clerk"])
    return customer


def _enter(desk: Desk, line: tuple[Any, ...]) -> None:
    name, facets, credit, yuan, product, region, potential = line
    clerk = desk.people["clerk"]
    profile = makers.make_profile(
        _customer(desk, name),
        by=clerk,
        facets=facets,
        credit_grade=credit,
        potential=potential,
        since_on=today() - dt.timedelta(days=900) if credit == "good" else None,
    )
    for field, value, source in KNOWN:
        makers.make_datum(profile, field, value, by=clerk, source=source)
    if yuan:
        _sold_last_year(desk, profile, yuan, product, region)
    opening.open_subject_file(
        schemes.current(makers.SCHEME), desk.site, customer=profile.customer, by=desk.people["archivist"]
    )
    if credit == "good":
        request = makers.make_terms(profile, by=clerk, why="年度框架合同")
        makers.agree(request, desk.people["supervisor"], desk.people["manager"])


def _sold_last_year(desk: Desk, profile: MarketProfile, yuan: int, product: str, region: str) -> None:
    """Taken over from the book of the year before, so that there is a period to compare with."""
    clerk, cents, on = desk.people["clerk"], yuan * desk.chance.randint(200, 500), today() - LAST_YEAR
    sale = makers.make_sale(
        profile, cents, by=clerk, product=product, region=region, quantity=max(1, cents // 50_000), sold_on=on,
        over_limit_reason="上年旧账，已结清",
    )  # fmt: skip
    if sale.payment_mode == "account":
        makers.make_payment(sale, cents, by=clerk, paid_on=on + dt.timedelta(days=30))


def _profile(desk: Desk, name: str) -> MarketProfile:
    theirs = select(MarketProfile).join(Customer, Customer.id == MarketProfile.customer_id)
    return db.session.scalars(theirs.where(MarketProfile.site_id == desk.site.id, Customer.name == name)).one()


def _sell_month(desk: Desk) -> None:
    """Each customer buys; who buys on account has paid for the month before, but for the last two months."""
    clerk = desk.people["clerk"]
    for name, _facets, _credit, yuan, product, region, _potential in TRADE:
        if yuan:
            cents = yuan * desk.chance.randint(80, 120)
            profile = _profile(desk, name)
            sale = makers.make_sale(
                profile, cents, by=clerk, product=product, region=region, quantity=max(1, yuan // 500),
                over_limit_reason="经理当日签字放行",
            )  # fmt: skip
            if sale.payment_mode == "account" and (desk.timeline.end.date() - today()).days > 100:
                makers.make_payment(sale, cents, by=clerk)


def _mine(desk: Desk, name: str, facets: str) -> None:
    clerk = desk.people["clerk"]
    profile = makers.make_profile(
        _customer(desk, name), scheme="mining_sales", by=clerk, source="visit", facets=facets, credit_grade="watched"
    )
    makers.make_datum(profile, "reach.website", "https://mine.example", by=clerk)
    makers.make_datum(profile, "credit.description", "现款现货，无拖欠", by=clerk, source="deal")
    makers.make_sale(profile, 1_860_000_00, by=clerk, product="精煤", region="省内", quantity=1_500)
    makers.make_note(profile, by=clerk, product="精煤", batch="2026-08", observed="灰分高出约定 0.3 个百分点")


def _survey(desk: Desk) -> None:
    supervisor = desk.people["supervisor"]
    survey = makers.make_survey(desk.site, by=supervisor)
    surveys.invite(survey, by=supervisor)
    for (name, _facets), sheet in zip(MINES, SHEETS, strict=True):
        profile = _profile(desk, name)
        link = next(each for each in links.of_survey(survey) if each.profile_id == profile.id)
        makers.answer(link, *sheet, words="希望提前告知发运计划")
    walk(surveys.MOVES, survey, "close", by=supervisor, write=audit.write)
    walk(
        surveys.MOVES, survey, "open_actions", by=desk.people["manager"], write=audit.write,
        responsible=desk.people["clerk"], due_on=today() + dt.timedelta(days=30),
    )  # fmt: skip


def _put_right(desk: Desk) -> None:
    """The first low item is put right and verified; the others are still in hand."""
    here = select(CorrectiveAction).where(CorrectiveAction.site_id == desk.site.id)
    action = db.session.scalars(here.order_by(CorrectiveAction.id)).first()
    if action is not None:
        said = {"cause": "车皮紧张，计划申报过晚", "measure": "与铁路签订月度计划", "prevention": "每月 20 日前申报"}
        walk(actions.MOVES, action, "do", by=desk.people["clerk"], write=audit.write, **said)
        walk(
            actions.MOVES,
            action,
            "check",
            by=desk.people["supervisor"],
            write=audit.write,
            finding="次月发运及时率 98%",
        )


def _shop(desk: Desk, name: str, facets: str, is_verified: bool) -> None:
    """Reported by a salesman; verified ones have a file, the others wait."""
    clerk, supervisor = desk.people["clerk"], desk.people["supervisor"]
    profile = makers.make_profile(
        _customer(desk, name), scheme="archive_post", by=clerk, source="salesman", facets=facets
    )
    makers.make_datum(profile, "data.address", "示例路 18 号", by=clerk)
    if is_verified:
        walk(profiles.MOVES, profile, "confirm", by=supervisor, write=audit.write, finding="实地核实属实")
        opening.open_subject_file(
            schemes.current("archive_post"), desk.site, customer=profile.customer, by=desk.people["archivist"]
        )


def _order_evaluation(desk: Desk) -> None:
    archivist, manager = desk.people["archivist"], desk.people["manager"]
    makers.make_evaluation(desk.site, archivist, manager, by=manager, due_on=today() + dt.timedelta(days=3))


def _evaluate(desk: Desk) -> None:
    """The first one is delivered in time and read; the next is due by itself."""
    here = (Evaluation.site_id == desk.site.id, Evaluation.state == "due")
    due = db.session.scalars(select(Evaluation).where(*here)).first()
    if due is not None:
        said = {"findings": "在档客户两户，一户待核实", "advice": "督促业务员补充终端资料"}
        walk(evaluations.MOVES, due, "deliver", by=desk.people["archivist"], write=audit.write, **said)
        walk(evaluations.MOVES, due, "read", by=desk.people["manager"], write=audit.write)


def _send_form(desk: Desk) -> None:
    """A data form came back and waits to be taken over."""
    link = makers.make_link(_profile(desk, TRADE[0][0]), by=desk.people["clerk"])
    links.answer(link, {"basic.manager": "总经理负责制", "traits.area": "华东、华中"}, "林晚")
