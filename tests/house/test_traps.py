"""FAB.md's safety traps 1 and 2 on the real console: no interface beside the screens, no oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder import ModelRestApi

from app.customers.views import CustomerView
from app.kit.cells import view_of
from app.kit.declaring import DeclarationError
from app.kit.kinds import kind, relation, relations
from tests.house.full_house import OF_NO_FILE, OURS, SITED, kept_back, record_views

Login = Callable[..., FlaskClient]
# What FAB answers by default, and what it answered on a stock app
FABS = [
    "/api/v1/", "/api/v1/user/", "/api/v1/users/", "/api/v1/file/", "/api/v1/customer/_info", "/api/v1/menu/",
    "/api/v1/_openapi", "/api/v1/security/login", "/api/v1/security/refresh", "/api/v1/security/users/",
    "/api/v1/security/roles/", "/api/v1/security/permissions/", "/swagger/v1", "/swaggerview/v1",
    "/users/list/", "/users/userinfo/", "/users/show/1", "/users/add/x", "/users/delete/1", "/userinfoeditview/form",
    "/users/action/userinfoedit/1", "/resetpassword/form?pk=1", "/resetmypassword/form", "/register/form",
    "/registeruser/list/", "/roles/list/", "/roles/add/x", "/permissions/list/", "/viewmenus/list/",
    "/permissionviews/list/", "/lang/en", "/back", "/static/appbuilder/js/ab.js", "/appbuilder/static/js/ab.js",
    "/files/delete/1", "/files/list/", "/files/download/x", "/files/action_post", "/actions/x",
]  # fmt: skip


# --- 1: no interface beside the screens ---------------------------------------------------------------------------


@pytest.mark.parametrize("address", FABS)
def test_none_of_the_frameworks_addresses_answers(
    login: Login, client: FlaskClient, all_rights: None, address: str
) -> None:
    for visitor in (client, login("admin")):
        for method in ("GET", "POST", "PUT", "DELETE"):
            assert visitor.open(address, method=method).status_code in (404, 405), method
        assert visitor.get(address).status_code == 404


def test_no_view_is_an_api_and_none_is_the_frameworks(app: Flask) -> None:
    views = app.extensions["appbuilder"].baseviews
    assert len(views) > 20
    assert not [view for view in views if isinstance(view, ModelRestApi)]
    assert not [view for view in views if type(view).__module__.startswith("flask_appbuilder")]


def test_no_page_of_users_tells_a_hash(login: Login, cast: Any, all_rights: None) -> None:
    secret = cast["clerk"].password
    assert len(secret) > 20
    for address in ("/users/", f"/users/{cast['clerk'].id}", "/users/export.csv", "/audit/", "/roles/"):
        page = login("admin").get(address)
        assert page.status_code == 200 and secret not in page.get_data(as_text=True)


# --- 2: what is kept back cannot be asked about --------------------------------------------------------------------


def asked_about(view: Any) -> Iterator[str]:
    """The path of everything that is kept back in the view's model and in those it names."""
    yield from kept_back(view.model)
    for through in relations(view.model):
        target = relation(view.model, through).mapper.class_  # type: ignore[union-attr]
        yield from (f"{through}.{name}" for name in kept_back(target))
    yield from ("password", "created_by.password", "changed_by.password")


def filters(path: str, value: str) -> dict[str, str]:
    """The ways that FAB, we or others have to ask for the rows with a value."""
    flat = path.replace(".", "__")
    names = (path, flat, f"_flt_0_{path}", f"_flt_3_{path}", f"filter_{flat}", f"{flat}_from", f"{flat}_to")
    return dict.fromkeys(names, value)


def orders(view: Any, path: str) -> Iterator[dict[str, str]]:
    for way in ("asc", "desc"):
        old = {f"_oc_{type(view).__name__}": path, f"_od_{type(view).__name__}": way}
        yield {"order": path, "dir": way, "order_column": path, "order_direction": way} | old


def value_of(records: dict[type, Any], view: Any, path: str) -> str:
    record: Any = records.get(view.model)
    for name in path.split("."):
        record = getattr(record, name, None)
    return str(record if record not in (None, "", []) else "1101")


def told(client: FlaskClient, drawn: list[Any], view: Any, **asked: str) -> list[Any]:
    """The keys that a list answers, in order."""
    answer = client.get(f"{view.route_base}/", query_string=asked)
    assert answer.status_code == 200
    return [row.pk for row in drawn[-1].rows]


def leaks(client: FlaskClient, drawn: list[Any], view: Any, records: dict[type, Any]) -> Iterator[str]:
    """Questions about kept back columns that change what a list or an export says."""
    usual, nothing = told(client, drawn, view), told(client, drawn, view, q="不可能有的")
    export = f"{view.route_base}/export.csv"
    whole = client.get(export).data
    values = {path: value_of(records, view, path) for path in asked_about(view)}
    together = {name: value for path in values for name, value in filters(path, values[path]).items()}
    for asked in [together, *(order for path in values for order in orders(view, path))]:
        said = asked.get("order", "filter")
        if told(client, drawn, view, **asked) != usual:
            yield f"list {said}"
        if client.get(export, query_string=asked).data != whole:
            yield f"export {said}"
    for value in set(values.values()):
        if told(client, drawn, view, q=value) != nothing:
            yield f"q {value}"


