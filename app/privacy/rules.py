"""What a person asks about their data: taken down, verified, approved by another, carried out within 15 days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.archive import seals
from app.customers import rules as customers
from app.customers.models import Contact, Customer
from app.estate.numbers import numbered
from app.exchange import identity
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l, label
from app.kit.moves import Move
from app.kit.session import db
from app.privacy import bundle, erasing, reach
from app.privacy.models import PROOFS, DataRequest
from app.security import audit, crypto
from app.security.audit_words import SUBJECTS

SERIES = "GR"
DAYS = 15  # PIPL 50 asks for an answer in good time; regulators take 15 working days as the outside
CORRECTABLE = {
    "customer": ("name", "name_en", "licence_number", "representative", "id_number"),
    "contact": ("name", "phone", "email"),
}


def take_down(request: DataRequest, *, by: Any = None) -> DataRequest:
    """What somebody asks about their data, as they asked it."""
    with db.session.no_autoflush:
        _settle(request)
    request.taken_by_id, request.state = getattr(by, "id", None), "received"
    request.number = numbered(request.site_id, SERIES)
    db.session.add(request)
    db.session.flush()
    audit.write("ask_data", request, {"number": request.number, "kind": request.kind}, by=by)
    return request


def amend(request: DataRequest, *, by: Any = None) -> None:
    """What was taken down is put right until the identity is verified."""
    if request.state != "received":
        raise RuleError(_l("The request is being answered: it does not change."))
    with db.session.no_autoflush:
        _settle(request)


def _settle(request: DataRequest) -> None:
    customer, contact = request.customer, request.contact
    if customer is None:
        raise RuleError(_l("Choose a customer."), field="customer")
    if contact is not None and contact.customer_id != customer.id:
        raise RuleError(_l("This contact belongs to another customer."), field="contact")
    request.site_id, request.customer_id = customer.site_id, customer.id
    request.contact_id = contact.id if contact else None
    request.received_on = request.received_on or today()
    if request.received_on > today():
        raise RuleError(_l("This lies in the future."), field="received_on")
    request.due_on = request.received_on + dt.timedelta(days=DAYS)
    if request.kind == "correct":
        _check_correction(request)


def _check_correction(request: DataRequest) -> None:
    """What is wrong and what is right, both, and of the person who asks."""
    table, _dot, column = (request.correct_column or "").partition(".")
    if column not in CORRECTABLE.get(table, ()):
        raise RuleError(_l("Say what is wrong."), field="correct_column")
    if (table == "contact") != (request.contact is not None):
        raise RuleError(_l("This belongs to another person: choose the contact, or nobody."), field="correct_column")
    value = (request.correct_value or "").strip()
    if not value:
        raise RuleError(_l("Say what is right."), field="correct_value")
    if column == "id_number" and (wrong := identity.look(value)[0]):
        raise RuleError(wrong, field="correct_value")
    length = getattr(_record_of(request).__table__.c[column].type, "length", None)
    if length and len(value) > length:
        raise RuleError(_l("At most %(count)s characters.", count=length), field="correct_value")


def _record_of(request: DataRequest) -> Any:
    return request.contact or request.customer


def correctable(draft: Any) -> list[tuple[str, Any]]:
    """What can be put right, for the form."""
    models: dict[str, Any] = {"customer": Customer, "contact": Contact}
    return [
        (f"{table}.{name}", f"{SUBJECTS[models[table].__name__]} · {label(models[table], name)}")
        for table, names in CORRECTABLE.items()
        for name in names
    ]


# --- the steps ---


def verify(request: DataRequest, *, by: Any, proof: str = "") -> None:
    """Who asks is who they say: without it nothing is told to anybody (P1.21)."""
    if not proof or proof not in PROOFS:
        raise RuleError(_l("Say how the identity was verified."), field="proof")
    request.proof, request.verified_by_id = proof, getattr(by, "id", None)


def approve(request: DataRequest, *, by: Any) -> None:
    """The manager lets it be carried out."""
    request.approved_by_id, request.approved_at = getattr(by, "id", None), now()


def refuse(request: DataRequest, *, by: Any, reason: str = "") -> None:
    """A refusal says why (PIPL 50)."""
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    request.reason, request.done_at = reason.strip()[:300], now()


def carry_out(request: DataRequest, *, by: Any) -> None:
    """Do what was asked for and approved."""
    {"access": _handed_out, "correct": _correct, "erase": erasing.erase, "restrict": _restrict}[request.kind](
        request, by=by
    )
    request.done_at = now()


def _handed_out(request: DataRequest, *, by: Any) -> None:
    if request.exported_at is None:
        raise RuleError(_l("The data has not been handed out yet."))


def hand_out(request: DataRequest, *, by: Any) -> bytes:
    """The zip of everything about the person; an approved request only, and a line before it leaves."""
    if request.kind != "access" or request.state != "approved":
        raise RuleError(_l("Data is handed out on an approved request only."))
    packed = bundle.packed(request.customer, request.contact)
    request.exported_at = now()
    audit.write("export", request, {"number": request.number}, by=by)
    audit.write("export", _record_of(request), {"number": request.number}, by=by)
    return packed


def _correct(request: DataRequest, *, by: Any) -> None:
    """Put it right; of what was wrong only a keyed digest stays, so that it can be proved but not read."""
    record, column = _record_of(request), request.correct_column.partition(".")[2]
    before, value = str(getattr(record, column) or ""), request.correct_value.strip()
    setattr(record, column, value)
    if record is request.customer:
        customers.keep_customer(record, by=by)
    request.correct_value = ""
    db.session.flush()
    digest = crypto.blind_index(f"corrected.{request.correct_column}", before)
    audit.write("correct_data", record, {"column": column, "before": digest, "number": request.number}, by=by)


def _restrict(request: DataRequest, *, by: Any) -> None:
    """All but keeping stops: the person's files are restricted, each reading needs a further approval (PIPL 47)."""
    for file in reach.files_of(request.customer):
        if file.seal == "none":
            seals.restrict(file, by=by, reason=request.number)
            audit.write("restrict", file, {"request": request.number}, by=by)
    db.session.flush()


# --- who may not ---


def _another(request: DataRequest, user: Any) -> None:
    """Who took it down or verified it does not approve it."""
    if user is not None and user.id in (request.taken_by_id, request.verified_by_id):
        raise RuleError(_l("Who took the request down or verified it does not decide on it."))


def _is_ready(request: DataRequest, user: Any) -> None:
    if request.kind == "access" and request.exported_at is None:
        raise RuleError(_l("The data has not been handed out yet."))


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move(
        "verify", {"received"}, "verified", "DataRequest:verify", _l("Identity verified"), verify,
        asks=(("proof", _l("How the identity was verified")),), style="primary",
    ),
    Move(
        "approve", {"verified"}, "approved", "DataRequest:approve", _l("Approve"), approve, guard=_another,
        style="primary",
    ),
    Move(
        "carry_out", {"approved"}, "done", "DataRequest:carry_out", _l("Carry out"), carry_out, guard=_is_ready,
        style="primary",
    ),
    Move(
        "refuse", {"received", "verified", "approved"}, "refused", "DataRequest:refuse", _l("Refuse"), refuse,
        asks=_WHY, style="danger",
    ),
]  # fmt: skip
