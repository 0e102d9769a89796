"""How the console is doing, as its page tells it; and what the administrator has it do."""

from __future__ import annotations

from typing import Any

from app.jobs import rules as jobs
from app.jobs.models import JOB_STATES
from app.kit.labels import _l
from app.kit.session import db, finish_work
from app.operations import readiness
from app.search import following
from app.security import audit, gate

NAMES = {
    "database": _l("Database"),
    "migrations": _l("Tables of this version"),
    "files": _l("Store of files"),
    "queue": _l("Queue of long work"),
}
REBUILD = "rebuild_search"


def told() -> dict[str, Any]:
    """What is ready, and how much long work there is in each state."""
    failing = set(readiness.not_ready())
    counted = jobs.by_state()
    return {
        "checks": [(NAMES[name], name not in failing) for name in readiness.CHECKS],
        "jobs": [(words, counted.get(state, 0)) for state, words in JOB_STATES.items()],
    }


def order_rebuild() -> int:
    audit.write(REBUILD, None, {}, by=gate.user())
    return jobs.start(REBUILD, gate.user(), {}).id


def rebuild(_job: Any, progress: jobs.Progress) -> dict[str, Any]:
    """The job: batch by batch, each committed, so that nobody waits long and a stop loses little."""
    totals: dict[str, tuple[int, int]] = {}

    def tell(kind: str, done: int, total: int) -> None:
        totals[kind] = (done, total)
        progress(sum(one for one, _all in totals.values()), sum(whole for _one, whole in totals.values()))

    owner = gate.user()
    try:
        entries = following.rebuild(db.session(), finish_work, tell)
    finally:
        db.session.add(owner)  # it was let go of with each batch
    return {"entries": entries, "url": "/operations/"}
