"""Four campaigns of the made-up estate: a backlog, a township's rectification, a year of work, admissions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select

from app.campaigns import acceptance, submissions, tasks
from app.campaigns.models import Campaign, CampaignParty, Submission
from app.demo import campaigns_makers as makers
from app.demo.desk import Desk
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit

Work = Iterator[tuple[float, Callable[[], None]]]
DAY = dt.timedelta(days=1)
# the phases of the source, as days of the year (P6.04): name, kind, for whom, from, to, what
PHASES = (
    ("准备阶段", "prepare", "", (1, 15), (1, 26), "制定整改方案，动员部署并集中培训"),
    ("实施阶段（站所）", "carry_out", "station", (1, 22), (2, 18), "整理、按年限装订后移交，重点档案全部移交"),
    ("实施阶段（村）", "carry_out", "village", (2, 26), (3, 10), "整理每年的计划、总结、报表等并装订成册"),
    ("实施阶段（社区）", "carry_out", "community", (2, 26), (3, 10), "整理每年的计划、总结、报表等并装订成册"),
    ("验收阶段", "accept", "", (3, 20), (4, 1), "邀请县档案局专业人员验收，不合格的继续整理"),
)
PARTIES = (
    ("国土所", "station", "石磊"), ("社保所", "station", "高远"), ("向阳村", "village", "林晚"),
    ("清溪村", "village", "周宁"), ("新桥社区", "community", "王敏"),
)  # fmt: skip
YEARLY = ("计划", "安排", "总结", "报表", "会议记录", "发展党员", "亮点工作")
KEYS = ("征地", "土地确权", "医疗保险")
# the twelve tasks of the year: title, department, (month, day), budget in yuan, done
TASKS = (
    ("严格库房管理制度，全面完成库检", "保管利用处", (6, 30), 20_000, True),
    ("建立准确的各类档案基础台账", "保管利用处", (9, 30), 0, True),
    ("完成馆藏档案的解密、鉴定和划控", "保管利用处", (12, 20), 15_000, False),
    ("破损卷皮换装盒套并贴标签", "保管利用处", (12, 15), 60_000, False),
    ("梳理全宗编号体系", "保管利用处", (11, 30), 0, True),
    ("馆藏档案电子目录全覆盖", "信息处", (12, 25), 80_000, False),
    ("梳理各历史时期馆藏资源", "办公室", (12, 10), 5_000, False),
    ("每人完成一篇学术论文", "征集编研处", (12, 31), 0, False),
    ("编印常用业务法规文件汇编", "法规宣教处", (11, 15), 30_000, True),
    ("录入数字档案馆基础数据", "信息处", (10, 31), 40_000, True),
    ("全面应用数字档案馆系统", "信息处", (12, 31), 0, False),
    ("确定新一轮进馆计划", "业务指导处", (6, 30), 0, True),
)
BACKLOG = (
    ("文书案卷", "documents", 6), ("生产图纸", "drawings", 2), ("会计档案", "accounts", 4), ("声像图片", "pictures", 1),
    ("电子文档", "electronic", 3), ("荣誉实物", "objects", 1),
)  # fmt: skip
ADMISSIONS = (("市水务局", 2011, 2015, 420), ("市教育局", 2010, 2015, 680), ("市文旅局", 2012, 2015, 260))


def live_campaigns(desk: Desk, days: int) -> Work:
    """(days before the end, what happens then)."""
    if days < 60:
        return
    yield 50.2, lambda: _rectify(desk)
    yield 45.2, lambda: _improve(desk)
    yield 40.2, lambda: _catch_up(desk)
    yield 35.2, lambda: _admit(desk)


def _who(desk: Desk) -> tuple[Any, Any]:
    return desk.people["archivist"], desk.people["manager"]


def _begin(campaign: Campaign, by: Any) -> None:
    db.session.refresh(campaign)
    makers.step(campaign, "start", by)


def _rectify(desk: Desk) -> None:
    """A township's rectification of ten years, under way: what is in, what was sent back, who lost points."""
    keeper, manager = _who(desk)
    year = (today() - 100 * DAY).year  # its phases are over, whenever the demo is made
    campaign = makers.make_campaign(
        desk.site, receiver=keeper, by=keeper, title="乡镇档案整改（示例）", kind="rectification", from_year=year - 12,
        to_year=year - 3, purpose="集中整理各站所、村和社区十年档案，环境良好、存档有序、便于查阅、管理规范",
        basis="县档案局执法检查和年终考核",
    )  # fmt: skip
    for name, kind, whom, first, last, what in PHASES:
        days = {"begins_on": dt.date(year, *first), "ends_on": dt.date(year, *last)}
        makers.make_phase(campaign, name, kind=kind, party_kind=whom, what=what, by=keeper, **days)
    for name, kind, person in PARTIES:
        trained = {"trainee": person, "trained_on": dt.date(year, 1, 26)} if name != "清溪村" else {}
        makers.make_party(campaign, name, kind=kind, responsible=person, by=keeper, **trained)
    for name in KEYS:
        makers.make_paper(campaign, name, category="special", is_key=True, party_kind="station", by=keeper)
    for name in YEARLY:
        for kind in ("village", "community"):
            makers.make_paper(campaign, name, party_kind=kind, by=keeper)
    _begin(campaign, keeper)
    for place, party in enumerate(campaign.parties):
        for past in campaign.years:
            if (past + place) % 5:
                _hand_in(party, past, keeper, short=(past + place) % 7 == 0)
    _return_papers(campaign, keeper)
    makers.step(campaign, "book", keeper)
    makers.make_points(campaign.parties[0], 3, "提前完成阶段任务", phase=campaign.phases[0], by=manager)
    makers.step(campaign, "list_standard", keeper)
    for item in acceptance.items_of(campaign)[:4]:
        walk(acceptance.MOVES, item, "meet", by=keeper, write=audit.write)
    makers.make_expert(campaign, "沈知行", post="业务指导科", by=keeper)


