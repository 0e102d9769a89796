"""`flask --app run …`: the commands of all rooms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.archive.commands import files, schemes
from app.demo.commands import demo
from app.exchange.commands import importing
from app.fonds.commands import fonds
from app.jobs.commands import jobs
from app.operations.commands import backup, restore
from app.printing.commands import forms
from app.registers.commands import registers
from app.retention.commands import retention
from app.search.commands import search
from app.security.commands import audit, setup, users
from app.telling.commands import telling

UNPREPARED = "The database is not prepared or does not answer. `flask --app run db upgrade` prepares it."


def register(app: Flask) -> None:
    """Add every command group."""
    for group in (
        audit,
        backup,
        demo,
        files,
        fonds,
        forms,
        importing,
        jobs,
        registers,
        restore,
        retention,
        schemes,
        search,
        setup,
        telling,
        users,
    ):
        app.cli.add_command(_explain(group))


def _explain(command: click.Command) -> click.Command:
    """Say in words what a database without our tables means."""
    for each in getattr(command, "commands", {}).values():
        _explain(each)
    run = command.callback
    if run is not None and not hasattr(command, "commands") and not hasattr(run, "explains"):
        command.callback = _explained(run)  # once, however many apps are made
    return command


def _explained(run: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return run(*args, **kwargs)
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(UNPREPARED) from error

    told.explains = True  # type: ignore[attr-defined]
    return told
