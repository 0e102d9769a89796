"""Plans 3, 8 and 13: customers as a market, walked the way their people would, over HTTP."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import rules as archive
from app.archive import schemes
from app.archive.models import File
from app.demo import makers
from app.demo import market_makers as market
from app.kit import columns
from app.kit.columns import today
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.market.models import MarketProfile, ProfileDatum, QualityNote, Sale, TermRequest
from app.market.survey_models import AnswerLink, CorrectiveAction, Evaluation, Survey
from tests.loans.test_screens import page
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]
ROLL = "market_customers"
ALL_FIELDS = """
    基本情况 所有者 管理者 交易起始时间 企业规模 行业 资产
    服务区域 销售能力 发展潜力 公司文化 经营方针与政策 企业规模（销售额） 经营管理特点
    目前及以往销售实绩 经营管理者和业务人员素质 与竞争公司关系 与本公司业务联系及合作态度
    销售活动状况 存在问题 保持优势 未来对策 企业信誉与形象 信用状况 交易条件 以往信用问题
"""


@pytest.fixture
def customer(site: Any) -> Any:
    made = makers.make_customer("瑞恒科技有限公司", site=site)
    db.session.commit()
    return made


def enter(client: FlaskClient, customer: Any, scheme: str = ROLL, **more: Any) -> MarketProfile:
    """A customer's market profile, typed in by whoever is logged in."""
    form = {"customer": customer.id, "scheme": schemes.current(scheme).id, "source": "visit", **more}
    answer = client.post("/market/add", data=form)
    assert answer.status_code == 302, re.findall(r'class="error".*?</p>', answer.text, re.S)
    return db.session.scalars(select(MarketProfile).where(MarketProfile.customer_id == customer.id)).one()


def sell(client: FlaskClient, profile: MarketProfile, yuan: str, status: int = 302, **more: Any) -> str:
    form = {
        "profile": profile.id, "product": "标准件", "region": "华东", "quantity": "10", "amount_cents": yuan,
        "sold_on": today().isoformat(), **more,
    }  # fmt: skip
    answer = client.post("/sales/add", data=form)
    assert answer.status_code == status, answer.text[:2000]
    db.session.expire_all()
    return answer.text


def tell(client: FlaskClient, profile: MarketProfile, field: str, value: str, source: str) -> None:
    form = {"profile": profile.id, "field": field, "value": value, "source": source, "said_on": today().isoformat()}
    assert client.post("/profile-data/add", data=form).status_code == 302


def secret_address(client: FlaskClient, link: AnswerLink) -> str:
    """The address as the clerk is shown it, after it was asked for."""
    shown = client.post(f"/answer-links/{link.id}/address", follow_redirects=True)
    found = re.search(r"The customer answers here: \S*?(/answer/[\w-]+)", shown.text)
    assert found is not None, shown.text[:500]
    return found.group(1)


# --- plan 3 ----------------------------------------------------------------------------------------------------------


def test_p3_01_a_customer_is_of_a_time_a_market_and_a_way(login: Login, customer: Any) -> None:
    """过去/现在/未来 × 国内/国际 × 直接/间接 are marked on the profile and counted in the report."""
    facets = ["period.past", "market.abroad", "way.indirect"]
    profile = enter(login("clerk"), customer, facets=facets)
    assert profile.facets.split() == facets
    shown = page(login("clerk"), f"/market/{profile.id}")
    assert all(word in shown for word in ("Time past", "Market abroad", "Way indirect"))
    counted = login("manager").get("/reports/market_facets.csv").text
    assert re.search(r"Market,abroad,1\b", counted) and re.search(r"Market,home,0\b", counted)


def test_p3_02_the_four_groups_of_fields_are_asked_and_shown(login: Login, customer: Any) -> None:
    """基础资料, 特征, 业务状况 and 交易活动现状 with all their fields, filled or still empty."""
    clerk = login("clerk", "zh_Hans")
    profile = enter(clerk, customer)
    tell(clerk, profile, "trading.past_credit", "2024 年曾逾期一次", "visit")
    shown = page(clerk, f"/market/{profile.id}")
    for words in ALL_FIELDS.split():
        assert words in shown, words
    assert "2024 年曾逾期一次" in shown


