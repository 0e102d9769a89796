"""Sheets as other houses keep them, written for tests. Everything in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from app.demo.names import Inventor

Lines = Sequence[Sequence[Any]]
BASIC = ["单元号", "租户名称", "统一社会信用代码", "负责人", "日常联系人", "电话", "起租日", "到期日"]


def write(path: Path, sheets: dict[str, Lines], merges: Sequence[tuple[str, int, int, int, int, Any]] = ()) -> Path:
    """An .xlsx: sheet name -> rows; `merges` are (sheet, top, left, bottom, right, value), counted from 0."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(lines):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
        for where, top, left, bottom, right, value in merges:
            if where == name:
                sheet.merge_range(top, left, bottom, right, value)
    book.close()
    return path


def write_csv(path: Path, lines: Lines, encoding: str, delimiter: str = ",") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["" if c is None else c for c in line] for line in lines])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def one(inventor: Inventor | None = None, unit: Any = "0501", **said: Any) -> list[Any]:
    """A line of the BASIC columns with what is said replaced; keys are the headings."""
    inventor = inventor or Inventor(3)
    plain = dict(
        zip(
            BASIC,
            [
                unit,
                inventor.firm()[0],
                inventor.credit_code(),
                inventor.person(),
                inventor.person(),
                inventor.telephone(),
                "2025-01-01",
                "2027-12-31",
            ],
            strict=True,
        )
    )
    return [said.get(head, plain[head]) for head in BASIC]


def traditional(path: Path) -> Path:
    """繁體 headings with an English line under them, in HK spellings."""
    inventor = Inventor(21)
    heads = [
        "樓層",
        "單位編號",
        "面積（平方米）",
        "租戶名稱",
        "租戶英文名稱",
        "商業登記號碼",
        "聯絡人",
        "聯絡電話",
        "緊急聯絡人",
        "緊急聯絡電話",
        "租約開始日期",
        "租約到期日",
        "租賃按金",
        "備註",
    ]
    english = [
        "Floor",
        "Unit No.",
        "Area (sqm)",
        "Tenant",
        "Tenant Name (English)",
        "BR No.",
        "Contact",
        "Phone",
        "Emergency Contact",
        "Emergency Phone",
        "Lease Start",
        "Lease End",
        "Rent Deposit",
        "Remarks",
    ]
    lines: list[list[Any]] = [["和悅大廈租戶一覽表"], [], heads, english]
    for place in range(1, 5):
        name, name_en, _industry = inventor.firm()
        lines.append(
            [
                "8樓",
                f"08{place:02d}",
                120.5,
                name,
                name_en,
                inventor.credit_code(),
                inventor.person(),
                inventor.telephone(),
                "同左",
                "同左",
                "15/3/2024",
                "31/12/2027",
                "HK$54,000",
                "轉租須知已簽",
            ]
        )
    lines.append(["8樓", "0805", 88, "待租"])
    lines.append(["8樓合計", None, 570.5])
    lines.append(["註：面積以產權證為準"])
    return write(path, {"租戶": lines})


def owners(path: Path) -> Path:
    """Owner and tenant on two rows of one unit, the unit written once; one unit with its owner in it."""
    inventor = Inventor(22)
    heads = ["楼栋", "房号", "身份", "姓名", "身份证号码", "联系电话", "备注"]
    lines: list[list[Any]] = [heads]
    for unit in ("101", "102"):
        lines.append(["A座", unit, "业主", inventor.person(), inventor.identity_number(), inventor.telephone(), ""])
        lines.append([None, None, "租户", inventor.person(), inventor.identity_number(), inventor.telephone(), ""])
    lines.append(["A座", "103", "业主", inventor.person(), inventor.identity_number(), inventor.telephone(), "自住"])
    return write(path, {"住户": lines})


def two_rows_of_heads(path: Path) -> Path:
    """Merged groups over their columns, floors merged down, subtotals between."""
    inventor = Inventor(23)
    lines: list[list[Any]] = [
        ["2026年租户登记表"],
        ["楼层", "单元", "租赁面积", "租户", None, "联系人", None, "租期", None, "押金", None],
        [None, None, None, "名称", "信用代码", "姓名", "电话", "起", "止", "租赁押金", "装修押金"],
    ]
    for place in range(1, 4):
        lines.append(
            [
                None,
                f"12{place:02d}",
                "120㎡",
                inventor.firm()[0],
                inventor.credit_code(),
                inventor.person(),
                inventor.telephone(),
                "2024.3.1",
                "2027年2月28日",
                "5.4万",
                "已退",
            ]
        )
    lines.append(["小计", None, 360])
    merges = [
        ("登记", 1, 3, 1, 4, "租户"),
        ("登记", 1, 5, 1, 6, "联系人"),
        ("登记", 1, 7, 1, 8, "租期"),
        ("登记", 1, 9, 1, 10, "押金"),
        ("登记", 1, 0, 2, 0, "楼层"),
        ("登记", 1, 1, 2, 1, "单元"),
        ("登记", 1, 2, 2, 2, "租赁面积"),
        ("登记", 3, 0, 5, 0, "12F"),
    ]
    return write(path, {"登记": lines}, merges)


def several_sheets(path: Path) -> Path:
    """One sheet a floor with different columns, a sheet of deposits by unit, and one that is no roster."""
    inventor = Inventor(24)
    first = [["房间号", "公司名称", "联系人", "手机"]]
    first += [[f"30{p}", inventor.firm()[0], inventor.person(), inventor.telephone()] for p in (1, 2)]
    second = [["公司全称", "室号", "租赁开始日期", "租赁结束日期", "月租金"]]
    second += [[inventor.firm()[0], f"40{p}", "2024/1/1", "2026/12/31", "12,000元/月"] for p in (1, 2)]
    deposits = [["房号", "租赁押金"], ["301", 30000], ["302", "40,000元"], ["401", 50000]]
    return write(path, {"3F": first, "4F": second, "押金": deposits, "说明": [["本表由客务部维护"], ["每月更新"]]})
