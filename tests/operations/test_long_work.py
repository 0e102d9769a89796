"""Long work of the desk and the administrator: workbooks of a great many rows, the search prepared anew."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from app.demo import makers
from app.jobs.models import Job
from app.kit.session import db, finish_work
from app.operations import exports
from app.search.models import SearchEntry
from app.security import locker, roles
from app.security.models import AuditLine

pytestmark = pytest.mark.once
Login = Callable[..., FlaskClient]


@pytest.fixture
def many(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five customers are a great many."""
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(locker, "PIECE", 500)
    for number in range(5):
        makers.make_customer(site=site, name=f"多行公司{number}")
    finish_work()


def test_a_workbook_of_many_rows_is_prepared_as_long_work(many: None, login: Login, cast: Any) -> None:
    manager = login("manager")
    assert manager.get("/customers/export.csv").status_code == 200  # row by row, however many
    asked = manager.get("/customers/export.xlsx?q=多行&_external=1")
    assert asked.status_code == 302 and asked.location.startswith("/exports/order/customers?q=")
    assert db.session.scalar(select(Job.id)) is None and "Prepare the workbook" in manager.get(asked.location).text
    ordered = manager.post(asked.location)
    job = db.session.scalars(select(Job)).one()
    assert ordered.location == f"/jobs/{job.id}" and "多行" not in str(job.payload)
    assert (job.state, job.done, job.total) == ("done", 5, 5), job.message
    sent = manager.get(job.result["url"])
    rows = list(openpyxl.load_workbook(io.BytesIO(sent.data)).active.iter_rows(values_only=True))
    assert len(rows) == 6 and {"多行公司0", "多行公司4"} <= {cell for row in rows for cell in row}
    assert not [
        kept for kept in exports.ready.files.listed() if b"PK" in (exports.ready.files.get(kept.name) or b"")[:4]
    ]
    for name in ("supervisor", "stranger"):
        assert login(name).get(job.result["url"]).status_code == 404
    actions = list(db.session.scalars(select(AuditLine.action)))
    assert actions.count("export") == 2 and "fetch_export" in actions
    assert manager.get("/customers/export.xlsx?q=多行公司1").status_code == 200  # one row


def test_what_may_not_be_exported_is_not_prepared_and_nothing_is_kept_longer(
    many: None, login: Login, site: Any
) -> None:
    technician = login("technician")
    assert technician.get("/exports/order/customers").status_code == 403
    assert technician.post("/exports/order/customers").status_code == 403
    assert login("manager").get("/exports/order/nothing").status_code == 404
    for token in ("x", "a" * 40, "%00" * 3):
        assert login("manager").get(f"/exports/{token}").status_code == 404
    login("manager").post("/exports/order/customers")
    made = len(list(exports.ready.files.listed()))
    assert made > 1 and exports.ready.sweep() == 0 and exports.ready.sweep(older_than=-5) == made
    assert list(exports.ready.files.listed()) == []


def test_the_administrator_sees_how_it_is_and_prepares_the_search_anew(many: None, login: Login) -> None:
    admin = login("admin")
    page = admin.get("/operations/").text
    assert page.count("Ready") == 4 and "Not ready" not in page
    db.session.execute(delete(SearchEntry.__table__))
    finish_work()
    assert login("manager").get("/search/suggest?q=多行公司").get_json()["hits"] == []
    ordered = admin.post("/operations/search")
    job = db.session.scalars(select(Job)).one()
    assert ordered.location == f"/jobs/{job.id}" and job.state == "done" and job.done == job.total > 0, job.message
    assert len(login("manager").get("/search/suggest?q=多行公司").get_json()["hits"]) == 5
    others = set(roles.ROLES) - {"admin"}
    assert {login(name).get("/operations/").status_code for name in others & {"clerk", "manager", "auditor"}} == {403}