@pytest.mark.once
@pytest.mark.parametrize("part", range(3))
def test_nothing_kept_back_can_be_searched_filtered_or_sorted_by(
    app: Flask, login: Login, both: Any, drawn: list[Any], all_rights: None, part: int
) -> None:
    """What may be asked about is settled before any database is asked."""
    manager, found = login("manager"), []
    records = both[OURS][1]
    for view in [*record_views(app)][part::3]:
        if view.route_base != "/audit":  # every question is a line there
            found += [f"{view.route_base} {leak}" for leak in leaks(manager, drawn, view, records)]
    assert not found, "\n".join(found)


def test_the_oracle_is_heard_where_the_guard_is_off(
    app: Flask, login: Login, both: Any, drawn: list[Any], all_rights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a view that does search the column is caught, and refused when it is declared."""
    view = next(one for one in app.extensions["record_views"].values() if isinstance(one, CustomerView))
    monkeypatch.setattr(CustomerView, "search_columns", ["name", "representative"])
    monkeypatch.setattr(CustomerView, "order_columns", ["name", "representative"])
    found = list(leaks(login("manager"), drawn, view, both[OURS][1]))
    assert {"list filter", "export filter", "list representative", "export representative"} <= set(found)
    assert f"q {both[OURS][1][view.model].representative}" in found
    with pytest.raises(DeclarationError):
        CustomerView()


def test_every_column_that_is_kept_back_was_asked_about(app: Flask) -> None:
    asked = {(view.model, name) for view in record_views(app) for name in kept_back(view.model)}
    names = {name for _model, name in asked}
    assert {"id_number", "id_number_index", "representative", "rent_cents", "amount_cents", "title"} <= names


def test_the_choices_of_a_form_do_not_tell_what_is_kept_back(
    app: Flask, login: Login, both: Any, all_rights: None
) -> None:
    manager, records, asked = login("manager"), both[OURS][1], 0
    for view in record_views(app):
        for name in {*view.add_names, *view.edit_names}:
            found = relation(view.model, name)
            if found is None:
                continue
            target = found.mapper.class_
            nothing = manager.get(f"{view.route_base}/choose/{name}?q=不可能有的").get_json()
            for column in kept_back(target):
                value = str(getattr(records.get(target), column, "") or "1101")
                answer = manager.get(f"{view.route_base}/choose/{name}", query_string={"q": value})
                assert answer.get_json() == nothing, (view.route_base, name, column)
                asked += 1
    assert asked > 5


def test_the_search_box_does_not_tell_what_is_sealed(login: Login, both: Any) -> None:
    clerk, records = login("clerk"), both[OURS][1]
    assert clerk.get(f"/search/suggest?q={OURS}公司").get_json()["hits"]
    for model in SITED:
        for column in kept_back(model):
            value = getattr(records[model], column)
            if isinstance(value, str) and value:
                answer = clerk.get("/search/suggest", query_string={"q": value})
                assert answer.get_json()["hits"] == [], (model.__name__, column)


def test_sealed_words_stand_on_no_page_list_or_export(app: Flask, login: Login, both: Any, all_rights: None) -> None:
    manager, records = login("manager"), both[OURS][0]
    secrets = [
        str(value)
        for model in SITED - OF_NO_FILE
        for column in kept_back(model)
        if (value := getattr(records[model], column))
    ]
    secrets += [f"{records_of / 100:,.2f}" for records_of in (1_234_501, 777_701)]
    assert len(secrets) > 8
    for view in record_views(app):
        record = records.get(view.model)
        addresses = [f"{view.route_base}/", f"{view.route_base}/export.csv"]
        addresses += [f"{view.route_base}/{record.id}"] if record is not None else []
        for address in addresses:
            page = manager.get(address).get_data(as_text=True)
            assert not [secret for secret in secrets if secret in page], address


def test_what_staff_signed_is_not_drawn_for_who_opens_no_files(login: Login, both: Any) -> None:
    records, drawn = both[OURS][0], 0
    for model in OF_NO_FILE:
        record = records[model]
        strokes = [value for column in kept_back(model) if (value := getattr(record, column))]
        at = f"{view_of(model).route_base}/{record.id}"
        pages = {name: login(name).get(at).get_data(as_text=True) for name in ("manager", "auditor")}
        drawn += sum(stroke in pages["manager"] for stroke in strokes)
        assert not [stroke for stroke in strokes if stroke in pages["auditor"]], at
    assert drawn > 3


def test_every_searched_column_is_one_of_plain_kinds(app: Flask) -> None:
    for view in record_views(app):
        for name in [*view.search_columns, *view.order_columns]:
            assert kind(view.model, name) not in ("relation", "other"), (view.route_base, name)
