"""A campaign's phases as bars over its days, today marked: SVG for the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import get_locale
from markupsafe import Markup

from app.campaigns.models import PHASE_KINDS, WHOM, Campaign, CampaignPhase
from app.kit.columns import today
from app.kit.labels import _l
from app.reporting import theme

TITLE = _l("Phases over time")
WIDTH, ROW, TOP = 760, 30, 26
COLOURS = {kind: f"c{place}" for place, kind in enumerate(PHASE_KINDS, 1)}


def draw(campaign: Campaign) -> Markup:
    """One bar a phase from its first to its last day; a line where today is."""
    phases = list(campaign.phases)
    first = min(phase.begins_on for phase in phases)
    last = max(phase.ends_on for phase in phases)
    left = min(240.0, max(theme.wide(_name(phase)) for phase in phases) + 16)
    scale = (WIDTH - left - 8) / ((last - first).days + 1)
    height = TOP + ROW * len(phases) + 6
    parts = _frame(first, last, left, height)
    for place, phase in enumerate(phases):
        parts += _bar(phase, first, left, scale, TOP + ROW * place)
    if first <= today() <= last:
        x = left + scale * ((today() - first).days + 0.5)
        parts.append(theme.element("line", x1=x, x2=x, y1=TOP - 6, y2=float(height - 2), class_="axis"))
        parts.append(theme.element("text", str(_l("Today")), x=x, y=float(TOP - 9), class_="value middle"))
    svg = theme.svg(WIDTH, height, parts, str(TITLE), str(get_locale() or "zh_Hans"))
    return Markup(svg)  # noqa: S704 - drawn here


def _name(phase: CampaignPhase) -> str:
    whom = f" · {WHOM[phase.party_kind]}" if phase.party_kind else ""
    return f"{phase.name}{whom}"


def _frame(first: dt.date, last: dt.date, left: float, height: int) -> list[Any]:
    """The first and last day above, a guide below each."""
    made = []
    for day, x, side in ((first, left, "start"), (last, float(WIDTH - 8), "end")):
        made.append(theme.element("text", day.isoformat(), x=x, y=14.0, class_=f"tick {side}"))
        made.append(theme.element("line", x1=x, x2=x, y1=18.0, y2=float(height - 2), class_="guide"))
    return made


def _bar(phase: CampaignPhase, first: dt.date, left: float, scale: float, y: int) -> list[Any]:
    x = left + scale * (phase.begins_on - first).days
    width = max(3.0, scale * ((phase.ends_on - phase.begins_on).days + 1))
    hint = f"{_name(phase)}: {phase.begins_on} – {phase.ends_on}"
    return [
        theme.element("text", _name(phase), x=0.0, y=float(y + 19), class_="name"),
        theme.element(
            "rect", x=x, y=float(y + 5), width=width, height=20.0, rx=3, class_=COLOURS[phase.kind], hint=hint
        ),
    ]
