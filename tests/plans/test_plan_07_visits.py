"""篇七: visits and return visits, walked over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import rules as archive
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db
from app.visits.models import Visit, VisitPlan

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def test_p07_02_every_tenant_is_visited_and_what_they_said_lies_in_their_file(login: Login, site: Any) -> None:
    """A round planned, one visit written down with its result and signature, the coverage drawn, the paper filed."""
    here, there = (makers.make_file(makers.make_unit(number, site=site)) for number in ("0512", "0513"))
    form = {"name": "一季度拜访", "kind": "quarterly", "from_on": str(today()), "until_on": str(today())}
    assert login("supervisor").post("/visit-plans/add", data=form | {"site": site.id}).status_code == 302
    plan = db.session.scalars(select(VisitPlan)).one()
    planned = {visit.unit_id: visit for visit in db.session.scalars(select(Visit).where(Visit.plan_id == plan.id))}
    assert set(planned) == {here.unit_id, there.unit_id}
    clerk, grid = login("clerk"), f"/visits/grid/?plan={plan.id}"
    assert "0 of 2 visited" in page(clerk, grid)
    visit = planned[here.unit_id]
    said = {"version": visit.version, "due_on": visit.due_on, "way": "door", "person_seen": "林晚"}
    said |= {"opinion": "电梯等得久", "client_signature": "M10 10L90 60"}
    assert clerk.post(f"/visits/{visit.id}/edit", data=said).status_code == 302
    db.session.refresh(visit)
    assert visit.state == "planned"
    said |= {"version": visit.version, "result": "acceptable"}
    assert clerk.post(f"/visits/{visit.id}/edit", data=said).status_code == 302
    assert "1 of 2 visited" in page(clerk, grid) and "50%" in page(clerk, grid)
    file = archive.live_file(here.unit)
    assert file is not None
    assert [(one.paper_class, one.reference) for one in file.documents] == [("visit", visit.number)]
    assert visit.number in page(clerk, f"/files/{file.id}")


def test_p07_02_a_new_tenant_is_called_on_within_a_month(login: Login, site: Any) -> None:
    """Moving in plans the first visit."""
    form = {"unit": makers.make_unit(site=site).id, "customer": makers.make_customer(site=site).id}
    assert login("clerk").post("/tenancies/add", data=form | {"starts_on": str(today())}).status_code == 302
    visit = db.session.scalars(select(Visit)).one()
    assert visit.kind == "new_tenant" and 0 < (visit.due_on - today()).days <= 30
