"""`flask retention`: the table that is shipped, and whether what was destroyed is gone."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.archive import access
from app.kit.errors import RuleError
from app.kit.session import db, finish_work
from app.retention import periods, verifying
from app.retention.models import Destruction

retention = AppGroup("retention", help="How long files are kept, and what was destroyed.")


@retention.command("load")
def load() -> None:
    """Put in the retention periods that are shipped for the loaded schemes, where the house has none of its own."""
    for key, scheme in {scheme.key: scheme for scheme in access.newest()}.items():
        click.echo(f"{key} {periods.bring_in(key, scheme.body)}")
    finish_work()


@retention.command("verify")
@click.argument("number")
def verify(number: str) -> None:
    """Look for what the destruction list NUMBER destroyed, at every site that has one; exit 1 naming what is left."""
    lists = list(db.session.scalars(select(Destruction).where(Destruction.number == number)))
    if not lists:
        raise click.ClickException(f"there is no destruction list {number}")
    try:
        found = [what for destruction in lists for what in verifying.left(destruction)]
    except RuleError as error:
        raise click.ClickException(str(error)) from error
    for what in found:
        click.echo(what)
    click.echo(f"{len(found)} left" if found else "nothing is left")
    sys.exit(1 if found else 0)
