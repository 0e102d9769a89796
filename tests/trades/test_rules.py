"""Collecting, allocating and following up: who may, what is refused, which rule decides, and the plan's days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.archive import held as archive_held
from app.archive.models import Document, File
from app.archive.schemes import problems, read, shipped
from app.customers.rules import current_contact
from app.demo import trades_makers as make
from app.estate.rules import assign, find_site
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import AppendOnlyError, db
from app.security import setup
from app.trades import allocating, attending, collecting, duties, engine, following, held, occasions, scheme
from app.trades.engine import Batch, Case, Person, Policy
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, AllocationPolicy, ContactSheet, DutyHolder
from app.visits import feed
from tests.conftest import SITE
from tests.standing import Made, Standing

DAY = dt.timedelta(days=1)
BODY = next(read(path) for path in shipped() if path.stem == make.KEY)


@pytest.fixture(scope="module")
def _here(standing: Standing) -> Made:
    return standing(lambda: make.staff(find_site(SITE)))


@pytest.fixture
def here(_here: Made, site: Any) -> Any:
    """The site, with the cast's duties."""
    return site


def another_rep(site: Any, name: str = "rep2", **more: Any) -> Any:
    """Another person who calls on customers."""
    user = setup.create_user(name, full_name=f"代表{name}", roles=["clerk"], password="Correct-Horse-9!", demo=True)
    assign(site, user)
    make.appoint(site, user, "rep", **more)
    return user


# --- the scheme ---


def test_the_scheme_fits_and_a_scheme_that_names_no_duty_does_not() -> None:
    assert list(problems(BODY)) == []
    broken = {**BODY, "follow_ups": {**BODY["follow_ups"], "channels_needed": {"nurse": ["phone"]}}}
    assert [path for path, _why in problems(broken)] == [("follow_ups", "channels_needed", "nurse")]


@pytest.mark.parametrize(
    ("where", "value", "path"),
    [
        (("allocation", "order"), ["area", "collector"], ("collection", "allocation", "order")),
        (("first", "handed_to"), "nobody", ("collection", "first", "handed_to")),
        (("event", "paper"), "none", ("collection", "event", "paper")),
    ],
)
def test_what_a_scheme_cannot_say_is_told_with_its_place(where: tuple[str, str], value: Any, path: Any) -> None:
    part, name = where
    collection = {**BODY["collection"], part: {**BODY["collection"][part], name: value}}
    assert path in [each for each, _why in problems({**BODY, "collection": collection})]


def test_a_line_of_the_plan_has_its_days_or_is_ad_hoc() -> None:
    lines = [{**line, "ad_hoc": True} for line in BODY["follow_ups"]["lines"][:1]]
    broken = {**BODY, "follow_ups": {**BODY["follow_ups"], "lines": lines}}
    assert [path for path, _why in problems(broken)] == [("follow_ups", "lines", 0)]


# --- the plan's days: the source's four cases ---


@pytest.mark.parametrize(
    ("who", "is_buyer", "days"),
    [("rep", True, [3, 30, 60]), ("rep", False, [3, 15]), ("doctor", True, [15, 30, 60]), ("doctor", False, [])],
)
def test_the_plans_days_are_those_of_the_source(who: str, is_buyer: bool, days: list[int]) -> None:
    lines = following.lines_for(BODY["follow_ups"], is_buyer)
    assert [line["within_days"] for line in lines if line["who"] == who] == days


@given(st.dates(dt.date(2026, 1, 1), dt.date(2060, 1, 1)), st.booleans())
def test_every_line_is_due_so_many_days_after_the_sheet_was_made(made_on: dt.date, is_buyer: bool) -> None:
    """Whatever the day: the due day less the anchor is what the scheme says, and no two lines have one key."""
    lines = list(following.lines_for(BODY["follow_ups"], is_buyer))
    dues = [made_on + dt.timedelta(days=line["within_days"]) for line in lines]
    assert [(due - made_on).days for due in dues] == [line["within_days"] for line in lines]
    assert len({following.step_of(line) for line in lines}) == len(lines) == (6 if is_buyer else 2)


