"""The wrong rows as a sheet: their own row numbers, and nothing in it that acts (G12)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.exchange import report
from app.exchange.rules import import_roster
from tests.exchange import houses

pytestmark = pytest.mark.usefixtures("read_here")

NAUGHTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "http://x.example",
    '=HYPERLINK("http://x")',
    "\t=1",
    "{=1}",
    "<b>x</b>",
]


def sheet_of(site: Any, path: Path) -> Any:
    outcome = import_roster(path, site, dry_run=True)
    return load_workbook(io.BytesIO(report.wrong_rows(outcome))).worksheets[0]


@pytest.mark.parametrize("words", NAUGHTY)
def test_no_cell_of_the_report_is_a_formula_or_a_link(site: Any, tmp_path: Path, words: str) -> None:
    path = houses.write(tmp_path / "n.xlsx", {"S": [houses.BASIC, houses.one(日常联系人=words, 起租日="昨天")]})
    sheet = sheet_of(site, path)
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type in ("s", "n") and cell.hyperlink is None for cell in cells)
    assert [cell.value for cell in cells if cell.row == 2][9] == words


def test_the_report_names_the_row_of_the_houses_own_file(site: Any, tmp_path: Path) -> None:
    lines = [["名单"], [], houses.BASIC, houses.one(), [], houses.one(unit="0502", 起租日="昨天")]
    sheet = sheet_of(site, houses.write(tmp_path / "n.xlsx", {"租户": lines}))
    (line,) = list(sheet.iter_rows(min_row=2, values_only=True))
    assert line[:2] == ("租户", "6") and line[3] == "起租日" and "昨天" in line
    assert line[5] == "0502"


def test_a_report_of_nothing_still_opens(site: Any, tmp_path: Path) -> None:
    assert sheet_of(site, houses.write(tmp_path / "n.xlsx", {"S": [houses.BASIC, houses.one()]})).max_row == 1


def test_every_wrong_row_stands_in_the_report_once(site: Any, tmp_path: Path) -> None:
    lines = [houses.BASIC, houses.one(起租日="昨天", 到期日="明天"), houses.one(unit="0502-0503", 起租日="昨天")]
    sheet = sheet_of(site, houses.write(tmp_path / "n.xlsx", {"S": lines}))
    assert sheet.max_row == 3
