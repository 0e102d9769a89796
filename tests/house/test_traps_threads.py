"""FAB.md's safety trap 4 and speed trap 2: filters belong to one request; many views cost no statement.

A console of its own with a database of its own: threads, forty more views, real commits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.kit import filters
from tests.conftest import PASSWORD, settings

pytestmark = [pytest.mark.no_app, pytest.mark.once]
MARKS = {"clerk": "甲", "supervisor": "乙"}
TURNS = 40
MORE_VIEWS = 40


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Two people of one site, thirty customers each of two names, and many more views than the console has."""
    from app import create_app, views
    from app.storage.views import PlaceView

    more = [
        (type(f"More{number}View", (PlaceView,), {"route_base": f"/more{number}", "class_permission_name": "Place"}),
         f"More {number}", f"More {number}", "grid")
        for number in range(MORE_VIEWS)
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "MENU", [*views.MENU, (("More", "More"), more)])
        made = create_app(settings(tmp_path_factory.mktemp("threads"), ""))
    with made.app_context():
        fill(made)
    yield made
    with made.app_context():
        from app.kit.session import db

        db.engine.dispose()


def fill(made: Flask) -> None:
    from app.demo import makers, tower
    from app.estate import rules as estate
    from app.kit.session import db, finish_work
    from app.security import setup
    from tests.conftest import migrate

    migrate(made)
    setup.sync_permissions(made)
    cast = tower.make_cast(PASSWORD)
    site = estate.add_site("线程大厦", short_name="XC")
    for person in cast.values():
        estate.assign(site, person)
    for mark in MARKS.values():
        for number in range(30):
            makers.make_customer(f"{mark}方公司{number}", site=site, licence_number=f"{mark}{number}")
    finish_work()
    db.session.remove()


def browser(house: Flask, name: str) -> Any:
    from app.demo.makers import user
    from app.kit.session import db, finish_work
    from app.security import sessions

    client = house.test_client()
    with house.app_context():
        client.set_cookie(house.config["SESSION_COOKIE_NAME"], sessions.issue(user(name)))
        finish_work()
        db.session.remove()
    return client


def leaks_of_two_people(house: Flask) -> list[str]:
    """Two people list their own customers at the same moment, over and over; answers what each saw of the other's."""
    clients = {name: browser(house, name) for name in MARKS}
    found: list[str] = []
    start = threading.Barrier(len(MARKS))

    def ask(name: str) -> None:
        own, other = MARKS[name], next(mark for mark in MARKS.values() if mark != MARKS[name])
        start.wait(20)
        for turn in range(TURNS):
            page = clients[name].get(f"/customers/?q={own}方&page={turn % 2 + 1}").get_data(as_text=True)
            if f"{other}方" in page:
                found.append(f"{name} saw {other}")
            elif f"{own}方公司" not in page:
                found.append(f"{name} saw nothing")

    people = [threading.Thread(target=ask, args=(name,)) for name in MARKS]
    for each in people:
        each.start()
    for each in people:
        each.join(100)
        assert not each.is_alive()
    return found


def test_what_one_person_asks_is_not_heard_by_another(house: Flask) -> None:
    assert leaks_of_two_people(house) == []


def test_filters_kept_on_the_view_would_be_heard(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: as FAB does it, the filters lie on `self` while the page is made."""
    real = filters.Asked.read.__func__  # type: ignore[attr-defined]

    def read(cls: Any, view: Any, args: Any) -> Any:
        view.kept = real(cls, view, args)
        time.sleep(0.002)
        return view.kept

    monkeypatch.setattr(filters.Asked, "read", classmethod(read))
    assert leaks_of_two_people(house)


def test_forty_more_views_cost_no_statement(house: Flask) -> None:
    from app.kit.session import db

    client, seen = browser(house, "manager"), []
    client.get("/customers/")
    with house.app_context():
        engine = db.engine
    listener = lambda _c, _k, said, *_rest: seen.append(said)  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    page = client.get("/customers/").get_data(as_text=True)
    event.remove(engine, "before_cursor_execute", listener)
    assert len(house.extensions["appbuilder"].baseviews) > 60
    assert "More 1" in page
    statements = [said for said in seen if not said.startswith("BEGIN")]
    assert len(statements) <= 12, "\n".join(statements)
