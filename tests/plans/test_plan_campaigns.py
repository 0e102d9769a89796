"""Plans 2, 4, 5 and 6: backlogs over years, a timetable of tasks, a year of improvement, a township's rectification."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.campaigns.ledgers import CampaignTask
from app.campaigns.models import Campaign, Submission, SubmissionLine
from app.demo import campaigns, campaigns_makers
from app.kit.columns import today
from app.kit.session import db
from tests.campaigns.conftest import _running, running  # noqa: F401 - the campaign under way
from tests.visits.test_screens import text_of

Login = Callable[..., FlaskClient]
DAY = dt.timedelta(days=1)
PERSON = {"person": "林晚"}


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[:800]
    return answer.text


def add(client: FlaskClient, at: str, **form: Any) -> None:
    answer = client.post(f"/{at}/add", data=form)
    assert answer.status_code == 302, answer.text[-3000:]


def plan(client: FlaskClient, receiver: Any, **more: Any) -> Campaign:
    """A campaign typed on screen."""
    named = receiver.id if receiver else ""
    form = {"title": "整改", "kind": "rectification", "from_year": 2020, "to_year": 2022, "receiver": named,
            "missing_means": "nothing", "base_points": 100, "points_per_year": 2}  # fmt: skip
    add(client, "campaigns", **{**form, **more})
    return db.session.scalars(select(Campaign).order_by(Campaign.id.desc())).first()  # type: ignore[return-value]


def test_p2_06_a_backlog_is_told_by_year_and_category(login: Login, cast: Any) -> None:
    """20xx至20xx: per year and category what is expected, done and missing, on screen and as a spreadsheet's rows."""
    keeper = login("archivist")
    one = plan(keeper, cast["archivist"], title="历年补档", kind="backlog", from_year=2021, to_year=2022)
    add(keeper, "campaign-parties", campaign=one.id, name="办公室", kind="department")
    add(keeper, "expected-papers", campaign=one.id, name="文书", category="documents", pieces=3)
    add(keeper, "expected-papers", campaign=one.id, name="会计", category="accounts", pieces=2)
    keeper.post(f"/campaigns/{one.id}/move/start")
    (party,), (documents, _accounts) = one.parties, one.papers
    keeper.post(f"/campaign-parties/{party.id}/hand-in?year=2021", data={f"pieces-{documents.id}": "2", **PERSON})
    keeper.post(f"/campaign-parties/{party.id}/pass-year?year=2021")
    rows = login("director").get(f"/reports/coverage_matrix.json?campaign={one.id}&by=category").get_json()["rows"]
    told = {row[0]: tuple(row[1:4]) for row in map(_cells, rows)}
    assert {key: told[key] for key in told if key.startswith("2021")} == {
        "2021 · Documents 文书": (3, 2, 1),
        "2021 · Accounts 会计": (2, 0, 2),
    }
    assert len(told) == 4


def _cells(row: Any) -> list[Any]:
    return list(row.values()) if isinstance(row, dict) else list(row)


def test_p2_17_money_is_supervised_task_by_task(login: Login, cast: Any) -> None:
    """经费使用监督: each task with owner, budget and cost lines; what is over its budget is marked in the report."""
    manager = login("manager")
    one = plan(manager, cast["archivist"], kind="improvement")
    form = {"campaign": one.id, "title": "购置密集架", "department": "办公室", "due_on": "2026-12-31"}
    add(manager, "campaign-tasks", **form, budget_cents="1000", person=cast["archivist"].id)
    task = db.session.scalars(select(CampaignTask)).one()
    add(manager, "campaign-costs", task=task.id, what="首付", receipt="FP-1", amount_cents="700", booked_on=today())
    add(manager, "campaign-costs", task=task.id, what="尾款", receipt="FP-2", amount_cents="400", booked_on=today())
    db.session.expire_all()
    assert task.spent_cents == 110_000
    told = page(login("director"), f"/reports/campaign_tasks?campaign={one.id}")
    assert '<tr class="bad"' in told and "1,100.00" in told
    assert "1,100.00" in text_of(manager.post(f"/print/campaign_timetable/{one.id}").data)


