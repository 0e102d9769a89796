"""Grades, shares, credit, sources, links and surveys as plain rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from app.archive import schemes
from app.archive.opening import open_subject_file
from app.demo import makers
from app.demo import market_makers as market
from app.kit import columns
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db
from app.market import actions, evaluations, grading, knowing, links, profiles, sales, surveys
from app.market.grading import Standing
from app.market.models import GradeChange, MarketProfile, ProfileDatum, Sale
from app.market.shares import WHOLE, percent, shares
from app.market.survey_models import CorrectiveAction, Evaluation, SurveyAnswer
from app.security import audit

no_app = pytest.mark.no_app
GRADES = [
    {"key": "a", "at_least": {"sales_yuan": 1_000, "years": 2, "credit": "good"}},
    {"key": "b", "at_least": {"sales_yuan": 100, "credit": "fair"}},
    {"key": "c", "at_least": {}},
]
CREDITS = ["good", "fair", "poor"]


# --- shares ----------------------------------------------------------------------------------------------------------


@no_app
@given(some.lists(some.integers(min_value=-(10**15), max_value=10**15), max_size=60))
def test_shares_add_up_to_a_hundred_percent_for_any_amounts(amounts: list[int]) -> None:
    found = shares(amounts)
    assert sum(found) == (WHOLE if any(amount > 0 for amount in amounts) else 0)
    assert len(found) == len(amounts) and all(0 <= share <= WHOLE for share in found)


@no_app
@given(some.lists(some.integers(min_value=0, max_value=10**12), min_size=1, max_size=30))
def test_no_share_is_further_than_one_step_from_its_exact_value(amounts: list[int]) -> None:
    total = sum(amounts)
    for amount, share in zip(amounts, shares(amounts), strict=True):
        assert total == 0 or abs(share * total - amount * WHOLE) < total


@no_app
def test_three_equal_parts_do_not_lose_a_tenth() -> None:
    assert [percent(share) for share in shares([1, 1, 1])] == ["33.4", "33.3", "33.3"]


# --- grades ----------------------------------------------------------------------------------------------------------

standings = some.builds(
    Standing,
    sales_cents=some.integers(min_value=0, max_value=10**9),
    years=some.integers(min_value=0, max_value=30),
    credit=some.sampled_from([*CREDITS, "", "unheard of"]),
)
least = some.fixed_dictionaries(
    {},
    optional={
        "sales_yuan": some.integers(min_value=0, max_value=10**7),
        "years": some.integers(min_value=0, max_value=20),
        "credit": some.sampled_from(CREDITS),
    },
)


def rank(grades: list[dict[str, Any]], standing: Standing) -> int:
    keys = [grade["key"] for grade in grades]
    return keys.index(grading.grade_of(grades, CREDITS, standing))


@no_app
@given(standings, some.integers(min_value=0, max_value=10**9), some.integers(min_value=0, max_value=20))
def test_who_reaches_more_never_has_a_worse_grade(standing: Standing, more: int, years: int) -> None:
    better = Standing(standing.sales_cents + more, standing.years + years, "good")
    assert rank(GRADES, better) <= rank(GRADES, standing)


@no_app
@given(standings, some.lists(least, min_size=1, max_size=4), some.integers(min_value=0, max_value=10**7))
def test_a_higher_threshold_never_makes_a_better_grade(
    standing: Standing, thresholds: list[dict[str, Any]], raised: int
) -> None:
    grades = [{"key": str(place), "at_least": each} for place, each in enumerate(thresholds)]
    grades.append({"key": "rest", "at_least": {}})
    harder = [{**each, "at_least": {**each["at_least"]}} for each in grades]
    for each in harder[:-1]:
        each["at_least"]["sales_yuan"] = each["at_least"].get("sales_yuan", 0) + raised
    assert rank(harder, standing) >= rank(grades, standing)


@no_app
@pytest.mark.parametrize(
    ("standing", "grade"),
    [
        (Standing(100_000, 2, "good"), "a"),
        (Standing(99_999, 2, "good"), "b"),
        (Standing(100_000, 1, "good"), "b"),
        (Standing(100_000, 2, "fair"), "b"),
        (Standing(100_000, 2, ""), "c"),
        (Standing(), "c"),
    ],
)
def test_each_threshold_counts(standing: Standing, grade: str) -> None:
    assert grading.grade_of(GRADES, CREDITS, standing) == grade


def test_a_grade_follows_from_sales_and_its_change_is_kept(site: Any) -> None:
    profile = market.make_profile(site=site, credit_grade="fair")
    assert profile.grade == "c"
    market.make_sale(profile, 200_000_00)
    assert profile.grade == "b"
    lines = list(db.session.scalars(select(GradeChange).order_by(GradeChange.id)))
    assert [(line.before, line.after, line.sales_cents) for line in lines] == [("", "c", 0), ("c", "b", 200_000_00)]


def test_sales_of_long_ago_count_no_more(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = market.make_profile(site=site, credit_grade="fair")
    market.make_sale(profile, 200_000_00)
    later = columns.now() + dt.timedelta(days=366)
    monkeypatch.setattr(columns, "clock", lambda: later)
    assert grading.regrade_all("market_customers", site.id) == 1
    assert profile.grade == "c"


def test_a_grade_change_is_never_edited(site: Any) -> None:
    market.make_profile(site=site)
    line = db.session.scalars(select(GradeChange)).first()
    assert line is not None
    line.after = "a"
    with pytest.raises(AppendOnlyError):
        db.session.flush()


# --- credit ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def on_account(site: Any, cast: Any) -> MarketProfile:
    """A customer who may owe 100,000 yuan."""
    profile = market.make_profile(site=site, credit_grade="fair")
    market.agree(market.make_terms(profile, by=cast["clerk"]), cast["supervisor"], cast["manager"])
    return profile


def test_a_credit_grade_brings_limit_terms_and_handling(site: Any) -> None:
    profile = market.make_profile(site=site, credit_grade="fair")
    assert profile.credit_limit_cents == 100_000_00 and "30" in profile.terms and profile.credit_handling


def test_what_is_sold_on_credit_is_owed_until_it_is_paid(on_account: MarketProfile) -> None:
    sale = market.make_sale(on_account, 60_000_00)
    assert on_account.outstanding_cents == 60_000_00
    market.make_payment(sale, 25_000_00)
    assert on_account.outstanding_cents == 35_000_00 == sales.owed_of(sale)
    with pytest.raises(RuleError) as refusal:
        market.make_payment(sale, 35_000_01)
    assert refusal.value.field == "amount_cents"


def test_what_is_paid_at_once_is_never_owed(site: Any) -> None:
    profile = market.make_profile(site=site, credit_grade="poor")
    market.make_sale(profile, 60_000_00)
    assert profile.outstanding_cents == 0 and not profile.is_over_limit


def test_beyond_the_limit_only_with_a_reason(on_account: MarketProfile) -> None:
    market.make_sale(on_account, 100_000_00)
    assert not on_account.is_over_limit
    with pytest.raises(RuleError) as refusal:
        market.make_sale(on_account, 1)
    assert refusal.value.field == "amount_cents" and "0.01" in str(refusal.value)
    market.make_sale(on_account, 1, over_limit_reason="经理同意")
    assert on_account.is_over_limit


def test_a_mistake_is_put_right_by_another_line(on_account: MarketProfile) -> None:
    sale = market.make_sale(on_account, 60_000_00)
    market.make_sale(on_account, -10_000_00, quantity=-1, corrects=sale)
    assert on_account.outstanding_cents == 50_000_00 == sales.owed_of(sale)
    with pytest.raises(RuleError):
        market.make_sale(on_account, -50_000_01, quantity=0, corrects=sale)
    with pytest.raises(RuleError):
        market.make_sale(on_account, -1)


def test_a_correction_of_what_was_paid_at_once_owes_nothing(site: Any) -> None:
    profile = market.make_profile(site=site)
    sale = market.make_sale(profile, 100_00)
    market.make_sale(profile, -40_00, quantity=-1, corrects=sale)
    assert profile.outstanding_cents == 0 == sales.owed_of(sale)
    with pytest.raises(RuleError):
        market.make_sale(profile, -60_01, quantity=0, corrects=sale)


def test_another_customers_sale_is_not_put_right(on_account: MarketProfile, site: Any) -> None:
    sale = market.make_sale(on_account, 100)
    with pytest.raises(RuleError) as refusal:
        market.make_sale(market.make_profile(site=site), -1, quantity=0, corrects=sale)
    assert refusal.value.field == "corrects"


def test_a_payment_is_taken_back_with_a_reason(on_account: MarketProfile) -> None:
    sale = market.make_sale(on_account, 100_00)
    market.make_payment(sale, 100_00)
    with pytest.raises(RuleError):
        market.make_payment(sale, -100_00)
    market.make_payment(sale, -100_00, remark="票据退回")
    assert sales.owed_of(sale) == 100_00
    with pytest.raises(RuleError):
        market.make_payment(sale, -1, remark="再退")


def test_other_terms_take_effect_after_the_last_signature_only(site: Any, cast: Any) -> None:
    profile = market.make_profile(site=site, credit_grade="fair")
    request = market.make_terms(profile, by=cast["clerk"], credit_limit_cents=70_000_00)
    market.agree(request, cast["supervisor"])
    assert (profile.payment_mode, profile.credit_limit_cents) == ("cash", 100_000_00)
    with pytest.raises(RuleError) as refusal:
        market.make_sale(profile, 100, payment_mode="account")
    assert refusal.value.field == "payment_mode"
    market.agree(request, cast["manager"])
    assert (profile.payment_mode, profile.credit_limit_cents, request.in_effect_on) == ("account", 70_000_00, today())


def test_nobody_signs_their_own_request(site: Any, cast: Any) -> None:
    request = market.make_terms(market.make_profile(site=site), by=cast["supervisor"])
    assert request.state == "passed"  # the one above signs in the place of who asked
    with pytest.raises(RuleError):
        market.agree(request, cast["supervisor"])


def test_going_back_to_cash_needs_no_signature(on_account: MarketProfile, cast: Any) -> None:
    request = market.make_terms(on_account, "cash", by=cast["clerk"])
    assert request.state == "approved" and on_account.payment_mode == "cash"


# --- what is known ---------------------------------------------------------------------------------------------------


def test_the_newest_line_counts_and_the_others_stay(site: Any, cast: Any) -> None:
    profile = market.make_profile(site=site)
    market.make_datum(profile, "basic.owner", "甲", by=cast["clerk"])
    market.make_datum(profile, "basic.owner", "乙", by=cast["supervisor"], source="agency")
    latest = knowing.latest(profile.customer_id)["basic.owner"]
    assert (latest.value, latest.source, latest.author) == ("乙", "agency", cast["supervisor"])
    assert db.session.scalar(select(func.count(ProfileDatum.id))) == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [({"field": "basic.nothing"}, "field"), ({"source": "hearsay"}, "source"), ({"value": " "}, "value"),
     ({"said_on": dt.date(2999, 1, 1)}, "said_on")],
)  # fmt: skip
def test_a_datum_is_of_the_scheme(site: Any, more: dict[str, Any], field: str) -> None:
    profile = market.make_profile(site=site)
    said = {"field": "basic.owner", "value": "甲", **more}
    with pytest.raises(RuleError) as refusal:
        market.make_datum(profile, **said)
    assert refusal.value.field == field


def test_what_is_added_keeps_the_file_fresh(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = market.make_profile(site=site)
    assert profile.stale_on == today() + dt.timedelta(days=180)
    later = columns.now() + dt.timedelta(days=100)
    monkeypatch.setattr(columns, "clock", lambda: later)
    market.make_sale(profile)
    assert profile.stale_on == today() + dt.timedelta(days=180)


def test_a_prospect_who_buys_is_one_no_more(site: Any) -> None:
    profile = market.make_profile(site=site, facets="period.future market.home", potential=80)
    assert profile.is_prospect
    market.make_sale(profile)
    assert not profile.is_prospect and profile.facets == "period.present market.home"


def test_one_profile_a_customer(site: Any) -> None:
    profile = market.make_profile(site=site)
    with pytest.raises(RuleError) as refusal:
        market.make_profile(profile.customer)
    assert refusal.value.field == "customer"


def test_nobody_verifies_what_they_reported(site: Any, cast: Any) -> None:
    profile = market.make_profile(site=site, scheme="archive_post", source="salesman", by=cast["supervisor"])
    assert profile.state == "reported"
    with pytest.raises(RuleError):
        walk(profiles.MOVES, profile, "confirm", by=cast["supervisor"], write=audit.write)
    walk(profiles.MOVES, profile, "confirm", by=cast["manager"], write=audit.write, finding="属实")
    assert profile.state == "verified"
    market.make_datum(profile, "data.address", "示例路 9 号", source="salesman", by=cast["manager"])
    assert profile.state == "reported"
    with pytest.raises(RuleError):
        walk(profiles.MOVES, profile, "confirm", by=cast["manager"], write=audit.write)
    market.make_datum(profile, "data.address", "示例路 10 号", source="supervision", by=cast["manager"])
    walk(profiles.MOVES, profile, "confirm", by=cast["supervisor"], write=audit.write)
    assert profile.state == "verified"


def test_unverified_data_stands_in_the_way_of_a_file(site: Any, cast: Any) -> None:
    profile = market.make_profile(site=site, scheme="archive_post", source="salesman", by=cast["clerk"])
    with pytest.raises(RuleError) as refusal:
        open_subject_file(schemes.current("archive_post"), site, customer=profile.customer)
    assert refusal.value.field == "customer"
    open_subject_file(schemes.current("market_customers"), site, customer=makers.make_customer(site=site))
    walk(profiles.MOVES, profile, "confirm", by=cast["supervisor"], write=audit.write)
    assert open_subject_file(schemes.current("archive_post"), site, customer=profile.customer).state == "open"


# --- links -----------------------------------------------------------------------------------------------------------


def test_a_returned_form_becomes_lines_once_a_clerk_takes_it_over(site: Any, cast: Any) -> None:
    link = market.make_link(market.make_profile(site=site))
    links.answer(link, {"basic.owner": "逄翀犇", "basic.assets": "", "nothing": "x"}, "林晚")
    assert link.state == "answered" and db.session.scalar(select(func.count(ProfileDatum.id))) == 0
    walk(links.MOVES, link, "take_over", by=cast["clerk"], write=audit.write)
    [datum] = db.session.scalars(select(ProfileDatum))
    assert (datum.field, datum.value, datum.source) == ("basic.owner", "逄翀犇", "form")
    assert (datum.author, datum.author_name) == (cast["clerk"], "林晚")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.sampled_from(["answered", "taken", "set_aside", "withdrawn"]), some.integers(min_value=0, max_value=500))
def test_a_used_or_expired_token_answers_nothing(site: Any, state: str, days: int) -> None:
    """Whatever became of it, and however long ago it ended."""
    with db.session.begin_nested() as attempt:
        used, expired = (market.make_link(market.make_profile(site=site)) for _ in range(2))
        assert links.live(used.token) is used and links.live(expired.token) is expired
        used.state, expired.expires_on = state, today() - dt.timedelta(days=days + 1)
        db.session.flush()
        assert links.live(used.token) is None and links.live(expired.token) is None
        attempt.rollback()


@no_app
@given(some.text(max_size=200))
def test_a_hash_is_made_of_whatever_is_sent(token: str) -> None:
    assert len(links.hashed(token)) == 64


def test_a_link_answers_once(site: Any) -> None:
    link = market.make_link(market.make_profile(site=site))
    links.answer(link, {"basic.owner": "甲"}, "林晚")
    with pytest.raises(RuleError):
        links.answer(link, {"basic.owner": "乙"}, "别人")
    assert link.answers == {"basic.owner": "甲"} and link.filled_by == "林晚"


def test_a_links_secret_is_not_readable_in_the_database(site: Any) -> None:
    link = market.make_link(market.make_profile(site=site))
    stored = db.session.connection().exec_driver_sql("SELECT token, token_hash FROM answer_link").one()
    assert link.token not in (stored[0], stored[1]) and stored[0].startswith("v1:")


# --- surveys ---------------------------------------------------------------------------------------------------------


def survey_with(site: Any, *sheets: tuple[int, ...]) -> Any:
    survey = market.make_survey(site)
    for sheet in sheets:
        link = market.make_link(market.make_profile(site=site, scheme="mining_sales"), survey)
        market.answer(link, *sheet)
    return survey


def test_a_survey_is_scored_question_by_question(site: Any) -> None:
    survey = survey_with(site, *[(5, 4, 5, 5, 5), (5, 3, 5, 5, 5)] * 2)
    assert surveys.scores_of(survey)[:2] == [("quality", 1000, 4), ("delivery", 700, 4)]
    surveys.close(survey, by=None)
    assert (survey.state, survey.score, survey.answered) == ("below", "94.0", 4)


def test_an_average_of_few_tells_nobodys_marks(site: Any) -> None:
    """One or two answers are counted, and no score is told of them: not by item, not as a whole."""
    survey = survey_with(site, (2, 5), (1, 5))
    assert survey.answered == 2 and surveys.scores_of(survey) == [] and surveys.low(survey) == []
    link = market.make_link(market.make_profile(site=site, scheme="mining_sales"), survey)
    market.answer(link, 3, 5)
    assert surveys.scores_of(survey)[0] == ("quality", 400, 3)
    few = survey_with(site, (2,), (1,))
    surveys.close(few, by=None)
    assert (few.state, few.score, few.answered) == ("closed", "", 2)


def test_a_survey_keeps_the_questions_it_was_opened_with(site: Any) -> None:
    """The scheme's next version asks something else: of what was asked and answered nothing changes."""
    survey = survey_with(site, *[(5, 2, 5, 5, 5)] * 3)
    waiting = market.make_link(market.make_profile(site=site, scheme="mining_sales"), survey)
    body = schemes.current("mining_sales").body
    later = [{**each, "questions": each["questions"][-1:]} for each in body["market"]["surveys"]]
    schemes.keep({**body, "revision": body["revision"] + 1, "market": {**body["market"], "surveys": later}})
    assert len(surveys.scores_of(survey)) == 5 == len(links.asked_of(waiting))
    surveys.close(survey, by=None)
    assert survey.state == "below" and [key for key, *_ in surveys.low(survey)] == ["delivery"]
    fresh = market.make_link(market.make_profile(site=site, scheme="mining_sales"), market.make_survey(site))
    assert len(links.asked_of(fresh)) == 1


