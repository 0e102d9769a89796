"""Retention as each role sees it: who draws up, judges, agrees, witnesses; cards, chapter, papers, proof."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import schemes
from app.archive.models import File
from app.demo import makers
from app.demo.retention_makers import (
    make_appraisal,
    make_approved_appraisal,
    make_destroyed,
    make_destruction,
    make_hold,
    take,
)
from app.kit.columns import today
from app.kit.session import db, finish_work
from app.retention import board, periods
from app.retention.models import Appraisal, Destruction, LegalHold
from tests.retention.conftest import papers

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as document:
        return "".join("".join(sheet.get_text() for sheet in document).split())


def test_the_table_is_amended_by_the_manager_and_by_nobody_else(login: Login) -> None:
    rule = periods.table_of("office_tower")["visit"]
    form = {"version": rule.version, "clock": "made", "years": "", "days": 400, "basis": "公司制度"}
    for role in ("clerk", "archivist", "director"):
        assert login(role).post(f"/retention-rules/{rule.id}/edit", data=form).status_code == 403
    both = login("manager").post(f"/retention-rules/{rule.id}/edit", data=form | {"is_permanent": "y"})
    assert both.status_code == 422
    assert login("manager").post(f"/retention-rules/{rule.id}/edit", data=form).status_code == 302
    db.session.refresh(rule)
    assert rule.length == "P400D"
    assert "P3Y made" in page(login("auditor"), "/audit/?action=set_period")


def test_a_period_that_is_missing_is_told_on_the_managers_first_page(login: Login) -> None:
    assert "Retention periods to fill in" not in page(login("manager"), "/")
    periods.table_of("office_tower")["visit"].years = None
    db.session.flush()
    assert "Retention periods to fill in" in page(login("manager"), "/")
    assert "Retention periods to fill in" not in page(login("clerk"), "/")


def test_a_new_line_of_the_table_is_for_a_class_that_has_none(login: Login) -> None:
    form = {"scheme_key": "office_tower", "paper_class": "visit", "clock": "made", "years": 5}
    assert login("manager").post("/retention-rules/add", data=form).status_code == 422
    assert login("manager").post("/retention-rules/add", data=form | {"paper_class": "letter"}).status_code == 302
    assert periods.table_of("office_tower")["letter"].years == 5


def test_a_hold_is_placed_by_the_manager_seen_on_the_file_and_released_by_the_director(
    login: Login, moved_out: Any
) -> None:
    file = moved_out()
    form = {"file": file.id, "reason": "租赁纠纷诉讼"}
    for role in ("clerk", "supervisor", "archivist"):
        assert login(role).post("/legal-holds/add", data=form).status_code == 403
    assert login("manager").post("/legal-holds/add", data=form).status_code == 302
    hold = db.session.scalars(select(LegalHold)).one()
    html = page(login("archivist"), f"/files/{file.id}")
    assert "nothing of this file is destroyed" in html and "租赁纠纷诉讼" in html
    url = f"/legal-holds/{hold.id}/move/release"
    assert login("manager").post(url, data={"reason": "撤诉"}).status_code == 403
    assert login("director").post(url, data={"reason": ""}).status_code == 422
    assert login("director").post(url, data={"reason": "撤诉"}).status_code == 302
    db.session.refresh(hold)
    assert (hold.state, hold.release_reason) == ("released", "撤诉")
    assert "nothing of this file is destroyed" not in page(login("archivist"), f"/files/{file.id}")


def test_the_director_who_placed_a_hold_is_offered_no_release(login: Login, moved_out: Any, cast: Any) -> None:
    hold = make_hold(moved_out(), cast["director"])
    assert "move/release" not in page(login("director"), f"/legal-holds/{hold.id}")
    login("director").post(f"/legal-holds/{hold.id}/move/release", data={"reason": "算了"})
    db.session.refresh(hold)
    assert hold.state == "held"


def test_what_is_due_is_counted_listed_and_told_to_who_appraises(
    login: Login, moved_out: Any, cast: Any, acting: Any
) -> None:
    files = [moved_out("0901"), moved_out("0902", visit=2)]
    held = moved_out("0903")
    make_hold(held)
    with acting(cast["archivist"]):
        card = next(card for card in board.cards(cast["archivist"]) if card.url == "/retention-due/")
    html = page(login("archivist"), "/retention-due/")
    assert card.count == html.count("<tr") - 1 == 2
    assert all(file.number in html for file in files) and held.number not in html
    assert "Due for appraisal" in page(login("archivist"), "/")
    assert login("clerk").get("/retention-due/").status_code == 403


def test_another_sites_files_and_lists_are_never_told(login: Login, site: Any, moved_out: Any) -> None:
    drawn = make_appraisal(site, [moved_out()])
    hold = make_hold(moved_out())
    for url in (f"/appraisals/{drawn.id}", f"/legal-holds/{hold.id}"):
        page(login("stranger"), url, 404)
    assert drawn.number not in page(login("stranger"), "/appraisals/")


def test_items_are_put_on_by_the_archivist_and_judged_by_the_group_alone(
    login: Login, site: Any, moved_out: Any
) -> None:
    drawn, file = make_appraisal(site), moved_out("0904", letter=2, fitout=1)
    archivist = login("archivist")
    form = {"appraisal": drawn.id, "file": file.id, "paper_class": "letter"}
    assert archivist.post("/appraisal-items/add", data=form).status_code == 302
    assert [item.document for item in drawn.items] == papers(file)[:2]
    assert archivist.post("/appraisal-items/add", data=form).status_code == 422
    url = f"/appraisal-items/{drawn.items[0].id}/edit"
    said = {"verdict": "destroy", "may_open": "no", "digitise": "no", "declassify": "no", "secrecy": "none"}
    said["version"] = drawn.items[0].version
    assert login("manager").post(url, data=said).status_code == 422
    assert archivist.post(url, data=said | {"declassify": "yes"}).status_code == 422
    assert archivist.post(url, data=said).status_code == 302
    db.session.refresh(drawn.items[0])
    assert drawn.items[0].verdict == "destroy"


def test_each_card_counts_what_waits_for_its_reader(
    login: Login, site: Any, moved_out: Any, cast: Any, acting: Any
) -> None:
    drawn = make_approved_appraisal(site, [moved_out()])
    waits = make_destruction(drawn)
    take(waits, "submit", "archivist")

    def told(name: str) -> dict[str, int]:
        with acting(cast[name]):
            return {
                str(card.title.msgid if hasattr(card.title, "msgid") else card.url): card.count
                for card in board.cards(cast[name])
            }

    assert told("director")["/destructions/?state=raised"] == 1
    take(waits, "approve_high", "director")
    assert told("supervisor")["/destructions/?state=approved"] == 1
    assert told("clerk")["/destructions/?state=approved"] == 0
    take(waits, "witness", "supervisor")
    take(waits, "witness_too", "archivist")
    assert told("clerk")["/destructions/?state=witnessed"] == 1


def test_a_destroyed_file_leaves_search_and_keeps_its_line(login: Login, site: Any, moved_out: Any) -> None:
    file = moved_out("0906")
    archivist = login("archivist")
    assert f"/files/{file.id}" in page(archivist, f"/search/?q={file.number}")
    make_destroyed(make_approved_appraisal(site, [file]))
    finish_work()
    assert f"/files/{file.id}" not in page(archivist, f"/search/?q={file.number}")
    assert file.number in page(archivist, "/files/?state=destroyed")
    assert "Destroyed" in page(archivist, f"/files/{file.id}")


def test_a_list_is_found_by_its_number(login: Login, site: Any, moved_out: Any) -> None:
    drawn = make_destroyed(make_approved_appraisal(site, [moved_out()]))
    assert f"/destructions/{drawn.id}" in page(login("archivist"), f"/search/?q={drawn.number}")
    assert f"/appraisals/{drawn.appraisal_id}" in page(login("archivist"), f"/search/?q={drawn.appraisal.number}")


def test_the_register_prints_in_two_copies_with_its_columns(login: Login, site: Any, moved_out: Any) -> None:
    drawn = make_destroyed(make_approved_appraisal(site, [moved_out("0907")]))
    answer = login("archivist").post(f"/print/destruction_register/{drawn.id}")
    assert answer.status_code == 200, answer.get_data(as_text=True)[:400]
    text = text_of(answer.data)
    assert text.count(drawn.number) >= 2 and drawn.digest[:24] in text
    for said in (
        "全宗号",
        "鉴定负责人",
        "批准人",
        "监销人一",
        "监销人二",
        "应保管期限",
        "已保管期限",
        "10年",
        "碎纸",
        "0907",
    ):
        assert said in text, said


def test_the_appraisal_prints_with_every_axis(login: Login, site: Any, moved_out: Any) -> None:
    drawn = make_approved_appraisal(site, [moved_out("0908")])
    text = text_of(login("archivist").post(f"/print/appraisal_list/{drawn.id}").data)
    for said in (drawn.number, "0908", "保管期满", "鉴定小组", "总经理批准"):
        assert said in text, said


def test_the_proof_is_a_button_and_a_command(app: Any, login: Login, site: Any, moved_out: Any) -> None:
    drawn = make_destroyed(make_approved_appraisal(site, [moved_out()]))
    finish_work()
    assert login("archivist").post(f"/destructions/{drawn.id}/move/check").status_code == 302
    done = app.test_cli_runner().invoke(args=["retention", "verify", drawn.number])
    assert done.exit_code == 0 and "nothing is left" in done.output
    assert app.test_cli_runner().invoke(args=["retention", "verify", "XH-1999-00001"]).exit_code == 1


def test_the_table_is_loaded_with_the_schemes(app: Any) -> None:
    for rule in periods.table_of("office_tower").values():
        db.session.delete(rule)
    db.session.flush()
    assert app.test_cli_runner().invoke(args=["schemes", "load"]).exit_code == 0
    assert len(periods.table_of("office_tower")) == len(schemes.current("office_tower").body["retention"])
    again = app.test_cli_runner().invoke(args=["retention", "load"])
    assert "office_tower 0" in again.output


@pytest.mark.parametrize("key", ["retention_due", "retention_table"])
def test_the_reports_run(login: Login, moved_out: Any, key: str) -> None:
    moved_out("0909", letter=1, visit=1)
    moved_out("0910", visit=1, fitout=1)
    html = page(login("manager"), f"/reports/{key}")
    assert re.search(r"20(11|22)" if key == "retention_due" else "10 years", html)


def test_what_is_wrong_with_a_destruction_is_told_beside_its_field(
    login: Login, site: Any, moved_out: Any, cast: Any
) -> None:
    drawn = make_approved_appraisal(site, [moved_out()])
    archivist = login("archivist")
    form = {
        "appraisal": drawn.id, "method": "shredded", "venue": "B1", "carrier": cast["clerk"].id,
        "first_witness": cast["supervisor"].id, "second_witness": cast["supervisor"].id,
    }  # fmt: skip
    answer = archivist.post("/destructions/add", data=form)
    assert answer.status_code == 422 and "three different people" in answer.get_data(as_text=True)
    assert db.session.scalar(select(Destruction)) is None
    open_list = make_appraisal(site)
    assert str(open_list.number) not in archivist.get("/destructions/choose/appraisal").get_data(as_text=True)


def test_the_opinion_is_written_while_the_list_is_a_draft(login: Login, site: Any, moved_out: Any) -> None:
    drawn = make_appraisal(site, [moved_out()])
    form = {"version": drawn.version, "opinion": "续存"}
    assert login("archivist").post(f"/appraisals/{drawn.id}/edit", data=form).status_code == 302
    done = make_approved_appraisal(site, [moved_out()])
    assert (
        login("archivist").post(f"/appraisals/{done.id}/edit", data=form | {"version": done.version}).status_code == 422
    )
    assert db.session.get_one(Appraisal, done.id).opinion != "续存"


def test_the_file_says_until_when_it_is_kept(login: Login, moved_out: Any) -> None:
    recent = moved_out("0911", closed_on=today() - dt.timedelta(days=30))
    assert isinstance(recent, File)
    html = page(login("archivist"), f"/files/{recent.id}/custody")
    assert "10 years" in html and str(periods.due_on(recent)) in html
    assert makers.user("archivist").username == "archivist"
