"""A roster as a house really keeps it: merged headings and floors, subtotals, a footnote, mixed spellings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.demo.names import Inventor

HEADS = [
    "序号", "楼层", "单元号", "建筑面积(㎡)", "租户名称", "英文名称", "统一社会信用代码", "行业", ("负责人", "姓名"), ("负责人", "身份证号"),
    ("日常联系人", "姓名"), ("日常联系人", "电话"), ("紧急联络人", "姓名"), ("紧急联络人", "电话"), "起租日", "到期日", "租赁押金(元)",
    "装修押金(元)", "车位号", "水牌名称", "备注",
]  # fmt: skip
UNITS_A_FLOOR = 12
VACANT_SHARE = 0.125


@dataclass
class RosterLine:
    """One unit of the invented house; a vacant one has no `cells` after the area."""

    floor: str
    number: str
    area: Any
    cells: list[Any] = field(default_factory=list)


def lines(floors: int = 24, seed: int = 7) -> list[RosterLine]:
    """`floors` × 12 units, one in eight vacant, in the seed's order."""
    inventor = Inventor(seed)
    made: list[RosterLine] = []
    for level in range(3, 3 + floors):
        for place in range(1, UNITS_A_FLOOR + 1):
            made.append(_line(inventor, level, place))
    return made


def _line(inventor: Inventor, level: int, place: int) -> RosterLine:
    chance = inventor.chance
    number = f"{level:02d}{place:02d}"
    area = round(chance.uniform(120, 640), 2)
    line = RosterLine(f"{level}F", number, f"{area}㎡" if chance.random() < 0.05 else area)
    if chance.random() < VACANT_SHARE:
        line.cells = ["空置"] if chance.random() < 0.5 else []
        return line
    name, name_en, industry = inventor.firm()
    begins = inventor.day(dt.date(2019, 1, 1), dt.date(2026, 1, 1))
    rent_deposit = round(area * chance.choice((540, 720, 900)), 2)
    line.cells = [
        _spaced(chance, name),
        name_en if chance.random() < 0.6 else None,
        "暂无" if chance.random() < 0.03 else inventor.credit_code(),
        industry if chance.random() < 0.8 else None,
        inventor.person(),
        "1" * 18 if chance.random() < 0.05 else inventor.identity_number(),
        inventor.person(),
        _telephone(inventor),
        "同左" if chance.random() < 0.08 else inventor.person(),
        "18999999999" if chance.random() < 0.05 else _telephone(inventor),
        _day(chance, begins),
        _day(chance, begins + dt.timedelta(days=365 * chance.choice((2, 3, 5, 8)))),
        f"{rent_deposit:,.2f}元" if chance.random() < 0.1 else rent_deposit,
        chance.choice((None, "已退", 20000, 30000, 50000)),
        f"B{chance.randint(1, 3)}-{chance.randint(1, 300):03d}" if chance.random() < 0.3 else None,
        name[:8],
        chance.choice((None, None, "合租", "更名中", "转租须知已签")),
    ]
    return line


def _spaced(chance: Any, name: str) -> str:
    return f" {name}\u3000" if chance.random() < 0.08 else name


def _telephone(inventor: Inventor) -> Any:
    number, roll = inventor.telephone(), inventor.chance.random()
    spellings = {
        0.80: number,
        0.85: f"+86 {number}",
        0.90: f"{number[:3]}-{number[3:7]}-{number[7:]}",
        0.94: f"{number[:3]} {number[3:7]} {number[7:]}",
        0.97: int(number),
    }
    for limit, spelling in spellings.items():
        if roll < limit:
            return spelling
    return number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def _day(chance: Any, day: dt.date) -> Any:
    forms = (day, f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}", f"{day:%Y-%m-%d} ", f"{day.year}年{day.month}月{day.day}日")
    return chance.choice(forms)


def write(path: Path, floors: int = 24, seed: int = 7) -> int:
    """Write the workbook; returns how many units it lists."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("租户一览")
    bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, "和悦大厦租户信息一览表", bold)
    sheet.write(1, 0, "制表部门:客务部")
    _write_heads(sheet, bold)
    units = lines(floors, seed)
    end = _write_floors(sheet, units)
    sheet.write(end, 0, "注:面积以产权证为准;电话变更请及时通知客务部。")
    book.close()
    return len(units)


def _write_heads(sheet: Any, bold: Any) -> None:
    column = 0
    while column < len(HEADS):
        head = HEADS[column]
        if isinstance(head, tuple):
            sheet.merge_range(2, column, 2, column + 1, head[0], bold)
            sheet.write(3, column, head[1], bold)
            sheet.write(3, column + 1, HEADS[column + 1][1], bold)
            column += 2
        else:
            sheet.merge_range(2, column, 3, column, head, bold)
            column += 1


def _write_floors(sheet: Any, units: list[RosterLine]) -> int:
    row, position = 4, 0
    for start in range(0, len(units), UNITS_A_FLOOR):
        floor = units[start : start + UNITS_A_FLOOR]
        sheet.merge_range(row, 1, row + len(floor) - 1, 1, floor[0].floor)
        for line in floor:
            position += 1
            sheet.write(row, 0, position)
            _write_unit(sheet, row, line)
            row += 1
        sheet.write(row, 1, "小计")
        sheet.write(row, 3, sum(line.area for line in floor if isinstance(line.area, float)))
        row += 1
    return row


def _write_unit(sheet: Any, row: int, line: RosterLine) -> None:
    as_number = int(line.number) % 7 == 3
    sheet.write(row, 2, int(line.number)) if as_number else sheet.write_string(row, 2, line.number)
    for column, value in enumerate([line.area, *line.cells], start=3):
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        elif value is not None:
            sheet.write(row, column, value)
