"""The full house's places and certificates, and what is written down of its rooms."""

from __future__ import annotations

from typing import Any

from app.archive.models import File
from app.archive.trails import FileNumber, PlaceMove
from app.customers.models import Tenancy
from app.estate.models import Place, Site
from app.kit.columns import now, today
from app.storage.models import (
    Certificate,
    CertificateLine,
    ClimateReading,
    Inspection,
    InspectionLine,
    StockTake,
    StockTakeLine,
    StoreEntry,
    StoreRoom,
)


def furnish(site: Site, tenancy: Tenancy, mark: str, number: int, file: File) -> list[Any]:
    """One of each, not yet stored; its certificate went out and came back, so that every column has words."""
    room = Place(site_id=site.id, kind="room", code=f"{mark}室{number}", name=f"{mark}档案室")
    safe = Place(site_id=site.id, kind="safe", code=f"{mark}柜{number}", name=f"{mark}保险柜", parent=room)
    certificate = Certificate(
        site_id=site.id, number=file.number, file=file, registered_number=f"{mark}契{number}", place=safe,
        holder=f"{mark}持{number}", issuer=f"{mark}局", received_on=today(), received_from=f"{mark}付{number}",
        lent_to=f"{mark}赁{number}", returned_to=f"{mark}返{number}", returned_on=today(), state="returned",
        customer_signature=f"M1 1L{number % 300} 98.7", keeper_signature=f"M1 1L{number % 300} 97.6",
        remark=f"{mark}备{number}",
    )  # fmt: skip
    line = CertificateLine(
        site_id=site.id, certificate=certificate, what="returned", at=now(), person=f"{mark}谁{number}",
        reason=f"{mark}何{number}",
    )  # fmt: skip
    store = StoreRoom(site_id=site.id, place=room)
    reading = ClimateReading(site_id=site.id, room=store, read_at=now(), temperature=205, humidity=520, finding="fine")
    inspection = Inspection(site_id=site.id, place=room, number=f"{mark}检{number}", inspected_on=today())
    count = StockTake(site_id=site.id, place=room, number=f"{mark}盘{number}", begun_on=today())
    return [
        room, safe, certificate, line, store, reading, inspection, count,
        InspectionLine(site_id=site.id, inspection=inspection, position=1, key="fire"),
        StockTakeLine(site_id=site.id, stock_take=count, position=1, file=file),
        StoreEntry(site_id=site.id, place=room, at=now(), who=f"{mark}客{number}", reason=f"{mark}由{number}"),
        PlaceMove(site_id=site.id, file=file, to_place=room, moved_at=now(), reason=f"{mark}移{number}"),
        FileNumber(site_id=site.id, file=file, old=f"{mark}旧{number}", new=file.number, changed_at=now()),
    ]  # fmt: skip
