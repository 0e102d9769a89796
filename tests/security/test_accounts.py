"""Accounts and roles: opened, changed and shut with the right people, on screen and by command."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import delete, event, func, select

from app.kit.errors import RuleError
from app.kit.session import db
from app.security import accounts, logins, overview, passwords, roles, setup
from app.security.models import Account, AuditLine
from app.security.rights import shared
from tests.conftest import PASSWORD

Login = Callable[..., FlaskClient]
# alone: a form's token may hold the like of it
ONE_TIME = re.compile(r"(?<![\w-])[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}(?![\w-])")


def test_the_seven_roles_are_in_the_database_exactly_as_the_table_says(app: Flask) -> None:
    stored = {
        role.name: {(right.permission.name, right.view_menu.name) for right in role.permissions}
        for role in db.session.scalars(select(Role))
    }
    assert stored == {role: set(pairs) for role, pairs in setup.wanted_rights(app).items()}


def test_a_second_setup_asks_one_question_and_writes_nothing(app: Flask) -> None:
    statements: list[str] = []
    record = lambda *args: statements.append(args[2])  # noqa: E731
    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", record)
    assert setup.sync_permissions(app) is False
    event.remove(connection, "before_cursor_execute", record)
    assert len(statements) == 1


def test_a_changed_table_takes_rights_away_and_gives_them(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = roles.TABLE | {"clerk": {"File": "list", "Novelty": "admire"}}
    monkeypatch.setattr(roles, "TABLE", changed)
    assert setup.sync_permissions(app) is True
    clerk = db.session.scalars(select(Role).where(Role.name == "clerk")).one()
    rights = {(right.permission.name, right.view_menu.name) for right in clerk.permissions}
    menus = {("menu_access", "Files"), ("menu_access", "Desk")}
    assert rights == {("can_list", "File"), ("can_admire", "Novelty")} | menus


def test_menus_follow_from_rights(login: Login) -> None:
    assert ">Users<" in login("admin").get("/").get_data(as_text=True).replace("\n", "")
    page = login("clerk").get("/").get_data(as_text=True)
    assert "/files/" in page and 'href="/users/"' not in page and 'href="/audit/"' not in page


BUSINESS = {
    "File", "Customer", "Contact", "Tenancy", "Document", "Scan", "Deposit", "LookupRequest", "Handover",
    "HandoverLine", "HandoverSignature", "Import", "Print", "Complaint", "Repair", "RepairCost", "Due",
    "Violation", "Visit", "Notice", "NoticeReceipt", "Letters", "Application", "Moving", "HeldKey",
    "DepositLine", "DepositRefund", "Fitout", "FitoutWorker", "Report",
}  # fmt: skip


def test_duties_are_split() -> None:
    """What everybody has is their own: password, calendar key, what they are told."""
    assert not BUSINESS & set(roles.TABLE["admin"])
    reading = {"list", "show", "export", "print", "progress", "results", "suggest", "of_file", "of_person"}
    changes = {
        verb for name, verbs in roles.TABLE["auditor"].items() for verb in verbs.split() if name not in shared.EVERYBODY
    }
    assert changes <= reading
    for name in set(roles.ROLES) - {"admin"}:
        assert not {"add", "edit"} & set(roles.TABLE[name].get("User", "").split())
    for name in set(roles.ROLES) - {"auditor"}:
        assert "AuditLine" not in roles.TABLE[name]
    for name in set(roles.ROLES) - {"manager", "director"}:
        assert not roles.may(name, "approve", "LookupRequest")
    assert not roles.may("manager", "pass_on", "LookupRequest")


def test_an_account_is_opened_with_a_one_time_password_that_must_be_changed(login: Login, client: FlaskClient) -> None:
    admin = login("admin")
    form = {"username": "linxm", "full_name": "林夏末", "role": "clerk"}
    answer = admin.post("/users/new", data=form, follow_redirects=True)
    told = ONE_TIME.search(answer.get_data(as_text=True))
    assert told is not None
    again = admin.get(answer.request.path).get_data(as_text=True)
    assert told.group() not in again and "林夏末" in again
    client.post("/login", data={"username": "linxm", "password": told.group()})
    for address in ("/", "/files/", "/search/?q=1"):
        assert client.get(address).headers["Location"] == "/password/"
    new = "Mulberry-7-Lantern"
    assert client.post("/password/", data={"current": told.group(), "password": new, "repeat": new}).status_code == 302
    assert client.get("/files/").status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"username": "clerk", "full_name": "某人", "role": "clerk"},
        {"username": "CLERK", "full_name": "某人", "role": "clerk"},
        {"username": "two words", "full_name": "某人", "role": "clerk"},
        {"username": "linxm", "full_name": "", "role": "clerk"},
        {"username": "linxm", "full_name": "某人", "role": ""},
        {"username": "linxm", "full_name": "某人", "role": "emperor"},
    ],
)
def test_a_wrong_account_is_refused_with_what_was_typed_kept(login: Login, form: dict[str, str]) -> None:
    before = db.session.scalar(select(func.count(User.id)))
    answer = login("admin").post("/users/new", data=form)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert form["full_name"] in page and 'aria-invalid="true"' in page
    assert db.session.scalar(select(func.count(User.id))) == before


def test_an_account_is_changed_on_screen_and_its_lines_say_so(login: Login, cast: Any) -> None:
    admin, person = login("admin"), cast["stranger"]
    form = {"full_name": "外来人", "role": "archivist", "active": "y"}
    assert admin.post(f"/users/{person.id}/change", data=form).status_code == 302
    db.session.expire_all()
    assert (str(person), [role.name for role in person.roles]) == ("外来人", ["archivist"])
    assert admin.post(f"/users/{person.id}/change", data=form | {"active": ""}).status_code == 302
    db.session.expire_all()
    assert not person.active
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc()).limit(3)).all()
    assert [line.action for line in lines] == ["deactivate", "change_roles", "rename_account"]
    assert lines[1].detail == {"from": ["clerk"], "to": ["archivist"]} and lines[1].username == "admin"


def test_nobody_changes_their_own_roles_or_shuts_themselves_out(login: Login, cast: Any) -> None:
    admin, own = login("admin"), f"/users/{cast['admin'].id}/change"
    assert admin.post(own, data={"full_name": "吴工", "role": "manager", "active": "y"}).status_code == 422
    assert admin.post(own, data={"full_name": "吴工", "role": "admin"}).status_code == 422
    assert admin.get("/users/").status_code == 200


def test_the_last_administrator_stays(cast: Any) -> None:
    with pytest.raises(RuleError):
        accounts.change_roles(cast["admin"], ["clerk"])
    with pytest.raises(RuleError):
        accounts.change_standing(cast["admin"], False)
    second = accounts.open_account("second", "第二人", ["admin"], PASSWORD)
    accounts.change_standing(cast["admin"], False, by=second)
    with pytest.raises(RuleError):
        accounts.change_standing(second, False)


@pytest.mark.parametrize(
    "mixed", [["admin", "clerk"], ["auditor", "manager"], ["admin", "auditor"], [], ["clerk", "none"]]
)
def test_duties_are_not_mixed_in_one_account(mixed: list[str]) -> None:
    with pytest.raises(RuleError):
        accounts.roles_called(mixed)


def test_a_lock_is_lifted_by_the_administrator(login: Login, client: FlaskClient, cast: Any) -> None:
    for _ in range(5):
        client.post("/login", data={"username": "clerk", "password": "wrong"})
    admin, address = login("admin"), f"/users/{cast['clerk'].id}"
    assert "Unlock" in admin.get(address).get_data(as_text=True)
    admin.post(f"{address}/unlock")
    assert "Unlock" not in admin.get(address).get_data(as_text=True).replace("The account is unlocked", "")
    assert client.post("/login", data={"username": "clerk", "password": PASSWORD}).status_code == 302


def test_roles_can_be_read_and_not_changed(app: Flask, login: Login) -> None:
    admin = login("admin")
    assert "Front desk clerk" in admin.get("/roles/").get_data(as_text=True)
    for role in roles.ROLES:
        assert admin.get(f"/roles/{role}").status_code == 200
    assert admin.get("/roles/emperor").status_code == 404
    addresses = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("RoleView")}
    assert addresses == {"/roles/", "/roles/<name>"}


def test_every_word_of_the_role_pages_is_known() -> None:
    verbs = {v for rights in roles.TABLE.values() for verbs in rights.values() for v in verbs.split()}
    silent = {"change", "progress", "results", "suggest", "start", "upload", "columns", "preview", "apply", "report",
              "print_form"}  # fmt: skip
    assert verbs - set(overview.VERBS) <= silent
    assert {name for rights in roles.TABLE.values() for name in rights} <= set(overview.PERMISSIONS) | {"Home"}


def test_the_audit_is_the_auditors(login: Login, cast: Any) -> None:
    login("clerk").post("/login")
    auditor = login("auditor")
    page = auditor.get("/audit/?action=open_account").get_data(as_text=True)
    assert "Account opened" in page
    line = db.session.scalar(select(func.max(AuditLine.id)))
    assert auditor.get(f"/audit/{line}").status_code == 200
    assert auditor.get("/audit/export.csv").status_code == 200
    for method, address in (("POST", f"/audit/{line}/edit"), ("POST", f"/audit/{line}/delete"), ("GET", "/audit/add")):
        assert auditor.open(address, method=method).status_code in (404, 405)


def test_passwords_are_in_no_page_of_users(login: Login, cast: Any) -> None:
    for address in ("/users/", f"/users/{cast['clerk'].id}", f"/users/{cast['clerk'].id}/change"):
        assert "argon2" not in login("admin").get(address).get_data(as_text=True)
    assert login("admin").get("/users/export.csv").status_code == 403


@pytest.mark.parametrize(
    "address", ["/users/?order=password", "/users/?password=x", "/users/?q=argon2", "/users/?email=x"]
)
def test_a_password_can_be_neither_sorted_nor_filtered_by(login: Login, address: str) -> None:
    admin = login("admin")
    rows = re.findall(r'href="(/users/\d+)"', admin.get("/users/").get_data(as_text=True))
    asked = admin.get(address)
    assert asked.status_code in (200, 400)
    if asked.status_code == 200 and "q=" not in address:
        assert re.findall(r'href="(/users/\d+)"', asked.get_data(as_text=True)) == rows


# --- the first administrator, and commands --------------------------------------------------------------------


KEPT = {"ab_role", "ab_permission", "ab_view_menu", "ab_permission_view", "ab_permission_view_role"}
KEPT |= {"setup_state", "audit_line"}


@pytest.fixture
def empty(app: Flask) -> None:
    """A console without accounts: nobody has a name that could be told."""
    for table in reversed(User.metadata.sorted_tables):
        if table.name not in KEPT:
            db.session.execute(delete(table))
    db.session.commit()


def test_the_first_administrator_needs_the_printed_code(client: FlaskClient, empty: None) -> None:
    assert client.get("/login").headers["Location"] == "/setup"
    assert client.get("/setup").status_code == 200
    form = {"username": "wugong", "full_name": "吴工", "password": "Mulberry-7-Lantern", "repeat": "Mulberry-7-Lantern"}
    assert client.post("/setup", data=form | {"code": "AAAA-BBBB-CCCC-DDDD"}).status_code == 422
    assert setup.nobody_yet()
    weak = form | {"code": setup.first_admin_code(), "password": "woaini1314", "repeat": "woaini1314"}
    assert client.post("/setup", data=weak).status_code == 422
    assert client.post("/setup", data=form | {"code": setup.first_admin_code()}).status_code == 302
    assert client.get("/users/").status_code == 200
    assert client.get("/setup").status_code == 404


def test_guessing_the_code_is_locked(client: FlaskClient, empty: None) -> None:
    form = {"username": "wugong", "full_name": "吴工", "password": "Mulberry-7-Lantern", "repeat": "Mulberry-7-Lantern"}
    for _ in range(5):
        client.post("/setup", data=form | {"code": "AAAA-BBBB-CCCC-DDDD"})
    assert client.post("/setup", data=form | {"code": setup.first_admin_code()}).status_code == 422
    assert setup.nobody_yet()


def test_with_accounts_there_is_no_such_page(client: FlaskClient) -> None:
    assert client.get("/setup").status_code == 404
    assert client.post("/setup", data={"code": setup.first_admin_code()}).status_code == 404


def test_accounts_by_command(app: Flask) -> None:
    run = app.test_cli_runner()
    answer = run.invoke(args=["users", "add", "linxm", "--name", "林夏末", "--role", "clerk"])
    assert answer.exit_code == 0
    password = answer.output.split()[-1]
    user = accounts.find("linxm")
    assert user is not None and passwords.is_right(password, user.password)
    account = db.session.get(Account, user.id)
    assert account is not None and account.must_change_password
    assert "linxm" in run.invoke(args=["users", "list"]).output
    assert run.invoke(args=["users", "lock", "linxm"]).exit_code == 0 and not user.active
    assert run.invoke(args=["users", "lock", "linxm", "--undo"]).exit_code == 0 and user.active
    other = run.invoke(args=["users", "password", "linxm"]).output.split()[-1]
    assert passwords.is_right(other, user.password) and not passwords.is_right(password, user.password)
    assert run.invoke(args=["users", "lock", "nobody"]).exit_code == 1
    assert run.invoke(args=["users", "add", "linxm", "--name", "林", "--role", "clerk"]).exit_code == 1
    assert run.invoke(args=["setup"]).exit_code == 0


def test_demo_passwords_are_looked_at_again_only_when_something_changed(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, looked = [cast["clerk"], cast["manager"]], []
    one_by_one = setup.set_demo_password
    monkeypatch.setattr(setup, "set_demo_password", lambda user, word: (looked.append(user), one_by_one(user, word)))
    setup.set_demo_passwords(people, "demo")
    assert len(looked) == 2
    setup.set_demo_passwords(people, "demo")
    assert len(looked) == 2
    accounts.set_password(cast["clerk"], "somebody chose another")
    setup.set_demo_passwords(people, "demo")
    assert len(looked) == 4
    assert logins.check("clerk", "demo", "").username == "clerk"
    setup.set_demo_passwords(people, "demo2")
    assert len(looked) == 6
    monkeypatch.setitem(current_app.config, "SECRET_KEY", "another")
    setup.set_demo_passwords(people, "demo2")
    assert len(looked) == 8


def test_a_demo_password_may_be_anything_and_is_set_once(cast: Any) -> None:
    setup.set_demo_password(cast["clerk"], "demo")
    assert logins.check("clerk", "demo", "").username == "clerk"
    before = cast["clerk"].password
    setup.set_demo_password(cast["clerk"], "demo")
    assert cast["clerk"].password == before
    with pytest.raises(RuleError):
        setup.create_user("weak", full_name="弱", roles=["clerk"], password="demo")
