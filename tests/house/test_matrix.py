"""Role × address × method: every cell of `app/security/roles.py` is tried at every address of the console (G6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder import BaseView

from app.demo import makers
from app.kit import problems
from app.kit.kinds import relation
from app.kit.records import RecordView
from app.kit.session import finish_work
from app.security import roles, tokens
from tests.api.conftest import asked, forced, speaking
from tests.house.full_house import OURS, Held, furnish, tables

Login = Callable[..., FlaskClient]
# Addresses that belong to no view, and those of a view that anybody may ask for. A new one must be named here.
EVERYBODY = {
    "skin.asset",
    "skin.favicon",
    "skin.language",
    "health",
    "ready",
    "AnswerView.answer",
    "AnswerView.thanks",
    "CalendarFeedView.feed",
    "printing.serial",
    "LoginView.login",
    "LoginView.logout",
    "LoginView.first_admin",
    "HomeView.index",
    "OpenRecordsView.search",
    "OpenRecordsView.record",
}
REFUSED = {401, 403}
STATES = {200, 302, 400, 404, 409, 415, 422}


@dataclass(frozen=True)
class Address:
    """One route with one method, and the right it needs (None: everybody)."""

    endpoint: str
    method: str
    rule: str
    right: tuple[str, str] | None
    arguments: tuple[tuple[str, Any], ...]


@cache
def views(app: Flask) -> dict[str, BaseView]:
    return {view.endpoint: view for view in app.extensions["appbuilder"].baseviews}


def addresses(app: Flask) -> Iterator[Address]:
    """Every route × method; a move once for each move of its view."""
    known = views(app)
    for rule in app.url_map.iter_rules():
        for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            name, _dot, function = rule.endpoint.rpartition(".")
            view = known.get(name)
            if rule.endpoint in EVERYBODY:
                yield Address(rule.endpoint, method, rule.rule, None, ())
            elif function == "choose" and not _relation(view):
                continue  # a view without forms offers nothing to choose
            elif view is None:
                raise AssertionError(f"{rule.rule} belongs to no view: name it in EVERYBODY or give it one")
            elif function == "move":
                for move in view.moves:
                    permission, verb = move.permission
                    yield Address(rule.endpoint, method, rule.rule, (verb, permission), (("name", move.name),))
            else:
                yield Address(rule.endpoint, method, rule.rule, (_verb(view, function), view.class_permission_name), ())


def _relation(view: Any) -> str:
    """A relation that the view's forms choose in, or ""."""
    names = {*getattr(view, "add_names", ()), *getattr(view, "edit_names", ())}
    return next((name for name in sorted(names) if relation(view.model, name) is not None), "")


def _verb(view: BaseView, function: str) -> str:
    named = getattr(view, function, None)
    if named is None or not hasattr(named, "_permission_name"):
        raise AssertionError(f"{type(view).__name__}.{function} asks for no right")
    return str(named._permission_name)


def records(site: Any, cast: Any) -> Held:
    """One record of each kind, all of the cast's site."""
    file = makers.make_filed_file(makers.make_unit(site=site))
    handover = makers.make_handover(site, cast["archivist"], cast["supervisor"], cast["manager"])
    made = {model.__name__: record for model, record in furnish(site, OURS).items()} | {
        "File": file,
        "Document": file.documents[0],
        "Customer": file.customer,
        "Tenancy": file.tenancy,
        "Unit": file.unit,
        "Floor": file.unit.floor,
        "Building": file.unit.building,
        "Place": file.place,
        "Site": site,
        "Handover": handover,
        "Complaint": makers.make_complaint(file.unit),
        "VisitPlan": makers.make_visit_plan(site),
        "Visit": makers.make_visit(file.unit),
        "Repair": makers.make_repair(file.unit),
        "RepairKind": makers.make_repair_kind(),
        "Due": makers.make_due(file.tenancy),
        "Violation": makers.make_violation(file.tenancy),
        "Notice": makers.make_notice(file.unit),
        "NoticeReceipt": makers.make_notice_receipt(file.unit),
        "Deposit": (deposit := makers.make_deposit(file.tenancy, received=1_000_000)),
        "DepositLine": deposit.lines[0],
        "DepositRefund": makers.make_refund(deposit),
        "Fitout": makers.make_fitout(file.tenancy),
        "Application": makers.make_application(file.tenancy),
        "Moving": makers.make_moving(file.tenancy),
        "LookupRequest": makers.make_request(file, cast["stranger"]),
        "User": cast["clerk"],
        "ApiToken": asked(cast["clerk"], cast["admin"]),
    }
    finish_work()
    return Held(made)


def url(address: Address, there: Held, app: Flask) -> str:
    """The address with keys of real records filled in."""
    view = views(app).get(address.endpoint.rpartition(".")[0])
    keys = {name: key for name, (_model, key) in there.at.items()}
    values = {"pk": keys.get(getattr(view, "class_permission_name", ""), 1), "document_id": keys["Document"]}
    values["key"] = "file_label"
    values |= {
        "column": "id_number",
        "relation": _relation(view) or "none",
        "ending": "csv",
        "address": "none",
        "serial": "none",
    }
    values |= {"job_id": 1, "stage": "before", "token": "none", "name": "none", "step": "columns", "batch": "none"}
    values |= {"user_id": keys["User"], "what": "file"}
    values |= dict(address.arguments)
    adapter = app.url_map.bind("localhost")
    wanted = {name: values[name] for name in _names(address, app)}
    return adapter.build(address.endpoint, wanted, method=address.method)


