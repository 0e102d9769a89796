"""FAB.md's safety traps 3 and 5 on the real console: rows of another site, reading that writes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import AnyConverter, IntegerConverter

from app.estate.models import Building
from app.kit.kinds import relation, relations
from app.kit.session import db, finish_work
from app.security import gate
from tests.api.conftest import forced
from tests.house.full_house import OURS, SITED, THEIRS, WITHOUT_SITE, record_views, tables

Login = Callable[..., FlaskClient]
OURS_TOLD = re.compile(r"甲[^\W_]")  # the mark alone is what was typed


# --- 3: rows of another site ---------------------------------------------------------------------------------------


def reaching(app: Flask, records: dict[type, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(method, address, form) that name a record of `records` by its key, one for each route, method and move."""
    by_endpoint = {view.endpoint: view for view in app.extensions["appbuilder"].baseviews}
    bind = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        name, _dot, function = rule.endpoint.rpartition(".")
        view = by_endpoint.get(name)
        model = getattr(view, "model", None)
        if model in SITED and "pk" in rule.arguments:
            values: list[dict[str, Any]] = [{"pk": records[model].id}]
            if function == "move":
                values = [values[0] | {"name": move.name} for move in view.moves]
            if function == "reveal":
                values = [values[0] | {"column": "id_number"}]
        elif name == "PrintView" and "pk" in rule.arguments:
            values = [{"key": "file_cover", "pk": records[_of("File")].id}]
        elif name == "ScanView":
            values = [{"pk": records[_of("Scan")].id, "document_id": records[_of("Document")].id}]
            values = [{key: values[0][key] for key in rule.arguments}]
        else:
            continue
        for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            for filled in values:
                yield method, bind.build(rule.endpoint, filled, method=method), {"reason": "看看"}


def _of(name: str) -> type:
    return next(model for model in SITED if model.__name__ == name)


def everywhere(login: Login, cast: Any, name: str) -> FlaskClient:
    """A person's browser which, below /api/, is also a program that acts as them."""
    client = login(name)
    client.environ_base |= {"HTTP_AUTHORIZATION": f"Bearer {forced(cast[name])}"}
    return client


def test_a_stranger_with_every_right_reaches_no_record(
    app: Flask, login: Login, cast: Any, both: Any, all_rights: None
) -> None:
    stranger = everywhere(login, cast, "stranger")
    stranger.get("/api/v1/openapi.json")  # the token's first use is noted
    before = tables()
    tried = [
        (method, address, stranger.open(address, method=method, data=form if method == "POST" else None).status_code)
        for method, address, form in reaching(app, both[OURS][0])
    ]
    assert len(tried) > 45
    assert not [each for each in tried if each[2] != 404]
    assert tables() == before


def test_the_same_addresses_answer_the_people_of_the_site(
    app: Flask, login: Login, cast: Any, both: Any, all_rights: None
) -> None:
    """The negative control: it is the site that refused the stranger."""
    manager = everywhere(login, cast, "manager")
    for method, address, _form in reaching(app, both[OURS][0]):
        if method == "GET" and not address.startswith("/scans/"):
            assert manager.get(address).status_code in (200, 403), address
            assert manager.get(address).status_code == 200 or address.endswith("/edit"), address


def test_without_the_scope_the_stranger_would_reach_them(
    app: Flask, login: Login, cast: Any, both: Any, all_rights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "scope", lambda query, _model, **_how: query)
    stranger = everywhere(login, cast, "stranger")
    shown = [
        stranger.get(address).status_code
        for method, address, _form in reaching(app, both[OURS][0])
        if method == "GET" and re.search(r"/\d+$", address) and not address.startswith("/scans/")
    ]
    assert shown and set(shown) == {200}


def test_no_list_choice_or_export_tells_of_another_site(app: Flask, login: Login, both: Any, all_rights: None) -> None:
    stranger, ours, asked = login("stranger"), both[OURS][0], 0
    for view in record_views(app):
        if view.model in WITHOUT_SITE:
            continue
        addresses = [f"{view.route_base}/", f"{view.route_base}/?q={OURS}", f"{view.route_base}/export.csv"]
        addresses += [f"{view.route_base}/export.xlsx"]
        for name in relations(view.model):
            target = relation(view.model, name).mapper.class_  # type: ignore[union-attr]
            if target in ours:
                addresses += [f"{view.route_base}/?{name}={ours[target].id}"]
                addresses += [f"{view.route_base}/add?{name}={ours[target].id}"] if view.add_names else []
            if name in {*view.add_names, *view.edit_names}:
                addresses += [f"{view.route_base}/choose/{name}", f"{view.route_base}/choose/{name}?q={OURS}"]
        for address in addresses:
            answer = stranger.get(address)
            assert answer.status_code == 200, address
            assert not OURS_TOLD.search(read(answer)), address
            asked += 1
    assert asked > 100
    assert THEIRS in stranger.get("/customers/").get_data(as_text=True)


