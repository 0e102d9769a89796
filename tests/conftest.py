"""The fixed cast, one app for the whole run, and one outer transaction a test that is rolled back."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask, g
from flask.testing import FlaskClient
from markupsafe import escape

import config
from app.security import passwords
from tests import databases, scratch

# a machine with more to do is slower at drawing examples: that says nothing of what is tried
hypothesis.settings.register_profile("house", suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")
REAL_HASHER = passwords._hasher
PASSWORD = "Correct-Horse-9!"
SITE = "测试大厦"
OTHER_SITE = "别处大厦"
STAND = pytest.StashKey[Any]()
LONGEST = ("e2e", "house", "deposits")
gc.disable()  # what is collected stays, and so does the app: looking through it meanwhile takes a quarter of the start


def pytest_configure() -> None:
    scratch.use_memory()


def pytest_unconfigure() -> None:
    """What nobody closed is looked for until nothing is found; pytest and Python would go on looking."""
    for _ in range(5):
        if not gc.collect():
            break
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Several workers begin with what takes longest, so that none of them ends alone with it."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: min(LONGEST.index(one) if one in LONGEST else 9 for one in item.path.parts))


def pytest_collection_finish() -> None:
    gc.enable()


def settings(data_dir: Path, url: str) -> dict[str, Any]:
    """What `config.load` would answer for a test."""
    loaded = config.load(
        {
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": url,
            "SECRET_KEY": "test-secret-" + "0123456789abcdef" * 2,
            "FIELD_KEY": "test-field-" + "0123456789abcdef" * 2,
            "AUDIT_KEY": "test-audit-" + "0123456789abcdef" * 2,
            "DEMO_PASSWORD": PASSWORD,
        }
    )
    loaded |= {"TESTING": True, "WTF_CSRF_ENABLED": False, "JOBS_IMMEDIATE": True, "PROPAGATE_EXCEPTIONS": False}
    loaded.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {})["query_cache_size"] = 4000
    return loaded


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app under test keeps its files. Fonts cut once are shared with the developer's console."""
    folder = tmp_path_factory.mktemp("data")
    scratch.share_fonts(folder)
    return folder


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """SQLite, or a PostgreSQL of this run's own with TEST_DATABASE=postgresql."""
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        yield ""
        return
    with databases.server() as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def _quick_hashing() -> None:
    """Passwords are hashed by the same argon2 at the least cost it takes; `real_hashing` is for what is about cost."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> None:
    """Nothing that a test writes outlives the run; what must outlive a crash is tried in processes of its own."""
    os.fsync = lambda _descriptor: None  # type: ignore[assignment]


@pytest.fixture
def real_hashing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords are hashed at the cost that the console hashes them at."""
    passwords._nobodys_hash.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(passwords, "_hasher", REAL_HASHER)
        yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture(scope="session")
def app(data_dir: Path, database_url: str) -> Iterator[Flask]:
    """The console, migrated, with the seven roles, the cast and two sites."""
    from app import create_app
    from app.demo import makers, tower
    from app.estate import rules as estate
    from app.kit.session import db, finish_work
    from app.security import setup
    from tests.standing import plain_transactions

    gc.disable()
    made = create_app(settings(data_dir, database_url))
    ask_language_anew(made)
    refuse_unsendable(made)
    with made.app_context():
        plain_transactions(db.engine)
        migrate(made)
        db.engine.dispose()
        databases.keep_copy(database_url, data_dir)
        setup.sync_permissions(made)
        cast = tower.make_cast(PASSWORD)
        makers.make_scheme()
        here, elsewhere = estate.add_site(SITE, short_name="CS"), estate.add_site(OTHER_SITE)
        for name, person in cast.items():
            estate.assign(elsewhere if name == "stranger" else here, person)
        finish_work()
        db.session.remove()
    gc.freeze()  # the house stands: looking through all of it for rubbish took a tenth of the run
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
    yield made
    with made.app_context():
        db.engine.dispose()


