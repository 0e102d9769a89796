"""What has to be done once a consent has ended or data was erased: by when, by whom, and that it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.archive.held import Holding
from app.archive.models import Document, File
from app.archive.papers import classes
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.privacy import pictures
from app.privacy.models import TASK_KINDS, Consent, DataRequest, DataTask
from app.security import audit

DAYS = 7


def after_withdrawal(consent: Consent, *, by: Any = None) -> None:
    """What the end of this consent asks for."""
    if consent.purpose != "identity_scan":
        _open(consent, "stop_using", by=by, consent=consent, assignee_id=getattr(by, "id", None))
        return
    for paper in sensitive_papers(consent.customer_id):
        if paper.scans:
            keeper = paper.file.custodian_id or getattr(by, "id", None)
            _open(consent, "remove_scans", by=by, consent=consent, document=paper, assignee_id=keeper)


def look_through(request: DataRequest, found_in: str, *, by: Any = None) -> DataTask:
    """Somebody has to look at records outside the person's own that still name them."""
    return _open(request, "look_through", by=by, request=request, found_in=found_in[:1000], assignee_id=by.id)


def _open(about: Any, kind: str, *, by: Any, **more: Any) -> DataTask:
    task = DataTask(
        site_id=about.site_id,
        customer_id=about.customer_id,
        contact_id=about.contact_id,
        kind=kind,
        due_on=today() + dt.timedelta(days=DAYS),
        **more,
    )
    db.session.add(task)
    db.session.flush()
    audit.write("open_task", task, {"kind": kind}, by=by)
    return task


def sensitive_papers(customer_id: int) -> list[Document]:
    """The customer's papers of classes that their schemes mark as sensitive."""
    found = db.session.scalars(
        select(Document).join(File, File.id == Document.file_id).where(File.customer_id == customer_id)
    )
    return [
        paper
        for paper in found
        if any(one["key"] == paper.paper_class and one.get("sensitive") for one in classes(paper.file))
    ]


def finish(task: DataTask, *, by: Any, outcome: str = "") -> None:
    """It is done, in words; pictures are removed by this very step."""
    if task.kind == "remove_scans" and task.document is not None:
        pictures.remove(task.document, by=by)
    elif not outcome.strip():
        raise RuleError(_l("Say what was done."), field="outcome")
    task.outcome, task.done_by_id, task.done_at = outcome.strip()[:300], getattr(by, "id", None), now()


def take(task: DataTask, *, by: Any) -> None:
    """Whoever presses does it."""
    task.assignee_id = by.id


def held_by(user: Any) -> Iterator[Holding]:
    """The open tasks that `user` has to do."""
    mine = select(DataTask).where(DataTask.assignee_id == user.id, DataTask.state == "open").order_by(DataTask.id)
    for task in db.session.scalars(mine):
        yield Holding("data_task", task.id, task.site_id, f"{TASK_KINDS[task.kind]} · {task.customer.name}")


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """The task is the receiver's."""
    db.session.get_one(DataTask, key).assignee_id = receiver.id


MOVES = [
    Move("take", {"open"}, None, "DataTask:finish", _l("I do it"), take),
    Move(
        "finish", {"open"}, "done", "DataTask:finish", _l("Done"), finish,
        asks=(("outcome?", _l("What was done")),), style="primary",
    ),
]  # fmt: skip
