"""What a roster says of the estate: building, floor, unit, its area and use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.estate import rules
from app.estate.models import UNIT_USES, Building, Floor, Site, Unit
from app.estate.spelling import MOST_UNITS_A_ROW, floor_key, floor_name, floor_of_unit, split_units, unit_key
from app.exchange import words
from app.exchange.fields import Field, Row, said
from app.exchange.rooms import part_of
from app.kit import fresh
from app.kit.labels import _l, label
from app.kit.session import db

PLACE = 10
FIELDS = [
    Field.of(
        Building,
        "name",
        said("楼栋 楼宇 楼座 座 栋 座别 栋号 楼号 大厦 座号 楼宇名称 楼栋名称 幢 幢号 building tower block"),
        key="building",
        where=True,
        down=True,
        from_sheet=r"[\w ]{1,8}[座栋幢期]|(?:tower|block|building) ?\w{1,6}|[a-z]\d?座?塔?楼?",
    ),
    Field.of(
        Floor,
        "name",
        said("楼层 层 层数 楼 层号 所在楼层 floor level fl"),
        key="floor",
        down=True,
        from_sheet=r"b?\d{1,3} ?(?:f|层|楼)|[一二三四五六七八九十]{1,3}[层楼]",
    ),
    Field.of(
        Unit,
        "number",
        said(
            "单元号 单元 房号 房间号 室号 单元编号 房屋编号 房间 户号 铺位号 铺号 商铺号 物业单元 门牌号",
            "房间编号 单位 单位号 单位编号 租赁单元 室 unit unitno unitnumber room roomno suite shopno premises",
        ),
        key="unit",
        where=True,
    ),
    Field.of(
        Unit,
        "area_dm2",
        said(
            "建筑面积 面积 租赁面积 出租面积 计租面积 合同面积 实用面积 套内面积 建面 单元面积 area floorarea",
            "gfa leasedarea areasqm aream2 grossarea",
        ),
        key="area",
        kind="area",
        once=True,
    ),
    Field.of(Unit, "use", said("用途 房屋用途 物业用途 使用性质 使用用途 业态 use usage purpose"), key="use"),
]
USE_WORDS = {
    "office": ("办公", "写字楼", "办公室", "office"),
    "shop": said("商铺 商业 零售 店铺 shop retail"),
    "restaurant": ("餐饮", "餐厅", "食堂", "restaurant"),
    "storage": ("仓库", "仓储", "库房", "storage", "warehouse"),
    "home": said("住宅 公寓 居住 宿舍 home residential apartment"),
}


@dataclass
class Known:
    """What is there of a site: read once, kept up while rows are applied.

    The units that this import has `added` are kept by their key alone, or a long import would hold them all. `made`
    says what the batch in hand has put where.
    """

    site: Site | None
    buildings: dict[str, Building] = field(default_factory=dict)
    floors: dict[tuple[str, str], Floor] = field(default_factory=dict)
    units: dict[tuple[str, str], Unit] = field(default_factory=dict)
    added: dict[tuple[str, str], Unit | int] = field(default_factory=dict)
    made: list[tuple[dict[Any, Any], Any]] = field(default_factory=list)

    def keep(self, table: dict[Any, Any], key: Any, record: Any) -> None:
        table[key] = record
        self.made.append((table, key))


def find_site(name: str) -> Site | None:
    return rules.find_site(name)


def make_site(name: str, *, by: Any = None) -> Site:
    return rules.take_on(name, by=by)


def sites(ids: Iterable[int]) -> list[tuple[int, str]]:
    """(key, name) of the sites, by name."""
    found = db.session.scalars(select(Site).where(Site.id.in_(list(ids))).order_by(Site.name))
    return [(site.id, site.name) for site in found]


def site_of(pk: int) -> Site | None:
    return db.session.get(Site, pk)


def prepare(site: Site | None) -> Known:
    """The site's buildings, floors and units in three statements."""
    known = Known(site)
    if site is None:
        return known
    for building in db.session.scalars(select(Building).where(Building.site_id == site.id).order_by(Building.id)):
        known.buildings[words.fold(building.name)] = building
    names = {building.id: key for key, building in known.buildings.items()}
    for floor in db.session.scalars(select(Floor).where(Floor.site_id == site.id)):
        known.floors[names[floor.building_id], floor_key(floor.name)] = floor
    for unit in db.session.scalars(select(Unit).where(Unit.site_id == site.id).order_by(Unit.id)):
        known.units[names[unit.building_id], words.fold(unit.number)] = unit
        known.units.setdefault((names[unit.building_id], unit_key(unit.number)), unit)
    return known


def forget(known: Known) -> None:
    """After a rolled back savepoint: drop what was made in it."""
    for table, key in known.made:
        del table[key]
    known.made.clear()


