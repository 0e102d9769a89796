"""G6, the oracle on the other ways out: prints, reports and charts, what programs read, and the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.kit import columns
from app.kit.records import RecordView
from app.kit.session import db
from app.printing.models import PrintLine
from app.reporting.declaring import all_reports
from tests.house.full_house import OURS, kept_back, record_views
from tests.house.test_no_line_no_data import secrets
from tests.house.test_traps import asked_about, filters, orders, value_of
from tests.house.test_traps_rows import crawl, everywhere, read

Login = Callable[..., FlaskClient]


def questions(view: Any, records: dict[type, Any]) -> list[dict[str, str]]:
    """Every kept back column as a filter, all at once, and as an order, each."""
    values = {path: value_of(records, view, path) for path in asked_about(view)}
    together = {name: value for path in values for name, value in filters(path, values[path]).items()}
    return [together, *(order for path in values for order in orders(view, path))]


def of_list(client: FlaskClient, view: RecordView, asked: dict[str, str]) -> str:
    """What a printed list says, whoever prints it and whenever; "" where none is printed."""
    answer = client.post(f"{view.route_base}/print", query_string=asked)
    if answer.mimetype != "application/pdf":
        return ""
    return str(db.session.scalars(select(PrintLine.content_hash).order_by(PrintLine.id.desc()).limit(1)).one())


@pytest.mark.once
def test_a_printed_list_answers_no_question_about_what_is_kept_back(
    app: Flask, login: Login, both: Any, all_rights: None, words_for_paper: None
) -> None:
    """What may be asked about is settled before any database is asked."""
    manager, records, printed = login("manager"), both[OURS][1], 0
    for view in record_views(app):
        if view.route_base in ("/audit", "/prints"):  # every print is a line there
            continue
        whole = of_list(manager, view, {})
        together, *ordered = questions(view, records)
        for asked in [together, *ordered[:2]]:
            assert of_list(manager, view, asked) == whole, (view.route_base, asked.get("order", "filter"))
        printed += bool(whole)
    assert printed > 20


def test_programs_cannot_ask_about_what_is_kept_back(
    app: Flask, login: Login, cast: Any, both: Any, all_rights: None
) -> None:
    program, records, asked_for = everywhere(login, cast, "manager"), both[OURS][1], 0
    views = {view.model: view for view in record_views(app)}
    for api in app.extensions["record_apis"].values():
        address, view = f"/api/v1/{api.resource}", views.get(api.model)
        if view is None:
            continue
        whole = program.get(address).get_json()
        for asked in questions(view, records):
            answer = program.get(address, query_string=asked)
            refused = 400 <= answer.status_code < 500
            assert refused or answer.get_json()["items"] == whole["items"], (address, asked.get("order", "filter"))
            asked_for += 1
    assert asked_for > 20


def test_reports_and_charts_answer_no_question_about_what_is_kept_back(
    app: Flask, login: Login, both: Any, all_rights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, records, moment = login("manager"), both[OURS][1], columns.now()
    monkeypatch.setattr(columns, "clock", lambda: moment)  # a report says when it was counted
    asked = {
        name: value
        for view in record_views(app)
        for path in kept_back(view.model)
        for name, value in filters(path, value_of(records, view, path)).items()
        if name not in ("from", "to", "site")
    }
    hidden = secrets(both)
    for key in all_reports():
        for ending in ("csv", "json"):
            address = f"/reports/{key}.{ending}"
            whole, answer = manager.get(address), manager.get(address, query_string=asked)
            assert whole.data == answer.data, address
        page = manager.get(f"/reports/{key}", query_string=asked)
        assert not [secret for secret in hidden if secret in read(page)], key


@pytest.mark.parametrize("name", ["clerk", "stranger"])
def test_the_log_tells_nothing_of_what_is_kept_back(
    app: Flask, login: Login, both: Any, all_rights: None, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Whatever is read, and whatever goes wrong with what was typed."""
    records, hidden = both[OURS][0], secrets(both)
    person = login(name)
    with caplog.at_level(logging.INFO):
        crawl(app, person, records)
        for view in record_views(app):
            typed = {column: value_of(records, view, column) for column in kept_back(view.model)}
            if view.add_names:
                person.post(f"{view.route_base}/add", data=typed)
            if view.model in records:
                person.post(f"{view.route_base}/{records[view.model].id}/edit", data=typed)
        logging.getLogger("app").info("control")
    assert "control" in caplog.text
    assert not [secret for secret in hidden if secret in caplog.text]
