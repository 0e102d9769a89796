"""Column types and the clock: moments in UTC, money in cents, areas in hundredths of a square metre."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, DateTime, String, Text, cast, type_coerce
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator


def now() -> dt.datetime:
    """This moment, aware, in UTC. Tests move it by patching `app.kit.columns.clock`."""
    return clock()


def clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The desk's date: China keeps one time zone and no summer time."""
    return now().astimezone(DESK_TIME).date()


DESK_TIME = dt.timezone(dt.timedelta(hours=8))


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, stored naive in UTC: SQLite keeps no zone. Naive values are refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        return value.replace(tzinfo=dt.UTC) if value is not None else None


class Unchanging(TypeDecorator[dict[str, Any]]):
    """JSON that is replaced and never changed: the same text is taken apart once and shared by whoever reads it."""

    impl = JSON
    cache_ok = True

    def column_expression(self, column: Any) -> Any:
        """As text: PostgreSQL's driver would take it apart each time it is read."""
        return type_coerce(cast(column, Text), _TakenApart())


class _TakenApart(TypeDecorator[Any]):
    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return _taken_apart(value) if value is not None else None


_taken_apart = lru_cache(maxsize=256)(json.loads)


def text(length: int, label: Any, *, required: bool = False, **info: Any) -> MappedColumn[Any]:
    """A text column with its label; optional ones store "" rather than NULL."""
    column_args: dict[str, Any] = {k: info.pop(k) for k in ("unique", "index") if k in info}
    if not required:
        column_args |= {"default": "", "server_default": ""}
    info |= {"label": label, "required": required}
    return mapped_column(String(length), nullable=False, info=info, **column_args)


def choice(label: Any, words: Mapping[str, Any], default: str, **info: Any) -> MappedColumn[Any]:
    """A column holding one key of `words`; the lazy words are what people read."""
    info |= {"label": label, "choices": dict(words)}
    return mapped_column(String(30), nullable=False, default=default, info=info)


def several(length: int, label: Any, words: Mapping[str, Any] | None = None, **info: Any) -> MappedColumn[Any]:
    """A column holding some keys of `words` with spaces between, in their order; "" is none of them."""
    return text(length, label, kind="several", choices=dict(words or {}), **info)


def signature(label: Any) -> MappedColumn[Any]:
    """A signature drawn on screen, as the data of an SVG path in a box of 300 × 100; "" where none was drawn."""
    info = {"label": label, "kind": "signature", "sealed": True}
    return mapped_column(Text, nullable=False, default="", server_default="", info=info)