def test_p4_02_a_timetable_names_who_does_what_by_when(login: Login, cast: Any) -> None:
    """处置工作时间表: responsible body and persons with deadlines, on the campaign's page and on paper."""
    manager = login("manager")
    one = plan(manager, cast["archivist"], title="区划调整档案处置", kind="disposal")
    for title, body, person, due in (
        ("清点造册", "党政办", "石磊", "2026-05-10"),
        ("鉴定", "鉴定小组", "高远", "2026-06-01"),
    ):
        form = {"campaign": one.id, "title": title, "department": body, "person_name": person, "due_on": due}
        add(manager, "campaign-tasks", **form)
    assert manager.post("/campaign-tasks/add", data={"campaign": one.id, "title": "无期限"}).status_code == 422
    told = page(manager, f"/campaigns/{one.id}")
    assert "清点造册" in told and "2026-05-10" in told and "党政办" in told
    printed = text_of(manager.post(f"/print/campaign_timetable/{one.id}").data)
    assert printed.index("清点造册") < printed.index("鉴定小组") and "石磊" in printed and "高远" in printed


def test_p5_12_each_office_enters_its_basic_data(login: Login, cast: Any) -> None:
    """基础数据录入: what each office owes, has entered and lacks, in per cent, with the coverage of all."""
    keeper = login("archivist")
    one = plan(keeper, cast["archivist"], kind="improvement", from_year=2026, to_year=2026)
    for name in ("办公室", "信息处"):
        add(keeper, "campaign-parties", campaign=one.id, name=name, kind="department")
    add(keeper, "expected-papers", campaign=one.id, name="基础数据", category="electronic", pieces=200)
    keeper.post(f"/campaigns/{one.id}/move/start")
    office, paper = one.parties[0], one.papers[0]
    keeper.post(f"/campaign-parties/{office.id}/hand-in?year=2026", data={f"pieces-{paper.id}": "150", **PERSON})
    keeper.post(f"/campaign-parties/{office.id}/pass-year?year=2026")
    rows = login("director").get(f"/reports/coverage_matrix.json?campaign={one.id}").get_json()["rows"]
    assert [_cells(row)[:4] for row in rows] == [["办公室", 200, 150, 50], ["信息处", 200, 0, 200]]
    told = page(keeper, f"/campaigns/{one.id}/matrix")
    assert "75%" in told and "150/200" in told and "37%" in told


def test_p5_14_a_plan_of_admissions_has_years_quantities_and_rates(login: Login, cast: Any) -> None:
    """进馆计划: unit, 接收年限, 数量, guidance and inspections, 规范度 and 合格率."""
    keeper = login("archivist")
    one = plan(keeper, cast["archivist"], title="新一轮进馆计划", kind="admission", from_year=2010, to_year=2015)
    form = {"campaign": one.id, "name": "市水务局", "kind": "organisation", "since_year": 2011, "until_year": 2015}
    add(keeper, "campaign-parties", **form, planned_pieces=420)
    party = one.parties[0]
    told = {"party": party.id, "checked_by": "业务指导处", "done_on": today()}
    add(keeper, "party-checks", **told, kind="guidance", looked_at=0, regular=0, passing=0, findings="讲解")
    add(keeper, "party-checks", **told, kind="inspection", looked_at=40, regular=36, passing=30)
    wrong = keeper.post(
        "/party-checks/add", data={**told, "kind": "inspection", "looked_at": 4, "regular": 5, "passing": 0}
    )
    assert wrong.status_code == 422 and 'id="regular-error"' in wrong.text
    rows = login("director").get(f"/reports/admission_rates.json?campaign={one.id}").get_json()["rows"]
    assert _cells(rows[0]) == ["市水务局", "2011–2015", 420, 0, 1, 1, 40, 0.9, 0.75]
    shown = page(keeper, f"/reports/admission_rates?campaign={one.id}")
    assert "90" in shown and "75" in shown and "<svg" in shown


