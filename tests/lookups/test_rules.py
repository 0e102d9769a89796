"""Who may read what, how and for how long: the policy, the chain, the classes, the clock, the seals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from app.archive import access, approvals, seals
from app.archive.keeping import AccessRule
from app.archive.models import File
from app.demo import lookups_makers, makers
from app.estate.rules import find_site
from app.kit import columns
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.kinds import mapper_of
from app.kit.moves import walk
from app.kit.session import db, finish_work
from app.lookups import changes, grants, reviews, rules
from app.lookups.models import LookupRequest, RegisterReview
from app.models import metadata
from app.security import audit, gate
from tests.conftest import SITE
from tests.standing import Made, Standing

Acting = Callable[..., Any]


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    def write() -> File:
        made = makers.make_file(makers.make_unit(site=find_site(SITE)), by=makers.user("archivist"))
        makers.make_document(made, "licence", title="照一")
        makers.make_document(made, "identity", title="证一")
        assert made.customer is not None
        made.customer.representative = "欧阳修远"
        made.state, made.filed_at = "filed", now()
        return made

    return standing(write)


@pytest.fixture
def file(_file: Made) -> File:
    """A filed file with a licence and a copy of an identity card."""
    found: File = _file()
    return found


def paper(file: File, paper_class: str) -> Any:
    return next(each for each in file.documents if each.paper_class == paper_class)


def press(record: Any, verb: str, by: Any, **said: Any) -> None:
    walk(rules.MOVES, record, verb, by=by, write=audit.write, **said)
    db.session.flush()


@pytest.mark.parametrize("by, mode, classes, chain", [
    ("clerk", "read_in_office", "", "supervisor manager"),
    ("clerk", "read_in_office", "identity", "manager director"),
    ("clerk", "read_in_office", "licence identity", "supervisor manager director"),
    ("clerk", "copy", "", "supervisor manager director"),
    ("supervisor", "read_in_office", "", "manager"),
    ("manager", "read_in_office", "", "supervisor director"),
    ("director", "read_in_office", "", "supervisor manager"),
])  # fmt: skip
def test_the_policy_names_who_agrees(file: File, cast: Any, by: str, mode: str, classes: str, chain: str) -> None:
    hours = 8 if "identity" in classes else 24
    assert lookups_makers.make_request(file, cast[by], mode=mode, classes=classes, hours=hours).chain == chain


@pytest.mark.parametrize("more, field", [
    ({"mode": "copy", "classes": "identity"}, "mode"), ({"mode": "take_away"}, "mode"), ({"hours": 73}, "hours"),
    ({"hours": 0}, "hours"), ({"hours": 9, "classes": "identity"}, "hours"), ({"purpose": " "}, "purpose"),
    ({"classes": "nothing"}, "classes"),
])  # fmt: skip
def test_what_the_policy_does_not_allow_is_refused_beside_its_field(
    file: File, cast: Any, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        lookups_makers.make_request(file, cast["clerk"], **more)
    assert refused.value.field == field


def test_a_limit_that_the_source_lost_is_filled_in_first(file: File, cast: Any) -> None:
    shipped = access.lost()  # what other trades ship to fill in
    rule = access.rules_of("office_tower", "read_in_office")[""]
    rule.longest_hours = None
    db.session.flush()
    assert [one for one in access.lost() if one not in shipped] == [rule]
    with pytest.raises(RuleError) as refused:
        lookups_makers.make_request(file, cast["clerk"])
    assert refused.value.field == "hours"
    rule.longest_hours = 24
    db.session.flush()
    assert access.lost() == shipped and lookups_makers.make_request(file, cast["clerk"]).state == "asked"


def test_who_agrees_is_another_person_each_time(file: File, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    request = lookups_makers.make_request(file, cast["clerk"])
    press(request, "pass_on", cast["supervisor"])
    with pytest.raises(RuleError):
        press(request, "approve", cast["supervisor"])
    with pytest.raises(RuleError):
        press(request, "approve", cast["clerk"])
    assert request.state == "passed"
    monkeypatch.setattr(approvals, "decisions", lambda _record: [])  # the negative control
    press(request, "approve", cast["supervisor"])
    assert request.state == "approved"


def test_the_whole_file_is_read_without_the_classes_that_have_a_rule_of_their_own(
    file: File, cast: Any, acting: Acting
) -> None:
    lookups_makers.make_grant(file, cast["clerk"])
    with acting(cast["clerk"]):
        assert gate.value(paper(file, "licence"), "title") == "照一"
        assert gate.value(paper(file, "identity"), "title") is gate.SEALED
    lookups_makers.make_grant(file, cast["clerk"], classes="identity")  # the two together
    with acting(cast["clerk"]):
        assert gate.value(paper(file, "licence"), "title") == "照一"
        assert gate.value(paper(file, "identity"), "title") == "证一"


def test_a_grant_for_one_class_lets_read_no_other(file: File, cast: Any, acting: Acting) -> None:
    lookups_makers.make_grant(file, cast["clerk"], classes="licence")
    with acting(cast["clerk"]):
        assert gate.value(paper(file, "licence"), "title") == "照一"
        assert gate.value(file.customer, "representative") is gate.SEALED and gate.is_sealed(file)


@pytest.mark.parametrize("mode, goes", [("read_in_office", False), ("copy", True)])
def test_a_reading_does_not_print_or_leave(file: File, cast: Any, acting: Acting, mode: str, goes: bool) -> None:
    lookups_makers.make_grant(file, cast["clerk"], mode=mode)
    with acting(cast["clerk"]):
        assert not gate.is_sealed(file)
        for way in (gate.PRINT, gate.DOWNLOAD):
            with gate.going(way):
                assert (gate.value(file.customer, "representative") == "欧阳修远") is goes
        grant = gate.grant_of(file)
        assert (grant.allows("read"), grant.allows("print")) == (True, goes)


def test_a_clock_that_is_set_back_brings_nothing_to_life(
    file: File, cast: Any, acting: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its end was seen, and before it began."""
    request = lookups_makers.make_grant(file, cast["clerk"])
    finish_work()
    begin, end = request.decided_at, request.expires_at
    assert begin is not None and end is not None
    at = lambda moment: monkeypatch.setattr(columns, "clock", lambda: moment)  # noqa: E731

    def reads() -> bool:
        with acting(cast["clerk"]):
            return not gate.is_sealed(file)

    at(begin - dt.timedelta(seconds=1))
    assert not reads()
    at(end - dt.timedelta(seconds=1))
    assert reads()
    at(end)
    audit.write("log_in", None, {}, by=cast["admin"])
    finish_work()
    at(end - dt.timedelta(hours=1))
    assert not reads()
    monkeypatch.setattr(grants, "_outlived", lambda _requests: set())  # the negative control
    assert reads()


