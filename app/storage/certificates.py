"""Certificates in the safe, apart by file: received, lent, back, given back under both signatures (P11.05, P11.07)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.archive.models import LIVE_STATES, File
from app.estate.models import Place
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit
from app.storage.models import Certificate, CertificateLine
from app.storage.places import is_in_a_safe, path


def receive(certificate: Certificate, *, by: Any = None) -> Certificate:
    """A certificate comes in: its number is its file's, and it lies in the file's own envelope of a safe."""
    with db.session.no_autoflush:
        file = certificate.file
        if file is None or file.state not in LIVE_STATES:
            raise RuleError(_l("Certificates are added to a live file."), field="file")
        certificate.site_id, certificate.number = file.site_id, file.number
        if certificate.pages is not None and certificate.pages < 1:
            raise RuleError(_l("A paper has at least one page."), field="pages")
        certificate.place = _place_for(file, certificate.place)
        certificate.received_on = certificate.received_on or today()
        if certificate.received_on > today():
            raise RuleError(_l("This lies in the future."), field="received_on")
        certificate.keeper, certificate.state = by, "held"
        certificate.keeper_id = getattr(by, "id", None)
    db.session.add(certificate)
    db.session.flush()
    _note(certificate, "received", by, person=certificate.received_from or "")
    audit.write("receive_certificate", certificate, {"number": certificate.number, "kind": certificate.kind}, by=by)
    return certificate


def _place_for(file: File, place: Place | None) -> Place:
    """In a safe, in a place that holds nobody else's; the safe itself gets an envelope for the file."""
    if place is None or place.site_id != file.site_id or place.state != "used" or not is_in_a_safe(place):
        raise RuleError(_l("Certificates are kept in one of the site's safes."), field="place")
    if place.kind == "safe":
        return envelope(place, file)
    others = select(Certificate.id).where(
        Certificate.place_id == place.id, Certificate.number != file.number, Certificate.state.in_(("held", "lent"))
    )
    if db.session.scalar(others.limit(1)) is not None:
        raise RuleError(_l("Another file's certificates lie there: they are kept apart."), field="place")
    return place


def envelope(safe: Place, file: File) -> Place:
    """The file's own envelope in that safe, made when first needed."""
    code = f"{safe.code}/{file.number}"[:30]
    found = db.session.scalar(select(Place).where(Place.site_id == safe.site_id, Place.code == code))
    if found is None:
        found = Place(site_id=safe.site_id, kind="envelope", code=code, name=f"{file.number} 权证袋", parent=safe)
        db.session.add(found)
    if safe not in path(found):
        raise RuleError(_l("Choose a place in the safe: another is called %(code)s.", code=code), field="place")
    return found


def amend(certificate: Certificate, *, by: Any = None) -> None:
    """What was typed wrong is put right while the certificate is here."""
    if certificate.pages is not None and certificate.pages < 1:
        raise RuleError(_l("A paper has at least one page."), field="pages")


# --- the steps ---


def lend(
    certificate: Certificate, *, by: Any = None, lent_to: str = "", due_on: dt.date | None = None, reason: str = ""
) -> None:
    """Out of the safe for an errand, e.g. to the registry, to come back on a day."""
    if not lent_to.strip() or not reason.strip():
        raise RuleError(_l("Please fill this in."), field="reason" if lent_to.strip() else "lent_to")
    if due_on is None or due_on < today():
        raise RuleError(_l("Say when it comes back."), field="due_on")
    certificate.lent_to, certificate.due_on = lent_to.strip(), due_on
    _note(certificate, "lent", by, person=lent_to, reason=reason)


def take_back(certificate: Certificate, *, by: Any = None) -> None:
    """Complete and unharmed, it lies in its place again."""
    _note(certificate, "back", by, person=certificate.lent_to)
    certificate.lent_to, certificate.due_on = "", None


def put_elsewhere(certificate: Certificate, *, by: Any = None, place: Place | None = None, reason: str = "") -> None:
    if not reason.strip():
        raise RuleError(_l("Say why it is put elsewhere."), field="reason")
    found = _place_for(certificate.file, place)
    db.session.flush()
    if found.id == certificate.place_id:
        raise RuleError(_l("%(what)s lies there already.", what=certificate.number), field="place")
    certificate.place, certificate.place_id = found, found.id
    _note(certificate, "moved", by, reason=reason)


