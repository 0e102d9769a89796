"""A line of JSON for each request and message (LOG_FORMAT=json): what and how long, never whose data.

A request is told by its route, not by its address, which may hold what was searched for. A person is a number. Of an
error its kind and its places are told, not its words: databases repeat the values that they refuse.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
import time
import traceback
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState

from app.kit.columns import now

REQUESTS = logging.getLogger("hudang.request")
GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


def init_app(app: Flask) -> None:
    """Number and time every request; write lines where they are wanted."""
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    if app.config.get("LOG_FORMAT") != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.root.handlers[:] = [handler]
    REQUESTS.setLevel(logging.INFO)
    app.after_request(tell)


def begin() -> None:
    given = request.headers.get("X-Request-Id", "") if current_app.config.get("PROXIES") else ""
    g.request_id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
    g.began = time.monotonic()


def milliseconds() -> float:
    return round((time.monotonic() - g.began) * 1000, 1) if "began" in g else 0.0


def route() -> str:
    """The address with its holes: `/customers/<int:pk>`."""
    return request.url_rule.rule if request.url_rule is not None else "none"


def tell(response: Response) -> Response:
    told = {"method": request.method, "route": route(), "status": response.status_code, "ms": milliseconds()}
    REQUESTS.info("request", extra={"told": told})
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            said |= {"request": g.get("request_id", ""), "user": _key_of(g.get("user"))}
        said |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            said |= _error(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)


def _key_of(user: Any) -> int | None:
    """A person's key, as the session knows it: to ask their expired record would read the database once more."""
    state = inspect(user, raiseerr=False)
    return state.identity[0] if isinstance(state, InstanceState) and state.identity else None


def _error(error: BaseException) -> dict[str, Any]:
    """The kinds of an error and of what caused it, and where it happened."""
    kinds: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(kinds) < 5:
        kinds.append(type(seen).__name__)
        seen = seen.__cause__
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"error": kinds, "trace": places[-20:]}
