"""Plan 7: papers are checked before they are filed, filed in time, catalogued, and looked at from time to time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import makers, storage_makers
from app.kit.columns import now, today
from app.kit.session import db
from app.storage.models import Inspection
from tests.plans.test_plan_02_storage import text

Login = Callable[..., FlaskClient]


def test_p7_05_a_paper_is_checked_before_it_is_filed(login: Login, site: Any) -> None:
    """Ink, paper and completeness are ticked; until then the file is not sealed."""
    file = makers.make_file(makers.make_unit(site=site))
    paper = makers.make_document(file, ink_is_good=False, is_complete=False)
    archivist = login("archivist")
    half = archivist.post(f"/papers/{paper.id}/move/file_paper", data={"ink_is_good": "y"})
    assert half.status_code == 422
    archivist.post(f"/files/{file.id}/move/file")
    db.session.expire_all()
    assert (file.state, paper.filed_on) == ("open", None)
    archivist.post(f"/papers/{paper.id}/move/file_paper", data={"ink_is_good": "y", "is_complete": "y"})
    archivist.post(f"/files/{file.id}/move/file")
    db.session.expire_all()
    assert (file.state, paper.filed_on) == ("filed", today())


def test_p7_06_papers_that_are_not_filed_age_on_a_list(login: Login, site: Any) -> None:
    """及时: the oldest first, with its days; four ages in the report; filed together in one go."""
    file = makers.make_file(makers.make_unit(site=site))
    papers = [makers.make_document(file, "letter", title=f"来函{days}") for days in (5, 70)]
    for paper, days in zip(papers, (5, 70), strict=True):
        paper.created_at = now() - dt.timedelta(days=days)
    db.session.flush()
    archivist = login("archivist")
    assert "Papers to be filed" in archivist.get("/").get_data(as_text=True)
    assert ">70<" in archivist.get("/filing/papers").get_data(as_text=True)
    report = login("supervisor").get("/reports/unfiled_papers.csv").get_data(as_text=True)
    assert ",1,0,0,1,2" in report.replace('"', "")
    both = {"paper": [paper.id for paper in papers], "ink": "y", "complete": "y"}
    archivist.post("/filing/papers/file", data=both)
    assert "Nothing waits" in archivist.get("/filing/papers").get_data(as_text=True)


def test_p7_07_the_catalogue_stands_in_four_orders(login: Login, site: Any) -> None:
    """By file, floor, box and year on screen and on paper; the ledger of files by year."""
    low = makers.make_file(makers.make_unit("0901", floor=makers.make_floor(site, "9F")))
    high = makers.make_file(makers.make_unit("0301", floor=makers.make_floor(site, "3F")))
    low.opened_on = dt.date(today().year - 1, 5, 1)
    db.session.flush()
    supervisor = login("supervisor")

    def order(by: str) -> list[str]:
        rows = supervisor.get(f"/reports/catalogue.csv?by={by}").get_data(as_text=True)
        return sorted((low.number, high.number), key=rows.rindex)

    assert order("file") == [high.number, low.number] == order("floor")
    assert order("year") == [low.number, high.number]
    assert sorted(order("box")) == sorted([low.number, high.number])
    archivist = login("archivist")
    assert high.number in text(archivist.post("/print/file_ledger"))


def test_p7_10_rooms_are_inspected_for_damp_insects_and_corrosion(login: Login, site: Any) -> None:
    """受潮、虫蛀、腐蚀: the room is due, looked through, measures are taken, and it is settled."""
    room = storage_makers.make_store_room(site, inspect_every=3)
    archivist = login("archivist", "zh_Hans")
    archivist.post("/inspections/add", data={"place": room.place_id})
    inspection = db.session.scalars(select(Inspection)).one()
    page = archivist.get(f"/inspections/{inspection.id}").get_data(as_text=True)
    assert all(words in page for words in ("受潮", "虫蛀", "锈蚀"))
    looked = {f"version-{line.id}": line.version for line in inspection.lines}
    looked |= {f"choice-{line.id}": "trouble" if line.key == "insects" else "fine" for line in inspection.lines}
    archivist.post(f"/inspections/{inspection.id}/look", data=looked)
    db.session.expire_all()
    said = {"version": inspection.version, "measures": "投放防虫药", "follow_up_on": str(today())}
    archivist.post(f"/inspections/{inspection.id}/edit", data=said)
    archivist.post(f"/inspections/{inspection.id}/move/finish")
    db.session.expire_all()
    assert inspection.state == "follow_up"
    archivist.post(f"/inspections/{inspection.id}/move/settle", data={"outcome": "未再发现"})
    db.session.expire_all()
    assert inspection.state == "closed"
    assert "投放防虫药" in text(archivist.post(f"/print/inspection/{inspection.id}"))