# --- the engine ---


def people(count: int) -> Any:
    one = st.builds(
        Person, key=st.just(0), areas=st.lists(st.sampled_from(["城北区", "城南区", "北苑"]), max_size=2).map(tuple),
        is_newcomer=st.booleans(), ability=st.integers(0, 10), efficiency=st.integers(0, 10), load=st.integers(0, 30),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=count).map(_numbered)


def _numbered(found: list[Person]) -> list[Person]:
    for key, person in enumerate(found, 1):
        person.key = key
    return found


CASES = st.lists(
    st.tuples(st.sampled_from([None, 1, 2, 3, 9]), st.sampled_from(["", "城北区", "城南区北苑", "城西区"])), max_size=30
).map(lambda rows: [Case(key, *row) for key, row in enumerate(rows, 1)])
ORDERS = st.permutations(["area", "newcomer", "score"]).map(lambda rest: ("collector", *rest))


@given(people(6), CASES, ORDERS, st.integers(0, 100))
def test_who_collected_a_customer_comes_before_every_other_rule(
    found: list[Person], cases: list[Case], order: tuple[str, ...], percent: int
) -> None:
    keepers = {person.key: person for person in found}
    said = engine.decide(cases, Batch(found, keepers, Policy(order, percent)))
    for case in cases:
        if case.collector in keepers:
            assert said[case.key] == (case.collector, "collector")
        else:
            assert said[case.key][1] != "collector"


@given(people(6), CASES, ORDERS, st.integers(0, 100))
def test_the_shares_of_a_batch_add_up(
    found: list[Person], cases: list[Case], order: tuple[str, ...], percent: int
) -> None:
    """Every customer goes to one person; loads grow by what was given; newcomers have just their share of the rest."""
    keepers = {person.key: person for person in found}
    before = sum(person.load for person in found)
    said = engine.decide(cases, Batch(found, keepers, Policy(order, percent)))
    assert len(said) == len(cases) == sum(person.load for person in found) - before
    if any(person.is_newcomer for person in found):
        earlier = order[: order.index("newcomer")]
        left = sum(rule not in earlier for _person, rule in said.values())
        newcomers = [person for person, rule in said.values() if rule == "newcomer"]
        assert len(newcomers) == engine.share(left, percent)
        assert all(keepers[key].is_newcomer for key in newcomers)


def test_the_nearest_covers_the_smallest_area_and_has_the_least() -> None:
    wide, near, busy = Person(1, ("城北区",)), Person(2, ("北苑",)), Person(3, ("北苑",), load=5)
    policy = Policy(("collector", "area"))
    assert engine.decide([Case(7, None, "城北区北苑")], Batch([wide, busy, near], {}, policy)) == {7: (2, "area")}
    assert engine.decide([Case(8, None, "城西区")], Batch([wide, near], {}, policy)) == {}


def test_the_better_one_gets_more_until_the_workload_weighs_more() -> None:
    good, idle = Person(1, ability=9, efficiency=9), Person(2, ability=5, efficiency=5)
    cases = [Case(key, None) for key in range(1, 13)]
    said = engine.decide(cases, Batch([good, idle], {}, Policy(("score",), workload=1)))
    counts = {key: sum(person == key for person, _rule in said.values()) for key in (1, 2)}
    assert counts == {1: 10, 2: 2}


@pytest.mark.parametrize(("count", "percent", "got"), [(0, 50, 0), (1, 30, 0), (2, 30, 1), (10, 30, 3), (5, 100, 5)])
def test_a_share_is_to_the_nearest_whole(count: int, percent: int, got: int) -> None:
    assert engine.share(count, percent) == got


# --- the first contact ---


