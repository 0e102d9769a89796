"""A year of loans in the made-up tower: most come back in time, a few late, one harmed, one lost; some are out now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.archive import approvals
from app.archive import rules as archive
from app.archive.models import LIVE_STATES, Document, File
from app.demo.desk import Desk
from app.demo.loans_makers import WHO
from app.incidents import rules as incidents
from app.incidents.models import Incident
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import db
from app.loans import rules as loans
from app.loans.models import Loan, LoanLine
from app.loans.returning import LINE_MOVES, out_lines

A_YEAR, LOANS = 365, 44
PURPOSES = (
    ("check", "续租谈判核对原合同附件", "已核对，条款一致"),
    ("check", "核对装修图纸与现场隔断", "现场与图纸一致"),
    ("meeting", "季度客户会议备查", "会议使用完毕"),
    ("authority", "消防部门核查装修审批资料", "已核查，无异议"),
    ("authority", "工商部门调阅营业执照副本", "已调阅"),
    ("copying", "补做背脊标签并重新装订", "已装订"),
    ("follow_up", "上门跟进续租意向", "客户同意续租一年"),
)
DEPARTMENTS = {"clerk": "客服前台", "archivist": "档案室", "director": "总经理室"}
Planned = Iterator[tuple[float, Callable[[], None]]]  # days before the end, and what happens then


def live_loans(desk: Desk, days: int) -> Planned:
    """Loans over the year and, at its end, one overdue, one due, one to fetch and one to agree to."""
    for place in range(round(LOANS * days / A_YEAR)):
        end = {7: "damaged", 23: "lost"}.get(place, "late" if place % 9 == 4 else "in time")
        yield desk.chance.uniform(15, max(16, days)), partial(borrow, desk, end)
    now = (
        (9, "clerk", "never", 3), (2.2, "director", "never", 3), (1, "archivist", "approved", 2),
        (0.4, "archivist", "asked", 1),
    )  # fmt: skip
    for back, who, end, length in now:
        if back <= days:
            yield back, partial(borrow, desk, end, who, length)
    if days >= 60:
        yield 55, partial(take_away, desk)


def borrow(desk: Desk, end: str, who: str = "clerk", length: int = 0) -> None:
    """Somebody needs a file for some days; `end` is how it goes on."""
    kind, purpose, result = desk.chance.choice(PURPOSES)
    days = length or desk.chance.choices((1, 2, 3, 7), (3, 4, 4, 1))[0]
    said: dict[str, Any] = {"purpose_kind": kind, "purpose": purpose, "days": days, "department": DEPARTMENTS[who]}
    loan = Loan(file=_file(desk), **said)
    try:
        loans.ask(loan, by=desk.people[who])
    except RuleError:  # the file is out or the borrower late: nothing is lent
        return
    if end != "asked":
        desk.then(1, agree, loan, end, result)


def _file(desk: Desk) -> File:
    """One of the site's live files that nobody has."""
    out = select(LoanLine.file_id).where(LoanLine.state == "out")
    free = select(File).where(File.site_id == desk.site.id, File.state.in_(LIVE_STATES), File.id.not_in(out))
    return desk.chance.choice(list(db.session.scalars(free.where(File.tenancy_id.is_not(None)).order_by(File.id))))


def agree(desk: Desk, loan: Loan, end: str, result: str) -> None:
    """The chain agrees, an hour or two each."""
    if loan.state not in approvals.WAITING:
        if end != "approved":
            desk.then(1, fetch, loan, end, result)
        return
    desk.walk(loans.MOVES, loan, approvals.VERBS[loan.state], WHO[loan.state])
    desk.then(desk.hours(1, 3), agree, loan, end, result)


def fetch(desk: Desk, loan: Loan, end: str, result: str) -> None:
    """Handed out against both signatures on the printed slip."""
    try:
        desk.walk(loans.MOVES, loan, "hand_out", "archivist", is_signed_on_paper=True)
    except RuleError:  # late with another loan meanwhile
        desk.walk(loans.MOVES, loan, "give_up", _name_of(desk, loan.borrower_id))
        return
    hours = 24 * loan.days
    if end == "in time":
        desk.then(desk.hours(3, max(4, hours - 6)), give_back, loan, result)
    elif end == "late":
        desk.then(hours + desk.hours(30, 90), give_back, loan, result)
    elif end in ("damaged", "lost"):
        desk.then(max(4, hours - 6), spoil, loan, end)


def _name_of(desk: Desk, user_id: int) -> str:
    return next(name for name, person in desk.people.items() if person.id == user_id)


def give_back(desk: Desk, loan: Loan, result: str) -> None:
    """Counted and back in its place."""
    pages = sum(line.pages for line in out_lines(loan))
    desk.walk(loans.MOVES, loan, "take_back", "archivist", pages=pages, is_checked=True, result=result)


def spoil(desk: Desk, loan: Loan, how: str) -> None:
    """A page is missing, or the whole file: an incident that the manager decides on."""
    loan.result = "情况见事故登记"
    [line] = out_lines(loan)
    if how == "lost":
        desk.walk(LINE_MOVES, line, "lose", "archivist", reason="借阅人在外出途中遗失档案袋，沿途寻找未果")
    else:
        counted = max(0, line.pages - 1)
        desk.walk(
            LINE_MOVES, line, "take_back_damaged", "archivist", pages=counted, reason="归还清点缺附件一页，封面受潮"
        )
    newest = select(Incident).where(Incident.loan_id == loan.id).order_by(Incident.id.desc()).limit(1)
    incident = db.session.scalars(newest).one()
    cents = 30_000 if how == "lost" else 10_000
    words = "责令当日补齐，并处罚款" if how == "lost" else "批评教育，责令补齐并处罚款"
    desk.later(20, incidents.MOVES, incident, "decide", "manager", decision=words, penalty_cents=cents)
    desk.then(26, make_again, incident)


def make_again(desk: Desk, incident: Incident) -> None:
    """The keeper puts what was missing into the file again, and the manager closes the matter."""
    file: Any = incident.file
    if file.state not in LIVE_STATES:
        return
    said = {"title": "补充件（重新制作）", "copy_kind": "copy", "pages": 1, "ink_is_good": True, "issued_on": today()}
    paper = archive.add_document(Document(file=file, paper_class="letter", **said), by=desk.people["archivist"])
    desk.walk(incidents.MOVES, incident, "remake", "archivist", new_paper=paper)
    desk.later(20, incidents.MOVES, incident, "close", "manager", outcome="已补齐并归入原卷")


def take_away(desk: Desk) -> None:
    """A file leaves the office without a slip; it is fetched back the same day."""
    incident = Incident(
        kind="taken", file=_file(desk), accountable_id=desk.people["clerk"].id,
        what_happened="未办出借手续将户档带离办公室，下班盘点时发现，当日追回，内容完整。",
    )  # fmt: skip
    incidents.open_incident(incident, by=desk.people["archivist"])
    desk.later(
        22, incidents.MOVES, incident, "decide", "manager", decision="口头警告，重申出借须办手续", penalty_cents=5_000
    )
    desk.later(30, incidents.MOVES, incident, "close", "manager", outcome="当日追回，清点完整")
