"""A small console of the kit's own: real models, a plain gate, and views declared here for the purpose.

The kit is below security: what it promises must hold with any gate that is handed in.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, abort, g, has_request_context
from flask.testing import FlaskClient
from flask_appbuilder import AppBuilder, IndexView, expose
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_appbuilder.security.sqla.models import User
from flask_login import current_user
from sqlalchemy import Select, event, select

import config
from app.kit import guard, skin
from app.kit.labels import column_info
from app.kit.session import HudangFlask, before_commit, db
from tests import databases
from tests.conftest import ask_language_anew, settings

SEALED = type("Sealed", (), {"__str__": lambda _self: "", "__bool__": lambda _self: False})()
VERBS = ("list", "show", "add", "edit", "delete", "export", "reveal")
NAMES = ("Site", "Building", "Unit", "Customer", "Contact", "Tenancy", "File", "Document", "DepositLine")
MOVES = {("file", "File"), ("reopen", "File"), ("close", "File")}
RIGHTS: dict[str, set[tuple[str, str]]] = {
    "clerk": {(verb, name) for verb in VERBS for name in NAMES} | MOVES,
    "reader": {(verb, name) for verb in ("list", "show") for name in NAMES},
}
LINES: list[tuple[str, Any, dict[str, Any]]] = []


class PlainGate:
    """Rights from a table, sites from a list, seals from a set of what is sealed."""

    SEALED = SEALED
    sealed: set[tuple[type, int]] = set()

    def user(self) -> Any:
        return current_user._get_current_object() if has_request_context() and current_user.is_authenticated else None

    def may(self, verb: str, permission: str) -> bool:
        return (verb, permission) in RIGHTS.get(getattr(self.user(), "username", ""), set())

    def demand(self, verb: str, permission: str) -> None:
        if not self.may(verb, permission):
            abort(403)

    def site_ids(self) -> list[int]:
        return [world.site]

    def scope(self, query: Select[Any], model: Any, *, walked: bool = False) -> Select[Any]:
        column = model.__table__.c.id if model.__tablename__ == "site" else model.__table__.c.get("site_id")
        return query if column is None else query.where(column.in_([world.site]))

    def is_filed(self, record: Any) -> bool:
        return self.is_sealed(record)

    def is_sealed(self, record: Any) -> bool:
        return (type(record), record.id) in self.sealed

    def value(self, record: Any, column: str) -> Any:
        plain, info = getattr(record, column), column_info(type(record), column)
        if info.get("sealed") and self.is_sealed(record):
            return SEALED
        return plain[:2] + "***" if info.get("mask") and plain else plain

    def reveal(self, record: Any, column: str, reason: str) -> Any:
        guard.audit_write("reveal", record, {"column": column, "reason": reason})
        return getattr(record, column)

    def note_read(self, record: Any, how: str) -> None:
        before_commit(lambda: guard.audit_write(how, record, {}))

    def searchable(self, model: type, column: str) -> bool:
        return not column_info(model, column).keys() & {"mask", "sealed", "hidden"}


world = SimpleNamespace(site=0, other=0)


class DeskSecurity(SecurityManager):
    """Rights from the table above: no statement."""

    def has_access(self, permission_name: str, view_name: str) -> bool:
        return guard.gate.may(permission_name.removeprefix("can_"), view_name)


class Home(IndexView):
    route_base = ""

    @expose("/")
    def index(self) -> str:
        return "home"

    @expose("/login")
    def login(self) -> str:
        return "login"


@pytest.fixture(scope="session")
def kit_url(database_url: str) -> Iterator[str]:
    """On PostgreSQL a database beside the real app's."""
    with databases.own(database_url) as url:
        yield url


@pytest.fixture(scope="session")
def kit_app(tmp_path_factory: pytest.TempPathFactory, kit_url: str) -> Iterator[Flask]:
    """The app of these tests."""
    folder = tmp_path_factory.mktemp("kit")
    real = guard._handed_in.real, guard._handed_in.write
    made = HudangFlask("app", static_folder=None, root_path=str(config.ROOT / "app"))
    made.config.update(settings(folder, kit_url))
    from app import room_templates
    from tests.kit import views  # noqa: F401  brings the tables

    made.jinja_loader = room_templates()
    db.init_app(made)
    guard.hand_in(PlainGate(), write_line)
    skin.init_app(made)
    ask_language_anew(made)
    made.jinja_env.globals.setdefault("csrf_token", lambda: "")
    with made.app_context():
        db.create_all()
        register(made)
        make_world()
        db.session.commit()
        db.session.remove()
    guard.hand_in(*real)
    yield made
    with made.app_context():
        db.engine.dispose()


