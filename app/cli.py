"""`flask --app run …`: the commands of all rooms."""

from __future__ import annotations

from flask import Flask

from app.archive.commands import files, schemes
from app.demo.commands import demo
from app.exchange.commands import importing
from app.jobs.commands import jobs
from app.printing.commands import forms
from app.search.commands import search
from app.security.commands import audit, setup, users


def register(app: Flask) -> None:
    """Add every command group."""
    for group in (audit, demo, files, forms, importing, jobs, schemes, search, setup, users):
        app.cli.add_command(group)
