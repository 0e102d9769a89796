"""Finding aids of a large fonds: ordered as long work, laid out while nobody waits, kept for who ordered them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import fonds_makers as makers
from app.jobs.models import Job
from app.kit.session import db
from app.printing import engine, long
from app.printing.models import PrintLine
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]


@pytest.fixture
def street(site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A fonds of one item more than are printed at once."""
    monkeypatch.setattr(long, "AT_ONCE", 2)
    fonds = makers.make_fonds(site)
    for _ in range(3):
        makers.make_item(fonds)
    db.session.commit()
    return fonds


def test_a_long_finding_aid_is_ordered_and_fetched_by_who_ordered_it(login: Login, street: Any) -> None:
    archivist, manager = login("archivist"), login("manager")
    ordered = archivist.post(f"/print/item_catalogue/{street.id}")
    assert ordered.status_code == 302 and "/jobs/" in ordered.headers["Location"]
    job = db.session.scalars(select(Job)).one()
    told = archivist.get(f"/jobs/{job.id}/progress").json
    assert told["state"] == "done", told
    assert (told["done"], told["total"]) == (3, 3)
    pdf = archivist.get(told["next_url"])
    assert pdf.mimetype == "application/pdf" and pdf.headers["Cache-Control"] == "no-store"
    assert len(pikepdf.open(io.BytesIO(pdf.data)).pages) >= 1
    assert manager.get(told["next_url"]).status_code == 404
    assert archivist.get("/print/ready/" + "0" * 40).status_code == 404
    line = db.session.scalars(select(PrintLine)).one()
    assert line.form_key == "item_catalogue" and line.pdf_sha256 == ""
    said = {each.action: each.detail for each in db.session.scalars(select(AuditLine))}
    assert {"print_form", "print_ready", "fetch_print"} <= set(said)
    assert said["print_ready"]["first"] == line.serial
    kept = [each.name for each in long.ready.files.listed()]
    assert kept and not any(b"%PDF" in (long.ready.files.get(name) or b"") for name in kept)  # encrypted
    assert long.ready.sweep(older_than=-1) == len(kept) and archivist.get(told["next_url"]).status_code == 404


def test_a_short_one_is_printed_at_once(login: Login, street: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "AT_ONCE", 3)
    assert login("archivist").post(f"/print/item_catalogue/{street.id}").mimetype == "application/pdf"


def test_one_that_is_stopped_keeps_its_number_and_says_so(
    login: Login, street: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_more: Any) -> bytes:
        raise engine.PrintError("a glyph is missing")

    monkeypatch.setattr(engine, "make_pdf", broken)
    archivist = login("archivist")
    archivist.post(f"/print/item_catalogue/{street.id}")
    job = db.session.scalars(select(Job)).one()
    assert job.state == "failed" and re.search("administrator", job.message)
    line = db.session.scalars(select(PrintLine)).one()
    assert line.pdf_sha256 == "" and not list(long.ready.files.listed())


def test_the_bar_hears_of_each_page(app: Any) -> None:
    heard: list[int] = []
    page = '<!doctype html><html lang="zh-Hans"><title>-</title><p>一</p><p style="break-before: page">二</p></html>'
    engine.make_pdf([page], tell=heard.append)
    assert heard[:2] == [1, 2]

    def stop(_pages: int) -> None:
        raise KeyError("stopped")

    with pytest.raises(KeyError):
        engine.make_pdf([page], tell=stop)