def register(made: Flask) -> None:
    from tests.kit import views

    builder = AppBuilder(made, db.session, security_manager_class=DeskSecurity, indexview=Home)
    for view in views.ALL:
        builder.add_view_no_menu(view)
    builder.sm.auth_view = Home()
    skin.after_views(made, builder)


def make_world() -> None:
    """Two sites and two people; the gate lets both see the first site only."""
    from app.estate.models import Site

    for name in ("clerk", "reader"):
        db.session.add(User(username=name, first_name=name, last_name="", email=f"{name}@example.org", active=True))
    here, there = Site(name="测试大厦"), Site(name="别处大厦")
    db.session.add_all([here, there])
    db.session.flush()
    world.site, world.other = here.id, there.id


def write_line(action: str, subject: Any, detail: dict[str, Any], *, by: Any = None) -> None:
    LINES.append((action, subject, detail))


@pytest.fixture
def app(kit_app: Flask) -> Iterator[Flask]:
    """Hides the real app in this folder; the gate is the plain one while a test runs."""
    real = guard._handed_in.real, guard._handed_in.write
    guard.hand_in(PlainGate(), write_line)
    PlainGate.sealed.clear()
    LINES.clear()
    yield kit_app
    guard.hand_in(*real)


@pytest.fixture
def lines() -> list[tuple[str, Any, dict[str, Any]]]:
    """The audit lines written in this test: (action, subject, detail)."""
    return LINES


@pytest.fixture
def sealed() -> set[tuple[type, int]]:
    """What is sealed: add (model, key)."""
    return PlainGate.sealed


@pytest.fixture
def login(app: Flask) -> Callable[..., FlaskClient]:
    """`login("clerk")`: a browser of that person."""

    def enter(name: str = "clerk", language: str = "en") -> FlaskClient:
        person = db.session.scalars(select(User).where(User.username == name)).one()
        db.session.commit()
        g.pop("_login_user", None)  # the test's own app context outlives a request
        client = app.test_client()
        client.set_cookie("language", language)
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = str(person.id), True
        return client

    return enter


@pytest.fixture
def desk(login: Callable[..., FlaskClient]) -> FlaskClient:
    """The clerk's browser."""
    return login("clerk")


@pytest.fixture
def drawn(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What templates were given, newest last: the pages are tested as data, not as HTML."""
    from app.kit.records import RecordView

    pages: list[Any] = []

    def draw(_self: Any, _template: str, page: Any) -> str:
        pages.append(page)
        return "drawn"

    monkeypatch.setattr(RecordView, "render_template", draw)
    return pages


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement from here on."""
    seen: list[str] = []
    engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


numbers = itertools.count(1)


def make_customer(name: str = "瑞恒科技有限公司", site: int = 0, **more: Any) -> Any:
    from app.customers.models import Customer

    made = Customer(site_id=site or world.site, name=name, **more)
    db.session.add(made)
    db.session.commit()
    return made


def make_contact(customer: Any, name: str = "张三", **more: Any) -> Any:
    from app.customers.models import Contact

    made = Contact(site_id=customer.site_id, customer=customer, name=name, **more)
    db.session.add(made)
    db.session.commit()
    return made


def make_unit(number: str = "", site: int = 0, **more: Any) -> Any:
    from app.estate.models import Building, Floor, Unit

    number = number or f"05{next(numbers):02d}"
    building = Building(site_id=site or world.site, name=f"楼{next(numbers)}")
    floor = Floor(site_id=building.site_id, building=building, name="5F")
    made = Unit(site_id=building.site_id, building=building, floor=floor, number=number, **more)
    db.session.add_all([building, floor, made])
    db.session.commit()
    return made


def make_file(unit: Any = None, **more: Any) -> Any:
    from app.archive.models import File, Scheme
    from app.kit.columns import today

    unit, number = unit or make_unit(), next(numbers)
    scheme = Scheme(key=f"s{number}", effective_from=today(), body={"name": {"en": "x"}}, digest="")
    made = File(site_id=unit.site_id, unit=unit, scheme=scheme, number=f"F{number}", opened_on=today(), **more)
    db.session.add(made)
    db.session.commit()
    return made