def test_p3_03_each_datum_keeps_its_source_author_and_day(login: Login, customer: Any, cast: Any) -> None:
    """Visit, form and agency: the newest line counts, the ones before stay in the list."""
    profile = enter(login("clerk"), customer)
    tell(login("clerk"), profile, "basic.owner", "旧东家", "visit")
    tell(login("supervisor"), profile, "basic.owner", "新东家", "agency")
    known = page(login("clerk"), f"/market/{profile.id}").split("What is known now</h2>")[1].split("</table>")[0]
    assert "新东家" in known and "Inquiry agency" in known and "旧东家" not in known
    history = page(login("clerk"), f"/profile-data/?profile={profile.id}")
    assert "旧东家" in history and "Visit of a sales representative" in history
    lines = db.session.scalars(select(ProfileDatum).order_by(ProfileDatum.id)).all()
    assert [line.author for line in lines] == [cast["clerk"], cast["supervisor"]]
    tell_nothing = {"profile": profile.id, "field": "basic.owner", "value": "道听途说", "source": "hearsay"}
    assert login("clerk").post("/profile-data/add", data=tell_nothing).status_code == 422


def test_p3_04_the_data_form_goes_out_comes_back_once_and_is_taken_over(
    login: Login, client: FlaskClient, customer: Any
) -> None:
    """Printed or by a link without an account; a clerk takes the answers over as the customer's own words."""
    clerk = login("clerk")
    client.set_cookie("language", "en")
    profile = enter(clerk, customer)
    assert clerk.post("/answer-links/add", data={"profile": profile.id}).status_code == 302
    link = db.session.scalars(select(AnswerLink)).one()
    printed = clerk.post(f"/print/customer_data_form/{link.id}?about=answer_link")
    assert printed.data.startswith(b"%PDF-") and "客户资料表" in text_of(printed.data)
    address = secret_address(clerk, link)
    asked = client.get(address)
    assert asked.status_code == 200 and "瑞恒科技有限公司" in asked.text
    assert client.post(address, data={"basic.owner": "逄翀犇"}).status_code == 422  # who answers is missing
    sent = client.post(address, data={"basic.owner": "逄翀犇", "filled_by": "林晚"})
    assert sent.status_code == 302 and "Thank you" in client.get(sent.location).text
    assert client.get(address).status_code == 404 and client.post(address, data={}).status_code == 404
    assert "逄翀犇" in page(clerk, f"/answer-links/{link.id}")
    assert "Data forms that came back" in page(clerk, "/")
    assert clerk.post(f"/answer-links/{link.id}/move/take_over").status_code == 302
    known = page(clerk, f"/market/{profile.id}")
    assert "逄翀犇" in known and "Form filled in by the customer" in known


def test_p3_05_customers_are_classed_by_industry_nature_region_and_buyer(login: Login, customer: Any) -> None:
    """Four facets of the scheme; every mark leads to the customers that bear it."""
    marks = ["industry.making", "nature.private", "region.east", "buyer.dealer"]
    enter(login("clerk"), customer, facets=marks)
    report = page(login("manager"), "/reports/market_facets")
    for mark in marks:
        found = re.search(rf'href="(/market/composition/\?[^"]*part={re.escape(mark)}[^"]*)"', report)
        assert found is not None, mark
        assert "瑞恒科技有限公司" in page(login("manager"), found.group(1).replace("&amp;", "&"))
    other = next(iter(re.findall(r'href="(/market/composition/\?[^"]*part=region.south[^"]*)"', report)))
    assert "瑞恒科技有限公司" not in page(login("manager"), other.replace("&amp;", "&"))


