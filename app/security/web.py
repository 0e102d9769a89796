"""What every request passes and every reply carries: host, origin and token checks, headers, error pages (G9)."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, session, url_for
from sqlalchemy import text
from werkzeug.wrappers import Response

from app.kit.session import SAFE_METHODS, db
from app.security import actor, form_tokens, refusals, sessions

PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
# a browser shows a PDF by putting it into a page of its own, with an <embed> and styles in it
PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
FILE_POLICY = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=()",
}
A_YEAR = "max-age=31536000"
LASTING = {"skin.asset", "skin.favicon"}  # the only replies that may be kept by a browser
WATCHED = {"health", "ready", "metrics"}
WITH_ONE_TIME_PASSWORD = {
    "PasswordView.change",
    "LoginView.logout",
    "skin.language",
    *WATCHED,
    *LASTING,
}
FAB_SETTINGS = {
    "FAB_ADD_SECURITY_VIEWS": False,
    "FAB_ADD_MENU_API": False,
    "FAB_ADD_OPENAPI_VIEWS": False,
    "FAB_STATIC_FOLDER": None,
    "RATELIMIT_ENABLED": False,
}


def init_app(app: Flask) -> None:
    """Put the guards in front of `app`. Called before FAB, whose own pages and files stay out."""
    app.config.update(FAB_SETTINGS)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    sessions.init_app(app)
    app.before_request(refuse_unread)
    app.before_request(refuse_foreign_origin)
    form_tokens.MaskedTokens(app)
    app.before_request(ask_for_new_password)
    app.after_request(add_headers)
    app.add_url_rule("/healthz", "health", health)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    refusals.init_app(app)


def csp_nonce() -> str:
    """This request's word that lets our own script tags run."""
    notes = actor.notes()
    nonce: str = notes.setdefault("nonce", secrets.token_urlsafe(18))
    return nonce


def refuse_unread() -> Any:
    """Whoever may be logged in is not sent to the log-in page because the database does not answer (G17)."""
    if getattr(session, "is_unread", False) and request.endpoint not in {*WATCHED, *LASTING}:
        return refusals.page(503)
    return None


def refuse_foreign_origin() -> None:
    """Only our own pages press our buttons; browsers say where an unsafe request comes from."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    ours = {request.host, urlsplit(current_app.config.get("PUBLIC_URL", "")).netloc}
    if origin is not None and urlsplit(origin).netloc not in ours:
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)


def ask_for_new_password() -> Response | None:
    """Whoever came in with a one-time password first makes it their own."""
    if not getattr(session, "must_change_password", False) or request.endpoint in WITH_ONE_TIME_PASSWORD:
        return None
    return redirect(url_for("PasswordView.change"))


def health() -> Any:
    """For whoever watches the console: the database answers."""
    db.session.execute(text("SELECT 1"))
    return current_app.response_class("ok\n", mimetype="text/plain")


def add_headers(response: Response) -> Response:
    """On every reply, of pages, files and errors alike."""
    response.headers.update(HEADERS)
    response.headers["Content-Security-Policy"] = _policy(response)
    if request.endpoint not in LASTING or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    if current_app.config.get("PRODUCTION"):
        response.headers["Strict-Transport-Security"] = A_YEAR
    return response


def _policy(response: Response) -> str:
    if response.mimetype == "text/html":
        return PAGE_POLICY.format(nonce=csp_nonce())
    attached = response.headers.get("Content-Disposition", "").startswith("attachment")
    return PDF_POLICY if response.mimetype == "application/pdf" and not attached else FILE_POLICY
