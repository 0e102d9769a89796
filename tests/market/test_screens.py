"""The market on screen: rights, refusals beside their fields, the public page, what a sealed file keeps back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.archive import rules as archive
from app.archive import schemes
from app.archive.opening import open_subject_file
from app.demo import makers
from app.demo import market_makers as market
from app.kit import columns
from app.kit.columns import today
from app.kit.session import db
from app.market import board, links
from app.market.models import MarketProfile, ProfileDatum, Sale
from app.market.survey_models import AnswerLink, SurveyAnswer
from tests.house.full_house import count
from tests.loans.test_screens import page

Login = Callable[..., FlaskClient]
MARKS = dict.fromkeys(("quality", "delivery", "price", "service", "complaints"), "4") | {"filled_by": "林晚"}


@pytest.fixture
def profile(site: Any) -> MarketProfile:
    made = market.make_profile(makers.make_customer("瑞恒科技有限公司", site=site), credit_grade="fair")
    db.session.commit()
    return made


@pytest.fixture
def survey_link(site: Any) -> AnswerLink:
    made = market.make_link(market.make_profile(site=site, scheme="mining_sales"), market.make_survey(site))
    db.session.commit()
    return made


# --- the page that customers answer on -------------------------------------------------------------------------------


def test_a_token_of_nobodys_is_a_plain_404_and_too_many_wait(app: Flask, client: FlaskClient) -> None:
    most = app.config.get("FAILURES_AN_ADDRESS", 50)
    answers = [client.get(f"/answer/{'x' * 43}{number}").status_code for number in range(most + 1)]
    assert set(answers[:most]) == {404} and answers[most] == 429
    assert client.get("/answer/" + "y" * 43).status_code == 429


def test_used_links_are_not_counted_against_who_opens_them_again(client: FlaskClient, survey_link: AnswerLink) -> None:
    assert client.post(f"/answer/{survey_link.token}", data=MARKS).status_code == 302
    for _ in range(60):
        assert client.get(f"/answer/{survey_link.token}").status_code == 404


def test_used_expired_withdrawn_and_unknown_links_answer_alike(client: FlaskClient, site: Any, login: Login) -> None:
    used, expired, withdrawn = (market.make_link(market.make_profile(site=site)) for _ in range(3))
    links.answer(used, {"basic.owner": "甲"}, "林晚")
    expired.expires_on = today() - dt.timedelta(days=1)
    db.session.commit()
    assert login("clerk").post(f"/answer-links/{withdrawn.id}/move/withdraw").status_code == 302
    said = set()
    for token in (used.token, expired.token, withdrawn.token, "z" * 43):
        for method in ("GET", "POST"):
            answer = client.open(
                f"/answer/{token}", method=method, data={"filled_by": "甲"} if method == "POST" else None
            )
            assert answer.status_code == 404
            said.add(re.sub(r'(content|value|nonce)="[^"]*"', "", answer.text))
    assert len(said) == 1 and db.session.scalar(select(func.count(ProfileDatum.id))) == 0


def test_a_link_ends_with_its_last_day(client: FlaskClient, survey_link: AnswerLink, monkeypatch: Any) -> None:
    last = dt.datetime.combine(survey_link.expires_on, dt.time(15, 59), tzinfo=dt.UTC)  # 23:59 at the desk
    monkeypatch.setattr(columns, "clock", lambda: last)
    assert client.get(f"/answer/{survey_link.token}").status_code == 200
    monkeypatch.setattr(columns, "clock", lambda: last + dt.timedelta(minutes=1))
    assert client.get(f"/answer/{survey_link.token}").status_code == 404


def test_two_presses_of_one_form_are_one_answer(client: FlaskClient, survey_link: AnswerLink) -> None:
    """The second is sent where the first was, though the link is used up by then."""
    key = re.search(r'name="once"[^>]*value="([^"]+)"', client.get(f"/answer/{survey_link.token}").text)
    assert key is not None
    for _ in range(2):
        answer = client.post(f"/answer/{survey_link.token}", data=MARKS | {"once": key.group(1)})
        assert (answer.status_code, answer.location) == (302, "/answer/thanks")
    assert db.session.scalar(select(func.count(SurveyAnswer.id))) == 1


def test_what_was_typed_stays_where_something_is_missing(client: FlaskClient, survey_link: AnswerLink) -> None:
    answer = client.post(f"/answer/{survey_link.token}", data=MARKS | {"filled_by": "", "words": "发运太慢"})
    assert answer.status_code == 422 and "发运太慢" in answer.text and 'class="error"' in answer.text
    assert links.live(survey_link.token) is not None


@pytest.mark.parametrize("mark", ["", "0", "6", "5.5", "很好", "\x00"])
def test_a_mark_is_one_of_the_five(client: FlaskClient, survey_link: AnswerLink, mark: str) -> None:
    assert client.post(f"/answer/{survey_link.token}", data=MARKS | {"price": mark}).status_code == 422
    assert db.session.scalar(select(func.count(SurveyAnswer.id))) == 0


def test_the_public_page_writes_only_with_our_own_token_and_origin(app: Flask, survey_link: AnswerLink) -> None:
    """CSRF, origin, headers and no storing by the browser, as on every other page of visitors."""
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        visitor = app.test_client()
        assert visitor.post(f"/answer/{survey_link.token}", data=MARKS).status_code == 400
        shown = visitor.get(f"/answer/{survey_link.token}")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)
        assert token is not None and shown.headers["Cache-Control"] == "no-store"
        data = MARKS | {"csrf_token": token.group(1)}
        foreign = visitor.post(f"/answer/{survey_link.token}", data=data, headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403
        assert visitor.post(f"/answer/{survey_link.token}", data=data).status_code == 302
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_the_secret_stands_on_no_page_until_it_is_asked_for(login: Login, survey_link: AnswerLink) -> None:
    clerk = login("clerk")
    for address in (f"/answer-links/{survey_link.id}", "/answer-links/", f"/surveys/{survey_link.survey_id}"):
        assert survey_link.token not in page(clerk, address)
    assert survey_link.token in clerk.post(f"/answer-links/{survey_link.id}/address", follow_redirects=True).text
    assert "Address of a link shown" in page(login("auditor"), "/audit/?action=show_link")
    assert login("auditor").post(f"/answer-links/{survey_link.id}/address").status_code == 403
    assert login("stranger").post(f"/answer-links/{survey_link.id}/address").status_code == 404


# --- forms -----------------------------------------------------------------------------------------------------------


def test_a_mark_of_another_scheme_is_refused(login: Login, site: Any) -> None:
    from app.archive import schemes

    customer = makers.make_customer(site=site)
    db.session.commit()
    form = {"customer": customer.id, "scheme": schemes.current("mining_sales").id, "source": "visit",
            "facets": "period.future"}  # fmt: skip
    answer = login("clerk").post("/market/add", data=form)
    assert answer.status_code == 422 and "Please choose one of the list." in answer.text


def test_a_scheme_without_a_market_is_not_offered(login: Login, site: Any) -> None:
    from app.archive import schemes

    customer = makers.make_customer(site=site)
    db.session.commit()
    form = {"customer": customer.id, "scheme": schemes.current("office_tower").id, "source": "visit"}
    assert login("clerk").post("/market/add", data=form).status_code == 422


def test_a_refused_sale_keeps_what_was_typed(login: Login, profile: MarketProfile) -> None:
    form = {"profile": profile.id, "product": "标准件", "region": "华东", "quantity": "10", "amount_cents": "0"}
    answer = login("clerk").post("/sales/add", data=form)
    assert answer.status_code == 422 and "标准件" in answer.text
    assert db.session.scalar(select(func.count(Sale.id))) == 0


def test_what_is_still_owed_stands_on_the_sales_page(login: Login, profile: MarketProfile, cast: Any) -> None:
    market.agree(market.make_terms(profile, by=cast["clerk"]), cast["supervisor"], cast["manager"])
    sale = market.make_sale(profile, 300_00)
    db.session.commit()
    form = {"sale": sale.id, "paid_on": today().isoformat(), "amount_cents": "100"}
    assert login("clerk").post("/sale-payments/add", data=form).status_code == 302
    assert "200.00" in page(login("clerk"), f"/sales/{sale.id}")
    assert login("clerk").post("/sale-payments/add", data=form | {"amount_cents": "200.01"}).status_code == 422


def test_a_filed_customer_is_sold_to_without_telling_the_limit(login: Login, profile: MarketProfile, cast: Any) -> None:
    """The refusal names no amount to who may not read it."""
    market.agree(market.make_terms(profile, by=cast["clerk"]), cast["supervisor"], cast["manager"])
    file = makers.make_subject_file("market_customers", profile.site, customer=profile.customer, by=cast["archivist"])
    makers.make_document(file, "company")
    archive.file_away(file, by=cast["archivist"])
    file.state = "filed"
    db.session.commit()
    form = {"profile": profile.id, "product": "标准件", "region": "华东", "quantity": "1", "amount_cents": "100000.01",
            "payment_mode": "account"}  # fmt: skip
    refused = login("clerk").post("/sales/add", data=form)
    assert refused.status_code == 422 and "credit limit: say below" in refused.text and "0.01 yuan" not in refused.text
    assert login("clerk").post("/sales/add", data=form | {"over_limit_reason": "经理同意"}).status_code == 302
    behind = page(login("clerk"), f"/market/composition/?by=region&part=华东&from={today()}&to={today()}")
    assert "瑞恒科技有限公司" in behind and "100,000.01" not in behind and "100.0 %" not in behind


@pytest.mark.parametrize(
    "asked", ["", "by=grade", "by=nothing&part=x&from=2026-01-01&to=2026-01-02", "by=region&part=x&from=a&to=b"]
)
def test_a_part_that_makes_no_sense_is_not_there(login: Login, asked: str) -> None:
    page(login("clerk"), f"/market/composition/?{asked}", 404)


# --- the first page, hand-overs, speed -------------------------------------------------------------------------------


def test_cards_and_their_lists_agree(login: Login, profile: MarketProfile, site: Any, acting: Any, cast: Any) -> None:
    market.make_profile(site=site, scheme="archive_post", source="salesman", by=cast["clerk"])
    db.session.commit()
    with acting(cast["supervisor"]):
        cards = {card.url.partition("=")[0]: card for card in board.cards(cast["supervisor"])}
    waiting = cards["/market/?state"]
    assert waiting.count == 1 and cards["/market/?stale_on_to"].count == 0
    shown = page(login("supervisor"), waiting.url)
    assert waiting.url == "/market/?state=reported" and "瑞恒科技有限公司" not in shown and "示例客户" in shown


def test_a_leavers_actions_and_evaluations_pass_to_another(site: Any, cast: Any) -> None:
    from app.market import held

    evaluation = market.make_evaluation(site, cast["archivist"], cast["manager"])
    [holding] = held.evaluations_held_by(cast["archivist"])
    held.pass_evaluation_on(holding.key, cast["supervisor"], by=cast["manager"])
    db.session.expire_all()
    assert evaluation.author_id == cast["supervisor"].id and not list(held.evaluations_held_by(cast["archivist"]))


def test_numbers_are_found_in_the_search_box(login: Login, profile: MarketProfile) -> None:
    sale = market.make_sale(profile)
    db.session.commit()
    assert f"/sales/{sale.id}" in page(login("clerk"), f"/search/?q={sale.number}")


def test_a_customers_page_takes_no_more_statements_for_more_data(login: Login, profile: MarketProfile) -> None:
    key, clerk = profile.id, login("clerk")
    for field in ("basic.owner", "basic.manager"):
        market.make_datum(profile, field, "甲")
    db.session.commit()
    before = count(lambda: clerk.get(f"/market/{key}"))
    profile = db.session.get_one(MarketProfile, key)
    for field in ("basic.assets", "basic.size", "traits.area", "trading.terms"):
        market.make_datum(profile, field, "乙")
    db.session.commit()
    assert count(lambda: clerk.get(f"/market/{key}")) <= before


def test_a_customers_file_has_a_chapter_of_the_market(login: Login, site: Any, cast: Any, monkeypatch: Any) -> None:
    """Grade, credit, source, freshness and what they answered; nothing of it once the file is filed."""
    profile = market.make_profile(site=site, scheme="mining_sales", credit_grade="watched")
    market.make_datum(profile, "credit.description", "现款现货", source="deal")
    market.answer(market.make_link(profile, market.make_survey(site)), 4, words="发运准时")
    file = open_subject_file(schemes.current("mining_sales"), site, customer=profile.customer)
    db.session.commit()
    clerk, url, key = login("clerk", "zh_Hans"), f"/files/{file.id}", profile.id
    others = {
        scheme: open_subject_file(schemes.current(scheme), site, customer=makers.make_customer(site=site)).id
        for scheme in ("mining_sales", "power_supply")
    }
    db.session.commit()
    offered = {scheme: "建立市场资料" in clerk.get(f"/files/{pk}").text for scheme, pk in others.items()}
    assert offered == {"mining_sales": True, "power_supply": False}  # only where the scheme knows a market
    shown = clerk.get(url).text
    for words in ("市场情况", "信用等级", "来源", "答卷", "发运准时", "80.0", f'href="/market/{key}"'):
        assert words in shown, words
    assert "超过方案规定的期限没有补充" not in shown
    profile.stale_on = today() - dt.timedelta(days=1)
    file.state = "filed"
    db.session.commit()
    filed = clerk.get(url).text
    assert "发运准时" not in filed and "市场情况" in filed and "超过方案规定的期限没有补充" in filed
    assert "发运准时" not in login("stranger").get(url).text
