"""Campaigns: who owes what, rounds until papers pass, points that are only added to, and the end of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.archive import held as archive_held
from app.archive import sealing
from app.campaigns import acceptance, coverage, held, rules, scores, submissions, tasks
from app.campaigns.coverage import Coverage, Slot
from app.campaigns.facts import spans
from app.campaigns.ledgers import ScoreLine
from app.campaigns.models import Campaign, CampaignParty, ExpectedPaper, Submission, SubmissionLine
from app.demo import campaigns_makers as makers
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, attempt, db
from app.security import audit
from tests.house.full_house import statements

DAY = dt.timedelta(days=1)
STEPS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def decide(one: Submission, name: str, by: Any, **said: Any) -> None:
    walk(submissions.MOVES, one, name, by=by, write=audit.write, **said)
    db.session.flush()


def test_numbers_run_and_the_only_site_is_taken(site: Any, cast: Any, acting: Any) -> None:
    with acting(cast["manager"]):
        one = rules.open_campaign(Campaign(title="甲", from_year=2004, to_year=2013), by=cast["manager"])
    two = makers.make_campaign(site)
    assert (one.number, two.number) == (f"ZX-{today().year}-00001", f"ZX-{today().year}-00002")
    assert one.site_id == site.id and (one.base_points, one.points_per_year) == (100, 2)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"from_year": 12}, "from_year"),
        ({"to_year": None}, "to_year"),
        ({"from_year": 2014, "to_year": 2013}, "to_year"),
        ({"from_year": 1900, "to_year": 2100}, "to_year"),
        ({"points_per_year": -1}, "points_per_year"),
        ({"base_points": 1001}, "base_points"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(site: Any, said: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        makers.make_campaign(site, **said)
    assert refused.value.field == field


def test_it_begins_with_a_receiver_and_something_to_do(site: Any, cast: Any) -> None:
    campaign = makers.make_campaign(site)
    for missing in ("receiver", "work"):
        with pytest.raises(RuleError):
            makers.step(campaign, "start", cast["manager"])
        if missing == "receiver":
            makers.step(campaign, "name_receiver", cast["manager"], receiver=cast["archivist"])
    makers.make_task(campaign)
    makers.step(campaign, "start", cast["manager"])
    assert (campaign.state, campaign.begun_on) == ("running", today())
    with pytest.raises(RuleError):
        rules.amend(campaign)


def test_who_owes_what_follows_from_kinds_and_years(site: Any) -> None:
    campaign = makers.make_campaign(site)
    village = makers.make_party(campaign, since_year=2021)
    station = makers.make_party(campaign, "国土所", kind="station")
    both = makers.make_paper(campaign, "总结")
    land = makers.make_paper(campaign, "征地", party_kind="station", until_year=2020)
    db.session.refresh(campaign)
    found = {(slot.party.id, slot.paper.id, slot.year) for slot in coverage.of(campaign).slots}
    assert found == {
        (village.id, both.id, 2021), (village.id, both.id, 2022),
        *((station.id, both.id, year) for year in (2020, 2021, 2022)), (station.id, land.id, 2020),
    }  # fmt: skip
    assert not coverage.owes(village, both, 2019) and not coverage.owes(village, land, 2021)
    assert coverage.of(campaign).cell(village, 2020).state == "free"


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda c: makers.make_phase(c, ends_on=today() - 9 * DAY), "ends_on"),
        (lambda c: makers.make_paper(c, pieces=0), "pieces"),
        (lambda c: makers.make_party(c, since_year=2022, until_year=2021), "until_year"),
        (lambda c: makers.make_party(c, trained_on=today()), "trainee"),
        (lambda c: makers.make_party(c, planned_pieces=-1), "planned_pieces"),
        (lambda c: makers.make_task(c, budget_cents=-1), "budget_cents"),
    ],
)
def test_parts_that_make_no_sense_are_refused(site: Any, make: Any, field: str) -> None:
    with pytest.raises(RuleError) as refused:
        make(makers.make_campaign(site))
    assert refused.value.field == field


def test_nothing_is_taken_out_of_a_campaign_that_has_begun(running: Any, site: Any) -> None:
    for record in (running.papers[0], running.parties[0]):
        with pytest.raises(RuleError), attempt():
            db.session.delete(record)
            db.session.flush()
    planned = makers.make_campaign(site)
    paper = makers.make_paper(planned)
    db.session.delete(paper)
    db.session.flush()
    assert db.session.scalar(select(func.count(ExpectedPaper.id)).where(ExpectedPaper.campaign_id == planned.id)) == 0


def test_a_paper_goes_back_and_comes_again_until_it_passes(running: Any, cast: Any) -> None:
    """P6.06: each return keeps its reason and its round."""
    party, paper, keeper = running.parties[0], running.papers[0], cast["archivist"]
    one = makers.make_submission(party, paper, 2020, by=cast["clerk"])
    for reason in ("缺页", "墨水不合要求"):
        decide(one, "return_papers", keeper, reason=reason)
        decide(one, "hand_in_again", cast["clerk"], pieces=1, handed_in_by="林晚")
    decide(one, "pass_work", keeper, passed_pieces=1)
    assert (one.state, one.round, one.passed_pieces, one.reason) == ("passed", 3, 1, "")
    lines = db.session.scalars(select(SubmissionLine).order_by(SubmissionLine.id)).all()
    assert [(line.what, line.round, line.reason) for line in lines] == [
        ("handed_in", 1, ""), ("returned", 1, "缺页"), ("handed_in", 2, ""), ("returned", 2, "墨水不合要求"),
        ("handed_in", 3, ""), ("passed", 3, ""),
    ]  # fmt: skip
    with pytest.raises(AppendOnlyError), attempt():
        lines[1].reason = "改"
        db.session.flush()


def test_only_the_central_receiver_decides(running: Any, cast: Any) -> None:
    """P6.09: not the manager either."""
    one = makers.make_submission(running.parties[0], running.papers[0], 2020)
    for name, said in (("pass_work", {"passed_pieces": 1}), ("return_papers", {"reason": "缺页"})):
        with pytest.raises(RuleError):
            decide(one, name, cast["manager"], **said)
    assert one.state == "submitted" and coverage.of(running).passed == 0
    makers.step(running, "name_receiver", cast["archivist"], receiver=cast["manager"])
    decide(one, "pass_work", cast["manager"], passed_pieces=1)
    assert coverage.of(running).passed == 1


@pytest.mark.parametrize(
    ("name", "said", "field"),
    [
        ("return_papers", {"reason": "  "}, "reason"),
        ("pass_work", {"passed_pieces": 0}, "passed_pieces"),
        ("pass_work", {"passed_pieces": 3}, "passed_pieces"),
        ("pass_work", {"passed_pieces": None}, "passed_pieces"),
    ],
)
def test_a_decision_says_what_it_must(running: Any, cast: Any, name: str, said: dict[str, Any], field: str) -> None:
    one = makers.make_submission(running.parties[0], running.papers[0], 2020, 2)
    with pytest.raises(RuleError) as refused:
        decide(one, name, cast["archivist"], **said)
    assert refused.value.field == field and one.state == "submitted"


def test_what_is_short_stays_a_gap_until_the_rest_comes(running: Any, site: Any, cast: Any) -> None:
    paper = makers.make_paper(running, "报表", pieces=4)
    db.session.refresh(running)
    party = running.parties[0]
    one = makers.make_submission(party, paper, 2021, 3, passed=True)
    assert submissions.is_short(one) and Slot(party, paper, 2021, one).gap == 1
    decide(one, "hand_in_again", cast["clerk"], pieces=4)
    assert one.passed_pieces == 3  # what has passed stays while the rest waits
    decide(one, "pass_work", cast["archivist"], passed_pieces=4)
    with pytest.raises(RuleError):
        decide(one, "hand_in_again", cast["clerk"], pieces=5)
    decide(one, "return_papers", cast["archivist"], reason="发现复印件")
    assert Slot(party, paper, 2021, one).gap == 4


@pytest.mark.parametrize(("year", "pieces"), [(2019, 1), (2023, 1), (2020, 0), (2020, -1), (2020, 10**6)])
def test_only_what_is_owed_is_handed_in(running: Any, year: int, pieces: int) -> None:
    with pytest.raises(RuleError):
        makers.make_submission(running.parties[0], running.papers[0], year, pieces)
    assert db.session.scalar(select(func.count(Submission.id))) == 0


def test_nothing_is_handed_in_before_it_begins_or_twice(site: Any, running: Any, cast: Any) -> None:
    planned = makers.make_campaign(site)
    party, paper = makers.make_party(planned), makers.make_paper(planned)
    with pytest.raises(RuleError):
        makers.make_submission(party, paper, 2020)
    makers.make_submission(running.parties[0], running.papers[0], 2020)
    with pytest.raises(RuleError):
        makers.make_submission(running.parties[0], running.papers[0], 2020)


@STEPS
@given(data=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(1, 9), st.booleans()), max_size=12))
def test_coverage_is_never_more_than_all(running: Any, data: list[tuple[int, int, int, bool]]) -> None:
    """Whatever is handed in: each slot is full at most, and 100 % means that nothing is missing."""
    with db.session.begin_nested() as savepoint:
        for offset, place, pieces, passed in data:
            party, paper = running.parties[0], running.papers[place]
            if submissions.find(party, paper, 2020 + offset) is None:
                makers.make_submission(party, paper, 2020 + offset, pieces, passed=passed)
        found = coverage.of(running)
        assert 0 <= found.passed <= found.owed and 0 <= found.percent <= 100
        assert (found.percent == 100) == (not found.gaps)
        assert found.gap == sum(slot.gap for slot in found.gaps)
        assert found.owed == sum(found.column(year).owed for year in found.years)
        savepoint.rollback()


def test_an_empty_campaign_lacks_nothing() -> None:
    assert (Coverage().percent, Coverage().gap, Coverage().state) == (100, 0, "free")


def test_a_cell_says_what_is_missing(running: Any) -> None:
    party, (report, land) = running.parties[0], running.papers
    makers.make_submission(party, report, 2020, passed=True)
    for paper in (report, land):
        makers.make_submission(party, paper, 2021, passed=True)
    makers.make_paper(running, "报表")
    db.session.refresh(running)
    makers.make_submission(party, land, 2022, passed=True)
    found = coverage.of(running)
    assert [found.cell(party, year).state for year in found.years] == ["key", "partly", "partly"]
    assert [slot.paper.name for slot in found.gaps][0] == "土地确权" and len(found.key_gaps) == 1
    assert coverage.of(running, paper_id=land.id).percent == 66
    assert coverage.of(running, kind="station").slots == []


def test_progress_is_told_by_year_and_category(running: Any) -> None:
    """P2.06: expected, done and gap."""
    makers.make_submission(running.parties[0], running.papers[1], 2021, passed=True)
    told = {
        (one.year, one.category): (one.owed, one.passed, one.gap) for one in coverage.by_category(coverage.of(running))
    }
    assert told[2021, "special"] == (1, 1, 0) and told[2021, "documents"] == (1, 0, 1) and len(told) == 6


# --- points ---


def points(party: CampaignParty) -> list[int]:
    query = select(ScoreLine.points).where(ScoreLine.party_id == party.id).order_by(ScoreLine.id)
    return list(db.session.scalars(query))


def test_each_missing_year_costs_its_points_once_and_comes_back_when_made_up(running: Any, cast: Any) -> None:
    """P6.08: −2 a year."""
    party = running.parties[0]
    makers.make_submission(party, running.papers[0], 2021, passed=True)
    makers.step(running, "book", cast["archivist"])
    assert points(party) == [100, -2, -2]
    with pytest.raises(RuleError):
        makers.step(running, "book", cast["archivist"])
    makers.make_submission(party, running.papers[0], 2020, passed=True)
    makers.step(running, "book", cast["archivist"])
    assert points(party) == [100, -2, -2, 2] and scores.score_of(party) == 98


def test_a_year_may_count_as_missing_when_anything_is(site: Any, cast: Any) -> None:
    strict = makers.make_running(site, cast["archivist"], missing_means="incomplete", points_per_year=5)
    makers.make_submission(strict.parties[0], strict.papers[0], 2021, passed=True)
    makers.step(strict, "book", cast["archivist"])
    assert points(strict.parties[0]) == [100, -5, -5, -5]


def test_nothing_is_booked_before_the_days_for_handing_in_are_over(running: Any, cast: Any) -> None:
    phase = makers.make_phase(running, kind="carry_out", party_kind="village")
    db.session.refresh(running)
    with pytest.raises(RuleError):
        makers.step(running, "book", cast["archivist"])
    phase.begins_on, phase.ends_on = today() - 9 * DAY, today() - DAY
    makers.step(running, "book", cast["archivist"])
    lines = db.session.scalars(select(ScoreLine).where(ScoreLine.kind == "missing")).all()
    assert [line.phase_id for line in lines] == [phase.id] * 3


@STEPS
@given(said=st.lists(st.integers(-100, 100).filter(bool), max_size=8), taken=st.booleans(), booked=st.booleans())
def test_a_score_is_the_sum_of_its_lines(running: Any, cast: Any, said: list[int], taken: bool, booked: bool) -> None:
    with db.session.begin_nested() as savepoint:
        party = running.parties[0]
        lines = [makers.make_points(party, each, by=cast["manager"]) for each in said]
        if taken and lines:
            scores.add_line(ScoreLine(party=party, corrects=lines[0]), by=cast["manager"])
        if booked:
            makers.step(running, "book", cast["archivist"])
        kept = said[1:] if taken else said
        assert scores.score_of(party) == sum(points(party)) == 100 + sum(kept) - (6 if booked else 0)
        (standing,) = scores.standings(running)
        assert standing.points == sum(standing.by_phase.values()) == scores.score_of(party)
        savepoint.rollback()


@pytest.mark.parametrize(
    ("said", "field"), [({"points": 0}, "points"), ({"points": 101}, "points"), ({"reason": " "}, "reason")]
)
def test_points_by_hand_need_a_reason(running: Any, said: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        makers.make_points(running.parties[0], **{"points": 1, "reason": "好", **said})
    assert refused.value.field == field


def test_only_a_line_by_hand_is_taken_back_and_once(running: Any, cast: Any) -> None:
    party = running.parties[0]
    line = makers.make_points(party, 5)
    scores.add_line(ScoreLine(party=party, corrects=line))
    begun = db.session.scalars(select(ScoreLine).where(ScoreLine.kind == "start")).one()
    for old in (line, begun):
        with pytest.raises(RuleError) as refused, attempt():
            scores.add_line(ScoreLine(party=party, corrects=old))
        assert refused.value.field == "corrects"
    with pytest.raises(AppendOnlyError), attempt():
        line.points = 50
        db.session.flush()


def test_equals_share_a_place(running: Any) -> None:
    for name, more in (("清溪村", 0), ("新桥村", 3), ("石桥村", 0)):
        party = makers.make_party(running, name)
        if more:
            makers.make_points(party, more)
    db.session.refresh(running)
    assert [(one.rank, one.party.name) for one in scores.standings(running)] == [
        (1, "新桥村"), (2, "向阳村"), (2, "清溪村"), (2, "石桥村"),
    ]  # fmt: skip


# --- acceptance ---


def finish_papers(campaign: Any) -> None:
    for year in campaign.years:
        for paper in campaign.papers:
            makers.make_submission(campaign.parties[0], paper, year, passed=True)


def test_an_item_is_judged_again_until_it_is_met(running: Any, cast: Any) -> None:
    """P6.07: 直到合格为止."""
    item = makers.make_item(running)
    with pytest.raises(RuleError) as refused:
        walk(acceptance.MOVES, item, "fall_short", by=cast["archivist"], write=audit.write, remark=" ")
    assert refused.value.field == "remark"
    for name, said in (("fall_short", {"remark": "缺目录"}), ("meet", {})):
        walk(acceptance.MOVES, item, name, by=cast["archivist"], write=audit.write, **said)
    assert (item.state, item.round, item.remark) == ("met", 2, "")


def test_experts_sign_once_all_of_it_is_met_and_then_nothing_changes(running: Any, cast: Any) -> None:
    expert = makers.make_expert(running)
    for make in (lambda: None, lambda: makers.make_item(running)):
        make()
        expert.is_signed_on_paper = True
        with pytest.raises(RuleError) as refused:
            acceptance.sign(expert)
        assert refused.value.field == "signature"
    (item,) = acceptance.items_of(running)
    walk(acceptance.MOVES, item, "meet", by=cast["archivist"], write=audit.write)
    acceptance.sign(expert)
    assert expert.signed_on == today()
    db.session.flush()
    for refused_now in (
        lambda: acceptance.sign(expert),
        lambda: makers.make_item(running, "又一条"),
        lambda: walk(acceptance.MOVES, item, "fall_short", by=cast["archivist"], write=audit.write, remark="不"),
        lambda: makers.step(running, "list_standard", cast["archivist"]),
    ):
        with pytest.raises(RuleError):
            refused_now()


def test_the_standard_is_listed_once(running: Any, cast: Any) -> None:
    makers.step(running, "list_standard", cast["archivist"])
    items = acceptance.items_of(running)
    assert [item.standard for item in items] == acceptance.standard() and len(items) == 12
    assert [item.position for item in items] == list(range(1, 13))
    with pytest.raises(RuleError):
        makers.step(running, "list_standard", cast["archivist"])


def test_it_is_accepted_only_when_nothing_stands_in_the_way(running: Any, cast: Any) -> None:
    """P6.03: key papers are all in; P6.07: the standard is met and signed; no task and no paper is left."""
    manager = cast["manager"]
    task = makers.make_task(running)
    for remove in (
        lambda: makers.make_item(running, met=True),
        lambda: makers.make_expert(running, signed=True),
        lambda: finish_papers(running),
        lambda: walk(tasks.MOVES, task, "finish", by=manager, write=audit.write, outcome="完成"),
    ):
        with pytest.raises(RuleError):
            makers.step(running, "accept_work", manager)
        remove()
    makers.step(running, "accept_work", manager)
    with pytest.raises(RuleError):
        makers.step(running, "close", manager, outcome=" ")
    makers.step(running, "close", manager, outcome="通过验收")
    assert (running.state, running.closed_on, scores.score_of(running.parties[0])) == ("closed", today(), 100)
    with pytest.raises(RuleError):
        makers.make_party(running, "迟到村")


def test_key_papers_alone_stand_in_the_way_other_gaps_cost_points(running: Any, cast: Any) -> None:
    makers.make_item(running, met=True)
    makers.make_expert(running, signed=True)
    for year in (2020, 2021):
        makers.make_submission(running.parties[0], running.papers[1], year, passed=True)
    with pytest.raises(RuleError, match="1"):
        makers.step(running, "accept_work", cast["manager"])
    last = makers.make_submission(running.parties[0], running.papers[1], 2022)
    with pytest.raises(RuleError):
        makers.step(running, "accept_work", cast["manager"])
    decide(last, "pass_work", cast["archivist"], passed_pieces=1)
    makers.step(running, "accept_work", cast["manager"])
    assert running.state == "accepted" and coverage.of(running).gap == 3


# --- tasks, costs, checks, hands ---


def test_what_is_spent_is_the_sum_of_the_lines(site: Any, cast: Any) -> None:
    task = makers.make_task(makers.make_campaign(site), budget_cents=20_000)
    first = makers.make_cost(task, 12_000)
    makers.make_cost(task, 5_000)
    assert task.spent_cents == 17_000
    taken = makers.make_cost(task, corrects=first)
    assert taken.amount_cents == -12_000 and task.spent_cents == 5_000
    for corrects in (first, taken):
        with pytest.raises(RuleError), attempt():
            makers.make_cost(task, corrects=corrects)
    for said, field in (
        ({"cents": 0}, "amount_cents"),
        ({"what": " "}, "what"),
        ({"booked_on": today() + DAY}, "booked_on"),
    ):
        with pytest.raises(RuleError) as refused, attempt():
            makers.make_cost(task, **said)
        assert refused.value.field == field
    assert task.spent_cents == 5_000


def test_a_task_is_done_with_what_came_of_it(site: Any, cast: Any) -> None:
    task, by = makers.make_task(makers.make_campaign(site)), cast["manager"]

    def go(name: str, **said: Any) -> None:
        walk(tasks.MOVES, task, name, by=by, write=audit.write, **said)

    for said in ({"outcome": " "}, {"outcome": "好", "done_on": today() + DAY}):
        with pytest.raises(RuleError):
            go("finish", **said)
    go("finish", outcome="完成")
    with pytest.raises(RuleError):
        tasks.amend(task)
    go("reopen", reason="未验收")
    assert (task.state, task.done_on) == ("to_do", None)
    go("drop", reason="并入他项")
    assert task.state == "dropped"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"looked_at": 0, "regular": 0, "passing": 0}, "looked_at"),
        ({"regular": 21}, "regular"),
        ({"passing": -1}, "passing"),
        ({"done_on": today() + 30 * DAY}, "done_on"),
    ],
)
def test_a_check_counts_among_what_was_looked_at(site: Any, said: dict[str, Any], field: str) -> None:
    party = makers.make_party(makers.make_campaign(site))
    with pytest.raises(RuleError) as refused:
        makers.make_check(party, **said)
    assert refused.value.field == field
    makers.make_check(party, kind="guidance", looked_at=0, regular=0, passing=0)


def test_tasks_and_the_receiving_pass_to_another(running: Any, cast: Any) -> None:
    task = makers.make_task(running, person=cast["archivist"])
    kinds = [one.kind for one in archive_held.everything_held_by(cast["archivist"])]
    assert kinds.count("campaign_task") == kinds.count("campaign") == 1
    held.pass_on(task.id, cast["clerk"], by=cast["manager"])
    held.pass_receiving_on(running.id, cast["supervisor"], by=cast["manager"])
    assert (task.person_id, running.receiver_id) == (cast["clerk"].id, cast["supervisor"].id)
    assert list(held.held_by(cast["archivist"])) == list(held.received_by(cast["archivist"])) == []


def test_years_in_a_row_are_told_together() -> None:
    assert spans([2006, 2004, 2005, 2009, 2005]) == "2004–2006, 2009"
    assert spans([]) == ""


def test_an_expected_paper_is_no_document(running: Any) -> None:
    """Its keys are no keys of documents: none is asked for, and none seals what was handed in."""
    handed_in = makers.make_submission(running.parties[0], running.papers[0], 2021)
    with statements() as asked:
        assert sealing.sealed_file_of(handed_in) is None
    assert not [one for one in asked if "FROM document" in one]
