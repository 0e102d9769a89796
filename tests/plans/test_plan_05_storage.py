"""Plan 5: the store's climate, its protections, who goes in and out, and the yearly count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import boxes
from app.demo import makers, storage_makers
from app.kit.columns import today
from app.kit.session import db
from app.storage.inspections import shipped
from app.storage.models import ClimateReading, StockTake
from tests.plans.test_plan_02_storage import text

Login = Callable[..., FlaskClient]


def test_p5_01_temperature_and_humidity_are_written_down_and_marked(login: Login, site: Any) -> None:
    """温湿度: two readings, one outside 14–24 ℃ and 45–60 %; list, print and chart mark it; ten protections."""
    room = storage_makers.make_store_room(site)
    archivist = login("archivist")
    for temperature, humidity in (("21.5", "50"), ("265", "63")):
        form = {f"temperature-{room.id}": temperature, f"humidity-{room.id}": humidity}
        assert archivist.post("/climate/today/", data=form).status_code == 302
    assert [one.finding for one in db.session.scalars(select(ClimateReading).order_by(ClimateReading.id))] == [
        "fine",
        "both",
    ]
    printed = text(archivist.post("/print/temperature_humidity"))
    assert "▲26.5" in printed and "▲21.5" not in printed and "14–24℃" in printed
    assert "<svg" in archivist.get("/reports/climate_of_rooms").get_data(as_text=True)
    ten = [line["key"] for line in shipped() if line["section"] == "room"]
    assert len(ten) == 10 and {"fire", "theft", "water", "light", "dust", "rodents"} < set(ten)


def test_p5_02_in_and_out_and_the_yearly_count(login: Login, site: Any) -> None:
    """进出库与库检: who went in and why; a count lists what should be there and ends with its differences."""
    room = storage_makers.make_place(site, "room", name="档案室")
    boxes.put(makers.make_file(makers.make_unit("0701", site=site)), room)
    archivist = login("archivist")
    entry = {"place": room.id, "way": "out", "who": "周宁", "what": "0701-01", "reason": "查阅"}
    assert archivist.post("/store-entries/add", data=entry).status_code == 302
    assert "周宁" in text(archivist.post("/print/store_entries"))
    archivist.post("/stock-takes/add", data={"place": room.id})
    count = db.session.scalars(select(StockTake)).one()
    line = count.lines[0]
    refused = archivist.post(f"/stock-takes/{count.id}/move/finish", data={})
    assert refused.status_code == 422
    ticked = {f"version-{line.id}": line.version, f"choice-{line.id}": "missing"}
    archivist.post(f"/stock-takes/{count.id}/tick", data=ticked)
    archivist.post(f"/stock-takes/{count.id}/move/finish", data={"strays": "无"})
    db.session.expire_all()
    assert (count.state, count.missing, count.finished_on) == ("done", 1, today())
