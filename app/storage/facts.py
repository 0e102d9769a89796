"""What places, certificates and the care of the rooms say on paper."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from app.estate import facts as estate
from app.estate.models import Place
from app.printing import qr
from app.printing.subjects import Facts, adds, read, subject
from app.storage import certificates, climate, entries, inspections
from app.storage.models import (
    Certificate,
    ClimateReading,
    Inspection,
    InspectionLine,
    StockTake,
    StockTakeLine,
    StoreEntry,
    StoreRoom,
)
from app.storage.places import path

A_PAGE = 12
AT_HOME = "http://127.0.0.1:8080"


def address_of(place: Place) -> str:
    """Where the square code on a place leads: to the place's page."""
    base = current_app.config.get("PUBLIC_URL") or AT_HOME
    return f"{base.rstrip('/')}/places/{place.id}"


def _label(place: Place) -> Facts:
    said = read(place, "code", "name", "kind", "floor")
    return said | {
        "path": " › ".join(each.name for each in path(place)[:-1]),
        "square": str(qr.svg(address_of(place), place.code)),
    }


@adds("place")
def label_facts(place: Place) -> Facts:
    """Where the place stands, and the square code that leads to its page."""
    return {"spot": _label(place)}


@subject("place_labels", Place, parts={"spot": Place}, many=True, yearly=True)
def labels_facts(places: Sequence[Place]) -> Facts:
    """Many labels, twelve a page."""
    labels = [_label(place) for place in places]
    return {
        "site": estate.site_facts(places[0].site),
        "pages": [labels[at : at + A_PAGE] for at in range(0, len(labels), A_PAGE)],
    }


CERTIFICATE = (
    "number", "kind", "issuer", "issued_on", "registered_number", "holder", "pages", "place", "keeper", "state",
    "received_on", "received_from", "returned_on", "returned_to", "customer_signature", "keeper_signature",
)  # fmt: skip


@subject("certificate", Certificate, parts=estate.PARTS)
def certificate_facts(certificate: Certificate) -> Facts:
    """One certificate, for the slip that customer and keeper sign (P11.05)."""
    return {
        "certificate": read(certificate, *CERTIFICATE, "is_signed_on_paper"),
        "site": estate.site_facts(certificate.site),
        "unit": estate.unit_facts(certificate.file.unit),
        "file_name": certificate.file.current_name,
    }


@subject("certificate_ledger", Certificate, parts={"certificates": Certificate}, many=True, yearly=True,
         among=certificates.received)  # fmt: skip
def ledger_facts(found: Sequence[Certificate]) -> Facts:
    """The ledger of certificates 权证档案台账 (P11.02), in the order they came in."""
    rows = [read(one, *CERTIFICATE) | {"position": position} for position, one in enumerate(found, 1)]
    return {"site": estate.site_facts(found[0].site), "certificates": rows}


@subject("inspection", Inspection, parts={**estate.PARTS, "lines": InspectionLine})
def inspection_facts(inspection: Inspection) -> Facts:
    """What was looked at, what was found, what is done about it (P7.10)."""
    lines = [
        read(line, "finding", "remark") | {"words": dict(inspections.words_of(line)), "position": line.position}
        for line in inspection.lines
    ]
    columns = ("number", "place", "inspected_on", "inspector", "measures", "follow_up_on", "outcome", "closed_on",
               "closed_by", "state")  # fmt: skip
    return {"inspection": read(inspection, *columns), "site": estate.site_facts(inspection.site), "lines": lines}


@subject("temperature_humidity", ClimateReading, parts={"readings": ClimateReading, "room": StoreRoom}, many=True,
         among=climate.between)  # fmt: skip
def climate_facts(readings: Sequence[ClimateReading]) -> Facts:
    """The log of every room with its limits; what leaves them is marked (P5.01)."""
    rooms: list[Facts] = []
    for reading in readings:
        if not rooms or rooms[-1]["id"] != reading.room_id:
            rooms.append(_room(reading.room))
        rooms[-1]["readings"].append(_reading(reading))
    return {"site": estate.site_facts(readings[0].room.site), "rooms": rooms}


def _room(room: StoreRoom) -> Facts:
    columns = ("coldest", "warmest", "swing_celsius", "driest", "dampest", "swing_percent")
    return {"id": room.id, "name": str(room.place), "readings": [], **read(room, *columns)}


def _reading(reading: ClimateReading) -> Facts:
    columns = ("celsius", "percent", "outside_celsius", "outside_percent", "finding", "measures", "user")
    day, time = str(read(reading, "read_at")["read_at"]).split(" ")
    return read(reading, *columns) | {"day": day, "time": time, "is_fine": reading.finding == "fine"}


@subject("stock_take", StockTake, parts={**estate.PARTS, "lines": StockTakeLine})
def count_facts(count: StockTake) -> Facts:
    """What should be there, line by line, and the result (P5.02)."""
    columns = (
        "number",
        "place",
        "begun_on",
        "finished_on",
        "counter",
        "expected",
        "found",
        "missing",
        "strays",
        "state",
    )
    lines = [
        read(line, "result", "remark", "place")
        | {"position": line.position, "number": str(line), "whose": line.file.current_name if line.file else ""}
        for line in count.lines
    ]
    return {"stock_take": read(count, *columns), "site": estate.site_facts(count.site), "lines": lines}


@subject("store_entries", StoreEntry, parts={"entries": StoreEntry}, many=True, among=entries.between)
def entry_facts(found: Sequence[StoreEntry]) -> Facts:
    """Who and what came in and went out (P5.02)."""
    columns = ("at", "place", "way", "who", "what", "reason", "user")
    rows = [read(entry, *columns) | {"position": position} for position, entry in enumerate(found, 1)]
    return {"site": estate.site_facts(found[0].place.site), "entries": rows}
