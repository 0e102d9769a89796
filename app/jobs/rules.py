"""Starting long work, doing it in the worker, stopping it, and taking up again what a dead worker left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale, get_locale
from sqlalchemy import func, select, update

from app.jobs import bars, queues
from app.jobs.bars import Progress, Stopped
from app.jobs.models import Job
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import abandon_work, after_commit, before_commit, db, finish_work, reading
from app.security import gate
from app.security.actor import acting_as

log = logging.getLogger(__name__)

Work = Callable[[Job, Progress], dict[str, Any]]

MOST_ATTEMPTS = 2
MOST_SHOWN = 50
OVER = ("done", "failed", "stopped")


@dataclass(frozen=True)
class Kind:
    """A kind of long work, what people call it, and the right (verb, permission) of whoever orders it again.

    One that `reads` writes nothing but what `before_commit` notes: nobody waits for it, on SQLite either.
    """

    run: Work
    label: Any
    right: tuple[str, str]
    reads: bool = False


_kinds: dict[str, Kind] = {}


def kind(name: str, label: Any, right: tuple[str, str], *, reads: bool = False) -> Callable[[Work], Work]:
    """Declare a kind of work: `run(job, progress) -> result`, one transaction, `progress(done, total)`.

    It acts for the job's owner, in the owner's language; `result["url"]` is where its page leads on to. A job whose
    worker died is done again from its beginning, so whatever it leaves outside its transaction must bear that.
    `progress` raises Stopped where the owner wishes so: nothing of the transaction is kept then.
    """

    def register(run: Work) -> Work:
        _kinds[name] = Kind(run, label, right, reads)
        return run

    return register


def label_of(job: Job) -> Any:
    """What people call this work."""
    return _kinds[job.kind].label if job.kind in _kinds else job.kind


def start(name: str, owner: Any, payload: dict[str, Any]) -> Job:
    """Order a piece of work; it reaches the worker when this transaction is committed."""
    if name not in _kinds:
        raise LookupError(f"no work is called {name}")
    queue = queues.name_of(current_app)
    owner_id, language = getattr(owner, "id", None), str(get_locale() or "")
    job = Job(kind=name, state="waiting", owner_id=owner_id, payload=payload, queue=queue, language=language)
    db.session.add(job)
    db.session.flush()
    _order_with_commit(job.id)
    return job


def again(job: Job) -> None:
    """Order the same work once more: it failed, or was stopped."""
    if job.state not in ("failed", "stopped"):
        raise RuleError(_l("Only work that failed or was stopped is done again."))
    if job.kind not in _kinds or not gate.may(*_kinds[job.kind].right):
        raise RuleError(_l("Your role no longer includes this work."))
    job.state, job.attempts, job.message, job.finished_at = "waiting", 0, "", None
    job.queue = queues.name_of(current_app)
    bars.forget(job.id)
    _order_with_commit(job.id)


def stop(job: Job) -> None:
    """What waits is not begun; what runs ends at its next step, and leaves nothing behind."""
    if job.state in OVER:
        raise RuleError(_l("This work is over already."))
    if not _end(job.id, "waiting", "stopped"):
        bars.wish_to_stop(job.id)
    db.session.expire(job)


def mine(owner: Any) -> Sequence[Job]:
    """Somebody's own work, the newest first."""
    query = select(Job).where(Job.owner_id == owner.id).order_by(Job.id.desc()).limit(MOST_SHOWN)
    return db.session.scalars(query).all()


def by_state() -> dict[str, int]:
    """How much work there is in each state that any is in."""
    query = select(Job.state, func.count(Job.id)).group_by(Job.state)
    return {state: int(number) for state, number in db.session.execute(query)}


def _order_with_commit(job_id: int) -> None:
    after_commit(lambda: _order(job_id))


def _order(job_id: int) -> None:
    """Put it into the queue. If that fails the job stays waiting, and the worker finds it within a minute."""
    try:
        current_app.extensions["run_job"](job_id)
    except Exception:
        log.exception("job %s could not be put into the queue", job_id)


