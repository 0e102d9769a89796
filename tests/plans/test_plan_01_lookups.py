"""篇一's seal, its forms and its last signature, and 篇十's changes of working copies, walked over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import access
from app.archive.keeping import AccessRule
from app.archive.models import Document, File
from app.demo import lookups_makers, makers
from app.kit.columns import DESK_TIME, now
from app.kit.session import db
from app.lookups.models import LookupRequest, PaperChange, RegisterReview
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]
NAME = "欧阳修远"


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.get_data(as_text=True)


def filed(site: Any, by: Any = None) -> File:
    file = makers.make_filed_file(makers.make_unit(site=site), by=by)
    assert file.customer is not None
    file.customer.representative = NAME
    db.session.flush()
    return file


def move(client: FlaskClient, url: str, name: str, **form: Any) -> str:
    return client.post(f"{url}/move/{name}", data=form, follow_redirects=True).get_data(as_text=True)


def ask(client: FlaskClient, file: File, **more: Any) -> LookupRequest | None:
    form = {"file": file.id, "purpose": "核对合同", "mode": "read_in_office", "hours": "8", **more}
    client.post("/lookups/add", data=form)
    query = select(LookupRequest).where(LookupRequest.file_id == file.id).order_by(LookupRequest.id.desc())
    return db.session.scalars(query.limit(1)).one_or_none()


def test_p01_07_a_sealed_file_is_opened_by_the_director_alone(login: Login, site: Any, cast: Any) -> None:
    """Sealed by the manager; she and the keeper cannot read, reopen or unseal it; the director's approval lets read."""
    file = filed(site, cast["archivist"])
    manager, archivist, director, url = login("manager"), login("archivist"), login("director"), f"/files/{file.id}"
    lookups_makers.make_grant(file, cast["archivist"])
    assert NAME in text(archivist, url)
    assert "reason" in move(manager, url, "seal", reason=" ").lower()
    move(manager, url, "seal", reason="合同争议")
    db.session.refresh(file)
    assert file.seal == "sealed"
    page = text(manager, url)
    assert "without the approvals below" in page and "General manager" in page and "合同争议" in page
    for client in (manager, archivist, director):
        assert NAME not in text(client, url)
    move(archivist, url, "reopen", reason="补件")
    move(manager, url, "unseal", reason="用毕")
    db.session.refresh(file)
    assert (file.state, file.seal) == ("filed", "sealed")
    request = ask(manager, file)
    assert request is not None and request.chain == "director"
    move(manager, f"/lookups/{request.id}", "approve_high")
    assert NAME not in text(manager, url)
    move(director, f"/lookups/{request.id}", "approve_high")
    assert NAME in text(manager, url)
    assert NAME not in text(archivist, url)
    move(director, url, "unseal", reason="争议已决")
    db.session.refresh(file)
    assert file.seal == "none"
    assert {"seal", "unseal"} <= set(db.session.scalars(select(AuditLine.action)))


def test_p01_08_printing_what_is_filed_needs_consent_to_copy(login: Login, site: Any, cast: Any) -> None:
    """Off by default: a reading prints nothing of what is sealed; with consent to copy each sheet has its number."""
    file = filed(site)
    clerk, url = login("clerk"), f"/print/customer_registration/{file.id}"
    lookups_makers.make_grant(file, cast["clerk"])
    assert clerk.post(url).status_code == 403
    request = ask(clerk, file, mode="copy")
    assert request is not None and request.chain == "supervisor manager director"
    lookups_makers.agreed(request)
    db.session.commit()
    assert clerk.post(url).data.startswith(b"%PDF-")


def test_p01_18_p08_03_the_director_signs_what_leaves_the_file(login: Login, site: Any, cast: Any) -> None:
    """Copying and identity papers wait for the director after the manager; his first page counts them."""
    file = filed(site)
    request = ask(login("clerk"), file, classes="identity")
    assert request is not None and request.chain == "manager director"
    move(login("manager"), f"/lookups/{request.id}", "approve")
    db.session.refresh(request)
    assert request.state == "raised"
    director = login("director")
    assert "Look-ups for the director" in text(director, "/")
    move(director, f"/lookups/{request.id}", "approve_high")
    db.session.refresh(request)
    assert request.state == "approved" and request.decided_by_id == cast["director"].id
    shown = text(director, f"/lookups/{request.id}")
    assert str(cast["manager"]) in shown and str(cast["director"]) in shown


def test_p11_09_a_lost_limit_is_filled_in_by_the_director(login: Login, site: Any) -> None:
    """Until then the look-up is refused beside the field; the first page leads to it; each change leaves a line."""
    for shipped in access.lost():  # other trades ship lines of their own to fill in
        shipped.longest_hours, shipped.chain = 8, "director"
    file, rule = filed(site), access.rules_of("office_tower", "read_in_office")[""]
    rule.longest_hours = None
    db.session.flush()
    refused = login("clerk").post("/lookups/add", data={"file": file.id, "purpose": "核对", "hours": "8"})
    assert refused.status_code == 422 and "fill it in first" in refused.get_data(as_text=True)
    director, url = login("director"), f"/access-policy/{rule.id}/edit"
    assert url in text(director, "/")
    form = {"version": rule.version, "is_allowed": "y", "chain": ["supervisor", "manager"], "longest_hours": ""}
    assert director.post(url, data=form).status_code == 422
    assert director.post(url, data={**form, "longest_hours": "24"}).status_code == 302
    db.session.refresh(rule)
    assert (rule.longest_hours, rule.chain) == (24, "supervisor manager")
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "amend_rule")).one()
    assert line.detail == {"column": "longest_hours", "from": None, "to": 24}
    assert ask(login("clerk"), file) is not None
    assert login("manager").get(url).status_code == 403 and "72" in text(login("clerk"), "/access-policy/")


