"""Every state machine of the console: no forbidden step is walked, every state is reached, every step has its right."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.customers import rules as customers
from app.demo import makers
from app.kit import moves
from app.kit.cells import view_of
from app.kit.errors import RuleError
from app.kit.kinds import mapper_of
from app.kit.labels import choices
from app.kit.session import db
from app.security import roles
from app.security.audit_words import ACTIONS
from tests.house.full_house import record_views

pytestmark = pytest.mark.once


@pytest.fixture
def machines(app: Flask) -> list[Any]:
    """The views whose records have steps."""
    found = [view for view in record_views(app) if view.moves and "state" in mapper_of(view.model).columns]
    assert len(found) > 3
    return found


def test_every_forbidden_step_is_refused_and_changes_nothing(machines: list[Any]) -> None:
    tried = 0
    for view in machines:
        for state in choices(view.model, "state"):
            for step in view.moves:
                if state in step.source:
                    continue
                record, lines = view.model(state=state), []
                with pytest.raises(RuleError, match="记录状态已变"):
                    moves.walk(view.moves, record, step.name, by=None, write=lambda *a, **k: lines.append(a))  # noqa: B023
                assert record.state == state and lines == []
                tried += 1
    assert tried > 50


def test_steps_name_states_that_there_are(machines: list[Any]) -> None:
    strange = [
        (view.model.__name__, step.name, state)
        for view in machines
        for step in view.moves
        for state in [*step.source, *([step.target] if step.target else [])]
        if state not in choices(view.model, "state")
    ]
    assert strange == []


def test_no_two_steps_of_a_record_have_one_name(machines: list[Any]) -> None:
    for view in machines:
        names = [step.name for step in view.moves]
        assert sorted(names) == sorted(set(names)), view.model.__name__


def test_every_step_can_be_taken_by_somebody_and_has_a_word_in_the_audit(machines: list[Any]) -> None:
    for view in machines:
        for step in view.moves:
            permission, verb = step.permission
            assert [role for role in roles.TABLE if roles.may(role, verb, permission)], (view.model.__name__, step.name)
            assert step.name in ACTIONS, step.name


def test_states_in_which_a_record_changes_are_states(app: Flask) -> None:
    views = [view for view in record_views(app) if view.edit_states is not None]
    assert len(views) > 8
    for view in views:
        assert set(view.edit_states) < set(choices(view.model, "state")), view.model.__name__


def test_a_record_that_is_over_is_not_offered_to_be_edited(login: Any, site: Any, all_rights: None) -> None:
    """The page and the rule agree: the button goes with the state."""
    unit = makers.make_unit(site=site)
    makers.make_tenancy(unit)
    tenancy = customers.live_tenancy(unit)
    for record, over in (
        (makers.make_complaint(unit), "closed"), (makers.make_repair(unit), "dropped"),
        (makers.make_visit(unit), "done"), (makers.make_notice(unit), "issued"),
        (makers.make_application(tenancy), "refused"),
    ):  # fmt: skip
        at = view_of(type(record)).route_base
        edit = f'href="{at}/{record.id}/edit"'
        assert edit in login("manager").get(f"{at}/{record.id}").text, at
        record.state = over
        db.session.commit()
        assert edit not in login("manager").get(f"{at}/{record.id}").text, at
