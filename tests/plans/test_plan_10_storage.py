"""Plan 10: cabinets by floor, labels with the name of now, and the yearly boxing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from app.archive import rules as archive
from app.demo import makers, storage_makers
from app.kit.columns import today
from app.kit.session import db
from tests.plans.test_plan_02_storage import text

Login = Callable[..., FlaskClient]


def test_p10_01_a_floors_files_lie_in_its_cabinet(login: Login, site: Any) -> None:
    """按楼层存放: the file of a unit lies in its floor's cabinet, whose page and label say so."""
    file = makers.make_file(makers.make_unit("0512", site=site))
    archivist = login("archivist")
    shown = archivist.get(f"/places/{file.place_id}").get_data(as_text=True)
    assert f"/files/{file.id}" in shown and "5F" in shown
    label = text(archivist.post(f"/print/place_label/{file.place_id}"))
    assert file.place is not None and file.place.code in label and "5F" in label


def test_p10_05_all_wrong_labels_are_printed_again_in_one_go(login: Login, site: Any) -> None:
    """The report lists them, one press prints them, and after that there is none."""
    files = [makers.make_file(makers.make_unit(site=site)) for _ in range(3)]
    for file in files:
        archive.label_printed(file)
    for at, file in enumerate(files[:2]):
        assert file.customer is not None
        file.customer.name = f"改名{at}号科技有限公司"
    db.session.commit()
    clerk = login("clerk")
    wrong = clerk.get("/filing/labels").get_data(as_text=True)
    assert all(file.number in wrong for file in files[:2]) and files[2].number not in wrong
    report = login("supervisor").get("/reports/wrong_labels.csv").get_data(as_text=True)
    assert "改名0号科技有限公司" in report
    printed = text(clerk.post(f"/filing/labels/print?site={site.id}"))
    assert "改名0号科技有限公司" in printed and "改名1号科技有限公司" in printed
    db.session.expire_all()
    assert not any(file.label_is_wrong for file in files)
    assert files[0].number not in clerk.get("/filing/labels").get_data(as_text=True)
    elsewhere = login("stranger").post(f"/filing/labels/print?site={site.id}")
    assert elsewhere.status_code == 302  # not their site: nothing is printed


def test_p10_06_a_years_moved_out_files_are_catalogued_and_boxed(login: Login, site: Any) -> None:
    """每年整理退租档案: all of a floor's moved-out files into its box at once; box catalogue and label."""
    floor = makers.make_floor(site, "28F")
    files = [makers.make_file(makers.make_unit(floor=floor)) for _ in range(3)]
    for file in files:
        file.state, file.closed_on = "closed", today()
    box = storage_makers.make_place(site, floor=floor, floor_id=floor.id, code="2026-28F-1")
    archivist = login("archivist")
    archivist.post(f"/places/{box.id}/fill", data={"file": [file.id for file in files], "reason": "年度装盒"})
    contents = text(archivist.post(f"/print/box_contents/{box.id}"))
    assert all(file.number in contents for file in files)
    assert "2026-28F-1" in text(archivist.post("/print/floor_catalogue"))
    history = archivist.get(f"/places/{box.id}").get_data(as_text=True)
    assert history.count("年度装盒") == 3
