"""Hand-overs over the tower's year: files out for the yearly audit and back, a variance, one being checked now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.demo.desk import Desk
from app.handovers import checking, rules
from app.handovers.checking import Said
from app.handovers.models import Handover, HandoverLine
from app.kit.session import db

AUDIT, MANY, FEW = "年度档案抽查，移交客务部", 12, 5
Planned = Iterator[tuple[float, Callable[[], None]]]


def live_handovers(desk: Desk, days: float) -> Planned:
    """(days before the end, what happens then), as far as the year reaches back."""
    for back, planned in (
        (300, partial(hand_over, desk, "archivist", "supervisor", AUDIT, MANY)),
        (286, partial(hand_over, desk, "supervisor", "archivist", "抽查完毕，归还档案室", MANY)),
        (150, partial(hand_over, desk, "archivist", "supervisor", "换租客户资料核对", FEW, missing=True)),
        (139, partial(hand_over, desk, "supervisor", "archivist", "核对完毕，归还档案室", FEW)),
        (2, partial(hand_over, desk, "archivist", "supervisor", "季度档案抽查", FEW, until="close_list")),
    ):
        if back <= days:
            yield back, planned


def hand_over(
    desk: Desk, giver: str, receiver: str, reason: str, count: int, *, missing: bool = False, until: str = "sign"
) -> None:
    """Some of the files that somebody keeps, with a bunch of keys; `until` says how far it goes."""
    people = desk.people
    kept = select(File).where(File.site_id == desk.site.id, File.custodian_id == people[giver].id)
    files = list(db.session.scalars(kept.where(File.state != "destroyed").order_by(File.id).limit(count)))
    if not files:
        return
    said: dict[str, Any] = {"site_id": desk.site.id, "kind": "departments", "reason": reason}
    said |= {"giver_id": people[giver].id, "receiver_id": people[receiver].id, "supervisor_id": people["manager"].id}
    rooms = {"archivist": "档案室", "supervisor": "客务部"}
    said |= {"giver_department": rooms[giver], "receiver_department": rooms[receiver]}
    handover = rules.draw_up(Handover(**said), by=people[giver])
    for file in files:
        rules.add_line(HandoverLine(handover=handover, file=file), by=people[giver])
    rules.add_line(HandoverLine(handover=handover, title="档案柜钥匙", quantity=2), by=people[giver])
    desk.walk(rules.MOVES, handover, "close_list", giver)
    if until == "close_list":
        return
    if missing:
        lost = {handover.lines[0].id: Said("missing", finding="柜内未见，移交方续查")}
        checking.check(handover, lost, by=people[receiver])
    for step, who in (("all_present", receiver), ("checked", receiver), ("sign", giver), ("sign", receiver)):
        desk.walk(rules.MOVES, handover, step, who)
    desk.walk(rules.MOVES, handover, "sign", "manager")
