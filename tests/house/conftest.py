"""A furnished house, roles that allow everything, and pages as data: what the traps are tried on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.kit.records import RecordView
from app.kit.session import db, finish_work
from app.security import gate
from tests.house.full_house import OURS, THEIRS, Held, every_right, furnish


@pytest.fixture
def both(site: Any, cast: Any) -> dict[str, list[Held]]:
    """Two sets of records at the cast's site, one at the stranger's."""
    from app.estate.rules import find_site
    from tests.conftest import OTHER_SITE

    sets = {OURS: [furnish(site, OURS), furnish(site, OURS)], THEIRS: [furnish(find_site(OTHER_SITE), THEIRS)]}
    finish_work()
    made = {mark: [Held(each) for each in records] for mark, records in sets.items()}
    for record in set(db.session) - {site, *cast.values()}:
        db.session.expunge(record)
    return made


@pytest.fixture
def all_rights(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's roles allow everything: what is still refused is refused by the rows' site or the seal."""
    everything = every_right(app)
    monkeypatch.setattr(gate, "rights_of", lambda _user_id: everything)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The pages that were drawn, as data."""
    pages: list[Any] = []
    real = RecordView.render_template

    def draw(self: Any, template: str, **given: Any) -> Any:
        pages.append(given.get("page"))
        return real(self, template, **given)

    monkeypatch.setattr(RecordView, "render_template", draw)
    return pages