def test_a_sheet_is_complete_when_all_is_filled_in_agreed_to_and_signed(here: Any, cast: Any) -> None:
    sheet = make.make_contact_sheet(here, cast["clerk"], occupation="", has_consent=False, collector_signature="")
    for name, value in (("occupation", "退休"), ("has_consent", True), ("collector_signature", make.DRAWN)):
        with pytest.raises(RuleError):
            collecting.submit(sheet, by=cast["clerk"])
        setattr(sheet, name, value)
    make.step(collecting.MOVES, sheet, "submit_sheet", cast["clerk"])
    assert sheet.customer.kind == "person" and current_contact(sheet.customer, "daily").phone == make.PERSON["phone"]  # type: ignore[union-attr]
    assert (sheet.file.subject, sheet.file.customer_id) == ("customer", sheet.customer_id)  # type: ignore[union-attr]
    notice = BODY["collection"]["notice"]
    assert (sheet.notice_version, sheet.notice_digest) == (1, scheme.digest_of(notice)) and sheet.consent_at is not None
    paper = db.session.scalars(select(Document).where(Document.source == "ContactSheet")).one()
    assert (paper.paper_class, paper.reference, paper.file_id) == ("contact_sheet", sheet.number, sheet.file_id)


def test_a_sheet_keeps_its_collector(here: Any, cast: Any) -> None:
    sheet = make.make_contact_sheet(here, cast["clerk"])
    db.session.expire(sheet)
    sheet.collector_id = cast["supervisor"].id
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_only_who_has_the_duty_collects(here: Any, cast: Any) -> None:
    for name in ("manager", "archivist"):
        with pytest.raises(RuleError, match="满意代表"):
            make.make_contact_sheet(here, cast[name])
    assert make.make_contact_sheet(here, cast["supervisor"]).collector_id == cast["supervisor"].id


def test_a_duty_ends_with_its_day_and_is_had_once(here: Any, cast: Any) -> None:
    with pytest.raises(RuleError):
        make.appoint(here, cast["clerk"], "rep")
    mine = select(DutyHolder).where(DutyHolder.user_id == cast["clerk"].id)
    db.session.scalars(mine).one().until_on = today() - DAY
    db.session.flush()
    assert not duties.has(cast["clerk"], here.id, make.KEY, ["rep"])
    with pytest.raises(RuleError):
        make.make_contact_sheet(here, cast["clerk"])


@pytest.mark.parametrize("year", ["1850", "2099", "五三"])
def test_nobody_was_born_in_such_a_year(here: Any, cast: Any, year: str) -> None:
    with pytest.raises(RuleError):
        make.make_contact_sheet(here, cast["clerk"], birth_year=year)


def test_a_sheet_that_is_given_up_forgets_the_person(here: Any, cast: Any) -> None:
    sheet = make.make_contact_sheet(here, cast["clerk"])
    make.step(collecting.MOVES, sheet, "drop_sheet", cast["clerk"], reason="本人不愿登记")
    assert (sheet.state, sheet.name, sheet.phone, sheet.birth_year, sheet.client_signature) == (
        "dropped",
        "",
        "",
        "",
        "",
    )


def test_all_complete_sheets_are_handed_over_at_once(here: Any, cast: Any) -> None:
    draft = make.make_contact_sheet(here, cast["clerk"])
    sheets = [make.make_submitted(here, cast["clerk"], name=f"顾客{n}", phone=f"1990000{n:04d}") for n in range(3)]
    theirs = make.make_submitted(here, cast["supervisor"], name="别人的")
    collecting.hand_over_all(by=cast["clerk"])
    assert {one.state for one in sheets} == {"handed_over"} and len({one.batch for one in sheets}) == 1
    assert {one.handed_to_id for one in sheets} == {cast["manager"].id}
    assert (draft.state, theirs.state) == ("draft", "submitted")
    with pytest.raises(RuleError):
        collecting.hand_over_all(by=cast["clerk"])


# --- allocations ---


