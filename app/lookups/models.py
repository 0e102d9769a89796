"""Requests to read a filed file, and what was granted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import File
from app.estate.models import Sited
from app.kit.columns import Moment, choice, now, text
from app.kit.labels import _l
from app.kit.session import Record

REQUEST_STATES = {
    "asked": _l("Waits for the supervisor"),
    "passed": _l("Waits for the manager"),
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "revoked": _l("Revoked"),
    "withdrawn": _l("Withdrawn"),
}
TONES = {"asked": "warn", "passed": "warn", "approved": "good", "refused": "bad", "revoked": "bad"}
MODES = {"read_in_office": _l("Read in the office")}


class LookupRequest(Sited, Record, Model):
    """Who wants to read which file, for what, how and how long. The clock starts at approval (P10.07, G4)."""

    __tablename__ = "lookup_request"
    __table_args__ = (Index("ix_lookup_request_live", "requester_id", "file_id", "state"),)
    number: Mapped[str] = text(30, _l("Request number"), required=True, unique=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    requester_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked by")})
    purpose: Mapped[str] = text(300, _l("Purpose"), required=True)
    mode: Mapped[str] = choice(_l("Way of reading"), MODES, "read_in_office")
    hours: Mapped[int] = mapped_column(Integer, default=8, info={"label": _l("For how many hours")})
    state: Mapped[str] = choice(_l("State"), REQUEST_STATES, "asked", tones=TONES)
    passed_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Passed on by")})
    passed_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Passed on at")})
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Decided at")})
    reason: Mapped[str] = text(300, _l("Reason of the decision"))
    expires_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Granted until")})
    file: Mapped[File] = relationship(info={"label": _l("File")})
    requester: Mapped[Any] = relationship("User", foreign_keys=[requester_id], info={"label": _l("Asked by")})
    passed_by: Mapped[Any] = relationship("User", foreign_keys=[passed_by_id], info={"label": _l("Passed on by")})
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})

    @property
    def is_live(self) -> bool:
        """Approved, not revoked and not expired."""
        return self.state == "approved" and self.expires_at is not None and now() < self.expires_at

    def __str__(self) -> str:
        return self.number
