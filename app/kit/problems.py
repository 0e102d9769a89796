"""A refusal as another program reads it: one shape for every error below /api/ (RFC 9457, application/problem+json)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, has_request_context, request
from werkzeug.exceptions import HTTPException

from app.kit import as_json
from app.kit.labels import _l

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
NO_TOKEN = _l("Send a token in the Authorization header.")
Errors = Iterable[tuple[str, Any]]


class Refused(HTTPException):
    """What is asked for is refused. `errors` are (field, reason) pairs, `more` are headers of the answer."""

    def __init__(self, code: int, said: Any = None, errors: Errors = (), more: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.code, self.said, self.errors, self.more = code, said, list(errors), dict(more or {})


def is_asked() -> bool:
    """This request is one of another program."""
    return has_request_context() and request.path.startswith(PREFIX)


def answer(code: int, title: Any, said: Any = "", errors: Errors = ()) -> Response:
    """`title` is what went wrong, `said` what to do about it, in the caller's language."""
    problem: dict[str, Any] = {"type": "about:blank", "title": str(title), "status": code}
    said = said or (NO_TOKEN if code == 401 else "")
    if said:
        problem["detail"] = str(said)
    found = [{"field": field, "message": str(reason)} for field, reason in errors]
    if found:
        problem["errors"] = found
    response = as_json.answer(problem)
    response.mimetype = MEDIA_TYPE
    if code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="hudang"'
    return response
