"""`flask setup`, `flask users`, `flask audit`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from app.kit.errors import RuleError
from app.kit.session import finish_work
from app.security import accounts, anchoring, logins, partitions, roles
from app.security import purge as purging
from app.security import setup as settling
from app.security import verify as checking

audit = AppGroup("audit", help="The audit chain.")
users = AppGroup("users", help="Who may log in.")


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def verify(as_json: bool) -> None:
    """Check every line of the audit; exit 1 with the line number on any break."""
    report = checking.verify()
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        for broken in report.breaks:
            click.echo(f"line {broken.line}: {broken.reason}")
        click.echo(f"{report.lines} lines, {'whole' if report.ok else 'BROKEN'}, {report.seconds:.1f} s")
    sys.exit(0 if report.ok else 1)


@audit.command("anchor")
def anchor() -> None:
    """Begin to keep the audit's head on this machine: it newly shares the database, or its head was lost."""
    head = _do(anchoring.begin)
    click.echo(f"This machine keeps the head of the audit from line {head.id} on.")


@audit.command("partition")
@click.option("--lines", default=10_000_000, show_default=True, type=click.IntRange(100_000), help="Of each piece.")
def partition(lines: int) -> None:
    """On PostgreSQL: keep the lines in pieces from now on; the worker makes the next ones in time."""
    made = _do(lambda: partitions.begin(lines))
    click.echo("\n".join(made) or "All pieces are there.")


@audit.command("purge")
@click.option("--before", type=click.DateTime(["%Y-%m-%d"]), help="Lines from before this day; by AUDIT_KEEP_DAYS.")
def purge(before: dt.datetime | None) -> None:
    """Delete lines that need no longer be kept; a line says so, and the rest can still be verified."""
    gone = _do(lambda: purging.purge(before.date() if before is not None else purging.latest_day()))
    click.echo(f"{gone.lines} lines purged{f', up to line {gone.through}' if gone.lines else ''}")


@click.command("setup")
def setup() -> None:
    """Write permissions, menu and roles of this version to the database."""
    changed = settling.sync_permissions(current_app._get_current_object())  # type: ignore[attr-defined]
    finish_work()
    click.echo("Rights and roles written." if changed else "Rights and roles were up to date.")


@users.command("add")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="How the person is called.")
@click.option("--role", "role_names", required=True, multiple=True, type=click.Choice(list(roles.ROLES)))
@click.option("--without-exam", "reason", default="", help="Why a role is given whose condition is not met yet.")
def add(username: str, full_name: str, role_names: tuple[str, ...], reason: str) -> None:
    """Open an account and print its one-time password; a role's condition, say a passed exam, is asked for.

    The reason of an exception stands in the audit.
    """
    drawn, said = accounts.passwords.one_time(), reason.strip()
    try:
        accounts.open_account(username, full_name, role_names, drawn, one_time=True, without_exam=said)
        finish_work()
    except accounts.UnreadyError as refusal:
        told = f"{refusal}\nTo give the role nevertheless, say why: --without-exam REASON. It is written down."
        raise click.ClickException(told) from refusal
    except RuleError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{username}: one-time password {drawn}")


@users.command("list")
def list_users() -> None:
    """Every account with its roles."""
    people = accounts.everybody()
    locked = logins.locked_names([person.username for person in people])
    for person in people:
        standing = "" if person.active else " (shut out)"
        standing += " (locked)" if person.username in locked else ""
        click.echo(f"{person.username}\t{person}\t{', '.join(role.name for role in person.roles)}{standing}")


@users.command("lock")
@click.argument("username")
@click.option("--undo", is_flag=True, help="Let the account in again.")
def lock(username: str, undo: bool) -> None:
    """Shut an account out and end its sessions."""
    user = _user(username)
    _do(lambda: accounts.change_standing(user, undo))
    if undo:
        _do(lambda: accounts.unlock(user))
    click.echo(f"{username}: {'may log in' if undo else 'shut out'}")


@users.command("password")
@click.argument("username")
def password(username: str) -> None:
    """Give an account a new one-time password and print it."""
    user = _user(username)
    drawn = _do(lambda: accounts.give_one_time_password(user))
    click.echo(f"{username}: one-time password {drawn}")


def _user(username: str) -> Any:
    user = accounts.find(username)
    if user is None:
        raise click.ClickException(f"There is no user called {username}.")
    return user


def _do(work: Any) -> Any:
    """Do and commit; a refusal is told in its own words."""
    try:
        answer = work()
        finish_work()
    except RuleError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    return answer
