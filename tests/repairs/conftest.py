"""A unit with a tenant, its repair, and walking it through its steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from app.archive.models import File
from app.demo import makers
from app.estate.rules import find_site
from app.kit import columns
from app.kit.moves import walk
from app.kit.session import db
from app.repairs import rules
from app.repairs.models import Repair
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

ACCEPTED = ("dispatch", "accept")
DONE = (*ACCEPTED, "finish")
RATED = (*DONE, "rate")
WORDS: dict[str, dict[str, Any]] = {
    "finish": {"outcome": "更换灯管"},
    "rate": {"overall": "5"},
    **dict.fromkeys(("refuse", "pause", "drop", "pass_on"), {"reason": "缺件"}),
}
Step = Callable[..., None]


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: makers.make_file(makers.make_unit("0512", site=find_site(SITE))))


@pytest.fixture
def file(_file: Made) -> File:
    found: File = _file()
    return found


@pytest.fixture
def repair(file: File, cast: Any) -> Repair:
    """A repair of a kind that asks for no return visit."""
    kind = makers.make_repair_kind()
    kind.visit_share = 0
    return makers.make_repair(file.unit, kind=kind, by=cast["clerk"])


@pytest.fixture
def step(cast: Any) -> Step:
    """`step(repair, "dispatch", "accept")`: walk these steps, each by whom it is for."""

    def take(repair: Repair, *names: str, by: str = "", **more: Any) -> None:
        for name in names:
            said = dict(WORDS.get(name, {})) | more
            if name == "dispatch":
                said.setdefault("assignee", cast["technician"])
            who = by or ("supervisor" if name in ("dispatch", "rate", "close", "drop", "remind") else "technician")
            walk(rules.MOVES, repair, name, by=cast[who], write=audit.write, **said)
            db.session.flush()

    return take


@pytest.fixture
def clock(monkeypatch: Any) -> Callable[[dt.timedelta], None]:
    """`clock(timedelta(hours=2))` moves the time on."""
    moved = [dt.timedelta()]
    real = columns.clock
    monkeypatch.setattr(columns, "clock", lambda: real() + moved[0])

    def go(by: dt.timedelta) -> None:
        moved[0] += by

    return go


@pytest.fixture
def colleague(cast: Any, site: Any) -> Any:
    """A second technician of the site."""
    from app.estate import rules as estate
    from app.security import setup
    from tests.conftest import PASSWORD

    made = setup.create_user("colleague", full_name="祝宁", roles=["technician"], password=PASSWORD, demo=True)
    estate.assign(site, made)
    return made
