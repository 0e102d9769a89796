"""One box over everything."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Find what the rooms declare and follow their changes from now on."""
    from app.search import declared, following

    declared.find_rooms()
    following.watch()
