"""What people see when something is refused or fails: words in their language, and nothing of the inside."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from app.kit import problems
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import SAFE_METHODS, abandon_work
from app.kit.stored import StoreFailure
from app.security.audit import AuditFailure

log = logging.getLogger(__name__)
TITLES: dict[int, Any] = {
    400: _l("This request cannot be understood"),
    401: _l("Please log in"),
    403: _l("You are not allowed to do this"),
    404: _l("There is nothing here"),
    405: _l("This cannot be done here"),
    409: _l("Somebody else changed this meanwhile"),
    413: _l("This is too large"),
    415: _l("This kind of content is not understood"),
    422: _l("This is not possible"),
    429: _l("Too many requests"),
    500: _l("Something went wrong"),
    503: _l("Not available at the moment"),
}
TEXTS: dict[int, Any] = {
    403: _l("Your role does not include it. Ask your supervisor if you need it."),
    404: _l("The address is wrong, or the record is not one of your sites."),
    413: _l("Please send a smaller file."),
    429: _l("Please wait a little and try again."),
    500: _l("The error has been noted. Nothing was saved."),
    503: _l("Nothing was saved. Please try again in a minute."),
}
TOO_OLD = _l("The page was open for too long. Please go back, load it again and repeat what you did.")


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(RuleError, on_rule)
    app.register_error_handler(AuditFailure, on_unavailable)
    app.register_error_handler(OperationalError, on_unavailable)
    app.register_error_handler(StoreFailure, on_unavailable)
    app.register_error_handler(DataError, on_impossible_value)
    app.register_error_handler(OverflowError, on_impossible_value)


def safe_next(wanted: str | None) -> str:
    """A path of our own to go on to, or "" for anything that could lead elsewhere."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return ""
    return "" if any(ord(sign) < 33 or sign == "\\" for sign in wanted) else wanted


def on_http(error: HTTPException) -> Any:
    """Every refusal with a status code; a visitor who must log in is sent there and comes back."""
    if error.code == 401 and not _wants_json() and not problems.is_asked():
        here = request.full_path.rstrip("?") if request.method in SAFE_METHODS else ""
        wanted = safe_next(here)
        return redirect(url_for("LoginView.login", next=wanted if wanted not in ("", "/") else None))
    answer = page(error.code or 500, getattr(error, "said", None), getattr(error, "errors", ()))
    answer.headers.update(getattr(error, "more", {}))
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def on_csrf(_error: CSRFError) -> Response:
    return page(400, TOO_OLD)


def on_rule(error: RuleError) -> Response:
    """A rule refused and no form was there to say so."""
    return page(422, error.message)


def on_unavailable(error: Exception) -> Response:
    """Database, audit or store of files does not answer: nothing is done, and not one byte of data is sent."""
    log.error("unavailable: %s", type(error).__name__, exc_info=error)
    return page(503)


def on_impossible_value(_error: Exception) -> Response:
    """A number or text that no column can hold."""
    return page(404 if request.method in SAFE_METHODS else 400)


def page(code: int, words: Any = None, errors: Any = ()) -> Response:
    """The error page; a bare one when even that cannot be drawn."""
    title, said = TITLES.get(code, TITLES[500]), words if words is not None else TEXTS.get(code, "")
    try:
        if code >= 500:
            abandon_work()
        if problems.is_asked():
            answer = problems.answer(code, title, said, errors)
        elif _wants_json():
            answer = jsonify(message=str(said or title))
        elif request_ctx.url_adapter is None:  # asked under a name that is not ours: no page has an address there
            answer = _bare(code, title, said)
        else:
            drawn = render_template("hudang/error.html", code=code, title=title, text=said)
            answer = current_app.response_class(drawn)
    except Exception:
        log.exception("the error page cannot be drawn")
        answer = _bare(code, title, said)
    answer.status_code = code
    return answer


def _bare(code: int, title: Any, said: Any) -> Response:
    body = f'<!doctype html><meta charset="utf-8"><title>{code}</title><h1>{escape(title)}</h1><p>{escape(said)}</p>'
    return current_app.response_class(body)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
