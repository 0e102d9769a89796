"""`flask import roster` and `flask demo roster`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.estate import rules as estate
from app.estate.models import Unit
from app.kit.session import db
from tests.exchange import houses


def run(app: Flask, *arguments: Any) -> Any:
    return app.test_cli_runner().invoke(args=["import", "roster", *map(str, arguments)])


def basic(path: Path) -> Path:
    return houses.write(
        path, {"S": [houses.BASIC, houses.one(), houses.one(unit="0502", 起租日="昨天"), ["0503", "空置"]]}
    )


def test_the_site_named_is_made_and_the_json_says_what_happened(app: Flask, tmp_path: Path) -> None:
    done = run(app, basic(tmp_path / "r.xlsx"), "--site", "新楼", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(told) == {"new", "changed", "same", "wrong", "vacant", "rows"}
    assert [told[k] for k in ("new", "changed", "same", "wrong", "vacant")] == [1, 0, 0, 1, 1]
    assert {tuple(sorted(row)) for row in told["rows"]} == {("column", "level", "reason", "row", "sheet")}
    site = estate.find_site("新楼")
    assert site is not None
    assert db.session.scalar(select(func.count(Unit.id)).where(Unit.site_id == site.id)) == 2


def test_a_dry_run_makes_not_even_the_site(app: Flask, tmp_path: Path) -> None:
    done = run(app, basic(tmp_path / "r.xlsx"), "--site", "新楼", "--dry-run", "--json")
    assert json.loads(done.stdout)["new"] == 1 and done.exit_code == 0
    assert estate.find_site("新楼") is None


def test_the_report_is_written(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "wrong.xlsx"
    run(app, basic(tmp_path / "r.xlsx"), "--site", "新楼", "--report", out)
    assert load_workbook(out).worksheets[0].max_row == 2


def test_all_or_nothing_takes_nothing_in(app: Flask, tmp_path: Path) -> None:
    done = run(app, basic(tmp_path / "r.xlsx"), "--site", "新楼", "--all-or-nothing")
    assert done.exit_code == 0 and estate.find_site("新楼") is None


def test_a_file_that_cannot_be_read_ends_with_one_and_says_why(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04rubbish")
    done = run(app, tmp_path / "x.xlsx", "--site", "新楼")
    assert done.exit_code == 1 and done.stderr.strip() and "Traceback" not in done.output
    assert estate.find_site("新楼") is None


def test_a_wrong_call_ends_with_two(app: Flask, tmp_path: Path) -> None:
    assert run(app, tmp_path / "none.xlsx", "--site", "新楼").exit_code == 2
    assert run(app, basic(tmp_path / "r.xlsx")).exit_code == 2


def test_a_made_up_roster_can_be_written_and_brought_in(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "demo.xlsx"
    assert app.test_cli_runner().invoke(args=["demo", "roster", str(out), "--floors", "2"]).exit_code == 0
    told = json.loads(run(app, out, "--site", "新楼", "--json").stdout)
    assert told["wrong"] == 0 and told["new"] + told["vacant"] == 24
