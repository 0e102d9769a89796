"""Blank sheets as numbered stock: printed by the company, issued to somebody, accounted for to the last one (P1.08)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Date, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.estate.models import Site, Sited
from app.estate.numbers import next_number, numbered
from app.kit.columns import choice, text, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import Record, db
from app.security import audit
from app.trades import duties, scheme

SERIES = "KB"
STOCK = {"first": "KA", "event": "KE"}
MOST = 100
FORMS = {"first": _l("First contact sheet"), "event": _l("Event sheet")}
BLANK_STATES = {"issued": _l("Issued"), "settled": _l("Accounted for")}


class BlankIssue(Sited, Record, Model):
    """So many blank sheets, numbered through, went to somebody; each is used, spoilt or given back."""

    __tablename__ = "blank_issue"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Number"))
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    form: Mapped[str] = choice(_l("Form"), FORMS, "first")
    quantity: Mapped[int] = mapped_column(Integer, default=10, info={"label": _l("How many")})
    first_no: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("From number")})
    last_no: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("To number")})
    holder_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Issued to")})
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Issued by")})
    issued_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Issued on")})
    used: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Used"), "required": True})
    spoilt: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Spoilt"), "required": True})
    given_back: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Given back"), "required": True})
    settled_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Accounted for on")})
    state: Mapped[str] = choice(_l("State"), BLANK_STATES, "issued", tones={"issued": "warn", "settled": "good"})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    holder: Mapped[Any] = relationship("User", foreign_keys=[holder_id], info={"label": _l("Issued to")})
    issued_by: Mapped[Any] = relationship("User", foreign_keys=[issued_by_id], info={"label": _l("Issued by")})

    @property
    def numbers(self) -> list[str]:
        """The number on each of the sheets."""
        return [f"{STOCK[self.form]}{self.site_id:02d}-{each:06d}" for each in range(self.first_no, self.last_no + 1)]

    def __str__(self) -> str:
        return self.number


def issue(blank: BlankIssue, *, by: Any = None) -> BlankIssue:
    """The next numbers of the stock go to who may fill such sheets in."""
    with db.session.no_autoflush:
        blank.scheme_key = scheme.scheme_of(blank.scheme_key or "").key
        if blank.site is None or blank.holder is None:
            raise RuleError(_l("Choose a site and a person."), field="holder")
        blank.site_id, blank.holder_id = blank.site.id, blank.holder.id
        said = scheme.part(blank.scheme_key).get(blank.form)
        if said is None:
            raise RuleError(_l("This scheme has no sheet for events."), field="form")
        duties.demand(blank.holder, blank.site_id, blank.scheme_key, said["by"], field="holder")
        if not 1 <= (blank.quantity or 0) <= MOST:
            raise RuleError(_l("From 1 to %(count)s sheets at once.", count=MOST), field="quantity")
        taken = [next_number(blank.site_id, STOCK[blank.form], 1) for _ in range(blank.quantity)]
        blank.first_no, blank.last_no = taken[0], taken[-1]
        blank.number, blank.state, blank.issued_on = numbered(blank.site_id, SERIES), "issued", today()
    blank.issued_by_id = getattr(by, "id", None)
    db.session.add(blank)
    db.session.flush()
    audit.write("issue_blanks", blank, {"from": blank.first_no, "to": blank.last_no}, by=by)
    return blank


def settle(blank: BlankIssue, *, by: Any, used: int = 0, spoilt: int = 0, given_back: int = 0) -> None:
    """Every sheet is accounted for, or the issue stays open."""
    counts = [used or 0, spoilt or 0, given_back or 0]
    if min(counts) < 0 or sum(counts) != blank.quantity:
        raise RuleError(_l("%(count)s sheets were issued: each is used, spoilt or given back.", count=blank.quantity),
                        field="used")  # fmt: skip
    blank.used, blank.spoilt, blank.given_back = counts
    blank.settled_on = today()


MOVES = [
    Move("settle_blanks", {"issued"}, "settled", "BlankIssue:settle_blanks", _l("Account for them"), settle,
         asks=(("used", _l("Used")), ("spoilt", _l("Spoilt")), ("given_back", _l("Given back"))), style="primary"),
]  # fmt: skip
