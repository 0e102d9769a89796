"""A piece of long work that can be left and found again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record

JOB_STATES = {
    "waiting": _l("Waiting"),
    "running": _l("Running"),
    "done": _l("Done"),
    "failed": _l("Failed"),
    "stopped": _l("Stopped"),
}


class Job(Record, Model):
    """`payload` goes in, `result` comes out, both plain JSON without personal data.

    `queue` names the queue that it was put into, `language` the one its starter reads; `attempts` counts how often a
    worker took it. `done` of `total` is where it ended; while it runs, `rules.progress` tells.
    """

    __tablename__ = "job"
    kind: Mapped[str] = text(40, _l("Kind of work"), required=True)
    state: Mapped[str] = choice(_l("State"), JOB_STATES, "waiting")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Started by")})
    queue: Mapped[str] = text(64, _l("Queue"), index=True)
    language: Mapped[str] = text(10, _l("Language"))
    attempts: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Attempts")})
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info={"label": _l("Order")})
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info={"label": _l("Result")})
    message: Mapped[str] = text(500, _l("Message"))
    done: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("Done so far")})
    total: Mapped[int] = mapped_column(Integer, default=0, info={"label": _l("To do")})
    finished_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Finished at")})

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
