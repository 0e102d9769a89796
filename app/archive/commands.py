"""`flask schemes`: load and list schemes."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.archive import schemes as files
from app.archive.models import Scheme
from app.kit.errors import RuleError
from app.kit.session import db, finish_work

schemes = AppGroup("schemes", help="How files are kept, as data.")


@schemes.command("load")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(paths: tuple[Path, ...]) -> None:
    """Load scheme files; without PATHS those that come with the console."""
    for path in paths or files.shipped():
        try:
            scheme = files.load(path)
        except RuleError as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{scheme.key} {scheme.revision}")
    finish_work()


@schemes.command("list")
def listing() -> None:
    """List the loaded schemes, newest last."""
    for scheme in db.session.scalars(select(Scheme).order_by(Scheme.key, Scheme.revision)):
        click.echo(f"{scheme.key}\t{scheme.revision}\t{scheme.effective_from}\t{scheme.name('en')}")
