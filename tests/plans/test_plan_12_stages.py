"""Plan 12: papers follow the stages of a connection, and are reviewed before they are taken in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import Document, File
from app.demo import makers
from app.kit.session import db
from tests.plans.test_plan_04_handovers import checked

Login = Callable[..., FlaskClient]


@pytest.fixture
def file(site: Any, cast: Any) -> File:
    """A customer who asked for power today."""
    customer = makers.make_customer(site=site, name="示例食品加工有限公司")
    made = makers.make_subject_file("power_supply", site, customer=customer, by=cast["clerk"])
    db.session.commit()
    return made


def add(client: FlaskClient, file: File, paper_class: str, **more: Any) -> None:
    form = {"file": file.id, "paper_class": paper_class, "copy_kind": "copy", "pages": 1} | more
    assert client.post("/papers/add", data=form).status_code == 302


def test_p12_01_papers_are_gathered_as_far_as_the_work_has_got(login: Login, file: File) -> None:
    """The page names what this stage lacks; it does not end with gaps; the next asks for its own papers."""
    clerk, url = login("clerk"), f"/files/{file.id}"
    page = clerk.get(url).get_data(as_text=True)
    assert "Application taken" in page and "Missing in this stage" in page and "Application for power" in page
    add(clerk, file, "request")
    refused = clerk.post(f"{url}/move/advance", data={})
    assert refused.status_code in (302, 422) and file.stage == "accept"
    add(clerk, file, "customer_identity")
    assert clerk.post(f"{url}/move/advance", data={}).status_code == 302
    db.session.expire_all()
    assert file.stage == "survey"
    page = clerk.get(url).get_data(as_text=True)
    assert "Survey sheet" in page and "Answer with the supply plan" in page
    missing = page[page.index("Missing in this stage") :][:200]
    assert "Survey sheet" in missing and "Opinion on the design" not in missing


def test_p12_02_inspection_sheets_carry_the_customers_signature(login: Login, file: File) -> None:
    """基本信息、配电工程及投运、历次用电检查、电量退补 stand apart; an unsigned sheet does not pass."""
    clerk, archivist = login("clerk"), login("archivist")
    add(clerk, file, "use_check")
    add(clerk, file, "charge_basis")
    page = clerk.get(f"/files/{file.id}").get_data(as_text=True)
    for section in ("Basic information", "Distribution works and start-up", "Inspections of use", "Corrections of"):
        assert section in page
    sheet = db.session.scalars(select(Document).where(Document.paper_class == "use_check")).one()
    ticks = {"ink_is_good": "y", "is_complete": "y"}
    refused = archivist.post(f"/papers/{sheet.id}/move/file_paper", data=ticks)
    assert refused.status_code == 422 and "signature is missing" in refused.get_data(as_text=True)
    assert archivist.post(f"/papers/{sheet.id}/move/file_paper", data=ticks | {"is_signed": "y"}).status_code == 302


def test_p12_04_the_filing_clerk_reviews_before_taking_in(login: Login, file: File) -> None:
    """What the desk adds waits on the filing clerk's list; who added it cannot pass it."""
    clerk, archivist = login("clerk"), login("archivist")
    add(clerk, file, "request", title="示例用电申请书")
    paper = db.session.scalars(select(Document).where(Document.paper_class == "request")).one()
    assert "示例用电申请书" in archivist.get("/filing/papers").get_data(as_text=True)
    ticks = {"ink_is_good": "y", "is_complete": "y", "is_signed": "y"}
    assert clerk.post(f"/papers/{paper.id}/move/file_paper", data=ticks).status_code == 403
    assert archivist.post(f"/papers/{paper.id}/move/file_paper", data=ticks).status_code == 302
    assert "示例用电申请书" not in archivist.get("/filing/papers").get_data(as_text=True)


def test_p12_05_a_file_is_handed_to_the_archive_room_checked(login: Login, file: File, cast: Any) -> None:
    """装盒装袋格式统一: the receiver finds a wrong box, and the variance stands on the list until it is put right."""
    handover = makers.make_handover(file.site, cast["clerk"], cast["archivist"], cast["manager"])
    supervisor, archivist, url = login("supervisor"), login("archivist"), f"/handovers/{handover.id}"
    assert supervisor.post(f"{url}/move/list_all", data={}).status_code == 302
    assert supervisor.post(f"{url}/move/close_list", data={}).status_code == 302
    db.session.refresh(handover)
    line = next(line for line in handover.lines if line.file_id == file.id)
    form = checked(handover) | {f"found-{line.id}": "differs", f"finding-{line.id}": "档案盒格式不统一，须更换标准盒"}
    assert archivist.post(f"{url}/check", data=form).status_code == 302
    assert "档案盒格式不统一" in archivist.get(url).get_data(as_text=True)
    assert archivist.post(f"{url}/move/checked", data={}).status_code == 302
    for name in ("clerk", "archivist", "manager"):
        assert login(name).post(f"{url}/move/sign", data={}).status_code == 302
    db.session.expire_all()
    assert handover.state == "done"
