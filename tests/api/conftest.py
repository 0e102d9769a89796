"""Other programs: each with a token that the administrator asked for and the manager approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.estate import rules as estate
from app.estate.models import Site
from app.kit.api import RecordApi
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.security import accounts, audit, tokens
from app.security.models import ApiToken

Program = Callable[..., FlaskClient]


def of_rooms() -> dict[str, Any]:
    """The resources that rooms program; what is declared as data is tried beside its registers."""
    return {name: api for name, api in tokens.resources().items() if isinstance(api, RecordApi)}


def asked(acting: Any, by: Any, reads: str = "", writes: str | None = None, days: int = 30) -> ApiToken:
    """A token for all resources, or those named, that waits for approval."""
    known = tokens.resources()
    everything = " ".join(known)
    addable = " ".join(name for name, api in known.items() if api.add_columns and name in (reads or everything).split())
    token = ApiToken(
        name="门禁系统", purpose="核对住户", acting=acting, reads=reads or everything,
        writes=addable if writes is None else writes, expires_on=today() + dt.timedelta(days=days),
    )  # fmt: skip
    return tokens.ask(token, by=by)


def approved(token: ApiToken, by: Any) -> str:
    """The token's words, as the approver sees them once."""
    secret: str = walk(tokens.MOVES, token, "approve", by=by, write=audit.write)
    db.session.commit()
    return secret


def forced(acting: Any) -> str:
    """A token of anybody at all, past the rules: for who walks every role."""
    names = " ".join(tokens.resources())
    token = ApiToken(
        name="门禁系统", purpose="核对住户", acting=acting, reads=names, writes=names, state="asked",
        expires_on=today() + dt.timedelta(days=30),
    )  # fmt: skip
    db.session.add(token)
    db.session.flush()
    secret = tokens.approve(token, by=acting)
    token.state = "approved"
    db.session.commit()
    return secret


def speaking(app: Flask, secret: str, language: str = "en") -> FlaskClient:
    """A program that sends the token with every request."""
    client = app.test_client()
    client.environ_base |= {"HTTP_AUTHORIZATION": f"Bearer {secret}", "HTTP_ACCEPT_LANGUAGE": language}
    return client


def approver_for(acting: Any) -> Any:
    """A manager of the same sites, who is somebody else."""
    found = accounts.find("approver") or accounts.open_account("approver", "审批人", ["manager"], "Approve-Horse-9!")
    for key in estate.sites_of(acting):
        estate.assign(db.session.get_one(Site, key), found)
    return found


@pytest.fixture
def program(app: Flask, cast: Any) -> Program:
    """`program("clerk")`: a program that acts as that person."""

    def enter(name: str = "clerk", language: str = "en", **more: Any) -> FlaskClient:
        token = asked(cast[name], cast["admin"], **more)
        return speaking(app, approved(token, approver_for(cast[name])), language)

    return enter