def test_at_the_target_nothing_follows(site: Any) -> None:
    survey = survey_with(site, (5,), (5,), (5,), (2, 5))  # 85.0 in the first question
    surveys.close(survey, by=None)
    assert surveys.scores_of(survey)[0][1] == 850 and survey.state == "closed"


def test_a_survey_that_nobody_answered_is_not_closed(site: Any) -> None:
    with pytest.raises(RuleError):
        surveys.close(market.make_survey(site), by=None)


def test_every_customer_is_asked_once_and_no_prospect(site: Any) -> None:
    market.make_profile(site=site, scheme="mining_sales", facets="stage.planned")
    for _ in range(2):
        market.make_profile(site=site, scheme="mining_sales")
    survey = market.make_survey(site)
    assert surveys.invite(survey, by=None) == 2 and surveys.invite(survey, by=None) == 0 and survey.invited == 2


def test_a_closed_survey_takes_no_answer(site: Any) -> None:
    survey = survey_with(site, (5,))
    late = market.make_link(market.make_profile(site=site, scheme="mining_sales"), survey)
    surveys.close(survey, by=None)
    assert links.live(late.token) is None


def test_an_answer_lacks_no_question(site: Any) -> None:
    link = market.make_link(market.make_profile(site=site, scheme="mining_sales"), market.make_survey(site))
    with pytest.raises(RuleError):
        links.answer(link, {"quality": 5}, "林晚")
    assert link.state == "waiting" and db.session.scalar(select(func.count(SurveyAnswer.id))) == 0


