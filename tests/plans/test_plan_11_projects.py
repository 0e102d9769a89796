"""Plan 11: project files with an appointed keeper, a hand-over in time, and one number for everything in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.keeping import Keeper, SchemeLimit
from app.archive.models import Document, File
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db

Login = Callable[..., FlaskClient]
SCHEME = "loan_guarantee"


def appoint(login: Login, site: Any, cast: Any, name: str = "archivist") -> None:
    """On screen, by the director."""
    form = {"scheme_key": SCHEME, "site": site.id, "user": cast[name].id, "reason": "总经理指定"}
    assert login("director").post("/keepers/add", data=form).status_code == 302


def opened(login: Login, cast: Any, title: str = "示例贸易公司流动资金借款") -> File:
    """A project's file, opened on screen by the clerk for the two project managers."""
    form = {"scheme_key": SCHEME, "title": title, "responsible": cast["clerk"].id, "deputy": cast["supervisor"].id}
    assert login("clerk").post("/files/add", data=form).status_code == 302
    return db.session.scalars(select(File).where(File.title == title)).one()


def test_p11_01_the_director_appoints_who_keeps_the_files(login: Login, site: Any, cast: Any) -> None:
    """Without an appointment no file is opened; only the director appoints; the one before ends."""
    refused = login("clerk").post("/files/add", data={"scheme_key": SCHEME, "title": "示例项目"})
    assert refused.status_code == 422 and "appointed nobody" in refused.get_data(as_text=True)
    form = {"scheme_key": SCHEME, "site": site.id, "user": cast["archivist"].id}
    assert login("manager").post("/keepers/add", data=form).status_code == 403
    appoint(login, site, cast, "supervisor")
    appoint(login, site, cast)
    kept = db.session.scalars(select(Keeper).order_by(Keeper.id)).all()
    assert [(one.user_id, one.until_on is None) for one in kept] == [
        (cast["supervisor"].id, False),
        (cast["archivist"].id, True),
    ]
    assert opened(login, cast).number == "鸿借字第001号"


def test_p11_03_the_project_manager_sorts_the_papers_in_the_fixed_order(login: Login, site: Any, cast: Any) -> None:
    """A and B stand on the page; whatever the order of adding, list and contents sheet follow the required list."""
    appoint(login, site, cast)
    file, clerk = opened(login, cast), login("clerk")
    for paper_class in ("settlement", "survey", "application_form", "loan_contract"):
        form = {"file": file.id, "paper_class": paper_class, "copy_kind": "original", "pages": 2}
        assert clerk.post("/papers/add", data=form).status_code == 302
    page = clerk.get(f"/files/{file.id}").get_data(as_text=True)
    assert str(cast["clerk"]) in page and str(cast["supervisor"]) in page and "Deputy (B)" in page
    order = [
        page.index(words)
        for words in ("Application for loan or guarantee", "Due diligence report", "Loan contract", "Proof of settl")
    ]
    assert order == sorted(order)
    from tests.plans.test_plan_02_storage import text

    sheet = text(clerk.post(f"/print/file_contents/{file.id}"))
    places = [sheet.index(words) for words in ("借款（担保）申请书", "尽职调查报告", "借款合同", "结清证明")]
    assert places == sorted(places)
    assert file.custodian_id == cast["clerk"].id


def test_p11_04_an_ended_project_is_handed_over_in_time(login: Login, site: Any, cast: Any) -> None:
    """The limit that the source lost must be filled in first; then the page and the first page count the days."""
    appoint(login, site, cast)
    file, clerk = opened(login, cast), login("clerk")
    ended = {"ended_on": (today() - dt.timedelta(days=20)).isoformat()}
    refused = clerk.post(f"/files/{file.id}/move/end_project", data=ended)
    assert refused.status_code == 422 and "the source lost it" in refused.get_data(as_text=True)
    limit = db.session.scalars(select(SchemeLimit).where(SchemeLimit.scheme_key == SCHEME)).one()
    url, form = f"/scheme-limits/{limit.id}/edit", {"version": limit.version, "value": "15"}
    assert login("archivist").post(url, data=form).status_code == 403
    assert login("director").post(url, data=form | {"value": ""}).status_code == 422
    assert login("director").post(url, data=form).status_code == 302
    assert clerk.post(f"/files/{file.id}/move/end_project", data=ended).status_code == 302
    due = today() - dt.timedelta(days=5)
    assert f"It was to be handed to its keeper by {due}" in clerk.get(f"/files/{file.id}").get_data(as_text=True)
    assert "Ended projects not handed over in time" in login("manager").get("/").get_data(as_text=True)
    hand_over(login, cast, file, "archivist")
    assert "handed to its keeper by" not in clerk.get(f"/files/{file.id}").get_data(as_text=True)
    assert "Ended projects not handed over in time" not in login("manager").get("/").get_data(as_text=True)


def hand_over(login: Login, cast: Any, file: File, to: str) -> None:
    """The project manager hands the file to the keeper, checked and signed by three."""
    from app.archive import rules as archive

    archive.give_to(db.session.get_one(File, file.id), cast[to].id, by=cast["clerk"])
    db.session.commit()


def test_p11_06_contracts_are_numbered_after_their_file(login: Login, site: Any, cast: Any) -> None:
    """The keeper's unified number leads; another one is refused beside the field; renumbered together."""
    appoint(login, site, cast)
    file, clerk = opened(login, cast), login("clerk")
    form = {"file": file.id, "paper_class": "loan_contract", "copy_kind": "original", "pages": 8}
    refused = clerk.post("/papers/add", data=form | {"reference": "HT-2026-77"})
    assert refused.status_code == 422 and "begins with the file" in refused.get_data(as_text=True)
    for paper_class in ("loan_contract", "guarantee_contract"):
        assert clerk.post("/papers/add", data=form | {"paper_class": paper_class}).status_code == 302
    assert references(file) == ["鸿借字第001号-01", "鸿借字第001号-02"]
    told = {"number": "鸿借字第101号", "reason": "统一编号"}
    assert login("archivist").post(f"/files/{file.id}/move/renumber", data=told).status_code == 302
    assert references(file) == ["鸿借字第101号-01", "鸿借字第101号-02"]


def references(file: File) -> list[str]:
    db.session.expire_all()
    query = select(Document.reference).where(Document.file_id == file.id).order_by(Document.id)
    return list(db.session.scalars(query))


def test_p11_03_one_project_has_one_live_file(login: Login, site: Any, cast: Any) -> None:
    """The same title is refused while the first is live, by the screen and by the database."""
    appoint(login, site, cast)
    opened(login, cast)
    again = login("clerk").post("/files/add", data={"scheme_key": SCHEME, "title": "示例贸易公司流动资金借款"})
    assert again.status_code == 422 and "live file of this already" in again.get_data(as_text=True)
    assert makers.make_subject_file(SCHEME, site, title="另一个示例项目").number == "鸿借字第002号"
