"""Loans: who has to agree, what cannot be lent, the slip's signatures, the clock, and how files come back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.archive import held as archive_held
from app.archive import rules as archive
from app.archive.keeping import AccessRule
from app.archive.models import File
from app.demo import loans_makers, makers
from app.demo.loans_makers import add_to_loan, approve_loan, give_back, make_loan, make_loan_out
from app.estate.models import Place
from app.incidents.models import Incident
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db
from app.loans import held, register, returning, rules
from app.loans.models import Loan, LoanLine, LoanReturn
from app.security import audit

DAY = dt.timedelta(days=1)


def make_file(site: Any, pages: int = 12) -> File:
    """A filed file with one paper of so many pages."""
    file = makers.make_file(makers.make_unit(site=site))
    makers.make_document(file, pages=pages)
    archive.file_away(file)
    file.state = "filed"
    db.session.flush()
    return file


def destroy(file: File) -> None:
    """As a destruction list would leave it."""
    db.session.execute(update(File).where(File.id == file.id).values(state="destroyed"))
    db.session.refresh(file)


def step(loan: Any, name: str, who: Any, **said: Any) -> None:
    table = returning.LINE_MOVES if isinstance(loan, LoanLine) else rules.MOVES
    walk(table, loan, name, by=who, write=audit.write, **said)
    db.session.flush()


def set_policy(**values: Any) -> AccessRule:
    """The whole file's rule for taking away, changed."""
    rule = db.session.scalars(
        select(AccessRule).where(
            AccessRule.mode == "take_away",
            AccessRule.seal == "none",
            AccessRule.paper_class == "",
            AccessRule.scheme_key == archive.HOME_SCHEME,
        )
    ).one()
    for name, value in values.items():
        setattr(rule, name, value)
    db.session.flush()
    return rule


def test_up_to_three_days_two_agree_and_a_longer_loan_needs_a_third(site: Any, cast: Any) -> None:
    clerk = cast["clerk"]
    assert make_loan(make_file(site), clerk, 3).chain == "supervisor manager"
    assert make_loan(make_file(site), clerk, 4).chain == "supervisor manager director"
    with pytest.raises(RuleError) as refused:
        make_loan(make_file(site), clerk, 31)
    assert refused.value.field == "days"


def test_a_limit_that_the_source_lost_is_filled_in_first(site: Any, cast: Any) -> None:
    file = make_file(site)
    set_policy(longest_hours=None)
    with pytest.raises(RuleError) as refused:
        make_loan(file, cast["clerk"])
    assert refused.value.field == "days"
    set_policy(longest_hours=72)
    assert make_loan(file, cast["clerk"]).state == "asked"


def test_a_policy_of_less_than_a_day_means_the_same_day(site: Any, cast: Any) -> None:
    """P1.15: returned the same day; overdue at 24:00."""
    file = make_file(site)
    set_policy(longest_hours=9, beyond="", utmost_hours=None)
    with pytest.raises(RuleError):
        make_loan(file, cast["clerk"], 2)
    loan = make_loan_out(file, cast["clerk"], 1)
    assert loan.is_same_day and loan.due_on == today()


def test_the_days_begin_when_the_files_are_handed_out(site: Any, cast: Any, monkeypatch: Any) -> None:
    loan = approve_loan(make_loan(make_file(site), cast["clerk"], 2))
    later = now() + 5 * DAY
    monkeypatch.setattr("app.kit.columns.clock", lambda: later)
    step(loan, "hand_out", cast["archivist"], is_signed_on_paper=True)
    assert loan.due_on == today() + 2 * DAY and loan.handed_out_by_id == cast["archivist"].id


