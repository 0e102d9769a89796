"""Plans 9 and 12: every file has a named keeper, who kept it before is told, and who holds which is a register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.archive import rules as archive
from app.archive.models import File
from app.demo import makers
from app.kit.session import db

Login = Callable[..., FlaskClient]


@pytest.fixture
def file(site: Any, cast: Any) -> File:
    """Opened by the clerk, filed by the archivist, given to the supervisor."""
    made = makers.make_file(makers.make_unit("0806", site=site), by=cast["clerk"])
    db.session.flush()
    archive.give_to(made, cast["archivist"].id, by=cast["archivist"])
    db.session.flush()
    archive.give_to(made, cast["supervisor"].id, by=cast["archivist"])
    db.session.flush()
    return made


def test_p09_01_every_file_of_a_household_names_its_keeper(login: Login, file: File, cast: Any) -> None:
    """The file's page says who keeps it now."""
    page = login("clerk").get(f"/files/{file.id}").get_data(as_text=True)
    assert "Keeper" in page and str(cast["supervisor"]) in page


def test_p12_07_who_kept_a_file_before_is_told(login: Login, file: File, cast: Any) -> None:
    """The file's page lists its keepers, the newest first; the ledger's lines are only added to."""
    page = login("clerk").get(f"/files/{file.id}/custody").get_data(as_text=True)
    chapter = page[page.index("Keepers of the file") :]
    places = [chapter.index(str(cast[name])) for name in ("supervisor", "archivist", "clerk")]
    assert places == sorted(places)
    assert login("auditor").get("/custody/").get_data(as_text=True).count(file.number) >= 5


def test_p12_09_who_holds_which_files_is_a_register(login: Login, file: File, cast: Any) -> None:
    """Counted by holder and file by file, on screen and as a sheet; nobody's holdings add up to more than there are."""
    manager = login("manager")
    page = manager.get("/reports/file_holders").get_data(as_text=True)
    assert str(cast["supervisor"]) in page
    every = manager.get("/reports/file_holders?show=files").get_data(as_text=True)
    assert file.number in every
    balance = login("archivist").get("/reports/custody_balance").get_data(as_text=True)
    assert "Lines that do not balance" in balance
    assert manager.get("/reports/file_holders.xlsx").status_code == 200
