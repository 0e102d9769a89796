"""`flask --app run …`: the commands of all rooms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError
from werkzeug.utils import import_string

COMMANDS = {
    "audit": "app.security.commands:audit",
    "backup": "app.operations.commands:backup",
    "db": "flask_migrate.cli:db",
    "demo": "app.demo.commands:demo",
    "files": "app.archive.commands:files",
    "fonds": "app.fonds.commands:fonds",
    "forms": "app.printing.commands:forms",
    "import": "app.exchange.commands:importing",
    "jobs": "app.jobs.commands:jobs",
    "registers": "app.registers.commands:registers",
    "restore": "app.operations.commands:restore",
    "retention": "app.retention.commands:retention",
    "schemes": "app.archive.commands:schemes",
    "search": "app.search.commands:search",
    "setup": "app.security.commands:setup",
    "tell": "app.telling.commands:telling",
    "users": "app.security.commands:users",
}
UNPREPARED = "The database is not prepared or does not answer. `flask --app run db upgrade` prepares it."


class RoomCommands(AppGroup):
    """A command's room is read when it is called, or when all are listed: the server calls none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            command = import_string(COMMANDS[cmd_name])
            self.add_command(_explain(command) if COMMANDS[cmd_name].startswith("app.") else command, cmd_name)
        return super().get_command(ctx, cmd_name)


def register(app: Flask) -> None:
    """Have the app know every command."""
    app.cli = RoomCommands(app.cli.name)


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