def test_both_sign_or_it_is_not_handed_out(site: Any, cast: Any) -> None:
    loan = approve_loan(make_loan(make_file(site), cast["clerk"]))
    for said in ({}, {"borrower_signature": "M1 1L2 2"}, {"keeper_signature": "M1 1L2 2"}):
        with pytest.raises(RuleError) as refused:
            rules.hand_out(loan, by=cast["archivist"], **said)
        assert refused.value.field == "borrower_signature"
    rules.hand_out(loan, by=cast["archivist"], borrower_signature="M1 1L2 2", keeper_signature="M1 1L3 3")
    assert loan.lines[0].state == "out"


def test_nobody_hands_out_to_themselves_nor_counts_what_they_give_back(site: Any, cast: Any) -> None:
    keeper = cast["archivist"]
    loan = approve_loan(make_loan(make_file(site), keeper))
    with pytest.raises(RuleError):
        step(loan, "hand_out", keeper, is_signed_on_paper=True)
    step(loan, "hand_out", cast["manager"], is_signed_on_paper=True)
    with pytest.raises(RuleError):
        step(loan, "take_back", keeper, pages=12, is_checked=True)
    assert loan.state == "out"


def test_the_database_lends_no_file_twice(site: Any, cast: Any) -> None:
    file = make_file(site)
    first, second = make_loan(file, cast["clerk"]), make_loan(file, cast["archivist"])
    approve_loan(first)
    step(first, "hand_out", cast["archivist"], is_signed_on_paper=True)
    with pytest.raises(RuleError):
        make_loan(file, cast["clerk"])
    line = {"site_id": site.id, "loan_id": second.id, "file_id": file.id, "position": 2, "pages": 1, "state": "out"}
    other = make_loan(make_file(site), cast["clerk"])
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(insert(LoanLine).values(**line | {"loan_id": other.id}, version=1, is_checked=False))
    asked = line | {"loan_id": other.id, "state": "asked"}  # the negative control: only what is out is alone
    db.session.execute(insert(LoanLine).values(**asked, version=1, is_checked=False))


def test_of_two_agreed_loans_the_second_is_not_handed_out(site: Any, cast: Any) -> None:
    file = make_file(site)
    first, second = (approve_loan(make_loan(file, cast[who])) for who in ("clerk", "archivist"))
    step(first, "hand_out", cast["archivist"], is_signed_on_paper=True)
    with pytest.raises(RuleError):
        step(second, "hand_out", cast["manager"], is_signed_on_paper=True)


def test_who_is_late_borrows_nothing_and_is_told_the_number_alone(site: Any, cast: Any, monkeypatch: Any) -> None:
    late = make_loan_out(make_file(site), cast["clerk"], 1)
    other, waiting = make_file(site), approve_loan(make_loan(make_file(site), cast["clerk"]))
    moment = now() + 2 * DAY
    monkeypatch.setattr("app.kit.columns.clock", lambda: moment)
    with pytest.raises(RuleError) as refused:
        make_loan(other, cast["clerk"])
    assert late.number in str(refused.value) and late.lines[0].file.number not in str(refused.value)
    with pytest.raises(RuleError):
        step(waiting, "hand_out", cast["archivist"], is_signed_on_paper=True)
    assert make_loan(other, cast["archivist"]).state == "asked"
    give_back(late)
    assert make_loan(make_file(site), cast["clerk"]).state == "asked"


def test_what_is_destroyed_sealed_or_missing_is_not_lent_and_an_open_file_is(site: Any, cast: Any) -> None:
    clerk = cast["clerk"]
    shredded = make_file(site)
    destroy(shredded)
    with pytest.raises(RuleError):
        make_loan(shredded, clerk)
    for seal in ("sealed", "restricted"):
        file = make_file(site)
        file.seal = seal
        db.session.flush()
        with pytest.raises(RuleError):
            make_loan(file, clerk)
    gone = make_file(site)
    loans_makers.make_incident(gone, by=clerk)
    with pytest.raises(RuleError):
        make_loan(gone, clerk)
    assert make_loan(makers.make_file(makers.make_unit(site=site)), clerk).state == "asked"


