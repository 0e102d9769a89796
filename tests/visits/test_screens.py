"""Visits as each role sees them: one form, the plan drawn as a house, the signature, the calendar feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.archive import rules as archive
from app.customers import rules as customers
from app.demo import makers
from app.estate.models import Site, Unit
from app.estate.rules import find_site
from app.kit.columns import now, today
from app.kit.session import db
from app.kit.strokes import LONGEST
from app.security.models import LoginFailure
from app.visits import board, feed
from app.visits.models import Visit, VisitPlan
from tests.conftest import SITE
from tests.house.full_house import count
from tests.standing import Made, Standing
from tests.visits.test_rules import DAY, let, step, visits_of

Login = Callable[..., FlaskClient]
DRAWN = "M12.5 30L40 62.1L80 20M90 50L90 50"


@pytest.fixture(scope="module")
def _unit(standing: Standing) -> Made:
    def write() -> Unit:
        unit = let(find_site(SITE), "5F", "0512").unit
        customers.set_contact(customers.live_tenancy(unit).customer, "daily", "林晚", "19900001234")  # type: ignore[union-attr]
        return unit

    return standing(write)


@pytest.fixture
def unit(_unit: Made) -> Unit:
    """A unit whose tenant has a daily contact."""
    found: Unit = _unit()
    return found


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:600]
    return answer.get_data(as_text=True)


def text_of(pdf: bytes) -> str:
    """As MuPDF reads it, without white space."""
    with pymupdf.open(stream=pdf) as document:
        return "".join("".join(sheet.get_text() for sheet in document).split())


def the_only() -> Visit:
    return db.session.scalars(select(Visit)).one()


def test_a_visit_that_was_just_made_is_one_form(login: Login, unit: Unit) -> None:
    form = {"unit": unit.id, "way": "telephone", "result": "acceptable", "opinion": "电梯等得久", "kind": "adhoc"}
    assert login("clerk").post("/visits/add", data=form).status_code == 302
    visit = the_only()
    assert (visit.state, visit.result, visit.way, visit.due_on) == ("done", "acceptable", "telephone", today())
    assert visit.number.startswith("HF-")


def test_a_visit_without_a_result_stays_planned(login: Login, unit: Unit) -> None:
    assert login("clerk").post("/visits/add", data={"unit": unit.id, "kind": "adhoc"}).status_code == 302
    assert the_only().state == "planned"


def test_the_form_opened_from_a_unit_knows_whom_to_ask_for(login: Login, unit: Unit) -> None:
    html = page(login("clerk"), f"/visits/add?unit={unit.id}")
    assert 'value="林晚"' in html and 'value="19900001234"' in html


def test_what_came_of_a_visit_is_written_into_its_form(login: Login, unit: Unit) -> None:
    visit = makers.make_visit(unit)
    form = {"version": visit.version, "due_on": visit.due_on, "way": "door", "result": "satisfied", "opinion": "好"}
    answer = login("clerk").post(f"/visits/{visit.id}/edit", data=form | {"client_signature": DRAWN})
    assert answer.status_code == 302
    db.session.refresh(visit)
    assert (visit.state, visit.client_signature) == ("done", DRAWN)
    html = page(login("clerk"), f"/visits/{visit.id}")
    assert f'<path d="{DRAWN}"/>' in html


@pytest.mark.parametrize(
    "rubbish",
    [
        '"/><script>alert(1)</script>',
        "M10 10",
        "M10 10C1 1 2 2 3 3",
        "M10 10L301 20",
        "M10 10L20 101",
        "M10,10L20,20",
        "M-1 10L20 20",
        "M10 10L2e1 20",
        "M１０ 10L20 20",
        "M10 10L20 20z",
        "L10 10M20 20",
        "M10.25 10L20 20",
        "M1 1" + "L10 10" * (LONGEST // 6),
    ],
)
def test_only_strokes_inside_the_box_are_a_signature(login: Login, unit: Unit, rubbish: str) -> None:
    form = {"unit": unit.id, "kind": "adhoc", "client_signature": rubbish}
    answer = login("clerk").post("/visits/add", data=form)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="client_signature-error"' in html and rubbish not in html
    assert db.session.scalar(select(Visit)) is None


def test_the_form_draws_a_sheet_to_sign_without_inline_script_or_style(login: Login, unit: Unit) -> None:
    html = page(login("clerk"), f"/visits/add?unit={unit.id}")
    assert "data-sign hidden" in html and 'name="client_signature"' in html and "data-sign-clear" in html
    assert not re.search(r"\son\w+=|style=", html)


def test_a_signature_stands_in_no_list_and_no_export(login: Login, unit: Unit) -> None:
    makers.make_visit(unit, result="satisfied", client_signature=DRAWN)
    supervisor = login("supervisor")
    assert DRAWN not in page(supervisor, "/visits/")
    assert DRAWN not in supervisor.get("/visits/export.csv").get_data(as_text=True)


def test_what_was_said_is_sealed_with_the_file(login: Login, unit: Unit) -> None:
    visit = makers.make_visit(
        unit, result="unsatisfied", opinion="夜里太吵", phone="19900005678", client_signature=DRAWN
    )
    url = f"/visits/{visit.id}"
    assert "夜里太吵" in page(login("clerk"), url)
    file = archive.live_file(unit)
    assert file is not None
    file.state, file.filed_at = "filed", now()
    db.session.flush()
    html = page(login("clerk"), url)
    assert visit.number in html
    assert all(secret not in html for secret in ("夜里太吵", "19900005678", "Not satisfied", DRAWN))
    assert "夜里太吵" not in page(login("clerk"), f"/files/{file.id}")


def test_making_a_plan_on_screen_plans_the_visits(login: Login, site: Any, unit: Unit) -> None:
    form = {"name": "中秋拜访", "kind": "holiday", "from_on": "2026-09-20", "until_on": "2026-09-30", "site": site.id}
    assert login("clerk").post("/visit-plans/add", data=form).status_code == 403
    assert login("supervisor").post("/visit-plans/add", data=form | {"floors": "77F"}).status_code == 422
    assert login("supervisor").post("/visit-plans/add", data=form).status_code == 302
    plan = db.session.scalars(select(VisitPlan)).one()
    assert [(visit.unit_id, visit.kind) for visit in visits_of(plan)] == [(unit.id, "holiday")]


@pytest.fixture
def plan(site: Any, unit: Unit) -> VisitPlan:
    """One tenant was visited, one not yet, one is late, one unit is empty."""
    for number in ("0513", "0601"):
        let(site, f"{number[1]}F", number)
    makers.make_unit("0602", floor=makers.make_floor(site, "6F"))
    plan = makers.make_visit_plan(site)
    by_unit = {visit.unit.number: visit for visit in visits_of(plan)}
    step(by_unit["0512"], "finish", result="satisfied")
    by_unit["0601"].due_on = today() - DAY
    db.session.flush()
    return plan


def squares(html: str) -> dict[str, tuple[str, str]]:
    """unit -> (tone, word) as the grid draws them."""
    found = re.findall(r'class="stack-unit (\w*)"[^>]*>(\w+)<small>([^<·]+)', html)
    return {number: (tone, word.strip()) for tone, number, word in found}


def test_the_grid_shows_who_was_visited_floor_by_floor(login: Login, plan: VisitPlan) -> None:
    html = page(login("clerk"), f"/visits/grid/?plan={plan.id}")
    assert squares(html) == {
        "0601": ("bad", "Overdue"),
        "0602": ("quiet", "Vacant"),
        "0512": ("good", "Visited"),
        "0513": ("warn", "Planned"),
    }
    assert "1 of 3 visited" in html and "33%" in html and "1 / 2" in html and "0 / 1" in html
    assert html.index("<strong>6F<") < html.index("<strong>5F<")  # elsewhere a random key may say the same


def test_the_grid_leads_to_the_visit_or_to_writing_it_down(login: Login, plan: VisitPlan) -> None:
    by_unit = {visit.unit.number: visit for visit in visits_of(plan)}
    html = page(login("clerk"), "/visits/grid/")
    assert f'href="/visits/{by_unit["0512"].id}"' in html
    assert f'href="/visits/{by_unit["0513"].id}/edit?next=' in html
    reads = page(login("director"), "/visits/grid/")
    assert "/edit" not in reads and f'href="/visits/{by_unit["0513"].id}"' in reads


def test_a_tenant_without_a_visit_in_the_plan_gets_one_from_the_grid(login: Login, plan: VisitPlan) -> None:
    left_out = visits_of(plan)[-1]
    unit_id = left_out.unit_id
    db.session.delete(left_out)
    db.session.flush()
    html = page(login("clerk"), f"/visits/grid/?plan={plan.id}")
    assert f'href="/visits/add?unit={unit_id}&amp;plan={plan.id}' in html
    form = {"unit": unit_id, "plan": plan.id, "kind": "quarterly", "result": "satisfied"}
    assert login("clerk").post("/visits/add", data=form).status_code == 302
    assert visits_of(plan)[-1].state == "done"


def test_another_sites_plan_is_not_drawn(login: Login, plan: VisitPlan) -> None:
    page(login("stranger"), f"/visits/grid/?plan={plan.id}", 404)
    assert plan.name not in page(login("stranger"), "/visits/grid/")
    page(login("clerk"), "/visits/grid/?plan=x", 404)


def test_the_grid_costs_the_same_however_many_units(login: Login, site: Any, plan: VisitPlan) -> None:
    clerk, url, site_id = login("clerk"), f"/visits/grid/?plan={plan.id}", site.id
    page(clerk, url)
    before = count(lambda: clerk.get(url))
    here = db.session.get_one(Site, site_id)
    for number in range(10):
        let(here, f"{number + 10}F", f"{number + 10}01")
    db.session.commit()
    assert count(lambda: clerk.get(url)) == before


def test_each_card_counts_what_its_list_shows(
    login: Login, unit: Unit, plan: VisitPlan, cast: Any, acting: Any
) -> None:
    makers.make_visit(unit, due_on=today(), visitor=cast["clerk"], visitor_id=cast["clerk"].id)
    step(makers.make_visit(unit), "miss", reason="无人")
    with acting(cast["clerk"]):
        cards = list(board.cards(cast["clerk"]))
    clerk = login("clerk")
    assert sum(card.count for card in cards) >= 4
    for card in cards:
        html = page(clerk, card.url)
        assert sum(visit.number in html for visit in db.session.scalars(select(Visit))) == card.count, card.url


def test_the_file_page_tells_of_visits_and_opens_new_ones(login: Login, unit: Unit) -> None:
    visit = makers.make_visit(unit, result="satisfied")
    file = archive.live_file(unit)
    assert file is not None
    html = page(login("clerk"), f"/files/{file.id}")
    assert visit.number in html and f"/visits/add?unit={unit.id}" in html
    assert f"/visits/add?unit={unit.id}" not in page(login("archivist"), f"/files/{file.id}")


def test_my_calendar_is_read_under_an_address_that_is_told_once(login: Login, unit: Unit, cast: Any, app: Any) -> None:
    visit = makers.make_visit(unit, visitor=cast["clerk"], visitor_id=cast["clerk"].id, person_seen="林晚")
    clerk = login("clerk")
    assert "You have no address yet" in page(clerk, "/visits/my-calendar/")
    html = clerk.post("/visits/my-calendar/renew").get_data(as_text=True)
    path = re.search(r"/visits/calendar/[\w-]+\.ics", html).group()  # type: ignore[union-attr]
    assert path not in page(clerk, "/visits/my-calendar/")
    answer = app.test_client().get(path)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [f"visit-{visit.id}@hudang"]
    assert "林晚" not in answer.get_data(as_text=True)
    clerk.post("/visits/my-calendar/renew")
    assert app.test_client().get(path).status_code == 404


def test_wrong_calendar_keys_are_not_found_and_soon_not_looked_up(app: Any, cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "FAILURES_AN_ADDRESS", 3)
    right = feed.renew(cast["clerk"])
    db.session.commit()
    client = app.test_client()
    answers = [client.get(f"/visits/calendar/{number}.ics").status_code for number in range(3)]
    assert answers == [404, 404, 404]
    assert db.session.scalar(select(LoginFailure.count)) == 3
    assert client.get(f"/visits/calendar/{right}.ics").status_code == 429


def test_the_record_is_printed_with_the_signature_drawn_on_screen(login: Login, unit: Unit) -> None:
    drawn = makers.make_visit(unit, result="satisfied", opinion="一切都好", client_signature=DRAWN, person_seen="林晚")
    answer = login("clerk").post(f"/print/visit_record/{drawn.id}")
    assert answer.status_code == 200 and "一切都好" in text_of(answer.data)
    with pymupdf.open(stream=answer.data) as document:
        strokes = [one for one in document[0].get_drawings() if one["width"] and len(one["items"]) >= 3]
    assert any(one["type"] == "s" for one in strokes)
    assert "Signedelectronically" in text_of(answer.data) or "已电子签署" in text_of(answer.data)


def test_the_summary_counts_results_and_lists_opinions(login: Login, plan: VisitPlan) -> None:
    visits_of(plan)[0].opinion = "前台很热心"
    db.session.flush()
    supervisor = login("supervisor")
    of_plan = supervisor.post(f"/print/visit_summary/{plan.id}")
    of_month = supervisor.post("/print/visit_month")
    for answer in (of_plan, of_month):
        assert answer.status_code == 200 and answer.mimetype == "application/pdf"
        assert "前台很热心" in text_of(answer.data)
    assert plan.name in text_of(of_plan.data) and "33%" in text_of(of_plan.data)
    assert "visit_summary" in page(supervisor, f"/visit-plans/{plan.id}")
    assert "visit_month" in page(supervisor, "/visits/")
