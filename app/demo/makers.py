"""Makers of records for tests and the demo: each fills in what is not said."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.applications import rules as applications
from app.applications.models import Application
from app.archive import opening, schemes
from app.archive import rules as archive
from app.archive.models import Document, File, Scheme
from app.arrears import rules as arrears
from app.arrears.models import Due, Violation
from app.complaints import rules as complaints
from app.complaints.models import Complaint
from app.customers import rules as customers
from app.customers.models import Customer, Tenancy
from app.deposits import refunds
from app.deposits import rules as deposits
from app.deposits.models import Deposit, DepositRefund
from app.estate import rules as estate
from app.estate.models import Floor, Site, Unit
from app.fitout import rules as fitouts
from app.fitout.models import Fitout
from app.handovers import rules as handovers
from app.handovers.models import Handover
from app.kit.columns import now, today
from app.kit.moves import walk
from app.kit.session import db
from app.lookups import rules as lookups
from app.lookups.models import LookupRequest
from app.moving import rules as movings
from app.moving.models import Moving
from app.notices import rules as notices
from app.notices.models import Notice, NoticeReceipt
from app.repairs import kinds as repair_kinds
from app.repairs import rules as repairs
from app.repairs.models import Repair, RepairKind
from app.security import audit
from app.visits import plans as visit_plans
from app.visits import rules as visits
from app.visits.models import Visit, VisitPlan

_numbers = itertools.count(1)


def user(name: str) -> User:
    """One of the cast: clerk, supervisor, manager, director, technician, archivist, auditor, admin."""
    found = db.session.scalar(select(User).where(User.username == name))
    if found is None:
        raise LookupError(f"nobody is called {name}")
    return found


def make_site(name: str = "", **more: Any) -> Site:
    """A site; its name is made unique."""
    return estate.add_site(name or f"测试大厦{next(_numbers)}", **more)


def make_floor(site: Site | None = None, name: str = "5F") -> Floor:
    return estate.find_or_add_floor(estate.find_or_add_building(site or make_site()), name)


def make_unit(number: str = "", *, floor: Floor | None = None, site: Site | None = None, **more: Any) -> Unit:
    floor = floor or make_floor(site)
    return estate.add_unit(floor, number or f"05{next(_numbers):02d}", **{"area_dm2": 12_345, **more})


def make_customer(name: str = "瑞恒科技有限公司", *, site: Site | None = None, **more: Any) -> Customer:
    return customers.add_customer(site or make_site(), name, **more)


def make_tenancy(unit: Unit | None = None, customer: Customer | None = None, **more: Any) -> Tenancy:
    """A tenant in a unit; the unit's file opens with it."""
    make_scheme()
    unit = unit or make_unit()
    return customers.let_in(Tenancy(unit=unit, customer=customer or make_customer(site=unit.site), **more))


def make_scheme() -> None:
    """The shipped schemes, loaded once: reading them takes longer than all the rest of a tenancy."""
    shipped = {path.stem: path for path in schemes.shipped()}
    for key in sorted(shipped.keys() - set(db.session.scalars(select(Scheme.key)))):
        schemes.load(shipped[key])


def make_scheme_of(key: str, **changes: Any) -> Scheme:
    """A scheme like the office tower's, loaded under another key, with what is said differently."""
    body = schemes.read(schemes.FOLDER / "office_tower.yaml")
    return schemes.keep(body | {"key": key, "revision": 1} | changes)


def make_subject_file(scheme_key: str, site: Site, *, by: Any = None, **subject: Any) -> File:
    """A live file of a customer, a project or a year of a fonds (`customer=` or `title=`)."""
    return opening.open_subject_file(schemes.current(scheme_key), site, by=by, **subject)


def make_file(unit: Unit | None = None, tenancy: Tenancy | None = None, *, by: Any = None) -> File:
    """A live file with a tenant in it, kept by `by`."""
    file = archive.live_file((tenancy or make_tenancy(unit)).unit)
    assert file is not None
    file.custodian_id = getattr(by, "id", None)
    return file


def make_document(file: File | None = None, paper_class: str = "licence", **more: Any) -> Document:
    usual = {"title": "", "ink_is_good": True, "is_complete": True}
    document = Document(file=file or make_file(), paper_class=paper_class, **{**usual, **more})
    return archive.add_document(document)


def make_filed_file(unit: Unit | None = None, *, by: Any = None) -> File:
    """A sealed file with one paper in it."""
    file = make_file(unit, by=by)
    make_document(file)
    archive.file_away(file, by=by)
    file.state = "filed"
    db.session.flush()
    return file


def make_request(file: File, by: User, *, hours: int = 8, purpose: str = "核对合同") -> LookupRequest:
    return lookups.ask(LookupRequest(file=file, purpose=purpose, hours=hours), by=by)


def make_handover(site: Site, giver: User, receiver: User, supervisor: User) -> Handover:
    handover = Handover(
        site_id=site.id, giver_id=giver.id, receiver_id=receiver.id, supervisor_id=supervisor.id, reason="岗位调整"
    )
    return handovers.draw_up(handover, by=giver)


def make_deposit(
    tenancy: Tenancy | None = None, kind: str = "rent", cents: int = 1_000_000, *, received: int = 0, by: Any = None,
    **more: Any,
) -> Deposit:  # fmt: skip
    """A deposit that is due, with so much of it received."""
    tenancy = tenancy or make_tenancy()
    deposit = Deposit(unit=tenancy.unit, tenancy=tenancy, kind=kind, payable_cents=cents, **more)
    deposits.demand(deposit, by=by)
    if received:
        deposits.receive(deposit, received, "transfer", by=by)
    return deposit


