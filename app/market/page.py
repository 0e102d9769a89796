"""What the market says on a file's page: grade, credit, freshness; a passed limit is warned of at its head."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Select, select

from app.archive.alarms import Alarm
from app.archive.models import File
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Link, Panel
from app.kit.session import db
from app.market import screens
from app.market.models import MarketProfile
from app.security import gate

ROWS = ("grade", "credit_grade", "payment_mode", "credit_limit_cents", "outstanding_cents", "stale_on", "state")


def chapter(file: File) -> Chapter:
    """On a customer's file their place in the market, or the way to a first one; a unit's is warned at its head."""
    if file.subject != "customer" or not gate.may("list", "MarketProfile"):
        return Chapter()
    profile = db.session.scalar(select(MarketProfile).where(MarketProfile.customer_id == file.customer_id))
    if profile is not None:
        return Chapter(panel=_panel(profile))
    if not gate.may("add", "MarketProfile"):
        return Chapter()
    back = url_for("FileView.show", pk=file.id)
    url = url_for("MarketProfileView.add", customer=file.customer_id, scheme=file.scheme_id, next=back)
    return Chapter(openers=[Link(_l("New market profile"), url)])


def _panel(profile: MarketProfile) -> Panel:
    words = {name: MarketProfile.__table__.c[name].info["label"] for name in ROWS}
    rows = [[Cell(words[name]), cell(profile, name)] for name in ROWS]
    links = [Link(_l("Look at it"), url_for("MarketProfileView.show", pk=profile.id))]
    return Panel(_l("In the market"), [_l("What is told"), _l("Now")], rows, links=links, key="market")


def _live(file: File) -> Select[int] | None:
    if file.customer_id is None:
        return None
    theirs = (MarketProfile.customer_id == file.customer_id, MarketProfile.is_over_limit.is_(True))
    return select(MarketProfile.id).where(*theirs)


def _warn(key: int) -> tuple[Any, Link]:
    return screens.OVER_LIMIT, Link(_l("Look at it"), url_for("MarketProfileView.show", pk=key))


ALARM = Alarm("MarketProfile", _live, _warn)
