"""The token of our forms, drawn differently on every page: packed pages must not repeat a secret (BREACH)."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from flask import Flask, g
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf


class MaskedTokens(CSRFProtect):
    """Flask-WTF's guard; its tokens begin with the same bytes all session long, so they are masked when drawn."""

    def init_app(self, app: Flask) -> None:
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = token
        app.context_processor(lambda: {"csrf_token": token})

    def _get_csrf_token(self) -> str | None:
        return plain(super()._get_csrf_token())


def token() -> str:
    """The token as this page has it, the same at all its buttons."""
    real = generate_csrf()
    if "csrf_masked" not in g or g.csrf_masked[0] != real:
        g.csrf_masked = real, masked(real)
    return str(g.csrf_masked[1])


def masked(real: str) -> str:
    """Random bytes, then the token mixed with them."""
    mask = secrets.token_bytes(len(real))
    return urlsafe_b64encode(mask + _mixed(mask, real.encode())).decode().rstrip("=")


def plain(typed: str | None) -> str | None:
    """What was masked, or what came as it was; what is no token stays none."""
    if not typed or "." in typed or not typed.isascii():
        return typed
    try:
        content = urlsafe_b64decode(typed + "=" * (-len(typed) % 4))
        half = len(content) // 2
        return _mixed(content[:half], content[half:]).decode("ascii")
    except ValueError:
        return typed


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
