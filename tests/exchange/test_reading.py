"""Reading in the child process: what is refused, how soon, and what comes through (G11)."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from app.exchange import reading
from app.kit.errors import RuleError
from tests.exchange import hostile, houses

pytestmark = [pytest.mark.no_app, pytest.mark.once]
LINES = [
    ["单元号", "租户名称", "备注"],
    ["0501", "云达信息技术有限公司", "一切正常，没有问题"],
    ["0502", "上海安明网络科技有限责任公司", ""],
]
LINES_HANT = [
    ["單元號", "租戶名稱", "備註"],
    ["0501", "雲達資訊科技有限公司", "電話變更請及時通知"],
    ["0502", "上海安明網絡科技有限公司", ""],
]


@pytest.mark.parametrize("what", hostile.REFUSED)
def test_a_hostile_file_is_refused_in_words_within_ten_seconds(tmp_path: Path, what: str) -> None:
    name, make = hostile.REFUSED[what]
    content, began = make(tmp_path), time.monotonic()
    with pytest.raises(RuleError) as refusal:
        reading.read_bytes(name, content)
    assert time.monotonic() - began < 10
    assert refusal.value.message in reading.REFUSALS.values()


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (grid,) = reading.read_bytes("good.xlsx", hostile.good(tmp_path))
    assert [number for number, _cells in grid.rows] == [1, 2]


def test_a_sheet_that_reaches_to_the_last_cell_is_read_without_filling_it(tmp_path: Path) -> None:
    far = hostile.HEAD + '<row r="1048576"><c r="A1048576"><v>501</v></c><c r="XFD1048576"><v>1</v></c></row>'
    (grid,) = reading.read_bytes("a.xlsx", hostile.book(hostile.sheet(far)))
    assert grid.rows[-1] == (1048576, [501])


def test_formulas_come_as_what_they_last_came_to(tmp_path: Path) -> None:
    (grid,) = reading.read(hostile.with_formulas(tmp_path / "f.xlsx"))
    assert grid.rows[1][1] == ["0501", "甲乙有限公司", '=HYPERLINK("http://x")']


def test_a_workbook_with_macros_is_read_and_nothing_runs(tmp_path: Path) -> None:
    (grid,) = reading.read_bytes("a.xlsm", hostile.macro_sheet(tmp_path))
    assert grid.rows[0][1] == ["单元号", "租户名称", "备注"]


def test_row_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    path = houses.write(tmp_path / "gaps.xlsx", {"S": [[], [], ["a"], [], ["b"]]})
    (grid,) = reading.read(path)
    assert [number for number, _cells in grid.rows] == [3, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_table_is_read_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = houses.write_csv(tmp_path / "名单.csv", LINES, encoding, delimiter)
    (grid,) = reading.read(path)
    assert grid.name == "名单"
    assert grid.rows[1] == (2, ["0501", "云达信息技术有限公司", "一切正常，没有问题"])


def test_big5_is_told_from_gb18030(tmp_path: Path) -> None:
    (grid,) = reading.read(houses.write_csv(tmp_path / "b.csv", LINES_HANT, "big5"))
    assert grid.rows[0][1] == LINES_HANT[0]


def test_a_file_too_large_is_not_even_sent_to_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_BYTES", 10)
    monkeypatch.setattr(reading.subprocess, "Popen", lambda *a, **k: pytest.fail("the child was started"))
    with pytest.raises(RuleError):
        reading.read_bytes("a.csv", b"x" * 11)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        reading.read(tmp_path / "none.xlsx")


def test_the_child_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    assert "s3cret" not in str(reading._environment())


def test_xml_as_deep_as_a_well_does_no_harm(tmp_path: Path) -> None:
    (grid,) = reading.read_bytes("a.xlsx", hostile.deep_xml(tmp_path))
    assert len(grid.rows) == 1


def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    content = hostile.book(hostile.sheet(hostile.HEAD + '<row r="2">' + "<c><v>1</v></c>" * 300_000 + "</row>"))
    assert reading.read_bytes("a.xlsx", content)
    monkeypatch.setattr(reading, "MEGABYTES", 80)
    with pytest.raises(RuleError) as refusal:
        reading.read_bytes("a.xlsx", content)
    assert refusal.value.message is reading.REFUSALS["too_large"]


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c><c><v>2</v></c><c><v>3</v></c></row>' for n in range(2, 190_000))
    content = hostile.book(hostile.sheet(hostile.HEAD + rows))
    monkeypatch.setattr(reading, "SECONDS", 1)
    monkeypatch.setattr(reading, "SECONDS_A_MEGABYTE", 0)
    with pytest.raises(RuleError) as refusal:
        reading.read_bytes("a.xlsx", content)
    assert refusal.value.message is reading.REFUSALS["too_long"]


def test_a_row_is_packed_and_comes_out_as_it_was() -> None:
    cells = ["0501", None, 3, 2.5, True, dt.date(2026, 11, 1), "张三\n电话"]
    assert reading.unpack(reading.pack(cells)) == cells
    assert len(reading.pack(cells)) < 100


def test_the_time_that_is_limited_is_the_processors_and_a_child_that_waits_is_stopped_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A busy machine gives the child a share of the clock only: an honest sheet is read all the same."""
    sleeper = tmp_path / "child.py"
    sleeper.write_text(
        "import sys, time\nsys.stdin.buffer.read()\ntime.sleep(float(sys.argv[2]))\nprint('{\"end\":true}')\n"
    )
    monkeypatch.setattr(reading, "CHILD", sleeper)
    monkeypatch.setattr(reading, "SECONDS", 1)
    monkeypatch.setattr(reading, "MEGABYTES", 1.5)
    assert reading.read_bytes("a.csv", b"x") == []
    monkeypatch.setattr(reading, "PATIENCE", 1)
    with pytest.raises(RuleError) as refusal:
        reading.read_bytes("a.csv", b"x")
    assert refusal.value.message is reading.REFUSALS["too_long"]
