"""The sheet of the first contact: begun by who may collect, complete and agreed to, handed over as a batch."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from app.customers import rules as customers
from app.estate.numbers import numbered
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l, label
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit, gate
from app.trades import duties, filing, scheme
from app.trades.models import ContactSheet

SERIES, BATCHES = "GX", "JB"
OLDEST = 130
FORGOTTEN = (
    "name", "phone", "address", "birth_year", "gender", "occupation", "household", "interests", "remark", "consent_by",
    "client_signature",
)  # fmt: skip


def begin(sheet: ContactSheet, *, by: Any = None) -> ContactSheet:
    """A new sheet of the first contact; whoever begins it has collected the customer, for good (P1.02, P1.03)."""
    with db.session.no_autoflush:
        sheet.scheme_key = scheme.scheme_of(sheet.scheme_key or "").key
        _settle_site(sheet)
        duties.demand(by, sheet.site_id, sheet.scheme_key, scheme.part(sheet.scheme_key)["first"]["by"])
        _check(sheet)
        sheet.number = numbered(sheet.site_id, SERIES)
    sheet.state, sheet.collector_id, sheet.collector = "draft", getattr(by, "id", None), by
    db.session.add(sheet)
    db.session.flush()
    audit.write("collect", sheet, {"number": sheet.number}, by=by)
    return sheet


def _settle_site(sheet: ContactSheet) -> None:
    """The customer's site, the one that was chosen, or the only one its writer works for."""
    if sheet.customer is not None:
        sheet.site = sheet.customer.site
    sites = [sheet.site.id] if sheet.site is not None else gate.site_ids()
    if len(sites) != 1:
        raise RuleError(_l("Choose a site."), field="site")
    sheet.site_id = sites[0]


def amend(sheet: ContactSheet, *, by: Any = None) -> None:
    """A sheet is filled in by who began it, until it is complete."""
    if sheet.state != "draft":
        raise RuleError(_l("This sheet is complete: it changes no more."))
    only_the_collector(sheet, by)
    with db.session.no_autoflush:
        _check(sheet)


def _check(sheet: ContactSheet) -> None:
    said = sheet.birth_year or ""
    year = int(said) if re.fullmatch(r"[0-9]{4}", said) else 0
    if said and not today().year - OLDEST <= year <= today().year:
        raise RuleError(_l("This is no year in which somebody living was born."), field="birth_year")


def only_the_collector(sheet: ContactSheet, user: Any) -> None:
    if user is not None and user.id != sheet.collector_id:
        raise RuleError(_l("Only who collected the customer fills in the sheet."))


def missing(sheet: ContactSheet) -> list[str]:
    """The particulars that the scheme asks for and nobody has filled in (P1.01)."""
    required: list[str] = scheme.part(sheet.scheme_key)["first"]["required"]
    return [name for name in required if not str(getattr(sheet, name) or "").strip()]


def submit(sheet: ContactSheet, *, by: Any) -> None:
    """The sheet is complete, agreed to and signed: the customer is known, and their file is open (P1.01, P1.03)."""
    _demand_complete(sheet)
    _demand_consent(sheet)
    if not sheet.is_signed_on_paper and not sheet.collector_signature:
        raise RuleError(_l("Who collected the customer signs the sheet, on screen or on paper."))
    if sheet.customer is None:
        sheet.customer = customers.add_customer(sheet.site, sheet.name.strip(), kind="person", by=by)
        sheet.customer_id = sheet.customer.id
    customers.set_contact(sheet.customer, "daily", sheet.name.strip(), sheet.phone, by=by)
    sheet.file = filing.open_for(sheet.customer, sheet.scheme_key, by=by)
    sheet.file_id, sheet.submitted_at = sheet.file.id, now()
    first = scheme.part(sheet.scheme_key)["first"]
    filing.put_in(sheet, first["paper"], f"{first['name']['zh_Hans']} {sheet.number}", by=by)


def _demand_complete(sheet: ContactSheet) -> None:
    if lacking := missing(sheet):
        what = "、".join(str(label(ContactSheet, name)) for name in lacking)
        raise RuleError(_l("Still to be filled in: %(what)s.", what=what), field=lacking[0])


def _demand_consent(sheet: ContactSheet) -> None:
    """Nothing is collected from who was not told the true purpose, or did not agree (PIPL 13, 17)."""
    if not sheet.has_consent or not sheet.consent_by.strip():
        raise RuleError(
            _l("Tell the person the purpose and write down who agreed: without consent nothing is collected."),
            field="has_consent",
        )
    if not sheet.is_signed_on_paper and not sheet.client_signature:
        raise RuleError(_l("Have the person sign on screen, or on paper."), field="client_signature")
    notice = scheme.part(sheet.scheme_key)["notice"]
    sheet.notice_version, sheet.notice_digest = notice["version"], scheme.digest_of(notice)
    sheet.consent_at = now()


def hand_over_all(*, by: Any) -> list[ContactSheet]:
    """Every complete sheet of who hands over goes to the manager at once, a batch a site and scheme (P1.04)."""
    mine = select(ContactSheet).where(ContactSheet.collector_id == by.id, ContactSheet.state == "submitted")
    waiting = list(db.session.scalars(gate.scope(mine, ContactSheet).order_by(ContactSheet.id)))
    if not waiting:
        raise RuleError(_l("There is no complete sheet to hand over."))
    batches: dict[tuple[int, str], str] = {}
    for sheet in waiting:
        group = (sheet.site_id, sheet.scheme_key)
        receiver = duties.first(*group, scheme.part(sheet.scheme_key)["first"]["handed_to"])
        if receiver is None:
            raise RuleError(_l("Nobody has the duty to receive these sheets."))
        batches.setdefault(group, "")
        batches[group] = batches[group] or numbered(sheet.site_id, BATCHES)
        sheet.state, sheet.batch, sheet.handed_over_at = "handed_over", batches[group], now()
        sheet.handed_to_id, sheet.handed_to = receiver.id, receiver
        audit.write("hand_in", sheet, {"number": sheet.number, "batch": sheet.batch}, by=by)
    db.session.flush()
    return waiting


def send_back(sheet: ContactSheet, *, by: Any, reason: str = "") -> None:
    """What cannot be read or does not hold is filled in anew by who collected it."""
    sheet.submitted_at = sheet.handed_over_at = None
    sheet.handed_to_id, sheet.handed_to, sheet.batch = None, None, ""


def drop(sheet: ContactSheet, *, by: Any, reason: str = "") -> None:
    """Nothing comes of it: what was typed about the person goes."""
    for name in FORGOTTEN:
        setattr(sheet, name, "")


def known(draft: Any) -> dict[str, Any]:
    """The only scheme that collects, and what is known of a chosen customer."""
    keys = list(scheme.collecting())
    told: dict[str, Any] = {"scheme_key": keys[0]} if len(keys) == 1 else {}
    customer = getattr(draft, "customer", None)
    if customer is not None and not gate.is_sealed(customer):
        contact = customers.current_contact(customer, "daily")
        told |= {"name": customer.name, "phone": contact.phone if contact else ""}
    return told


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move("submit_sheet", {"draft"}, "submitted", "ContactSheet:submit_sheet", _l("It is complete"), submit,
         guard=only_the_collector, style="primary"),
    Move("send_sheet_back", {"submitted", "handed_over"}, "draft", "ContactSheet:send_sheet_back", _l("Send it back"),
         send_back, asks=_WHY),
    Move("drop_sheet", {"draft"}, "dropped", "ContactSheet:drop_sheet", _l("Give it up"), drop, asks=_WHY,
         guard=only_the_collector, style="danger"),
]  # fmt: skip
