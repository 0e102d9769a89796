"""What the market says on a file's page: grade, credit, freshness; a passed limit is warned of at its head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.archive.alarms import Alarm
from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.labels import _l, label
from app.kit.pages import Cell, Chapter, Link, Panel
from app.kit.session import db
from app.market import screens
from app.market.models import MarketProfile
from app.market.survey_models import SurveyAnswer
from app.security import gate

ROWS = (
    "grade", "graded_on", "credit_grade", "payment_mode", "credit_limit_cents", "outstanding_cents", "source", "state",
    "fresh_on", "stale_on",
)  # fmt: skip
SHOWN = 5


def chapter(file: File) -> Chapter:
    """On a customer's file their place in the market and what they answered, or the way to a first profile; a unit's
    is warned at its head."""
    if file.subject != "customer" or not gate.may("list", "MarketProfile"):
        return Chapter()
    theirs = select(MarketProfile).where(MarketProfile.customer_id == file.customer_id)
    profile = db.session.scalar(gate.scope(theirs, MarketProfile))
    if profile is not None:
        warnings: list[tuple[Any, Link | None]] = [(screens.STALE, None)] if profile.stale_on <= today() else []
        return Chapter(panel=_panel(profile), warnings=warnings, more_panels=list(_answers(profile)))
    if "market" not in file.scheme.body or not gate.may("add", "MarketProfile"):
        return Chapter()
    back = address("FileView.show", pk=file.id)
    url = url_for("MarketProfileView.add", customer=file.customer_id, scheme=file.scheme_id, next=back)
    return Chapter(openers=[Link(_l("New market profile"), url)])


def _panel(profile: MarketProfile) -> Panel:
    rows = [[Cell(label(MarketProfile, name)), cell(profile, name)] for name in ROWS]
    links = [Link(_l("Look at it"), address("MarketProfileView.show", pk=profile.id))]
    return Panel(_l("In the market"), [_l("What is told"), _l("Now")], rows, links=links, key="market")


def _answers(profile: MarketProfile) -> Iterator[Panel]:
    """What the customer answered to the last surveys."""
    if not gate.may("list", "SurveyAnswer"):
        return
    theirs = select(SurveyAnswer).where(SurveyAnswer.customer_id == profile.customer_id)
    query = gate.scope(theirs, SurveyAnswer).order_by(SurveyAnswer.id.desc()).limit(SHOWN)
    found = list(db.session.scalars(query.options(joinedload(SurveyAnswer.survey))))
    gate.foresee(found)
    if found:
        names = ("answered_on", "score", "words")
        rows = [[cell(answer, "survey"), *(cell(answer, name) for name in names)] for answer in found]
        heads = [label(SurveyAnswer, name) for name in ("survey", *names)]
        yield Panel(_l("Answers to surveys"), heads, rows, key="survey-answers")


def _live(file: File) -> Select[int] | None:
    if file.customer_id is None:
        return None
    theirs = (MarketProfile.customer_id == file.customer_id, MarketProfile.is_over_limit.is_(True))
    return select(MarketProfile.id).where(*theirs)


def _warn(key: int) -> tuple[Any, Link]:
    return screens.OVER_LIMIT, Link(_l("Look at it"), address("MarketProfileView.show", pk=key))


ALARM = Alarm("MarketProfile", _live, _warn)