def propose(site: Any) -> dict[int, tuple[Any, str]]:
    found = allocating.propose(allocating.waiting([site.id]))
    return {one.sheet.id: (one.person, one.rule) for one in found}


def test_a_customer_whose_collector_has_left_goes_by_area(here: Any, cast: Any) -> None:
    rep2 = another_rep(here, areas="城北区")
    kept = make.make_handed_over(here, rep2, name="钱一", area="城南区")
    left = make.make_handed_over(here, cast["clerk"], name="孙二")
    mine = select(DutyHolder).where(DutyHolder.user_id == cast["clerk"].id)
    db.session.scalars(mine).one().until_on = today() - DAY
    db.session.flush()
    assert propose(here) == {kept.id: (rep2, "collector"), left.id: (rep2, "area")}


def test_a_second_sheet_takes_nobodys_customer_away(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    again = make.make_handed_over(here, another_rep(here), customer=customer)
    assert propose(here) == {again.id: (cast["clerk"], "collector")}


def test_the_sites_own_policy_goes_before_the_schemes(here: Any, cast: Any) -> None:
    policy = AllocationPolicy(
        site=here, site_id=here.id, scheme_key=make.KEY, area_place=0, newcomer_place=0, score_place=1
    )
    allocating.keep_policy(policy)
    db.session.add(policy)
    db.session.flush()
    assert allocating.policy_of(here.id, make.KEY).order == ("collector", "score")
    policy.newcomer_percent = 101
    with pytest.raises(RuleError):
        allocating.keep_policy(policy)


def test_a_batch_is_committed_as_previewed_or_by_hand_with_a_reason(here: Any, cast: Any) -> None:
    rep2 = another_rep(here)
    sheets = [make.make_handed_over(here, cast["clerk"], name=f"顾客{n}") for n in range(3)]
    proposals = allocating.propose(allocating.waiting([here.id]))
    with pytest.raises(RuleError):
        allocating.settle(proposals, {sheets[1].id: (rep2, "")}, by=cast["manager"])
    made = allocating.settle(proposals, {sheets[1].id: (rep2, "住得近")}, by=cast["manager"])
    assert [(one.holder_id, one.rule) for one in made] == [
        (cast["clerk"].id, "collector"), (rep2.id, "by_hand"), (cast["clerk"].id, "collector"),
    ]  # fmt: skip
    assert len({one.batch for one in made}) == 1 and {one.state for one in sheets} == {"allocated"}


def test_an_allocation_names_the_one_before_and_never_changes(here: Any, cast: Any) -> None:
    rep2 = another_rep(here)
    customer = make.make_customer_of(here, cast["clerk"])
    first = allocating.current(customer.id, make.KEY)
    second = make.make_allocation(customer, rep2)
    assert second.before is first and (first.state, second.state) == ("over", "live")  # type: ignore[union-attr]
    assert allocating.loads(here.id, make.KEY) == {rep2.id: 1}
    second.reason = "改"
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_two_lines_never_follow_one(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    line = allocating.current(customer.id, make.KEY)
    twin = {"site_id": here.id, "scheme_key": make.KEY, "customer": customer, "decided_at": line.decided_at}  # type: ignore[union-attr]
    db.session.add(Allocation(**twin))
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()


def test_by_hand_needs_a_reason_and_somebody_who_calls(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    for holder, reason in ((cast["supervisor"], " "), (cast["archivist"], "换人"), (cast["clerk"], "换人")):
        with pytest.raises(RuleError):
            make.make_allocation(customer, holder, reason)


def test_what_is_due_goes_with_the_customer(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    sheet = make.make_made(customer, cast["clerk"])
    done = make.finish(sheet.follow_ups[0])
    rep2 = another_rep(here)
    make.make_allocation(customer, rep2)
    reps = [one for one in sheet.follow_ups if one.duty == "rep" and one is not done]
    assert {one.assignee_id for one in reps} == {rep2.id} and done.assignee_id == cast["clerk"].id
    assert {one.assignee_id for one in sheet.follow_ups if one.duty == "doctor"} == {cast["archivist"].id}


# --- events and follow-ups ---


def test_an_event_sheet_begins_with_what_the_first_one_says(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"], address="城北区新街 3 号")
    sheet = make.make_event_sheet(customer, cast["clerk"], phone="", address="")
    assert (sheet.phone, sheet.address) == (make.PERSON["phone"], "城北区新街 3 号") and sheet.sheet is not None


def test_a_buyers_sheet_says_what_was_bought(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    sheet = make.make_event_sheet(customer, cast["clerk"], bought="")
    with pytest.raises(RuleError):
        attending.make(sheet, by=cast["clerk"])
    with pytest.raises(RuleError):
        make.make_event_sheet(customer, cast["clerk"], event_on=today() + DAY)


def test_late_is_told_of_filling_in_and_of_handing_over(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    days = {
        days: EventSheet(scheme_key=make.KEY, customer=customer, event_on=today() - days * DAY) for days in range(3)
    }
    assert [len(list(filter(None, days[one].late.split("、")))) for one in range(3)] == [0, 1, 2]


def test_a_sheet_that_is_made_again_plans_nothing_twice(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    sheet = make.make_made(customer, cast["clerk"])
    make.step(attending.MOVES, sheet, "send_sheet_back", cast["manager"], reason="字迹不清")
    make.step(attending.MOVES, sheet, "make_sheet", cast["clerk"])
    due = [(one.duty, (one.due_on - today()).days) for one in sheet.follow_ups]
    assert sorted(due) == [("doctor", 15), ("doctor", 30), ("doctor", 60), ("rep", 3), ("rep", 30), ("rep", 60)]


def test_a_follow_up_is_done_with_a_way_and_a_result_by_who_calls(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    one = make.make_made(customer, cast["clerk"]).follow_ups[0]
    for channel, result in (("", "好"), ("phone", " "), ("letter", "好")):
        with pytest.raises(RuleError):
            following.finish(one, by=cast["clerk"], channel=channel, result=result)
    with pytest.raises(RuleError):
        make.finish(one, by=cast["supervisor"])
    make.finish(one, "visit", "已指导服用")
    paper = db.session.scalars(select(Document).where(Document.source == "FollowUp")).one()
    assert (one.state, one.done_on, paper.paper_class, paper.reference) == ("done", today(), "follow_up", one.number)


CALLS = st.lists(st.sampled_from(["phone", "visit", ""]), min_size=1, max_size=6)


@given(CALLS)
def test_a_set_is_flagged_only_while_a_way_is_lacking_and_running_out(calls: list[str]) -> None:
    told = [FollowUp(state="done" if way else "due", channel=way) for way in calls]
    lacking, used, left = following.lacking(told, ["phone", "visit"]), {*calls} - {""}, calls.count("")
    assert set(lacking) <= {"phone", "visit"} - used
    assert bool(lacking) == (bool(used) and used != {"phone", "visit"} and left <= 1)


def test_a_follow_up_is_asked_for_of_who_has_the_duty(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    one = make.make_follow_up(customer, "doctor", by=cast["clerk"])
    assert (one.assignee_id, one.asked_by_id) == (cast["archivist"].id, cast["clerk"].id)
    for wrong in ({"due_on": today() - DAY}, {"duty": "cook"}, {"assignee": cast["manager"]}):
        with pytest.raises(RuleError):
            make.make_follow_up(customer, **{"duty": "rep", **wrong})


def test_what_is_still_to_be_made_stands_in_the_callers_calendar_without_names(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    mine = make.make_follow_up(customer, due_on=today() + DAY)
    long_ago = make.make_follow_up(customer)
    long_ago.due_on = today() - 90 * DAY
    db.session.flush()
    said = calendar_of(mine.assignee)
    begin, words = said[f"follow-up-{mine.id}@hudang"]
    assert begin == mine.due_on and mine.number in words
    assert f"follow-up-{long_ago.id}@hudang" not in said
    assert not [words for _begin, words in said.values() if customer.name in words]
    make.finish(mine)
    assert f"follow-up-{mine.id}@hudang" not in calendar_of(mine.assignee)


def calendar_of(user: Any) -> dict[str, tuple[dt.date, str]]:
    """uid -> (begin, words)."""
    events = Calendar.from_ical(feed.calendar(user)).walk("VEVENT")
    return {str(event["uid"]): (event.decoded("dtstart"), str(event["summary"])) for event in events}


def test_nobody_guides_their_own_work(here: Any, cast: Any) -> None:
    one = make.make_follow_up(make.make_customer_of(here, cast["clerk"]))
    with pytest.raises(RuleError):
        make.step(following.MOVES, one, "guide", cast["clerk"], guidance="先电话后上门")
    make.step(following.MOVES, one, "guide", cast["archivist"], guidance="先电话后上门")
    assert (one.guidance, one.state) == ("先电话后上门", "due")


# --- occasions ---


def test_a_holiday_is_its_first_day_off_and_a_date_its_date() -> None:
    assert occasions.day_of({"holiday": "spring_festival"}, 2024) == dt.date(2024, 2, 10)
    assert occasions.day_of({"holiday": "spring_festival"}, 2090) is None
    assert occasions.day_of({"month": 2, "day": 29}, 2027) == dt.date(2027, 3, 1)


def test_a_years_occasions_are_planned_once(here: Any, cast: Any, monkeypatch: Any) -> None:
    moment = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    monkeypatch.setattr("app.kit.columns.clock", lambda: moment)
    customer = make.make_customer_of(here, cast["clerk"])
    made = occasions.plan([here.id], 2026, by=cast["manager"])
    assert [one.step for one in made] == ["spring_festival_2026", "mid_autumn_2026", "anniversary_2026"]
    assert {(one.customer_id, one.assignee_id) for one in made} == {(customer.id, cast["clerk"].id)}
    assert made[2].due_on == dt.date(2026, 10, 8)
    assert occasions.plan([here.id], 2026, by=cast["manager"]) == []
    with pytest.raises(RuleError):
        occasions.plan([here.id], 2025)


# --- in hand ---


def test_what_somebody_holds_passes_to_another(here: Any, cast: Any) -> None:
    rep2, clerk = another_rep(here), cast["clerk"]
    customer = make.make_customer_of(here, clerk)
    make.make_follow_up(customer)
    make.make_contact_sheet(here, clerk, name="未交")
    kinds = [one.kind for one in archive_held.everything_held_by(clerk)]
    assert {"customer", "follow_up", "sheet"} <= set(kinds)
    (line,) = held.customers_held_by(clerk)
    held.pass_customer_on(line.key, rep2, by=cast["manager"])
    assert allocating.holder_of(customer.id, make.KEY) is rep2
    assert not list(held.follow_ups_held_by(clerk)) and len(list(held.follow_ups_held_by(rep2))) == 1


def test_a_customers_file_is_opened_once(here: Any, cast: Any) -> None:
    customer = make.make_customer_of(here, cast["clerk"])
    make.make_made(customer, cast["clerk"])
    files = db.session.scalars(select(File).where(File.customer_id == customer.id)).all()
    assert len(files) == 1 and files[0].scheme_key == make.KEY


def test_a_sheet_in_hand_is_found_by_its_collector_alone(here: Any, cast: Any, acting: Any) -> None:
    from app.security import gate

    sheet = make.make_contact_sheet(here, cast["clerk"])
    rep2 = another_rep(here)
    db.session.flush()
    for who, seen in ((cast["clerk"], True), (rep2, False), (cast["manager"], True)):
        with acting(who):
            found = db.session.scalar(gate.scope(select(ContactSheet).where(ContactSheet.id == sheet.id), ContactSheet))
            assert (found is not None) is seen, who.username