def test_more_files_go_on_until_somebody_has_decided_and_the_policy_is_asked_anew(site: Any, cast: Any) -> None:
    loan = make_loan(make_file(site), cast["clerk"])
    second = add_to_loan(loan, make_file(site, pages=30))
    assert [line.position for line in loan.lines] == [1, 2] and second.pages == 30
    other = make_file(site)
    with pytest.raises(RuleError), db.session.no_autoflush:
        rules.add_line(LoanLine(loan=loan, file=other), by=cast["supervisor"])
    db.session.expunge_all()
    loan = db.session.get_one(Loan, loan.id)
    step(loan, "pass_on", makers.user("supervisor"))
    with pytest.raises(RuleError):
        add_to_loan(loan, make_file(site))


def test_a_place_is_borrowed_whole_and_says_what_is_left_out(site: Any, cast: Any) -> None:
    box = Place(site_id=site.id, kind="box", code="H-01", name="一号盒")
    db.session.add(box)
    kept = [make_file(site) for _ in range(4)]
    for file in kept:
        file.place = box
    kept[2].seal = "sealed"
    db.session.flush()
    destroy(kept[1])
    make_loan_out(kept[3], cast["archivist"], keeper=cast["manager"])
    loan = make_loan(None, cast["clerk"], place=box)
    assert [line.file_id for line in loan.lines] == [kept[0].id]
    left = loan.left_out.split("；")  # what is destroyed lies nowhere any more
    assert [part.split(":")[0] for part in left] == sorted(file.number for file in kept[2:])
    destroy(kept[0])
    with pytest.raises(RuleError) as refused:
        make_loan(None, cast["clerk"], place=box)
    assert refused.value.field == "place"


def test_what_comes_back_is_counted_and_ticked(site: Any, cast: Any) -> None:
    loan = make_loan_out(make_file(site, pages=12), cast["clerk"])
    for said in ({"pages": 11, "is_checked": True}, {"pages": 12, "is_checked": False}):
        with pytest.raises(RuleError):
            returning.take_back(loan, by=cast["archivist"], **said)
    step(loan, "take_back", cast["archivist"], pages=12, is_checked=True)
    assert (loan.state, loan.returned_on, loan.is_checked) == ("returned", today(), True)
    [back] = db.session.scalars(select(LoanReturn))
    assert (back.pages, back.condition, back.received_by_id) == (12, "complete", cast["archivist"].id)


def test_one_of_several_comes_back_and_the_rest_is_still_out(site: Any, cast: Any) -> None:
    loan = make_loan(make_file(site), cast["clerk"])
    add_to_loan(loan, make_file(site))
    approve_loan(loan)
    step(loan, "hand_out", cast["archivist"], is_signed_on_paper=True)
    first, second = loan.lines
    step(first, "take_back", cast["archivist"], pages=12, is_checked=True)
    assert loan.state == "out" and rules.terms.on_loan(first.file) is None
    step(second, "take_back", cast["archivist"], pages=12, is_checked=True)
    assert loan.state == "returned"


def test_damage_and_loss_are_incidents_in_the_same_transaction(site: Any, cast: Any) -> None:
    loan = make_loan(make_file(site), cast["clerk"])
    add_to_loan(loan, make_file(site))
    approve_loan(loan)
    step(loan, "hand_out", cast["archivist"], is_signed_on_paper=True)
    harmed, gone = loan.lines
    with pytest.raises(RuleError):
        returning.take_back_damaged(harmed, by=cast["archivist"], pages=11)
    db.session.refresh(harmed)
    step(harmed, "take_back_damaged", cast["archivist"], pages=11, reason="缺第 3 页")
    step(gone, "lose", cast["archivist"], reason="出租车上遗失")
    found = list(db.session.scalars(select(Incident).order_by(Incident.id)))
    assert [(one.kind, one.accountable_id, one.task) for one in found] == [
        ("damage", cast["clerk"].id, "to_do"), ("loss", cast["clerk"].id, "to_do"),
    ]  # fmt: skip
    assert loan.state == "lost" and not loan.is_checked
    assert {back.incident_id for back in db.session.scalars(select(LoanReturn))} == {one.id for one in found}