def test_p5_15_twelve_tasks_stand_on_a_board_with_department_and_deadline(login: Login, cast: Any) -> None:
    """责任部门 and deadline each; what is late stands on the first page until it is done."""
    manager = login("manager")
    one = plan(manager, cast["archivist"], title="业务提升年", kind="improvement")
    for place, (title, department, _day, _yuan, _done) in enumerate(campaigns.TASKS):
        due = today() - DAY if place == 0 else today() + 30 * DAY
        add(manager, "campaign-tasks", campaign=one.id, title=title, department=department, due_on=due)
    board = page(manager, f"/campaign-tasks/?campaign={one.id}&psize=25")
    assert all(title in board and department in board for title, department, *_rest in campaigns.TASKS)
    assert "Tasks of campaigns overdue" in page(manager, "/")
    task = db.session.scalars(select(CampaignTask).order_by(CampaignTask.position)).first()
    assert task is not None
    refused = manager.post(f"/campaign-tasks/{task.id}/move/finish", data={"outcome": " "})
    assert refused.status_code == 422 and 'id="outcome-error"' in refused.text
    assert manager.post(f"/campaign-tasks/{task.id}/move/finish", data={"outcome": "库检完成"}).status_code == 302
    assert "Tasks of campaigns overdue" not in page(manager, "/")
    rows = manager.get(f"/reports/campaign_tasks.json?campaign={one.id}").get_json()["rows"]
    assert {row[0]: row[1:3] for row in map(_cells, rows)}["保管利用处"] == [5, 1]


def test_p6_02_the_matrix_shows_who_has_handed_in_which_year(login: Login, running: Any) -> None:  # noqa: F811
    """站所/村/社区 × year: present, partly or missing, with counts, and each cell opens what was handed in."""
    party, keeper = running.parties[0], login("archivist")
    at = f"/campaign-parties/{party.id}"
    both = {f"pieces-{paper.id}": "1" for paper in running.papers}
    keeper.post(f"{at}/hand-in?year=2020", data={**both, **PERSON})
    keeper.post(f"{at}/pass-year?year=2020")
    keeper.post(f"{at}/hand-in?year=2021", data={f"pieces-{running.papers[1].id}": "1", **PERSON})
    keeper.post(f"{at}/pass-year?year=2021")
    told = page(keeper, f"/campaigns/{running.id}/matrix")
    for state, figures in (("good", "2/2"), ("warn", "1/2"), ("bad", "0/2")):
        assert f'<a class="matrix-cell {state}"' in told and figures in told
    assert "50%" in told and f"{at}/year?year=2022" in told
    assert "土地确权" in page(keeper, f"{at}/year?year=2022")
    assert "2022" in text_of(keeper.post(f"/print/gap_list/{running.id}").data)
    assert "<svg" in page(keeper, f"/reports/coverage_matrix?campaign={running.id}")


def test_p6_03_key_archives_are_all_handed_over_before_the_acceptance(login: Login, running: Any) -> None:  # noqa: F811
    """重点档案: 缺 one and nobody accepts; the list of gaps names it first."""
    campaigns_makers.make_item(running, met=True)
    campaigns_makers.make_expert(running, signed=True)
    land = running.papers[1]
    for year in (2020, 2021):
        campaigns_makers.make_submission(running.parties[0], land, year, passed=True)
    db.session.commit()
    manager, at = login("manager"), f"/campaigns/{running.id}/move/accept_work"
    manager.post(at)
    db.session.refresh(running)
    assert running.state == "running"
    assert "1 key papers are not in yet." in page(manager, f"/campaigns/{running.id}")
    rows = login("director").get(f"/reports/coverage_gaps.json?campaign={running.id}").get_json()["rows"]
    assert _cells(rows[0])[2:4] == ["2022", "土地确权"]
    campaigns_makers.make_submission(running.parties[0], land, 2022, passed=True)
    db.session.commit()
    manager.post(at)
    db.session.refresh(running)
    assert running.state == "accepted"


