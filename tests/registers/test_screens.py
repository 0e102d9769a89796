"""Registers over HTTP: what was declared a minute ago is used like any room's records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from flask.testing import FlaskClient
from sqlalchemy import select

from app.kit.session import db
from app.registers import declaring
from app.registers.models import Entry
from tests.registers.conftest import BODY, named

Login = Callable[[str], FlaskClient]


def add(client: FlaskClient, key: str = "spot_checks", **fields: Any) -> Entry:
    answer = client.post(f"/registers/{key}/add", data=fields)
    assert answer.status_code == 302, answer.text
    return db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()


def test_an_entry_is_added_listed_and_numbered(spot_checks: Any, login: Login, site: Any) -> None:
    clerk = login("clerk")
    one = add(clerk, topic="三楼档案柜未上锁", grade="grave", cost="120.50", deadline="2026-01-05")
    two = add(clerk, topic="借阅登记漏签")
    assert one.number.endswith("-001") and two.number.endswith("-002")  # type: ignore[union-attr]
    listed = clerk.get("/registers/spot_checks/?grade=grave").text
    assert "三楼档案柜未上锁" in listed and "借阅登记漏签" not in listed and "Grave" in listed
    shown = clerk.get(f"/registers/spot_checks/{one.id}").text
    assert "120.50" in shown and "Deadline" in shown and "Corrected" in shown


def test_steps_are_walked_and_barred(spot_checks: Any, login: Login) -> None:
    clerk, supervisor = login("clerk"), login("supervisor")
    entry = add(clerk, topic="柜门未锁")
    step = lambda who, name, **said: who.post(f"/registers/spot_checks/{entry.id}/move/{name}", data=said)  # noqa: E731
    assert step(clerk, "correct").status_code == 422  # the outcome is asked
    assert step(clerk, "correct", outcome="已换锁").status_code == 302
    assert step(clerk, "back", reason="不彻底").status_code == 403
    assert step(supervisor, "back").status_code == 422
    assert step(supervisor, "back", reason="不彻底").status_code == 302
    step(clerk, "correct", outcome="已换锁并登记")
    step(clerk, "close")
    db.session.refresh(entry)
    assert entry.state == "corrected"  # whoever corrected does not close
    step(supervisor, "close")
    db.session.refresh(entry)
    assert entry.state == "closed" and entry.is_over
    assert clerk.get(f"/registers/spot_checks/{entry.id}/edit").status_code in (403, 200)


def test_roles_of_the_declaration_count(login: Login, app: Any) -> None:
    declaring.declare({**BODY, "read": ["supervisor"], "write": ["manager"]})
    manager, clerk = login("manager"), login("clerk")
    entry = add(manager, topic="内部")
    pages = ["", "add", f"{entry.id}", f"{entry.id}/edit", "export.xlsx", "choose/owner", "known"]
    assert {clerk.get(f"/registers/spot_checks/{page}").status_code for page in pages} == {403}
    posts = ["add", f"{entry.id}/edit", f"{entry.id}/move/close", f"{entry.id}/print", "print"]
    assert {clerk.post(f"/registers/spot_checks/{page}").status_code for page in posts} == {403}
    supervisor = login("supervisor")
    assert supervisor.get(f"/registers/spot_checks/{entry.id}").status_code == 200
    assert supervisor.post("/registers/spot_checks/add", data={"topic": "x"}).status_code == 403


def test_entries_of_another_site_are_invisible(spot_checks: Any, login: Login) -> None:
    entry = add(login("clerk"), topic="本站的事")
    stranger = login("stranger")
    assert "本站的事" not in stranger.get("/registers/spot_checks/").text
    assert stranger.get(f"/registers/spot_checks/{entry.id}").status_code == 404
    assert stranger.post(f"/registers/spot_checks/{entry.id}/move/correct", data={"outcome": "x"}).status_code == 404
    assert "本站的事" not in stranger.get("/registers/spot_checks/export.csv").text


def test_exports_and_paper(spot_checks: Any, login: Login) -> None:
    add(login("clerk"), topic="柜门未锁", cost="10")
    supervisor = login("supervisor")
    sheet = supervisor.get("/registers/spot_checks/export.csv?q=柜门").text
    assert "Topic" in sheet and "柜门未锁" in sheet
    entry = db.session.scalars(select(Entry)).one()
    assert supervisor.post(f"/registers/spot_checks/{entry.id}/print").mimetype == "application/pdf"
    assert supervisor.post("/registers/spot_checks/print").mimetype == "application/pdf"


TEXT = yaml.safe_dump(BODY, allow_unicode=True, sort_keys=False)


def test_a_register_is_declared_tried_and_given_a_new_version_on_screen(login: Login) -> None:
    manager = login("manager")
    assert "visitors_to_the_archive" in manager.get("/registers/declared/new").text
    tried = manager.post("/registers/declared/new", data={"text": TEXT, "how": "try"})
    assert tried.status_code == 200 and "整改期限" in tried.text
    assert declaring.current("spot_checks") is None  # nothing is stored yet
    stored = manager.post("/registers/declared/new", data={"text": TEXT})
    assert stored.status_code == 302
    assert "Spot checks" in manager.get("/registers/").text
    exported = manager.get("/registers/declared/spot_checks.yaml").text
    assert yaml.safe_load(exported) == BODY
    changed = {**BODY, "fields": [*BODY["fields"], {"key": "floor", "kind": "text", "label": named("楼层", "Floor")}]}
    text = yaml.safe_dump(changed, allow_unicode=True)
    again = manager.post("/registers/declared/spot_checks/new-version", data={"text": text})
    assert again.status_code == 302
    assert "楼层" in manager.get("/registers/declared/spot_checks").text
    entry = add(login("clerk"), topic="x", floor="三层")
    assert entry.declared_in == 2 and "三层" in login("clerk").get(f"/registers/spot_checks/{entry.id}").text


def test_a_wrong_declaration_is_refused_with_its_line_beside_the_field(login: Login) -> None:
    manager = login("manager")
    seventeen = [{"key": f"field{n}", "kind": "text", "label": named(f"字段{n}", f"Field {n}")} for n in range(17)]
    text = yaml.safe_dump({**BODY, "fields": seventeen, "due": None}, allow_unicode=True, sort_keys=False)
    refused = manager.post("/registers/declared/new", data={"text": text.replace("due: null\n", "")})
    assert refused.status_code == 422 and "field16" in refused.text and "at most 16 fields" in refused.text
    line = 1 + next(n for n, said in enumerate(text.split("\n")) if "field16" in said)
    assert f"Line {line + 1}, fields.16.kind" in refused.text
    assert "字段16" in refused.text  # what was typed is kept
    broken = manager.post("/registers/declared/new", data={"text": "key: [a"})
    assert broken.status_code == 422 and "no YAML" in broken.text
    assert login("clerk").get("/registers/declared/new").status_code == 403


def test_what_is_overdue_stands_on_the_home_page(spot_checks: Any, login: Login) -> None:
    clerk = login("clerk")
    add(clerk, topic="逾期的", deadline="2020-01-05")
    home = clerk.get("/").text
    assert "Overdue: Spot checks" in home
    address = next(part for part in home.split('"') if "deadline_to" in part).replace("&amp;", "&")
    assert "逾期的" in clerk.get(address).text
    assert "Overdue: Spot checks" not in login("stranger").get("/").text


def test_an_entry_is_found_in_the_search_box(spot_checks: Any, login: Login) -> None:
    clerk = login("clerk")
    entry = add(clerk, topic="防火门常开", secret="不许搜到")
    assert f"/registers/spot_checks/{entry.id}" in clerk.get("/search/?q=防火门").text
    assert f"/registers/spot_checks/{entry.id}" not in clerk.get("/search/?q=不许搜到").text
    assert f"/registers/spot_checks/{entry.id}" not in login("stranger").get("/search/?q=防火门").text
