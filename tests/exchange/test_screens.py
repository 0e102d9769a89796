"""Bringing in a roster on screen, step by step; nobody sees another one's sheet."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.customers.models import Customer, Tenancy
from app.estate.models import Unit
from app.exchange import steps
from app.exchange.store import uploads
from app.kit.session import db
from app.security.locker import A_DAY
from tests.archive import stored_files
from tests.exchange import hostile, houses

Login = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def _no_sheets_left(app: Any) -> Iterator[None]:
    """Neither before, of other rooms' tests, nor after."""
    _sweep()
    yield
    _sweep()


def _sweep() -> None:
    for path in stored_files.folder(uploads.files).iterdir():
        path.unlink()


def upload(client: FlaskClient, site: Any, content: bytes, name: str = "名单.xlsx") -> Any:
    return client.post("/import/upload", data={"site": site.id, "file": (io.BytesIO(content), name)})


def token_in(response: Any) -> str:
    assert response.status_code == 302, response.text
    return str(re.search(r"/import/([0-9a-f]{40})", response.location)[1])  # type: ignore[index]


def sheet(tmp_path: Path) -> bytes:
    lines = [houses.BASIC, houses.one(), houses.one(unit="0502", 起租日="昨天"), ["0503", "空置"]]
    return houses.write(tmp_path / "s.xlsx", {"名单": lines}).read_bytes()


def follow(client: FlaskClient, response: Any) -> Any:
    """The page behind an order: the job's page, then where it leads on."""
    page = client.get(response.location)
    onward = re.search(r'href="(/import/[^"]+)"', page.text)
    return client.get(onward[1]) if response.location.startswith("/jobs/") and onward else page


def units(site: Any) -> int:
    return int(db.session.scalar(select(func.count(Unit.id)).where(Unit.site_id == site.id)) or 0)


def test_a_clerk_brings_a_roster_in_step_by_step(login: Login, site: Any, tmp_path: Path) -> None:
    clerk = login("clerk")
    assert site.name in clerk.get("/import/").text
    token = token_in(upload(clerk, site, sheet(tmp_path)))
    columns = clerk.get(f"/import/{token}/columns")
    assert columns.status_code == 200 and "租户名称" in columns.text and "<select" in columns.text
    preview = clerk.get(clerk.post(f"/import/{token}/columns", data={}).location)
    assert preview.status_code == 200 and "昨天" in preview.text and units(site) == 0
    result = follow(clerk, clerk.post(f"/import/{token}/apply", data={"how": "good"}))
    assert result.status_code == 200 and units(site) == 2
    report = clerk.get(f"/import/{token}/report.xlsx")
    assert report.headers["Content-Disposition"].startswith("attachment")
    assert load_workbook(io.BytesIO(report.data)).worksheets[0].max_row == 2


@pytest.mark.usefixtures("read_here")
def test_nothing_goes_in_when_that_is_chosen_and_a_row_is_wrong(login: Login, site: Any, tmp_path: Path) -> None:
    clerk = login("clerk")
    token = token_in(upload(clerk, site, sheet(tmp_path)))
    clerk.post(f"/import/{token}/columns", data={})
    result = follow(clerk, clerk.post(f"/import/{token}/apply", data={"how": "all"}))
    assert result.status_code == 200 and units(site) == 0


@pytest.mark.usefixtures("read_here")
def test_a_column_can_be_corrected_and_ignored(login: Login, site: Any, tmp_path: Path) -> None:
    clerk = login("clerk")
    content = houses.write(
        tmp_path / "m.xlsx", {"S": [["单元号", "租户名称", "代号", "备注"], ["0501", "甲有限公司", "X-1", "秘密"]]}
    ).read_bytes()
    token = token_in(upload(clerk, site, content))
    clerk.post(f"/import/{token}/columns", data={"c-0-2": "parking", "c-0-3": ""})
    clerk.post(f"/import/{token}/apply", data={})
    tenancy = db.session.scalar(select(Tenancy).where(Tenancy.site_id == site.id))
    assert tenancy is not None and (tenancy.parking, tenancy.remark) == ("X-1", "")


@pytest.mark.usefixtures("read_here")
def test_one_field_cannot_be_two_columns(login: Login, site: Any, tmp_path: Path) -> None:
    clerk = login("clerk")
    token = token_in(upload(clerk, site, sheet(tmp_path)))
    answer = clerk.post(f"/import/{token}/columns", data={"c-0-1": "unit"})
    assert answer.status_code == 422


@pytest.mark.usefixtures("read_here")
def test_the_preview_is_filtered_and_paged(login: Login, site: Any, tmp_path: Path) -> None:
    from app.demo import roster

    clerk = login("clerk")
    roster.write(tmp_path / "r.xlsx", 10)
    token = token_in(upload(clerk, site, (tmp_path / "r.xlsx").read_bytes()))
    clerk.post(f"/import/{token}/columns", data={})
    first, second = (clerk.get(f"/import/{token}?page={page}").text for page in (1, 2))
    assert first.count("<tr") == 51 and "page=2" in first and first != second
    vacant = clerk.get(f"/import/{token}?state=vacant").text
    assert 1 < vacant.count("<tr") < 51
    assert clerk.get(f"/import/{token}?page=abc&state=%27").status_code == 200


