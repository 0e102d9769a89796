"""What is wrong with a file's custody, told at the head of its page: asked of every room in one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, select

from app.archive.models import File
from app.kit.pages import Link
from app.kit.session import db
from app.security import gate

Told = tuple[Any, Link | None]


@dataclass(frozen=True)
class Alarm:
    """`asks(file)` selects the one thing to warn of, None where nothing can be; `tells(*its columns)` puts it in words.

    Asked for those who may list `permission`. The first column is never NULL where there is something.
    """

    permission: str
    asks: Callable[[File], Any]
    tells: Callable[..., Told]


# The rooms of custody; app/joins.py lists them.
alarms: list[Alarm] = []


def told(file: File) -> Iterator[Told]:
    """Every warning there is for this reader."""
    asked = [(alarm, alarm.asks(file)) for alarm in alarms if gate.may("list", alarm.permission)]
    parts = [(alarm, list(_columns(query))) for alarm, query in asked if query is not None]
    columns = [column for _alarm, of_alarm in parts for column in of_alarm]
    values = list(db.session.execute(select(*columns)).one()) if columns else []
    for alarm, of_alarm in parts:
        mine, values = values[: len(of_alarm)], values[len(of_alarm) :]
        if mine[0] is not None:
            yield alarm.tells(*mine)


def _columns(query: Select[Any]) -> Iterator[ScalarSelect[Any]]:
    """The query's columns, each as a subquery of the one statement."""
    for column in query.selected_columns:
        yield query.with_only_columns(column, maintain_column_froms=True).limit(1).scalar_subquery()
