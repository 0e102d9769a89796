"""A fourteenth trade: a school's pupil files take one YAML file and no code (P1.22)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import config
from app.archive.models import Document, File
from app.demo import makers
from app.kit.session import db

Login = Callable[..., FlaskClient]
SCHOOL = Path(config.ROOT) / "docs" / "schemes" / "school_pupils.yaml"


def test_p1_22_a_trade_of_ones_own_is_one_file(app: Flask, login: Login, site: Any) -> None:
    """Loaded by command; a pupil's file is opened, gathered by stage, checked, filed, asked for and printed."""
    done = app.test_cli_runner().invoke(args=["schemes", "load", str(SCHOOL)])
    assert done.exit_code == 0 and "school_pupils 1" in done.output, done.output
    pupil, clerk = makers.make_customer(site=site, name="示例学生林小树", kind="person"), login("clerk")
    opened = clerk.post("/files/add", data={"scheme_key": "school_pupils", "customer": pupil.id})
    assert opened.status_code == 302
    file = db.session.scalars(select(File).where(File.scheme_key == "school_pupils")).one()
    assert file.number.startswith("XS-2") and file.stage == "enrolled"
    for paper_class in ("enrolment_form", "household_copy"):
        form = {"file": file.id, "paper_class": paper_class, "copy_kind": "copy", "pages": 1}
        assert clerk.post("/papers/add", data=form).status_code == 302
    assert clerk.post(f"/files/{file.id}/move/advance", data={}).status_code == 302
    assert clerk.post(f"/files/{file.id}/move/advance", data={"reason": "体检表月底补交"}).status_code == 302
    assert file.stage == "leaving"
    for language, words in (("zh_Hans", "成长记录"), ("zh_Hant", "成長紀錄"), ("en", "Leaving record")):
        assert words in login("clerk", language).get(f"/files/{file.id}").get_data(as_text=True)
    archivist = login("archivist")
    for paper in db.session.scalars(select(Document).where(Document.file_id == file.id)):
        ticks = {"ink_is_good": "y", "is_complete": "y", "is_signed": "y"}
        assert archivist.post(f"/papers/{paper.id}/move/file_paper", data=ticks).status_code == 302
    assert archivist.post(f"/files/{file.id}/move/file", data={}).status_code == 302
    asked = clerk.post(
        "/lookups/add", data={"file": file.id, "purpose": "核对学籍", "mode": "read_in_office", "hours": 2}
    )
    assert asked.status_code == 302
    assert archivist.post(f"/print/file_cover/{file.id}").data.startswith(b"%PDF-")
    exported = app.test_cli_runner().invoke(args=["schemes", "export", "school_pupils"])
    assert exported.output == SCHOOL.read_text(encoding="utf-8")
