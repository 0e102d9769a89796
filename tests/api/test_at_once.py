"""The same key from many at the same moment makes one record: real threads, real commits, a database of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import PASSWORD, migrate, settings
from tests.databases import own

pytestmark = pytest.mark.no_app
DESKS = 8
THERE = "/api/v1/complaints"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Flask]:
    from app import create_app

    with own(database_url) as url:
        made = create_app(settings(tmp_path_factory.mktemp("at-once"), url))
        with made.app_context():
            yield made
            from app.kit.session import db

            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="module")
def secret(house: Flask) -> str:
    """A clerk's token in a house with one unit, whose key stands in `house.config`."""
    from app.complaints import promises
    from app.demo import makers, tower
    from app.estate import rules as estate
    from app.kit.session import db, finish_work
    from app.security import setup
    from tests.api.conftest import forced

    migrate(house)
    setup.sync_permissions(house)
    cast = tower.make_cast(PASSWORD)
    site = estate.add_site("同时大厦", short_name="TD")
    estate.assign(site, cast["clerk"])
    promises.put_in()
    house.config["UNIT"] = makers.make_file(makers.make_unit("0501", site=site)).unit_id
    finish_work()
    found = forced(cast["clerk"])
    db.session.remove()
    return found


def at_once(house: Flask, secret: str, keys: list[str]) -> list[Any]:
    """One request for each key, all started together."""
    start, answers = threading.Barrier(len(keys)), []

    def send(key: str) -> None:
        client = house.test_client()
        start.wait(30)
        sent = {"unit": house.config["UNIT"], "complainant": "王小明", "content": f"漏水 {key}"}
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        answers.append(client.post(THERE, json=sent, headers=headers))

    threads = [threading.Thread(target=send, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def count(house: Flask) -> int:
    from app.complaints.models import Complaint
    from app.kit.session import db

    found = db.session.scalar(select(func.count(Complaint.id))) or 0
    db.session.remove()  # outside a request a reader holds the lock of who may write
    return found


def test_the_same_key_at_the_same_moment_makes_one(house: Flask, secret: str) -> None:
    for turn in range(5):
        before = count(house)
        answers = at_once(house, secret, [f"turn-{turn}"] * DESKS)
        assert [answer.status_code for answer in answers] == [201] * DESKS, [answer.text for answer in answers]
        assert len({answer.headers["Location"] for answer in answers}) == 1 and count(house) == before + 1


def test_different_keys_at_the_same_moment_make_one_each(house: Flask, secret: str) -> None:
    """The negative control; and their numbers run without a gap."""
    before = count(house)
    answers = at_once(house, secret, [f"desk-{desk}" for desk in range(DESKS)])
    assert [answer.status_code for answer in answers] == [201] * DESKS
    numbers = sorted(int(answer.json["number"].rpartition("-")[2]) for answer in answers)
    assert numbers == list(range(numbers[0], numbers[0] + DESKS)) and count(house) == before + DESKS