def give_back(
    certificate: Certificate, *, by: Any = None, returned_to: str = "", customer_signature: str = "",
    keeper_signature: str = "", is_signed_on_paper: bool = False,
) -> None:  # fmt: skip
    """The customer has it again: both have signed, here on the screen or on the printed slip (P11.05)."""
    if not returned_to.strip():
        raise RuleError(_l("Say who receives it."), field="returned_to")
    if not is_signed_on_paper:
        if not customer_signature:
            raise RuleError(_l("Both sign: the customer has not."), field="customer_signature")
        if not keeper_signature:
            raise RuleError(_l("Both sign: the keeper has not."), field="keeper_signature")
    certificate.returned_to, certificate.returned_on = returned_to.strip(), today()
    certificate.customer_signature, certificate.keeper_signature = customer_signature, keeper_signature
    certificate.is_signed_on_paper = is_signed_on_paper
    _note(certificate, "returned", by, person=returned_to)


def report_gone(certificate: Certificate, *, by: Any = None, reason: str = "") -> None:
    """It is not where it should be."""
    if not reason.strip():
        raise RuleError(_l("Say what happened."), field="reason")
    _note(certificate, "gone", by, reason=reason)


def keep(certificate: Certificate, keeper: Any, *, by: Any) -> None:
    """Another keeper: by a hand-over, never by typing a name."""
    certificate.keeper, certificate.keeper_id = keeper, keeper.id
    _note(certificate, "kept", by)
    audit.write("keep", certificate, {"to": keeper.id}, by=by)


def _note(certificate: Certificate, what: str, by: Any, *, person: str = "", reason: str = "") -> None:
    line = CertificateLine(
        site_id=certificate.site_id, certificate=certificate, what=what, at=now(), person=person.strip()[:60],
        reason=reason.strip()[:300], user_id=getattr(by, "id", None),
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()


# --- asked by others ---


def here_of(file: File) -> Iterator[Any]:
    """What stands in the way of destroying a file: a certificate that is still ours to keep."""
    query = select(Certificate.id).where(
        Certificate.site_id == file.site_id, Certificate.number == file.number, Certificate.state.in_(("held", "lent"))
    )
    if db.session.scalar(query.limit(1)) is not None:
        yield _l("a certificate of it is still in the safe or lent out")


def received(first: dt.date, last: dt.date) -> Select[tuple[Certificate]]:
    """The certificates that came in on these days, in order: the ledger (P11.02)."""
    query = select(Certificate).where(Certificate.received_on >= first, Certificate.received_on <= last)
    along = (joinedload(Certificate.file), joinedload(Certificate.place), joinedload(Certificate.keeper))
    return query.order_by(Certificate.site_id, Certificate.received_on, Certificate.id).options(*along)


_WHY = (("reason", _l("Reason")),)
_BOTH = (
    ("returned_to", _l("Given back to")),
    ("customer_signature?", _l("Signature of the customer")),
    ("keeper_signature?", _l("Signature of the keeper")),
    ("is_signed_on_paper", _l("Both have signed on paper")),
)
MOVES = [
    Move(
        "lend", {"held"}, "lent", "Certificate:lend", _l("Lend"), lend,
        asks=(("lent_to", _l("Lent to")), ("due_on", _l("Due back on")), *_WHY), style="primary",
    ),
    Move("take_back", {"lent"}, "held", "Certificate:lend", _l("Came back complete"), take_back, style="primary"),
    Move(
        "put_elsewhere", {"held"}, None, "Certificate:put_elsewhere", _l("Put elsewhere"), put_elsewhere,
        asks=(("place", _l("Place")), *_WHY),
    ),
    Move(
        "give_back", {"held"}, "returned", "Certificate:give_back", _l("Give back to the customer"), give_back,
        asks=_BOTH,
    ),
    Move(
        "report_gone", {"held", "lent"}, "gone", "Certificate:report_gone", _l("Report missing"), report_gone,
        asks=_WHY, style="danger",
    ),
]  # fmt: skip
