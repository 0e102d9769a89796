"""A furnished house, roles that allow everything, and pages as data: what the traps are tried on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.estate.rules import find_site
from app.kit.records import RecordView
from app.kit.session import finish_work
from app.security import gate, sessions
from tests.conftest import OTHER_SITE, SITE
from tests.house.full_house import OURS, THEIRS, Held, every_right, furnish
from tests.standing import Made, Standing


@pytest.fixture(scope="module")
def _both(standing: Standing) -> Made:
    def write() -> dict[str, list[Held]]:
        here, elsewhere = find_site(SITE), find_site(OTHER_SITE)
        sets = {OURS: [furnish(here, OURS), furnish(here, OURS)], THEIRS: [furnish(elsewhere, THEIRS)]}
        finish_work()
        return {mark: [Held(each) for each in records] for mark, records in sets.items()}

    return standing(write)


@pytest.fixture
def both(_both: Made) -> dict[str, list[Held]]:
    """Two sets of records at the cast's site, one at the stranger's."""
    return {mark: [held.copy() for held in sets] for mark, sets in _both().items()}


@pytest.fixture
def all_rights(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's roles allow everything: what is still refused is refused by the rows' site or the seal."""
    everything = every_right(app)
    monkeypatch.setattr(gate, "rights_of", lambda _user_id: everything)
    monkeypatch.delitem(sessions.along, "rights")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The pages that would be drawn, as data: for tests whose subject is which rows and fields a page has."""
    pages: list[Any] = []

    def keep(_self: Any, _template: str, **given: Any) -> str:
        pages.append(given.get("page"))
        return ""

    monkeypatch.setattr(RecordView, "render_template", keep)
    return pages
