"""The made-up tower that `make run` opens with."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select

from app.archive import rules as archive
from app.archive import schemes
from app.archive.models import Document, File
from app.customers import rules as customers
from app.customers.models import Tenancy
from app.demo import makers, others, roster, year
from app.demo.cast import make_people
from app.demo.names import Inventor
from app.demo.timeline import clock
from app.estate import rules as estate
from app.estate.models import Site
from app.exchange import rules as exchange
from app.handovers import rules as handovers
from app.handovers.models import Handover
from app.kit.columns import DESK_TIME, now, today
from app.kit.moves import walk
from app.kit.session import db
from app.lookups import rules as lookups
from app.lookups.models import LookupRequest
from app.moving import rules as movings
from app.repairs import kinds as repair_kinds
from app.security import audit, setup

SITE = "和悦大厦"
EMPTY_SITE = "云锦中心"
LASTING = ("fitout", "contractor")  # kept as long as the building stands
LETTERS = ("装修申请及图纸", "空调加时申请单", "关于电梯保养的通知", "水牌更换申请单", "停车位续租函", "消防演习通知")
ISSUERS = {"licence": "市场监督管理局", "lease": "和悦物业管理有限公司", "nameboard": "和悦物业管理有限公司"}


def is_empty() -> bool:
    """Nothing has been put into this database yet."""
    return not db.session.scalar(select(func.count(Site.id)))


def load(password: str, floors: int = 24, days: int = year.DAYS, trades: bool = False) -> Site:
    """Fill an empty database: people, the tower from its own roster, papers, `days` of work, requests, a hand-over.

    A second site stays empty, for whoever wants to bring in a roster of their own; with `trades` a third shows the
    other trades.
    """
    people, began = make_people(password), now() - dt.timedelta(days=days + 1 if days else 0)
    for path in schemes.shipped():
        scheme = schemes.load(path)
        scheme.effective_from = min(scheme.effective_from, began.date())  # the tower is older than the console
    repair_kinds.default_kinds()
    site = estate.add_site(
        SITE, short_name="HY", address="和悦路 1 号", telephone="010-00000000", manager_firm="和悦物业管理有限公司"
    )
    empty = estate.add_site(EMPTY_SITE, short_name="YJ", address="云锦路 9 号", manager_firm="和悦物业管理有限公司")
    for person in people.values():
        estate.assign(site, person)
        estate.assign(empty, person)
    with clock(lambda: began):
        _bring_in(site, people, floors)
        _fill_files(site, people)
    year.live(site, people, days)
    _look_ups(site, people)
    _hand_over(site, people)
    if trades and days >= others.LEAST_DAYS:
        others.live_others(people, days, year.LIVES_OF_TRADES)
    return site


def _bring_in(site: Site, people: dict[str, User], floors: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "roster.xlsx"
        roster.write(sheet, floors)
        exchange.import_roster(sheet, site, by=people["clerk"])


def make_cast(password: str) -> dict[str, User]:
    """The cast of the tests: the eight people, and a stranger who works for another site."""
    people = make_people(password)
    people["stranger"] = setup.create_user("stranger", full_name="外人", roles=["clerk"], password=password, demo=True)
    return people


def _fill_files(site: Site, people: dict[str, User]) -> None:
    inventor = Inventor(11)
    files = list(
        db.session.scalars(select(File).where(File.site_id == site.id, File.customer_id.is_not(None)).order_by(File.id))
    )
    for place, file in enumerate(files):
        file.custodian_id = people["archivist"].id
        _papers(file, inventor, people["clerk"], complete=place % 3 != 0)
        if place % 9 != 0:
            for paper in file.documents:
                paper.filed_on = today()
        if place % 5 != 0:
            archive.label_printed(file)
        if place % 3 == 1:
            walk(archive.MOVES, file, "file", by=people["archivist"], write=audit.write)
    for file in files[4:40:9]:
        if file.customer and file.state == "open":
            role, name = "daily", inventor.person()
            customers.set_contact(file.customer, role, name, inventor.telephone(), by=people["clerk"])
    for file in files[2:40:18]:
        if file.customer:
            customers.rename(file.customer, file.customer.name.replace("有限", "控股有限"), by=people["clerk"])
    bare = [file for file in files if not any(paper.paper_class in LASTING for paper in file.documents)]
    _move_one_out(bare[-1], people)


def _papers(file: File, inventor: Inventor, by: User, complete: bool) -> None:
    tenancy: Tenancy = file.tenancy  # type: ignore[assignment]
    began = tenancy.starts_on or dt.date(2024, 1, 1)
    for paper in archive.classes(file):
        if not paper.get("required") and inventor.chance.random() < 0.8:
            continue
        if not complete and inventor.chance.random() < 0.4:
            continue
        document = _paper(paper, inventor, began)
        document.file = file
        archive.add_document(document, by=by)


def _paper(paper: dict[str, Any], inventor: Inventor, began: dt.date) -> Document:
    """One invented paper of a class, issued soon after the lease began."""
    chance = inventor.chance
    issued = min(began + dt.timedelta(days=chance.randint(0, 60)), today())
    really = dt.datetime.now(DESK_TIME).date()  # some expired of late, most in the years to come
    valid = inventor.day(really - dt.timedelta(days=40), really + dt.timedelta(days=700))
    return Document(
        paper_class=paper["key"],
        title=chance.choice(LETTERS) if paper["key"] in ("letter", "application") else "",
        issued_on=issued,
        valid_until=max(valid, issued) if paper.get("expires") else None,
        copy_kind=chance.choice(("original", "copy")),
        issuer=ISSUERS.get(paper["key"], ""),
        pages=chance.randint(1, 12),
        ink_is_good=True,
        is_complete=True,
    )


def _move_one_out(file: File, people: dict[str, User]) -> None:
    if file.state == "open":
        walk(archive.MOVES, file, "file", by=people["archivist"], write=audit.write)
    moving = makers.make_moving(file.tenancy, checked=True, by=people["clerk"])
    walk(movings.MOVES, moving, "close", by=people["supervisor"], write=audit.write)


def _look_ups(site: Site, people: dict[str, User]) -> None:
    """One request in every state, so that each page of the register has something to show."""
    sealed = list(
        db.session.scalars(
            select(File)
            .where(File.site_id == site.id, File.state == "filed", File.seal == "none")
            .order_by(File.id)
            .limit(6)
        )
    )
    purposes = ("核对租赁押金", "客户申请变更名称", "核对装修图纸", "配合年审", "处理投诉", "补充联系人")
    steps: tuple[tuple[str, ...], ...] = (
        (),
        ("pass_on",),
        ("pass_on", "approve"),
        ("pass_on", "refuse"),
        ("withdraw",),
        ("pass_on", "approve", "revoke"),
    )
    who = {"pass_on": "supervisor", "approve": "manager", "refuse": "manager", "revoke": "manager", "withdraw": "clerk"}
    for file, purpose, moves in zip(sealed, purposes, steps, strict=False):
        request = lookups.ask(LookupRequest(file=file, purpose=purpose, hours=24), by=people["clerk"])
        for move in moves:
            form: dict[str, Any] = {"reason": "用途不符，请先联系客户"} if move in ("refuse", "revoke") else {}
            walk(lookups.MOVES, request, move, by=people[who[move]], write=audit.write, **form)


def _hand_over(site: Site, people: dict[str, User]) -> None:
    handover = handovers.draw_up(
        Handover(
            site_id=site.id, giver_id=people["archivist"].id, receiver_id=people["supervisor"].id,
            supervisor_id=people["manager"].id, giver_department="档案室", receiver_department="客务部",
            reason="年度档案移交",
        ),
        by=people["archivist"],
    )  # fmt: skip
    closed = db.session.scalars(select(File).where(File.site_id == site.id).order_by(File.id).limit(8))
    for file in closed:
        handovers.add_line(handovers.HandoverLine(handover=handover, file=file), by=people["archivist"])
    for move, who in (("close_list", "archivist"), ("all_present", "supervisor"), ("checked", "supervisor")):
        walk(handovers.MOVES, handover, move, by=people[who], write=audit.write)
    walk(handovers.MOVES, handover, "sign", by=people["archivist"], write=audit.write)


def default_password() -> str:
    """DEMO_PASSWORD of the settings."""
    return str(current_app.config["DEMO_PASSWORD"])
