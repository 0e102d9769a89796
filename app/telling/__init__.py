"""Tells people by mail and group robots what is overdue, due today or waits for them: only counts and links."""

from __future__ import annotations

from flask import Flask


def init_app(_app: Flask) -> None:
    """Everybody sees their own choices and messages only."""
    from app.security import gate
    from app.telling import models, rules

    gate.narrowed |= {models.TellingChoice: rules.own_choices, models.TellingLine: rules.own_lines}