def test_a_follow_up_is_not_returned_without_a_result(site: Any, cast: Any) -> None:
    """P1.16."""
    loan = make_loan_out(make_file(site), cast["clerk"], purpose_kind="follow_up")
    with pytest.raises(RuleError) as refused:
        returning.take_back(loan, by=cast["archivist"], pages=12, is_checked=True)
    assert refused.value.field == "result"
    db.session.expire_all()
    with pytest.raises(RuleError):
        rules.note_result(loan, by=cast["archivist"])
    loan.result = "客户同意续约一年"
    rules.note_result(loan, by=cast["clerk"])
    step(loan, "take_back", cast["archivist"], pages=12, is_checked=True)
    assert loan.state == "returned"


def test_a_line_that_was_lent_never_changes_but_for_its_return(site: Any, cast: Any) -> None:
    """Law 6."""
    line = make_loan_out(make_file(site), cast["clerk"]).lines[0]
    other = make_file(site)

    def tamper(**values: Any) -> None:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(line, name, value)
            db.session.flush()

    for values in ({"pages": 1}, {"file_id": other.id}, {"state": "back", "pages": 3}):
        with pytest.raises(AppendOnlyError):
            tamper(**values)
        db.session.expire_all()
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        db.session.delete(line)
        db.session.flush()
    db.session.expire_all()
    give_back(line.loan)
    db.session.expire(line)
    with pytest.raises(AppendOnlyError):
        tamper(state="out")
    db.session.expire_all()
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        db.session.scalars(select(LoanReturn)).one().remark = "改"
        db.session.flush()


def test_while_a_file_is_on_loan_nobody_moves_out_and_nothing_is_destroyed(site: Any, cast: Any) -> None:
    file = make_file(site)
    loan = make_loan_out(file, cast["clerk"])
    assert any(loan.number in str(why) for why in archive.in_the_way(file.tenancy))
    assert any(loan.number in str(why) for ask in archive.may_destroy for why in ask(file))
    give_back(loan)
    assert not any(loan.number in str(why) for why in archive.in_the_way(file.tenancy))
    assert not list(rules.keeps(file))


def test_a_loan_is_held_by_who_borrowed_until_it_is_back(site: Any, cast: Any) -> None:
    loan = make_loan_out(make_file(site), cast["clerk"])
    [one] = held.held_by(cast["clerk"])
    assert (one.kind, one.key, one.quantity, one.pages, one.file) == ("loan", loan.id, 1, 12, loan.file)
    assert archive_held.holders["loan"][1] is None  # given back, not handed on
    give_back(loan)
    assert not list(held.held_by(cast["clerk"]))


def test_an_approved_loan_that_nobody_fetches_is_given_up_by_who_asked(site: Any, cast: Any) -> None:
    loan = approve_loan(make_loan(make_file(site), cast["clerk"]))
    with pytest.raises(RuleError):
        step(loan, "give_up", cast["supervisor"])
    step(loan, "give_up", cast["clerk"])
    assert loan.state == "withdrawn"


def test_the_months_register_says_each_loan_and_what_became_of_it(site: Any, cast: Any) -> None:
    file = makers.make_filed_file(makers.make_unit(site=site))
    loan = make_loan_out(file, cast["clerk"])
    (line,) = register.lines_of(file.site_id, today(), today())
    assert (line["number"], line["state"]) == (loan.number, "out")
    assert [number for number, _pages, _state in line["files"]] == [file.number]
    give_back(loan)
    assert register.lines_of(file.site_id, today(), today()) != [line]
    assert register.lines_of(file.site_id, today() - dt.timedelta(days=40), today() - dt.timedelta(days=10)) == []