def test_p10_08_a_working_copy_changes_with_the_managers_consent(login: Login, site: Any, cast: Any) -> None:
    """Asked for with what and why; agreed to by the manager, not by who asked; both versions stay."""
    file = makers.make_file(makers.make_unit(site=site))
    paper = makers.make_document(file, "lease", title="工作副本甲", copy_kind="working", pages=3)
    clerk, manager = login("clerk"), login("manager")
    form = {"version": paper.version, "title": "改", "copy_kind": "working", "pages": "4"}
    assert clerk.post(f"/papers/{paper.id}/edit", data=form).status_code == 422
    said = {"paper": paper.id, "what": "租期", "why": "续租", "title": "工作副本乙", "pages": "4"}
    assert clerk.post("/paper-changes/add", data=said).status_code == 302
    change = db.session.scalars(select(PaperChange)).one()
    move(clerk, f"/paper-changes/{change.id}", "agree")
    db.session.refresh(change)
    assert change.state == "asked"
    assert "Changes of papers to decide on" in text(manager, "/")
    move(manager, f"/paper-changes/{change.id}", "agree")
    versions = list(db.session.scalars(select(Document).where(Document.file_id == file.id).order_by(Document.id)))
    assert [(one.title, one.pages) for one in versions] == [("工作副本甲", 3), ("工作副本乙", 4)]
    assert versions[1].replaces_id == paper.id
    page = text(clerk, f"/files/{file.id}")
    assert "工作副本甲" in page and "工作副本乙" in page and "Replaced" in page


def test_p09_03_who_saw_a_file_and_what_a_person_saw_is_one_click(login: Login, site: Any, cast: Any) -> None:
    """From the file's page and from the user's; by days, as a spreadsheet and on paper for the auditor."""
    file = filed(site)
    lookups_makers.make_grant(file, cast["clerk"])
    db.session.commit()
    text(login("clerk"), f"/files/{file.id}")
    auditor, url = login("auditor"), f"/seen/file/{file.id}"
    assert url in text(auditor, f"/files/{file.id}")
    assert f"/seen/person/{cast['clerk'].id}" in text(auditor, f"/users/{cast['clerk'].id}")
    for asked in (url, f"/seen/person/{cast['clerk'].id}"):
        shown = text(auditor, asked)
        assert ">clerk<" in shown and "Opened" in shown
        assert ">clerk<" not in text(auditor, f"{asked}?from=2031-01-01")
        assert "clerk" in text(auditor, f"{asked}/export.csv")
        assert auditor.get(f"{asked}/export.xlsx").data.startswith(b"PK")
        assert auditor.post(f"{asked}/print").data.startswith(b"%PDF-")
    assert ">clerk<" in text(login("manager"), url)
    assert login("manager").get(f"/seen/person/{cast['clerk'].id}").status_code == 403
    assert login("clerk").get(url).status_code == 403
    assert login("manager").get(f"{url}/export.csv").status_code == 403


def test_p10_07_last_months_register_waits_for_the_managers_signature(login: Login, site: Any, cast: Any) -> None:
    """A card until it is signed; the printed register then carries the name."""
    request = lookups_makers.make_request(filed(site), cast["clerk"])
    asked = now().astimezone(DESK_TIME).replace(day=1) - dt.timedelta(days=2)
    request.created_at = asked
    db.session.commit()
    manager, month = login("manager"), f"{asked:%Y-%m}"
    assert f"register=lookups&amp;month={month}" in text(manager, "/")
    form = {"site": site.id, "register": "lookups", "month": month}
    assert manager.post("/register-reviews/add", data=form).status_code == 302
    review = db.session.scalars(select(RegisterReview)).one()
    assert (review.lines, review.signed_by_id) == (1, cast["manager"].id)
    assert f"month={month}" not in text(manager, "/")
    assert manager.post("/register-reviews/add", data=form).status_code == 422
    sheet = manager.post(f"/print/lookup_register?from={month}-01&to={asked:%Y-%m-%d}")
    assert sheet.data.startswith(b"%PDF-")


def test_p09_02_a_restricted_file_is_kept_and_not_worked_with(login: Login, site: Any, cast: Any) -> None:
    """Nothing is added to it, and it is read only by the line of the policy for that seal."""
    file = makers.make_file(makers.make_unit(site=site))
    assert file.customer is not None
    file.customer.representative = NAME
    director, clerk, url = login("director"), login("clerk"), f"/files/{file.id}"
    assert NAME in text(clerk, url)
    move(director, url, "restrict", reason="客户要求")
    assert NAME not in text(clerk, url)
    refused = clerk.post("/papers/add", data={"file": file.id, "paper_class": "letter", "title": "函"})
    assert refused.status_code == 422
    request = ask(clerk, file)
    assert request is not None and request.chain == "manager director"
    move(director, url, "lift", reason="客户同意")
    assert NAME in text(clerk, url)


def test_the_policy_is_listed_by_the_desk_and_amended_by_the_director(login: Login, site: Any) -> None:
    rule = db.session.scalars(select(AccessRule).order_by(AccessRule.id)).first()
    assert rule is not None
    for name in ("clerk", "supervisor", "manager", "archivist", "auditor"):
        assert login(name).get("/access-policy/").status_code == 200
        assert login(name).get(f"/access-policy/{rule.id}/edit").status_code in (403, 404)
