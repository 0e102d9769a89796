"""`flask registers`: load declarations, list them, write one out."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app.kit.errors import RuleError
from app.kit.session import finish_work
from app.registers import declaring, known, overview, shipping

registers = AppGroup("registers", help="Registers that are declared as data.")


@registers.command("load")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(paths: tuple[Path, ...]) -> None:
    """Declare the registers of these files; without PATHS those that come with the console."""
    for path in paths or shipping.shipped():
        try:
            found = shipping.load(path)
        except RuleError as error:
            raise click.ClickException(f"{path.name}: {error}") from error
        click.echo(f"{found.key} {found.revision}")
    finish_work()


@registers.command("list")
def listing() -> None:
    """List the registers with their revision, entries and schemes."""
    for each in known.all_of_them().values():
        count = declaring.entries_of(each.declared.key)
        schemes = " ".join(sorted(each.schemes)) or "-"
        click.echo(f"{each.declared.key}\t{each.revision}\t{count}\t{schemes}\t{each.declared.body['name']['en']}")


@registers.command("export")
@click.argument("key")
def export(key: str) -> None:
    """Write a register's declaration out as YAML that declares the same register."""
    found = known.find(key)
    if found is None:
        raise click.ClickException(f"there is no register {key}")
    click.echo(overview.text_of(found.declared.body), nl=False)
