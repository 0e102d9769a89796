"""Every state machine of the console: no forbidden step is walked, every state is reached, every step has its right."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.kit import moves
from app.kit.errors import RuleError
from app.kit.labels import choices
from app.security import roles
from app.security.models import ACTIONS
from tests.house.full_house import record_views

pytestmark = pytest.mark.once


@pytest.fixture
def machines(app: Flask) -> list[Any]:
    """The views whose records have steps."""
    found = [view for view in record_views(app) if view.moves]
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
