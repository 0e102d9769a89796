"""A roster of 100,000 rows brought in, and the second start of the server."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from flask_migrate import upgrade

import config
from app.demo.names import Inventor
from app.kit.session import db
from tests.bench import house, seed, serving
from tests.bench.report import Line

HEADS = [
    "楼栋",
    "楼层",
    "单元号",
    "建筑面积(㎡)",
    "租户名称",
    "统一社会信用代码",
    "行业",
    "负责人",
    "身份证号",
    "日常联系人",
    "日常联系电话",
    "起租日",
    "到期日",
]
DOORS, FLOORS = 50, 40


def roster(path: Path, rows: int) -> None:
    """A sheet of one estate, every unit let."""
    inventor, chance, began = Inventor(12), random.Random(12), dt.date(2023, 1, 1)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("租户一览")
        sheet.write_row(0, 0, HEADS)
        for row in range(1, rows + 1):
            building, place = divmod(row - 1, DOORS * FLOORS)
            level, door = place // DOORS + 1, place % DOORS + 1
            name, _english, industry = inventor.firm()
            starts = began + dt.timedelta(days=chance.randrange(900))
            values = [f"{building + 1}座", f"{level}F", f"{level:02d}{door:02d}", chance.randint(30, 900),
                      f"{name}（{building + 1}{level:02d}{door:02d}）", inventor.credit_code(), industry,
                      inventor.person(), inventor.identity_number(), inventor.person(), f"199{row:08d}"]  # fmt: skip
            sheet.write_row(row, 0, values)
            sheet.write_datetime(row, len(values), dt.datetime.combine(starts, dt.time()))
            sheet.write_datetime(row, len(values) + 1, dt.datetime.combine(starts + dt.timedelta(days=1095), dt.time()))


def empty_house(folder: Path) -> None:
    """A prepared console without a tenant."""
    shutil.rmtree(folder, ignore_errors=True)
    app = house.opened(folder)
    with app.app_context():
        upgrade(directory=str(config.ROOT / "migrations"))
        seed.begin(app)
        db.engine.dispose()


def importing(folder: Path, rows: int = 100_000) -> Iterator[Line]:
    """By the command, the sheet as a house sends it: reading, checks, records, files, search and audit."""
    line = Line("import", f"import of {rows:,} rows", None, "rows/s")
    try:
        took, most, counts = _bring(folder, rows)
        _took, few, _counts = _bring(folder, rows // 5)
    except RuntimeError as error:
        line.note = str(error)[:300]
        yield line.at_least(2000)
        return
    line.ours, line.note = rows / took, f"{took:.0f} s; {counts['new']:,} new, {counts['wrong']:,} wrong"
    yield line.at_least(2000)
    note = f"{few:.0f} MB for {rows // 5:,} rows: flat would be the same"
    line = Line("import_memory", "memory of it, all processes", most, "MB", note=note)
    line.reach, line.reached = "flat (≤ 1.25 × that of a fifth)", most <= 1.25 * few
    yield line


def _bring(folder: Path, rows: int) -> tuple[float, float, dict[str, int]]:
    """(seconds, MB, counts) of one import into an empty house."""
    path, data = folder / f"roster-{rows}.xlsx", folder / "import"
    if not path.exists():
        roster(path, rows)
    empty_house(data)
    command = [sys.executable, "-m", "flask", "--app", "run", "import", "roster", str(path)]
    command += ["--site", "和悦1号园", "--json"]
    took, most, said = serving.run_watched(command, config.ROOT, house.environ(data))
    counts: dict[str, int] = json.loads(said.strip().splitlines()[-1])
    return took, most, counts


def second_start(data: Path, url: str = "", times: int = 5) -> Iterator[Line]:
    """`python run.py` over a house that is ready: until the first answer."""
    taken = []
    for _ in range(times):
        port = serving.free_port()
        environ = {**os.environ, **house.environ(data, url), "PORT": str(port), "WEB_WORKERS": "1"}
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "run.py"],
            cwd=config.ROOT,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            serving.wait_for(port, process, "/login")
            taken.append(time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(30)
    yield Line("second_start", "second start, to the first answer", sorted(taken)[len(taken) // 2], "s").at_most(1.5)