def test_a_long_sheet_is_planned_by_a_job(
    login: Login, site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 1)
    clerk = login("clerk")
    token = token_in(upload(clerk, site, sheet(tmp_path)))
    ordered = clerk.post(f"/import/{token}/columns", data={})
    assert ordered.location.startswith("/jobs/")
    assert "昨天" in follow(clerk, ordered).text


@pytest.mark.parametrize(
    "what", ["a cut zip", "an old workbook", "nothing", "text called xlsx", "an entity that reads a file"]
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    login: Login, site: Any, tmp_path: Path, what: str
) -> None:
    name, make = hostile.REFUSED[what]
    answer = upload(login("clerk"), site, make(tmp_path), name)
    assert answer.status_code == 422 and 'id="file-error"' in answer.text
    assert not list(stored_files.folder(uploads.files).iterdir())


def test_a_site_of_others_is_refused(login: Login, site: Any, tmp_path: Path) -> None:
    assert upload(login("stranger"), site, sheet(tmp_path)).status_code == 422


@pytest.mark.usefixtures("read_here")
def test_another_persons_import_is_not_there(login: Login, site: Any, tmp_path: Path) -> None:
    clerk, other = login("clerk"), login("supervisor")
    token = token_in(upload(clerk, site, sheet(tmp_path)))
    clerk.post(f"/import/{token}/columns", data={})
    for address in ("", "/columns", "/result", "/report.xlsx"):
        assert other.get(f"/import/{token}{address}").status_code == 404, address
    assert other.post(f"/import/{token}/apply").status_code == 404
    assert clerk.get("/import/" + "0" * 40).status_code == 404
    assert clerk.get("/import/..%2f..%2fetc/columns").status_code == 404


@pytest.mark.parametrize("name", ["auditor", "admin", "director"])
def test_who_may_not_import_sees_no_form(login: Login, name: str) -> None:
    assert login(name).get("/import/").status_code in (302, 403)


def test_what_is_kept_between_the_steps_is_unreadable(login: Login, site: Any, tmp_path: Path) -> None:
    clerk = login("clerk")
    line = houses.one()
    content = houses.write_csv(tmp_path / "c.csv", [houses.BASIC, line], "utf-8").read_bytes()
    token = token_in(upload(clerk, site, content, "c.csv"))
    clerk.post(f"/import/{token}/columns", data={})
    kept = list(stored_files.folder(uploads.files).iterdir())
    assert {path.suffix for path in kept} == {".sheet", ".state", ".plan"}
    for path in kept:
        assert path.stat().st_mode & 0o077 == 0
        assert line[1].encode() not in path.read_bytes() and str(line[2]).encode() not in path.read_bytes()


@pytest.mark.usefixtures("read_here")
def test_an_imported_sheet_is_gone_and_others_go_after_a_day(login: Login, site: Any, tmp_path: Path) -> None:
    clerk = login("clerk")
    token = token_in(upload(clerk, site, sheet(tmp_path)))
    clerk.post(f"/import/{token}/columns", data={})
    clerk.post(f"/import/{token}/apply", data={})
    assert uploads.get(token, "sheet") is None
    for path in stored_files.folder(uploads.files).iterdir():
        os.utime(path, (time.time() - A_DAY - 5,) * 2)
    uploads.sweep()
    assert not list(stored_files.folder(uploads.files).iterdir())
    assert clerk.get(f"/import/{token}/result").status_code == 404


@pytest.mark.usefixtures("read_here")
def test_the_preview_shows_no_whole_identity_number(login: Login, site: Any, tmp_path: Path) -> None:
    clerk = login("clerk")
    numbers = ("110101196409090000", "110101196208070003")
    for number in numbers:
        lines = [["单元号", "租户名称", "身份证号"], ["0501", "甲有限公司", number]]
        content = houses.write(tmp_path / "i.xlsx", {"S": lines}).read_bytes()
        token = token_in(upload(clerk, site, content))
        page = clerk.get(f"/import/{token}/columns").text
        page += clerk.get(clerk.post(f"/import/{token}/columns", data={}).location).text
        assert not any(whole in page for whole in numbers)
        clerk.post(f"/import/{token}/apply", data={})
    assert db.session.scalar(select(Customer.id_number).where(Customer.site_id == site.id)) == numbers[1]


def test_nobody_waits_for_the_database_while_a_sheet_is_read(
    login: Login, site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = login("clerk")
    open_work: list[bool] = []
    real = steps.reading.read_bytes

    def read(name: str, content: bytes) -> Any:
        open_work.append(db.session().in_transaction())
        return real(name, content)

    monkeypatch.setattr(steps.reading, "read_bytes", read)
    token = token_in(upload(clerk, site, sheet(tmp_path)))
    clerk.post(f"/import/{token}/columns", data={})
    clerk.post(f"/import/{token}/apply", data={"how": "good"})
    assert open_work == [False, False, False] and units(site) == 2
