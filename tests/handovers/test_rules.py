"""Hand-overs: made of what is held, checked by who receives, locked by three, and everything passed on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.archive import held
from app.archive.models import File
from app.demo import makers
from app.estate.models import SiteUser
from app.handovers import checking, clearing, listing, rules
from app.handovers.checking import Said
from app.handovers.models import Clearance, Handover, HandoverLine
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db
from app.lookups.models import LookupRequest
from app.repairs import rules as repairs
from app.security import accounts, audit
from tests.handovers.conftest import Step, give_work, sign_all


def test_the_list_is_what_the_giver_really_holds(site: Any, cast: Any, files: list[File]) -> None:
    work = give_work(site, cast["clerk"], cast["supervisor"])
    elsewhere = makers.make_file(makers.make_unit(site=makers.make_site()), by=cast["clerk"])
    db.session.flush()
    handover = makers.make_handover(site, cast["clerk"], cast["supervisor"], cast["manager"])
    rules.list_all_of(handover, by=cast["clerk"])
    assert {(line.kind, line.key) for line in handover.lines} == {
        ("complaint", work["complaint"].id),
        ("visit", work["visit"].id),
    }
    assert elsewhere.custodian_id == cast["clerk"].id  # of a site that this list is not of
    assert rules.list_all_of(handover, by=cast["clerk"]) == 0


def test_what_is_not_held_cannot_be_listed(site: Any, cast: Any, handover: Handover, files: list[File]) -> None:
    nobodys = makers.make_file(makers.make_unit(site=site))
    with pytest.raises(RuleError, match="kept|保管"):
        rules.add_line(HandoverLine(handover=handover, file=nobodys))
    db.session.expire(handover)
    anothers = give_work(site, cast["clerk"], cast["supervisor"])["complaint"]
    with pytest.raises(RuleError):
        rules.add_line(HandoverLine(handover=handover, kind="complaint", key=anothers.id, title=str(anothers)))
    db.session.expire(handover)
    rules.add_line(HandoverLine(handover=handover, title="档案柜钥匙", quantity=2))
    assert handover.lines[-1].kind == "other"


def test_nobody_signs_before_every_line_is_checked_by_who_receives(handover: Handover, cast: Any, step: Step) -> None:
    with pytest.raises(RuleError):
        step(handover, "sign", "archivist")
    step(handover, "close_list", "archivist")
    with pytest.raises(RuleError):
        step(handover, "all_present", "archivist")
    with pytest.raises(RuleError, match="3"):
        step(handover, "checked", "supervisor")
    with pytest.raises(RuleError):
        checking.check(handover, {handover.lines[0].id: Said("present")}, by=cast["archivist"])
    step(handover, "all_present", "supervisor")
    step(handover, "checked", "supervisor")
    assert handover.state == "signing" and len(handover.digest) == 64


def test_what_is_missing_stays_with_the_giver(handover: Handover, cast: Any, files: list[File], step: Step) -> None:
    step(handover, "close_list", "archivist")
    first, second, _third = handover.lines
    with pytest.raises(RuleError):
        checking.check(handover, {second.id: Said("differs")}, by=cast["supervisor"])
    said = {first.id: Said("missing"), second.id: Said("differs", pages=3, finding="缺附件")}
    assert checking.check(handover, said, by=cast["supervisor"]) == 2
    step(handover, "all_present", "supervisor")
    step(handover, "checked", "supervisor")
    sign_all(step, handover)
    assert handover.state == "done" and handover.done_on is not None
    keepers = [file.custodian_id for file in files]
    assert keepers == [cast["archivist"].id, cast["supervisor"].id, cast["supervisor"].id]
    assert [line.found for line in checking.variances(handover)] == ["missing", "differs"]


def test_open_work_passes_on_with_the_last_signature(site: Any, cast: Any, step: Step) -> None:
    work = give_work(site, cast["clerk"], cast["supervisor"])
    handover = makers.make_handover(site, cast["clerk"], cast["supervisor"], cast["manager"])
    rules.list_all_of(handover, by=cast["clerk"])
    for name in ("all_present", "checked"):
        if handover.state == "draft":
            step(handover, "close_list", "clerk")
        step(handover, name, "supervisor")
    sign_all(step, handover, "clerk")
    assert work["complaint"].assignee_id == work["visit"].visitor_id == cast["supervisor"].id
    assert not [thing for thing in held.everything_held_by(cast["clerk"]) if thing.kind != "file"]


def test_repairs_pass_to_a_technician_only(site: Any, cast: Any, step: Step) -> None:
    repair = makers.make_repair(makers.make_tenancy(makers.make_unit(site=site)).unit)
    walk(repairs.MOVES, repair, "dispatch", by=cast["clerk"], write=audit.write, assignee=cast["technician"])
    handover = makers.make_handover(site, cast["technician"], cast["clerk"], cast["manager"])
    assert rules.list_all_of(handover, by=cast["technician"]) == 1
    step(handover, "close_list", "technician")
    step(handover, "all_present", "clerk")
    step(handover, "checked", "clerk")
    step(handover, "sign", "technician")
    step(handover, "sign", "clerk")
    with pytest.raises(RuleError, match="WX-"), db.session.begin_nested():
        step(handover, "sign", "manager")
    db.session.refresh(repair)
    assert (handover.state, repair.assignee_id) == ("signing", cast["technician"].id)


def test_a_signed_list_never_changes(handover: Handover, cast: Any, step: Step) -> None:
    step(handover, "close_list", "archivist")
    step(handover, "all_present", "supervisor")
    step(handover, "checked", "supervisor")
    sign_all(step, handover)
    for change in (
        lambda: setattr(handover, "reason", "改"),
        lambda: setattr(handover.lines[0], "found", "missing"),
        lambda: db.session.delete(handover.lines[0]),
        lambda: setattr(handover.signatures[0], "drawn", "M1 1L2 2"),
    ):
        with pytest.raises((AppendOnlyError, RuleError)), db.session.begin_nested():
            change()
            db.session.flush()
        db.session.expire_all()
    with pytest.raises(RuleError):
        rules.add_line(HandoverLine(handover=handover, title="钥匙"))


def test_a_list_changed_behind_the_signatures_is_noticed(handover: Handover, cast: Any, step: Step) -> None:
    step(handover, "close_list", "archivist")
    step(handover, "all_present", "supervisor")
    step(handover, "checked", "supervisor")
    step(handover, "sign", "archivist")
    handover.lines[0].found = "missing"
    db.session.flush()
    with pytest.raises(RuleError):
        step(handover, "sign", "supervisor")


def test_lines_leave_a_draft_and_nothing_else(handover: Handover, step: Step) -> None:
    db.session.delete(handover.lines[2])
    db.session.flush()
    db.session.expire(handover)
    assert len(handover.lines) == 2
    step(handover, "close_list", "archivist")
    with pytest.raises(RuleError), db.session.begin_nested():
        db.session.delete(handover.lines[0])
        db.session.flush()


def test_another_organisation_signs_on_the_screen_of_who_hands_over(
    site: Any, cast: Any, files: list[File], step: Step
) -> None:
    said: dict[str, Any] = {"site_id": site.id, "giver_id": cast["archivist"].id, "supervisor_id": cast["manager"].id}
    with pytest.raises(RuleError):
        rules.draw_up(Handover(**said, kind="organisations", reason="进馆"), by=cast["archivist"])
    outside = Handover(
        **said, kind="organisations", reason="进馆", receiver_organisation="区档案馆", receiver_name="容止"
    )
    rules.draw_up(outside, by=cast["archivist"])
    assert outside.is_outside and outside.receives == "容止"
    rules.list_all_of(outside, by=cast["archivist"])
    step(outside, "close_list", "archivist")
    with pytest.raises(RuleError):
        step(outside, "all_present", "supervisor")
    step(outside, "all_present", "archivist")
    step(outside, "checked", "archivist")
    step(outside, "sign", "archivist")
    with pytest.raises(RuleError):
        step(outside, "sign_receiver", "archivist")
    with pytest.raises(RuleError):
        step(outside, "sign_receiver", "manager", receiver_signature="M1 1L9 9")
    step(outside, "sign_receiver", "archivist", receiver_signature="M1 1L9 9")
    step(outside, "sign", "manager")
    assert outside.state == "done"
    assert [(s.role, s.signed_name, s.user_id) for s in outside.signatures][1] == (
        "receiver",
        "容止",
        cast["archivist"].id,
    )
    assert {file.custodian_id for file in files} == {None}


def test_departments_are_named_and_the_three_differ(site: Any, cast: Any) -> None:
    said = {"site_id": site.id, "giver_id": cast["clerk"].id, "supervisor_id": cast["manager"].id, "reason": "调整"}
    with pytest.raises(RuleError):
        rules.draw_up(Handover(**said, kind="departments", receiver_id=cast["archivist"].id), by=None)
    with pytest.raises(RuleError):
        rules.draw_up(Handover(**said, receiver_id=cast["clerk"].id), by=None)
    with pytest.raises(RuleError):
        rules.draw_up(Handover(**said, receiver_id=cast["stranger"].id), by=None)


def test_another_receiver_checks_anew(handover: Handover, cast: Any, step: Step) -> None:
    step(handover, "close_list", "archivist")
    step(handover, "all_present", "supervisor")
    with pytest.raises(RuleError):
        step(handover, "succeed", "archivist", receiver=cast["manager"])
    step(handover, "succeed", "archivist", receiver=cast["clerk"])
    assert {line.found for line in handover.lines} == {"unchecked"} and handover.receiver_id == cast["clerk"].id
    with pytest.raises(RuleError):
        step(handover, "all_present", "supervisor")


def test_a_list_is_counted_against_what_is_held(handover: Handover, files: list[File], step: Step) -> None:
    db.session.delete(handover.lines[0])
    db.session.flush()
    db.session.expire(handover)
    (category,) = [each for each in listing.reconcile(handover) if each.kind == "file"]
    assert (category.listed, category.held, category.left) == (2, 3, 1)
    rules.add_line(HandoverLine(handover=handover, title=files[1].number))
    assert listing.twice(handover) == [files[1].number]
    with pytest.raises(RuleError, match=files[1].number):
        step(handover, "close_list", "archivist")


# --- leavers ---


def leaving(cast: Any, who: str = "clerk", **more: Any) -> Clearance:
    named = {"receiver_id": cast["supervisor"].id, "supervisor_id": cast["manager"].id, **more}
    return clearing.begin(Clearance(user_id=cast[who].id, reason="离职", **named), by=cast["admin"])


def test_an_account_is_not_closed_while_anything_is_held(site: Any, cast: Any) -> None:
    give_work(site, cast["clerk"], cast["supervisor"])
    with pytest.raises(accounts.StillHoldsError, match="1"):
        accounts.change_standing(cast["clerk"], False, by=cast["admin"])
    assert cast["clerk"].active
    accounts.change_standing(cast["technician"], False, by=cast["admin"])
    assert not cast["technician"].active


def test_without_asking_the_rooms_the_account_would_close(
    site: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with nobody asked, the same leaver is let go with full hands."""
    give_work(site, cast["clerk"], cast["supervisor"])
    monkeypatch.setattr(accounts, "still_holds", [])
    accounts.change_standing(cast["clerk"], False, by=cast["admin"])
    assert not cast["clerk"].active


