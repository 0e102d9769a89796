"""The sheet of who came to an event: filled in that day, handed over by the next, checked, kept (P1.09–P1.11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.archive import rules as archive
from app.archive.models import LIVE_STATES
from app.customers.rules import current_contact
from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l, label
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit, gate
from app.trades import duties, filing, scheme
from app.trades.followed import EventSheet
from app.trades.models import ContactSheet

SERIES = "GD"
# What follows from a sheet being made: follow(sheet, by=user)
made: list[Callable[..., Any]] = []


def begin(sheet: EventSheet, *, by: Any = None) -> EventSheet:
    """A new sheet of somebody who came to an event, buyer or not, with what the first sheet says of them."""
    with db.session.no_autoflush:
        sheet.scheme_key = scheme.scheme_of(sheet.scheme_key or "").key
        if sheet.customer is None:
            raise RuleError(_l("Choose a customer."), field="customer")
        sheet.customer_id, sheet.site_id = sheet.customer.id, sheet.customer.site_id
        duties.demand(by, sheet.site_id, sheet.scheme_key, _said(sheet)["by"])
        _check(sheet)
        _follow_first(sheet)
        sheet.number = numbered(sheet.site_id, SERIES)
    sheet.state, sheet.filler_id, sheet.filler = "draft", getattr(by, "id", None), by
    db.session.add(sheet)
    db.session.flush()
    audit.write("write_event_sheet", sheet, {"number": sheet.number}, by=by)
    return sheet


def _said(sheet: EventSheet) -> dict[str, Any]:
    said: dict[str, Any] | None = scheme.part(sheet.scheme_key).get("event")
    if said is None:
        raise RuleError(_l("This scheme has no sheet for events."), field="scheme_key")
    return said


def _check(sheet: EventSheet) -> None:
    if sheet.event_on is None or sheet.event_on > today():
        raise RuleError(_l("This lies in the future."), field="event_on")
    if sheet.event_kind not in {one["key"] for one in _said(sheet)["kinds"]}:
        raise RuleError(_l("Please choose one of the list."), field="event_kind")


def _follow_first(sheet: EventSheet) -> None:
    """What the first sheet says, where nothing else was typed (P1.10)."""
    first = first_sheet(sheet.customer_id, sheet.scheme_key)
    if first is not None:
        sheet.sheet, sheet.sheet_id = first, first.id
        sheet.phone, sheet.address = sheet.phone or first.phone, sheet.address or first.address


def first_sheet(customer_id: int, scheme_key: str = "") -> ContactSheet | None:
    """The customer's newest sheet of the first contact."""
    mine = [ContactSheet.customer_id == customer_id, ContactSheet.state != "dropped"]
    mine += [ContactSheet.scheme_key == scheme_key] if scheme_key else []
    return db.session.scalar(select(ContactSheet).where(*mine).order_by(ContactSheet.id.desc()).limit(1))


def known(draft: Any) -> dict[str, Any]:
    """For the form: the only scheme, and of a chosen customer what the first sheet says."""
    keys = list(scheme.collecting())
    told: dict[str, Any] = {"scheme_key": keys[0]} if len(keys) == 1 else {}
    customer = getattr(draft, "customer", None)
    first = first_sheet(customer.id) if customer is not None else None
    if first is not None and not gate.is_sealed(first):
        return told | {"phone": first.phone, "address": first.address, "wishes": first.interests}
    contact = current_contact(customer, "daily") if customer is not None else None
    return told | ({"phone": contact.phone} if contact is not None else {})


def amend(sheet: EventSheet, *, by: Any = None) -> None:
    """Filled in by who began it, until it is made."""
    if sheet.state != "draft":
        raise RuleError(_l("This sheet is complete: it changes no more."))
    only_the_filler(sheet, by)
    with db.session.no_autoflush:
        _check(sheet)


def only_the_filler(sheet: EventSheet, user: Any) -> None:
    if user is not None and user.id != sheet.filler_id:
        raise RuleError(_l("Only who began the sheet fills it in."))


def missing(sheet: EventSheet) -> list[str]:
    """What the scheme asks for and nobody has filled in; of a buyer also what was bought."""
    required = [*_said(sheet)["required"], *(["bought"] if sheet.is_buyer else [])]
    return [name for name in required if not str(getattr(sheet, name) or "").strip()]


def make(sheet: EventSheet, *, by: Any) -> None:
    """The sheet is complete: from this day the follow-ups are counted (P1.12)."""
    if lacking := missing(sheet):
        what = "、".join(str(label(EventSheet, name)) for name in lacking)
        raise RuleError(_l("Still to be filled in: %(what)s.", what=what), field=lacking[0])
    sheet.made_on = sheet.made_on or today()
    sheet.file = filing.open_for(sheet.customer, sheet.scheme_key, by=by)
    sheet.file_id = sheet.file.id
    said = _said(sheet)
    filing.put_in(sheet, said["paper"], f"{said['name']['zh_Hans']} {sheet.number}", by=by)
    db.session.flush()
    for follow in made:
        follow(sheet, by=by)


def hand_over(sheet: EventSheet, *, by: Any) -> None:
    """To the manager, by the next day at the latest."""
    sheet.handed_over_on = today()


def check(sheet: EventSheet, *, by: Any, is_legible: bool = False) -> None:
    """The manager has looked it through (P1.10)."""
    duties.demand(by, sheet.site_id, sheet.scheme_key, [_said(sheet)["handed_to"]])
    if not is_legible:
        raise RuleError(_l("What is not complete and legible is sent back."), field="is_legible")
    sheet.is_legible, sheet.checked_by_id, sheet.checked_by = True, getattr(by, "id", None), by


def send_back(sheet: EventSheet, *, by: Any, reason: str = "") -> None:
    """Written anew by who made it; the day it was made, and the follow-ups, stay."""
    sheet.handed_over_on, sheet.is_legible = None, False


def keep(sheet: EventSheet, *, by: Any) -> None:
    """Whose duty it is keeps the sheet and the customer's file."""
    duties.demand(by, sheet.site_id, sheet.scheme_key, [_said(sheet)["kept_by"]])
    sheet.kept_by_id, sheet.kept_by, sheet.kept_on = getattr(by, "id", None), by, today()
    if sheet.file is not None and sheet.file.state in LIVE_STATES and by is not None:
        archive.give_to(sheet.file, by.id, by=by)


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move("make_sheet", {"draft"}, "made", "EventSheet:make_sheet", _l("It is complete"), make, guard=only_the_filler,
         style="primary"),
    Move("hand_sheet_over", {"made"}, "handed_over", "EventSheet:make_sheet", _l("Hand it over"), hand_over,
         guard=only_the_filler, style="primary"),
    Move("check_sheet", {"handed_over"}, "checked", "EventSheet:check_sheet", _l("Checked"), check,
         asks=(("is_legible?", _l("Complete and legible")),), style="primary"),
    Move("send_sheet_back", {"made", "handed_over"}, "draft", "EventSheet:check_sheet", _l("Send it back"), send_back,
         asks=_WHY),
    Move("keep_sheet", {"checked"}, "kept", "EventSheet:keep_sheet", _l("Keep it"), keep, style="primary"),
]  # fmt: skip
