"""Reports as people meet them: pages, pictures, files, paper, and what they are refused."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.kit.columns import today
from app.kit.session import db
from app.printing.models import PrintLine
from app.reporting import rules, theme
from app.reporting.declaring import all_reports
from app.security import gate, roles
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]
# The words are the same whatever the database: there, one language shows that every statement runs.
LANGUAGES = ["zh_Hans", *(pytest.param(other, marks=pytest.mark.once) for other in ("zh_Hant", "en"))]
CSS = Path(theme.__file__).parents[1] / "kit" / "static" / "css" / "chart.css"
COLOURED = {word for word, looks in theme.LOOKS.items() if {"fill", "stroke"} & set(looks)}


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(roles.ROLES))
def test_every_report_opens_for_every_role_that_may(login: Login, furnished: Any, role: str, language: str) -> None:
    client = login(role, language)
    for key, report in all_reports().items():
        may = roles.may(role, "show", "Report") and roles.may(role, "list", report.permission)
        said = page(client, f"/reports/{key}", 200 if may else 403)
        assert not may or str(report.title) or said


@pytest.mark.once
@pytest.mark.parametrize("role", ["clerk", "archivist", "manager"])
def test_a_line_leads_only_where_its_reader_may_go(login: Login, furnished: Any, role: str) -> None:
    """What is counted may be of a list that somebody who reads the report may not open."""
    client, led = login(role), {}
    for key, report in all_reports().items():
        if roles.may(role, "list", report.permission):
            found = re.findall(r'class="row-link" href="([^"]+)"', page(client, f"/reports/{key}"))
            led |= {re.sub(r"\d+", "#", url): html.unescape(url) for url in found}
    refused = [url for url in led.values() if client.get(url).status_code != 200]
    assert led and not refused
    assert any(url.startswith("/transfers/") for url in led) == roles.may(role, "list", "Transfer")


def test_the_index_names_what_the_reader_may_see(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(f"/reports/{key}" in page(login("manager"), "/reports/") for key in all_reports())
    rights_of = gate.rights_of
    monkeypatch.setattr(gate, "rights_of", lambda key: rights_of(key) - {("can_list", "Due")})
    assert "/reports/arrears_by_age" not in page(login("manager"), "/reports/")
    page(login("manager"), "/reports/arrears_by_age", 403)


def test_nobody_without_the_right_sees_any(login: Login, client: FlaskClient) -> None:
    assert client.get("/reports/").status_code == 302
    assert page(login("admin"), "/reports/", 403)
    assert page(login("clerk"), "/reports/occupancy.csv", 403)
    assert login("clerk").post("/reports/occupancy/print").status_code == 403


def test_an_unknown_report_or_picture_is_not_found(login: Login, furnished: Any) -> None:
    manager = login("manager")
    for address in ("nothing", "nothing.svg", "occupancy.svg?n=9", "occupancy.svg?n=x", "occupancy.docx"):
        page(manager, f"/reports/{address}", 404)


def test_a_picture_has_an_address_of_its_own(login: Login, furnished: Any) -> None:
    manager = login("manager")
    answer = manager.get("/reports/occupancy.svg?n=1")
    assert answer.mimetype == "image/svg+xml"
    root = ElementTree.fromstring(answer.data)
    assert root.tag.endswith("svg") and "0699" in answer.get_data(as_text=True)
    assert answer.get_data(as_text=True) in page(manager, "/reports/occupancy")


def test_parameters_that_make_no_sense_are_told_and_not_used(login: Login, furnished: Any) -> None:
    clerk = login("clerk")
    said = page(clerk, "/reports/complaints?from=yesterday&to=2026-13-01&by=colour&site=999&x=1")
    assert "Please type a date" in said and "Please choose one of the list" in said
    assert "At most five years at once" in page(clerk, "/reports/complaints?from=1990-01-01&to=2026-01-01")
    turned = page(clerk, f"/reports/complaints?from={today()}&to=2026-01-01")
    assert f"2026-01-01 – {today()}" in turned


def test_a_row_leads_to_the_list_of_what_was_counted(login: Login, furnished: Any) -> None:
    clerk = login("clerk")
    said = page(clerk, "/reports/complaints?by=kind")
    (url,) = {
        each.replace("&amp;", "&") for each in re.findall(r'href="(/complaints/[^"]*kind=suggestion[^"]*)"', said)
    }
    assert "TS-1999-1" in page(clerk, url) and "TS-1999-0" not in page(clerk, url)


def test_the_same_figures_leave_as_files(login: Login, furnished: Any) -> None:
    manager = login("manager")
    told = json.loads(page(manager, "/reports/deposits_held.json"))
    assert told["rows"][0][1:] == [2, 150_000, 1, 50_000] and told["columns"][2]["kind"] == "money"
    lines = page(manager, "/reports/deposits_held.csv").splitlines()
    assert lines[1].endswith(",2,1500.00,1,500.00")
    sheet = openpyxl.load_workbook(io.BytesIO(manager.get("/reports/deposits_held.xlsx").data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[6]][1:] == [2, 1500, 1, 500]
    assert sheet["C6"].number_format == "#,##0.00" and sheet["A3"].value.startswith("Made at 2")
    book = login("manager", "zh_Hans").get("/reports/deposits_held.xlsx").data
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None and sheet["A3"].value.startswith("制表时间：2")


def test_a_name_is_never_a_formula(login: Login, furnished: Any) -> None:
    furnished[0].customer.name = "=HYPERLINK(1)"
    db.session.commit()
    manager = login("manager")
    assert "'=HYPERLINK(1)" in page(manager, "/reports/arrears_by_age.csv")
    book = openpyxl.load_workbook(io.BytesIO(manager.get("/reports/arrears_by_age.xlsx").data)).active
    assert book is not None
    assert {cell.data_type for row in book for cell in row if str(cell.value).startswith("=")} == {"s"}


def test_a_report_that_leaves_is_a_line_in_the_audit(login: Login, furnished: Any) -> None:
    login("manager").get("/reports/occupancy.csv")
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "export")).one()
    assert (line.subject_type, line.detail, line.username) == ("Report", {"report": "occupancy"}, "manager")
    assert "Occupancy" in page(login("auditor"), "/audit/?action=export")


def test_amounts_leave_with_the_right_only(login: Login, furnished: Any) -> None:
    clerk = page(login("clerk"), "/reports/deposits_held")
    assert "1,500.00" not in clerk and "Amounts are kept back" in clerk
    manager = page(login("manager"), "/reports/deposits_held")
    assert "1,500.00" in manager and "Amounts are kept back" not in manager


def test_a_report_is_printed_on_a_numbered_sheet(login: Login, furnished: Any, text_of: Callable[[bytes], str]) -> None:
    answer = login("manager", "zh_Hans").post("/reports/occupancy/print?by=floor")
    assert answer.mimetype == "application/pdf"
    line = db.session.scalars(select(PrintLine)).one()
    said = text_of(answer.data)
    assert line.serial in said and "HD-BB-01" in said and "0699" in said and "6F" in said
    assert (line.form_key, line.subject_type, line.subject_id) == ("report", "report", None)
    listed = page(login("manager", "en"), "/prints/")
    assert "Report" in listed and ">report<" not in listed
    page(login("manager", "en"), f"/p/{line.serial}")


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_prints(login: Login, furnished: Any, language: str) -> None:
    """What is printed is what the report's page tells, and that is asked of each database."""
    manager = login("manager", language)
    for key in all_reports():
        answer = manager.post(f"/reports/{key}/print")
        assert answer.data.startswith(b"%PDF-"), key


def test_an_empty_report_says_so(login: Login) -> None:
    assert "There is nothing to count" in page(login("manager"), "/reports/visit_coverage")
    assert login("manager").post("/reports/visit_coverage/print").data.startswith(b"%PDF-")


@pytest.mark.no_app
def test_every_colour_of_paper_has_one_on_the_screen() -> None:
    css = CSS.read_text(encoding="utf-8")
    missing = {word for word in COLOURED if not re.search(rf"\.{word}\b", css)}
    assert not missing
    numbered = {f"--c{number}" for number in range(1, len(theme.COLOURS) + 1)}
    assert all(css.count(f"{name}:") >= 2 for name in numbered), "each colour in light and dark"


@pytest.mark.no_app
def test_printing_must_be_handed_in() -> None:
    with pytest.raises(RuntimeError):
        rules._nothing(None)  # type: ignore[arg-type]
