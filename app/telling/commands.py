"""`flask tell`: send what is due now, for a timer where no worker runs."""

from __future__ import annotations

import click

from app.telling.sending import tell


@click.command("tell")
def telling() -> None:
    """Tell everybody what is due now as they chose; nothing is sent twice, however often this runs."""
    told = tell()
    click.echo(", ".join(f"{count} {state}" for state, count in sorted(told.items())) or "nothing to send")
