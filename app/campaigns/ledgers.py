"""What a campaign is worked and measured by: tasks and their costs, scores, checks of parties, the acceptance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.campaigns.models import CampaignParty, CampaignPhase, OfCampaign
from app.kit.columns import choice, signature, text
from app.kit.labels import _l
from app.kit.session import Record

TASK_STATES = {"to_do": _l("To be done"), "done": _l("Done"), "dropped": _l("Not done any more")}
TASK_TONES = {"to_do": "warn", "done": "good"}
ITEM_STATES = {
    "open": _l("Not judged by the experts yet"),
    "met": _l("Meets the standard"),
    "failed": _l("Falls short"),
}
ITEM_TONES = {"met": "good", "failed": "bad"}
SCORE_KINDS = {
    "start": _l("Points to begin with"),
    "missing": _l("Year missing"),
    "made_up": _l("Year made up for"),
    "manual": _l("By hand"),
    "taken_back": _l("Points taken back"),
}
CHECK_KINDS = {"guidance": _l("Guidance on the work"), "inspection": _l("Inspection of the work")}


class CampaignTask(OfCampaign, Record, Model):
    """A piece of the work with the department and person responsible, a deadline and a budget (P5.15, P4.02, P2.17).

    `spent_cents` is the sum of its cost lines.
    """

    __tablename__ = "campaign_task"
    __table_args__ = (Index("ix_campaign_task_due", "state", "due_on"),)
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    title: Mapped[str] = text(200, _l("Task"), required=True)
    detail: Mapped[str] = text(1000, _l("Details"))
    department: Mapped[str] = text(100, _l("Responsible department"), required=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Responsible person")}
    )
    person_name: Mapped[str] = text(60, _l("Responsible, who has no account"))
    due_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("To be done by"), "required": True})
    state: Mapped[str] = choice(_l("State"), TASK_STATES, "to_do", tones=TASK_TONES)
    done_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Done on")})
    outcome: Mapped[str] = text(500, _l("Result of the task"))
    budget_cents: Mapped[int | None] = mapped_column(BigInteger, info={"label": _l("Budget"), "kind": "money"})
    spent_cents: Mapped[int] = mapped_column(BigInteger, default=0, info={"label": _l("Spent"), "kind": "money"})
    person: Mapped[Any] = relationship("User", foreign_keys=[person_id], info={"label": _l("Responsible person")})

    def __str__(self) -> str:
        return self.title


class CampaignCost(OfCampaign, Record, Model):
    """What was spent on a task (经费使用监督, P2.17); a correction is the same line taken back, which names the old."""

    __tablename__ = "campaign_cost"
    append_only = True
    task_id: Mapped[int] = mapped_column(ForeignKey("campaign_task.id"), index=True, info={"label": _l("Task")})
    booked_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Booked on")})
    what: Mapped[str] = text(200, _l("Spent on"))
    receipt: Mapped[str] = text(60, _l("Voucher number"))
    amount_cents: Mapped[int] = mapped_column(BigInteger, info={"label": _l("Amount (yuan)"), "kind": "money"})
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("campaign_cost.id"), unique=True, info={"label": _l("Takes back line")}
    )
    task: Mapped[CampaignTask] = relationship(info={"label": _l("Task")})
    corrects: Mapped[CampaignCost | None] = relationship(
        remote_side="CampaignCost.id", info={"label": _l("Takes back line")}
    )

    def __str__(self) -> str:
        return f"{self.id} {self.what}"


class ScoreLine(OfCampaign, Record, Model):
    """Points won or lost by a party; its score is the sum of its lines, which are only added to (P6.08)."""

    __tablename__ = "score_line"
    __table_args__ = (
        CheckConstraint("points != 0", name="points_count"),
        CheckConstraint("(kind in ('missing', 'made_up')) = (year is not null)", name="years_are_named"),
    )
    append_only = True
    party_id: Mapped[int] = mapped_column(
        ForeignKey("campaign_party.id"), index=True, info={"label": _l("Responsible unit")}
    )
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_phase.id"), info={"label": _l("Phase")})
    kind: Mapped[str] = choice(_l("Kind of line"), SCORE_KINDS, "manual")
    year: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Year of the papers"), "kind": "year"})
    points: Mapped[int] = mapped_column(Integer, info={"label": _l("Points")})
    reason: Mapped[str] = text(300, _l("Reason"))
    booked_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Points booked on")})
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("score_line.id"), unique=True, info={"label": _l("Takes back score line")}
    )
    party: Mapped[CampaignParty] = relationship(info={"label": _l("Responsible unit")})
    phase: Mapped[CampaignPhase | None] = relationship(info={"label": _l("Phase")})
    corrects: Mapped[ScoreLine | None] = relationship(
        remote_side="ScoreLine.id", info={"label": _l("Takes back score line")}
    )

    def __str__(self) -> str:
        return f"{self.id} {self.points:+d}"


class PartyCheck(OfCampaign, Record, Model):
    """Guidance given to a party, or an inspection of what it prepared: how much of it is in form and passes (P5.14)."""

    __tablename__ = "party_check"
    __table_args__ = (
        CheckConstraint("regular >= 0 and regular <= looked_at", name="regular_among_looked_at"),
        CheckConstraint("passing >= 0 and passing <= looked_at", name="passing_among_looked_at"),
    )
    party_id: Mapped[int] = mapped_column(
        ForeignKey("campaign_party.id"), index=True, info={"label": _l("Responsible unit")}
    )
    kind: Mapped[str] = choice(_l("Kind of check"), CHECK_KINDS, "inspection")
    done_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Day of the check")})
    checked_by: Mapped[str] = text(60, _l("Check made by"), required=True)
    looked_at: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Pieces looked at")})
    regular: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("In due form")})
    passing: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Up to standard")})
    findings: Mapped[str] = text(500, _l("Findings and advice"))
    party: Mapped[CampaignParty] = relationship(info={"label": _l("Responsible unit")})

    def __str__(self) -> str:
        return f"{self.party} · {CHECK_KINDS[self.kind]}"


class AcceptanceItem(OfCampaign, Record, Model):
    """One item of the standard, judged again until it is met (P6.07)."""

    __tablename__ = "acceptance_item"
    __table_args__ = (UniqueConstraint("campaign_id", "standard"),)
    position: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("No.")})
    standard: Mapped[str] = text(250, _l("Standard of the acceptance"), required=True)
    state: Mapped[str] = choice(_l("Verdict of the experts"), ITEM_STATES, "open", tones=ITEM_TONES)
    remark: Mapped[str] = text(300, _l("Remark of the experts"))
    round: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Times judged")})
    judged_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Judged on")})

    def __str__(self) -> str:
        return self.standard


class AcceptanceExpert(OfCampaign, Record, Model):
    """Somebody from outside who judges and signs the acceptance, on screen or on paper (P6.07)."""

    __tablename__ = "acceptance_expert"
    name: Mapped[str] = text(60, _l("Expert"), required=True)
    organisation: Mapped[str] = text(100, _l("From which organisation"), required=True)
    post: Mapped[str] = text(60, _l("Post"))
    signature: Mapped[str] = signature(_l("Signature of the expert"))
    is_signed_on_paper: Mapped[bool] = mapped_column(Boolean, default=False, info={"label": _l("Signed on paper")})
    signed_on: Mapped[dt.date | None] = mapped_column(Date, info={"label": _l("Signed on")})

    def __str__(self) -> str:
        return self.name
