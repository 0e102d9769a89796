"""FAB.md's speed traps on the real console: few statements a page, the same however long the list and the menu.

How many statements are written, and in which order they ask for, is settled before a database reads them: what only
looks at that is tried once. That a page of a list, of a file and of a search stays in its budget is tried on each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from wtforms import Field

from app.archive.models import File
from app.demo import lookups_makers, makers
from app.kit.fields import ChoiceField, RemoteSelect
from app.kit.filters import Asked, ordering
from app.kit.kinds import relation
from app.kit.labels import choices
from app.kit.session import db, finish_work
from app.security import gate
from tests.house.full_house import OURS, count, furnish, record_views, statements

Login = Callable[..., FlaskClient]
MOST_OF_A_LIST = 12
MOST_OF_A_FILE = 20


def furnish_more(rooms: int) -> None:
    from app.estate.rules import find_site
    from tests.conftest import SITE

    site = find_site(SITE)
    assert site is not None
    for _ in range(rooms):
        furnish(site, OURS)
        furnish(site, OURS, filed=False)
    finish_work()
    db.session.expunge_all()  # a server's session has none of it


@pytest.fixture(autouse=True)
def _the_second_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grants are asked anew every second: one statement more where a list takes longer."""
    monkeypatch.setattr(gate, "_second", lambda: 0)


def counts(app: Flask, manager: FlaskClient) -> dict[str, int]:
    return {view.route_base: count(lambda at=view.route_base: manager.get(f"{at}/")) for view in record_views(app)}


def test_every_list_takes_few_statements_and_no_more_for_more_rows(
    app: Flask, login: Login, site: Any, all_rights: None
) -> None:
    manager = login("manager")
    furnish_more(2)
    few = counts(app, manager)
    furnish_more(10)
    many = counts(app, manager)
    assert {at: number for at, number in many.items() if number > MOST_OF_A_LIST} == {}
    assert {at: (few[at], many[at]) for at in few if many[at] > few[at]} == {}


