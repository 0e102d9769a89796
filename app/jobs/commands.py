"""`flask jobs`: the worker."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

jobs = AppGroup("jobs", help="Long work.")


@jobs.command("work")
@click.option("--workers", default=1, show_default=True, help="How many pieces of work at once.")
def work(workers: int) -> None:
    """Do what was ordered until stopped."""
    queue = current_app.extensions["jobs"]
    queue.create_consumer(workers=workers, periodic=False, initial_delay=0.1, max_delay=2.0).run()
