"""Campaigns on screen: the matrix, a unit's year, the receiver's queue, the first page, paper and reports."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.campaigns import board, timeline
from app.campaigns.ledgers import ScoreLine
from app.campaigns.models import Campaign, Submission
from app.demo import campaigns_makers as makers
from app.kit.columns import today
from app.kit.session import db
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]
DAY = dt.timedelta(days=1)


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.text[:800]
    return answer.text


def test_from_the_plan_to_the_first_paper(login: Login, site: Any, cast: Any) -> None:
    """All of it typed by people."""
    keeper, clerk = login("archivist"), login("clerk")
    form = {"title": "历年补档", "kind": "backlog", "from_year": 2020, "to_year": 2021, "missing_means": "nothing",
            "receiver": cast["archivist"].id, "base_points": 100, "points_per_year": 2}  # fmt: skip
    assert keeper.post("/campaigns/add", data=form).status_code == 302
    one = db.session.scalars(select(Campaign)).one()
    at = f"/campaigns/{one.id}"
    for address, more in (
        ("/campaign-phases", {"name": "实施", "kind": "carry_out", "party_kind": "", "begins_on": "2026-01-22",
                              "ends_on": "2026-02-18"}),
        ("/campaign-parties", {"name": "向阳村", "kind": "village", "responsible": "林晚"}),
        ("/expected-papers", {"name": "总结", "category": "documents", "party_kind": "", "pieces": 2, "is_key": "y"}),
    ):  # fmt: skip
        answer = keeper.post(f"{address}/add", data={"campaign": one.id, **more})
        assert answer.status_code == 302, answer.text[:600]
    assert keeper.post(f"{at}/move/start").status_code == 302
    (party,), (paper,) = one.parties, one.papers
    assert "0/2" in page(clerk, f"{at}/matrix")
    year = f"/campaign-parties/{party.id}"
    assert "总结" in page(clerk, f"{year}/year?year=2020")
    answer = clerk.post(f"{year}/hand-in?year=2020", data={f"pieces-{paper.id}": "2", "person": "林晚"})
    assert answer.status_code == 302
    made = db.session.scalars(select(Submission)).one()
    assert (made.pieces, made.handed_in_by, made.state) == (2, "林晚", "submitted")
    assert clerk.post(f"/submissions/{made.id}/move/pass_work", data={"passed_pieces": 2}).status_code == 403
    assert keeper.post(f"/submissions/{made.id}/move/pass_work", data={"passed_pieces": 2}).status_code == 302
    told = page(clerk, f"{at}/matrix")
    assert "2/2" in told and "50%" in told


@pytest.mark.parametrize(
    ("typed", "said"),
    [("x", "Please type a whole number."), ("0", "At least one piece is handed in."), ("99999999999", "too large")],
)
def test_what_is_wrong_stands_beside_its_field_and_is_kept(login: Login, running: Any, typed: str, said: str) -> None:
    party, (report, land) = running.parties[0], running.papers
    form = {f"pieces-{report.id}": "1", f"pieces-{land.id}": typed, "person": "周宁"}
    answer = login("clerk").post(f"/campaign-parties/{party.id}/hand-in?year=2020", data=form)
    assert answer.status_code == 422 and said in answer.text
    assert f'id="pieces-{land.id}-error"' in answer.text and f'id="pieces-{report.id}-error"' not in answer.text
    assert f'name="pieces-{land.id}" value="{typed}"' in answer.text and 'value="周宁"' in answer.text
    assert db.session.scalars(select(Submission)).all() == []


def test_a_long_name_and_an_empty_form_are_refused(login: Login, running: Any) -> None:
    at = f"/campaign-parties/{running.parties[0].id}/hand-in?year=2020"
    clerk = login("clerk")
    answer = clerk.post(at, data={"person": "长" * 61, f"pieces-{running.papers[0].id}": "1"})
    assert answer.status_code == 422 and 'id="person-error"' in answer.text
    assert clerk.post(at, data={}).status_code == 422
    for year in ("1999", "x", "", "99999999999"):
        assert clerk.get(f"/campaign-parties/{running.parties[0].id}/year?year={year}").status_code == 404


def test_the_receiver_lets_a_whole_year_pass_and_nobody_else_does(login: Login, running: Any) -> None:
    party = running.parties[0]
    for paper in running.papers:
        makers.make_submission(party, paper, 2021)
    db.session.commit()
    at = f"/campaign-parties/{party.id}"
    assert "Let all of it pass" not in page(login("supervisor"), f"{at}/year?year=2021")
    refused = login("supervisor").post(f"{at}/pass-year?year=2021")
    assert refused.status_code == 422 and "Only the central receiver" in refused.text
    keeper = login("archivist")
    assert "Let all of it pass" in page(keeper, f"{at}/year?year=2021")
    assert keeper.post(f"{at}/pass-year?year=2021").status_code == 302
    assert "2/2" in page(keeper, f"{at}/year?year=2021")
    assert keeper.post(f"{at}/pass-year?year=2021").status_code == 422


def test_a_return_without_its_reason_is_refused_beside_the_field(login: Login, running: Any) -> None:
    one = makers.make_submission(running.parties[0], running.papers[0], 2020)
    db.session.commit()
    keeper, at = login("archivist"), f"/submissions/{one.id}/move/return_papers"
    for typed in ("", "   "):
        answer = keeper.post(at, data={"reason": typed})
        assert answer.status_code == 422 and 'id="reason-error"' in answer.text
    assert keeper.post(at, data={"reason": "缺目录"}).status_code == 302
    db.session.expire_all()
    assert (one.state, one.reason) == ("returned", "缺目录")
    assert "缺目录" in page(login("clerk"), f"/campaign-parties/{one.party_id}/year?year=2020")
    told = page(login("clerk"), f"/submissions/{one.id}")
    assert "缺目录" in told and ">2020<" in told and "2,020" not in told


def test_the_matrix_is_walked_and_narrowed(login: Login, running: Any) -> None:
    station = makers.make_party(running, "国土所", kind="station")
    makers.make_submission(running.parties[0], running.papers[0], 2020, passed=True)
    makers.make_submission(running.parties[0], running.papers[1], 2021)
    db.session.commit()
    clerk, at = login("clerk"), f"/campaigns/{running.id}/matrix"
    told = page(clerk, at)
    assert "data-walk" in told and told.count('class="matrix-cell') == 6
    assert 'class="matrix-cell bad"' in told and "Key papers are missing" in told
    assert f"/campaign-parties/{station.id}/year?year=2022" in told
    assert page(clerk, f"{at}?kind=station").count('class="matrix-cell') == 3
    report = page(clerk, f"{at}?paper={running.papers[0].id}")
    assert 'class="matrix-cell good"' in report and "1/1" in report
    assert page(clerk, f"{at}?kind=x&paper=0").count('class="matrix-cell') == 6


def test_the_campaigns_page_tells_where_it_stands(login: Login, running: Any) -> None:
    makers.make_phase(running, "实施阶段", begins_on=today() - 5 * DAY, ends_on=today() + 5 * DAY)
    makers.make_phase(running, "验收阶段", kind="accept", begins_on=today() + 6 * DAY, ends_on=today() + 9 * DAY)
    makers.make_task(running, due_on=today() - DAY)
    db.session.commit()
    told = page(login("clerk"), f"/campaigns/{running.id}")
    assert "Share that is in" in told and "0%" in told and "全面完成库检" in told
    assert told.count("<rect") >= 2 and "实施阶段" in told and "Today" in told
    assert "Under way" in page(login("clerk"), "/campaign-phases/")


def test_the_bar_fits_whatever_the_days_are(running: Any, app: Any) -> None:
    makers.make_phase(running, "一天", begins_on=today(), ends_on=today())
    makers.make_phase(
        running, "很久以后" * 12, kind="accept", begins_on=today() + 900 * DAY, ends_on=today() + 901 * DAY
    )
    db.session.refresh(running)
    with app.test_request_context("/"):
        svg = str(timeline.draw(running))
    bars = [(float(x), float(width)) for x, width in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)]
    assert len(bars) == 2 and all(x + width <= timeline.WIDTH for x, width in bars)


def test_the_cards_count_what_their_lists_show(login: Login, running: Any, cast: Any, acting: Any) -> None:
    makers.make_submission(running.parties[0], running.papers[0], 2020)
    makers.make_task(running, "迟了", due_on=today() - DAY, person=cast["clerk"])
    makers.make_task(running, "快了", due_on=today() + 3 * DAY, person=cast["manager"])
    db.session.commit()
    with acting(cast["archivist"]):
        cards = {card.title: card for card in board.cards(cast["archivist"])}
        assert [card.count for card in cards.values()] == [1, 1, 1]
    for card in cards.values():
        assert len(re.findall(r"<tr[^>]* data-href", page(login("archivist"), card.url))) == card.count, card.url
    with acting(cast["clerk"]):
        (mine,) = board.cards(cast["clerk"])
        assert mine.group == "overdue" and "迟了" in page(login("clerk"), mine.url)
    with acting(cast["manager"]):
        assert {str(event.what) for event in board.day(cast["manager"], today() - DAY)} != set()
    assert "Papers to receive" in page(login("archivist"), "/")


def test_points_by_hand_are_typed_by_the_manager_and_never_changed(login: Login, running: Any) -> None:
    party, manager = running.parties[0], login("manager")
    form = {"party": party.id, "points": "-5", "reason": "迟交"}
    assert login("clerk").post("/score-lines/add", data=form).status_code == 403
    refused = manager.post("/score-lines/add", data={**form, "reason": " "})
    assert refused.status_code == 422 and 'id="reason-error"' in refused.text
    assert manager.post("/score-lines/add", data=form).status_code == 302
    line = db.session.scalars(select(ScoreLine).where(ScoreLine.kind == "manual")).one()
    assert manager.get(f"/score-lines/{line.id}/edit").status_code == 404
    assert manager.post("/score-lines/add", data={"party": party.id, "corrects": line.id}).status_code == 302


def test_the_acceptance_is_signed_on_screen(login: Login, running: Any) -> None:
    keeper = login("archivist")
    assert keeper.post(f"/campaigns/{running.id}/move/list_standard").status_code == 302
    form = {"campaign": running.id, "name": "沈知行", "organisation": "县档案局"}
    assert keeper.post("/acceptance-experts/add", data=form).status_code == 302
    expert = db.session.scalars(select(makers.AcceptanceExpert)).one()
    signed = {**form, "version": expert.version, "signature": makers.DRAWN}
    refused = keeper.post(f"/acceptance-experts/{expert.id}/edit", data=signed)
    assert refused.status_code == 422 and "12 items do not meet the standard yet." in refused.text
    for item in db.session.scalars(select(makers.AcceptanceItem)):
        assert keeper.post(f"/acceptance-items/{item.id}/move/meet").status_code == 302
    assert keeper.post(f"/acceptance-experts/{expert.id}/edit", data=signed).status_code == 302
    db.session.expire_all()
    assert expert.signed_on == today()
    again = keeper.post(
        f"/acceptance-experts/{expert.id}/edit", data={**signed, "version": expert.version, "name": "改"}
    )
    assert again.status_code == 422


@pytest.mark.parametrize("form", ["acceptance_sheet", "gap_list", "ranking_list", "campaign_timetable"])
def test_each_sheet_prints(login: Login, running: Any, form: str) -> None:
    makers.make_phase(running)
    makers.make_task(running, person_name="石磊")
    makers.make_item(running)
    makers.make_expert(running)
    db.session.commit()
    told = text_of(login("manager").post(f"/print/{form}/{running.id}").data)
    said = {
        "acceptance_sheet": "收集齐全",
        "gap_list": "2020–2022",
        "ranking_list": "向阳村",
        "campaign_timetable": "石磊",
    }
    assert running.number in told and said[form] in told


def test_a_drawn_signature_is_on_the_sheet(login: Login, running: Any) -> None:
    makers.make_item(running, met=True)
    makers.make_expert(running, signed=True)
    makers.make_expert(running, "逄翀犇", is_signed_on_paper=True)
    db.session.commit()
    told = text_of(login("manager", "zh_Hans").post(f"/print/acceptance_sheet/{running.id}").data)
    assert "沈知行" in told and "已在纸质件签字" in told


@pytest.mark.parametrize(
    "key", ["coverage_matrix", "coverage_gaps", "campaign_ranking", "campaign_tasks", "admission_rates"]
)
def test_each_report_is_shown_and_printed(login: Login, running: Any, key: str) -> None:
    makers.make_check(running.parties[0])
    makers.make_submission(running.parties[0], running.papers[0], 2020, passed=True)
    makers.make_task(running, "甲任务", department="信息处", budget_cents=100)
    db.session.commit()
    manager = login("manager")
    told = page(manager, f"/reports/{key}?campaign={running.id}")
    assert ("信息处" if key == "campaign_tasks" else "向阳村") in told
    if key != "coverage_gaps":
        assert "<svg" in told
    assert manager.get(f"/reports/{key}.csv?campaign={running.id}").status_code in (200, 403)
    assert page(manager, f"/reports/{key}?campaign=999999999")


def test_reports_tell_a_stranger_of_no_campaign(login: Login, running: Any) -> None:
    for key in ("coverage_matrix", "campaign_ranking", "campaign_tasks"):
        told = page(login("stranger"), f"/reports/{key}?campaign={running.id}")
        assert "向阳村" not in told and running.title not in told
    for address in (f"/campaigns/{running.id}/matrix", f"/campaign-parties/{running.parties[0].id}/year?year=2020"):
        assert login("stranger").get(address).status_code == 404


def test_a_campaign_is_found_by_its_number(login: Login, running: Any) -> None:
    hits = login("clerk").get(f"/search/suggest?q={running.number}").get_json()["hits"]
    assert any(running.number in str(hit) for hit in hits)
