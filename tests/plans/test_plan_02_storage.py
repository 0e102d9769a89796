"""Plan 2: boxes and numbers, and where each volume lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf
from flask.testing import FlaskClient

from app.demo import makers, storage_makers
from app.kit.columns import today
from app.kit.session import db

Login = Callable[..., FlaskClient]


def text(answer: Any) -> str:
    assert answer.data.startswith(b"%PDF-"), answer.get_data(as_text=True)[:400]
    with pymupdf.open(stream=answer.data) as document:
        return "".join("".join(sheet.get_text() for sheet in document).split())


def test_p2_08_files_are_boxed_and_renumbered_with_a_concordance(login: Login, site: Any) -> None:
    """重新装盒、编号: two files go into another box in one go, get new numbers, and the table says old → new."""
    floor = makers.make_floor(site, "7F")
    files = [makers.make_file(makers.make_unit(floor=floor)) for _ in range(2)]
    old = [file.number for file in files]
    for file in files:
        file.state, file.closed_on = "closed", today()
    box = storage_makers.make_place(site, floor=floor, floor_id=floor.id, code="2026-7F-1")
    archivist = login("archivist")
    archivist.post(f"/places/{box.id}/fill", data={"file": [file.id for file in files], "reason": "重新装盒"})
    for at, file in enumerate(files, 1):
        said = {"number": f"2026-7F-{at:03d}", "reason": "重新编号"}
        assert archivist.post(f"/files/{file.id}/move/renumber", data=said).status_code == 302
    taken = archivist.post(f"/files/{files[0].id}/move/renumber", data={"number": "2026-7F-002", "reason": "试"})
    assert taken.status_code == 422
    db.session.expire_all()
    assert {file.place_id for file in files} == {box.id}
    table = text(archivist.post("/print/number_concordance"))
    assert all(f"{old[at]}" in table and f"2026-7F-00{at + 1}" in table for at in (0, 1))
    found = archivist.get("/search/", query_string={"q": old[0]}, follow_redirects=True).get_data(as_text=True)
    assert "2026-7F-001" in found


def test_p2_09_each_volume_has_its_place_and_the_shelf_a_list(login: Login, site: Any) -> None:
    """存放: the file says where it lies, the place what lies in it, and the list of a cabinet prints."""
    room = storage_makers.make_place(site, "room", name="档案室")
    cabinet = storage_makers.make_place(parent=room, kind="cabinet", name="密集架 3 列")
    file = makers.make_file(makers.make_unit(site=site))
    archivist = login("archivist")
    archivist.post(f"/files/{file.id}/move/relocate", data={"place": cabinet.id, "reason": "入密集架"})
    assert "密集架 3 列" in archivist.get(f"/files/{file.id}").get_data(as_text=True)
    shown = archivist.get(f"/places/{room.id}").get_data(as_text=True)
    assert f"/files/{file.id}" in shown and f"/places/{cabinet.id}" in shown
    assert file.number in text(archivist.post(f"/print/box_contents/{cabinet.id}"))
    by_box = login("supervisor").get("/reports/catalogue.csv?by=box").get_data(as_text=True)
    assert "密集架 3 列" in by_box and file.number in by_box
