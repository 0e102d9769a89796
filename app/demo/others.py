"""The other trades of the made-up estate: a site of their own, with an example of each scheme."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.archive import ending, filing, keepers, limits, opening, schemes, stages
from app.archive import rules as archive
from app.archive.keeping import Keeper
from app.archive.models import Document, File
from app.customers import rules as customers
from app.customers.models import Customer, Tenancy
from app.demo.desk import Desk
from app.demo.storage_makers import make_safe
from app.demo.timeline import Timeline, in_hours
from app.estate import rules as estate
from app.estate.models import Place, Site
from app.kit.columns import now, today
from app.kit.session import db
from app.storage import certificates
from app.storage.models import Certificate

SITE = "他山综合服务中心"
LEAST_DAYS = 20  # a shorter time is too short for what a trade does
Work = Iterator[tuple[float, Callable[[], None]]]
# what a project's file holds already, by how far it got
LOANS = (
    ("示例贸易公司", "流动资金借款", 11, True),
    ("示例机械厂", "设备更新担保", 6, False),
)
CONNECTIONS = (
    ("示例食品加工有限公司", "energise"),
    ("示例数据中心有限公司", "design"),
    ("示例幼儿园", "accept"),
)
HOUSEHOLDS = (
    ("101", "示例家政服务有限公司", "property_centre"),
    ("102", "示例文印有限公司", "property_centre"),
    ("201", "示例茶业有限公司", "household_files"),
    ("202", "示例画室", "household_files"),
)


def live_others(people: dict[str, Any], days: int, lives: tuple[Callable[[Desk, int], Work], ...]) -> Site:
    """A site for the other trades, and `days` of what happened there."""
    site = estate.add_site(
        SITE,
        short_name="TS",
        address="他山路 5 号",
        telephone="010-00000005",
        manager_firm="他山综合服务中心",
        works="follow_ups market campaigns archives",
    )
    for person in people.values():
        estate.assign(site, person)
    desk = Desk(site, people, [], random.Random(29), Timeline(now()))
    for live in (live_schemes, *lives):
        for back, act in live(desk, days):
            desk.timeline.at(in_hours(desk.timeline.end - dt.timedelta(days=back)), act)
    desk.timeline.live()
    return site


def live_schemes(desk: Desk, days: int) -> Work:
    """Tenants' files in two other ways, loans and their papers, connections on their way."""
    first = min(days, 200)
    yield first, partial(keep, desk)
    for place, (number, name, scheme) in enumerate(HOUSEHOLDS):
        yield first * 0.9 - place, partial(let_in, desk, number, name, scheme)
    for place, (name, what, papers, is_over) in enumerate(LOANS):
        yield first * 0.7 - place, partial(lend, desk, name, what, papers, is_over)
    for place, (name, stage) in enumerate(CONNECTIONS):
        yield first * 0.5 - place, partial(connect, desk, name, stage)


def keep(desk: Desk) -> None:
    """The director appoints the keeper, and sets what the source lost."""
    appointed = Keeper(scheme_key="loan_guarantee", site=desk.site, user=desk.people["archivist"], reason="总经理指定")
    keepers.appoint(appointed, by=desk.people["director"])
    for limit in limits.lost():
        limit.value = 15
        limits.amend(limit, by=desk.people["director"])


def let_in(desk: Desk, number: str, name: str, scheme: str) -> None:
    """A tenant whose file is kept as the scheme says."""
    building = estate.find_or_add_building(desk.site)
    floor = estate.find_or_add_floor(building, f"{number[0]}F")
    unit = estate.add_unit(floor, number, area_dm2=6_800)
    file = archive.open_file(unit, by=desk.people["clerk"], scheme=schemes.current(scheme))
    customers.let_in(Tenancy(unit=unit, customer=_customer(desk, name)), by=desk.people["clerk"])
    _papers(file, 6, desk)


def _customer(desk: Desk, name: str) -> Customer:
    return customers.add_customer(desk.site, name, by=desk.people["clerk"])


def lend(desk: Desk, name: str, what: str, papers: int, is_over: bool) -> None:
    """A loan's file, kept by its two managers until the project is over; the pledged title lies in the safe."""
    file = opening.open_subject_file(
        schemes.current("loan_guarantee"), desk.site, title=name + what, customer=_customer(desk, name),
        responsible=desk.people["clerk"], deputy=desk.people["supervisor"], by=desk.people["clerk"],
    )  # fmt: skip
    _papers(file, papers, desk)
    _pledge(desk, file)
    if is_over:
        ending.end_project(file, by=desk.people["clerk"], ended_on=today())


def _pledge(desk: Desk, file: File) -> None:
    safe = db.session.scalar(select(Place).where(Place.site_id == desk.site.id, Place.kind == "safe"))
    title = Certificate(
        file=file, kind="other_right", registered_number=f"示例他项（{today().year}）第 {file.id:05d} 号", pages=2,
        holder=file.customer.name if file.customer else "", issuer="示例市不动产登记中心", received_from="借款人",
        place=safe or make_safe(desk.site),
    )  # fmt: skip
    certificates.receive(title, by=desk.people["archivist"])


def connect(desk: Desk, name: str, until: str) -> None:
    """A customer who asks for power; papers are gathered as far as the work has got."""
    scheme = schemes.current("power_supply")
    file = opening.open_subject_file(scheme, desk.site, customer=_customer(desk, name), by=desk.people["clerk"])
    while file.stage != until:
        for paper in stages.gaps(file):
            _paper(file, paper["key"], desk)
        stages.advance(file, by=desk.people["clerk"])


def _papers(file: File, count: int, desk: Desk) -> None:
    """The first classes of the scheme, each with one paper."""
    for paper in archive.classes(file)[:count]:
        _paper(file, paper["key"], desk)


def _paper(file: File, paper_class: str, desk: Desk) -> None:
    made = archive.add_document(
        Document(file=file, paper_class=paper_class, issued_on=today(), copy_kind="original", pages=2),
        by=desk.people["clerk"],
    )
    db.session.expire(file, ["documents"])
    filing.file_paper(made, by=desk.people["archivist"], ink_is_good=True, is_complete=True, is_signed=True)
