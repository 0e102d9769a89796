"""What a hand-over is made of: files and open work in somebody's hands, and the steps to the third signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.archive.models import File
from app.complaints import rules as complaints
from app.demo import makers
from app.estate.rules import find_site
from app.handovers import rules
from app.handovers.models import Handover
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

Step = Callable[..., Any]


@pytest.fixture(scope="module")
def _files(standing: Standing) -> Made:
    def write() -> list[File]:
        site, keeper = find_site(SITE), makers.user("archivist")
        return [makers.make_file(makers.make_unit(f"07{n:02}", site=site), by=keeper) for n in range(1, 4)]

    return standing(write)


@pytest.fixture
def files(_files: Made) -> list[File]:
    """Three files in the archivist's keeping."""
    found: list[File] = _files()
    return found


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
