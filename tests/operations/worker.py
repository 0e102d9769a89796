"""A machine beside the test: it orders work and starts workers that can be killed. Told what to do line by line.

`python -m tests.operations.worker DATA_DIR REDIS_URL`: "order STEPS" answers a job's number, "work" the process of a
new worker, "stop JOB", "told JOB" its state, tries, how far it is and how many marks it left.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from app import create_app
from app.estate.models import Building, Site
from app.jobs import queues, rules
from app.jobs.models import Job
from app.kit.session import before_commit, db, finish_work, reading
from tests.conftest import SITE, settings

queues.LIFE_SECONDS, queues.BEAT_SECONDS = 2, 0.5


def mark(job: Job, progress: rules.Progress) -> dict[str, Any]:
    """Takes its time, and leaves one mark."""
    key = db.session.scalar(select(Site.id).where(Site.name == SITE))
    before_commit(lambda: db.session.add(Building(site_id=key, name=f"work {job.id}")))
    for step in range(job.payload["steps"]):
        progress(step, job.payload["steps"])
        time.sleep(0.1)
    return {}


def order(steps: str) -> int:
    key = rules.start("mark", None, {"steps": int(steps)}).id
    finish_work()
    return key


def stop(job_id: str) -> str:
    rules.stop(db.session.get_one(Job, int(job_id)))
    finish_work()
    return "ok"


def told(job_id: str) -> str:
    with reading():  # the work holds the lock of SQLite's one writer
        job = db.session.get_one(Job, int(job_id), populate_existing=True)
        marks = db.session.scalar(select(func.count(Building.id)).where(Building.name == f"work {job_id}"))
        return f"{job.state} {job.attempts} {rules.progress(job)[0]} {marks}"


def work() -> int:
    db.session.remove()
    db.engine.dispose()
    if child := os.fork():
        return child
    app: Any = current_app
    app.test_cli_runner().invoke(args=["jobs", "work"], catch_exceptions=False)
    os._exit(0)


def main() -> None:
    app = create_app(settings(Path(sys.argv[1]), "") | {"JOBS_IMMEDIATE": False, "REDIS_URL": sys.argv[2]})
    rules.kind("mark", "Leave a mark", ("apply", "Import"), reads=True)(mark)
    does = {"order": order, "stop": stop, "told": told, "work": work}
    for line in sys.stdin:
        name, *said = line.split()
        with app.app_context():
            try:
                answer = does[name](*said)
            except Exception as error:  # the test is told, instead of waiting for an answer
                answer = repr(error)
            print(answer, flush=True)  # noqa: T201 - how it is told
            db.session.remove()


if __name__ == "__main__":
    main()
