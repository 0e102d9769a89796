"""Encrypted columns and their blind indexes (SAFETY facts; G15)."""

from __future__ import annotations

import base64
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

PREFIX = "v1:"


def _key(purpose: str) -> bytes:
    """A 32-byte key for one purpose, drawn from FIELD_KEY."""
    return _drawn(current_app.config["FIELD_KEY"], purpose)


@lru_cache(maxsize=16)
def _drawn(master: str, purpose: str) -> bytes:
    return hmac.digest(master.encode(), purpose.encode(), "sha256")


def encrypt(context: str, value: str) -> str:
    """AES-256-GCM with the context as associated data; "" stays ""."""
    if not value:
        return ""
    nonce = os.urandom(12)
    sealed = AESGCM(_key("field")).encrypt(nonce, value.encode(), context.encode())
    return PREFIX + base64.b64encode(nonce + sealed).decode()


def decrypt(context: str, stored: str) -> str:
    """The plain text; raises cryptography's InvalidTag when the bytes or the context were changed."""
    if not stored:
        return ""
    raw = base64.b64decode(stored.removeprefix(PREFIX))
    return AESGCM(_key("field")).decrypt(raw[:12], raw[12:], context.encode()).decode()


def blind_index(context: str, value: str) -> str:
    """A keyed hash to find an encrypted value by: hex, 64 characters; "" for ""."""
    folded = value.strip().upper()
    return hmac.digest(_key("index:" + context), folded.encode(), "sha256").hex() if folded else ""


class Encrypted(TypeDecorator[str]):
    """A text column stored encrypted under `context`, which ties a value to its column."""

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return encrypt(self.context, value) if value is not None else None

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return decrypt(self.context, value) if value is not None else None
