"""Who has which duty in a trade, the sheet of the first contact, and to whom a customer is allocated."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model
from flask_babel.speaklater import LazyString
from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, UniqueConstraint, event, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, Session, attributes, mapped_column, relationship

from app.archive.models import File
from app.customers.models import Customer
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, signature, text
from app.kit.labels import _l
from app.kit.session import AppendOnlyError, Record
from app.trades import scheme

FILLED_BY = {"self": _l("The customer"), "collector": _l("The collector, for the customer")}
GENDERS = {"": _l("Not said"), "female": _l("Female"), "male": _l("Male")}
SHEET_STATES = {
    "draft": _l("Being filled in"),
    "submitted": _l("Complete, to be handed over"),
    "handed_over": _l("Handed over, to be allocated"),
    "allocated": _l("Allocated"),
    "dropped": _l("Given up"),
}
SHEET_TONES = {"draft": "warn", "submitted": "warn", "handed_over": "warn", "allocated": "good"}
DECIDED_BY = {
    "collector": _l("Who collected the customer"),
    "area": _l("The nearest by area"),
    "newcomer": _l("The share of newcomers"),
    "score": _l("Ability, efficiency and workload"),
    "by_hand": _l("By hand"),
    "ended": _l("Ended"),
}
PLACE_HINT = _l("Its place after “who collected the customer”; 0 where it is not used.")


class DutyHolder(Sited, Record, Model):
    """Somebody has a duty of a scheme at a site, e.g. calls on customers; an end is a day."""

    __tablename__ = "duty_holder"
    __table_args__ = (Index("ix_duty_holder_of", "site_id", "scheme_key", "duty"),)
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    duty: Mapped[str] = text(40, _l("Duty"), required=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Person")})
    areas: Mapped[str] = text(300, _l("Areas covered"), hint=_l("Names of areas with spaces between."))
    since_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Since"), "required": False})
    until_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Until")})
    ability: Mapped[int] = mapped_column(
        Integer, default=5, info={"label": _l("Ability"), "hint": _l("A mark from 0 to 10.")}
    )
    efficiency: Mapped[int] = mapped_column(
        Integer, default=5, info={"label": _l("Efficiency"), "hint": _l("A mark from 0 to 10.")}
    )
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Person")})

    def __str__(self) -> str:
        return f"{self.user}"


class AllocationPolicy(Sited, Record, Model):
    """How a site allocates customers where it does otherwise than its scheme says (P1.05)."""

    __tablename__ = "allocation_policy"
    __table_args__ = (UniqueConstraint("site_id", "scheme_key"),)
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    area_place: Mapped[int] = mapped_column(
        Integer, default=1, info={"label": _l("Nearest by area"), "hint": PLACE_HINT}
    )
    newcomer_place: Mapped[int] = mapped_column(
        Integer, default=2, info={"label": _l("Share of newcomers"), "hint": PLACE_HINT}
    )
    score_place: Mapped[int] = mapped_column(
        Integer, default=3, info={"label": _l("Ability, efficiency and workload"), "hint": PLACE_HINT}
    )
    newcomer_percent: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Share of newcomers (%)")})
    newcomer_days: Mapped[int] = mapped_column(Integer, default=90, info={"label": _l("A newcomer for how many days")})
    weight_ability: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Weight of ability")})
    weight_efficiency: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Weight of efficiency")})
    weight_workload: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Weight of workload")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})

    @property
    def order(self) -> tuple[str, ...]:
        """The rules that are used, who collected a customer always first."""
        places = {"area": self.area_place, "newcomer": self.newcomer_place, "score": self.score_place}
        used = sorted((place, rule) for rule, place in places.items() if place)
        return ("collector", *(rule for _place, rule in used))

    def __str__(self) -> str:
        return f"{self.site}"


class ContactSheet(Sited, Record, Model):
    """The sheet of the first contact (P1.01–P1.04). Who collected it stays its collector for good.

    While it is in hand nothing of it is sealed; once allocated it lies with the customer's files.
    """

    __tablename__ = "contact_sheet"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    filed_as = "contact_sheet"
    lies_with_customer = True
    OVER: ClassVar[frozenset[str]] = frozenset({"allocated", "dropped"})
    number: Mapped[str] = text(30, _l("Number"))
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    collector_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Collected by")}
    )
    filled_by: Mapped[str] = choice(_l("Filled in by"), FILLED_BY, "self")
    name: Mapped[str] = text(60, _l("Name"), sealed=True)
    phone: Mapped[str] = text(40, _l("Telephone"), kind="phone", sealed=True)
    address: Mapped[str] = text(200, _l("Address"), sealed=True)
    area: Mapped[str] = text(60, _l("Area"))
    birth_year: Mapped[str] = text(10, _l("Year of birth"), sealed=True)
    gender: Mapped[str] = choice(_l("Gender"), GENDERS, "", sealed=True)
    occupation: Mapped[str] = text(60, _l("Occupation"), sealed=True)
    household: Mapped[str] = text(300, _l("Household"), sealed=True)
    interests: Mapped[str] = text(300, _l("What is of interest"), sealed=True)
    remark: Mapped[str] = text(500, _l("Remark"), sealed=True)
    has_consent: Mapped[bool] = mapped_column(
        Boolean,
        default=False,
        info={"label": _l("Told the purpose and agreed"), "hint": LazyString(scheme.notices), "required": False},
    )
    consent_by: Mapped[str] = text(60, _l("Who agreed"), sealed=True)
    consent_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Agreed at")})
    notice_version: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Version of the words shown")})
    notice_digest: Mapped[str] = text(64, _l("Digest of the words shown (SHA-256)"))
    client_signature: Mapped[str] = signature(_l("Signature of the customer"))
    collector_signature: Mapped[str] = signature(_l("Signature of the collector"))
    is_signed_on_paper: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Both signed on paper")})
    state: Mapped[str] = choice(_l("State"), SHEET_STATES, "draft", tones=SHEET_TONES)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Complete since")})
    batch: Mapped[str] = text(30, _l("Handed over with"))
    handed_over_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Handed over at")})
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Handed over to")})
    customer_id: Mapped[int | None] = mapped_column(
        ForeignKey("customer.id"), index=True, info={"label": _l("Customer")}
    )
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})  # the only one of the writer's
    collector: Mapped[Any] = relationship("User", foreign_keys=[collector_id], info={"label": _l("Collected by")})
    handed_to: Mapped[Any] = relationship("User", foreign_keys=[handed_to_id], info={"label": _l("Handed over to")})
    customer: Mapped[Customer | None] = relationship(info={"label": _l("Customer")})
    file: Mapped[File | None] = relationship(info={"label": _l("File")})

    @property
    def is_daily_work(self) -> bool:
        return self.state not in self.OVER

    def __str__(self) -> str:
        return self.number


class Allocation(Sited, Record, Model):
    """A customer goes to somebody, by which rule, decided by whom; never changed (P1.05).

    The next line about the customer names the one before: whom nobody follows holds. Without a holder it has ended.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        Index(
            "uq_allocation_first",
            "scheme_key",
            "customer_id",
            unique=True,
            sqlite_where=sql("before_id is null"),
            postgresql_where=sql("before_id is null"),
        ),
    )
    append_only = True
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True, info={"label": _l("Customer")})
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Goes to")})
    rule: Mapped[str] = choice(_l("Decided by rule"), DECIDED_BY, "by_hand", tones={"by_hand": "warn"})
    reason: Mapped[str] = text(300, _l("Reason"))
    batch: Mapped[str] = text(30, _l("Allocated with"))
    sheet_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_sheet.id"), index=True, info={"label": _l("First contact sheet")}
    )
    before_id: Mapped[int | None] = mapped_column(
        ForeignKey("allocation.id"), unique=True, info={"label": _l("Allocation before")}
    )
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("Decided at"), "required": False})
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})  # follows from the customer
    customer: Mapped[Customer] = relationship(info={"label": _l("Customer")})
    holder: Mapped[Any] = relationship("User", foreign_keys=[holder_id], info={"label": _l("Goes to")})
    sheet: Mapped[ContactSheet | None] = relationship(info={"label": _l("First contact sheet")})
    before: Mapped[Allocation | None] = relationship(
        remote_side="Allocation.id", info={"label": _l("Allocation before")}
    )
    after: Mapped[Allocation | None] = relationship(
        primaryjoin="Allocation.id == remote(foreign(Allocation.before_id))",
        uselist=False,
        viewonly=True,
        info={"label": _l("Allocation after")},
    )
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})

    @property
    def state(self) -> str:
        """Whether it holds now: its one step goes by it."""
        return "live" if self.holder_id is not None and self.after is None else "over"

    def __str__(self) -> str:
        return f"{self.customer}"


@event.listens_for(Session, "before_flush")
def _collectors_stay(session: Session, _context: Any, _instances: Any) -> None:
    """P1.03: who collected a customer is never rewritten."""
    for record in list(session.dirty):
        if isinstance(record, ContactSheet) and _was_other(session, record):
            raise AppendOnlyError("a sheet keeps its collector")


def _was_other(session: Session, sheet: ContactSheet) -> bool:
    history = attributes.get_history(sheet, "collector_id")
    if not history.added:
        return False
    before = next(iter(history.deleted or ()), None)
    if before is None:  # set without having been read: ask what is stored
        with session.no_autoflush:
            before = session.scalar(select(ContactSheet.collector_id).where(ContactSheet.id == sheet.id))
    return before is not None and before != sheet.collector_id
