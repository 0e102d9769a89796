"""What the house fills in for a scheme, and whom it appointed to keep its files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import APPROVER_WORDS, MODES, SEALS
from app.estate.models import Site, Sited
from app.kit.columns import choice, several, text
from app.kit.labels import _l
from app.kit.session import Record


class SchemeLimit(Record, Model):
    """A number that a scheme needs and the house sets; None: the source lost it ([LOST], P11.04, P11.09)."""

    __tablename__ = "scheme_limit"
    __table_args__ = (UniqueConstraint("scheme_key", "key"),)
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    key: Mapped[str] = text(40, _l("Limit"), required=True)
    value: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Number")})
    source: Mapped[str] = text(100, _l("Where it is said"))

    def __str__(self) -> str:
        from app.archive.page import code_word

        return f"{code_word(self.scheme_key)} · {code_word(self.key)}"


class Keeper(Sited, Record, Model):
    """Who was appointed to keep a scheme's files at a site, by whom and from when; an end is a day (P11.01, P3.12)."""

    __tablename__ = "keeper"
    __table_args__ = (Index("ix_keeper_of", "site_id", "scheme_key"),)
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Keeper")})
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Appointed by")})
    from_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("From")})
    until_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Until")})
    reason: Mapped[str] = text(300, _l("Reason"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Keeper")})
    appointed_by: Mapped[Any] = relationship("User", foreign_keys=[appointed_by_id], info={"label": _l("Appointed by")})

    @property
    def state(self) -> str:
        return "ended" if self.until_on is not None else "live"

    def __str__(self) -> str:
        return f"{self.user}"


class AccessRule(Record, Model):
    """Who may let a scheme's files be read, and how: one line a class of paper, way of reading and seal.

    `paper_class` "" is the file as a whole. `chain` names the roles that agree, in order, e.g. "supervisor manager".
    `longest_hours` None: the source lost the number, it must be filled in before the rule works ([LOST]). Up to
    `utmost_hours` may be asked for where `beyond` agrees, too (P1.07, P1.18, P9.02, P10.07, P11.09).
    """

    __tablename__ = "access_rule"
    __table_args__ = (UniqueConstraint("scheme_key", "paper_class", "mode", "seal"),)
    scheme_key: Mapped[str] = text(40, _l("Scheme"), required=True)
    paper_class: Mapped[str] = text(40, _l("Class of paper"))
    mode: Mapped[str] = choice(_l("Way of reading"), MODES, "read_in_office")
    seal: Mapped[str] = choice(_l("Further seal"), SEALS, "none")
    is_allowed: Mapped[bool] = mapped_column(Boolean, default=True, info={"label": _l("Allowed")})
    chain: Mapped[str] = several(60, _l("Who has to agree"), APPROVER_WORDS)
    longest_hours: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Longest (hours)")})
    beyond: Mapped[str] = several(60, _l("Who has to agree to more"), APPROVER_WORDS)
    utmost_hours: Mapped[int | None] = mapped_column(Integer, info={"label": _l("At the very most (hours)")})
    source: Mapped[str] = text(100, _l("Where it is said"))

    def __str__(self) -> str:
        from app.archive.page import code_word

        words = (code_word(self.scheme_key), self.paper_class and code_word(self.paper_class), str(MODES[self.mode]))
        return " · ".join(word for word in words if word)
