"""Starting long work, doing it in the worker, and telling how far it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale, get_locale
from huey import crontab
from sqlalchemy import select, update

from app.jobs import queues
from app.jobs.models import Job
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import abandon_work, after_commit, db, finish_work
from app.security.actor import acting_as

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Work = Callable[[Job, Progress], dict[str, Any]]
# Handed in by app/views.py: what the worker does once a minute; it commits by itself.
every_minute: list[Callable[[], object]] = []

MOST_ATTEMPTS = 2
TOLD_EVERY = 0.2
_kinds: dict[str, Work] = {}


def kind(name: str) -> Callable[[Work], Work]:
    """Declare a kind of work: `run(job, progress) -> result`, one transaction, `progress(done, total)`.

    It acts for the job's owner, in the owner's language; `result["url"]` is where its page leads on to. A job whose
    worker died is done again from its beginning, so whatever it leaves outside the database must bear that.
    """

    def register(run: Work) -> Work:
        _kinds[name] = run
        return run

    return register


def init_app(app: Flask) -> None:
    """Give the app its queue."""
    queue = app.extensions["jobs"] = queues.make(app)

    @queue.task(name="run_job")
    def run_job(job_id: int) -> None:
        if queue.immediate:  # in the caller's own app context and transaction
            run(job_id)
            return
        with app.app_context():
            try:
                run(job_id)
            finally:
                db.session.remove()

    @queue.periodic_task(crontab(), name="order_again")
    def order_again() -> None:
        with app.app_context():
            if not queue.pending_count():
                order_waiting()
            db.session.remove()

    @queue.periodic_task(crontab(), name="tick")
    def tick() -> None:
        for do in every_minute:
            with app.app_context():
                _do_quietly(do)

    app.extensions["run_job"] = run_job


def _do_quietly(do: Callable[[], object]) -> None:
    """What fails is tried again in a minute, and keeps nothing else from being done."""
    try:
        do()
    except Exception:
        abandon_work()
        log.exception("what is done every minute failed")
    finally:
        db.session.remove()


def start(name: str, owner: Any, payload: dict[str, Any]) -> Job:
    """Order a piece of work; it reaches the worker when this transaction is committed."""
    if name not in _kinds:
        raise LookupError(f"no work is called {name}")
    queue = queues.name_of(current_app)
    owner_id, language = getattr(owner, "id", None), str(get_locale() or "")
    job = Job(kind=name, state="waiting", owner_id=owner_id, payload=payload, queue=queue, language=language)
    db.session.add(job)
    db.session.flush()
    job_id = job.id
    after_commit(lambda: _order(job_id))
    return job


def _order(job_id: int) -> None:
    """Put it into the queue. If that fails the job stays waiting, and the worker finds it within a minute."""
    try:
        current_app.extensions["run_job"](job_id)
    except Exception:
        log.exception("job %s could not be put into the queue", job_id)


def run(job_id: int) -> None:
    """Do one piece of work. A failure is kept as the job's message and changes nothing else."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        with force_locale(job.language or "zh_Hans"), acting_as(_owner(job)):
            job.result = _kinds[job.kind](job, _teller(job_id))
            job.state, job.finished_at = "done", now()
            job.done, job.total = _told(job_id, forget=True)
            finish_work()
    except Exception as error:
        abandon_work()
        _fail(job_id, error)


def _claim(job_id: int) -> Job | None:
    """The job, if it still waits; of two workers only one gets it."""
    taken = update(Job).where(Job.id == job_id, Job.state == "waiting")
    values = {"state": "running", "attempts": Job.attempts + 1, "version": Job.version + 1}
    result = db.session.execute(taken.values(values).execution_options(synchronize_session=False))
    finish_work()
    return db.session.get(Job, job_id, populate_existing=True) if result.rowcount else None


def _owner(job: Job) -> Any:
    return db.session.get(User, job.owner_id) if job.owner_id is not None else None


def _fail(job_id: int, error: Exception) -> None:
    if not isinstance(error, RuleError):
        log.error("job %s failed", job_id, exc_info=error)
    failed = db.session.get(Job, job_id, populate_existing=True)
    if failed is None:
        return
    with force_locale(failed.language or "zh_Hans"):
        message = error if isinstance(error, RuleError) else _l("The work stopped with an error. Nothing was changed.")
        failed.message = str(message)[:500]
    failed.state, failed.finished_at = "failed", now()
    failed.done, failed.total = _told(job_id, forget=True)
    finish_work()


def recover() -> int:
    """At a worker's start: what a dead worker left running waits again, or has failed when that was its last try.

    Only this queue's jobs, and only while no other worker serves it (`queues.alone`). Answers how many wait.
    """
    mine = Job.queue == queues.name_of(current_app)
    for job in db.session.scalars(select(Job).where(mine, Job.state == "running")):
        if job.attempts < MOST_ATTEMPTS:
            job.state = "waiting"
            continue
        with force_locale(job.language or "zh_Hans"):
            job.message = str(_l("The worker stopped during this work, more than once. Nothing was changed."))
        job.state, job.finished_at = "failed", now()
    finish_work()
    return order_waiting()


def order_waiting() -> int:
    """Put what waits in this queue's name into the queue; twice does no harm (`_claim`)."""
    query = select(Job.id).where(Job.queue == queues.name_of(current_app), Job.state == "waiting").order_by(Job.id)
    waiting = list(db.session.scalars(query))
    finish_work()
    for job_id in waiting:
        _order(job_id)
    return len(waiting)


def _teller(job_id: int) -> Progress:
    """Notes how far the work is, some times a second at most, outside the database, whose lock the work may hold."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if done >= total or time.monotonic() - last >= TOLD_EVERY:
            last = time.monotonic()
            current_app.extensions["jobs"].put(f"progress:{job_id}", (done, total))

    return tell


def _told(job_id: int, *, forget: bool = False) -> tuple[int, int]:
    told = current_app.extensions["jobs"].get(f"progress:{job_id}", peek=not forget)
    return (int(told[0]), int(told[1])) if told else (0, 0)


def progress(job: Job) -> tuple[int, int]:
    """(done, total) as last told; (0, 0) before the first word."""
    return _told(job.id) if job.state == "running" else (job.done, job.total)
