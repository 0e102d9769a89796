"""Consents given and withdrawn, and what follows: pictures of identity cards are kept while theirs lives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.archive.models import Document
from app.archive.papers import classes
from app.customers.models import Contact, Customer
from app.estate.numbers import numbered
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.privacy import notices, tasks
from app.privacy.models import Consent
from app.security import audit, gate

SERIES = "TY"
PICTURE = "identity_scan"


def write_down(consent: Consent, *, by: Any = None) -> Consent:
    """A consent, or its end, as the person said it just now; the words that were shown are kept by version and digest.

    A withdrawal is never refused (PIPL 15); what has to be done about it is a task.
    """
    with db.session.no_autoflush:
        _settle(consent)
    consent.taken_by_id = getattr(by, "id", None)
    consent.number = numbered(consent.site_id, SERIES)
    db.session.add(consent)
    db.session.flush()
    audit.write("consent", consent, {"number": consent.number, "verdict": consent.verdict}, by=by)
    if consent.verdict == "withdrawn":
        tasks.after_withdrawal(consent, by=by)
    return consent


def _settle(consent: Consent) -> None:
    """Whose consent it is, and to which words."""
    if consent.customer is None:
        raise RuleError(_l("Choose a customer."), field="customer")
    if consent.contact is not None and consent.contact.customer_id != consent.customer.id:
        raise RuleError(_l("This contact belongs to another customer."), field="contact")
    consent.site_id, consent.customer_id = consent.customer.site_id, consent.customer.id
    consent.contact_id = consent.contact.id if consent.contact else None
    consent.purpose, consent.verdict = consent.purpose or "contacting", consent.verdict or "given"
    before = latest(consent.customer, consent.purpose, consent.contact)
    if consent.verdict == "withdrawn" and (before is None or before.verdict == "withdrawn"):
        raise RuleError(_l("There is no consent to withdraw."), field="verdict")
    if consent.way == "screen" and not consent.client_signature:
        raise RuleError(_l("Have the person sign on screen, or choose another way."), field="client_signature")
    notice = notices.current(consent.purpose)
    consent.notice_version, consent.notice_digest = notice.version, notice.digest
    consent.said_at = now()


def latest(customer: Customer, purpose: str, contact: Contact | None = None) -> Consent | None:
    """What the person said last about a purpose; without a contact the person in charge."""
    theirs = (
        Consent.customer_id == customer.id,
        Consent.purpose == purpose,
        Consent.contact_id == (contact.id if contact is not None else None),
    )
    return db.session.scalar(select(Consent).where(*theirs).order_by(Consent.id.desc()).limit(1))


def lives(customer: Customer | None, purpose: str, contact: Contact | None = None) -> bool:
    """The person agreed and has not taken it back."""
    said = latest(customer, purpose, contact) if customer is not None else None
    return said is not None and said.verdict == "given"


def standing(customer_id: int) -> list[Consent]:
    """What holds now: the last line of every person and purpose, in one statement."""
    lines = select(Consent).where(Consent.customer_id == customer_id).order_by(Consent.id)
    return list({(line.contact_id, line.purpose): line for line in db.session.scalars(lines)}.values())


# --- pictures of identity cards ---


def is_sensitive(document: Document) -> bool:
    """The paper is of a class that the scheme marks as sensitive."""
    return any(paper["key"] == document.paper_class and paper.get("sensitive") for paper in classes(document.file))


def without_consent(document: Document) -> Iterator[Any]:
    """Why a picture of this paper may be neither kept nor shown; asked by the archive."""
    if is_sensitive(document) and not lives(document.file.customer, PICTURE):
        yield _l("A picture of an identity card needs a separate consent of the person in charge, which is missing.")


def persons_of(draft: Any) -> list[tuple[Any, Any]]:
    """The contacts of the chosen customer, for the form."""
    customer = getattr(draft, "customer", None)
    there = customer.contacts if customer is not None and not gate.is_sealed(customer) else []
    return [(contact.id, contact.name) for contact in there]
