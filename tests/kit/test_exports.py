"""Exports say what the list says, as masked as on screen, streamed, and never run as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from app.customers.models import Customer, Tenancy
from app.deposits.models import DepositLine
from app.kit import exports
from app.kit.session import db
from tests.kit.conftest import make_contact, make_customer, make_unit, world

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://evil")']


def get(desk: Any, path: str) -> Any:
    """Read to the end: two answers that are still being made do not go together in one test."""
    return desk.get(path, buffered=True)


def read_csv(answer: Any) -> list[list[str]]:
    text = answer.data.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def read_xlsx(answer: Any) -> list[tuple[Any, ...]]:
    book: Any = openpyxl.load_workbook(io.BytesIO(answer.data))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def test_an_export_says_what_the_filtered_list_says(desk: Any) -> None:
    make_customer("甲", name_en="A")
    make_customer("乙", name_en="B")
    make_customer("甲别处", site=world.other)
    answer = get(desk, "/customers/export.csv?name=甲")
    assert read_csv(answer) == [["Customer", "English name", "Identity number"], ["甲", "A", ""]]
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    assert read_xlsx(get(desk, "/customers/export.xlsx?name=甲"))[1][:2] == ("甲", "A")


def test_an_export_is_ordered_as_asked(desk: Any) -> None:
    for area in (1, 3, 2):
        make_unit(f"U{area}", area_dm2=area * 100)
    rows = read_csv(get(desk, "/units/export.csv?order=area_dm2&dir=desc"))
    assert [row[0] for row in rows[1:]] == ["U3", "U2", "U1"]


def test_an_export_holds_every_page(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 7)
    for number in range(60):
        make_customer(f"客户{number:02d}")
    assert len(read_csv(get(desk, "/customers/export.csv"))) == 61
    assert len(read_xlsx(get(desk, "/customers/export.xlsx"))) == 61


def test_what_is_masked_or_sealed_is_so_in_the_file(desk: Any, sealed: set[Any]) -> None:
    make_customer("甲", id_number="110101")
    closed = make_customer("乙", id_number="220202")
    sealed.add((Customer, closed.id))
    for path in ("/customers/export.csv", "/customers/export.xlsx"):
        answer = get(desk, path)
        rows = read_csv(answer) if answer.mimetype == "text/csv" else read_xlsx(answer)
        assert {row[0]: row[2] for row in rows[1:]} == {"甲": "11***", "乙": "Sealed"}


@pytest.mark.parametrize("text", FORMULAS)
def test_text_never_becomes_a_formula(desk: Any, text: str) -> None:
    make_customer(text)
    rows = read_csv(get(desk, "/customers/export.csv"))
    assert rows[1][0] == "'" + text
    book: Any = openpyxl.load_workbook(io.BytesIO(get(desk, "/customers/export.xlsx").data))
    cell = book.active["A2"]
    assert cell.data_type == "s" and str(cell.value).endswith(text.strip()) and cell.hyperlink is None


def test_figures_and_days_stay_figures_and_days(desk: Any) -> None:
    tenancy = Tenancy(site_id=world.site, unit=make_unit("0512"), customer=make_customer("甲"))
    db.session.add(
        DepositLine(site_id=world.site, tenancy=tenancy, amount_cents=-120_050, booked_on=dt.date(2025, 7, 1))
    )
    db.session.commit()
    make_contact(make_customer("乙"), from_on=dt.date(2025, 7, 1))
    assert read_csv(get(desk, "/deposits/export.csv"))[1] == ["0512 · 甲", "Rent deposit", "-1200.50"]
    assert read_xlsx(get(desk, "/deposits/export.xlsx"))[1][2] == -1200.5
    assert read_csv(get(desk, "/contacts/export.csv"))[1][3] == "2025-07-01"
    assert read_xlsx(get(desk, "/contacts/export.xlsx"))[1][3] == dt.datetime(2025, 7, 1)


def test_an_export_is_one_line_committed_before_the_first_byte(
    desk: Any, lines: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_customer()
    make_customer()
    written: list[list[str]] = []
    real = exports.values

    def watched(asked: Any, names: list[str], reader: Any) -> Any:
        for row in real(asked, names, reader):
            written.append([line[0] for line in lines])
            yield row

    monkeypatch.setattr(exports, "values", watched)
    assert get(desk, "/customers/export.csv").data
    assert written == [["export"], ["export"]] and lines[0][1] is Customer


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_runs_few_statements_however_many_rows(desk: Any, statements: list[str], ending: str) -> None:
    counts = []
    for more in (2, 20):
        for _ in range(more):
            db.session.add(Tenancy(site_id=world.site, unit=make_unit(), customer=make_customer()))
            db.session.commit()
        del statements[:]
        assert get(desk, f"/tenancies/export.{ending}").data
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("language", ["en", "zh_Hant"])
def test_the_heads_are_in_the_readers_language(login: Any, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    from flask_babel import get_locale
    from flask_babel.speaklater import LazyString

    monkeypatch.setattr(exports, "label", lambda _model, name: LazyString(lambda: f"{name} {get_locale()}"))
    heads = read_csv(get(login(language=language), "/customers/export.csv"))[0]
    assert heads == [f"{name} {language}" for name in ("name", "name_en", "id_number")]


def test_only_two_kinds_of_file_are_made(desk: Any) -> None:
    assert get(desk, "/customers/export.pdf").status_code == 404


def test_a_second_sheet_begins_where_excel_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "SHEET_ROWS", 3)
    data = b"".join(exports.xlsx_parts(["n"], iter([[1], [2], [3]])))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [[cell.value for cell in sheet["A"]] for sheet in book.worksheets] == [["n", 1, 2], ["n", 3]]


def test_a_file_goes_out_in_parts() -> None:
    parts = list(exports.csv_parts(["a"], iter([["x" * 1000]] * 500)))
    assert len(parts) > 5 and max(len(part) for part in parts) < 2 * exports.BLOCK


@pytest.mark.no_app
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_goes_on_when_the_views_session_has_ended(app: Any, login: Any, ending: str) -> None:
    """As in service: no context of the test's own keeps the session open beyond the view."""
    with app.app_context():
        desk, key = login(), make_customer("甲", id_number="110101").id
    try:
        answer = get(desk, f"/customers/export.{ending}")
        rows = read_csv(answer) if ending == "csv" else read_xlsx(answer)
        assert [row[0] for row in rows] == ["Customer", "甲"]
    finally:
        with app.app_context():
            db.session.delete(db.session.get(Customer, key))
            db.session.commit()
