"""Archives proper on screen: who may do what, refusals beside the field, the package, the public page, commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.demo import fonds_makers as makers
from app.demo.makers import user
from app.fonds import open_records, transfers
from app.fonds.models import ArchivalItem
from app.kit.session import db
from app.security import logins
from tests.archive import stored_files

Login = Callable[..., FlaskClient]


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is committed in a test, so stored files still wait for their names."""
    stored_files.find_unfinished(monkeypatch)


@pytest.fixture
def complete(site: Any) -> Any:
    """A transfer whose list is complete, with one digital copy."""
    fonds = makers.make_fonds(site)
    makers.make_copied_item(fonds)
    drawn = makers.make_transfer(fonds)
    makers.take(transfers.MOVES, drawn, "complete", user("archivist"))
    db.session.commit()
    return drawn


@pytest.mark.parametrize(
    ("field", "typed"),
    [("day", "20110230"), ("year", "3000"), ("pages", "-1"), ("standard", "DA/T 99-1999"), ("volume", "99999")],
)
def test_what_makes_no_sense_is_told_beside_its_field_and_kept(login: Login, site: Any, field: str, typed: str) -> None:
    fonds = makers.make_fonds(site)
    form = {"fonds": fonds.id, "level": "item", "kind": "document", "year": 2011, "title": "一份通知", field: typed}
    answer = login("archivist").post("/archival-items/add", data=form)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert f'id="{field}-error"' in text or f"{field}-error" in text
    assert "一份通知" in text


def test_the_volume_of_another_fonds_is_refused(login: Login, site: Any) -> None:
    volume, other = makers.make_volume(makers.make_fonds(site)), makers.make_fonds(site)
    form = {"fonds": other.id, "level": "item", "kind": "document", "title": "一份通知", "volume": volume.id}
    assert login("archivist").post("/archival-items/add", data=form).status_code == 422


def test_who_only_reads_changes_nothing(login: Login, complete: Any) -> None:
    for name, url in (("clerk", f"/transfers/{complete.id}/package"), ("manager", f"/transfers/{complete.id}/package"),
                      ("clerk", f"/transfers/{complete.id}/set"), ("auditor", f"/transfers/{complete.id}/move/give_up"),
                      ("manager", f"/fonds/{complete.fonds_id}/move/close_fonds")):  # fmt: skip
        assert login(name).post(url).status_code == 403, (name, url)
    assert login("stranger").get(f"/fonds/{complete.fonds_id}").status_code == 404


def test_what_lies_in_a_filed_file_leaves_under_a_grant_only(login: Login, complete: Any, named: None) -> None:
    file = complete.fonds.file
    file.state = "filed"
    db.session.commit()
    archivist = login("archivist", "zh_Hans")
    assert archivist.post(f"/transfers/{complete.id}/package").status_code == 302
    assert "查阅" in archivist.get(f"/transfers/{complete.id}").get_data(as_text=True)


def test_a_lost_copy_goes_into_no_package(login: Login, complete: Any, named: None) -> None:
    scan = complete.lines[0].item.document.scans[0]
    stored_files.path_of(scan).write_bytes(b"changed")
    archivist = login("archivist", "zh_Hans")
    assert archivist.post(f"/transfers/{complete.id}/package").status_code == 302
    assert "被改动" in archivist.get(f"/transfers/{complete.id}").get_data(as_text=True)


def test_the_command_writes_a_package_and_finds_what_changed(
    app: Any, complete: Any, named: None, tmp_path: Path
) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["fonds", "package", "YG-0", str(tmp_path)]).exit_code == 1
    made = run(args=["fonds", "package", complete.number, str(tmp_path)])
    assert made.exit_code == 0, made.output
    root = tmp_path / complete.number
    whole = run(args=["fonds", "verify", str(root)])
    assert whole.exit_code == 0 and "whole" in whole.output
    assert run(args=["fonds", "package", complete.number, str(tmp_path)]).exit_code == 1
    catalogue = root / "data" / "catalogue.csv"
    catalogue.write_bytes(catalogue.read_bytes() + b"x")
    (root / "data" / "more.txt").write_text("more", encoding="utf-8")
    (root / "data" / "fonds.txt").unlink()
    changed = run(args=["fonds", "verify", str(root)])
    assert changed.exit_code == 1
    for word in ("catalogue.csv: changed", "more.txt: not listed", "fonds.txt: missing"):
        assert word in changed.output


def test_the_public_page_takes_any_address(client: FlaskClient) -> None:
    for url in (
        "?q=%00",
        "?q=" + "长" * 500,
        "?year=abc",
        "?year=99999999",
        "?page=-1",
        "?page=999999",
        "?page=x",
        "?q=%25_",
    ):
        answer = client.get(f"/open-records/{url}")
        assert answer.status_code == 200, url
    assert client.get("/open-records/99999999999999999999").status_code == 404
    assert client.post("/open-records/").status_code == 405


def test_the_public_page_answers_again_after_a_minute(
    app: Any, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_records, "A_MINUTE", 3)
    answers = [client.get("/open-records/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert app.test_client().get("/open-records/").status_code == 429  # it is the address that is counted
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/open-records/", environ_base=elsewhere).status_code == 200
    later = logins.now() + dt.timedelta(seconds=61)
    monkeypatch.setattr(logins, "now", lambda: later)
    assert client.get("/open-records/").status_code == 200


def test_an_item_is_found_by_its_number_in_the_search_box(login: Login, site: Any) -> None:
    fonds = makers.make_fonds(site, number="Z109")
    item = makers.make_item(fonds, title="重点工作安排")
    db.session.commit()
    text = login("archivist").get(f"/search/?q={item.number}").get_data(as_text=True)
    assert f"/archival-items/{item.id}" in text


def test_a_filed_item_keeps_the_words_of_its_number(login: Login, site: Any) -> None:
    item = makers.make_item(makers.make_fonds(site))
    form = {"version": item.version, "kind": "document", "year": 2012, "period": "Y", "body": "办公室",
            "body_code": "BGS", "title": item.title,
            "secrecy": "none", "origin": "transferred", "carriers": "paper"}  # fmt: skip
    assert login("archivist").post(f"/archival-items/{item.id}/edit", data=form).status_code == 422
    db.session.expire_all()
    assert db.session.get_one(ArchivalItem, item.id).year == 2011
