"""Plan 7: a tenant's papers go four steps: gathered, put in order, filed, used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import Document, File
from app.demo import makers
from app.kit.session import db
from app.lookups.models import LookupRequest

Login = Callable[..., FlaskClient]


def test_p7_04_papers_are_gathered_put_in_order_filed_and_used(login: Login, site: Any, cast: Any) -> None:
    """收集、整理、归档、使用（及保管）: each step has its place on screen, its right and its line in the audit."""
    tenancy = makers.make_tenancy(makers.make_unit("0909", site=site))
    tenancy.unit.site_id = site.id
    file = db.session.scalars(select(File).where(File.tenancy_id == tenancy.id)).one()
    clerk, archivist, manager = login("clerk"), login("archivist"), login("manager")
    for day, paper_class in (("2026-03-02", "lease"), ("2026-03-01", "licence")):
        form = {"file": file.id, "paper_class": paper_class, "issued_on": day, "copy_kind": "copy", "pages": 1}
        assert clerk.post("/papers/add", data=form).status_code == 302
    assert paper_order(clerk, file) == ["lease", "licence"]
    for paper in db.session.scalars(select(Document).where(Document.file_id == file.id)):
        ticks = {"ink_is_good": "y", "is_complete": "y"}
        assert archivist.post(f"/papers/{paper.id}/move/file_paper", data=ticks).status_code == 302
    assert archivist.post(f"/files/{file.id}/move/file", data={}).status_code == 302
    assert file.state == "filed" and file.custodian_id == cast["archivist"].id
    asked = {"file": file.id, "purpose": "核对租期", "mode": "read_in_office", "hours": 2}
    assert clerk.post("/lookups/add", data=asked).status_code == 302
    request = db.session.scalars(select(LookupRequest).where(LookupRequest.file_id == file.id)).one()
    assert login("supervisor").post(f"/lookups/{request.id}/move/pass_on", data={}).status_code == 302
    assert manager.post(f"/lookups/{request.id}/move/approve", data={}).status_code == 302
    assert "2026-03-02" in clerk.get(f"/files/{file.id}").get_data(as_text=True)
    audit = login("auditor").get(f"/audit/?subject_id_from={file.id}&subject_id_to={file.id}").get_data(as_text=True)
    assert all(words in audit for words in ("Paper added", "Filed", "Opened"))


def paper_order(client: FlaskClient, file: File) -> list[str]:
    """The classes in the order of the file's contents."""
    from app.archive import rules as archive

    db.session.expire_all()
    assert client.get(f"/files/{file.id}").status_code == 200
    return [paper.paper_class for paper in archive.ordered(file)]
