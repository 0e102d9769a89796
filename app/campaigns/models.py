"""Campaigns over years of papers: who owes what of which year, in which phases, and what was handed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.estate.models import Site, Sited
from app.kit.columns import Moment, choice, text, today
from app.kit.labels import _l
from app.kit.session import Record
from app.security.models import Described

CAMPAIGN_KINDS = {
    "backlog": _l("Backlog of past years"),
    "rectification": _l("Rectification"),
    "improvement": _l("Year of improvement"),
    "disposal": _l("Disposal on a reorganisation"),
    "admission": _l("Plan of admissions"),
}
CAMPAIGN_STATES = {
    "planned": _l("Being planned"),
    "running": _l("Under way"),
    "accepted": _l("Accepted by the experts"),
    "closed": _l("Closed"),
    "called_off": _l("Called off"),
}
CAMPAIGN_TONES = {"running": "warn", "accepted": "good", "called_off": "bad"}
MISSING = {
    "nothing": _l("Nothing of the year has passed"),
    "incomplete": _l("Anything of the year is missing"),
}
PARTY_KINDS = {
    "station": _l("Station 站所"),
    "village": _l("Village 村"),
    "community": _l("Community 社区"),
    "department": _l("Department"),
    "organisation": _l("Organisation"),
    "person": _l("Person"),
}
WHOM = {"": _l("Every kind of unit"), **PARTY_KINDS}
PHASE_KINDS = {"prepare": _l("Preparation"), "carry_out": _l("Carrying out"), "accept": _l("Acceptance")}
PHASE_STANDINGS = {"ahead": _l("Still to come"), "now": _l("Under way"), "over": _l("Over")}
CATEGORIES = {
    "documents": _l("Documents 文书"),
    "drawings": _l("Production and drawings 生产"),
    "accounts": _l("Accounts 会计"),
    "pictures": _l("Sound and pictures 声像"),
    "electronic": _l("Electronic papers 电子"),
    "objects": _l("Objects 实物"),
    "special": _l("Special archives 专业"),
    "other": _l("Other papers"),
}
SUBMISSION_STATES = {
    "submitted": _l("Waits for the receiver"),
    "returned": _l("Returned to the unit"),
    "passed": _l("Passed"),
}
SUBMISSION_TONES = {"submitted": "warn", "returned": "bad", "passed": "good"}
SUBMISSION_STEPS = {"handed_in": _l("Handed in"), "returned": _l("Returned to the unit"), "passed": _l("Passed")}
# what a campaign lists of its own records, by their tables
LISTS = {"campaign_phase": "phases", "campaign_party": "parties", "expected_paper": "papers"}
FIRST_YEAR, LAST_YEAR, MOST_YEARS = 1900, 2200, 100


class Campaign(Sited, Record, Model):
    """Work over a range of years with a receiver, parties who owe papers, phases, tasks and scores (P2.06, P6.02).

    `receiver` alone lets papers pass (P6.09); `points_per_year` is lost for each year that is missing (P6.08).
    """

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        CheckConstraint("from_year <= to_year", name="years_in_order"),
        CheckConstraint("points_per_year >= 0", name="points_are_lost"),
    )
    number: Mapped[str] = text(30, _l("Campaign number"), required=True)
    title: Mapped[str] = text(200, _l("Title"), required=True)
    kind: Mapped[str] = choice(_l("Kind of campaign"), CAMPAIGN_KINDS, "backlog")
    purpose: Mapped[str] = text(1000, _l("What it is for"))
    basis: Mapped[str] = text(300, _l("Basis"))
    from_year: Mapped[int] = mapped_column(Integer, info={"label": _l("From year"), "kind": "year", "required": True})
    to_year: Mapped[int] = mapped_column(Integer, info={"label": _l("To year"), "kind": "year", "required": True})
    state: Mapped[str] = choice(_l("State"), CAMPAIGN_STATES, "planned", tones=CAMPAIGN_TONES)
    receiver_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Central receiver")}
    )
    base_points: Mapped[int] = mapped_column(Integer, default=100, info={"label": _l("Points to begin with")})
    points_per_year: Mapped[int] = mapped_column(Integer, default=2, info={"label": _l("Points lost a missing year")})
    missing_means: Mapped[str] = choice(_l("A year is missing when"), MISSING, "nothing")
    begun_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Begun on")})
    accepted_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Accepted on")})
    closed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Ended on")})
    outcome: Mapped[str] = text(500, _l("How it ended"))
    site: Mapped[Site] = relationship(info={"label": _l("Site"), "required": False})  # the only one of who writes
    receiver: Mapped[Any] = relationship("User", foreign_keys=[receiver_id], info={"label": _l("Central receiver")})
    phases: Mapped[list[CampaignPhase]] = relationship(
        back_populates="campaign",
        order_by="CampaignPhase.begins_on, CampaignPhase.id",
        info={"label": _l("Phases")},
    )
    parties: Mapped[list[CampaignParty]] = relationship(
        back_populates="campaign", order_by="CampaignParty.position", info={"label": _l("Who owes papers")}
    )
    papers: Mapped[list[ExpectedPaper]] = relationship(
        back_populates="campaign", order_by="ExpectedPaper.position", info={"label": _l("Expected papers")}
    )

    @property
    def years(self) -> range:
        return range(self.from_year, self.to_year + 1)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class OfCampaign(Sited):
    """Mixin: the record belongs to a campaign, and to its site."""

    @declared_attr
    def campaign_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("campaign.id"), nullable=False, index=True, info={"label": _l("Campaign")})

    @declared_attr
    def campaign(cls) -> Mapped[Campaign]:
        name = str(getattr(cls, "__tablename__", ""))
        return relationship("Campaign", back_populates=LISTS.get(name), info={"label": _l("Campaign")})


class CampaignPhase(OfCampaign, Record, Model):
    """A phase with its days, for everybody or for one kind of party (P6.04)."""

    __tablename__ = "campaign_phase"
    __table_args__ = (CheckConstraint("begins_on <= ends_on", name="days_in_order"),)
    name: Mapped[str] = text(60, _l("Phase"), required=True)
    kind: Mapped[str] = choice(_l("Kind of phase"), PHASE_KINDS, "carry_out")
    party_kind: Mapped[str] = choice(_l("For whom"), WHOM, "")
    begins_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Begins on")})
    ends_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Ends on")})
    what: Mapped[str] = text(500, _l("What is done"))

    @staticmethod
    def _standing(phase: CampaignPhase) -> str:
        """ahead, now or over, by the desk's date."""
        if phase.begins_on > today():
            return "ahead"
        return "now" if phase.ends_on >= today() else "over"

    standing = Described(_l("Where it stands"), lambda phase: PHASE_STANDINGS[CampaignPhase._standing(phase)])

    def __str__(self) -> str:
        return self.name


