"""A year of consents and requests about data in the made-up tower."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from app.customers.models import Contact, Customer
from app.customers.rules import current_contact
from app.demo.desk import Desk
from app.kit.session import db
from app.privacy import consents, rules, tasks
from app.privacy.models import Consent, DataRequest, DataTask

# how many tenants were asked, in per cent; and of those how many said yes
ASKED = {"contacting": (90, 98), "identity_scan": (45, 80), "news": (60, 55)}


def live_privacy(desk: Desk, days: float) -> Iterator[tuple[float, Callable[[], None]]]:
    """Consents as people move in, some withdrawn; a request about data every few weeks, the last ones in hand."""
    for tenancy in desk.tenancies:
        for purpose, (asked, said_yes) in ASKED.items():
            if desk.chance.randint(1, 100) <= asked and desk.chance.randint(1, 100) <= said_yes:
                yield desk.chance.uniform(1, days), partial(agree, desk, tenancy.customer, purpose)
    asks = ("access", "correct", "access")
    for place, before in enumerate(range(int(days) - 25, 2, -40)):
        yield before, partial(ask, desk, asks[place % len(asks)], "done")
    for back, stops_at in ((6.0, "approve"), (4.0, "verify"), (2.0, "")):
        yield back, partial(ask, desk, "access", stops_at)


def agree(desk: Desk, customer: Customer, purpose: str) -> None:
    """Somebody consents; to news now and then for a while only."""
    contact = current_contact(customer, "daily") if purpose != consents.PICTURE else None
    _write(desk, customer, purpose, contact, "given")
    if purpose == "news" and desk.chance.random() < 0.15:
        desk.then(desk.hours(200, 2000), take_back, customer, purpose, contact)


def take_back(desk: Desk, customer: Customer, purpose: str, contact: Contact | None) -> None:
    """And takes it back; what follows is done a day or two later."""
    _write(desk, customer, purpose, contact, "withdrawn")
    for task in list(tasks.held_by(desk.people["clerk"]))[-1:]:
        desk.then(desk.hours(10, 60), finish, task.key)


def finish(desk: Desk, key: int) -> None:
    """The task that followed is done."""
    desk.walk(tasks.MOVES, db.session.get_one(DataTask, key), "finish", "clerk", outcome="已从短信及邮件名单中删除")


def _write(desk: Desk, customer: Customer, purpose: str, contact: Contact | None, verdict: str) -> None:
    said: dict[str, Any] = {"customer": customer, "contact": contact, "purpose": purpose, "verdict": verdict}
    consents.write_down(Consent(way="paper", **said), by=desk.people["clerk"])


def ask(desk: Desk, kind: str, stops_at: str) -> None:
    """A tenant's daily contact asks about their own data; verified, approved, carried out, as far as it goes."""
    customer = desk.tenancy().customer
    contact = current_contact(customer, "daily")
    if contact is None:
        return
    said: dict[str, Any] = {"wanted": "请提供贵处保存的本人全部信息" if kind == "access" else ""}
    if kind == "correct":
        said |= {"correct_column": "contact.email", "correct_value": f"contact{contact.id}@example.test"}
    request = DataRequest(customer=customer, contact=contact, kind=kind, asker=contact.name, **said)
    rules.take_down(request, by=desk.people["clerk"])
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("verify", "supervisor", {"proof": "identity_card"}),
        ("approve", "manager", {}),
        ("carry_out", "supervisor", {}),
    )
    for place, (step, who, more) in enumerate(steps):
        if stops_at == step or not stops_at:
            return
        desk.then(5 + 20 * place, go_on, request, step, who, more)


def go_on(desk: Desk, request: DataRequest, step: str, who: str, said: dict[str, Any]) -> None:
    """The next step; what was asked for is handed out before the request is done."""
    if step == "carry_out" and request.kind == "access" and request.state == "approved":
        rules.hand_out(request, by=desk.people[who])
    desk.walk(rules.MOVES, request, step, who, **said)
