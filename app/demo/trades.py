"""A season of a made-up sales desk: customers collected, allocated, met at events, and followed up by plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.demo import makers
from app.demo.desk import Desk
from app.demo.trades_makers import AGREED, BEGAN, KEY, PERSON
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import db
from app.trades import allocating, attending, collecting, duties, following, occasions
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, ContactSheet, DutyHolder

SEASON = 100
# (duty, who, areas): two people call, of whom the clerk is new
STAFF = (
    ("rep", "clerk", "城北区 北苑"), ("rep", "supervisor", "城南区"), ("head", "supervisor", ""),
    ("sales_manager", "manager", ""), ("service_manager", "manager", ""), ("doctor", "archivist", ""),
)  # fmt: skip
CUSTOMERS = (
    ("林晚秋", "城北区", "柳荫街 8 号", "female", "书法、讲座"), ("钱自在", "城南区", "杏林巷 3 号", "male", "门球"),
    ("孙来福", "城北区", "北苑三条 5 号", "male", "养鱼"), ("李桂兰", "城南区", "南湖路 21 号", "female", "广场舞"),
    ("周长顺", "城东区", "东风里 2 号", "male", "象棋"), ("吴月华", "城北区", "柳荫街 40 号", "female", "烹饪、合唱"),
    ("郑守义", "城西区", "西山道 7 号", "male", "摄影"), ("冯玉珍", "城南区", "杏林巷 18 号", "female", "剪纸、旅游"),
    ("陈广田", "城北区", "北苑五条 1 号", "male", "太极"), ("褚春和", "城东区", "东风里 9 号", "female", "园艺"),
)  # fmt: skip
RESULTS = {
    "phone": ("电话联系，顾客近况良好", "顾客询问用法，已逐条说明", "顾客表示周末方便上门"),
    "visit": ("上门讲解，顾客当面确认", "上门查看使用情况，效果良好", "上门拜访，顾客提出包装建议，已反馈"),
}
Planned = Iterator[tuple[float, Callable[[], None]]]  # days before the end, and what happens then


def live_trades(desk: Desk, days: int) -> Planned:
    """A season; at its end something waits in every state."""
    first = min(days, SEASON)
    yield first, partial(appoint, desk)
    early = len(CUSTOMERS) - 3
    for place, who in enumerate(CUSTOMERS):
        back = first - 0.5 - 2 * place if place < early else 5.5 - (place - early)
        yield back, partial(collect, desk, place, who)
    for back in range(int(first) - 4, int(first) - 22, -6):
        yield back, partial(allocate, desk)
    yield 2, partial(hand_over, desk)
    for place, kind in enumerate(("gathering", "trip", "meal")):
        yield first * (0.7 - 0.3 * place), partial(meet, desk, kind)
    yield 1.5, partial(greet, desk)


def appoint(desk: Desk) -> None:
    """Everybody's duty."""
    for duty, who, areas in STAFF:
        since = today() if (duty, who) == ("rep", "clerk") else BEGAN
        holder = DutyHolder(
            scheme_key=KEY, site=desk.site, user=desk.people[who], duty=duty, areas=areas, since_on=since, ability=6,
            efficiency=7,
        )  # fmt: skip
        duties.appoint(holder, by=desk.people["manager"])


def collect(desk: Desk, place: int, who: tuple[str, ...]) -> None:
    """Somebody is met and agrees; the last sheet is not complete yet."""
    name, area, street, gender, interests = who
    collector = desk.people["clerk" if place % 3 else "supervisor"]
    said = {**PERSON, **AGREED, "name": name, "consent_by": name, "area": area, "address": f"{area}{street}"}
    said |= {"gender": gender, "interests": interests, "phone": f"199000{place:05d}", "birth_year": str(1948 + place)}
    sheet = ContactSheet(scheme_key=KEY, site=desk.site, filled_by="collector" if place % 2 else "self", **said)
    collecting.begin(sheet, by=collector)
    if place < len(CUSTOMERS) - 1:
        desk.walk(collecting.MOVES, sheet, "submit_sheet", collector.username)


def hand_over(desk: Desk) -> None:
    """Whoever has complete sheets hands them over."""
    for who in ("clerk", "supervisor"):
        try:
            collecting.hand_over_all(by=desk.people[who])
        except RuleError:  # nothing complete in hand
            continue


def allocate(desk: Desk) -> None:
    """What was handed over is allocated as the rules say; now and then otherwise, with a reason."""
    hand_over(desk)
    proposals = allocating.propose(allocating.waiting([desk.site.id]))
    if proposals:
        last = proposals[-1]
        others = [desk.people[who] for who in ("clerk", "supervisor") if desk.people[who] is not last.person]
        otherwise = {last.sheet.id: (others[0], "顾客与其相识，指名由其联系")} if len(proposals) > 2 else {}
        allocating.settle(proposals, otherwise, by=desk.people["manager"])


def meet(desk: Desk, kind: str) -> None:
    """An event: half of the customers come, two of three buy; the sheets go their way."""
    holders = [sheet for sheet in _customers(desk) if desk.chance.random() < 0.8]
    for place, (customer, holder) in enumerate(holders):
        is_buyer = place % 3 != 2
        sheet = EventSheet(
            scheme_key=KEY, customer=customer, event_kind=kind, event_on=today(), is_buyer=is_buyer,
            bought="一个疗程" if is_buyer else "", feedback="现场听讲认真，提问较多", wishes="希望上门讲解",
        )  # fmt: skip
        attending.begin(sheet, by=holder)
        desk.walk(attending.MOVES, sheet, "make_sheet", holder.username)
        desk.later(20, attending.MOVES, sheet, "hand_sheet_over", holder.username)
        desk.later(26, attending.MOVES, sheet, "check_sheet", "manager", is_legible=True)
        desk.later(28, attending.MOVES, sheet, "keep_sheet", "archivist")
        for one in sheet.follow_ups:
            desk.timeline.at(_moment(desk, one), partial(call, desk, one))


def _customers(desk: Desk) -> list[tuple[Any, Any]]:
    """Every customer of the desk with who has them."""
    live = select(Allocation).where(Allocation.site_id == desk.site.id, allocating.is_live()).order_by(Allocation.id)
    return [(line.customer, line.holder) for line in db.session.scalars(live)]


def _moment(desk: Desk, one: FollowUp) -> dt.datetime:
    """Mostly a day before it is due, now and then late."""
    days = (one.due_on - today()).days
    return desk.timeline.moment + dt.timedelta(days=days + (3 if desk.chance.random() < 0.1 else -0.7))


def call(desk: Desk, one: FollowUp) -> None:
    """By telephone or at the door, with what came of it; one in twelve is forgotten."""
    if one.state != "due" or one.assignee is None or desk.chance.random() < 0.08:
        return
    channel = desk.chance.choices(("phone", "visit"), (8, 2) if one.duty == "doctor" else (6, 4))[0]
    result = desk.chance.choice(RESULTS[channel])
    desk.walk(following.MOVES, one, "finish_follow_up", one.assignee.username, channel=channel, result=result)


def greet(desk: Desk) -> None:
    """The year's occasions that are still to come."""
    occasions.plan([desk.site.id], today().year, by=desk.people["manager"])
    customers = _customers(desk)
    if customers:
        customer, _holder = customers[0]
        said: dict[str, Any] = {"purpose": "应代表要求，解答服用疑问", "due_on": today() + dt.timedelta(days=2)}
        one = FollowUp(customer=customer, scheme_key=KEY, duty="doctor", **said)
        following.ask(one, by=makers.user("clerk"))
