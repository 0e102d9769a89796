"""A year of the store in the made-up tower: room and safe, readings, inspections, a count, certificates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.demo.desk import Desk
from app.estate.models import Place
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from app.storage import certificates, climate, entries, inspections, places, stocktakes
from app.storage.inspections import Look
from app.storage.models import Certificate, Inspection, StockTake, StoreEntry, StoreRoom

Work = Iterator[tuple[float, Callable[[], None]]]
WARMTH = (205, 207, 211, 214, 209, 203, 206)
WET = (510, 515, 522, 528, 520, 512, 508)


def live_storage(desk: Desk, days: int) -> Work:
    """(days before the end, what happens then): the keeper's round."""
    yield days - 0.5, lambda: _furnish(desk)
    for ago in range(min(days - 1, 60), -1, -1):
        yield ago + 0.6, partial(_read, desk, ago)
    for ago in range(days - 3, 0, -90):
        yield ago + 0.4, partial(_inspect, desk, ago)
    for ago in range(days - 5, 0, -12):
        yield ago + 0.35, partial(_enter, desk, ago)
    yield min(days - 2, 40) + 0.3, lambda: _keep_titles(desk)
    yield 12.3, lambda: _count(desk)


def _keeper(desk: Desk) -> Any:
    return desk.people["archivist"]


def _furnish(desk: Desk) -> None:
    """The file room, its safe, and every floor's cabinet in it."""
    keeper = _keeper(desk)
    room = _place(desk, "K-01", "B1 档案室", "room")
    _place(desk, "S-01", "权证保险柜", "safe", room)
    for at in range(1, 5):
        _place(desk, f"2026-H{at}", f"2026 年退租第 {at} 盒", "box", room)
    cabinets = select(Place).where(Place.site_id == desk.site.id, Place.kind == "cabinet", Place.parent_id.is_(None))
    for cabinet in db.session.scalars(cabinets):
        walk(places.MOVES, cabinet, "move_to", by=keeper, write=audit.write, parent=room, reason="集中存放")
    store = climate.add_room(StoreRoom(place=room), by=keeper)
    db.session.add(store)
    db.session.flush()


def _place(desk: Desk, code: str, name: str, kind: str, parent: Place | None = None) -> Place:
    site = desk.site
    place = places.add(Place(site=site, site_id=site.id, code=code, name=name, kind=kind, parent=parent))
    db.session.add(place)
    db.session.flush()
    return place


def _room(desk: Desk) -> StoreRoom | None:
    return db.session.scalar(select(StoreRoom).where(StoreRoom.site_id == desk.site.id))


def _read(desk: Desk, ago: int) -> None:
    """One reading a day; once in three weeks it is damp, and the drier is put on."""
    room, damp = _room(desk), ago % 21 == 3
    if room is not None:
        wet = 624 if damp else WET[ago % len(WET)]
        climate.log(room, WARMTH[ago % len(WARMTH)], wet, by=_keeper(desk), measures="开启除湿机" if damp else "")


def _inspect(desk: Desk, ago: int) -> None:
    """Every quarter; the second time insects are found, and seen to at once."""
    room, keeper = _room(desk), _keeper(desk)
    if room is None:
        return
    inspection = inspections.open_inspection(Inspection(place=room.place), by=keeper)
    found = {"insects"} if (ago // 90) % 2 else set()
    looks = {
        line.id: Look(
            "trouble" if line.key in found else "fine", "柜底见蠹鱼" if line.key in found else "", line.version
        )
        for line in inspection.lines
    }
    inspections.look(inspection, looks, by=keeper)
    if found:
        inspection.measures, inspection.follow_up_on = "清扫并投放防虫药，一周后复查", today()
    walk(inspections.MOVES, inspection, "finish", by=keeper, write=audit.write)
    if inspection.state == "follow_up":
        walk(inspections.MOVES, inspection, "settle", by=keeper, write=audit.write, outcome="复查未再发现虫害")
    db.session.flush()


def _enter(desk: Desk, ago: int) -> None:
    room = _room(desk)
    if room is not None:
        who, reason = (("石磊", "检修空调"), ("王敏", "取退租档案"), ("周宁", "归还入库"))[ago % 3]
        entry = StoreEntry(place=room.place, way="out" if ago % 2 else "in", who=who, reason=reason)
        db.session.add(entries.enter(entry, by=_keeper(desk)))
        db.session.flush()


def _keep_titles(desk: Desk) -> None:
    """Three owners leave their titles with us; one has hers back."""
    keeper = _keeper(desk)
    safe = db.session.scalar(select(Place).where(Place.site_id == desk.site.id, Place.code == "S-01"))
    live = select(File).where(File.site_id == desk.site.id, File.state.in_(("open", "filed")))
    for at, file in enumerate(db.session.scalars(live.where(File.customer_id.is_not(None)).order_by(File.id).limit(3))):
        certificate = Certificate(
            file=file, kind="house", registered_number=f"示例不动产权第 {at + 1:07d} 号", holder=file.current_name,
            issuer="示例市不动产登记中心", pages=4, place=safe, received_from="产权人",
        )  # fmt: skip
        certificates.receive(certificate, by=keeper)
        if at == 2:
            walk(
                certificates.MOVES, certificate, "give_back", by=keeper, write=audit.write, returned_to="产权人",
                is_signed_on_paper=True,
            )  # fmt: skip
    db.session.flush()


def _count(desk: Desk) -> None:
    """The year's count: everything is there."""
    room, keeper = _room(desk), _keeper(desk)
    if room is None:
        return
    count = stocktakes.begin(StockTake(place=room.place), by=keeper)
    stocktakes.tick(count, {line.id: Look("found", "", line.version) for line in count.lines}, by=keeper)
    walk(stocktakes.MOVES, count, "finish", by=keeper, write=audit.write, strays="")
    db.session.flush()