def read(answer: Any) -> str:
    """The words of a page or of a workbook."""
    if not answer.mimetype.endswith(".sheet"):
        return str(answer.data.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_search_and_suggestions_stay_inside_the_site(login: Login, both: Any, all_rights: None) -> None:
    stranger = login("stranger")
    assert stranger.get(f"/search/suggest?q={OURS}公司").get_json()["hits"] == []
    assert f"{OURS}公司1" not in stranger.get(f"/search/?q={OURS}公司").get_data(as_text=True)
    assert stranger.get(f"/search/suggest?q={THEIRS}公司").get_json()["hits"]


def test_a_record_of_another_site_cannot_be_named_in_a_form(
    app: Flask, login: Login, both: Any, all_rights: None
) -> None:
    stranger, ours, tried = login("stranger"), both[OURS][0], 0
    for view in record_views(app):
        for name in view.add_names:
            found = relation(view.model, name)
            if found is None or found.mapper.class_ not in SITED:
                continue
            before = db.session.scalar(select(func.count()).select_from(view.model))
            answer = stranger.post(f"{view.route_base}/add", data={name: ours[found.mapper.class_].id})
            assert answer.status_code == 422, (view.route_base, name)
            assert "Please choose one of the list." in answer.get_data(as_text=True), (view.route_base, name)
            assert OURS not in answer.get_data(as_text=True), (view.route_base, name)
            assert db.session.scalar(select(func.count()).select_from(view.model)) == before
            tried += 1
    assert tried > 10


def test_a_record_cannot_be_moved_to_another_site(login: Login, both: Any, all_rights: None) -> None:
    customer = both[OURS][0][_of("Customer")]
    other = both[THEIRS][0][_of("Site")]
    request = both[OURS][0][_of("File")]
    request.state = "open"
    finish_work()
    form = {"version": customer.version, "kind": "firm", "name": "搬走", "site": other.id}
    answer = login("manager").post(f"/customers/{customer.id}/edit", data=form)
    db.session.refresh(customer)
    assert answer.status_code == 302 and customer.name == "搬走" and customer.site_id != other.id


# --- 5: no GET that writes -----------------------------------------------------------------------------------------


def otherwise(rule: Any, name: str) -> Any:
    """What fills a hole of an address that nothing is known of."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "none"


def crawl(app: Flask, person: FlaskClient, records: dict[type, Any]) -> list[str]:
    """GET every address there is, with keys of real records; answers those that failed."""
    by_endpoint = {view.endpoint: view for view in app.extensions["appbuilder"].baseviews}
    bind, failed = app.url_map.bind("localhost"), []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        view = by_endpoint.get(rule.endpoint.rpartition(".")[0])
        record = records.get(getattr(view, "model", None))  # type: ignore[arg-type]
        values = {"pk": getattr(record, "id", 1), "ending": "csv", "relation": "unit"}
        address = bind.build(rule.endpoint, {name: values.get(name, otherwise(rule, name)) for name in rule.arguments})
        answer = person.get(address)
        answer.get_data()
        failed += [address] if answer.status_code >= 500 else []
    return failed


@pytest.mark.once
def test_looking_at_everything_of_others_changes_nothing(app: Flask, login: Login, both: Any) -> None:
    """What people of the site look at changes nothing either: `test_matrix` asks it of every role."""
    person, before = login("stranger"), tables()
    assert crawl(app, person, both[OURS][0]) == []
    assert tables() == before


def test_a_page_that_writes_would_be_noticed(
    app: Flask, login: Login, both: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view() -> str:
        db.session.get(Building, both[OURS][0][Building].id).name = "改名"
        return "harmless"

    person, before = login("manager"), tables()
    monkeypatch.setitem(app.view_functions, "BuildingView.list", view)
    person.get("/buildings/")
    assert tables() != before


def test_nothing_that_changes_answers_to_get(app: Flask, login: Login, both: Any, all_rights: None) -> None:
    manager, before = login("manager"), tables()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) and "pk" in rule.arguments:
            words = {"name": "close", "column": "id_number", "key": "x", "what": "file"}
            values = dict.fromkeys(rule.arguments, 1) | words
            address = app.url_map.bind("localhost").build(
                rule.endpoint, {name: values[name] for name in rule.arguments}, method="POST"
            )
            assert manager.get(address).status_code in (404, 405), address
    assert tables() == before