def test_p6_04_phases_have_their_days_for_each_kind_of_unit(login: Login, cast: Any) -> None:
    """准备 1月26日 · 站所 1月22日–2月18日 · 村 2月26日–3月10日 · 验收 3月20日–4月1日: a bar over time and on paper."""
    keeper = login("archivist")
    one = plan(keeper, cast["archivist"])
    for name, kind, whom, first, last, what in campaigns.PHASES:
        days = {"begins_on": dt.date(2026, *first), "ends_on": dt.date(2026, *last)}
        add(keeper, "campaign-phases", campaign=one.id, name=name, kind=kind, party_kind=whom, what=what, **days)
    wrong = {"campaign": one.id, "name": "倒", "kind": "accept", "begins_on": "2026-04-02", "ends_on": "2026-04-01"}
    refused = keeper.post("/campaign-phases/add", data=wrong)
    assert refused.status_code == 422 and 'id="ends_on-error"' in refused.text
    told = page(keeper, f"/campaigns/{one.id}")
    assert "Phases over time" in told and told.count("<rect") >= len(campaigns.PHASES)
    assert "2026-01-22 – 2026-02-18" in told and "2026-02-26 – 2026-03-10" in told
    printed = text_of(keeper.post(f"/print/campaign_timetable/{one.id}").data)
    assert "2026-03-20" in printed and "2026-04-01" in printed


def test_p6_05_one_person_of_each_unit_is_trained(login: Login, cast: Any) -> None:
    """Who was trained and when stands with the unit; a day without a name is refused."""
    keeper = login("archivist")
    one = plan(keeper, cast["archivist"])
    form = {"campaign": one.id, "name": "向阳村", "kind": "village", "trained_on": "2026-01-26"}
    refused = keeper.post("/campaign-parties/add", data=form)
    assert refused.status_code == 422 and 'id="trainee-error"' in refused.text
    add(keeper, "campaign-parties", **form, trainee="林晚")
    told = page(keeper, f"/campaigns/{one.id}")
    assert "林晚" in told and "2026-01-26" in told


def test_p6_06_what_is_not_up_to_standard_goes_back_until_it_is(login: Login, running: Any) -> None:  # noqa: F811
    """不合格一律退回: no return without a reason, each with its round, and handed in again until it passes."""
    party, paper = running.parties[0], running.papers[0]
    clerk, keeper = login("clerk"), login("archivist")
    hand_in = f"/campaign-parties/{party.id}/hand-in?year=2021"
    clerk.post(hand_in, data={f"pieces-{paper.id}": "1", **PERSON})
    one = db.session.scalars(select(Submission)).one()
    at = f"/submissions/{one.id}/move"
    refused = keeper.post(f"{at}/return_papers", data={"reason": ""})
    assert refused.status_code == 422 and 'id="reason-error"' in refused.text
    keeper.post(f"{at}/return_papers", data={"reason": "未装订"})
    clerk.post(hand_in, data={f"pieces-{paper.id}": "1", **PERSON})
    keeper.post(f"{at}/return_papers", data={"reason": "缺目录"})
    clerk.post(hand_in, data={f"pieces-{paper.id}": "1", **PERSON})
    assert keeper.post(f"{at}/pass_work", data={"passed_pieces": "1"}).status_code == 302
    lines = db.session.scalars(select(SubmissionLine).order_by(SubmissionLine.id)).all()
    assert [(line.round, line.reason) for line in lines if line.what == "returned"] == [(1, "未装订"), (2, "缺目录")]
    told = page(clerk, f"/submissions/{one.id}")
    assert "未装订" in told and "缺目录" in told and "Passed" in told


