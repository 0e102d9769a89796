"""Starting long work, doing it in the worker, and telling how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import MemoryHuey, SqliteHuey
from huey.api import Huey
from app.jobs.models import Job
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import abandon_work, after_commit, db, finish_work

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Work = Callable[[Job, Progress], dict[str, Any]]
_kinds: dict[str, Work] = {}


def kind(name: str) -> Callable[[Work], Work]:
    """Declare a kind of work: `run(job, progress) -> result`, one transaction, `progress(done, total)`."""

    def register(run: Work) -> Work:
        _kinds[name] = run
        return run

    return register


def init_app(app: Flask) -> None:
    """Give the app its queue: SQLite in DATA_DIR, or in-process at once for tests (`JOBS_IMMEDIATE`)."""
    if app.config.get("JOBS_IMMEDIATE"):
        queue: Huey = MemoryHuey("hudang", immediate=True)
    else:
        queue = SqliteHuey("hudang", filename=str(Path(app.config["DATA_DIR"]) / "jobs.db"))
    app.extensions["jobs"] = queue

    @queue.task(name="run_job")
    def run_job(job_id: int) -> None:
        if app.config.get("JOBS_IMMEDIATE"):
            run(job_id)
        else:
            with app.app_context():
                run(job_id)

    app.extensions["run_job"] = run_job


def start(name: str, owner: Any, payload: dict[str, Any]) -> Job:
    """Order a piece of work; it reaches the worker when this transaction is committed."""
    if name not in _kinds:
        raise LookupError(f"no work is called {name}")
    job = Job(kind=name, owner_id=getattr(owner, "id", None), payload=payload)
    db.session.add(job)
    db.session.flush()
    run_job, job_id = current_app.extensions["run_job"], job.id
    after_commit(lambda: run_job(job_id))
    return job


def run(job_id: int) -> None:
    """Do one piece of work. A failure is kept as the job's message and changes nothing else."""
    job = db.session.get(Job, job_id)
    if job is None or job.state != "waiting":
        return
    job.state = "running"
    finish_work()
    try:
        job.result = _kinds[job.kind](job, lambda done, total: tell(job_id, done, total))
        job.state, job.finished_at = "done", now()
        finish_work()
    except Exception as error:
        abandon_work()
        _fail(job_id, error)


def _fail(job_id: int, error: Exception) -> None:
    if not isinstance(error, RuleError):
        log.exception("job %s failed", job_id)
    failed = db.session.get(Job, job_id)
    if failed is not None:
        failed.state, failed.finished_at = "failed", now()
        failed.message = str(error) if isinstance(error, RuleError) else str(_l("The work stopped with an error."))
        finish_work()


def tell(job_id: int, done: int, total: int) -> None:
    """Note how far the work is; kept outside the database, whose lock the work may hold."""
    current_app.extensions["jobs"].put(f"progress:{job_id}", (done, total))


def progress(job: Job) -> tuple[int, int]:
    """(done, total) as last told; (0, 0) before the first word."""
    told = current_app.extensions["jobs"].get(f"progress:{job.id}", peek=True)
    return tuple(told) if told else (0, 0)
