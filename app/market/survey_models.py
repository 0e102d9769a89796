"""What customers are asked, the links by which they answer, and what follows; evaluations of the files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import Scheme
from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record
from app.market.models import OfCustomer, OfProfile
from app.security.crypto import Encrypted

SURVEY_STATES = {
    "open": _l("Being asked"),
    "below": _l("Below the target"),
    "acting": _l("Being put right"),
    "closed": _l("Closed"),
}
LINK_KINDS = {"survey": _l("Survey"), "data_form": _l("Customer data form")}
LINK_STATES = {
    "waiting": _l("Waits for the customer"),
    "answered": _l("Answered"),
    "taken": _l("Taken into the file"),
    "set_aside": _l("Set aside"),
    "withdrawn": _l("Called back"),
}
ACTION_STATES = {
    "open": _l("To be done"),
    "done": _l("To be verified"),
    "verified": _l("Verified"),
    "closed": _l("Closed"),
}
EVALUATION_STATES = {"due": _l("To be delivered"), "delivered": _l("Delivered"), "read": _l("Taken note of")}


class Survey(Sited, Record, Model):
    """A year's survey of the customers of a scheme (P8.05); `score` is there once it is closed."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Survey number"), required=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), info={"label": _l("Scheme")})
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    kind: Mapped[str] = text(40, _l("Survey"), required=True)
    year: Mapped[int] = mapped_column(Integer, info={"label": _l("Year"), "kind": "year"})
    is_full: Mapped[bool] = mapped_column(
        Boolean,
        default=True,
        info={"label": _l("Full survey"), "hint": _l("Every customer of the scheme is asked")},
    )
    closes_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Answers until")})
    target: Mapped[int] = mapped_column(Integer, info={"label": _l("Target (of 100)")})
    invited: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Customers asked")})
    answered: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Answers")})
    score: Mapped[str] = text(8, _l("Score (of 100)"))
    state: Mapped[str] = choice(
        _l("State"), SURVEY_STATES, "open", tones={"open": "warn", "below": "bad", "acting": "warn", "closed": "good"}
    )
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Ended on")})
    responsible_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), info={"label": _l("Puts right what is low")}
    )
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    scheme: Mapped[Scheme] = relationship(info={"label": _l("Scheme")})
    responsible: Mapped[Any] = relationship(
        "User", foreign_keys=[responsible_id], info={"label": _l("Puts right what is low")}
    )

    def __str__(self) -> str:
        return self.number


class AnswerLink(OfProfile, Record, Model):
    """A link by which one customer answers once, without an account: a survey, or their data form (P3.04, P8.05)."""

    __tablename__ = "answer_link"
    kind: Mapped[str] = choice(_l("What is asked"), LINK_KINDS, "data_form")
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"), index=True, info={"label": _l("Survey")})
    token: Mapped[str] = mapped_column(
        Encrypted("answer_link.token"), info={"label": _l("Secret of the link"), "hidden": True}
    )
    token_hash: Mapped[str] = mapped_column(
        String(64), unique=True, info={"label": _l("Secret of the link (blind)"), "hidden": True}
    )
    expires_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Answers until")})
    state: Mapped[str] = choice(
        _l("State"), LINK_STATES, "waiting", tones={"waiting": "warn", "answered": "warn", "taken": "good"}
    )
    answered_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Answered at")})
    filled_by: Mapped[str] = text(60, _l("Filled in by"), sealed=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info={"label": _l("Answers")})
    reason: Mapped[str] = text(300, _l("Reason"))
    survey: Mapped[Survey | None] = relationship(info={"label": _l("Survey")})

    def __str__(self) -> str:
        return f"{LINK_KINDS[self.kind]} {self.id}"


