"""Who prints what, what a seal lets through, and the page behind the square code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.demo import lookups_makers, makers
from app.kit.session import db
from app.printing import long
from app.printing.models import PrintLine

Login = Callable[..., FlaskClient]


@pytest.fixture
def filed(site: Any, cast: dict[str, Any]) -> Any:
    """A sealed file."""
    return makers.make_filed_file(makers.make_unit("0512", site=site), by=cast["clerk"])


@pytest.fixture
def open_file(site: Any, cast: dict[str, Any]) -> Any:
    return makers.make_file(makers.make_unit("0513", site=site), by=cast["clerk"])


def grant(file: Any, cast: dict[str, Any], name: str = "clerk") -> Any:
    return lookups_makers.make_grant(file, cast[name], mode="copy")


def lines() -> int:
    return db.session.scalar(select(func.count(PrintLine.id))) or 0


def test_a_print_comes_as_a_pdf_that_nobody_keeps(open_file: Any, login: Login) -> None:
    answer = login("clerk").post(f"/print/customer_registration/{open_file.id}")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]
    assert (
        answer.headers["Content-Disposition"].startswith("inline") and ".pdf" in answer.headers["Content-Disposition"]
    )
    assert lines() == 1


def test_looking_never_prints(open_file: Any, login: Login) -> None:
    assert login("clerk").get(f"/print/file_cover/{open_file.id}").status_code == 405
    assert lines() == 0


def test_the_sheet_speaks_the_readers_language_or_the_one_asked_for(
    open_file: Any, login: Login, text_of: Callable[[bytes], str]
) -> None:
    address = f"/print/file_cover/{open_file.id}"
    clerk = login("clerk")
    assert "Retention保管期限" in text_of(clerk.post(address).data)
    assert "保管期限Retention" in text_of(clerk.post(address, data={"lang": "zh_Hant"}).data)


@pytest.mark.parametrize("key", ["file_label", "file_cover"])
def test_what_says_nothing_sealed_prints_from_a_sealed_file(key: str, filed: Any, login: Login) -> None:
    assert login("clerk").post(f"/print/{key}/{filed.id}").status_code == 200


@pytest.mark.parametrize("key", ["file_contents", "customer_registration"])
def test_what_a_seal_keeps_back_is_not_printed(key: str, filed: Any, login: Login) -> None:
    assert login("clerk").post(f"/print/{key}/{filed.id}").status_code == 403
    assert lines() == 0


def test_a_sealed_customers_registration_is_not_printed_by_way_of_the_customer(filed: Any, login: Login) -> None:
    address = f"/print/customer_registration/{filed.customer_id}?about=customer"
    assert login("clerk").post(address).status_code == 403


def test_under_a_grant_the_sheet_carries_the_readers_name(
    filed: Any, cast: dict[str, Any], login: Login, text_of: Callable[[bytes], str]
) -> None:
    grant(filed, cast)
    answer = login("clerk").post(f"/print/file_contents/{filed.id}", data={"lang": "zh_Hans"})
    assert answer.status_code == 200
    text = text_of(answer.data)
    assert text.count(str(cast["clerk"]).replace(" ", "")) > 5 and "注意保密" in text
    assert login("archivist").post(f"/print/file_contents/{filed.id}").status_code == 403


def test_a_sealed_file_offers_only_what_it_prints(filed: Any, cast: dict[str, Any], acting: Any) -> None:
    from app.printing import rules

    with acting(cast["clerk"]):
        offered = rules.offered(filed)
        assert {"file_cover", "file_label"} <= {form.key for form in offered}
        assert not any(form.shows_sealed for form in offered)
    with acting(cast["auditor"]):
        assert rules.offered(filed) == []


def test_a_stranger_prints_nothing_of_another_site(open_file: Any, login: Login) -> None:
    assert login("stranger").post(f"/print/file_cover/{open_file.id}").status_code == 404
    assert lines() == 0


@pytest.mark.parametrize("name", ["auditor", "admin"])
def test_who_may_not_print_gets_nothing(name: str, open_file: Any, login: Login) -> None:
    assert login(name).post(f"/print/file_cover/{open_file.id}").status_code in (302, 403)
    assert lines() == 0


def test_nobody_prints_without_logging_in(open_file: Any, client: FlaskClient) -> None:
    assert client.post(f"/print/file_cover/{open_file.id}").status_code in (302, 401)
    assert lines() == 0


ABSENT = [
    "nothing/1",
    "file_cover/999999",
    f"file_cover/{10**25}",
    "lookup_register/1",
    "file_cover",
    "file_cover/1?about=x",
]


@pytest.mark.parametrize("address", ABSENT)
def test_what_is_not_there_is_not_found(address: str, login: Login) -> None:
    assert login("clerk").post(f"/print/{address}").status_code == 404


def test_the_register_prints_the_days_asked_for(
    filed: Any, cast: dict[str, Any], login: Login, text_of: Callable[[bytes], str]
) -> None:
    request = makers.make_request(filed, cast["clerk"])
    supervisor = login("supervisor")
    answer = supervisor.post("/print/lookup_register")
    assert answer.mimetype == "application/pdf" and request.number in text_of(answer.data)
    empty = supervisor.post("/print/lookup_register", data={"from": "2020-01-01", "to": "2020-01-31"})
    assert empty.status_code == 302 and lines() == 1


def test_the_square_code_tells_an_anonymous_visitor_only_that_it_is_genuine(
    open_file: Any, login: Login, client: FlaskClient
) -> None:
    login("clerk").post(f"/print/file_cover/{open_file.id}")
    serial = db.session.scalar(select(PrintLine.serial))
    page = client.get(f"/p/{serial}").get_data(as_text=True)
    assert client.get(f"/p/{serial}").status_code == 200
    for word in ("file_cover", open_file.number, open_file.customer.name, str(makers.user("clerk")), "/files/"):
        assert word not in page
    assert client.get("/p/DY-2026-999999").status_code == 404


def test_the_square_code_leads_people_of_the_site_to_the_record(open_file: Any, login: Login) -> None:
    login("clerk").post(f"/print/file_cover/{open_file.id}")
    line = db.session.scalars(select(PrintLine)).one()
    page = login("clerk").get(f"/p/{line.serial}").get_data(as_text=True)
    assert f"/files/{open_file.id}" in page and "File Cover" in page and line.content_hash in page
    foreign = login("stranger").get(f"/p/{line.serial}").get_data(as_text=True)
    assert f"/files/{open_file.id}" not in foreign and line.content_hash not in foreign


def test_the_log_lists_every_print_and_is_only_read(open_file: Any, login: Login) -> None:
    login("clerk").post(f"/print/file_cover/{open_file.id}")
    line = db.session.scalars(select(PrintLine)).one()
    supervisor = login("supervisor")
    assert line.serial in supervisor.get("/prints/").get_data(as_text=True)
    assert supervisor.get(f"/prints/{line.id}").status_code == 200
    for address in ("/prints/add", f"/prints/{line.id}/edit"):
        assert supervisor.get(address).status_code in (404, 405)
    assert line.serial in login("auditor").get("/prints/export.csv").get_data(as_text=True)


def test_the_commands_list_and_print(
    app: Flask, open_file: Any, tmp_path: Path, text_of: Callable[[bytes], str]
) -> None:
    run = app.test_cli_runner().invoke
    listed = json.loads(run(args=["forms", "list", "--json"]).output)
    assert {form["key"]: form["copies"] for form in listed}["handover_receipt"] == 2
    assert all({"key", "code", "titles", "subject", "copies", "permission"} <= form.keys() for form in listed)
    out = tmp_path / "a.pdf"
    done = run(args=["forms", "print", "file_cover", "--id", str(open_file.id), "--out", str(out), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "CustomerFile" in text_of(out.read_bytes()) and done.output.strip().startswith("DY-")
    assert db.session.scalars(select(PrintLine)).one().printed_by is None
    for wrong in (["forms", "print", "nothing", "--id", "1"], ["forms", "print", "file_cover", "--id", "999999"]):
        failed = run(args=[*wrong, "--out", str(tmp_path / "b.pdf")])
        assert failed.exit_code != 0 and "Traceback" not in failed.output
    assert not (tmp_path / "b.pdf").exists()


def test_a_long_register_is_ordered_as_work_with_a_bar(
    open_file: Any, site: Any, login: Login, text_of: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = makers.make_file(makers.make_unit("0514", site=site))
    monkeypatch.setattr(long, "MOST_OF_A_REGISTER", 1)
    clerk = login("clerk")
    ordered = clerk.post("/print/file_ledger")
    assert ordered.status_code == 302 and "/jobs/" in ordered.headers["Location"]
    told = clerk.get(ordered.headers["Location"] + "/progress").json
    assert (told["state"], told["done"], told["total"]) == ("done", 2, 2), told
    text = text_of(clerk.get(told["next_url"]).data)
    assert open_file.number in text and other.number in text
    line = db.session.scalars(select(PrintLine)).one()
    assert (line.form_key, line.subject_id, line.pdf_sha256) == ("file_ledger", None, "")
    assert login("stranger").get(told["next_url"]).status_code == 404
    empty = clerk.post("/print/file_ledger", data={"from": "2020-01-01", "to": "2020-01-31"})
    assert empty.status_code == 302 and "/jobs/" not in empty.headers["Location"]
