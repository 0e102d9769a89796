"""`flask schemes`: load and list schemes. `flask files`: look after the stored files."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.archive import scans
from app.archive import schemes as keeping
from app.archive.models import Scheme
from app.kit.errors import RuleError
from app.kit.session import db, finish_work

schemes = AppGroup("schemes", help="How files are kept, as data.")
files = AppGroup("files", help="Stored scans.")


@schemes.command("load")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(paths: tuple[Path, ...]) -> None:
    """Load scheme files; without PATHS those that come with the console."""
    for path in paths or keeping.shipped():
        try:
            scheme = keeping.load(path)
        except RuleError as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"{scheme.key} {scheme.revision}")
    finish_work()


@schemes.command("list")
def listing() -> None:
    """List the loaded schemes, newest last."""
    for scheme in db.session.scalars(select(Scheme).order_by(Scheme.key, Scheme.revision)):
        click.echo(f"{scheme.key}\t{scheme.revision}\t{scheme.effective_from}\t{scheme.body['name']['en']}")


@schemes.command("export")
@click.argument("key")
@click.option("--revision", type=int, help="Else the one in force.")
def export(key: str, revision: int | None) -> None:
    """Write a scheme out as YAML that loads as the same scheme."""
    query = select(Scheme).where(Scheme.key == key, Scheme.revision == revision)
    try:
        scheme = db.session.scalar(query) if revision else keeping.current(key)
    except RuleError as error:
        raise click.ClickException(str(error)) from error
    if scheme is None:
        raise click.ClickException(f"there is no revision {revision} of {key}")
    click.echo(keeping.exported(scheme), nl=False)


@files.command("sweep")
def sweep() -> None:
    """Delete stored files that no record knows and half-written ones, an hour old at least."""
    try:
        done = scans.sweep()
    except scans.StrangeDatabase as error:
        raise click.ClickException(f"Nothing is deleted: {error}") from error
    click.echo(f"{len(done.removed)} deleted, {len(done.named)} recovered")


@files.command("verify")
def verify() -> None:
    """Compare every stored file with its checksum; exit 1 naming each record whose file is missing or changed."""
    broken = 0
    for kept, reason in scans.damaged():
        broken += 1
        click.echo(f"{scans.called(kept)}: {reason} ({kept.blob})")
    click.echo(f"{broken} broken" if broken else "all whole")
    sys.exit(1 if broken else 0)
