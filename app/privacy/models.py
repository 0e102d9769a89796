"""Consents and their end, what people ask about their data, and what has to be done about both."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.archive.models import Document
from app.customers.models import Contact, Customer
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, now, signature, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.crypto import Encrypted

CONSENT_PURPOSES = {
    "contacting": _l("Being contacted about the tenancy"),
    "identity_scan": _l("A picture of the identity card (separate consent)"),
    "health": _l("Health data (separate consent)"),
    "news": _l("News and invitations"),
    "events": _l("Data collected at an event"),
}
VERDICTS = {"given": _l("Given"), "withdrawn": _l("Consent withdrawn")}
WAYS = {
    "paper": _l("Signed on paper"),
    "screen": _l("Signed on screen"),
    "telephone": _l("By telephone"),
}
REQUEST_KINDS = {
    "access": _l("See and take along one's data"),
    "correct": _l("Correct one's data"),
    "erase": _l("Erase one's data"),
    "restrict": _l("Stop all but keeping"),
}
PROOFS = {
    "": _l("Not verified"),
    "identity_card": _l("Identity card shown in person"),
    "known": _l("Known to the desk in person"),
    "called_back": _l("Called back at the number on file"),
    "authority": _l("Written authority, and the agent's identity card"),
}
REQUEST_STATES = {
    "received": _l("Taken down"),
    "verified": _l("Identity verified"),
    "approved": _l("Approved"),
    "done": _l("Done"),
    "refused": _l("Refused"),
}
REQUEST_TONES = {"received": "warn", "verified": "warn", "approved": "good", "done": "good", "refused": "bad"}
OVER = frozenset({"done", "refused"})
TASK_KINDS = {
    "remove_scans": _l("Remove pictures of the identity card"),
    "stop_using": _l("Stop using the data for this purpose"),
    "look_through": _l("Look through what still names the person"),
}
TASK_STATES = {"open": _l("Still to do"), "done": _l("Done")}


class Personal(Sited):
    """Mixin: about a customer, or one of the customer's contacts; once over, it is sealed with their files."""

    lies_with_customer: ClassVar[bool] = True

    @property
    def is_daily_work(self) -> bool:
        """Still in hand: nothing seals it."""
        return getattr(self, "state", "done") not in OVER

    @declared_attr
    def customer_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("customer.id"), index=True, info={"label": _l("Customer")})

    @declared_attr
    def contact_id(cls) -> Mapped[int | None]:
        hint = _l("Nobody chosen: the person in charge.")
        return mapped_column(ForeignKey("contact.id"), index=True, info={"label": _l("Contact"), "hint": hint})

    @declared_attr
    def site(cls) -> Mapped[Site]:
        return relationship(Site, info={"label": _l("Site"), "required": False})  # follows from the customer

    @declared_attr
    def customer(cls) -> Mapped[Customer]:
        return relationship(Customer, info={"label": _l("Customer")})

    @declared_attr
    def contact(cls) -> Mapped[Contact | None]:
        return relationship(Contact, info={"label": _l("Contact")})


class Consent(Personal, Record, Model):
    """A person agreed to a purpose, or no longer does: a line that stays (PIPL 13–16, 28–29).

    `notice_version` and `notice_digest` say which words were shown (`app/privacy/notices.yaml`).
    """

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index("ix_consent_person", "customer_id", "purpose", "contact_id"),
    )
    append_only = True
    number: Mapped[str] = text(30, _l("Number"))
    purpose: Mapped[str] = choice(_l("Purpose of use"), CONSENT_PURPOSES, "contacting")
    verdict: Mapped[str] = choice(_l("Consent"), VERDICTS, "given", tones={"given": "good", "withdrawn": "bad"})
    way: Mapped[str] = choice(_l("How it was said"), WAYS, "paper")
    notice_version: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Version of the words shown")})
    notice_digest: Mapped[str] = text(64, _l("Digest of the words shown (SHA-256)"))
    client_signature: Mapped[str] = signature(_l("Signature of the person"))
    said_at: Mapped[dt.datetime] = mapped_column(Moment, default=now, info={"label": _l("Said at")})
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Taken down by")})
    taken_by: Mapped[Any] = relationship("User", foreign_keys=[taken_by_id], info={"label": _l("Taken down by")})

    def __str__(self) -> str:
        return self.number


class DataRequest(Personal, Record, Model):
    """What a person asks about their own data; to be answered within 15 days (PIPL 44–47, 50; P1.21)."""

    __tablename__ = "data_request"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Number"))
    kind: Mapped[str] = choice(_l("Asks to"), REQUEST_KINDS, "access")
    asker: Mapped[str] = text(60, _l("Who asks"), required=True, sealed=True)
    wanted: Mapped[str] = text(500, _l("What is asked for"), sealed=True)
    correct_column: Mapped[str] = text(60, _l("What is wrong"))
    correct_value: Mapped[str] = mapped_column(
        Encrypted("data_request.correct_value"),
        default="",
        info={"label": _l("What is right"), "mask": "generic", "sealed": True, "required": False},
    )
    received_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Received on"), "required": False})
    due_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Answer by")})
    proof: Mapped[str] = choice(_l("How the identity was verified"), PROOFS, "")
    state: Mapped[str] = choice(_l("State"), REQUEST_STATES, "received", tones=REQUEST_TONES)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Taken down by")})
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Verified by")})
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Approved by")})
    approved_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Approved at")})
    exported_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Handed out at")})
    done_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Done at")})
    reason: Mapped[str] = text(300, _l("Reason of the refusal"), sealed=True)
    taken_by: Mapped[Any] = relationship("User", foreign_keys=[taken_by_id], info={"label": _l("Taken down by")})
    verified_by: Mapped[Any] = relationship("User", foreign_keys=[verified_by_id], info={"label": _l("Verified by")})
    approved_by: Mapped[Any] = relationship("User", foreign_keys=[approved_by_id], info={"label": _l("Approved by")})

    def __str__(self) -> str:
        return self.number


class DataTask(Personal, Record, Model):
    """What has to be done because of a consent that ended, or of an erasure; it waits on the first page."""

    __tablename__ = "data_task"
    kind: Mapped[str] = choice(_l("What has to be done"), TASK_KINDS, "stop_using")
    state: Mapped[str] = choice(_l("State"), TASK_STATES, "open", tones={"open": "warn", "done": "good"})
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), info={"label": _l("Consent")})
    request_id: Mapped[int | None] = mapped_column(ForeignKey("data_request.id"), info={"label": _l("Request")})
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), info={"label": _l("Paper")})
    found_in: Mapped[str] = text(1000, _l("Found in"))
    due_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("By")})
    assignee_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Who does it")}
    )
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Done by")})
    done_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Done at")})
    outcome: Mapped[str] = text(300, _l("What was done"), sealed=True)
    consent: Mapped[Consent | None] = relationship(info={"label": _l("Consent")})
    request: Mapped[DataRequest | None] = relationship(info={"label": _l("Request")})
    document: Mapped[Document | None] = relationship(info={"label": _l("Paper")})
    assignee: Mapped[Any] = relationship("User", foreign_keys=[assignee_id], info={"label": _l("Who does it")})
    done_by: Mapped[Any] = relationship("User", foreign_keys=[done_by_id], info={"label": _l("Done by")})

    def __str__(self) -> str:
        return f"{TASK_KINDS[self.kind]} · {self.id}"
