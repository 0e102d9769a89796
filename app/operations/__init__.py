"""How the console itself is doing: ready or not, measured, logged, backed up."""

from __future__ import annotations

from flask import Flask

from app.operations import logs, metrics, readiness

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Called before any other guard, so that every request is timed whole."""
    logs.init_app(app)
    metrics.init_app(app)
    readiness.init_app(app)