def test_low_items_are_put_right_verified_by_another_and_close_the_survey(site: Any, cast: Any) -> None:
    survey = survey_with(site, *[(5, 2, 5, 3, 5)] * 3)
    surveys.close(survey, by=None)
    due = today() + dt.timedelta(days=30)
    walk(surveys.MOVES, survey, "open_actions", by=cast["manager"], write=audit.write, responsible=cast["clerk"],
         due_on=due)  # fmt: skip
    found = list(db.session.scalars(select(CorrectiveAction).order_by(CorrectiveAction.id)))
    assert [each.question for each in found] == ["satisfaction.delivery", "satisfaction.service"]
    said = {"cause": "车皮紧张", "measure": "提前申报", "prevention": "月度计划"}
    for action in found:
        walk(actions.MOVES, action, "do", by=cast["clerk"], write=audit.write, **said)
        with pytest.raises(RuleError):
            walk(actions.MOVES, action, "check", by=cast["clerk"], write=audit.write, finding="好")
        walk(actions.MOVES, action, "check", by=cast["supervisor"], write=audit.write, finding="已改善")
        assert survey.state == "acting"
        walk(actions.MOVES, action, "close", by=cast["manager"], write=audit.write)
    assert survey.state == "closed"


def test_a_whole_survey_is_due_every_year(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = survey_with(site, (5,))
    assert [of for of, _word in surveys.overdue([site.id])] == [site.id]
    surveys.close(survey, by=None)
    assert surveys.overdue([site.id]) == []
    later = columns.now() + dt.timedelta(days=366)
    monkeypatch.setattr(columns, "clock", lambda: later)
    assert len(surveys.overdue([site.id])) == 1


# --- evaluations -----------------------------------------------------------------------------------------------------


def test_an_evaluation_is_delivered_with_its_figures_and_the_next_is_due(site: Any, cast: Any) -> None:
    market.make_profile(site=site, scheme="archive_post")
    evaluation = market.make_evaluation(site, cast["archivist"], cast["manager"])
    with pytest.raises(RuleError):
        walk(evaluations.MOVES, evaluation, "deliver", by=cast["clerk"], write=audit.write, findings="好")
    walk(evaluations.MOVES, evaluation, "deliver", by=cast["archivist"], write=audit.write, findings="好", advice="")
    assert evaluation.figures["customers"] == 1 and evaluation.figures["grades"] == {"second": 1}
    assert not evaluation.is_late
    following = db.session.scalars(select(Evaluation).where(Evaluation.state == "due")).one()
    assert following.due_on == evaluation.due_on + dt.timedelta(days=30)
    with pytest.raises(RuleError):
        walk(evaluations.MOVES, evaluation, "read", by=cast["director"], write=audit.write)


def test_a_late_evaluation_says_so(site: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = market.make_evaluation(site, cast["archivist"], cast["manager"])
    later = columns.now() + dt.timedelta(days=2)
    monkeypatch.setattr(columns, "clock", lambda: later)
    walk(evaluations.MOVES, evaluation, "deliver", by=cast["archivist"], write=audit.write, findings="迟", advice="")
    assert evaluation.is_late


# --- the scheme's part -----------------------------------------------------------------------------------------------


@no_app
@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda part: part["grades"][0]["at_least"].update(credit="angelic"), "credit"),
        (lambda part: part["grades"][-1]["at_least"].update(years=1), "at_least"),
        (lambda part: part["payment_modes"][1].pop("chain"), "chain"),
        (lambda part: part["payment_modes"].pop(0), "payment_modes"),
        (lambda part: part["sources"].append(part["sources"][0]), "key"),
        (lambda part: part["facets"][0]["words"].append(part["facets"][0]["words"][0]), "key"),
    ],
)
def test_a_scheme_that_does_not_fit_is_told_where(change: Any, where: str) -> None:
    from app.market.scheme import PART

    body = schemes.read(schemes.FOLDER / "market_customers.yaml")
    assert PART.check is not None and not list(PART.check(body))
    change(body["market"])
    told = list(PART.check(body))
    assert told and told[0][0][-1] == where


def test_amounts_are_whole_cents_of_one_customer(site: Any) -> None:
    one, other = market.make_profile(site=site), market.make_profile(site=site)
    market.make_sale(one, 3_33)
    assert sales.credit_in_use(other.customer_id) == 0
    assert db.session.scalar(select(func.sum(Sale.amount_cents))) == 3_33