def test_a_seal_ends_what_was_granted_before_and_a_request_asked_before(file: File, cast: Any, acting: Acting) -> None:
    lookups_makers.make_grant(file, cast["clerk"])
    waiting = lookups_makers.make_request(file, cast["archivist"])
    press(waiting, "pass_on", cast["supervisor"])
    walk(seals.MOVES, file, "seal", by=cast["manager"], write=audit.write, reason="争议")
    db.session.flush()
    with acting(cast["clerk"]):
        assert gate.is_sealed(file)
    with pytest.raises(RuleError), db.session.begin_nested():
        press(waiting, "approve", cast["manager"])
    assert lookups_makers.make_request(file, cast["clerk"]).chain == "director"


def test_every_record_that_a_file_seals_says_as_what_it_is_filed() -> None:
    """Else a look-up of some classes could never be for it."""
    known = {"File", "Document", "Scan"}
    unsaid = {
        mapper.class_.__name__
        for mapper in mapper_of(File).registry.mappers
        if "tenancy_id" in mapper.columns
        and mapper.class_.__name__ not in known
        and any(column.info.get("sealed") for column in mapper.columns)
        and not getattr(mapper.class_, "filed_as", "")
    }
    assert unsaid <= NOT_OF_A_CLASS and metadata.tables


NOT_OF_A_CLASS: set[str] = set()


@pytest.mark.parametrize("more, field", [
    ({"chain": ""}, "chain"), ({"longest_hours": 0}, "longest_hours"), ({"longest_hours": None}, "longest_hours"),
    ({"beyond": "director"}, "utmost_hours"), ({"utmost_hours": 99}, "beyond"),
    ({"beyond": "director", "utmost_hours": 72}, "utmost_hours"),
])  # fmt: skip
def test_a_rule_of_access_makes_sense(site: Any, more: dict[str, Any], field: str) -> None:
    rule = AccessRule(scheme_key="x", mode="copy", chain="manager", longest_hours=72, is_allowed=True, beyond="")
    for name, value in more.items():
        setattr(rule, name, value)
    with pytest.raises(RuleError) as refused:
        access.amend(rule)
    assert refused.value.field == field


def test_a_working_copy_is_not_replaced_by_hand(site: Any, cast: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    working = makers.make_document(file, "lease", copy_kind="working", title="工作副本")
    with pytest.raises(RuleError):
        makers.make_document(file, "lease", copy_kind="working", replaces=working)
    db.session.expire(file, ["documents"])
    change = lookups_makers.make_paper_change(working, cast["clerk"])
    with pytest.raises(RuleError):
        walk(changes.MOVES, change, "agree", by=cast["clerk"], write=audit.write)
    walk(changes.MOVES, change, "agree", by=cast["manager"], write=audit.write)
    db.session.flush()
    assert change.new_version is not None and change.new_version.replaces is working
    assert change.new_version.pages == working.pages + 1
    with pytest.raises(RuleError):
        lookups_makers.make_paper_change(working, cast["clerk"])  # it has a newer version now


def test_a_register_is_signed_once_and_after_its_month(site: Any, cast: Any) -> None:
    review = lookups_makers.make_register_review(site, cast["manager"])
    assert (review.lines, len(review.digest)) == (0, 64)
    with pytest.raises(RuleError):
        lookups_makers.make_register_review(site, cast["manager"])
    with pytest.raises(RuleError) as refused:
        reviews.sign(RegisterReview(site=site, register="lookups", month=f"{now():%Y-%m}"), by=cast["manager"])
    assert refused.value.field == "month"


def test_what_a_register_says_is_in_its_checksum(file: File, site: Any, cast: Any) -> None:
    request: LookupRequest = lookups_makers.make_request(file, cast["clerk"])
    request.created_at = now() - dt.timedelta(days=now().day + 3)
    db.session.flush()
    month = f"{request.created_at:%Y-%m}"
    before = reviews.content("lookups", site.id, month)
    request.purpose = "另有用途"
    db.session.flush()
    assert before[0] == 1 and reviews.content("lookups", site.id, month) != before
