"""`flask backup` and `flask restore`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.kit.errors import RuleError
from app.operations import backup as backups
from app.operations import restoring

PG_BIN = click.option("--pg-bin", type=click.Path(exists=True, file_okay=False, path_type=Path),
                      help="Where pg_dump and pg_restore lie; else they are looked for.")  # fmt: skip


@click.command("backup")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="Delete all but the newest so many.")
@PG_BIN
def backup(out: Path, keep: int | None, pg_bin: Path | None) -> None:
    """Take one more backup into OUT while people work: database, stored files, the end of the audit."""
    try:
        folder = backups.make(out, pg_bin, _tell)
    except RuleError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    gone = backups.thin_out(out, keep) if keep is not None else 0
    click.echo(f"{folder}" + (f", {gone} older deleted" if gone else ""))


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@PG_BIN
def restore(folder: Path, pg_bin: Path | None) -> None:
    """Bring the backup FOLDER to an empty machine and check it; exit 1 where anything does not hold."""
    try:
        said = restoring.restore(folder, pg_bin)
    except RuleError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    wrong = list(restoring.wrong())
    for each in wrong:
        click.echo(each)
    click.echo(f"restored as of {said['made_at']}: {'NOT WHOLE' if wrong else 'whole'}")
    sys.exit(1 if wrong else 0)


def _tell(done: int) -> None:
    if done % 10_000 == 0:
        click.echo(f"{done} stored files", err=True)