class CampaignParty(OfCampaign, Record, Model):
    """Who owes papers: a station, village, department, organisation or person, named (P6.02), with who was trained.

    `since_year`/`until_year` narrow the campaign's years; of an admission they are those received (接收年限, P5.14).
    """

    __tablename__ = "campaign_party"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    name: Mapped[str] = text(100, _l("Responsible unit"), required=True)
    kind: Mapped[str] = choice(_l("Kind of unit"), PARTY_KINDS, "department")
    responsible: Mapped[str] = text(60, _l("Responsible person"))
    trainee: Mapped[str] = text(60, _l("Person trained"))
    trained_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Trained on")})
    since_year: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Owes from year"), "kind": "year"})
    until_year: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Owes to year"), "kind": "year"})
    planned_pieces: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Pieces planned")})
    remark: Mapped[str] = text(300, _l("Remark"))

    def __str__(self) -> str:
        return self.name


class ExpectedPaper(OfCampaign, Record, Model):
    """What each party owes a year (P6.02); key papers must all have passed before the acceptance (P6.03)."""

    __tablename__ = "expected_paper"
    __table_args__ = (
        UniqueConstraint("campaign_id", "name", "party_kind"),
        CheckConstraint("pieces > 0", name="pieces_are_owed"),
    )
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    name: Mapped[str] = text(100, _l("Expected paper"), required=True)
    category: Mapped[str] = choice(_l("Category"), CATEGORIES, "documents")
    party_kind: Mapped[str] = choice(_l("For whom"), WHOM, "")
    pieces: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Pieces a year")})
    is_key: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Key paper")})
    since_year: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Owed from year"), "kind": "year"})
    until_year: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Owed to year"), "kind": "year"})

    def __str__(self) -> str:
        return self.name


class Submission(OfCampaign, Record, Model):
    """A party's papers of one kind and year: handed in, sent back with a reason, handed in again until they pass.

    `passed_pieces` are those the receiver has accepted; they stay while more are handed in (P6.06).
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("party_id", "paper_id", "year"),
        Index("ix_submission_queue", "campaign_id", "state"),
        CheckConstraint("pieces > 0 and passed_pieces >= 0", name="pieces_are_counted"),
    )
    party_id: Mapped[int] = mapped_column(ForeignKey("campaign_party.id"), info={"label": _l("Responsible unit")})
    paper_id: Mapped[int] = mapped_column(
        ForeignKey("expected_paper.id"), index=True, info={"label": _l("Expected paper")}
    )
    year: Mapped[int] = mapped_column(Integer, index=True, info={"label": _l("Year of the papers"), "kind": "year"})
    pieces: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Pieces handed in")})
    passed_pieces: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pieces passed")})
    round: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Round")})
    state: Mapped[str] = choice(_l("State"), SUBMISSION_STATES, "submitted", tones=SUBMISSION_TONES)
    handed_in_on: Mapped[dt.date] = mapped_column(Date, index=True, info={"label": _l("Handed in on")})
    handed_in_by: Mapped[str] = text(60, _l("Handed in by"))
    reason: Mapped[str] = text(300, _l("Reason of the return"))
    party: Mapped[CampaignParty] = relationship(info={"label": _l("Responsible unit")})
    paper: Mapped[ExpectedPaper] = relationship(info={"label": _l("Expected paper")})

    def __str__(self) -> str:
        return f"{self.party} · {self.year} · {self.paper}"


class SubmissionLine(OfCampaign, Record, Model):
    """What happened to a submission, round by round; lines are only added (P6.06)."""

    __tablename__ = "submission_line"
    append_only = True
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submission.id"), index=True, info={"label": _l("Handed-in papers")}
    )
    round: Mapped[int] = mapped_column(Integer, info={"label": _l("Round")})
    what: Mapped[str] = choice(_l("Step of the round"), SUBMISSION_STEPS, "handed_in")
    pieces: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pieces")})
    reason: Mapped[str] = text(300, _l("Reason"))
    person: Mapped[str] = text(60, _l("From whom"))
    at: Mapped[dt.datetime] = mapped_column(Moment, info={"label": _l("When")})
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Done by")})
    submission: Mapped[Submission] = relationship(info={"label": _l("Handed-in papers")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Done by")})

    def __str__(self) -> str:
        return f"{SUBMISSION_STEPS[self.what]}"