def _names(address: Address, app: Flask) -> set[str]:
    return next(rule.arguments for rule in app.url_map.iter_rules(address.endpoint) if rule.rule == address.rule)


# The table is asked in the same way whatever the database, and a page that writes would write on any: on the other
# one those are asked who may most, who see most, who may least and who may nothing.
TRIED = [
    pytest.param(role, marks=[] if role in ("manager", "auditor", "technician") else pytest.mark.once)
    for role in roles.ROLES
]


@pytest.mark.parametrize("role", [*TRIED, "nobody"])
@pytest.mark.usefixtures("words_for_paper")
def test_each_role_may_do_what_the_table_says_and_nothing_else_and_looking_changes_nothing(
    app: Flask, login: Login, client: FlaskClient, site: Any, cast: Any, role: str
) -> None:
    """Everything is looked at before anything is changed: no GET writes (trap 5)."""
    there = records(site, cast)
    person, program = (client, client) if role == "nobody" else (asking(login(role)), speaking(app, forced(cast[role])))
    before, wrong = tables(), []
    looked, then = split(addresses(app), lambda each: each.method == "GET" and not _is_a_programs(each))
    for address in looked:
        wrong += told_wrong(app, person, role, address, there)
    assert tables() == before
    for address in sorted(then, key=_ends_the_session):
        wrong += told_wrong(app, program if _is_a_programs(address) else person, role, address, there)
    assert not wrong, "\n".join(wrong)
    assert len(looked) > 300 and len(then) > 500


def split(found: Iterable[Address], is_first: Callable[[Address], bool]) -> tuple[list[Address], list[Address]]:
    every = list(found)
    return [each for each in every if is_first(each)], [each for each in every if not is_first(each)]


def told_wrong(app: Flask, visitor: FlaskClient, role: str, address: Address, there: Held) -> list[str]:
    """What the answer is where it is not what the table says."""
    answer = visitor.open(url(address, there, app), method=address.method)
    answer.get_data()
    said = f"{role} {address.method} {address.rule} {dict(address.arguments)}: {answer.status_code}"
    return [] if _is_right(role, address, answer) else [said]


def asking(client: FlaskClient) -> FlaskClient:
    """Refusals are told as scripts are told them: no page is drawn to say no."""
    client.environ_base |= {"HTTP_ACCEPT": "application/json"}
    return client


def _ends_the_session(address: Address) -> bool:
    return address.endpoint.startswith("LoginView.")


def _is_a_programs(address: Address) -> bool:
    return address.rule.startswith(problems.PREFIX)


@pytest.mark.once
@pytest.mark.parametrize("role", roles.ROLES)
def test_being_logged_in_opens_no_address_of_other_programs(
    app: Flask, login: Login, site: Any, cast: Any, role: str
) -> None:
    there, tried = records(site, cast), 0
    for address in filter(_is_a_programs, addresses(app)):
        answer = login(role).open(url(address, there, app), method=address.method)
        assert answer.status_code == (200 if address.endpoint == "ApiView.describe" else 401), address.rule
        tried += 1
    assert tried > len(tokens.resources())


def _is_right(role: str, address: Address, answer: Any) -> bool:
    if address.right is None:
        return answer.status_code in STATES | {405}
    if role == "nobody":
        return answer.status_code in REFUSED or "/login" in answer.headers.get("Location", "")
    if address.endpoint.endswith(".choose"):  # who fills in a form may choose in it
        return (answer.status_code in REFUSED) != _fills_forms(role, address.right[1])
    if roles.may(role, *address.right):
        # what the gate keeps back of a sealed record is refused to those who hold the right, too
        sealed = address.right[0] in ("edit", "reveal", "print_form", "download")
        return answer.status_code in STATES | ({403} if sealed else set())
    return answer.status_code in REFUSED


def _fills_forms(role: str, permission: str) -> bool:
    return roles.may(role, "add", permission) or roles.may(role, "edit", permission)


def test_every_record_view_names_its_permission_itself(app: Flask) -> None:
    silent = [
        type(view).__name__
        for view in views(app).values()
        if isinstance(view, RecordView) and "class_permission_name" not in vars(type(view))
    ]
    assert not silent


def test_no_menu_entry_has_a_permissions_name(app: Flask) -> None:
    menus = {item.name for group in app.extensions["appbuilder"].menu.get_list() for item in [group, *group.childs]}
    assert not menus & {view.class_permission_name for view in views(app).values()}


def test_every_role_is_known_to_the_table_and_every_right_to_a_view(app: Flask) -> None:
    offered = {
        (permission.removeprefix("can_"), view.class_permission_name)
        for view in views(app).values()
        for permission in view.base_permissions or []
    }
    unknown = {
        (verb, permission)
        for rights in roles.TABLE.values()
        for permission, verbs in rights.items()
        for verb in verbs.split()
        if (verb, permission) not in offered and verb not in {"print", "open", "every_site", "reveal", "index"}
    }
    assert not unknown
