"""Repairs over HTTP: the desk, the technician, the pictures."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from app.archive import scans
from app.archive.commands import files
from app.archive.models import File
from app.customers import rules as customers
from app.demo import makers
from app.kit import columns
from app.kit.session import db
from app.repairs.models import Repair, RepairCost, RepairPicture
from tests.archive import hostile, stored_files
from tests.repairs.conftest import ACCEPTED, DONE, RATED, Step

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def send(client: FlaskClient, repair: Repair, content: bytes, name: str = "a.png", stage: str = "before") -> str:
    answer = client.post(
        f"/repair-pictures/add/{repair.id}/{stage}",
        data={"picture": (io.BytesIO(content), name)},
        follow_redirects=True,
    )
    return answer.get_data(as_text=True)


def pictures(repair: Repair) -> list[RepairPicture]:
    return list(db.session.scalars(select(RepairPicture).where(RepairPicture.repair_id == repair.id)))


def test_a_new_repair_opened_from_the_file_knows_tenant_and_telephone(login: Login, file: File) -> None:
    assert file.customer is not None
    customers.set_contact(file.customer, "daily", "李四", "19900000042")
    clerk = login("clerk")
    opened = page(clerk, f"/files/{file.id}")
    assert f"/repairs/add?unit={file.unit_id}" in opened
    form = page(clerk, f"/repairs/add?unit={file.unit_id}")
    assert "李四" in form and "19900000042" in form and "瑞恒科技有限公司" in form


def test_a_repair_typed_in_is_on_the_list_and_on_the_file(
    login: Login, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    nine = dt.datetime.combine(columns.today(), dt.time(9), columns.DESK_TIME)  # in the evening it is due tomorrow
    monkeypatch.setattr(columns, "clock", lambda: nine)
    clerk, kind = login("clerk"), makers.make_repair_kind()
    form = {"unit": file.unit_id, "kind": kind.id, "fault": "灯不亮", "channel": "telephone", "charge": "free"}
    assert clerk.post("/repairs/add", data=form).status_code == 302
    repair = db.session.scalars(select(Repair)).one()
    assert (repair.tenancy_id, repair.state) == (file.tenancy_id, "open")
    assert repair.number in page(clerk, "/repairs/")
    assert repair.number in page(clerk, f"/files/{file.id}")
    assert repair.number in page(clerk, "/")


def test_a_repair_without_a_fault_is_refused_beside_the_field(login: Login, file: File) -> None:
    form = {"unit": file.unit_id, "kind": makers.make_repair_kind().id, "fault": " ", "place": "东侧走廊"}
    answer = login("clerk").post("/repairs/add", data=form)
    assert answer.status_code == 422 and "东侧走廊" in answer.get_data(as_text=True)


def test_the_boards_number_is_that_of_its_list(login: Login, repair: Repair, step: Step, file: File) -> None:
    makers.make_repair(file.unit)
    step(repair, "dispatch")
    board = page(login("clerk"), "/")
    assert "/repairs/?state=open" in board
    assert page(login("clerk"), "/repairs/?state=open").count("/repairs/") > 0
    mine = f"/repairs/?state=dispatched&amp;assignee={repair.assignee_id}"
    assert mine in page(login("technician"), "/")
    listed = page(login("technician"), mine.replace("&amp;", "&"))
    assert repair.number in listed and listed.count("WX-") == page(login("technician"), "/repairs/").count("WX-") // 2


def test_a_technician_works_and_sees_nothing_but_repairs(login: Login, repair: Repair, step: Step, file: File) -> None:
    step(repair, "dispatch")
    technician = login("technician")
    shown = page(technician, f"/repairs/{repair.id}")
    assert "会议室两盏灯不亮" in shown and "19900001234" in shown
    for name, form in (("accept", {}), ("pause", {"reason": "等件"}), ("resume", {}), ("finish", {"outcome": "已换"})):
        assert technician.post(f"/repairs/{repair.id}/move/{name}", data=form).status_code == 302
    db.session.refresh(repair)
    assert (repair.state, repair.outcome) == ("done", "已换")
    for name in ("rate", "close", "dispatch"):
        assert technician.post(f"/repairs/{repair.id}/move/{name}").status_code == 403
    for url in (f"/files/{file.id}", "/customers/", "/tenancies/", "/complaints/", "/dues/", "/violations/", "/units/"):
        assert technician.get(url).status_code in (302, 403)
    assert technician.get("/repairs/add").status_code in (302, 403)
    assert technician.get(f"/repairs/{repair.id}/edit").status_code in (302, 403)


def test_a_technician_reads_no_more_of_what_is_closed(login: Login, repair: Repair, step: Step, file: File) -> None:
    step(repair, *RATED, "close")
    file.state = "filed"
    db.session.flush()
    for name in ("technician", "clerk"):
        shown = page(login(name), f"/repairs/{repair.id}")
        assert "会议室两盏灯不亮" not in shown and "19900001234" not in shown and "更换灯管" not in shown


def test_a_stranger_finds_no_repair(login: Login, repair: Repair) -> None:
    stranger = login("stranger")
    assert stranger.get(f"/repairs/{repair.id}").status_code == 404
    assert repair.number not in page(stranger, "/repairs/")
    send(stranger, repair, hostile.picture("PNG"))
    assert pictures(repair) == []


def test_dispatching_asks_for_a_technician(login: Login, repair: Repair, cast: Any) -> None:
    clerk, url = login("clerk"), f"/repairs/{repair.id}/move/dispatch"
    assert clerk.post(url, data={"assignee": ""}).status_code == 422
    assert clerk.post(url, data={"assignee": cast["manager"].id}).status_code == 422
    assert clerk.post(url, data={"assignee": cast["technician"].id}).status_code == 302
    db.session.refresh(repair)
    assert (repair.state, repair.assignee_id) == ("dispatched", cast["technician"].id)


def test_costs_are_added_from_the_repairs_page_and_never_edited(login: Login, repair: Repair, step: Step) -> None:
    step(repair, *ACCEPTED)
    clerk = login("clerk")
    assert f"/repair-costs/add?repair={repair.id}" in page(clerk, f"/repairs/{repair.id}")
    form = {"repair": repair.id, "what": "灯管", "quantity": "2.5", "price_cents": "18.50", "is_chargeable": "y"}
    added = clerk.post("/repair-costs/add", data=form)
    assert added.headers["Location"].endswith(f"/repairs/{repair.id}")
    line = db.session.scalars(select(RepairCost)).one()
    assert (line.quantity, line.amount_cents, line.is_chargeable) == (250, 4625, True)
    assert "46.25" in page(clerk, f"/repairs/{repair.id}")
    assert clerk.get(f"/repair-costs/{line.id}/edit").status_code == 404
    taken = clerk.post("/repair-costs/add", data={"repair": repair.id, "corrects": line.id, "quantity": "1"})
    assert taken.status_code == 302
    assert "-46.25" in page(clerk, f"/repairs/{repair.id}")


def test_a_done_repair_is_not_amended(login: Login, repair: Repair, step: Step) -> None:
    step(repair, *DONE)
    form = {"version": repair.version, "kind": repair.kind_id, "fault": "别的", "place": repair.place}
    form |= {"channel": "desk", "charge": "free", "reporter": "", "phone": "", "remark": ""}
    assert login("clerk").post(f"/repairs/{repair.id}/edit", data=form).status_code == 422
    db.session.refresh(repair)
    assert repair.fault == "会议室两盏灯不亮"


# --- pictures ---


@pytest.fixture
def shelf(app: Flask, tmp_path: Path, monkeypatch: Any) -> Path:
    """A folder of stored files of this test's own."""
    monkeypatch.setitem(app.config, "DATA_DIR", str(tmp_path))
    return stored_files.folder()