def test_one_click_lists_everything_of_a_leaver(site: Any, cast: Any, step: Step) -> None:
    give_work(site, cast["clerk"], cast["supervisor"])
    clearance = leaving(cast)
    (handover,) = clearing.hand_over(clearance, by=cast["admin"])
    assert len(handover.lines) == 2 and handover.clearance_id == clearance.id
    with pytest.raises(RuleError):
        clearing.hand_over(clearance, by=cast["admin"])
    step(handover, "close_list", "archivist")
    step(handover, "all_present", "supervisor")
    step(handover, "checked", "supervisor")
    sign_all(step, handover, "clerk")
    assert clearing.counts(cast["clerk"]) == []
    assert len(clearing.taken_over(clearance)) == 2
    walk(clearing.MOVES, clearance, "close", by=cast["admin"], write=audit.write)
    assert (clearance.state, cast["clerk"].active) == ("done", False)


def test_a_request_is_withdrawn_and_not_handed_on(site: Any, cast: Any) -> None:
    file = makers.make_filed_file(makers.make_unit(site=site))
    makers.make_request(file, cast["clerk"])
    clearance = leaving(cast)
    assert [count for _words, count in clearing.counts(cast["clerk"])] == [1]
    with pytest.raises(RuleError):
        clearing.hand_over(clearance, by=cast["admin"])
    request = db.session.scalars(select(LookupRequest)).one()
    request.state = "withdrawn"
    db.session.flush()
    assert clearing.counts(cast["clerk"]) == []


def test_a_person_is_cleared_once_and_by_others(cast: Any) -> None:
    leaving(cast)
    with pytest.raises(RuleError):
        leaving(cast)
    with pytest.raises(RuleError):
        leaving(cast, "supervisor")


def test_nobody_is_taken_off_a_site_with_full_hands(site: Any, cast: Any, handover: Handover) -> None:
    def line_of(who: str) -> SiteUser:
        mine = (SiteUser.site_id == site.id, SiteUser.user_id == cast[who].id)
        return db.session.scalars(select(SiteUser).where(*mine)).one()

    for who in ("archivist", "supervisor"):  # one holds files, the other is to receive them
        with pytest.raises(RuleError), db.session.begin_nested():
            db.session.delete(line_of(who))
            db.session.flush()
        db.session.expire_all()
    db.session.delete(line_of("director"))
    db.session.flush()
