"""Incidents: what must be said, the penalty's bounds, who may decide, and the paper made again at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.archive import held as archive_held
from app.demo import makers
from app.demo.loans_makers import make_incident
from app.estate.rules import find_site
from app.incidents import held, rules
from app.incidents.models import INCIDENT_KINDS, Incident, PenaltyBound
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: makers.make_file(makers.make_unit(site=find_site(SITE)), by=makers.user("archivist")))


@pytest.fixture
def file(_file: Made) -> Any:
    return _file()


def step(incident: Incident, name: str, who: Any, **said: Any) -> None:
    walk(rules.MOVES, incident, name, by=who, write=audit.write, **said)
    db.session.flush()


def test_numbers_run_without_a_gap_and_the_site_is_the_files(file: Any, cast: Any) -> None:
    first, second = make_incident(file, by=cast["clerk"]), make_incident(file, "leak", by=cast["clerk"])
    assert (first.number, second.number) == (f"SG-{today().year}-00001", f"SG-{today().year}-00002")
    assert first.site_id == file.site_id and first.found_by_id == cast["clerk"].id and first.found_on == today()


@pytest.mark.parametrize("kind", INCIDENT_KINDS)
def test_what_is_lost_damaged_or_destroyed_is_made_again_by_tomorrow(file: Any, cast: Any, kind: str) -> None:
    """P1.17: at once. The task is the file's keeper's where nobody else is named."""
    incident = make_incident(file, kind, by=cast["clerk"])
    if kind in ("loss", "damage", "destroyed"):
        assert (incident.task, incident.remaker_id) == ("to_do", cast["archivist"].id)
        assert incident.remake_due_on == today() + DAY
    else:
        assert (incident.task, incident.remaker_id, incident.remake_due_on) == ("", None, None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what_happened": " "}, "what_happened"),
        ({"found_on": today() + DAY}, "found_on"),
    ],
)
def test_what_must_be_said_is_asked_for(file: Any, cast: Any, said: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        make_incident(file, by=cast["clerk"], **said)
    assert refused.value.field == field


def test_a_paper_is_one_of_its_file(file: Any, site: Any, cast: Any) -> None:
    paper, other = makers.make_document(file), makers.make_file(makers.make_unit(site=site))
    said = {"kind": "damage", "document": paper, "what_happened": "撕裂"}
    incident = rules.open_incident(Incident(**said), by=cast["clerk"])
    assert incident.file is file
    with pytest.raises(RuleError) as refused:
        rules.open_incident(Incident(**said, file=other), by=cast["clerk"])
    assert refused.value.field == "document"


@pytest.mark.parametrize(("cents", "fits"), [(4_999, False), (5_000, True), (50_000, True), (50_001, False)])
def test_a_penalty_is_between_50_and_500_yuan(file: Any, cast: Any, cents: int, fits: bool) -> None:
    """P1.17."""
    incident = make_incident(file, by=cast["clerk"], accountable_id=cast["clerk"].id)
    if fits:
        step(incident, "decide", cast["manager"], decision="罚款", penalty_cents=cents)
        assert (incident.state, incident.penalty_cents) == ("decided", cents)
        return
    with pytest.raises(RuleError) as refused:
        step(incident, "decide", cast["manager"], decision="罚款", penalty_cents=cents)
    assert refused.value.field == "penalty_cents"


def test_the_bounds_are_the_sites_own(file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"], accountable_name="保洁公司")
    bound = rules.bound_of(file.site_id)
    assert (bound.least_cents, bound.most_cents) == (5_000, 50_000)
    bound.most_cents = 100_000
    rules.set_bound(bound)
    step(incident, "decide", cast["manager"], decision="罚款", penalty_cents=80_000)
    with pytest.raises(RuleError):
        rules.set_bound(PenaltyBound(site_id=file.site_id, least_cents=200, most_cents=100))


def test_a_penalty_names_who_pays_it(file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"])
    with pytest.raises(RuleError):
        step(incident, "decide", cast["manager"], decision="罚款", penalty_cents=5_000)
    step(incident, "decide", cast["manager"], decision="不予处罚")
    assert incident.penalty_cents is None


def test_whoever_is_accountable_does_not_decide(file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"], accountable_id=cast["manager"].id)
    with pytest.raises(RuleError):
        step(incident, "decide", cast["manager"], decision="没事")
    assert incident.state == "open"
    step(incident, "decide", cast["director"], decision="批评")
    assert incident.decided_by_id == cast["director"].id


def test_the_task_is_done_with_the_new_paper_named(file: Any, site: Any, cast: Any, acting: Any) -> None:
    old = makers.make_document(file)
    incident = make_incident(file, "damage", by=cast["clerk"], document=old)
    stranger = makers.make_document(makers.make_file(makers.make_unit(site=site)))
    for wrong in (None, old, stranger):
        with pytest.raises(RuleError) as refused:
            rules.remake(incident, by=cast["archivist"], new_paper=wrong)
        assert refused.value.field == "new_paper"
    new = makers.make_document(file)
    with acting(cast["clerk"]), pytest.raises(RuleError):
        step(incident, "remake", cast["clerk"], new_paper=new)
    step(incident, "remake", cast["archivist"], new_paper=new)
    assert (incident.state, incident.task, incident.remade_on) == ("open", "done", today())
    step(incident, "decide", cast["manager"], decision="批评")
    assert incident.state == "remade"
    step(incident, "close", cast["manager"], outcome="已重新制作并归档")
    assert incident.state == "closed" and incident.task == "done"


def test_a_task_is_held_and_passes_to_another(file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"])
    [one] = held.held_by(cast["archivist"])
    assert (one.kind, one.key, one.file) == ("task", incident.id, file)
    ask, pass_on = archive_held.holders["task"]
    assert pass_on is not None
    pass_on(one.key, cast["clerk"], by=cast["manager"])
    assert not list(ask(cast["archivist"])) and [each.key for each in ask(cast["clerk"])] == [incident.id]


def test_the_task_is_given_to_another_for_another_day(file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"])
    with pytest.raises(RuleError):
        step(incident, "hand_task", cast["supervisor"], remaker=cast["clerk"], remake_due_on=today() - DAY)
    step(incident, "hand_task", cast["supervisor"], remaker=cast["clerk"], remake_due_on=today())
    assert (incident.remaker_id, incident.remake_due_on) == (cast["clerk"].id, today())


def test_what_is_decided_changes_no_more_and_what_is_closed_leaves_no_task(file: Any, cast: Any) -> None:
    incident = make_incident(file, by=cast["clerk"])
    rules.amend(incident)
    step(incident, "decide", cast["manager"], decision="寻回")
    with pytest.raises(RuleError):
        rules.amend(incident)
    with pytest.raises(RuleError):
        step(incident, "close", cast["manager"], outcome=" ")
    assert rules.missing(file) is incident
    step(incident, "close", cast["manager"], outcome="在碎纸间找到，完好")
    assert incident.task == "" and not list(held.held_by(cast["archivist"])) and rules.missing(file) is None


def test_an_incident_without_a_file_belongs_to_the_writers_site(site: Any, cast: Any, acting: Any) -> None:
    """P8.03: a breach need not be of one file."""
    with acting(cast["clerk"]):
        incident = rules.open_incident(Incident(kind="leak", what_happened="群里发了名单"), by=cast["clerk"])
    assert incident.site_id == site.id
    assert db.session.scalars(select(Incident)).one() is incident