class SurveyAnswer(OfCustomer, Record, Model):
    """What one customer answered to a survey; never changed."""

    __tablename__ = "survey_answer"
    __table_args__ = (UniqueConstraint("link_id"),)
    append_only = True
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True, info={"label": _l("Survey")})
    link_id: Mapped[int] = mapped_column(ForeignKey("answer_link.id"), info={"label": _l("Link")})
    answered_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Answered on")})
    scores: Mapped[dict[str, int]] = mapped_column(JSON, info={"label": _l("Scores")})
    score: Mapped[str] = text(8, _l("Score (of 100)"), sealed=True)
    words: Mapped[str] = text(1000, _l("In the customer's words"), sealed=True)
    filled_by: Mapped[str] = text(60, _l("Filled in by"), sealed=True)
    survey: Mapped[Survey] = relationship(info={"label": _l("Survey")})
    link: Mapped[AnswerLink] = relationship(info={"label": _l("Link")})

    def __str__(self) -> str:
        return f"{self.survey} {self.answered_on}"


class CorrectiveAction(Sited, Record, Model):
    """Corrective and preventive measures for one low item of a survey: done, verified by another, closed (P8.06)."""

    __tablename__ = "corrective_action"
    __table_args__ = (UniqueConstraint("site_id", "number"), UniqueConstraint("survey_id", "question"))
    number: Mapped[str] = text(30, _l("Number"), required=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True, info={"label": _l("Survey")})
    question: Mapped[str] = text(80, _l("Low item"), required=True)
    score: Mapped[str] = text(8, _l("Score (of 100)"))
    target: Mapped[int] = mapped_column(Integer, info={"label": _l("Target (of 100)")})
    responsible_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Responsible")})
    due_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Deadline")})
    cause: Mapped[str] = text(500, _l("Cause"))
    measure: Mapped[str] = text(500, _l("Put right by"))
    prevention: Mapped[str] = text(500, _l("Kept from happening again by"))
    state: Mapped[str] = choice(
        _l("State"), ACTION_STATES, "open", tones={"open": "warn", "done": "warn", "verified": "good"}
    )
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Done by")})
    done_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Done on")})
    finding: Mapped[str] = text(500, _l("Result of the verification"))
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Verified by")})
    verified_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Verified on")})
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Ended on")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    survey: Mapped[Survey] = relationship(info={"label": _l("Survey")})
    responsible: Mapped[Any] = relationship("User", foreign_keys=[responsible_id], info={"label": _l("Responsible")})
    done_by: Mapped[Any] = relationship("User", foreign_keys=[done_by_id], info={"label": _l("Done by")})
    verified_by: Mapped[Any] = relationship("User", foreign_keys=[verified_by_id], info={"label": _l("Verified by")})

    def __str__(self) -> str:
        return self.number


class Evaluation(Sited, Record, Model):
    """What the files tell the marketing manager, on time: due, delivered, read (P13.03).

    `figures` are those of the day it was delivered.
    """

    __tablename__ = "evaluation"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    number: Mapped[str] = text(30, _l("Number"), required=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), info={"label": _l("Scheme")})
    scheme_key: Mapped[str] = text(40, _l("Scheme"))
    due_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Deadline")})
    author_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Written by")})
    reader_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("For")})
    findings: Mapped[str] = text(1000, _l("What the files tell"))
    advice: Mapped[str] = text(1000, _l("Advice"))
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info={"label": _l("Figures")})
    state: Mapped[str] = choice(
        _l("State"), EVALUATION_STATES, "due", tones={"due": "warn", "delivered": "warn", "read": "good"}
    )
    is_late: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Late")})
    delivered_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Delivered at")})
    read_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Taken note of at")})
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    scheme: Mapped[Scheme] = relationship(info={"label": _l("Scheme")})
    author: Mapped[Any] = relationship("User", foreign_keys=[author_id], info={"label": _l("Written by")})
    reader: Mapped[Any] = relationship("User", foreign_keys=[reader_id], info={"label": _l("For")})

    def __str__(self) -> str:
        return self.number