def release(known: Known) -> None:
    for table, key in known.made:
        if table is known.added:
            table[key] = table[key].id
    known.made.clear()


# ---- before rows are looked at --------------------------------------------------------------------------------------


def tidy(rows: list[Row]) -> list[Row]:
    """Spell the unit numbers as the house does, and make a row of several units several rows."""
    width = _width(rows)
    spread: list[Row] = []
    for row in rows:
        typed = row.cells.get("unit")
        numbers = split_units(words.text(typed)) if not words.is_blank(typed) else []
        numbers = [n.zfill(width) if n.isdigit() and len(n) == width - 1 else n for n in numbers]
        if len(numbers) > MOST_UNITS_A_ROW:
            row.wrong(_l("Too many units in one cell."), "unit")
            numbers = numbers[:1]
        if numbers and numbers[0] != typed:
            row.put("unit", numbers[0])
        spread.append(row)
        spread += [part_of(row, place, unit=number) for place, number in enumerate(numbers[1:], start=1)]
    return spread


def _width(rows: list[Row]) -> int:
    """How many digits the house gives a unit number that begins with 0; 0 when none does."""
    typed = (row.cells.get("unit") for row in rows)
    lengths = Counter(
        len(cell.strip()) for cell in typed if isinstance(cell, str) and re.fullmatch(r"0\d{2,5}", cell.strip())
    )
    return lengths.most_common(1)[0][0] if lengths else 0


# ---- one row --------------------------------------------------------------------------------------------------------


def plan(row: Row, known: Known) -> None:
    """Find the unit, or say which one is to be added."""
    number = row.get("unit")
    if not number:
        row.wrong(_l("The row names no unit."), "unit")
        return
    building = _building_key(row, known)
    floor = floor_name(row.get("floor")) if row.get("floor") else floor_of_unit(number)
    unit = known.units.get((building, words.fold(number))) or known.units.get((building, unit_key(number)))
    use = _use(row)
    row.plan |= {"building": building, "floor": floor or "—", "unit": unit, "use": use}
    if unit is None:
        row.is_new = True
        return
    if row.get("area", None) is not None and row.get("area") != unit.area_dm2:
        row.change(label(Unit, "area_dm2"), _square(unit.area_dm2), _square(row.get("area")))
    if use and use != unit.use:
        row.change(label(Unit, "use"), UNIT_USES[unit.use], UNIT_USES[use])


def _building_key(row: Row, known: Known) -> str:
    """The building's name folded; a site with one building need not name it."""
    if row.get("building"):
        return words.fold(row.get("building"))
    if len(known.buildings) == 1:
        return next(iter(known.buildings))
    return words.fold(rules.MAIN_BUILDING)


def _use(row: Row) -> str:
    typed = words.fold(row.get("use"))
    if not typed:
        return ""
    for key, names in USE_WORDS.items():
        if any(name in typed for name in names):
            return key
    row.warn(_l("This use is not known; the unit keeps its own."), "use")
    return ""


def _square(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths / 100:.2f}"


def apply(row: Row, known: Known, *, by: Any = None) -> None:
    """Add the unit with its floor and building, or bring it up to date."""
    unit = row.plan["unit"] or known.added.get((row.plan["building"], unit_key(row.get("unit"))))
    if isinstance(unit, int):
        unit = db.session.get(Unit, unit)
    if unit is None:
        unit = _add(row, known)
    row.plan["unit"] = unit
    _amend(row, unit)


def _amend(row: Row, unit: Unit) -> None:
    """Bring the unit up to date; a line says which columns of one that was there before."""
    wanted: dict[str, Any] = {"area_dm2": row.get("area", None), "use": row.plan["use"] or None}
    note = row.plan.get("unit_note")
    if note and note not in (unit.remark or ""):
        wanted["remark"] = "；".join(part for part in (unit.remark, note) if part)[:500]
    changed = [name for name, value in wanted.items() if value is not None and value != getattr(unit, name)]
    for name in changed:
        setattr(unit, name, wanted[name])
    if changed and not fresh.is_fresh(unit):
        row.note("amend", unit, {"columns": sorted(changed)})


def _add(row: Row, known: Known) -> Unit:
    assert known.site is not None
    key = row.plan["building"]
    building = known.buildings.get(key)
    if building is None:
        building = rules.find_or_add_building(known.site, row.get("building"))
        known.keep(known.buildings, key, building)
    at = key, floor_key(row.plan["floor"])
    floor = known.floors.get(at)
    if floor is None:
        floor = rules.new_floor(building, row.plan["floor"], make=fresh.new)
        known.keep(known.floors, at, floor)
    unit = fresh.new(
        Unit, site=known.site, building=building, floor=floor, number=row.get("unit"), use="office", remark=""
    )
    row.note("add", unit, {"number": unit.number})
    known.keep(known.added, (key, unit_key(unit.number)), unit)
    return unit