def test_a_picture_is_kept_listed_and_let_out(login: Login, repair: Repair, shelf: Path) -> None:
    clerk = login("clerk")
    assert "漏水.png" in send(clerk, repair, hostile.picture("PNG"), "漏水.png")
    send(clerk, repair, hostile.with_gps("JPEG"), "修好.jpg", "after")
    before, after = pictures(repair)
    assert (before.stage, after.stage) == ("before", "after")
    assert b"Exif" not in stored_files.path_of(after).read_bytes()
    sent = clerk.get(f"/repair-pictures/{before.id}")
    assert sent.headers["Content-Disposition"].startswith("attachment") and sent.data.startswith(b"\x89PNG")
    shown = page(clerk, f"/repairs/{repair.id}")
    assert "KB" in shown and f'src="/repair-pictures/{before.id}/small"' in shown
    small = clerk.get(f"/repair-pictures/{after.id}/small")
    assert small.mimetype == "image/jpeg" and max(Image.open(io.BytesIO(small.data)).size) <= 480


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name"),
    [(SVG, "a.svg"), (SVG, "a.png"), (hostile.pdf(), "a.pdf"), (b"\x89PNG\r\n\x1a\n" + SVG, "a.png"), (b"", "a.png")],
)
def test_what_is_no_picture_leaves_nothing(
    login: Login, repair: Repair, shelf: Path, content: bytes, name: str
) -> None:
    send(login("clerk"), repair, content, name)
    assert pictures(repair) == [] and list(shelf.iterdir()) == []


