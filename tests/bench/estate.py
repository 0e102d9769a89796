"""The rows of a made-up estate: sites, units, customers, tenants, files, papers and repairs, in any number.

The n-th customer, unit, tenancy and file belong together; all of it follows from the number of rows and one seed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import config
from app.demo.names import CITIES, ENDINGS, STEMS, TRADES, Inventor
from app.search.pinyin import syllables

NAMES = config.ROOT.parent / "shared" / "data" / "company-short-names.txt"
SITES = 8
FLOORS, DOORS = 30, 50  # of a building; units of a floor
PAPERS = (
    "company",
    "payment",
    "move_in",
    "contact",
    "identity",
    "emergency",
    "nameboard",
    "licence",
    "lease",
    "letter",
)
FAULTS = ("会议室两盏灯不亮", "洗手间漏水", "空调不制冷", "门锁打不开", "网络断线", "天花板渗水")
YEARS = 5
STILL_OPEN = 200  # one repair in so many is still in hand
STATES = ("open", "dispatched", "accepted", "paused", "done")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Size:
    """How much there is of everything, by the number of customers."""

    customers: int

    @property
    def units(self) -> int:
        return max(SITES, self.customers * 3 // 10 // SITES * SITES)

    @property
    def left(self) -> int:
        """Tenancies that have ended."""
        return (self.customers - self.units) // 4

    @property
    def repairs(self) -> int:
        return self.customers

    @property
    def buildings(self) -> int:
        """Of a site."""
        return -(-self.units // SITES // (FLOORS * DOORS))


def site_of(key: int) -> int:
    """Customers, units and what hangs on them go round the sites by their key."""
    return (key - 1) % SITES + 1


def day(origin: dt.date, less: int) -> str:
    return (origin - dt.timedelta(days=less)).isoformat()


def moment(origin: dt.datetime, less_minutes: int) -> str:
    return (origin - dt.timedelta(minutes=less_minutes)).strftime("%Y-%m-%d %H:%M:%S.%f")


def letter(building: int) -> str:
    """A, B … Z, AA …"""
    return (letter(building // 26 - 1) if building >= 26 else "") + chr(65 + building % 26)


def where(size: Size, unit: int) -> tuple[int, int, int, str]:
    """(building's key, floor's key, building of its site, number) of a unit."""
    place = (unit - 1) // SITES
    building, rest = divmod(place, FLOORS * DOORS)
    floor, door = divmod(rest, DOORS)
    building_key = building * SITES + site_of(unit)
    number = f"{letter(building)}-{floor + 1:02d}{door + 1:02d}"
    return building_key, (building_key - 1) * FLOORS + floor + 1, building, number


def buildings(size: Size) -> Iterator[Row]:
    for key in range(1, size.buildings * SITES + 1):
        yield key, site_of(key), f"{letter((key - 1) // SITES)}座"


def floors(size: Size) -> Iterator[Row]:
    for key in range(1, size.buildings * SITES * FLOORS + 1):
        building, level = (key - 1) // FLOORS + 1, (key - 1) % FLOORS + 1
        yield key, site_of(building), building, f"{level}F", level


def places(size: Size) -> Iterator[Row]:
    """The customers' cabinet of every floor (P10.01)."""
    for key, site, building, name, _level in floors(size):
        yield key, site, key, f"CAB-{building}-{name}", f"{name} 客户档案柜"


def units(size: Size) -> Iterator[Row]:
    chance = random.Random(1)
    for key in range(1, size.units + 1):
        building, floor, _place, number = where(size, key)
        yield key, site_of(key), building, floor, number, chance.randint(3_000, 90_000)


def short_names(path: Path = NAMES) -> list[str]:
    """Short names of firms from a public list, else such as the made-up tower has."""
    if not path.is_file():
        return [first + second for first in STEMS for second in STEMS if first != second]
    lines = path.read_text(encoding="utf-8-sig").splitlines()[3:]
    return [name for line in lines if 1 < len(name := line.strip()) <= 12]


