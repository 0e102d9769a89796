"""G5: where the audit cannot write its line, no address of the console answers what it would have told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.archive.models import File
from app.kit import columns, moves
from app.kit.kinds import mapper_of
from app.kit.session import db, finish_work
from app.lookups.models import LookupRequest
from app.lookups.rules import MOVES
from app.security import audit
from app.security.models import AuditLine
from tests.house.full_house import OURS, SITED, Held, kept_back, tables
from tests.house.test_matrix import Address, addresses, records, url
from tests.house.test_traps_rows import everywhere, read

Login = Callable[..., FlaskClient]


def lines() -> int:
    return db.session.scalar(select(func.count(AuditLine.id))) or 0


@pytest.fixture
def house(site: Any, cast: Any, both: Any, all_rights: None, login: Login) -> Held:
    """Records by permission, filed and sealed ones first; the clerk reads the file under a grant."""
    ours = both[OURS][0]
    there = records(site, cast)
    there.update({model.__name__: record for model, record in ours.items()})
    there["User"], there["LookupRequest"].requester_id = cast["stranger"], cast["stranger"].id
    grant(ours[File], cast)
    finish_work()
    return there


def grant(file: File, cast: Any) -> None:
    """A live grant of the clerk's, as it stands once it is approved."""
    request = LookupRequest(
        site_id=file.site_id,
        file=file,
        requester_id=cast["clerk"].id,
        number="CY-甲",
        purpose="查",
        hours=8,
        mode="copy",
        chain="supervisor manager",
        state="asked",
    )
    db.session.add(request)
    db.session.flush()
    moves.walk(MOVES, request, "pass_on", by=cast["supervisor"], write=audit.write)
    moves.walk(MOVES, request, "approve", by=cast["manager"], write=audit.write)


def secrets(both: Any) -> list[str]:
    """What the gate keeps back, as it stands on a page, and in no column that is told."""
    ours = both[OURS][0]
    told = {
        getattr(record, each.key)
        for model, record in ours.items()
        for each in mapper_of(model).column_attrs
        if each.key not in kept_back(model) and isinstance(getattr(record, each.key), str)
    }
    kept = (getattr(record, column) for model, record in ours.items() if model in SITED for column in kept_back(model))
    found = {each for each in kept if isinstance(each, str)} - told
    return [each for each in found if OURS in each or len(each) == 18]


def ask(app: Flask, person: FlaskClient, there: Held, each: Address) -> tuple[int, str]:
    """(status, words) of an address, asked as a page of the console would."""
    form = {"reason": "核对", "lang": "zh_Hans", "method": "cash"}
    answer = person.open(url(each, there, app), method=each.method, data=form if each.method == "POST" else None)
    return answer.status_code, read(answer)


def is_a_step(each: Address) -> bool:
    """Reading is tried before what takes the record out of the file or ends the grant."""
    return each.method != "GET" and not each.endpoint.endswith(("print", "reveal", "print_form"))


def test_without_a_line_no_address_tells_or_changes_anything(
    app: Flask,
    login: Login,
    cast: Any,
    both: Any,
    house: Held,
    monkeypatch: pytest.MonkeyPatch,
    words_for_paper: None,
) -> None:
    """Every route with every method where no line can be written; then, the negative control, the same where it can."""

    def fail(*_args: Any) -> None:
        raise OperationalError("INSERT INTO audit_line", {}, Exception("disk full"))

    moment = columns.now()
    monkeypatch.setattr(columns, "clock", lambda: moment)  # sessions and tokens note their use once a minute
    clerk, hidden = everywhere(login, cast, "clerk"), secrets(both)
    clerk.get("/search/?q=1")
    clerk.get("/api/v1/openapi.json")  # the token's first use is noted
    before, kept, refused = tables(), lines(), []
    with monkeypatch.context() as patched:
        patched.setattr(audit, "_store", fail)
        for each in (each for each in addresses(app) if each.endpoint != "LoginView.logout"):
            status, words = ask(app, clerk, house, each)
            assert not [secret for secret in hidden if secret in words], each
            refused += [each] if status == 503 else []
    assert tables() == before and lines() == kept
    assert len(refused) > 150
    told = changed = 0
    for each in sorted(refused, key=is_a_step):
        status, words = ask(app, clerk, house, each)
        assert status != 503, each
        told += any(secret in words for secret in hidden)
        changed += status == 302
    assert told > 30 and changed > 20 and lines() > kept + 100
