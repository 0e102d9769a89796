"""A year at the made-up tower's desk: repairs, complaints, and the visits that follow."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from app.arrears import ledger
from app.arrears.models import Due, DuePayment
from app.complaints import rules as complaints
from app.complaints.models import Complaint
from app.customers.models import Tenancy
from app.customers.rules import current_contact
from app.demo import phrases
from app.demo.timeline import Timeline
from app.estate.models import Site
from app.kit.moves import walk
from app.kit.session import db
from app.repairs import costs
from app.repairs import rules as repairs
from app.repairs.models import Repair, RepairCost, RepairKind
from app.security import audit
from app.visits import plans
from app.visits import rules as visits
from app.visits.models import Visit, VisitPlan

# how often each kind of repair is called for
WEIGHTS = {
    "给排水/漏水": 16, "电气照明": 22, "空调": 24, "门窗五金": 8, "门锁": 8, "电梯": 4, "网络电话": 5, "公共区域": 8,
    "其他": 5,
}  # fmt: skip
TOPIC_WEIGHTS = {"neighbours": 20, "cleaning": 20, "equipment": 25, "service": 10, "safety": 8, "fees": 12, "other": 5}
MATERIALS = (
    ("LED灯管", 3500), ("角阀", 4500), ("门锁芯", 12000), ("温控面板", 26000), ("地弹簧", 38000), ("电动二通阀", 42000),
)  # fmt: skip


@dataclass
class Desk:
    """Who is there, in which tower, and the chance that decides."""

    site: Site
    people: dict[str, Any]
    tenancies: list[Tenancy]
    chance: random.Random
    timeline: Timeline

    def walk(self, table: Any, record: Any, step: str, who: str, **said: Any) -> None:
        """Take a step as one of the people would, if the record has not gone another way meanwhile."""
        if any(record.state in move.source for move in table if move.name == step):
            walk(table, record, step, by=self.people[who], write=audit.write, **said)

    def later(self, hours: float, table: Any, record: Any, step: str, who: str, **said: Any) -> None:
        """Take the step so many hours from now."""
        self.timeline.after(hours, partial(self.walk, table, record, step, who, **said))

    def then(self, hours: float, act: Callable[..., None], *about: Any) -> None:
        """Have `act(desk, *about)` happen so many hours from now."""
        self.timeline.after(hours, partial(act, self, *about))

    def tenancy(self) -> Tenancy:
        return self.chance.choice(self.tenancies)

    def hours(self, least: float, most: float) -> float:
        return self.chance.uniform(least, most)

    def picked(self, weights: dict[str, int]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]


# --- repairs ---


def report(desk: Desk) -> None:
    """Somebody calls: something is broken."""
    tenancy, chance, name = desk.tenancy(), desk.chance, desk.picked(WEIGHTS)
    kind = db.session.scalars(select(RepairKind).where(RepairKind.name == name)).one()
    fault, cure = chance.choice(phrases.FAULTS[name])
    contact = current_contact(tenancy.customer, "daily")
    repair = Repair(
        kind=kind, unit=tenancy.unit, fault=fault.format(room=chance.choice(phrases.ROOMS)),
        place="公共区域" if name in ("公共区域", "电梯") else chance.choice(phrases.ROOMS),
        reporter=contact.name if contact else "", phone=contact.phone if contact else "",
        channel=chance.choices(("telephone", "desk", "self"), (6, 3, 1))[0],
        charge=chance.choices(("free", "materials", "paid"), (7, 2, 1))[0],
    )  # fmt: skip
    repairs.open_repair(repair, by=desk.people["clerk"])
    if chance.random() < 0.02:
        desk.later(desk.hours(1, 5), repairs.MOVES, repair, "drop", "supervisor", reason="客户来电取消")
        return
    desk.then(desk.hours(0.1, 1), dispatch, repair, cure)
    if chance.random() < 0.05:
        desk.later(desk.hours(3, 8), repairs.MOVES, repair, "remind", "clerk", remark="客户催问进度")


def dispatch(desk: Desk, repair: Repair, cure: str) -> None:
    """To the technician, who now and then sends it back."""
    desk.walk(repairs.MOVES, repair, "dispatch", "clerk", assignee=desk.people["technician"])
    if desk.chance.random() < 0.03:
        desk.later(0.3, repairs.MOVES, repair, "refuse", "technician", reason="现场无人，改约")
        desk.then(4, dispatch, repair, cure)
        return
    desk.then(desk.hours(0.1, 0.8), work, repair, cure)


def work(desk: Desk, repair: Repair, cure: str) -> None:
    """Most are done in time, some wait for parts, some are late."""
    desk.walk(repairs.MOVES, repair, "accept", "technician")
    is_late = desk.chance.random() < 0.12
    takes = (desk.hours(1.1, 2.5) if is_late else desk.hours(0.4, 0.9)) * repair.kind.hours
    if desk.chance.random() < 0.1:
        waited = desk.hours(20, 60)
        desk.later(takes / 3, repairs.MOVES, repair, "pause", "technician", reason="等待配件到货")
        desk.later(takes / 3 + waited, repairs.MOVES, repair, "resume", "technician")
        takes += waited
    desk.then(takes, finish, repair, cure)


def finish(desk: Desk, repair: Repair, cure: str) -> None:
    if repair.state != "accepted":
        return
    if repair.charge != "free":
        what, price = desk.chance.choice(MATERIALS)
        is_paid = repair.tenancy is not None and repair.tenancy.state == "live"
        line = RepairCost(
            repair=repair, what=what, quantity=100 * desk.chance.randint(1, 3), price_cents=price,
            is_material=True, is_chargeable=is_paid,
        )  # fmt: skip
        costs.add_cost(line, by=desk.people["technician"])
    desk.walk(repairs.MOVES, repair, "finish", "technician", outcome=cure)
    desk.then(desk.hours(1, 30), rate, repair)


def rate(desk: Desk, repair: Repair) -> None:
    marks = {name: desk.chance.choices("54321", (60, 28, 8, 3, 1))[0] for name in ("overall", "speed", "service")}
    desk.walk(repairs.MOVES, repair, "rate", "clerk", **marks)
    if repair.needs_visit:
        desk.then(desk.hours(20, 70), call_back, "repair", repair)
    desk.then(desk.hours(75, 100), close_repair, repair)


def close_repair(desk: Desk, repair: Repair) -> None:
    """Closed; what the tenant is charged for it is mostly paid within the month."""
    if repair.needs_visit and repair.visited_at is None:
        return
    desk.walk(repairs.MOVES, repair, "close", "supervisor")
    due = db.session.scalar(select(Due).where(Due.repair_id == repair.id))
    if due is not None and desk.chance.random() < 0.96:
        desk.then(desk.hours(24, 24 * 30), pay, due)


def pay(desk: Desk, due: Due) -> None:
    """All of it, or now and then a half."""
    if due.state == "open":
        left = due.left_cents
        cents = left if left < 100_000 or desk.chance.random() < 0.85 else left // 2
        ledger.pay(DuePayment(due=due, amount_cents=cents, method="transfer", receipt=""), by=desk.people["clerk"])


# --- complaints ---


def complain(desk: Desk) -> None:
    """Somebody says what they do not like, or what they do."""
    tenancy, chance = desk.tenancy(), desk.chance
    kind = chance.choices(("complaint", "suggestion", "inquiry", "praise"), (70, 10, 12, 8))[0]
    topic = desk.picked(TOPIC_WEIGHTS)
    said, answer, cure = chance.choice(phrases.COMPLAINTS[topic])
    others = {"suggestion": phrases.SUGGESTIONS, "inquiry": phrases.INQUIRIES, "praise": phrases.PRAISES}
    contact = current_contact(tenancy.customer, "daily")
    complaint = Complaint(
        unit=tenancy.unit, kind=kind, about=topic, content=chance.choice(others[kind]) if kind in others else said,
        urgency="urgent" if topic == "safety" or chance.random() < 0.12 else "ordinary",
        channel=chance.choices(("telephone", "desk", "letter", "online"), (6, 3, 1, 1))[0],
        complainant=contact.name if contact else "", phone=contact.phone if contact else "",
    )  # fmt: skip
    complaints.open_complaint(complaint, by=desk.people["clerk"])
    if kind in complaints.WITHOUT_VISIT:
        desk.later(1, complaints.MOVES, complaint, "conclude", "clerk", answer="已当面答复并致谢")
        return
    clerk = desk.people["clerk"]
    desk.later(desk.hours(0.1, 0.8), complaints.MOVES, complaint, "assign", "supervisor", assignee=clerk)
    desk.later(desk.hours(0.9, 3), complaints.MOVES, complaint, "answer", "clerk", answer=answer)
    takes = desk.hours(8, 20) if complaint.urgency == "urgent" else desk.hours(24, 150)
    desk.then(takes * (2.2 if chance.random() < 0.1 else 1), solve, complaint, cure)


def solve(desk: Desk, complaint: Complaint, cure: str) -> None:
    """Solved; one in twenty is opened again when the tenant is asked."""
    desk.walk(complaints.MOVES, complaint, "solve", "clerk", solution=cure)
    desk.then(desk.hours(20, 66), call_back, "complaint", complaint)
    if desk.chance.random() < 0.05 and not complaint.reopened:
        desk.later(68, complaints.MOVES, complaint, "reopen", "supervisor", reason="回访时客户表示问题未解决")
        desk.later(70, complaints.MOVES, complaint, "answer", "clerk", answer="已再次安排处理")
        desk.then(110, solve, complaint, "复查后彻底整改，客户认可")
        return
    verdict = desk.chance.choices("ABC", (6, 3, 1))[0]
    desk.later(desk.hours(70, 90), complaints.MOVES, complaint, "close", "manager", verdict=verdict)


# --- visits ---


def call_back(desk: Desk, born_of: str, record: Any) -> None:
    """The return visit of a complaint or repair, by telephone."""
    waiting = select(Visit).where(getattr(Visit, f"{born_of}_id") == record.id, Visit.state == "planned")
    visit = db.session.scalar(waiting)
    if visit is not None and (born_of == "repair" or record.state == "solved"):
        call_on(desk, visit)


def call_on(desk: Desk, visit: Visit) -> None:
    """Ask, and write down what was said."""
    if visit.state == "planned" and visit.plan is not None and desk.chance.random() < 0.05:
        desk.walk(visits.MOVES, visit, "miss", "clerk", reason="联系人外出")
        return
    if visit.state != "planned":
        return
    contact = current_contact(visit.tenancy.customer, "daily") if visit.tenancy else None
    if contact is not None:
        visit.person_seen, visit.phone = contact.name, contact.phone
    visit.signed_on_paper = visit.way == "door"
    result = desk.chance.choices(list(phrases.OPINIONS), (80, 15, 5))[0]
    opinion, who = desk.chance.choice(phrases.OPINIONS[result]), desk.chance.choice(("clerk", "supervisor"))
    desk.walk(visits.MOVES, visit, "finish", who, result=result, opinion=opinion)


def round_of_visits(desk: Desk, name: str, kind: str, floors: str, days: int, share: float) -> None:
    """A plan of visits to some floors; so much of it is visited in its days."""
    first = desk.timeline.moment.date()
    plan = VisitPlan(
        site=desk.site, name=name, kind=kind, from_on=first, until_on=first + dt.timedelta(days=days), floors=floors
    )
    plans.draw_up(plan, by=desk.people["supervisor"])
    for visit in list(db.session.scalars(select(Visit).where(Visit.plan_id == plan.id))):
        if desk.chance.random() < share:
            desk.then(desk.hours(8, days * 22), call_on, visit)