def test_p3_06_the_grade_follows_from_the_standard_and_says_what_it_drives(login: Login, customer: Any) -> None:
    """Thresholds stand in the scheme; the grade changes by itself, its history stays, and it drives three things."""
    clerk = login("clerk")
    profile = enter(clerk, customer, credit_grade="fair")
    assert profile.grade == "c" and "Paid before delivery" in page(clerk, f"/market/{profile.id}")
    sell(clerk, profile, "200000")
    shown = page(clerk, f"/market/{profile.id}")
    assert "Grade B" in shown
    for words in ("Served by dealers", "visited quarterly", "Monthly account of 30 days"):
        assert words in shown
    history = page(clerk, f"/grade-changes/?profile={profile.id}")
    assert "Grade C" in history and "Grade B" in history and "200,000.00" in history
    body = schemes.current(ROLL).body
    harder = {**body, "revision": 2, "market": {**body["market"], "grades": [
        {**grade, "at_least": {**grade["at_least"], "sales_yuan": 10**9} if grade["at_least"] else {}}
        for grade in body["market"]["grades"]
    ]}}  # fmt: skip
    schemes.keep(harder)
    db.session.commit()
    assert clerk.post(f"/market/{profile.id}/move/regrade").status_code == 302
    db.session.expire_all()
    assert profile.grade == "c"


