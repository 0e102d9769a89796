"""Finding the heading rows, and what the columns are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.exchange import headings, reading, rooms
from app.exchange.reading import Grid
from tests.exchange import houses

pytestmark = pytest.mark.once


def mapped(lines: list[list[Any]], merges: list[tuple[int, int, int, int]] | None = None) -> dict[str, str]:
    grid = Grid("S", rows=list(enumerate(lines, start=1)), merges=merges or [])
    header = headings.find(grid, rooms.fields())
    assert header is not None
    return {header.titles[column]: key for column, key in header.columns.items()}


def data(width: int) -> list[Any]:
    return ["0501", *["甲"] * (width - 2), 20000101]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("租戶名稱", "name"),
        ("公司名称", "name"),
        ("承租方", "name"),
        ("Tenant Name", "name"),
        ("租户名称*", "name"),
        ("租户名称（全称）", "name"),
        ("统一社会信用代码/注册号", "licence"),
        ("營業執照號碼", "licence"),
        ("Lease Expiry", "ends_on"),
        ("到期日期", "ends_on"),
        ("起租日", "starts_on"),
        ("月租金(元)", "rent"),
        ("水牌名稱", "nameboard"),
        ("停車位", "parking"),
        ("紧急联系人", "emergency_name"),
        ("紧急联系电话", "emergency_phone"),
        ("租赁保证金（元）", "deposit_rent"),
        ("裝修按金", "deposit_fitout"),
        ("法定代表人", "representative"),
        ("身份证号码", "id_number"),
        ("建筑面积 (㎡)", "area"),
        ("樓層", "floor"),
        ("备 注", "remark"),
        ("行业类别", "industry"),
        ("英文名称", "name_en"),
        ("Remarks", "remark"),
    ],
)
def test_a_column_is_known_by_what_people_call_it(heading: str, key: str) -> None:
    assert mapped([["单元号", "承租方名称" if key != "name" else "序号", heading], data(3)])[heading] == key


def test_group_and_sub_heading_are_read_together() -> None:
    lines = [["单元号", "负责人", None, "紧急联络人", None], [None, "姓名", "身份证号", "姓名", "电话"], data(5)]
    assert mapped(lines, [(1, 1, 1, 2), (1, 3, 1, 4)]) == {
        "单元号": "unit",
        "负责人/姓名": "representative",
        "负责人/身份证号": "id_number",
        "紧急联络人/姓名": "emergency_name",
        "紧急联络人/电话": "emergency_phone",
    }


def test_groups_reach_over_their_columns_where_merging_was_lost() -> None:
    lines = [
        ["单元号", "租户名称", "日常联系人", None, "紧急联系人", None],
        [None, None, "姓名", "电话", "姓名", "电话"],
        data(6),
    ]
    found = mapped(lines)
    assert found["日常联系人/电话"] == "daily_phone" and found["紧急联系人/电话"] == "emergency_phone"


def test_a_telephone_belongs_to_the_person_left_of_it() -> None:
    grid = Grid("S", rows=[(1, ["单元号", "日常联系人", "电话", "紧急联系人", "电话"]), (2, data(5))])
    header = headings.find(grid, rooms.fields())
    assert header is not None
    assert [header.columns[c] for c in range(5)] == [
        "unit",
        "daily_name",
        "daily_phone",
        "emergency_name",
        "emergency_phone",
    ]


def test_an_english_line_under_the_chinese_one_is_heading_too() -> None:
    grid = Grid(
        "S",
        rows=[
            (1, ["名单"]),
            (3, ["单元号", "租户名称", "备注"]),
            (4, ["Unit", "Tenant", "Remark"]),
            (5, ["0501", "甲公司", "x"]),
        ],
    )
    header = headings.find(grid, rooms.fields())
    assert header is not None and header.last_row == 4 and len(header.columns) == 3


def test_chinese_and_english_in_one_cell_are_read() -> None:
    assert mapped([["单元号 Unit No.", "租户名称\nTenant", "到期日 Expiry Date"], data(3)]) == {
        "单元号 Unit No.": "unit",
        "租户名称 Tenant": "name",
        "到期日 Expiry Date": "ends_on",
    }


def test_a_name_under_an_unknown_group_is_not_the_tenant() -> None:
    lines = [["单元号", "租户名称", "管家", None], [None, None, "姓名", "工号"], data(4)]
    assert "管家/姓名" not in mapped(lines, [(1, 2, 1, 3)])


def test_a_sheet_without_unit_numbers_is_no_roster() -> None:
    assert headings.find(Grid("S", rows=[(1, ["姓名", "电话"]), (2, ["甲", "乙"])]), rooms.fields()) is None


def test_finding_is_the_same_every_time(tmp_path: Path) -> None:
    (grid,) = reading.read(houses.traditional(tmp_path / "t.xlsx"))
    first = headings.find(grid, rooms.fields())
    headings.fit.cache_clear()
    assert headings.find(grid, rooms.fields()) == first


def test_every_field_has_its_own_names() -> None:
    for field in rooms.fields().values():
        assert field.names and field.label, field.key


def test_the_rooms_are_found_from_below() -> None:
    assert [room.__name__ for room in rooms.found()] == [
        f"app.{r}.sheets" for r in ("estate", "customers", "archive", "deposits")
    ]
