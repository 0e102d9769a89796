"""What went wrong with a file or paper, and within which bounds a penalty may be set."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import Document, File
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record

INCIDENT_KINDS = {
    "loss": _l("Lost"),
    "damage": _l("Damaged"),
    "leak": _l("Leaked"),
    "taken": _l("Taken away without leave"),
    "kept_back": _l("Kept back"),
    "moved": _l("Moved without leave"),
    "destroyed": _l("Destroyed without leave"),
    "not_handed_over": _l("Hand-over refused"),
    "other": _l("Other"),
}
INCIDENT_STATES = {
    "open": _l("To be decided"),
    "decided": _l("Decided"),
    "remade": _l("Made again"),
    "closed": _l("Closed"),
}
TASKS = {"": _l("Nothing to make again"), "to_do": _l("To be made again"), "done": _l("Made again")}
TONES = {"open": "bad", "decided": "warn", "remade": "good"}


class Incident(Sited, Record, Model):
    """Loss, damage, leak and what the rules forbid (P1.17, P4.18, P8.03); decided once, by somebody not accountable.

    While `task` is "to_do" it is the `remaker`'s to make the paper again, until `remake_due_on`.
    """

    __tablename__ = "incident"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Incident number"), required=True)
    kind: Mapped[str] = choice(_l("What happened to it"), INCIDENT_KINDS, "loss")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), info={"label": _l("Paper")})
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loan.id"), index=True, info={"label": _l("Loan")})
    found_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Found on")})
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Found by")})
    accountable_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Accountable")}
    )
    accountable_name: Mapped[str] = text(60, _l("Accountable, who has no account"))
    what_happened: Mapped[str] = text(1000, _l("What happened"), required=True)
    state: Mapped[str] = choice(_l("State"), INCIDENT_STATES, "open", tones=TONES)
    penalty_cents: Mapped[int | None] = mapped_column(BigInteger, info={"label": _l("Fine"), "kind": "money"})
    decision: Mapped[str] = text(500, _l("What was decided"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Decided at")})
    remaker_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Makes the paper again")}
    )
    remake_due_on: Mapped[dt.date | None] = mapped_column(Date, index=True, info={"label": _l("To be made again by")})
    task: Mapped[str] = choice(_l("Paper to make again"), TASKS, "", tones={"to_do": "warn", "done": "good"})
    remade_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Made again on")})
    new_paper_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), info={"label": _l("The new paper")})
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Over since")})
    outcome: Mapped[str] = text(500, _l("How it ended"))
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})  # follows from the file
    file: Mapped[File | None] = relationship(info={"label": _l("File")})
    document: Mapped[Document | None] = relationship(foreign_keys=[document_id], info={"label": _l("Paper")})
    new_paper: Mapped[Document | None] = relationship(foreign_keys=[new_paper_id], info={"label": _l("The new paper")})
    loan: Mapped[Any] = relationship("Loan", info={"label": _l("Loan")})
    found_by: Mapped[Any] = relationship("User", foreign_keys=[found_by_id], info={"label": _l("Found by")})
    accountable: Mapped[Any] = relationship("User", foreign_keys=[accountable_id], info={"label": _l("Accountable")})
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})
    remaker: Mapped[Any] = relationship("User", foreign_keys=[remaker_id], info={"label": _l("Makes the paper again")})

    def __str__(self) -> str:
        return self.number


class PenaltyBound(Sited, Record, Model):
    """Between which amounts a penalty is set at a site: 50 to 500 yuan where nobody says otherwise (P1.17)."""

    __tablename__ = "penalty_bound"
    __table_args__ = (
        UniqueConstraint("site_id"),
        CheckConstraint("least_cents > 0 and least_cents <= most_cents", name="in_order"),
    )
    least_cents: Mapped[int] = mapped_column(
        BigInteger, default=5_000, info={"label": _l("Lowest fine"), "kind": "money"}
    )
    most_cents: Mapped[int] = mapped_column(
        BigInteger, default=50_000, info={"label": _l("Highest fine"), "kind": "money"}
    )
    site: Mapped[Site] = relationship(info={"label": _l("Site")})

    def __str__(self) -> str:
        return f"{self.site}"
