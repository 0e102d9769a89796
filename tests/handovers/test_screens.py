"""The pages of hand-overs and leavers, as each of those who take part sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import File
from app.demo import makers
from app.handovers.models import Clearance, Handover
from app.kit.session import db
from tests.handovers.conftest import Step, give_work

Login = Callable[..., FlaskClient]
DRAWING = "M20 60L60 20L95 70"


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def moves(text: str) -> set[str]:
    """The steps that a page offers."""
    return set(re.findall(r"/handovers/\d+/move/(\w+)", text))


def test_each_sees_the_steps_that_are_theirs(login: Login, handover: Handover, step: Step) -> None:
    url = f"/handovers/{handover.id}"
    assert {"list_all", "close_list", "succeed"} <= moves(page(login("archivist"), url))
    step(handover, "close_list", "archivist")
    assert {"all_present", "checked", "send_back"} <= moves(page(login("supervisor"), url))
    assert not {"all_present", "checked", "send_back"} & moves(page(login("archivist"), url))
    assert f"{url}/check" in page(login("supervisor"), url) and 'name="found-' not in page(login("archivist"), url)
    step(handover, "all_present", "supervisor")
    step(handover, "checked", "supervisor")
    text = page(login("archivist"), url)
    assert "sign" in moves(text) and "data-sign" in text
    assert "sign" not in moves(page(login("manager"), url))  # the last to sign
    assert moves(page(login("auditor"), url)) == set()


def test_a_check_that_makes_no_sense_keeps_what_was_typed(login: Login, handover: Handover, step: Step) -> None:
    step(handover, "close_list", "archivist")
    line = handover.lines[0]
    form = {f"version-{line.id}": line.version, f"found-{line.id}": "differs", f"finding-{line.id}": "页码不连"}
    answer = login("supervisor").post(f"/handovers/{handover.id}/check", data=form | {f"pages-{line.id}": "十"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'value="页码不连"' in text and 'value="十"' in text
    db.session.refresh(line)
    assert line.found == "unchecked"
    form |= {f"version-{line.id}": line.version + 7}
    assert login("supervisor").post(f"/handovers/{handover.id}/check", data=form).status_code == 422


def test_the_other_organisation_signs_on_the_page(login: Login, site: Any, cast: Any, files: list[File]) -> None:
    archivist = login("archivist")
    form = {"site": site.id, "kind": "organisations", "reason": "到期进馆", "giver": cast["archivist"].id}
    form |= {"supervisor": cast["manager"].id, "receiver_organisation": "区档案馆"}
    assert archivist.post("/handovers/add", data=form).status_code == 422
    assert archivist.post("/handovers/add", data=form | {"receiver_name": "容止"}).status_code == 302
    handover = db.session.scalars(select(Handover)).one()
    url = f"/handovers/{handover.id}"
    for name in ("list_all", "close_list", "all_present", "checked", "sign"):
        archivist.post(f"{url}/move/{name}")
    assert "sign_receiver" in moves(page(archivist, url))
    assert archivist.post(f"{url}/move/sign_receiver", data={"receiver_signature": ""}).status_code == 422
    archivist.post(f"{url}/move/sign_receiver", data={"receiver_signature": DRAWING})
    login("manager").post(f"{url}/move/sign")
    text = page(archivist, url)
    assert "Signed and locked" in text and "容止" in text and "区档案馆" in text
    assert "区档案馆" in page(login("clerk"), f"/files/{files[0].id}/custody")  # the cause, among the file's keepers


def test_the_first_page_counts_what_waits(login: Login, handover: Handover, cast: Any, step: Step) -> None:
    step(handover, "close_list", "archivist")
    text = page(login("supervisor"), "/")
    assert "Hand-overs to check" in text
    address = f"/handovers/?state=checking&receiver={cast['supervisor'].id}"
    assert address in text.replace("&amp;", "&")
    assert handover.number in page(login("supervisor"), address)


def test_a_leaver_with_open_work_is_listed_by_kind(login: Login, site: Any, cast: Any) -> None:
    work = give_work(site, cast["clerk"], cast["supervisor"])
    admin = login("admin")
    admin.post("/clearances/add", data={"user": cast["clerk"].id, "site": site.id, "reason": "离职"})
    clearance = db.session.scalars(select(Clearance)).one()
    url = f"/clearances/{clearance.id}"
    text = page(admin, url)
    assert "Complaint: 1" in text and "Visit: 1" in text and work["complaint"].number in text
    assert admin.get(f"/clearances/of/{cast['clerk'].id}").headers["Location"].endswith(url)
    admin.post(f"{url}/move/hand_over")  # nobody takes over yet
    assert db.session.scalars(select(Handover)).one_or_none() is None
    form = {"version": clearance.version, "last_day_on": "2026-12-31", "receiver": cast["supervisor"].id}
    assert admin.post(f"{url}/edit", data=form | {"supervisor": cast["manager"].id}).status_code == 302
    admin.post(f"{url}/move/hand_over")
    handover = db.session.scalars(select(Handover)).one()
    assert handover.number in page(admin, url) and f"/handovers/{handover.id}" not in page(admin, url)


@pytest.mark.parametrize("who", ["clerk", "technician"])
def test_leavers_are_nobodys_business_at_the_desk(login: Login, who: str) -> None:
    page(login(who), "/clearances/", 403)


def test_the_ledger_is_read_and_never_written(login: Login, files: list[File]) -> None:
    archivist = login("archivist")
    assert files[0].number in page(archivist, "/custody/")
    assert archivist.post("/custody/add").status_code in (404, 405)
    assert login("technician").get("/custody/").status_code == 403


def test_the_keepers_of_a_sealed_file_are_told(login: Login, site: Any, cast: Any) -> None:
    file = makers.make_filed_file(makers.make_unit("0999", site=site), by=cast["archivist"])
    assert "Keepers of the file" in page(login("clerk"), f"/files/{file.id}/custody")


def test_hand_overs_are_found_by_their_number(login: Login, handover: Handover) -> None:
    db.session.commit()
    assert f"/handovers/{handover.id}" in page(login("clerk"), f"/search/?q={handover.number}")
    assert f"/handovers/{handover.id}" not in page(login("admin"), f"/search/?q={handover.number}")