def _hand_in(party: CampaignParty, year: int, by: Any, *, short: bool) -> None:
    """A year comes in, all of it or all but the last paper, and passes."""
    papers = [paper for paper in party.campaign.papers if paper.party_kind in ("", party.kind)]
    pieces = {paper.id: paper.pieces for paper in (papers[:-1] if short else papers)}
    submissions.hand_in_year(party, year, pieces, by=by, person=party.responsible)
    submissions.pass_year(party, year, by=party.campaign.receiver)


def _return_papers(campaign: Campaign, keeper: Any) -> None:
    """Two papers wait, and one that was sent back has come again."""
    one = _last(campaign.parties[2])
    if one is not None:
        walk(submissions.MOVES, one, "return_papers", by=keeper, write=audit.write, reason="未按年度装订，缺目录")
        again = {"pieces": one.pieces, "handed_in_by": "林晚"}
        walk(submissions.MOVES, one, "hand_in_again", by=keeper, write=audit.write, **again)
    other = _last(campaign.parties[3])
    if other is not None:
        walk(submissions.MOVES, other, "return_papers", by=keeper, write=audit.write, reason="纯蓝墨水书写，请重新誊清")
    db.session.flush()


def _last(party: CampaignParty) -> Submission | None:
    """What the party handed in last."""
    mine = select(Submission).where(Submission.party_id == party.id).order_by(Submission.id.desc())
    return db.session.scalars(mine).first()


def _improve(desk: Desk) -> None:
    """The year of improvement: twelve tasks, what they cost, and each office's basic data."""
    keeper, manager = _who(desk)
    year = today().year
    campaign = makers.make_campaign(
        desk.site, receiver=keeper, by=manager, title="档案业务提升年（示例）", kind="improvement", from_year=year,
        to_year=year, purpose="夯实档案基础业务，建设技能全面、专业精通的人才队伍",
    )  # fmt: skip
    for place, (title, department, (month, day), yuan, is_done) in enumerate(TASKS):
        due_on = dt.date(year, month, day)
        person = keeper if department == "保管利用处" else None
        budget = yuan * 100 or None
        task = makers.make_task(
            campaign, title, department=department, due_on=due_on, person=person, budget_cents=budget, by=manager
        )
        if yuan and place % 2 == 0:
            makers.make_cost(task, yuan * 70, what="设备与耗材", receipt=f"FP-{place + 1:03d}", by=manager)
        if is_done:
            walk(tasks.MOVES, task, "finish", by=manager, write=audit.write, outcome="已按要求完成")
    makers.make_paper(campaign, "基础数据录入（百条）", category="electronic", pieces=100, by=keeper)
    for name, done in (("办公室", 100), ("保管利用处", 86), ("信息处", 0)):
        makers.make_party(campaign, name, kind="department", remark=str(done), by=keeper)
    _begin(campaign, manager)
    for party in campaign.parties:
        if int(party.remark):
            makers.make_submission(party, campaign.papers[0], year, int(party.remark), passed=True, by=keeper)


def _catch_up(desk: Desk) -> None:
    """The tower's own backlog, by year and category."""
    keeper, _manager = _who(desk)
    year = today().year
    campaign = makers.make_campaign(
        desk.site, receiver=keeper, by=keeper, title="历年档案收集整理达标（示例）", kind="backlog",
        from_year=year - 6, to_year=year - 1, basis="省档案管理标准",
    )  # fmt: skip
    for name, category, pieces in BACKLOG:
        makers.make_paper(campaign, name, category=category, pieces=pieces, by=keeper)
    for name, person in (("客务部", "林小满"), ("工程部", "祝安"), ("财务部", "周宁")):
        makers.make_party(campaign, name, kind="department", responsible=person, by=keeper)
    _begin(campaign, keeper)
    for place, party in enumerate(campaign.parties):
        for past in campaign.years:
            if (past + place) % 4:
                _hand_in(party, past, keeper, short=(past + place) % 3 == 0)


def _admit(desk: Desk) -> None:
    """A plan of admissions with guidance and inspections, still being planned."""
    keeper, _manager = _who(desk)
    campaign = makers.make_campaign(
        desk.site, receiver=keeper, by=keeper, title="新一轮进馆计划（示例）", kind="admission", from_year=2010,
        to_year=2015,
    )  # fmt: skip
    makers.make_paper(campaign, "进馆案卷", by=keeper)
    for place, (name, first, last, pieces) in enumerate(ADMISSIONS):
        years = {"since_year": first, "until_year": last, "planned_pieces": pieces}
        party = makers.make_party(campaign, name, kind="organisation", by=keeper, **years)
        makers.make_check(party, kind="guidance", looked_at=0, regular=0, passing=0, findings="讲解整理要求", by=keeper)
        makers.make_check(party, looked_at=40, regular=38 - 3 * place, passing=36 - 4 * place, by=keeper)
