"""Finds forms, lays out the bilingual sheet, makes the PDF and numbers every copy."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """The page that the square code of a print leads to."""
    from app.printing import views

    app.add_url_rule("/p/<serial>", "printing.serial", views.serial_page)
