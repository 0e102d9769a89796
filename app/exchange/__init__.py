"""Reads what houses keep in sheets, shows what would change, and applies it."""

from __future__ import annotations

from flask import Flask

from app.exchange.store import uploads


def init_app(app: Flask) -> None:
    """Sheets that were left behind are deleted when the console starts."""
    with app.app_context():
        uploads.sweep()