def test_what_hides_behind_a_picture_is_gone(login: Login, repair: Repair, shelf: Path) -> None:
    send(login("clerk"), repair, hostile.picture("PNG") + b"<script>alert(1)</script>PK\x03\x04", "a.png")
    (kept,) = pictures(repair)
    assert b"script" not in stored_files.path_of(kept).read_bytes()


def test_a_stage_that_is_none_is_refused(login: Login, repair: Repair, shelf: Path) -> None:
    send(login("clerk"), repair, hostile.picture("PNG"), stage="during")
    assert pictures(repair) == []


def test_a_repair_that_is_over_takes_no_pictures(login: Login, repair: Repair, step: Step, shelf: Path) -> None:
    step(repair, *RATED, "close")
    send(login("clerk"), repair, hostile.picture("PNG"))
    assert pictures(repair) == []


def test_pictures_of_a_sealed_repair_stay_in(login: Login, repair: Repair, step: Step, file: File, shelf: Path) -> None:
    clerk = login("clerk")
    send(clerk, repair, hostile.picture("PNG"), "秘密.png")
    (kept,) = pictures(repair)
    step(repair, *RATED, "close")
    file.state = "filed"
    db.session.flush()
    for name in ("clerk", "technician"):
        for at in ("", "/small"):
            assert login(name).get(f"/repair-pictures/{kept.id}{at}").status_code == 403
        assert "秘密.png" not in page(login(name), f"/repairs/{repair.id}")
    assert login("stranger").get(f"/repair-pictures/{kept.id}").status_code == 404
    assert clerk.get(f"/repair-pictures/{2**40}").status_code == 404


def test_stored_pictures_are_verified_and_never_swept(app: Flask, login: Login, repair: Repair, shelf: Path) -> None:
    send(login("clerk"), repair, hostile.picture("PNG"))
    (kept,) = pictures(repair)
    assert scans.sweep(older_than=-1).removed == [] and stored_files.path_of(kept).exists()
    stored_files.path_of(kept).write_bytes(b"changed")
    told = app.test_cli_runner().invoke(files, ["verify"])
    assert told.exit_code == 1 and f"repair picture {kept.id}: changed" in told.output


def test_only_who_repairs_is_offered_for_dispatch(login: Login, repair: Repair, cast: Any) -> None:
    """The clerk works at the same site and repairs nothing."""
    offered = login("clerk").get("/repairs/choose/assignee?q=").get_json()["results"]
    assert {each["id"] for each in offered} == {cast["technician"].id}
    told = login("clerk").post(f"/repairs/{repair.id}/move/dispatch", data={"assignee": cast["clerk"].id})
    assert told.status_code == 422
