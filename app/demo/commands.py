"""`flask demo`: the made-up tower, and a roster of its kind."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app.demo import roster as sheets
from app.demo import tower
from app.kit.session import finish_work

demo = AppGroup("demo", help="Made-up data.")


@demo.command("load")
@click.option("--days", default=365, show_default=True, type=click.IntRange(0, 3650))
def load(days: int) -> None:
    """Fill an empty database with the made-up tower and so many days of work in it."""
    if not tower.is_empty():
        raise click.ClickException("The database is not empty; nothing was changed.")
    site = tower.load(tower.default_password(), days=days)
    finish_work()
    click.echo(f"{site.name}: loaded")


@demo.command("roster")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--floors", default=24, show_default=True, type=click.IntRange(1, 2000))
@click.option("--seed", default=7, show_default=True)
def roster(out: Path, floors: int, seed: int) -> None:
    """Write a made-up roster of the kind houses keep to OUT."""
    click.echo(f"{out}: {sheets.write(out, floors, seed)} units")