def make_refund(deposit: Deposit | None = None, *, by: Any = None, **more: Any) -> DepositRefund:
    """A refund that is asked for; of all that is held unless `settled_cents` says less."""
    deposit = deposit or make_deposit(received=1_000_000)
    return refunds.ask(DepositRefund(deposit=deposit, **{"reason": "退租", **more}), by=by)


def make_complaint(unit: Unit | None = None, *, by: Any = None, **more: Any) -> Complaint:
    """A complaint about a unit, told on the telephone."""
    said = {"complainant": "林晚", "phone": "19900001234", "content": "走廊灯不亮，晚上看不清路。", **more}
    return complaints.open_complaint(Complaint(unit=unit or make_tenancy().unit, **said), by=by)


def make_visit_plan(site: Site, name: str = "季度拜访", *, by: Any = None, **more: Any) -> VisitPlan:
    """A round of visits to every tenant of a site, in the coming month."""
    days = {"from_on": today(), "until_on": today() + dt.timedelta(days=30)}
    return visit_plans.draw_up(VisitPlan(site=site, name=name, **{**days, **more}), by=by)


def make_visit(unit: Unit | None = None, *, by: Any = None, **more: Any) -> Visit:
    """A visit to a unit, still to be made where no result is said."""
    return visits.open_visit(Visit(unit=unit or make_tenancy().unit, **more), by=by)


def make_repair_kind(name: str = "电气照明") -> RepairKind:
    """One of the shipped kinds of repair."""
    return next(kind for kind in repair_kinds.default_kinds() if kind.name == name)


def make_repair(unit: Unit | None = None, *, by: Any = None, **more: Any) -> Repair:
    """A repair in a unit, told on the telephone and not dispatched yet."""
    said = {"reporter": "林晚", "phone": "19900001234", "fault": "会议室两盏灯不亮", "place": "会议室"}
    said |= {"kind": make_repair_kind()} if "kind" not in more else {}
    return repairs.open_repair(Repair(unit=unit or make_tenancy().unit, **{**said, **more}), by=by)


def make_due(tenancy: Tenancy | None = None, cents: int = 1_593_900, *, by: Any = None, **more: Any) -> Due:
    """A quarter's property fee that a tenant still owes."""
    said = {"kind": "property_fee", "period": "2026 年 1 季度", "amount_cents": cents, **more}
    return arrears.raise_due(Due(tenancy=tenancy or make_tenancy(), **said), by=by)


def make_violation(tenancy: Tenancy | None = None, *, by: Any = None, **more: Any) -> Violation:
    """A fire exit that a tenant blocked."""
    said = {"what": "fire_exit", "description": "材料堆放在消防通道内", **more}
    return arrears.find_violation(Violation(tenancy=tenancy or make_tenancy(), **said), by=by)


def make_fitout(tenancy: Tenancy | None = None, *, by: Any = None, **more: Any) -> Fitout:
    """A fit-out that is applied for: ten days from today."""
    tenancy = tenancy or make_tenancy()
    usual = {
        "firm": "精工装饰工程有限公司", "head": "石大勇", "head_phone": "19900000077", "scope": "轻质隔墙与吊顶",
        "starts_on": today(), "ends_on": today() + dt.timedelta(days=10), "deposit_cents": 2_000_000,
        "work_hours": "09:00–18:00",
    }  # fmt: skip
    return fitouts.apply(Fitout(unit=tenancy.unit, tenancy=tenancy, **{**usual, **more}), by=by)


def make_notice(unit: Unit | None = None, *, by: Any = None, **more: Any) -> Notice:
    """A draft to one tenant; to a floor or to all where `scope` says so."""
    said = {"kind": "notice", "scope": "unit", "title": "外墙清洗通知", "body": "清洗期间请关闭窗户。", **more}
    if said["scope"] == "unit":
        said["unit"] = unit or make_tenancy().unit
    return notices.write(Notice(**said), by=by)


def make_notice_receipt(unit: Unit | None = None, *, by: Any = None, **more: Any) -> NoticeReceipt:
    """What one tenant has to sign of an issued notice."""
    notice = make_notice(unit, by=by, **more)
    walk(notices.MOVES, notice, "issue", by=by, write=audit.write)
    db.session.flush()
    return notice.receipts[0]


def make_application(tenancy: Tenancy | None = None, kind: str = "lock", *, by: Any = None, **more: Any) -> Application:
    """An application that waits for a decision."""
    usual: dict[str, dict[str, Any]] = {
        "parking": {"plate": "京A·00000"},
        "nameboard": {"wanted_words": "瑞恒科技"},
        "overtime": {"from_at": now(), "until_at": now() + dt.timedelta(hours=4)},
        "goods_release": {"from_at": now()},
    }
    said = {"applicant": "林晚", "phone": "19900001234", "what": "按申请办理", **usual.get(kind, {}), **more}
    return applications.ask(Application(unit=(tenancy or make_tenancy()).unit, kind=kind, **said), by=by)


def make_moving(tenancy: Tenancy | None = None, kind: str = "out", *, checked: bool = False, by: Any = None,
                **more: Any) -> Moving:  # fmt: skip
    """A move of a tenant; `checked` ticks every line and has the three departments look."""
    tenancy = tenancy or make_tenancy()
    made = movings.live_moving(tenancy, kind)
    if made is None:
        said = {"is_authorised": True, "contact": "林晚", "planned_on": today(), **more}
        made = movings.open_moving(Moving(unit=tenancy.unit, tenancy=tenancy, kind=kind, **said), by=by)
    if checked:
        for item in made.items:
            item.is_done, item.reading = True, "100" if item.section == "meters" else ""
        made.property_by, made.engineering_by, made.security_by = "王敏", "石磊", "高远"
        walk(movings.MOVES, made, "check", by=by, write=audit.write)
        db.session.flush()
    return made