@pytest.mark.once
def test_a_statement_a_row_would_be_noticed(
    app: Flask, login: Login, site: Any, all_rights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without loading along, the list of files asks row by row."""
    from app.kit import walking

    furnish_more(8)
    manager = login("manager")
    monkeypatch.setattr(walking, "loads", lambda *_args: ())
    assert count(lambda: manager.get("/files/")) > MOST_OF_A_LIST


@pytest.mark.once
def test_an_export_takes_no_more_for_more_rows(app: Flask, login: Login, site: Any, all_rights: None) -> None:
    manager, seen = login("manager"), []
    for rooms in (2, 10):
        furnish_more(rooms)
        seen.append(
            {
                view.route_base: count(lambda at=view.route_base: manager.get(f"{at}/export.csv"))
                for view in record_views(app)
            }
        )
    assert {at: (few, seen[1][at]) for at, few in seen[0].items() if seen[1][at] > few} == {}


@pytest.mark.once
def test_a_second_that_ends_inside_a_list_asks_once_for_all_of_it(
    app: Flask, login: Login, site: Any, all_rights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grants are asked anew every second: for the whole list, not row by row."""
    furnish_more(8)
    manager = login("manager")
    still = count(lambda: manager.get("/deposit-lines/"))
    ticks = iter([0] * 1)
    monkeypatch.setattr(gate, "_second", lambda: next(ticks, 1))
    assert count(lambda: manager.get("/deposit-lines/")) == still + 1


def full_file(site: Any, cast: Any, *, filed: bool) -> File:
    """A file with six papers, scans, contacts, deposits and requests."""
    records = furnish(site, OURS, filed=False)
    file: File = records[File]
    for _ in range(5):
        makers.make_document(file)
    if filed:
        file.state = "filed"
    for name in ("supervisor", "manager", "archivist"):
        if filed:
            makers.make_request(file, cast[name])
    finish_work()
    return file


def test_an_open_file_takes_few_statements(login: Login, site: Any, cast: Any) -> None:
    file = full_file(site, cast, filed=False)
    for name in ("clerk", "manager"):
        person = login(name)
        assert count(lambda by=person, pk=file.id: by.get(f"/files/{pk}")) <= MOST_OF_A_FILE


def test_a_sealed_file_takes_few_statements_with_a_grant_and_without(
    login: Login, site: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within one second: a grant is asked for anew in the next."""
    monkeypatch.setattr(gate, "_second", lambda: 1)
    file = full_file(site, cast, filed=True)
    key, clerk = file.id, login("clerk")
    assert count(lambda: clerk.get(f"/files/{key}")) <= MOST_OF_A_FILE
    file = db.session.get_one(File, key)
    lookups_makers.make_grant(file, makers.user("clerk"))
    finish_work()
    assert "watermark" in clerk.get(f"/files/{key}").get_data(as_text=True)
    assert count(lambda: clerk.get(f"/files/{key}")) <= MOST_OF_A_FILE + 1  # the grant, and whether it ended before


def test_a_files_page_does_not_ask_paper_by_paper(login: Login, site: Any, cast: Any) -> None:
    file = full_file(site, cast, filed=False)
    key, clerk = file.id, login("clerk")
    before = count(lambda: clerk.get(f"/files/{key}"))
    for _ in range(6):
        makers.make_document(db.session.get_one(File, key))
    finish_work()
    assert count(lambda: clerk.get(f"/files/{key}")) == before


# --- what is not rendered, and in which order -----------------------------------------------------------------------


@pytest.mark.once
def test_no_search_form_holds_related_rows(
    app: Flask, login: Login, site: Any, drawn: list[Any], all_rights: None
) -> None:
    manager = login("manager")
    for view in record_views(app):
        assert not [name for name in view.search_columns if relation(view.model, name) is not None]
        manager.get(f"{view.route_base}/")
        form = drawn[-1].search_form
        fields: list[Field] = list(form) if form is not None else []
        assert not [field.name for field in fields if isinstance(field, RemoteSelect)]
        for field in fields:
            most = max(59, len(choices(view.model, field.name)) + 1)  # the words that the code declares, and "all"
            assert not isinstance(field, ChoiceField) or len(field.choices) <= most, (view.route_base, field.name)


def test_a_page_stays_small_in_a_large_house(login: Login, site: Any) -> None:
    """Stock FAB's list was 853 KB; its form loaded every unit."""
    floor = makers.make_floor(site)
    for number in range(150):
        makers.make_unit(f"大{number:03d}", floor=floor)
    finish_work()
    clerk = login("clerk")
    for address in ("/tenancies/", "/files/", "/papers/", "/tenancies/add", "/files/add"):
        page = clerk.get(address).get_data(as_text=True)
        assert len(page) < 60_000, address
        assert len(re.findall(r"大\d{3}", page)) <= 2 * 20, address


@pytest.mark.once
def test_every_order_ends_with_the_key(app: Flask, login: Login, site: Any, all_rights: None) -> None:
    from werkzeug.datastructures import MultiDict

    tried = 0
    with app.test_request_context("/"):
        for view in record_views(app):
            for name in [view.base_order[0], *view.order_columns]:
                for way in ("asc", "desc"):
                    asked = Asked.read(view, MultiDict({"order": name, "dir": way}))
                    for made in (asked.ordering(), view.default_order(), ordering(view.model, name, way)):
                        assert made[-1].element.key == "id", (view.route_base, name)
                        tried += 1
    assert tried > 150


@pytest.mark.once
def test_every_list_is_ordered_in_the_database(app: Flask, login: Login, both: Any, all_rights: None) -> None:
    manager = login("manager")
    for view in record_views(app):
        table = view.model.__table__.name
        for asked in ["", *(f"?order={name}&dir=desc" for name in view.order_columns)]:
            with statements() as seen:
                manager.get(f"{view.route_base}/{asked}")
            rows = [said for said in seen if re.search(rf"FROM {table}\b", said) and "LIMIT" in said.upper()]
            rows = [said for said in rows if "count(" not in said]
            assert rows, view.route_base
            assert all(re.search(rf"ORDER BY .*\b{table}\.id\b", said, re.DOTALL) for said in rows), view.route_base


def test_what_people_type_is_no_pattern(login: Login, both: Any, drawn: list[Any], all_rights: None) -> None:
    manager = login("manager")
    for at in ("/customers/", "/units/", "/files/"):
        for typed in ("%25", "_", "\\", "[甲]", "*"):
            manager.get(f"{at}?q={typed}")
            assert drawn[-1].rows == [], (at, typed)
        manager.get(f"{at}?q={OURS if at != '/files/' else '-01'}")
        assert drawn[-1].rows, at


def test_a_count_has_an_end(login: Login, both: Any, all_rights: None) -> None:
    manager = login("manager")
    with statements() as seen:
        manager.get("/customers/")
    counted = [said for said in seen if "count(" in said and "FROM login_session" not in said]  # that counts sites
    assert counted and all("LIMIT" in said.upper() for said in counted)
