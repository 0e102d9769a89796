"""The store as each role sees it: pages, ticked lists, labels by the sheet, and nothing told that is sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import select

from app.archive import boxes
from app.archive import rules as archive
from app.archive.models import Document
from app.demo import makers, storage_makers
from app.kit import columns
from app.kit.columns import now, today
from app.kit.session import db
from app.storage import board
from app.storage.models import Certificate, ClimateReading, Inspection, StockTake

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as document:
        return "".join("".join(sheet.get_text() for sheet in document).split())


def card(title: str, acting: Any, user: Any) -> Any:
    with acting(user), force_locale("en"):
        return next((each for each in board.cards(user) if str(each.title) == title), None)


def test_a_places_page_says_where_it_stands_and_what_lies_in_it(login: Login, site: Any) -> None:
    room = storage_makers.make_place(site, "room", name="档案室")
    cabinet = storage_makers.make_place(parent=room, kind="cabinet", name="三号柜")
    box = storage_makers.make_place(parent=cabinet, name="第 1 盒")
    file = makers.make_file(makers.make_unit(site=site))
    boxes.put(file, box)
    text = page(login("archivist"), f"/places/{box.id}")
    assert text.index("档案室") < text.index("三号柜 (") < text.index(f'href="/files/{file.id}"')
    assert f'href="/files/{file.id}"' in page(login("archivist"), f"/places/{room.id}")  # however deep
    page(login("stranger"), f"/places/{box.id}", 404)
    page(login("admin"), f"/places/{box.id}", 403)


def test_a_box_is_moved_with_a_reason(login: Login, site: Any) -> None:
    here, there = (storage_makers.make_place(site, "cabinet") for _ in range(2))
    box = storage_makers.make_place(parent=here)
    archivist = login("archivist")
    assert archivist.post(f"/places/{box.id}/move/move_to", data={"parent": there.id}).status_code == 422
    archivist.post(f"/places/{box.id}/move/move_to", data={"parent": there.id, "reason": "腾出库位"})
    db.session.refresh(box)
    assert box.parent_id == there.id
    assert "腾出库位" in page(archivist, f"/places/{here.id}") and "腾出库位" in page(archivist, f"/places/{there.id}")
    assert login("clerk").post(f"/places/{box.id}/move/move_to", data={"reason": "试"}).status_code == 403


def test_files_are_boxed_by_tick_or_by_number_in_one_go(login: Login, site: Any) -> None:
    floor = makers.make_floor(site, "7F")
    files = [makers.make_file(makers.make_unit(floor=floor)) for _ in range(4)]
    for file in files[:3]:
        file.state, file.closed_on = "closed", today()
    box = storage_makers.make_place(site, floor=floor, floor_id=floor.id)
    archivist = login("archivist")
    offered = page(archivist, f"/places/{box.id}/fill")
    assert all(file.number in offered for file in files[:3]) and files[3].number not in offered
    wrong = archivist.post(f"/places/{box.id}/fill", data={"file": [files[0].id], "numbers": "没有此号"})
    assert wrong.status_code == 422 and "没有此号" in wrong.get_data(as_text=True)
    db.session.expire_all()
    assert files[0].place_id != box.id
    typed = f"{files[2].number}\n{files[3].number}\n"
    done = archivist.post(f"/places/{box.id}/fill", data={"file": [files[0].id, files[1].id], "numbers": typed})
    assert done.status_code == 302
    db.session.expire_all()
    assert {file.place_id for file in files} == {box.id}
    assert login("clerk").post(f"/places/{box.id}/fill", data={"numbers": typed}).status_code == 403


@pytest.mark.once
def test_288_labels_are_24_sheets_of_twelve(login: Login, site: Any) -> None:
    room = storage_makers.make_place(site, "room")
    codes = [f"GUI-{number:03d}" for number in range(288)]
    for code in codes:
        storage_makers.make_place(parent=room, kind="cabinet", code=code)
    made = login("archivist").post(f"/places/{room.id}/labels")
    with pymupdf.open(stream=made.data) as document:
        assert len(document) == 24
    said = text_of(made.data)
    assert not [code for code in codes if code not in said]
    assert login("clerk").post(f"/places/{room.id}/labels").status_code == 403


@pytest.mark.parametrize("kind", ["room", "cabinet", "shelf", "box", "safe", "envelope"])
def test_every_kind_of_place_has_a_label_whose_code_leads_to_it(login: Login, site: Any, kind: str) -> None:
    from app.storage.facts import address_of, label_facts

    place = storage_makers.make_place(site, kind, code=f"K-{kind}")
    archivist = login("archivist")
    printed = archivist.post(f"/print/place_label/{place.id}?about=place")
    assert f"K-{kind}" in text_of(printed.data)
    assert address_of(place).endswith(f"/places/{place.id}") and "<svg" in label_facts(place)["spot"]["square"]


def test_a_place_and_an_old_number_are_found(login: Login, site: Any) -> None:
    place = storage_makers.make_place(site, "cabinet", code="ZJ-77", name="证件柜")
    file = makers.make_file(makers.make_unit(site=site))
    old = file.number
    archivist = login("archivist")
    said = {"number": "鸿借字第077号", "reason": "统一编号"}
    assert archivist.post(f"/files/{file.id}/move/renumber", data=said).status_code == 302
    for typed in ("ZJ-77", "证件柜"):
        found = archivist.get("/search/", query_string={"q": typed}, follow_redirects=True).get_data(as_text=True)
        assert f"/places/{place.id}" in found or "证件柜" in found
    found = archivist.get("/search/", query_string={"q": old}, follow_redirects=True).get_data(as_text=True)
    assert "鸿借字第077号" in found
    assert login("clerk").post(f"/files/{file.id}/move/renumber", data=said).status_code == 403


def test_papers_that_wait_are_filed_together_once_both_are_confirmed(
    login: Login, site: Any, acting: Any, cast: Any
) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    papers = [makers.make_document(file, ink_is_good=False, is_complete=False) for _ in range(2)]
    assert card("Papers to be filed", acting, cast["archivist"]).count == 2
    archivist, ticked = login("archivist"), {"paper": [paper.id for paper in papers]}
    assert file.number in page(archivist, "/filing/papers")
    assert archivist.post("/filing/papers/file", data=ticked | {"ink": "y"}).status_code == 422
    assert login("clerk").post("/filing/papers/file", data=ticked | {"ink": "y", "complete": "y"}).status_code == 403
    assert archivist.post("/filing/papers/file", data=ticked | {"ink": "y", "complete": "y"}).status_code == 302
    db.session.expire_all()
    assert {paper.filed_on for paper in papers} == {today()}


def test_a_papers_age_is_counted_in_the_report(login: Login, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    for days in (0, 8, 31, 61):
        paper = makers.make_document(file)
        paper.created_at = now() - dt.timedelta(days=days)
    makers.make_document(file).filed_on = today()
    db.session.flush()
    text = login("supervisor").get("/reports/unfiled_papers.csv").get_data(as_text=True)
    assert ",1,1,1,1,4" in text.replace('"', "")


def test_a_certificate_is_added_lent_and_given_back_on_screen(login: Login, site: Any, cast: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    safe = storage_makers.make_safe(site)
    archivist = login("archivist")
    form = {"file": file.id, "kind": "house", "registered_number": "示例第1号", "holder": "示例业主", "pages": 2,
            "place": safe.id}  # fmt: skip
    assert archivist.post("/certificates/add", data=form).status_code == 302
    certificate = db.session.scalars(select(Certificate)).one()
    url = f"/certificates/{certificate.id}"
    assert (certificate.number, certificate.keeper_id) == (file.number, cast["archivist"].id)
    assert f'href="{url}"' in page(archivist, f"/files/{file.id}/custody")
    archivist.post(f"{url}/move/lend", data={"lent_to": "石磊", "due_on": str(today()), "reason": "年检"})
    archivist.post(f"{url}/move/take_back")
    half = archivist.post(f"{url}/move/give_back", data={"returned_to": "林晚", "customer_signature": "M1 1L2 2"})
    assert half.status_code == 422
    signed = {"customer_signature": "M1 1L2 2", "keeper_signature": "M3 3L4 4", "returned_to": "林晚"}
    assert archivist.post(f"{url}/move/give_back", data=signed).status_code == 302
    db.session.expire_all()
    assert (certificate.state, certificate.returned_to) == ("returned", "林晚")
    assert login("clerk").post(f"{url}/move/lend", data={}).status_code == 403


def test_what_a_certificate_says_is_sealed_with_its_file(login: Login, site: Any, cast: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site))
    certificate = storage_makers.make_certificate(
        file, by=cast["archivist"], registered_number="密示例第7号", holder="密持有人", received_from="密交存人"
    )
    secret = ("密示例第7号", "密持有人", "密交存人")
    supervisor = login("supervisor")
    assert secret[0] in page(supervisor, f"/certificates/{certificate.id}")  # while it is open it is told
    archive.file_away(file, by=cast["archivist"])
    file.state = "filed"
    db.session.commit()
    for url in (
        f"/certificates/{certificate.id}",
        "/certificates/",
        f"/files/{file.id}",
        f"/places/{certificate.place_id}",
    ):
        text = page(supervisor, url)
        assert not [words for words in secret if words in text], url
    assert "密持有人" not in text_of(supervisor.post("/print/certificate_ledger").data)
    assert supervisor.post(f"/print/certificate_return/{certificate.id}").status_code == 403


def test_two_figures_and_enter_are_a_reading(login: Login, site: Any, cast: Any, acting: Any) -> None:
    room = storage_makers.make_store_room(site)
    archivist = login("archivist")
    assert card("Rooms not read today", acting, cast["archivist"]).count == 1
    form = {f"temperature-{room.id}": "215", f"humidity-{room.id}": "48.5"}
    assert len("215\t48.5\n") < 10  # keystrokes: the page opens with the cursor in the first field
    assert f'name="temperature-{room.id}" value=""' in page(archivist, "/climate/today/")
    assert "autofocus" in page(archivist, "/climate/today/")
    assert archivist.post("/climate/today/", data=form).status_code == 302
    reading = db.session.scalars(select(ClimateReading)).one()
    assert (reading.temperature, reading.humidity, reading.finding) == (215, 485, "fine")
    assert card("Rooms not read today", acting, cast["archivist"]).count == 0
    wrong = archivist.post("/climate/today/", data={f"temperature-{room.id}": "warm", f"humidity-{room.id}": "50"})
    assert wrong.status_code == 422 and 'value="warm"' in wrong.get_data(as_text=True)
    archivist.post("/climate/today/", data={f"temperature-{room.id}": "26", f"humidity-{room.id}": "50"})
    assert card("Climate out of its limits today", acting, cast["archivist"]).count == 1
    assert "Outside the limits" in page(archivist, "/climate/")
    assert login("clerk").post("/climate/today/", data=form).status_code == 403


def test_a_wrong_reading_is_put_right_by_a_new_line(login: Login, site: Any) -> None:
    wrong = storage_makers.make_reading(storage_makers.make_store_room(site), 300, 500)
    archivist = login("archivist")
    assert (
        archivist.post(f"/climate/{wrong.id}/move/put_right", data={"celsius": "x", "percent": "50"}).status_code == 422
    )
    done = archivist.post(f"/climate/{wrong.id}/move/put_right", data={"celsius": "20.3", "percent": "50"})
    assert done.status_code == 302
    assert db.session.scalars(select(ClimateReading.temperature).order_by(ClimateReading.id)).all() == [300, 203]


def test_the_climate_is_a_chart_with_its_limits(login: Login, site: Any) -> None:
    room = storage_makers.make_store_room(site)
    storage_makers.make_reading(room, 300, 700)
    archivist = login("archivist")
    text = page(archivist, "/reports/climate_of_rooms")
    assert "<svg" in text and "Upper limit" in text and "30" in text
    assert login("supervisor").get("/reports/climate_of_rooms.xlsx").status_code == 200
    assert "30.0" in text_of(archivist.post("/print/temperature_humidity").data)


def test_an_inspection_is_looked_through_line_by_line(login: Login, site: Any) -> None:
    room = storage_makers.make_place(site, "room")
    archivist = login("archivist")
    assert archivist.post("/inspections/add", data={"place": room.id}).status_code == 302
    inspection = db.session.scalars(select(Inspection)).one()
    url = f"/inspections/{inspection.id}"
    assert "insects" in page(archivist, url)
    form = {f"version-{line.id}": line.version for line in inspection.lines}
    form |= {f"choice-{line.id}": "trouble" if line.key == "wet" else "fine" for line in inspection.lines}
    assert archivist.post(f"{url}/look", data=form).status_code == 302
    assert "what is done" in archivist.post(f"{url}/move/finish", follow_redirects=True).get_data(as_text=True)
    db.session.expire_all()
    edit = {"version": inspection.version, "measures": "除湿", "follow_up_on": str(today())}
    assert archivist.post(f"{url}/edit", data=edit).status_code == 302
    archivist.post(f"{url}/move/finish")
    archivist.post(f"{url}/move/settle", data={"outcome": "已干燥"})
    db.session.expire_all()
    assert inspection.state == "closed"
    assert "除湿" in text_of(archivist.post(f"/print/inspection/{inspection.id}").data)
    assert login("supervisor").post(f"{url}/look", data=form).status_code == 403


def test_a_place_is_counted_on_screen(login: Login, site: Any) -> None:
    box = storage_makers.make_place(site)
    files = [makers.make_file(makers.make_unit(site=site)) for _ in range(2)]
    boxes.put_all(files, box)
    archivist = login("archivist")
    assert archivist.post("/stock-takes/add", data={"place": box.id}).status_code == 302
    count = db.session.scalars(select(StockTake)).one()
    url = f"/stock-takes/{count.id}"
    assert all(file.number in page(archivist, url) for file in files)
    form: dict[str, Any] = {f"version-{line.id}": line.version for line in count.lines}
    form |= {f"choice-{line.id}": said for line, said in zip(count.lines, ("found", "missing"), strict=True)}
    assert archivist.post(f"{url}/tick", data=form | {f"remark-{count.lines[0].id}": "x" * 201}).status_code == 422
    assert archivist.post(f"{url}/tick", data=form).status_code == 302
    assert archivist.post(f"{url}/move/finish", data={}).status_code == 302
    db.session.expire_all()
    assert (count.state, count.missing) == ("done", 1)
    assert files[1].number in text_of(archivist.post(f"/print/stock_take/{count.id}").data)


def test_who_comes_and_goes_is_a_line_that_stays(login: Login, site: Any) -> None:
    room = storage_makers.make_place(site, "room")
    clerk = login("clerk")
    form = {"place": room.id, "way": "in", "who": "石磊", "what": "梯子", "reason": "检修空调"}
    assert clerk.post("/store-entries/add", data=form).status_code == 302
    assert "石磊" in page(clerk, "/store-entries/")
    assert clerk.get("/store-entries/1/edit").status_code == 404


def test_a_room_waits_to_be_inspected_until_it_is(acting: Any, cast: Any, site: Any) -> None:
    room = storage_makers.make_store_room(site)
    assert card("Rooms to inspect", acting, cast["archivist"]).count == 1
    storage_makers.make_inspection(room.place, by=cast["archivist"])
    assert card("Rooms to inspect", acting, cast["archivist"]).count == 0
    assert card("Rooms to inspect", acting, cast["clerk"]) is None


def test_a_room_is_to_be_counted_before_the_year_ends(
    acting: Any, cast: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage_makers.make_store_room(site)
    for month, shown in ((9, None), (10, 1)):
        moment = dt.datetime(today().year, month, 5, 4, tzinfo=dt.UTC)
        monkeypatch.setattr(columns, "clock", lambda moment=moment: moment)
        told = card("Rooms to count this year", acting, cast["archivist"])
        assert (told.count if told else None) == shown


def test_the_documents_move_is_offered_on_a_waiting_paper_only(login: Login, site: Any) -> None:
    paper = makers.make_document(makers.make_file(makers.make_unit(site=site)), is_complete=False)
    archivist = login("archivist")
    assert "/move/file_paper" in page(archivist, f"/papers/{paper.id}")
    data = {"ink_is_good": "y", "is_complete": "y"}
    assert archivist.post(f"/papers/{paper.id}/move/file_paper", data=data).status_code == 302
    assert "/move/file_paper" not in page(archivist, f"/papers/{paper.id}")
    assert db.session.get(Document, paper.id).filed_on == today()