def ask_language_anew(app: Flask) -> None:
    """Babel keeps the language with the app context, which in tests outlives a request."""
    from flask_babel import refresh

    app.before_request_funcs.setdefault(None, []).insert(0, refresh)


def refuse_unsendable(app: Flask) -> None:
    """A real server sends headers in Latin-1 only; the test client would take any."""

    @app.after_request
    def check(answer: Any) -> Any:
        for _name, value in answer.headers:
            value.encode("latin-1")
        return answer


def migrate(app: Flask) -> None:
    """Bring an empty database up the way an upgrade does."""
    from flask_migrate import upgrade

    upgrade(directory=str(config.ROOT / "migrations"))


@pytest.fixture(scope="module")
def standing(app: Flask, request: pytest.FixtureRequest) -> Iterator[Callable[[Callable[[], Any]], Callable[[], Any]]]:
    """`standing(write)`: what `write` makes stands for all tests of the module whose fixtures lead here."""
    from tests.standing import Stand

    request.node.stash[STAND] = stand = Stand(app)
    yield stand.add
    stand.clear()
    del request.node.stash[STAND]


@pytest.fixture(autouse=True)
def _unit_of_work(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything a test writes is taken back."""
    from tests.standing import outer_transaction, undone

    stand = request.node.getparent(pytest.Module).stash.get(STAND, None)
    asks = stand is not None and "standing" in request.fixturenames
    if stand is not None and not asks:
        stand.clear()
    if "no_app" in request.keywords or "live" in request.keywords:
        yield
        return
    app: Flask = request.getfixturevalue("app")
    outer = nullcontext(stand.there()) if asks else outer_transaction(app)
    with app.app_context(), outer as connection, undone(connection):
        yield


@pytest.fixture
def database(app: Flask, data_dir: Path, database_url: str, tmp_path: Path) -> Iterator[str]:
    """A database of a test's own, which is migrated already; SQLite's lies in the test's own folder."""
    if not database_url:
        databases.lay_copy(data_dir, tmp_path)
    with databases.own(database_url, databases.MIGRATED) as url:
        yield url


@pytest.fixture
def empty_database(database_url: str) -> Iterator[str]:
    with databases.own(database_url) as url:
        yield url


@pytest.fixture
def empty_console(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """A console on a database of its own that is migrated in its test, for what goes up and down its migrations."""
    from app import create_app
    from app.kit.session import db

    made = create_app(settings(tmp_path, empty_database))
    with made.app_context():
        migrate(made)
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> dict[str, Any]:
    """The eight people by name; `stranger` is a clerk of another site."""
    from flask_appbuilder.security.sqla.models import User
    from sqlalchemy import select

    from app.kit.session import db

    return {user.username: user for user in db.session.scalars(select(User))}


@pytest.fixture
def site(app: Flask) -> Any:
    """The site that everyone but the stranger works for."""
    from app.estate.rules import find_site

    return find_site(SITE)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who has not logged in."""
    return app.test_client()


@pytest.fixture
def login(app: Flask) -> Callable[[str], FlaskClient]:
    """`login("clerk")`: a browser in which that person is logged in."""
    from app.demo.makers import user
    from app.kit.session import db
    from app.security import sessions

    def enter(name: str, language: str = "en") -> FlaskClient:
        client = app.test_client()
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], sessions.issue(user(name)))
        client.set_cookie("language", language)
        db.session.commit()
        return client

    return enter


@pytest.fixture
def words_for_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed is the page that would be laid out, at once: for tests whose subject is who gets which words.

    That every form, every report and every kind of screen is laid out indeed is the subject of `tests/printing`.
    """
    from app.printing import engine, qr

    monkeypatch.setattr(engine, "make_pdf", lambda sheets, **_how: "".join(sheets).encode())
    monkeypatch.setattr(qr, "svg", lambda _address, title: escape(title))


@pytest.fixture
def acting(app: Flask) -> Callable[[Any], AbstractContextManager[None]]:
    """`with acting(user):` a request in which the gate's user is `user`."""

    @contextmanager
    def act(user: Any) -> Iterator[None]:
        with app.test_request_context("/"):
            g.user = user
            yield

    return act
