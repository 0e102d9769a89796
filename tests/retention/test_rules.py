"""How long, what holds it back, who judges, who agrees, who witnesses; and that what is destroyed is gone."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.archive import rules as archive
from app.archive import scans
from app.archive import schemes as archive_schemes
from app.demo import makers
from app.demo.retention_makers import (
    agree,
    judge,
    make_appraisal,
    make_approved_appraisal,
    make_destroyed,
    make_destruction,
    make_hold,
    make_item,
    take,
)
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import AppendOnlyError, abandon_work, db, finish_work
from app.retention import destroying, due, holds, judging, periods, verifying
from app.retention.models import CLOCKS, RetentionRule
from app.security import audit
from app.security.models import AuditLine
from tests.archive import stored_files
from tests.retention.conftest import papers


def line(paper_class: str = "", scheme: str = "office_tower") -> RetentionRule:
    return periods.table_of(scheme)[paper_class]


# --- numbers ---


def test_two_sites_number_their_lists_alike(site: Any) -> None:
    """Each site counts for itself; at one site a number is there once."""
    here, there = make_appraisal(site=site), make_appraisal(site=makers.make_site())
    assert here.number == there.number and here.site_id != there.site_id
    here.number = make_appraisal(site=site).number
    with pytest.raises(IntegrityError):
        db.session.flush()


# --- how long ---


@pytest.mark.parametrize(
    ("began", "length", "ends"),
    [
        (dt.date(2016, 2, 29), {"years": 10}, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 31), {"months": 1}, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 1), {"days": 90}, dt.date(2026, 4, 1)),
        (dt.date(2025, 11, 30), {"years": 1, "months": 3, "days": 2}, dt.date(2027, 3, 2)),
    ],
)
def test_a_period_ends_on_the_day_that_the_calendar_says(began: dt.date, length: Any, ends: dt.date) -> None:
    assert periods.after(began, RetentionRule(**length)) == ends


def test_the_latest_start_is_the_last_day_whose_period_is_over() -> None:
    dice = random.Random(7)
    for _ in range(400):
        rule = RetentionRule(years=dice.randint(0, 4), months=dice.randint(0, 14), days=dice.randint(1, 40))
        day = dt.date(2020, 1, 1) + dt.timedelta(days=dice.randint(0, 2200))
        latest = periods.latest_start(rule, day)
        assert periods.after(latest, rule) <= day < periods.after(latest + dt.timedelta(days=1), rule)


def test_each_clock_begins_where_it_says(site: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    file.opened_on = dt.date(2020, 5, 6)
    paper = makers.make_document(file, "letter", issued_on=dt.date(2021, 7, 8))
    of_class = {clock: RetentionRule(scheme_key="x", paper_class="letter", clock=clock, years=1) for clock in CLOCKS}
    assert {clock: periods.began_on(paper, rule) for clock, rule in of_class.items()} == {
        "moved_out": None,
        "trade_ended": None,
        "made": dt.date(2021, 7, 8),
        "fiscal_year": dt.date(2022, 1, 1),
    }
    file.closed_on = dt.date(2025, 3, 4)
    assert periods.began_on(paper, of_class["moved_out"]) == dt.date(2025, 3, 4)
    assert periods.began_on(file, RetentionRule(clock="made", paper_class="", years=1)) == dt.date(2020, 5, 6)


def test_a_paper_is_kept_as_its_class_says_and_else_as_its_file(moved_out: Any) -> None:
    file = moved_out(closed_on=dt.date(2024, 2, 1), letter=1, visit=1, fitout=1)
    letter, visit, fitout = papers(file)
    assert periods.due_on(file) == periods.due_on(letter) == dt.date(2034, 2, 1)
    assert periods.due_on(visit) == dt.date(2011, 5, 4)
    assert periods.due_on(fitout) is None


def test_a_period_that_the_source_lost_refuses_until_it_is_filled_in(moved_out: Any) -> None:
    file = moved_out()
    line().years = None
    db.session.flush()
    with pytest.raises(RuleError, match="保管期限|fill it in"):
        periods.due_on(file)
    assert file not in due.listed(due.files_due(), [file.site_id], 50)
    with pytest.raises(RuleError):
        list(judging.in_the_way(file))
    line().days = 90
    db.session.flush()
    assert periods.due_on(file) == dt.date(2012, 5, 30)


def test_a_scheme_without_a_table_gets_a_line_to_fill_in() -> None:
    assert periods.bring_in("somewhere_else", {}) == 1
    assert line(scheme="somewhere_else").is_lost
    assert periods.bring_in("somewhere_else", {}) == 0


def test_what_the_house_changed_stays_when_the_scheme_is_loaded_again() -> None:
    line("visit").years = 7
    db.session.flush()
    assert periods.bring_in("office_tower", archive_schemes.current("office_tower").body) == 0
    assert line("visit").years == 7


def test_a_changed_period_is_a_line_with_the_old_and_the_new(cast: Any) -> None:
    rule = line("visit")
    rule.years, rule.days = None, 400
    periods.amend_rule(rule, by=cast["manager"])
    told = db.session.scalars(select(AuditLine).where(AuditLine.action == "set_period")).all()[-1]
    assert told.detail == {"from": "P3Y made", "to": "P400D made"}


@pytest.mark.parametrize("wrong", [{"years": None}, {"years": -1}, {"is_permanent": True}, {"years": 4000}])
def test_a_line_says_one_thing(cast: Any, wrong: dict[str, Any]) -> None:
    rule = line("visit")
    for name, value in wrong.items():
        setattr(rule, name, value)
    with db.session.no_autoflush, pytest.raises(RuleError):
        periods.amend_rule(rule, by=cast["manager"])
    db.session.expire(rule)


def test_what_is_due_by_statement_is_what_is_due_by_the_calendar(moved_out: Any) -> None:
    dice, made = random.Random(3), []
    for _ in range(12):
        years = dice.choice([1, 3, 9, 10, 11, 14])
        file = moved_out(closed_on=today() - dt.timedelta(days=365 * years + dice.randint(-3, 6)), letter=1, visit=1)
        file.documents[1].issued_on = today() - dt.timedelta(days=365 * 3 + dice.randint(-3, 3))
        file.documents[0].issued_on = None
        made.append(file)
    db.session.flush()
    found = set(db.session.scalars(due.files_due())) | set(db.session.scalars(due.papers_due()))
    for file in made:
        late = {paper for paper in file.documents if (periods.due_on(paper) or today()) <= today()}
        whole = periods.due_on(file) <= today() and len(late) == 2
        assert (file in found) == whole
        assert {paper for paper in file.documents if paper in found} == (set() if whole else late)


def test_a_file_with_a_paper_that_is_kept_for_good_falls_due_paper_by_paper(moved_out: Any) -> None:
    file = moved_out(letter=1, fitout=1)
    assert file not in set(db.session.scalars(due.files_due()))
    assert papers(file)[0] in set(db.session.scalars(due.papers_due()))
    assert papers(file)[1] not in set(db.session.scalars(due.papers_due()))


# --- holds ---


def test_a_held_file_is_neither_due_nor_destroyed(site: Any, moved_out: Any) -> None:
    file = moved_out()
    make_hold(file)
    assert file not in set(db.session.scalars(due.files_due()))
    item = make_item(make_appraisal(site), file)
    with pytest.raises(RuleError, match="租赁纠纷诉讼"):
        judge(item)


def test_with_the_hold_check_off_the_destruction_goes_through(site: Any, moved_out: Any, monkeypatch: Any) -> None:
    """The negative control: the hold alone stands between the file and the shredder."""
    file = moved_out()
    drawn = make_approved_appraisal(site, [file])
    make_hold(file)
    with pytest.raises(RuleError, match="租赁纠纷诉讼"):
        make_destroyed(drawn)
    monkeypatch.setattr(archive, "may_destroy", [])
    _forget_lists()
    make_destroyed(drawn)
    assert file.state == "destroyed"


def _forget_lists() -> None:
    """The list that was refused at its submission is called off."""
    for list_ in db.session.scalars(select(destroying.Destruction)):
        list_.state = "withdrawn"
    db.session.flush()


def test_a_hold_placed_after_the_witnesses_signed_still_stops_it(site: Any, moved_out: Any, cast: Any) -> None:
    file = moved_out()
    drawn = make_destruction(make_approved_appraisal(site, [file]))
    for step, who in (("submit", "archivist"), ("approve_high", "director"), ("witness", "supervisor")):
        take(drawn, step, who)
    take(drawn, "witness_too", "archivist")
    make_hold(file, cast["director"])
    with pytest.raises(RuleError, match="租赁纠纷诉讼"):
        take(drawn, "carry_out", "clerk")
    assert file.state == "closed"


def test_a_hold_until_a_day_ends_by_itself(moved_out: Any, monkeypatch: Any) -> None:
    file = moved_out()
    make_hold(file, until_on=today() + dt.timedelta(days=3))
    assert list(holds.in_the_way(file))
    later = today() + dt.timedelta(days=4)
    monkeypatch.setattr(holds, "today", lambda: later)
    assert not list(holds.in_the_way(file))


def test_who_placed_a_hold_does_not_release_it(moved_out: Any, cast: Any) -> None:
    hold = make_hold(moved_out(), cast["director"])
    step = holds.MOVES[0]
    with pytest.raises(RuleError):
        step.guard(hold, cast["director"])  # type: ignore[misc]
    step.guard(make_hold(moved_out(), cast["manager"]), cast["director"])  # type: ignore[misc]
    with pytest.raises(RuleError):
        holds.release(hold, by=cast["manager"], reason=" ")


@pytest.mark.parametrize("change", ["reason", "until_on", "state", "placed_by_id"])
def test_a_released_hold_never_changes(moved_out: Any, cast: Any, change: str) -> None:
    hold = make_hold(moved_out())
    holds.release(hold, by=cast["director"], reason="撤诉")
    values = {"reason": "别的", "until_on": today(), "state": "held", "placed_by_id": cast["clerk"].id}
    setattr(hold, change, values[change])
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_a_live_hold_changes_by_its_release_only(moved_out: Any) -> None:
    hold = make_hold(moved_out())
    hold.until_on = today()
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_a_hold_is_never_deleted(moved_out: Any) -> None:
    db.session.delete(make_hold(moved_out()))
    with pytest.raises(AppendOnlyError):
        db.session.flush()


# --- appraisal ---


def test_everything_due_is_listed_in_one_click_and_only_once(site: Any, moved_out: Any) -> None:
    files = [moved_out(), moved_out(), moved_out(closed_on=today())]
    drawn = make_appraisal(site)
    take(drawn, "list_due", "archivist")
    assert [item.file for item in drawn.items] == files[:2]
    with pytest.raises(RuleError):
        take(make_appraisal(site), "list_due", "archivist")


def test_what_is_kept_on_until_a_day_is_due_again_after_it(site: Any, moved_out: Any) -> None:
    file = moved_out()
    drawn = make_appraisal(site, [file])
    judge(drawn.items[0], "keep", keep_until=today() + dt.timedelta(days=30))
    for step, who in (("close_list", "archivist"), ("sign", "archivist"), ("sign", "supervisor")):
        take(drawn, step, who)
    take(drawn, "approve", "manager")
    take(drawn, "approve_high", "director")
    assert file not in set(db.session.scalars(due.files_due()))
    assert file in set(db.session.scalars(due.files_due(today() + dt.timedelta(days=31))))


def test_only_the_group_judges(site: Any, moved_out: Any) -> None:
    drawn = make_appraisal(site, [moved_out()])
    with pytest.raises(RuleError):
        judge(drawn.items[0], by="clerk")


@pytest.mark.parametrize("axis", judging.AXES)
def test_every_axis_is_judged_before_the_list_is_complete(site: Any, moved_out: Any, axis: str) -> None:
    drawn = make_appraisal(site, [moved_out()])
    judge(drawn.items[0], **{axis: ""})
    with pytest.raises(RuleError):
        take(drawn, "close_list", "archivist")
    judge(drawn.items[0])
    take(drawn, "close_list", "archivist")


def test_one_person_is_no_group_and_no_opinion_is_none(site: Any, moved_out: Any) -> None:
    alone = make_appraisal(site, [moved_out()], group=["archivist"])
    judge(alone.items[0])
    with pytest.raises(RuleError):
        take(alone, "close_list", "archivist")
    silent = make_appraisal(site, [moved_out()])
    judge(silent.items[0])
    silent.opinion = " "
    with pytest.raises(RuleError):
        take(silent, "close_list", "archivist")


def test_what_is_kept_longer_cannot_be_judged_destroy(site: Any, moved_out: Any) -> None:
    drawn = make_appraisal(site)
    for file in (
        moved_out(closed_on=today()),
        moved_out(letter=1, fitout=1),
        makers.make_file(makers.make_unit(site=site)),
    ):
        with pytest.raises(RuleError):
            judge(make_item(drawn, file))
        db.session.expire_all()


def test_a_list_that_is_being_signed_never_changes(site: Any, moved_out: Any) -> None:
    drawn = make_approved_appraisal(site, [moved_out()])
    item = drawn.items[0]
    item.verdict = "keep"
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()


def test_signing_is_each_members_once_and_approving_is_another_persons(site: Any, moved_out: Any, cast: Any) -> None:
    drawn = make_appraisal(site, [moved_out()], group=["archivist", "manager"])
    judge(drawn.items[0])
    take(drawn, "close_list", "archivist")
    with pytest.raises(RuleError):
        take(drawn, "sign", "clerk")
    take(drawn, "sign", "archivist")
    assert drawn.state == "appraised"
    with pytest.raises(RuleError):
        take(drawn, "sign", "archivist")
    take(drawn, "sign", "manager")
    assert drawn.state == "passed"
    with pytest.raises(RuleError):
        take(drawn, "approve", "manager")


def test_classified_items_stand_apart_and_only_who_classified_declassifies(
    site: Any, moved_out: Any, cast: Any
) -> None:
    drawn = make_appraisal(site, [moved_out()], is_classified=True, group=["archivist", "supervisor"])
    item = drawn.items[0]
    assert item.secrecy == "secret"
    with pytest.raises(RuleError):
        judge(item, "keep", secrecy="none")
    judge(item, "keep", secrecy="secret")
    with pytest.raises(RuleError):
        take(drawn, "close_list", "archivist")
    item.classified_by = cast["supervisor"]
    item.classified_by_id = cast["supervisor"].id
    with pytest.raises(RuleError):
        judge(item, "keep", declassify="yes")
    judge(item, "keep", declassify="yes", by="supervisor")
    ordinary = make_appraisal(site, [moved_out()])
    with pytest.raises(RuleError):
        judge(ordinary.items[0], "keep", secrecy="secret")


def test_papers_are_listed_one_by_one(site: Any, moved_out: Any) -> None:
    file = moved_out(letter=3, fitout=1)
    drawn = make_appraisal(site)
    make_item(drawn, file, "letter")
    assert [item.document for item in drawn.items] == papers(file)[:3]
    with pytest.raises(RuleError):
        make_item(drawn, file, "letter")
    with pytest.raises(RuleError):
        make_item(drawn, file)


# --- destruction ---


def test_what_is_destroyed_is_gone_and_what_was_said_of_it_stays(site: Any, moved_out: Any, on_disk: Any) -> None:
    file, other = moved_out(letter=2), moved_out()
    kept = [(scan.sha256, scan.size) for paper in papers(file) for scan in paper.scans]
    finish_work()
    assert on_disk(file) == [True, True] and on_disk(other) == [True]
    drawn = make_destroyed(make_approved_appraisal(site, [file]))
    assert on_disk(file) == [True, True], "bytes go with the commit, not before"
    finish_work()
    assert on_disk(file) == [False, False] and on_disk(other) == [True]
    assert [(scan.sha256, scan.size) for paper in papers(file) for scan in paper.scans] == kept
    assert {paper.destroyed_on for paper in file.documents} == {today()}
    assert (file.state, file.place_id, drawn.state) == ("destroyed", None, "done")
    assert list(verifying.left(drawn)) == []
    assert list(scans.damaged()) == []


def test_a_rollback_keeps_the_bytes(site: Any, moved_out: Any, on_disk: Any) -> None:
    file = moved_out()
    finish_work()
    make_destroyed(make_approved_appraisal(site, [file]))
    abandon_work()
    finish_work()
    assert on_disk(file) == [True]


def test_one_paper_is_destroyed_and_its_file_stays(site: Any, moved_out: Any, on_disk: Any) -> None:
    file = moved_out(letter=1, fitout=1)
    finish_work()
    drawn = make_appraisal(site)
    judge(make_item(drawn, file, "letter"))
    agree(drawn)
    make_destroyed(drawn)
    finish_work()
    assert on_disk(file) == [False, True]
    assert file.state == "closed" and papers(file)[1].destroyed_on is None


def test_a_file_that_came_back_is_found_by_verify_sweep_and_fixity(site: Any, moved_out: Any) -> None:
    """The machine stopped between the commit and the deletion: the proof fails, and sweeping puts it right."""
    file = moved_out()
    finish_work()
    scan = file.documents[0].scans[0]
    content = stored_files.path_of(scan).read_bytes()
    drawn = make_destroyed(make_approved_appraisal(site, [file]))
    finish_work()
    stored_files.path_of(scan).write_bytes(content)
    assert list(verifying.left(drawn)) == [f"stored file {scan.blob}"]
    with pytest.raises(RuleError):
        verifying.check(drawn)
    assert [reason for _kept, reason in scans.damaged()] == ["not destroyed"]
    assert scan.blob in scans.sweep(older_than=0).removed
    assert list(verifying.left(drawn)) == []


def test_a_copy_of_the_same_bytes_elsewhere_is_told(site: Any, moved_out: Any) -> None:
    file, other = moved_out(), moved_out()
    scan, twin = file.documents[0].scans[0], other.documents[0].scans[0]
    finish_work()
    content = stored_files.path_of(scan).read_bytes()
    drawn = make_destroyed(make_approved_appraisal(site, [file]))
    finish_work()
    stored_files.path_of(twin).write_bytes(content)
    assert list(verifying.left(drawn)) == [f"stored file {twin.blob}"]


def test_confidential_papers_are_shredded_and_ordinary_ones_may_be_torn(site: Any, moved_out: Any) -> None:
    with pytest.raises(RuleError, match="碎|shredded"):
        make_destruction(make_approved_appraisal(site, [moved_out()]), method="torn")
    drawn = make_appraisal(site)
    judge(make_item(drawn, moved_out(visit=2, fitout=1), "visit"))
    for item in drawn.items[1:]:
        judge(item)
    agree(drawn)
    assert make_destruction(drawn, method="torn").method == "torn"


def test_a_witness_who_approved_is_refused(site: Any, moved_out: Any, cast: Any) -> None:
    drawn = make_approved_appraisal(site, [moved_out()])
    for name in ("first_witness", "second_witness"):
        with pytest.raises(RuleError):
            make_destruction(drawn, **{name: cast["manager"]})
    mine = make_destruction(drawn, first_witness=cast["technician"])
    take(mine, "submit", "archivist")
    mine.first_witness_id = cast["director"].id
    db.session.flush()
    with pytest.raises(RuleError):
        take(mine, "approve_high", "director")


@pytest.mark.parametrize("same", ["carrier", "second_witness"])
def test_carrier_and_witnesses_are_three_people(site: Any, moved_out: Any, cast: Any, same: str) -> None:
    drawn = make_approved_appraisal(site, [moved_out()])
    with pytest.raises(RuleError):
        make_destruction(drawn, **{same: cast["supervisor"]})


def test_each_witness_signs_once_for_themselves(site: Any, moved_out: Any) -> None:
    drawn = make_destruction(make_approved_appraisal(site, [moved_out()]))
    take(drawn, "submit", "archivist")
    with pytest.raises(RuleError):
        take(drawn, "witness", "supervisor")
    take(drawn, "approve_high", "director")
    for step, who in (("witness", "archivist"), ("witness", "clerk"), ("witness_too", "supervisor")):
        with pytest.raises(RuleError):
            take(drawn, step, who)
    take(drawn, "witness", "supervisor")
    with pytest.raises(RuleError):
        take(drawn, "witness", "supervisor")
    with pytest.raises(RuleError):
        take(drawn, "carry_out", "clerk")
    take(drawn, "witness_too", "archivist")
    with pytest.raises(RuleError):
        take(drawn, "carry_out", "archivist")


def test_a_finished_list_is_locked(site: Any, moved_out: Any) -> None:
    drawn = make_destroyed(make_approved_appraisal(site, [moved_out()]))
    drawn.venue = "别处"
    with pytest.raises(AppendOnlyError):
        db.session.flush()


@pytest.mark.parametrize("what", ["state", "destroyed_on", "delete_file", "delete_paper"])
def test_nothing_else_destroys(moved_out: Any, what: str) -> None:
    file = moved_out()
    if what == "state":
        file.state = "destroyed"
    elif what == "destroyed_on":
        papers(file)[0].destroyed_on = today()
    else:
        db.session.delete(file if what == "delete_file" else file.documents[0])
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_nothing_brings_back(site: Any, moved_out: Any) -> None:
    file = moved_out()
    make_destroyed(make_approved_appraisal(site, [file]))
    file.state = "closed"
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_the_rooms_above_hear_of_every_file_and_paper(site: Any, moved_out: Any, monkeypatch: Any, cast: Any) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(archive, "destroyed", [lambda file, *, by: heard.append((file, by))])
    monkeypatch.setattr(archive, "paper_destroyed", [lambda paper, *, by: heard.append((paper, by))])
    file = moved_out()
    make_destroyed(make_approved_appraisal(site, [file]))
    assert heard == [(file.documents[0], cast["clerk"]), (file, cast["clerk"])]


def test_the_steps_stand_in_the_audit(site: Any, moved_out: Any) -> None:
    file = moved_out()
    drawn = make_destroyed(make_approved_appraisal(site, [file]))
    of_list = {line.action for line in lines_of(drawn)}
    assert {"draw_up", "submit", "approve_high", "witness", "witness_too", "carry_out"} <= of_list
    told = [line for line in lines_of(file) if line.action in ("destroy", "destroy_paper")]
    assert [line.detail["list"] for line in told] == [drawn.number] * 2
    assert told[0].detail["sha256"] == [file.documents[0].scans[0].sha256]


def lines_of(record: Any) -> list[AuditLine]:
    audit.settle(db.session())
    mine = (AuditLine.subject_type == type(record).__name__, AuditLine.subject_id == record.id)
    return list(db.session.scalars(select(AuditLine).where(*mine).order_by(AuditLine.id)))


def test_a_refused_list_leaves_its_items_to_the_next(site: Any, moved_out: Any) -> None:
    drawn = make_approved_appraisal(site, [moved_out()])
    first = make_destruction(drawn)
    with pytest.raises(RuleError):
        make_destruction(drawn)
    take(first, "submit", "archivist")
    take(first, "refuse", "director", reason="再核对一次")
    assert len(make_destruction(drawn).items) == 1