def run(job_id: int) -> None:
    """Do one piece of work. A failure is kept as the job's message and changes nothing else."""
    app: Any = current_app
    queues.show_life(app, job_id)
    job = _claim(job_id)
    if job is None:
        return
    attempt = job.attempts
    with queues.living(app, job_id):
        try:
            _do(job, attempt)
        except Exception as error:
            abandon_work()
            _fail(job_id, attempt, error)
    bars.forget(job_id)


def _do(job: Job, attempt: int) -> None:
    job_id, what = job.id, _kinds[job.kind]
    finish_work()  # what only reads begins anew, without the lock of who claims
    with (
        reading() if what.reads else nullcontext(),
        force_locale(job.language or "zh_Hans"),
        acting_as(_owner(job)),
    ):
        result = what.run(job, bars.teller(job_id))
        before_commit(lambda: _finish(job_id, attempt, result))
        finish_work()


class Superseded(Exception):
    """This worker was thought dead and the work was given to another one: it ends here, and nothing of it is kept."""


def _finish(job_id: int, attempt: int, result: dict[str, Any]) -> None:
    done, total = bars.told(job_id)
    if not _end(job_id, "running", "done", attempt, result=result, done=done, total=total):
        raise Superseded


def _claim(job_id: int) -> Job | None:
    """The job, if it still waits; of two workers only one gets it."""
    taken = update(Job).where(Job.id == job_id, Job.state == "waiting")
    values = {"state": "running", "attempts": Job.attempts + 1, "version": Job.version + 1}
    result = db.session.execute(taken.values(values).execution_options(synchronize_session=False))
    finish_work()
    return db.session.get(Job, job_id, populate_existing=True) if result.rowcount else None


def _end(job_id: int, before: str, state: str, attempt: int | None = None, **values: Any) -> bool:
    """Bring a job to another state, with this transaction; only as it was, and only for the try that asks."""
    changed = update(Job).where(Job.id == job_id, Job.state == before)
    if attempt is not None:
        changed = changed.where(Job.attempts == attempt)
    if state in OVER:
        values["finished_at"] = now()
    values |= {"state": state, "version": Job.version + 1}
    done = db.session.execute(changed.values(values).execution_options(synchronize_session=False))
    return bool(done.rowcount)


def _owner(job: Job) -> Any:
    return db.session.get(User, job.owner_id) if job.owner_id is not None else None


def _fail(job_id: int, attempt: int, error: Exception) -> None:
    """Note why; nothing where the job is another worker's by now."""
    if not isinstance(error, RuleError | Stopped):
        log.error("job %s failed", job_id, exc_info=error)
    failed = db.session.get(Job, job_id, populate_existing=True)
    if failed is None:
        return
    done, total = bars.told(job_id)
    with force_locale(failed.language or "zh_Hans"):
        message = error if isinstance(error, RuleError) else _l("The work stopped with an error. Nothing was changed.")
        if isinstance(error, Stopped):
            message = _l("The work was stopped. Nothing was changed.")
        said = str(message)[:500]
    state = "stopped" if isinstance(error, Stopped) else "failed"
    _end(job_id, "running", state, attempt, message=said, done=done, total=total)
    finish_work()


def look_after() -> None:
    """Once a minute: what a dead worker of another machine left, and what waits though the queue is empty."""
    if queues.is_shared(current_app):
        recover()
    elif not current_app.extensions["jobs"].pending_count():
        order_waiting()


def recover() -> int:
    """What a dead worker left running waits again, or has failed when that was its last try.

    Only this queue's jobs; those of a file only while no other worker serves it (`queues.alone`). Answers how many
    wait.
    """
    app: Any = current_app
    left = select(Job).where(Job.queue == queues.name_of(app), Job.state == "running")
    for job in db.session.scalars(left).all():
        if queues.is_alive(app, job.id):
            continue
        if bars.is_to_stop(job.id):
            _end(job.id, "running", "stopped", job.attempts)
        elif job.attempts < MOST_ATTEMPTS:
            _end(job.id, "running", "waiting", job.attempts)
        else:
            with force_locale(job.language or "zh_Hans"):
                message = str(_l("The worker stopped during this work, more than once. Nothing was changed."))
            _end(job.id, "running", "failed", job.attempts, message=message)
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


def progress(job: Job) -> tuple[int, int]:
    """(done, total) as last told; (0, 0) before the first word."""
    return bars.told(job.id) if job.state == "running" else (job.done, job.total)
