"""篇十: the customer service department of an office building, walked over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.archive import rules as archive
from app.archive.models import Document, File
from app.customers.models import Tenancy
from app.demo import makers
from app.kit.session import db
from app.lookups.models import LookupRequest

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def move(client: FlaskClient, url: str, name: str, **form: Any) -> None:
    answer = client.post(f"{url}/move/{name}", data=form, follow_redirects=True)
    assert answer.status_code == 200


def test_p10_01_a_unit_has_one_file_found_by_its_number_and_kept_by_floor(login: Login, site: Any) -> None:
    """One file a unit: a second is refused on screen and by the database; its place is its floor's cabinet."""
    clerk = login("clerk")
    unit, customer = makers.make_unit("0512", site=site), makers.make_customer(site=site)
    moved_in = clerk.post("/tenancies/add", data={"unit": unit.id, "customer": customer.id})
    assert moved_in.status_code == 302
    file = db.session.scalars(select(File).where(File.unit_id == unit.id)).one()
    assert file.customer_id == customer.id
    assert file.number == "0512-01"
    assert "5F" in file.place.name
    again = clerk.post("/files/add", data={"unit": unit.id, "remark": "typed twice"})
    assert again.status_code == 422
    assert "one unit, one file" in again.get_data(as_text=True)
    assert "typed twice" in again.get_data(as_text=True)
    second = File(
        site_id=file.site_id, unit_id=file.unit_id, scheme_id=file.scheme_id, number="x", opened_on=dt.date.today()
    )
    db.session.add(second)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()


def test_p10_02_the_file_shows_its_four_sections(login: Login, site: Any) -> None:
    """Move-in papers, fit-out papers, letters and applications stand on the file's page, in both scripts."""
    file = makers.make_file(makers.make_unit(site=site))
    assert all(
        words in page(login("clerk", "zh_Hans"), f"/files/{file.id}") for words in ("入住资料", "二装资料", "往来函")
    )
    assert all(words in page(login("clerk", "en"), f"/files/{file.id}") for words in ("Move-in papers", "Applications"))


def test_p10_03_a_moved_out_file_stays_in_its_unit_and_a_new_one_begins(login: Login, site: Any) -> None:
    """Moving out closes file and tenancy at once; the unit has a new empty file."""
    file = makers.make_filed_file(makers.make_unit(site=site))
    makers.make_moving(file.tenancy, checked=True)
    move(login("supervisor"), f"/files/{file.id}", "close")
    db.session.refresh(file)
    files = list(db.session.scalars(select(File).where(File.unit_id == file.unit_id).order_by(File.id)))
    assert [(one.state, one.tenancy_id is None) for one in files] == [("closed", False), ("open", True)]
    assert db.session.get(Tenancy, file.tenancy_id).state == "ended"
    assert files[1].number.endswith("-02")
    form = {"unit": file.unit_id, "customer": makers.make_customer("后来者有限公司", site=site).id}
    assert login("clerk").post("/tenancies/add", data=form).status_code == 302
    db.session.refresh(files[1])
    assert files[1].current_name == "后来者有限公司"


def test_p10_04_p07_07_the_scheme_says_which_paper_comes_first(site: Any) -> None:
    """Newest first in the office building's scheme; ascending by date of issue where a scheme says so."""
    file = makers.make_file(makers.make_unit(site=site))
    for year in (2024, 2026, 2025):
        makers.make_document(file, "letter", issued_on=dt.date(year, 1, 2))
    years = [paper.issued_on.year for paper in archive.ordered(file) if paper.issued_on]
    assert years == [2026, 2025, 2024]
    file.scheme.body = {**file.scheme.body, "order": "oldest_first"}
    assert [paper.issued_on.year for paper in archive.ordered(file) if paper.issued_on] == [2024, 2025, 2026]


def test_p10_05_a_renamed_customer_asks_for_a_new_label(login: Login, site: Any) -> None:
    """The page and the home board say that the label is wrong until it is printed again."""
    file = makers.make_file(makers.make_unit(site=site))
    archive.label_printed(file)
    clerk = login("clerk")
    assert "The label says" not in page(clerk, f"/files/{file.id}")
    customer = file.customer
    form = {"version": customer.version, "kind": "firm", "name": "新名科技有限公司", "site": customer.site_id}
    assert clerk.post(f"/customers/{customer.id}/edit", data=form).status_code == 302
    assert "The label says" in page(clerk, f"/files/{file.id}")
    assert "新名科技有限公司" in page(clerk, "/")
    printed = clerk.post(f"/print/file_label/{file.id}")
    assert printed.data.startswith(b"%PDF-")
    assert "The label says" not in page(clerk, f"/files/{file.id}")


def test_p10_07_a_look_up_goes_from_the_supervisor_to_the_manager(login: Login, site: Any, cast: Any) -> None:
    """Asked by the clerk, passed on by the supervisor, approved by the manager, read in the office."""
    file = makers.make_filed_file(makers.make_unit(site=site))
    file.customer.representative = "张伟"
    clerk, supervisor, manager = login("clerk"), login("supervisor"), login("manager")
    assert "张伟" not in page(clerk, f"/files/{file.id}")
    asked = clerk.post(
        "/lookups/add", data={"file": file.id, "purpose": "核对合同", "mode": "read_in_office", "hours": "8"}
    )
    assert asked.status_code == 302
    request = db.session.scalars(select(LookupRequest).where(LookupRequest.file_id == file.id)).one()
    url = f"/lookups/{request.id}"
    assert manager.post(f"{url}/move/approve").status_code in (302, 422)
    db.session.refresh(request)
    assert request.state == "asked"
    move(supervisor, url, "pass_on")
    move(manager, url, "approve")
    read = page(clerk, f"/files/{file.id}")
    assert "张伟" in read
    assert "watermark" in read
    assert request.mode == "read_in_office"


def test_p10_08_an_original_never_changes(login: Login, site: Any) -> None:
    """An original is refused any change; a working copy that replaces it is a paper of its own."""
    file = makers.make_file(makers.make_unit(site=site))
    original = makers.make_document(file, "lease", title="租赁合同", copy_kind="original", pages=3)
    form = {
        "version": original.version,
        "title": "改过的合同",
        "copy_kind": "original",
        "pages": "3",
        "ink_is_good": "y",
    }
    refused = login("clerk").post(f"/papers/{original.id}/edit", data=form)
    assert refused.status_code == 422
    assert "never changed" in refused.get_data(as_text=True)
    db.session.expire_all()
    assert db.session.get(Document, original.id).title == "租赁合同"


def test_p10_09_the_use_of_units_is_listed_and_exported(login: Login, site: Any) -> None:
    """Units with their area and use, on screen and as a spreadsheet's rows."""
    makers.make_unit("0808", site=site, area_dm2=12_050, use="shop")
    manager = login("manager")
    listed = page(manager, "/units/?number=0808")
    assert "120.50" in listed
    assert "Shop" in listed
    exported = manager.get("/units/export.csv?number=0808").get_data(as_text=True)
    assert "0808" in exported
    assert "Shop" in exported
