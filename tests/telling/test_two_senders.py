"""Two workers at once, each with its own connection to one real database: nothing is sent twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.kit.pages import Card
from tests.conftest import PASSWORD, migrate, settings

pytestmark = pytest.mark.no_app
SENDERS, CHOICES = 4, 6


@pytest.fixture
def house(tmp_path: Path, database: str) -> Iterator[Flask]:
    """A console of its own with the cast; everybody wants to be told at every hour that has come, and at once."""
    from app import create_app
    from app.kit.session import db

    made = create_app(settings(tmp_path, database))
    with made.app_context():
        fill(made)
    yield made
    with made.app_context():
        db.engine.dispose()


def fill(made: Flask) -> None:
    from app.demo import tower
    from app.kit.session import db, finish_work
    from app.security import setup
    from app.telling.models import TellingChoice

    migrate(made)
    setup.sync_permissions(made)
    for person in list(tower.make_cast(PASSWORD).values())[:CHOICES]:
        address = f"https://qyapi.weixin.qq.com/{person.username}"
        db.session.add(TellingChoice(user_id=person.id, channel="wecom", address=address, is_immediate=True))
    finish_work()
    db.session.remove()


def test_nothing_is_sent_twice_by_senders_at_work_at_once(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    from app.kit import columns
    from app.kit.columns import DESK_TIME
    from app.telling import rules, sending

    day = dt.datetime.now(DESK_TIME).date() + dt.timedelta(days=1)
    sent: list[tuple[int, str]] = []
    waiting = [1]
    monkeypatch.setattr(rules, "speakers", [lambda _user: [Card("查阅待批", waiting[0], "/lookups/")]])
    monkeypatch.setattr(sending, "_send", lambda order: sent.append((order.line_id, order.address)))
    for time, number, each in (("08:31", 1, 1), ("08:32", 2, 1), ("08:33", 2, 0), ("14:00", 3, 2)):
        moment = dt.datetime.combine(day, dt.time.fromisoformat(time), DESK_TIME)
        monkeypatch.setattr(columns, "clock", lambda moment=moment: moment.astimezone(dt.UTC))
        waiting[0] = number
        sent.clear()
        tell_at_once(house)
        told = Counter(address for _line, address in sent)
        assert len(sent) == len(set(sent)), "a line was sent twice"
        assert told == (dict.fromkeys(told, each) if each else {}) and len(told) == (CHOICES if each else 0), time


def tell_at_once(house: Flask) -> None:
    """All senders begin together; another round takes what a sender left to the others."""
    from app.kit.session import db
    from app.telling import sending

    together, troubles = threading.Barrier(SENDERS), list[Any]()

    def work() -> None:
        try:
            with house.app_context():
                together.wait(20)
                sending.tell()
                sending.tell()
                db.session.remove()
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=work) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not troubles
