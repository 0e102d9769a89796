"""What repairs say on a file's page, and the pictures on a repair's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import LIVE_STATES, File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l, label
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.repairs import pictures
from app.repairs.models import STAGES, Repair, RepairCost, RepairPicture
from app.security import gate

SHOWN, MOST = 5, 50
KILO = 1024


def chapter(file: File) -> Chapter:
    """The newest repairs of the file's tenant, or of the unit while nobody is in it."""
    if not gate.may("list", "Repair"):
        return Chapter()
    theirs = select(Repair).where(Repair.unit_id == file.unit_id, Repair.tenancy_id == file.tenancy_id)
    along = [joinedload(Repair.kind), joinedload(Repair.assignee)]
    repairs = list(db.session.scalars(theirs.order_by(Repair.id.desc()).limit(MOST).options(*along)))
    gate.foresee(repairs)
    events = [event for repair in repairs for event in _events(repair)]
    return Chapter(panel=_panel(repairs), events=events, openers=_openers(file))


def _panel(repairs: list[Repair]) -> Panel:
    names = ("kind", "state", "due_at")
    rows = [
        [Cell(repair.number, "link", _url(repair)), *(cell(repair, name) for name in names)]
        for repair in repairs[:SHOWN]
    ]
    heads = [label(Repair, name) for name in ("number", *names)]
    return Panel(_l("Repairs"), heads, rows, _l("No repairs."), key="repairs")


def _openers(file: File) -> list[Link]:
    if file.state not in LIVE_STATES or not gate.may("add", "Repair"):
        return []
    back = address("FileView.show", pk=file.id)
    return [Link(_l("New repair"), url_for("RepairView.add", unit=file.unit_id, next=back), key="r")]


def _events(repair: Repair) -> list[Event]:
    told = [Event(repair.reported_at, _l("Repair reported"), f"{repair.kind} {repair.number}", _url(repair), "warn")]
    if repair.closed_at is not None:
        what, tone = (_l("Repair closed"), "good") if repair.state == "closed" else (_l("Closed undone"), "quiet")
        told.append(Event(repair.closed_at, what, f"{repair.kind} {repair.number}", _url(repair), tone))
    return told


def _url(repair: Repair) -> str | None:
    return address("RepairView.show", pk=repair.id) if gate.may("show", "Repair") else None


@dataclass(frozen=True)
class Picture:
    """One picture as its reader may see it; `size` in KB."""

    name: Any
    size: int
    url: str
    small_url: str


def context(repair: Repair) -> dict[str, Any]:
    """The pictures of a repair by stage, and where new ones are sent."""
    sealed = gate.is_sealed(repair)
    shown = repair.pictures if not sealed and gate.may("download", "RepairPicture") else []
    may_add = not sealed and gate.may("add", "RepairPicture") and pictures.takes_pictures(repair)
    return {
        "stages": [
            (
                words,
                [_picture(one) for one in shown if one.stage == stage],
                url_for("RepairPictureView.add", pk=repair.id, stage=stage) if may_add else "",
            )
            for stage, words in STAGES.items()
        ],
        "pictures_are_sealed": sealed,
    }


def _picture(picture: RepairPicture) -> Picture:
    url, small = (url_for(f"RepairPictureView.{name}", pk=picture.id) for name in ("download", "small"))
    return Picture(gate.value(picture, "original_name"), -(-picture.size // KILO), url, small)


def url_of_repair(line: RepairCost) -> str:
    """After a line is added the desk goes on with its repair."""
    return address("RepairView.show", pk=line.repair_id)
