"""Makers of places, certificates and what is written down of the rooms; each fills in what is not said."""

from __future__ import annotations

import itertools
from typing import Any

from app.archive.models import File
from app.demo import makers
from app.estate.models import Place, Site
from app.kit.columns import now
from app.kit.session import db
from app.storage import certificates, climate, entries, inspections, places, stocktakes
from app.storage.models import Certificate, ClimateReading, Inspection, StockTake, StoreEntry, StoreRoom

_numbers = itertools.count(1)


def make_place(site: Site | None = None, kind: str = "box", *, parent: Place | None = None, **more: Any) -> Place:
    """A place of the site; its code is made unique."""
    site = site or (parent.site if parent is not None else makers.make_site())
    said = {"code": f"P{next(_numbers):04d}", "name": "库位", **more}
    place = places.add(Place(site=site, site_id=site.id, kind=kind, parent=parent, **said))
    db.session.add(place)
    db.session.flush()
    return place


def make_safe(site: Site | None = None) -> Place:
    """A safe in a room."""
    return make_place(site, "safe", parent=make_place(site, "room", name="档案室"), name="保险柜")


def make_certificate(file: File | None = None, *, by: Any = None, **more: Any) -> Certificate:
    """A title in the site's safe, in its file's envelope."""
    file = file or makers.make_file()
    said = {"registered_number": "京 (2021) 示例不动产权第 0000001 号", "holder": file.current_name or "示例业主",
            "place": make_safe(file.site), **more}  # fmt: skip
    return certificates.receive(Certificate(file=file, **said), by=by)


def make_store_room(site: Site | None = None, **more: Any) -> StoreRoom:
    """A room that is read, with the usual limits."""
    room = climate.add_room(StoreRoom(place=make_place(site, "room", name="档案室"), **more))
    db.session.add(room)
    db.session.flush()
    return room


def make_reading(
    room: StoreRoom | None = None, temperature: int = 205, humidity: int = 520, **more: Any
) -> ClimateReading:
    return climate.log(room or make_store_room(), temperature, humidity, **more)


def make_inspection(place: Place | None = None, *, by: Any = None) -> Inspection:
    return inspections.open_inspection(Inspection(place=place or make_place(kind="room")), by=by)


def make_stock_take(place: Place, *, by: Any = None) -> StockTake:
    """A count of what lies in a place."""
    return stocktakes.begin(StockTake(place=place), by=by)


def make_entry(place: Place | None = None, *, by: Any = None, **more: Any) -> StoreEntry:
    said = {"who": "石磊", "reason": "检修空调", "at": now(), **more}
    entry = entries.enter(StoreEntry(place=place or make_place(kind="room"), **said), by=by)
    db.session.add(entry)
    db.session.flush()
    return entry
