"""`flask fonds`: packages of transfers, written and checked."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.fonds import bag, standards
from app.fonds.sets import Transfer
from app.kit.errors import RuleError
from app.kit.session import db, finish_work
from app.security import audit

fonds = AppGroup("fonds", help="Archives proper: packages of transfers, standards.")


@fonds.command("package")
@click.argument("number")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def package(number: str, folder: Path) -> None:
    """Write the transfer NUMBER as a BagIt package into FOLDER."""
    transfer = db.session.scalar(select(Transfer).where(Transfer.number == number))
    if transfer is None:
        raise click.ClickException(f"there is no transfer {number}")
    try:
        root = bag.write_folder(transfer, folder)
    except RuleError as error:
        raise click.ClickException(str(error)) from error
    audit.write("package", transfer, {"number": number, "items": len(transfer.lines)})
    finish_work()
    click.echo(str(root))


@fonds.command("verify")
@click.argument("package", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(package: Path) -> None:
    """Compare a PACKAGE with its manifests; exit 1 naming what is missing, changed or not listed."""
    found = bag.verify(package)
    for what in found:
        click.echo(what)
    click.echo(f"{len(found)} wrong" if found else "whole")
    sys.exit(1 if found else 0)


@fonds.command("standard")
@click.argument("typed")
def standard(typed: str) -> None:
    """The right number of the standard that is TYPED, misprints of the source among them (P4.15)."""
    found = standards.find(typed)
    if found is None:
        raise click.ClickException(f"no standard is called {typed}")
    click.echo(f"{found.key} {found.title}")