def test_p3_07_each_composition_makes_a_hundred_percent_and_leads_to_the_customers(
    login: Login, customer: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By grade and region of the amount, by product of the quantity; this period against the one before."""
    clerk, manager = login("clerk"), login("manager")
    profile = enter(clerk, customer, credit_grade="fair")
    other = market.make_profile(makers.make_customer("嘉泽文化传播有限公司", site=site))
    third = market.make_profile(makers.make_customer("第三客户", site=site))
    market.make_sale(profile, 1_00, sold_on=today() - dt.timedelta(days=40), region="华北", product="甲", quantity=1)
    for each, region, product in ((profile, "华东", "甲"), (other, "华南", "乙"), (third, "华北", "丙")):
        market.make_sale(each, 100_00, region=region, product=product, quantity=1)
    db.session.commit()
    days = f"from={today() - dt.timedelta(days=29)}&to={today()}"
    for by in ("grade", "product", "region"):
        told = manager.get(f"/reports/sales_composition.json?by={by}&{days}").get_json()
        shares = [row[2] for row in rows_of(told)]
        assert round(sum(shares), 10) == 1.0, (by, shares)
        assert all(round(share * 1000) == share * 1000 for share in shares)
        shown = page(manager, f"/reports/sales_composition?by={by}&{days}")
        assert "100.0%" in shown
    region = page(manager, f"/reports/sales_composition?by=region&{days}")
    assert "33.4%" in region and "<svg" in region
    found = next(iter(re.findall(r'href="(/market/composition/\?[^"]*part=%E5%8D%8E%E5%8D%97[^"]*)"', region)))
    behind = page(manager, found.replace("&amp;", "&"))
    assert "嘉泽文化传播有限公司" in behind and "瑞恒科技有限公司" not in behind and "100.0 %" in behind
    mine = market.make_profile(makers.make_customer("示例热电有限公司", site=site), scheme="mining_sales")
    market.make_sale(mine, 50_00, region="华南", product="精煤", quantity=1)
    db.session.commit()
    narrowed = page(manager, f"/reports/sales_composition?by=region&scheme=market_customers&{days}")
    found = next(iter(re.findall(r'href="(/market/composition/\?[^"]*part=%E5%8D%8E%E5%8D%97[^"]*)"', narrowed)))
    assert "示例热电有限公司" not in page(manager, found.replace("&amp;", "&"))  # behind a part are those counted in it
    printed = manager.post(f"/reports/sales_composition/print?by=region&{days}")
    assert printed.data.startswith(b"%PDF-")


def rows_of(told: Any) -> list[list[Any]]:
    """The lines of a report as programs read them, in the order of its heads."""
    lines = told["lines"] if "lines" in told else told["rows"]
    return [list(line.values()) if isinstance(line, dict) else list(line) for line in lines]


def test_p3_08_a_passed_limit_is_told_beside_the_field_and_on_both_pages(
    login: Login, customer: Any, cast: Any
) -> None:
    """Terms, limit and handling follow from the credit grade; beyond the limit only with a reason that stays."""
    clerk, manager = login("clerk"), login("manager")
    profile = enter(clerk, customer, credit_grade="fair")
    shown = page(clerk, f"/market/{profile.id}")
    assert "100,000.00" in shown and "Beyond the limit the manager signs" in shown
    market.agree(market.make_terms(profile, by=cast["clerk"]), cast["supervisor"], cast["manager"])
    db.session.commit()
    refused = sell(clerk, profile, "100000.01", status=422)
    assert "credit limit by 0.01 yuan" in refused and "100000.01" in refused
    sell(clerk, profile, "100000.01", over_limit_reason="总经理电话同意")
    assert "More is owed than the credit limit allows." in page(clerk, f"/market/{profile.id}")
    file = makers.make_subject_file(ROLL, customer.site, customer=customer, by=cast["archivist"])
    db.session.commit()
    assert "More is owed than the credit limit allows." in page(manager, f"/files/{file.id}")
    assert "Credit limits passed" in page(manager, "/")
    assert "瑞恒科技有限公司" in page(manager, "/market/?is_over_limit=1")
    printed = clerk.post(f"/print/credit_sheet/{profile.id}")
    assert printed.data.startswith(b"%PDF-") and "100,000.00" in text_of(printed.data)


def test_p3_09_what_nobody_adds_to_becomes_stale(login: Login, customer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """180 days after the last addition it is on the first page and in the list; an addition takes it off."""
    profile = enter(login("clerk"), customer)
    assert "瑞恒科技有限公司" not in page(login("clerk"), f"/market/?stale_on_to={today()}")
    later = columns.now() + dt.timedelta(days=180)
    monkeypatch.setattr(columns, "clock", lambda: later)
    clerk = login("clerk")
    card = re.search(r'href="(/market/\?[^"]*stale_on_to=[^"]*)"', page(clerk, "/"))
    assert card is not None and "瑞恒科技有限公司" in page(clerk, card.group(1).replace("&amp;", "&"))
    assert "bring the file up to date" in page(clerk, f"/market/{profile.id}")
    tell(clerk, profile, "basic.outline", "仍在经营", "visit")
    assert "瑞恒科技有限公司" not in page(clerk, f"/market/?stale_on_to={today()}")


def test_p3_10_new_customers_are_chosen_from_a_ranked_list(login: Login, customer: Any, site: Any) -> None:
    """Customers of the future, the most promising first; whoever buys leaves the list."""
    clerk = login("clerk")
    profile = enter(clerk, customer, facets=["period.future"], potential="40")
    better = makers.make_customer("更有潜力的客户", site=site)
    market.make_profile(better, facets="period.future", potential=90)
    market.make_profile(makers.make_customer("老客户", site=site), facets="period.present", potential=100)
    db.session.commit()
    assert "<svg" in page(login("manager"), "/reports/prospects")
    told = login("manager").get("/reports/prospects.csv").text
    assert told.index("更有潜力的客户") < told.index("瑞恒科技有限公司") and "老客户" not in told
    sell(clerk, profile, "100")
    assert "瑞恒科技有限公司" not in login("manager").get("/reports/prospects.csv").text
    assert "瑞恒科技有限公司" not in page(clerk, "/market/?is_prospect=1")


def test_p3_11_use_is_counted_file_by_file(login: Login, customer: Any, cast: Any) -> None:
    """Look-ups asked for and granted, the most used file first, and how many nobody asked for."""
    file = filed(customer, cast)
    makers.make_request(file, cast["clerk"])
    makers.make_request(file, cast["supervisor"])
    db.session.commit()
    told = login("manager").get("/reports/files_used.csv").text
    assert re.search(rf"{file.number},2,0,", told)
    assert file.number in page(login("manager"), "/reports/files_used")


def test_p3_12_a_named_keeper_and_no_reading_without_a_granted_look_up(login: Login, customer: Any, cast: Any) -> None:
    """The file names its keeper; once filed its customer's market data opens to a granted look-up only."""
    profile = enter(login("clerk"), customer, credit_grade="fair")
    tell(login("clerk"), profile, "basic.owner", "逄翀犇", "visit")
    file = filed(customer, cast)
    clerk = login("clerk")
    assert str(cast["archivist"]) in page(clerk, f"/files/{file.id}")
    shown = page(clerk, f"/market/{profile.id}")
    assert "逄翀犇" not in shown and "100,000.00" not in shown
    assert (
        login("clerk").post("/lookups/add", data={"file": file.id, "purpose": "信用分析", "hours": "9"}).status_code
        == 422
    )
    assert clerk.post("/lookups/add", data={"file": file.id, "purpose": "信用分析", "hours": "8"}).status_code == 302
    at = f"/lookups/{db.session.scalars(select(LookupRequest.id)).one()}/move"
    assert clerk.post(f"{at}/pass_on").status_code == 403
    assert login("supervisor").post(f"{at}/pass_on").status_code == 302
    assert login("manager").post(f"{at}/approve").status_code == 302
    opened = page(clerk, f"/market/{profile.id}")
    assert "逄翀犇" in opened and "100,000.00" in opened


def filed(customer: Any, cast: Any) -> File:
    """The customer's file, kept by the archivist and sealed."""
    file = makers.make_subject_file(ROLL, customer.site, customer=customer, by=cast["archivist"])
    makers.make_document(file, "company")
    archive.file_away(file, by=cast["archivist"])
    file.state = "filed"
    db.session.commit()
    return file


# --- plan 8 ----------------------------------------------------------------------------------------------------------


def test_p8_01_two_departments_keep_their_own_files_and_see_nothing_of_each_other(
    login: Login, site: Any, cast: Any
) -> None:
    """销售部 and 人事部联营办 are two sites with a keeper each, in one system."""
    from app.estate import rules as estate

    office = estate.find_site("别处大厦")
    assert office is not None
    files = {}
    for where, keeper in ((site, cast["archivist"]), (office, cast["stranger"])):
        customer = makers.make_customer("同一客户有限公司", site=where)
        market.make_profile(customer, scheme="mining_sales")
        files[where.id] = makers.make_subject_file("mining_sales", where, customer=customer, by=keeper)
    db.session.commit()
    ours, theirs = files[site.id], files[office.id]
    assert ours.custodian_id != theirs.custodian_id
    for person, mine, other in (("clerk", ours, theirs), ("stranger", theirs, ours)):
        client = login(person)
        page(client, f"/files/{mine.id}")
        page(client, f"/files/{other.id}", 404)
        profile = db.session.scalars(select(MarketProfile).where(MarketProfile.customer_id == other.customer_id)).one()
        page(client, f"/market/{profile.id}", 404)
        assert page(client, "/market/").count("同一客户有限公司") == 1


def test_p8_02_reach_credit_and_trade_are_brought_up_to_date_by_each_transaction(login: Login, customer: Any) -> None:
    """Telephone, contact, website, credit in words, trade so far; a sale freshens the file at once."""
    clerk = login("clerk", "zh_Hans")
    profile = enter(clerk, customer, "mining_sales")
    said = {"reach.phone": "19900001234", "reach.person": "林晚", "reach.website": "https://ruiheng.example",
            "credit.description": "按期付款"}  # fmt: skip
    for field, value in said.items():
        tell(clerk, profile, field, value, "visit")
    shown = page(clerk, f"/market/{profile.id}")
    assert all(value in shown for value in said.values())
    profile.fresh_on = today() - dt.timedelta(days=80)
    db.session.commit()
    sell(clerk, profile, "12345.60")
    assert profile.fresh_on == today() and profile.stale_on == today() + dt.timedelta(days=90)
    trade = page(clerk, f"/sales/?profile={profile.id}")
    assert "12,345.60" in trade and db.session.scalars(select(Sale)).one().number in page(
        clerk, f"/market/{profile.id}"
    )


def test_p8_05_the_years_survey_reaches_everybody_by_a_link_of_their_own(
    login: Login, client: FlaskClient, customer: Any, site: Any
) -> None:
    """A full survey is due every year; each link answers once, tells nothing of others, and ends with the survey."""
    supervisor = login("supervisor")
    client.set_cookie("language", "en")
    enter(login("clerk"), customer, "mining_sales")
    for name in ("另一客户有限公司", "第三客户有限公司", "第四客户有限公司"):
        market.make_profile(makers.make_customer(name, site=site), scheme="mining_sales")
    db.session.commit()
    assert "Full surveys overdue" in page(login("manager"), "/")
    survey = begin(supervisor, site)
    assert supervisor.post(f"/surveys/{survey.id}/move/invite").status_code == 302
    links = db.session.scalars(select(AnswerLink).order_by(AnswerLink.id)).all()
    assert len(links) == 4 and {link.survey_id for link in links} == {survey.id}
    printed = supervisor.post(f"/print/survey_form/{links[0].id}")
    assert printed.data.startswith(b"%PDF-"), printed.text[:300]
    address, second, third, other = (secret_address(login("clerk"), link) for link in links)
    asked = client.get(address)
    assert "瑞恒科技有限公司" in asked.text and "另一客户有限公司" not in asked.text and "Fair price" in asked.text
    assert "default-src 'none'" in asked.headers["Content-Security-Policy"]
    marks = dict.fromkeys(("quality", "delivery", "price", "service", "complaints"), "5")
    assert client.post(address, data=marks | {"quality": "6", "filled_by": "林晚"}).status_code == 422
    assert client.post(address, data=marks | {"filled_by": "林晚", "words": "很好"}).status_code == 302
    assert client.post(address, data=marks | {"filled_by": "别人"}).status_code == 404
    few = page(supervisor, f"/surveys/{survey.id}")
    assert "很好" in few and "Scores are shown from 3 answers on." in few
    for another in (second, third):
        assert client.post(another, data=marks | {"filled_by": "林晚"}).status_code == 302
    assert supervisor.post(f"/surveys/{survey.id}/move/close").status_code == 302
    db.session.expire_all()
    assert (survey.state, survey.score, survey.answered) == ("closed", "100.0", 3)
    assert client.get(other).status_code == 404
    card = page(login("manager"), "/")
    assert "Full surveys overdue" not in card


def begin(client: FlaskClient, site: Any, kind: str = "satisfaction") -> Survey:
    form = {"site": site.id, "scheme": schemes.current("mining_sales").id, "kind": kind, "is_full": "y",
            "closes_on": (today() + dt.timedelta(days=20)).isoformat(), "year": today().year}  # fmt: skip
    answer = client.post("/surveys/add", data=form)
    assert answer.status_code == 302, answer.text[:2000]
    return db.session.scalars(select(Survey).order_by(Survey.id.desc())).first()  # type: ignore[return-value]


def test_p8_05_opinions_on_the_use_of_the_product_are_a_survey_of_their_own(login: Login, site: Any) -> None:
    """The scheme declares a second one with questions about heat and ash."""
    asked = [market.make_profile(site=site, scheme="mining_sales") for _ in range(3)]
    db.session.commit()
    survey = begin(login("supervisor"), site, "use")
    for profile in asked:
        market.answer(market.make_link(profile, survey), 4, 3)
    db.session.commit()
    shown = page(login("supervisor"), f"/surveys/{survey.id}")
    assert "Steady heat" in shown and "80.0" in shown and "Ash as agreed" in shown and "60.0" in shown


def test_p8_06_below_the_target_the_office_has_it_put_right_verified_and_closed(
    login: Login, site: Any, cast: Any
) -> None:
    """Only the low items; who put it right does not verify it; the last one closes the survey."""
    clerk, supervisor, manager = login("clerk"), login("supervisor"), login("manager")
    asked = [market.make_profile(site=site, scheme="mining_sales") for _ in range(3)]
    survey = begin(supervisor, site)
    for profile in asked:
        market.answer(market.make_link(profile, survey), 5, 2, 5)
    db.session.commit()
    assert supervisor.post(f"/surveys/{survey.id}/move/close").status_code == 302
    assert "Surveys below the target" in page(manager, "/")
    wanted = {"responsible": cast["clerk"].id, "due_on": (today() + dt.timedelta(days=14)).isoformat()}
    assert supervisor.post(f"/surveys/{survey.id}/move/open_actions", data=wanted).status_code == 403
    assert manager.post(f"/surveys/{survey.id}/move/open_actions", data=wanted).status_code == 302
    action = db.session.scalars(select(CorrectiveAction)).one()
    assert (action.question, action.score, action.target) == ("satisfaction.delivery", "40.0", 85)
    at = f"/corrective-actions/{action.id}"
    assert action.number in page(clerk, "/corrective-actions/?state=open")
    assert manager.post(f"{at}/move/close").status_code in (302, 422)
    db.session.expire_all()
    assert action.state == "open"
    said = {"cause": "车皮紧张", "measure": "签月度计划", "prevention": "每月 20 日前申报"}
    assert clerk.post(f"{at}/move/do", data=said | {"measure": ""}).status_code == 422
    assert clerk.post(f"{at}/move/do", data=said).status_code == 302
    assert clerk.post(f"{at}/move/check", data={"finding": "好了"}).status_code == 403
    assert supervisor.post(f"{at}/move/check", data={"finding": "次月发运及时率 98%"}).status_code == 302
    assert manager.post(f"{at}/move/close").status_code == 302
    db.session.expire_all()
    assert (action.state, survey.state) == ("closed", "closed")
    printed = manager.post(f"/print/corrective_action/{action.id}")
    assert "车皮紧张" in text_of(printed.data)


def test_p8_08_product_quality_is_tracked_customer_by_customer(login: Login, customer: Any) -> None:
    """Seen at the customer's, of a product and batch, settled with its outcome; on the customer's page."""
    clerk = login("clerk")
    profile = enter(clerk, customer, "mining_sales")
    form = {"profile": profile.id, "product": "精煤", "batch": "B-0312", "noted_on": today().isoformat(),
            "observed": "灰分高出约定 0.3 个百分点"}  # fmt: skip
    assert clerk.post("/quality-notes/add", data=form | {"observed": ""}).status_code == 422
    assert clerk.post("/quality-notes/add", data=form).status_code == 302
    note = db.session.scalars(select(QualityNote)).one()
    assert note.number in page(clerk, f"/market/{profile.id}")
    assert clerk.post(f"/quality-notes/{note.id}/move/settle", data={"outcome": "下批扣减"}).status_code == 302
    assert "下批扣减" in page(clerk, f"/quality-notes/{note.id}")


# --- plan 13 ---------------------------------------------------------------------------------------------------------


def test_p13_01_unverified_data_cannot_be_opened_as_a_file(login: Login, customer: Any, cast: Any) -> None:
    """What a salesman reports is verified by market supervision, which is somebody else; then there is a file."""
    profile = enter(login("clerk"), customer, "archive_post", source="salesman")
    assert profile.state == "reported"
    form = {"scheme_key": "archive_post", "customer": customer.id}
    refused = open_file(login("clerk"), form)
    assert refused.status_code == 422 and "not verified" in refused.text
    at = f"/market/{profile.id}/move/confirm"
    assert login("clerk").post(at, data={"finding": "自己核实"}).status_code == 403
    assert "Customers to verify" in page(login("supervisor"), "/")
    assert login("supervisor").post(at, data={"finding": "实地核实属实"}).status_code == 302
    assert open_file(login("clerk"), form).status_code == 302
    assert db.session.scalars(select(File).where(File.customer_id == customer.id)).one().state == "open"


def open_file(client: FlaskClient, form: dict[str, Any]) -> Any:
    """The file as the desk opens it on screen."""
    return client.post("/files/add", data=form)


def test_p13_02_updates_say_who_brought_them(login: Login, customer: Any, cast: Any) -> None:
    """信息反馈管理人员, 市场监察人员 and 业务员: each line has its source; a salesman's asks for verification anew."""
    clerk = login("clerk", "zh_Hans")
    profile = enter(clerk, customer, "archive_post", source="supervision")
    assert profile.state == "verified"
    for source in ("feedback", "supervision"):
        tell(clerk, profile, "data.feedback", f"来自 {source}", source)
    db.session.expire_all()
    assert profile.state == "verified"
    tell(clerk, profile, "data.feedback", "来自 salesman", "salesman")
    db.session.expire_all()
    assert profile.state == "reported"
    history = page(clerk, f"/profile-data/?profile={profile.id}")
    assert all(words in history for words in ("信息反馈管理人员", "市场监察人员", "业务员反馈"))


def test_p13_03_the_evaluation_reaches_the_manager_on_time(
    login: Login, customer: Any, site: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Due, delivered with the day's figures, read; what is late says so, and the next one is due by itself."""
    enter(login("clerk"), customer, "archive_post", source="supervision")
    form = {"site": site.id, "scheme": schemes.current("archive_post").id, "author": cast["archivist"].id,
            "reader": cast["manager"].id, "due_on": today().isoformat()}  # fmt: skip
    assert login("manager").post("/evaluations/add", data=form).status_code == 302
    first = db.session.scalars(select(Evaluation)).one()
    delivered = {"findings": "客户 1 户，资料齐全", "advice": "继续拜访"}
    at = f"/evaluations/{first.id}/move"
    assert login("archivist").post(f"{at}/deliver", data=delivered | {"findings": ""}).status_code == 422
    assert login("archivist").post(f"{at}/deliver", data=delivered).status_code == 302
    assert "Evaluations to read" in page(login("manager"), "/")
    shown = page(login("manager"), f"/evaluations/{first.id}")
    assert "Second" in shown and "客户 1 户" in shown
    assert login("manager").post(f"{at}/read").status_code == 302
    printed = login("manager").post(f"/print/evaluation_report/{first.id}")
    assert "客户1户" in text_of(printed.data)
    second = db.session.scalars(select(Evaluation).where(Evaluation.state == "due")).one()
    assert second.due_on == today() + dt.timedelta(days=30)
    later = columns.now() + dt.timedelta(days=31)
    monkeypatch.setattr(columns, "clock", lambda: later)
    assert "Evaluations overdue" in page(login("archivist"), "/")
    assert login("archivist").post(f"/evaluations/{second.id}/move/deliver", data=delivered).status_code == 302
    db.session.expire_all()
    assert (first.is_late, second.is_late) == (False, True)


def test_p13_04_another_way_of_paying_waits_for_its_signature(login: Login, customer: Any) -> None:
    """非现款: refused in a sale until it is signed by another; then in effect."""
    clerk, manager = login("clerk"), login("manager")
    profile = enter(clerk, customer, "archive_post", source="supervision", credit_grade="sound")
    assert profile.payment_mode == "cash"
    assert "ask for it first" in sell(clerk, profile, "100", status=422, payment_mode="account")
    form = {"profile": profile.id, "payment_mode": "account", "why": "年度合同客户"}
    assert clerk.post("/term-requests/add", data=form).status_code == 302
    request = db.session.scalars(select(TermRequest)).one()
    sell(clerk, profile, "100", status=422, payment_mode="account")
    assert "Terms for the manager" in page(manager, "/")
    assert clerk.post(f"/term-requests/{request.id}/move/approve").status_code == 403
    assert manager.post(f"/term-requests/{request.id}/move/approve").status_code == 302
    sell(clerk, profile, "100", payment_mode="account")
    assert (profile.payment_mode, profile.outstanding_cents, request.in_effect_on) == ("account", 100_00, today())
    assert "manager" in page(clerk, f"/term-requests/{request.id}")
