"""What a hand-over is made of: files and open work in somebody's hands, and the steps to the third signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.archive.models import File
from app.complaints import rules as complaints
from app.demo import makers
from app.handovers import rules
from app.handovers.models import Handover
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit

Step = Callable[..., Any]


@pytest.fixture
def files(site: Any, cast: Any) -> list[File]:
    """Three files in the archivist's keeping."""
    made = [makers.make_file(makers.make_unit(f"07{n:02}", site=site), by=cast["archivist"]) for n in range(1, 4)]
    db.session.flush()
    return made


@pytest.fixture
def handover(site: Any, cast: Any, files: list[File]) -> Handover:
    """From the archivist to the supervisor, watched by the manager; everything is on the list."""
    made = makers.make_handover(site, cast["archivist"], cast["supervisor"], cast["manager"])
    rules.list_all_of(made, by=cast["archivist"])
    return made


@pytest.fixture
def step(cast: Any) -> Step:
    """`step(handover, "sign", "clerk")`: one move, as that person."""

    def take(record: Any, name: str, who: str, **form: Any) -> Any:
        result = walk(rules.MOVES, record, name, by=cast[who], write=audit.write, **form)
        db.session.flush()
        return result

    return take


def sign_all(step: Step, handover: Handover, giver: str = "archivist", receiver: str = "supervisor") -> None:
    """From a finished check to the lock."""
    for who in (giver, receiver, "manager"):
        step(handover, "sign", who)


def give_work(site: Any, user: Any, by: Any) -> dict[str, Any]:
    """A complaint and a visit in somebody's hands."""
    tenancy = makers.make_tenancy(makers.make_unit(site=site))
    complaint = makers.make_complaint(tenancy.unit, by=by)
    walk(complaints.MOVES, complaint, "assign", by=by, write=audit.write, assignee=user)
    visit = makers.make_visit(tenancy.unit, by=by, visitor=user)
    db.session.flush()
    return {"complaint": complaint, "visit": visit}
