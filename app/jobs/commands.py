"""`flask jobs`: the worker."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.jobs import queues, rules
from app.kit.session import db

jobs = AppGroup("jobs", help="Long work.")


@jobs.command("work")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 16), help="Pieces of work at once.")
def work(workers: int) -> None:
    """Do what was ordered until stopped; first what an earlier worker left behind."""
    queue = current_app.extensions["jobs"]
    if queue.immediate:
        raise click.ClickException("JOBS_IMMEDIATE is set: work is done at once, without a worker.")
    with queues.alone(current_app):
        waiting = rules.recover()
        db.session.remove()
        click.echo(f"Jobs: ready, {waiting} waiting")
        queue.create_consumer(workers=workers, periodic=True, initial_delay=0.1, max_delay=1.0).run()
