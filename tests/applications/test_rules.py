"""Applications: each kind says what it must, another person decides, and what is done is told and filed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from app.applications import rules
from app.applications.models import APPLICATION_KINDS, APPLICATION_STATES, Application, GoodsLine
from app.archive.models import Document
from app.customers.models import Tenancy
from app.demo import makers
from app.estate.rules import find_site
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing


@pytest.fixture(scope="module")
def _tenancy(standing: Standing) -> Made:
    return standing(lambda: makers.make_tenancy(makers.make_unit("0512", site=find_site(SITE))))


@pytest.fixture
def tenancy(_tenancy: Made) -> Tenancy:
    found: Tenancy = _tenancy()
    return found


def step(application: Application, name: str, by: Any = None, **said: Any) -> None:
    walk(rules.MOVES, application, name, by=by, write=audit.write, **said)
    db.session.flush()


def done(tenancy: Tenancy, kind: str, given: str = "", **more: Any) -> Application:
    application = makers.make_application(tenancy, kind, **more)
    if kind == "goods_release":
        rules.add_line(GoodsLine(application=application, title="办公桌", quantity=6))
    step(application, "approve")
    step(application, "finish", given=given)
    return application


@pytest.mark.parametrize("kind", APPLICATION_KINDS)
def test_each_kind_goes_from_asked_to_done_and_is_filed(tenancy: Tenancy, kind: str) -> None:
    application = done(tenancy, kind)
    paper = db.session.scalars(select(Document).where(Document.source == "Application")).one()
    assert application.number.startswith("SQ-") and application.done_on == today()
    assert paper.paper_class == ("nameboard" if kind == "nameboard" else "application")
    assert (paper.reference, paper.file.tenancy_id) == (application.number, tenancy.id)


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("lock", {"what": ""}, "what"),
        ("phone", {"what": ""}, "what"),
        ("parking", {"plate": ""}, "plate"),
        ("nameboard", {"wanted_words": ""}, "wanted_words"),
        ("overtime", {"from_at": None}, "from_at"),
        ("overtime", {"until_at": None}, "until_at"),
        ("overtime", {"until_at": now() - dt.timedelta(days=1)}, "until_at"),
        ("goods_release", {"from_at": None}, "from_at"),
        ("lock", {"quantity": 0}, "quantity"),
        ("lock", {"fee_cents": -1}, "fee_cents"),
        ("lock", {"unit": None}, "unit"),
    ],
)
def test_what_a_kind_must_say_is_asked_beside_its_field(
    tenancy: Tenancy, kind: str, said: dict[str, Any], field: str
) -> None:
    application = makers.make_application(tenancy, kind)
    for name, value in said.items():
        setattr(application, name, value)
    with pytest.raises(RuleError) as refused:
        rules.check(application)
    assert refused.value.field == field


def test_a_vacant_unit_asks_for_nothing(site: Any) -> None:
    with pytest.raises(RuleError) as refused:
        rules.ask(Application(unit=makers.make_unit(site=site), kind="lock", applicant="林晚", what="换锁"))
    assert refused.value.field == "unit"


def test_a_name_board_put_up_is_told_to_the_tenancy(tenancy: Tenancy) -> None:
    done(tenancy, "nameboard", wanted_words="瑞恒科技 Ruiheng")
    assert tenancy.nameboard == "瑞恒科技 Ruiheng"
    refused = makers.make_application(tenancy, "nameboard", wanted_words="别的名字")
    step(refused, "refuse", reason="与执照不符")
    assert tenancy.nameboard == "瑞恒科技 Ruiheng"


def test_parking_spaces_add_up(tenancy: Tenancy) -> None:
    done(tenancy, "parking", given="B2-013")
    done(tenancy, "parking", plate="京B·00000")
    done(tenancy, "parking", given="B2-013")
    assert tenancy.parking == "B2-013、京B·00000"


def test_a_tenant_who_has_left_is_told_nothing_new(tenancy: Tenancy) -> None:
    application = makers.make_application(tenancy, "nameboard", wanted_words="新名")
    step(application, "approve")
    tenancy.state = "ended"
    step(application, "finish")
    assert tenancy.nameboard == ""


def test_who_wrote_it_down_does_not_decide(tenancy: Tenancy, cast: Any) -> None:
    application = makers.make_application(tenancy)
    application.created_by_id = cast["supervisor"].id
    db.session.flush()
    for name, said in (("approve", {}), ("refuse", {"reason": "否"})):
        with pytest.raises(RuleError):
            step(application, name, cast["supervisor"], **said)
    step(application, "approve", cast["manager"])
    assert (application.state, application.decided_by_id) == ("approved", cast["manager"].id)


def test_a_refusal_says_why(tenancy: Tenancy) -> None:
    application = makers.make_application(tenancy)
    with pytest.raises(RuleError):
        step(application, "refuse", reason=" ")
    step(application, "refuse", reason="与规定不符")
    assert application.reason == "与规定不符"


def test_goods_are_listed_before_they_are_released(tenancy: Tenancy) -> None:
    release = makers.make_application(tenancy, "goods_release")
    with pytest.raises(RuleError):
        step(release, "approve")
    line = rules.add_line(GoodsLine(application=release, title="办公桌", quantity=None))
    assert line.quantity == 1
    step(release, "approve")
    with pytest.raises(RuleError):
        rules.add_line(GoodsLine(application=release, title="后加的", quantity=1))
    with pytest.raises(RuleError):
        rules.amend_line(line)


def test_only_a_release_lists_goods(tenancy: Tenancy) -> None:
    with pytest.raises(RuleError):
        rules.add_line(GoodsLine(application=makers.make_application(tenancy), title="办公桌", quantity=1))


def test_a_decided_application_stays_as_it_is(tenancy: Tenancy) -> None:
    application = makers.make_application(tenancy)
    rules.amend(application)
    step(application, "approve")
    with pytest.raises(RuleError):
        rules.amend(application)


@pytest.mark.parametrize("state", APPLICATION_STATES)
@pytest.mark.parametrize("name", [move.name for move in rules.MOVES])
def test_no_step_is_taken_from_a_state_it_does_not_begin_in(tenancy: Tenancy, state: str, name: str) -> None:
    application = makers.make_application(tenancy)
    application.state = state
    if state not in next(move.source for move in rules.MOVES if move.name == name):
        with pytest.raises(RuleError):
            step(application, name, **({"reason": "误"} if name == "refuse" else {}))
        assert application.state == state
