"""篇十: what is known of the units' use, analysed and shared, walked over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import makers
from app.kit.session import db
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]


def test_p10_09_the_use_of_units_is_analysed_and_shared(login: Login, site: Any) -> None:
    """Occupancy and use by floor and by use, with a stacking plan: screen, picture, Excel, JSON, paper."""
    let = makers.make_unit("0801", site=site, area_dm2=12_000, use="office")
    makers.make_unit("0802", floor=let.floor, area_dm2=4_000, use="shop")
    makers.make_tenancy(let, makers.make_customer("瑞恒科技有限公司", site=site))
    db.session.commit()
    manager = login("manager", "zh_Hans")
    seen = manager.get("/reports/occupancy").get_data(as_text=True)
    assert "0801 · 瑞恒科技有限公司" in seen and "75.0%" in seen
    assert b"0802" in manager.get("/reports/occupancy.svg").data
    told = json.loads(manager.get("/reports/occupancy.json?by=use").data)
    assert [row[1:4] for row in told["rows"]] == [[1, 1, 0], [1, 0, 1]]
    assert manager.get("/reports/occupancy.xlsx").data.startswith(b"PK")
    assert manager.post("/reports/occupancy/print").data.startswith(b"%PDF-")
    shared = select(AuditLine.detail).where(AuditLine.action == "export", AuditLine.subject_type == "Report")
    assert list(db.session.scalars(shared)) == [{"report": "occupancy"}] * 2


def test_p10_09_the_use_of_files_is_counted_by_month(login: Login, site: Any, cast: Any) -> None:
    """Look-ups asked for and granted, and sheets printed, month by month."""
    file = makers.make_filed_file(makers.make_unit(site=site))
    makers.make_request(file, cast["clerk"])
    db.session.commit()
    supervisor = login("supervisor")
    assert supervisor.post(f"/print/file_label/{file.id}").data.startswith(b"%PDF-")
    told = json.loads(supervisor.get("/reports/use_of_files.json").data)
    assert told["totals"][1:] == [1, 0, 0, 1, 1]
    assert [column["kind"] for column in told["columns"]] == ["text", *["number"] * 5]
