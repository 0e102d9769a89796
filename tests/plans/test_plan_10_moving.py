"""篇十, moving in and out: from the key to the closed file, walked over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.applications.models import Application
from app.archive import rules as archive
from app.archive.models import File
from app.customers.models import Tenancy
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db
from app.moving import keys, rules
from app.moving.models import Moving

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def move(client: FlaskClient, url: str, name: str, **form: Any) -> str:
    answer = client.post(f"{url}/move/{name}", data=form, follow_redirects=True)
    return answer.get_data(as_text=True)


def checklist(moving: Moving, **said: str) -> dict[str, Any]:
    """The whole checklist as the page would send it, all ticked."""
    form: dict[str, Any] = {}
    for item in moving.items:
        form |= {f"version-{item.id}": item.version, f"done-{item.id}": "y"}
        if item.section == "meters":
            form[f"reading-{item.id}"] = said.get(item.key, "100")
        if item.key in said and item.section != "meters":
            form[f"quantity-{item.id}"] = said[item.key]
    return form


def test_p10_03_a_tenant_leaves_once_nothing_stands_in_the_way(login: Login, site: Any) -> None:
    """Keys back, arrears paid, checked by three: the file is closed, stays in the unit, and a new one begins."""
    clerk, supervisor = login("clerk"), login("supervisor")
    file = makers.make_filed_file(makers.make_unit("0512", site=site))
    tenancy = file.tenancy
    clerk.post("/held-keys/add", data={"tenancy": tenancy.id, "way": "out", "kind": "key", "quantity": "3"})
    assert keys.held(tenancy) == {"key": 3}
    assert "Move out" in page(clerk, f"/files/{file.id}")
    form = {"kind": "out", "unit": file.unit_id, "planned_on": str(today()), "is_authorised": "y", "contact": "林晚"}
    assert clerk.post("/moves/add", data=form).status_code == 302
    moving = rules.live_moving(tenancy, "out")
    assert moving is not None
    url = f"/moves/{moving.id}"
    shown = page(clerk, url)
    assert "3 keys are still out" in shown and "Notice was given less than 15 days before" in shown
    three = {"property_by": "王敏", "engineering_by": "石磊", "security_by": "高远"}
    edited = form | three | {"version": moving.version}
    assert clerk.post(f"{url}/edit", data=edited).status_code == 302
    assert clerk.post(f"{url}/checklist", data=checklist(moving, door_key="2", electricity="8630")).status_code == 302
    move(clerk, url, "check")
    db.session.refresh(moving)
    assert (moving.state, keys.held(tenancy)) == ("checked", {"key": 1})
    assert "1 key is still out" in move(supervisor, url, "close")
    clerk.post("/held-keys/add", data={"tenancy": tenancy.id, "way": "back", "kind": "key", "quantity": "1"})
    assert "Nothing stands in the way." in page(supervisor, url)
    move(supervisor, url, "close")
    db.session.expire_all()
    old, new = db.session.scalars(select(File).where(File.unit_id == file.unit_id).order_by(File.id))
    assert (old.state, old.tenancy_id, new.state, new.tenancy_id) == ("closed", tenancy.id, "open", None)
    assert (db.session.get_one(Tenancy, tenancy.id).state, moving.state) == ("ended", "closed")
    assert new.number in page(clerk, url) and old.number in page(clerk, url)
    label = clerk.post(f"/print/file_label/{old.id}")
    assert label.data.startswith(b"%PDF-")


def test_p10_03_nobody_closes_a_file_around_its_move_out(login: Login, site: Any) -> None:
    """The file's own button is refused, too, until the move-out is checked; who may not finish it cannot."""
    file = makers.make_filed_file(makers.make_unit(site=site))
    refused = login("supervisor").post(f"/files/{file.id}/move/close", follow_redirects=True)
    assert "the move-out has not been checked" in refused.get_data(as_text=True)
    db.session.refresh(file)
    assert file.state == "filed" and archive.live_file(file.unit) == file
    moving = makers.make_moving(file.tenancy, checked=True)
    assert login("clerk").post(f"/moves/{moving.id}/move/close").status_code == 403
    db.session.refresh(moving)
    assert moving.state == "checked"


def test_p10_02_applications_are_filed_in_their_section(login: Login, site: Any) -> None:
    """A name board is asked for, approved by another, put up: the tenancy says so, and the paper is in the file."""
    clerk, supervisor = login("clerk"), login("supervisor")
    file = makers.make_file(makers.make_unit(site=site))
    assert all(words in page(clerk, "/applications/add") for words in ("Door lock", "Parking", "Goods release"))
    form = {"unit": file.unit_id, "applicant": "林晚", "wanted_words": "瑞恒科技", "kind": "nameboard"}
    assert clerk.post("/applications/add?kind=nameboard", data=form).status_code == 302
    asked = db.session.scalars(select(Application)).one()
    url = f"/applications/{asked.id}"
    move(supervisor, url, "approve")
    move(clerk, url, "finish", given="")
    db.session.expire_all()
    assert asked.state == "done" and file.tenancy.nameboard == "瑞恒科技"
    shown = page(clerk, f"/files/{file.id}")
    assert asked.number in shown and "Name board" in shown
    assert [paper.paper_class for paper in file.documents] == ["nameboard"]