def test_p6_07_experts_accept_by_a_standard_and_sign(login: Login, running: Any) -> None:  # noqa: F811
    """The standard item by item with verdict and remark, judged again until met, signed by experts from outside."""
    keeper, manager = login("archivist"), login("manager")
    keeper.post(f"/campaigns/{running.id}/move/list_standard")
    add(keeper, "acceptance-experts", campaign=running.id, name="沈知行", organisation="县档案局", post="科长")
    items = db.session.scalars(select(campaigns_makers.AcceptanceItem)).all()
    first = f"/acceptance-items/{items[0].id}/move"
    assert keeper.post(f"{first}/fall_short", data={"remark": ""}).status_code == 422
    keeper.post(f"{first}/fall_short", data={"remark": "2011 年断档"})
    for item in items:
        keeper.post(f"/acceptance-items/{item.id}/move/meet", data={"remark": "已补齐" if item is items[0] else ""})
    expert = db.session.scalars(select(campaigns_makers.AcceptanceExpert)).one()
    form = {"version": expert.version, "name": "沈知行", "organisation": "县档案局", "post": "科长"}
    assert (
        keeper.post(
            f"/acceptance-experts/{expert.id}/edit", data={**form, "signature": campaigns_makers.DRAWN}
        ).status_code
        == 302
    )
    printed = text_of(manager.post(f"/print/acceptance_sheet/{running.id}").data)
    assert "已补齐" in printed and "沈知行县档案局" in printed and "归档范围内的文件材料收集齐全" in printed
    assert (items[0].round, expert.signed_on) == (2, today())


def test_p6_08_a_missing_year_costs_two_points_and_units_are_ranked(login: Login, running: Any) -> None:  # noqa: F811
    """阶段考核排名计分制: −2分 a missing year, by phase, plus points by hand with a reason; the ranking prints."""
    campaigns_makers.make_phase(running, begins_on=today() - 9 * DAY, ends_on=today() - DAY, party_kind="village")
    other = campaigns_makers.make_party(running, "清溪村")
    db.session.refresh(running)
    for year in running.years:
        for paper in running.papers:
            campaigns_makers.make_submission(other, paper, year, passed=True)
    campaigns_makers.make_submission(running.parties[0], running.papers[0], 2020, passed=True)
    db.session.commit()
    keeper, manager = login("archivist"), login("manager")
    assert keeper.post(f"/campaigns/{running.id}/move/book").status_code == 302
    form = {"party": running.parties[0].id, "phase": running.phases[0].id, "points": "1", "reason": "主动补档"}
    add(manager, "score-lines", **form)
    rows = login("director").get(f"/reports/campaign_ranking.json?campaign={running.id}").get_json()["rows"]
    told = [(row[0], row[1], row[3], row[4], row[5], row[-1]) for row in map(_cells, rows)]
    assert told == [("清溪村", 1, 0, "", 0, 100), ("向阳村", 2, 2, "2021–2022", -3, 97)]
    printed = text_of(manager.post(f"/print/ranking_list/{running.id}").data)
    assert printed.index("清溪村") < printed.index("向阳村") and "97" in printed


@pytest.mark.parametrize("who", ["supervisor", "manager"])
def test_p6_09_one_named_person_receives_and_accepts_all(login: Login, cast: Any, who: str) -> None:
    """No campaign begins without a receiver, and nothing passes through anybody else's hands."""
    keeper = login("archivist")
    one = plan(keeper, None)
    add(keeper, "campaign-parties", campaign=one.id, name="向阳村", kind="village")
    add(keeper, "expected-papers", campaign=one.id, name="总结", category="documents", pieces=1)
    keeper.post(f"/campaigns/{one.id}/move/start")
    assert "Name the central receiver first." in page(keeper, f"/campaigns/{one.id}")
    assert one.state == "planned"
    keeper.post(f"/campaigns/{one.id}/move/name_receiver", data={"receiver": cast["archivist"].id})
    keeper.post(f"/campaigns/{one.id}/move/start")
    assert "何静" in page(keeper, f"/campaigns/{one.id}")
    at = f"/campaign-parties/{one.parties[0].id}/hand-in?year=2020"
    login("clerk").post(at, data={f"pieces-{one.papers[0].id}": "1", **PERSON})
    made = db.session.scalars(select(Submission)).one()
    assert f"/submissions/{made.id}/move/pass_work" not in page(login(who), f"/submissions/{made.id}")
    login(who).post(f"/submissions/{made.id}/move/pass_work", data={"passed_pieces": "1"})
    db.session.refresh(made)
    assert made.state == "submitted"
    keeper.post(f"/submissions/{made.id}/move/pass_work", data={"passed_pieces": "1"})
    db.session.refresh(made)
    assert made.state == "passed"