def customers(size: Size, names: list[str]) -> Iterator[Row]:
    """(key, site, kind, name, English name, licence, industry, representative, identity number).

    The first is invented whole: its file tells complaints, and no real firm's name is to stand over them.
    """
    inventor = Inventor(2)
    chance = inventor.chance
    for key in range(1, size.customers + 1):
        person, number = inventor.person(), inventor.identity_number()
        if key > 1 and chance.random() < 0.1:
            yield key, site_of(key), "person", person, "", "", "", "", number
            continue
        trade, english, industry = chance.choice(TRADES)
        city, city_en = chance.choice(CITIES)
        stem = "".join(chance.sample(STEMS, 2)) if key == 1 else chance.choice(names)
        name = f"{city}{stem}{trade}{chance.choice(ENDINGS)}"
        latin = f"{''.join(syllables(stem)).title()} {english} ({city_en}) Co., Ltd."
        yield key, site_of(key), "firm", name, latin, inventor.credit_code(), industry, person, number


def contacts(size: Size) -> Iterator[Row]:
    """One a customer. The telephones begin with 1010, which no mobile number does."""
    inventor = Inventor(3)
    for key in range(1, size.customers + 1):
        yield key, site_of(key), key, inventor.person(), f"1010{key * 7919 % 10_000_000:07d}"


def tenancies(size: Size, today: dt.date) -> Iterator[Row]:
    """Every unit is let; some customers have left one."""
    chance = random.Random(4)
    for key in range(1, size.units + 1):
        began = chance.randint(30, 1400)
        ends = day(today, began - chance.choice((365, 730, 1095, 1460)))
        yield key, site_of(key), key, key, "live", day(today, began), ends, None, chance.randint(5_000, 900_000) * 100
    for key in range(size.units + 1, size.units + size.left + 1):
        unit = chance.randrange(size.units // SITES) * SITES + site_of(key)
        left = chance.randint(30, 1800)
        dates = day(today, left + 1095), day(today, left), day(today, left)
        yield key, site_of(key), unit, key, "ended", *dates, chance.randint(5_000, 900_000) * 100


def files(size: Size, today: dt.date, names: dict[int, str]) -> Iterator[Row]:
    """One live file a unit; a third of them filed, but not the first."""
    chance = random.Random(5)
    for key in range(1, size.units + 1):
        _building, floor, building, number = where(size, key)
        opened, is_filed = chance.randint(10, 1400), key % 3 == 0
        filed = f"{day(today, opened // 2)} 02:00:00.000000" if is_filed else None
        title = names[key] if key % 5 else ""
        told = "filed" if is_filed else "open", day(today, opened), filed, floor, title
        yield key, site_of(key), f"{letter(building)}座-{number}-01", key, key, key, *told


def documents(size: Size, today: dt.date, titles: dict[str, str]) -> Iterator[Row]:
    """Ten papers a file."""
    chance = random.Random(6)
    for key in range(1, size.units * len(PAPERS) + 1):
        file, paper = (key - 1) // len(PAPERS) + 1, PAPERS[(key - 1) % len(PAPERS)]
        yield _paper(chance, key, file, paper, titles[paper], today)


def _paper(chance: random.Random, key: int, file: int, paper: str, title: str, today: dt.date) -> Row:
    issued = chance.randint(1, 1400)
    valid = day(today, -chance.randint(-40, 700)) if paper in ("licence", "lease") else None
    filed = day(today, issued // 2) if file % 3 == 0 or chance.random() < 0.8 else None
    kind = "original" if chance.random() < 0.3 else "copy"
    return key, site_of(file), file, paper, title, day(today, issued), valid, kind, chance.randint(1, 12), filed


def repairs(size: Size, now: dt.datetime, kinds: int) -> Iterator[Row]:
    """Over five years, the last ones still in hand."""
    chance, counts = random.Random(7), {}
    minutes = YEARS * 365 * 24 * 60
    for key in range(1, size.repairs + 1):
        unit = chance.randrange(size.units) + 1
        reported = now - dt.timedelta(minutes=minutes - minutes * key // (size.repairs + 1))
        series = site_of(unit), reported.year
        counts[series] = counts.get(series, 0) + 1
        number = f"WX-{reported.year}-{counts[series]:05d}"
        yield key, site_of(unit), number, unit, unit, *_repair(chance, key, size, reported, kinds)


def _repair(chance: random.Random, key: int, size: Size, reported: dt.datetime, kinds: int) -> Row:
    is_open = key > size.repairs - size.repairs // STILL_OPEN
    state = chance.choice(STATES) if is_open else "closed"
    done = None if state in STATES[:4] else moment(reported, -chance.randint(30, 3000))
    closed = None if is_open else moment(reported, -chance.randint(3001, 6000))
    told = FAULTS[key % len(FAULTS)], moment(reported, 0), moment(reported, -24 * 60), done, closed, state
    return chance.randint(1, kinds), *told, state in STATES[:3]
