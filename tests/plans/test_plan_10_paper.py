"""篇十, the yearly job on paper: moved-out files are listed, put into boxes by floor; each box says what it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pymupdf
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import File
from app.demo import makers
from app.estate.models import Place
from app.kit.session import db
from app.printing.models import PrintLine

Login = Callable[..., FlaskClient]


def text(answer: Any) -> str:
    assert answer.status_code == 200 and answer.mimetype == "application/pdf", answer.get_data(as_text=True)[:300]
    with pymupdf.open(stream=answer.data) as document:
        return "".join("".join(page.get_text() for page in document).split())


def moved_out(login: Login, site: Any, floor: Any, number: str, name: str, on: str) -> File:
    """A tenant who has left on a day: the file is closed over HTTP."""
    unit = makers.make_unit(number, site=site, floor=floor)
    file = makers.make_file(unit, makers.make_tenancy(unit, makers.make_customer(name, site=site)))
    makers.make_document(file, pages=3)
    makers.make_document(file, "lease", pages=8)
    makers.make_moving(file.tenancy, checked=True)
    login("supervisor").post(f"/files/{file.id}/move/close", follow_redirects=True)
    db.session.refresh(file)
    assert file.state == "closed"
    file.closed_on = dt.date.fromisoformat(on)
    db.session.flush()
    return file


def test_p10_06_the_years_moved_out_files_are_listed_and_boxed_by_floor(login: Login, site: Any) -> None:
    """The catalogue of a year lists that year's files by floor and unit; a box's label counts what lies in it."""
    low, high = makers.make_floor(site, "3F"), makers.make_floor(site, "12F")
    high.level, low.level = 12, 3
    top = moved_out(login, site, high, "1207", "甲楼上有限公司", "2025-03-01")
    second = moved_out(login, site, low, "0309", "乙同层有限公司", "2025-11-30")
    first = moved_out(login, site, low, "0302", "丙同层有限公司", "2025-06-30")
    moved_out(login, site, low, "0311", "丁次年有限公司", "2026-01-02")
    makers.make_file(makers.make_unit("0315", site=site, floor=low))
    archivist = login("archivist", "zh_Hans")
    year = {"from": "2025-01-01", "to": "2025-12-31"}

    catalogue = text(archivist.post("/print/floor_catalogue", data=year))
    places = [catalogue.index(name) for name in ("丙同层", "乙同层", "甲楼上")]
    assert places == sorted(places) and catalogue.index("3F") < places[0] < catalogue.index("12F") < places[2]
    assert "丁次年" not in catalogue and "0315" not in catalogue
    assert "3·6·33" in catalogue and "年度Year2025" in catalogue

    for floor, code in ((low, "2025-3F"), (high, "2025-12F")):
        form = {"kind": "box", "code": code, "name": f"{code} 退租", "floor": floor.id, "site": site.id}
        assert archivist.post("/places/add", data=form).status_code == 302
    boxes = {place.code: place for place in db.session.scalars(select(Place).where(Place.kind == "box"))}
    for file, code in ((first, "2025-3F"), (second, "2025-3F"), (top, "2025-12F")):
        archivist.post(f"/files/{file.id}/move/box", data={"place": boxes[code].id})
    wrong = archivist.post(f"/files/{top.id}/move/box", data={"place": boxes["2025-3F"].id}, follow_redirects=True)
    db.session.refresh(top)
    assert top.place.code == "2025-12F" and "3F" in wrong.get_data(as_text=True)

    label = text(archivist.post(f"/print/box_label/{boxes['2025-3F'].id}"))
    assert "2025-3F" in label and "户档Files2" in label and "楼层Floors3F" in label
    assert "其中退租movedout2" in label
    again = text(archivist.post("/print/floor_catalogue", data=year))
    assert again.count("2025-3F") == 2 and again.count("2025-12F") == 1
    keys = [line.form_key for line in db.session.scalars(select(PrintLine).order_by(PrintLine.id))]
    assert keys == ["floor_catalogue", "box_label", "floor_catalogue"]


def test_p10_06_only_boxes_and_cabinets_have_a_label_and_only_who_keeps_files_boxes_them(
    login: Login, site: Any
) -> None:
    """A room offers no label; a clerk neither prints box labels nor puts files into boxes."""
    floor = makers.make_floor(site, "4F")
    file = moved_out(login, site, floor, "0401", "戊有限公司", "2025-06-30")
    room, box = (Place(site_id=site.id, kind=kind, code=kind, name=kind) for kind in ("room", "box"))
    db.session.add_all([room, box])
    db.session.flush()
    archivist = login("archivist")
    assert "/print/box_label" in archivist.get(f"/places/{box.id}").get_data(as_text=True)
    assert "/print/box_label" not in archivist.get(f"/places/{room.id}").get_data(as_text=True)
    clerk = login("clerk")
    assert clerk.post(f"/print/box_label/{box.id}").status_code == 403
    assert clerk.post(f"/files/{file.id}/move/box", data={"place": box.id}).status_code == 403
    db.session.refresh(file)
    assert file.place_id != box.id


def test_p10_05_a_files_back_says_whose_it_is(login: Login, site: Any) -> None:
    """The spine shows unit, customer and file number; a name that is too long to stand is turned."""
    file = makers.make_file(makers.make_unit("0608", site=site))
    said = text(login("clerk", "zh_Hans").post(f"/print/spine/{file.id}"))
    assert all(part in said for part in ("0608", file.customer.name, file.number))
    file.customer.name = "Blue Harbour Advisory (Beijing) Co., Ltd."
    db.session.flush()
    assert "BlueHarbourAdvisory(Beijing)Co.,Ltd." in text(login("clerk").post(f"/print/spine/{file.id}"))
