"""A record as JSON: the columns that were named, each through the gate."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from flask import Response

from app.kit.cells import name_of
from app.kit.guard import gate
from app.kit.kinds import relation

ALWAYS = ("id", "version")


def answer(value: Any) -> Response:
    """Chinese as it is written, names in the order they were declared."""
    return Response(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", mimetype="application/json")


def body(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """Key, version and `names`; what is sealed is null, and its name stands in `sealed`."""
    told: dict[str, Any] = {name: getattr(record, name) for name in ALWAYS}
    sealed = []
    for name in names:
        value = gate.value(record, name)
        if value is gate.SEALED:
            sealed.append(name)
        told[name] = None if value is gate.SEALED else plain(type(record), name, value)
    return told | {"sealed": sealed}


def plain(model: type, name: str, value: Any) -> Any:
    """Moments in UTC, days as 2026-03-01, money in cents, areas in dm², related records by key and name."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if relation(model, name) is not None:
        return {"id": value.id, "name": name_of(value)}
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
