"""Paper copies: whether a copy is genuine and still holds, and how little of it a stranger learns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import makers
from app.estate.models import Place
from app.kit import columns
from app.kit.session import db, finish_work
from app.printing import forms, rules, standing
from app.printing.models import PrintLine
from app.security import gate
from tests.house.full_house import furnish
from tests.printing.test_rules import add
from tests.printing.test_screens import grant

pytestmark = pytest.mark.usefixtures("words_for_paper")
Login = Callable[..., FlaskClient]


@pytest.fixture
def file(site: Any, cast: Any) -> Any:
    made = makers.make_file(makers.make_unit("0613", site=site), by=cast["clerk"])
    makers.make_document(made, "lease", title="租赁合同", pages=24)
    finish_work()
    return made


@pytest.fixture
def printed(file: Any, login: Login) -> Callable[..., PrintLine]:
    """`printed("file_cover")`: the clerk prints it of the file; the line of the first copy."""

    def press(key: str = "file_contents") -> PrintLine:
        assert login("clerk").post(f"/print/{key}/{file.id}").status_code == 200
        return newest()

    return press


def newest() -> PrintLine:
    line = db.session.scalars(select(PrintLine).order_by(PrintLine.id.desc())).first()
    assert line is not None
    return line


def told(visitor: FlaskClient, line: PrintLine) -> str:
    """What the page behind the square code says, as words."""
    visitor.set_cookie("language", "en")
    page = visitor.get(f"/p/{line.serial}").get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1]).split())


def add_a_paper(file: Any) -> None:
    makers.make_document(file, "licence", title="营业执照", pages=2)
    finish_work()
    db.session.expire_all()


def test_a_fresh_copy_is_genuine_and_current(
    printed: Callable[..., PrintLine], login: Login, client: FlaskClient
) -> None:
    line = printed()
    for visitor in (login("clerk"), login("stranger"), client):
        words = told(visitor, line)
        assert "Genuine" in words and "Current" in words and "No longer" not in words


def test_a_copy_grows_old_when_its_record_changes(
    printed: Callable[..., PrintLine], file: Any, login: Login, client: FlaskClient
) -> None:
    line = printed()
    add_a_paper(file)
    assert "The record has changed since this copy was printed." in told(login("clerk"), line)
    words = told(client, line)
    assert "Genuine" in words and "No longer current" in words and "superseded" not in words


def test_what_a_form_does_not_say_does_not_make_it_old(printed: Callable[..., PrintLine], file: Any) -> None:
    line = printed("file_label")
    file.remark = "别的事"
    finish_work()
    assert standing.of(line).state == standing.CURRENT


def test_a_copy_is_superseded_by_the_print_that_says_what_holds(
    printed: Callable[..., PrintLine], file: Any, login: Login, client: FlaskClient
) -> None:
    first = printed()
    add_a_paper(file)
    second = printed()
    assert standing.of(first) == (standing.SUPERSEDED, second)
    assert standing.of(second).state == standing.CURRENT
    words = told(login("clerk"), first)
    assert "superseded" in words and second.serial in words and "No longer current" in words
    stranger = told(client, first)
    assert second.serial not in stranger and "superseded" not in stranger and "No longer current" in stranger
    makers.make_document(file, "licence", title="附图", pages=1)
    finish_work()
    db.session.expire_all()
    assert standing.of(first) == standing.of(second) == (standing.CHANGED, None)


def test_a_reprint_of_the_same_leaves_both_current(printed: Callable[..., PrintLine]) -> None:
    first, second = printed(), printed()
    assert second.times_printed == 2
    assert {standing.of(line).state for line in (first, second)} == {standing.CURRENT}


def test_each_of_several_copies_is_superseded_by_its_own_number(site: Any, cast: Any) -> None:
    handover = makers.make_handover(site, cast["clerk"], cast["archivist"], cast["supervisor"])
    receipt = forms.by_key("handover_receipt")
    assert receipt is not None
    old = rules.print_record(receipt, handover, by=cast["clerk"]).lines
    add(handover, title="印章")
    db.session.expire(handover)
    new = rules.print_record(receipt, handover, by=cast["clerk"]).lines
    assert [standing.of(line).newer for line in old] == new and len(new) == 2


def test_a_visitor_learns_nothing_else(
    printed: Callable[..., PrintLine], site: Any, cast: Any, client: FlaskClient, file: Any
) -> None:
    """The pages of two prints of different forms, records and people differ by nothing but their number."""
    lines = [printed("file_cover")]
    other = makers.make_file(makers.make_unit("0614", site=site), by=cast["clerk"])
    for key in ("file_cover", "customer_registration"):
        form = forms.by_key(key)
        assert form is not None
        lines += rules.print_record(form, other, by=cast["archivist"]).lines
    finish_work()
    pages = {told(client, line).replace(line.serial, "") for line in lines}
    assert len(pages) == 1
    (page,) = pages
    for word in (file.number, file.customer.name, str(cast["clerk"]), "file_cover", "0613", *(
        line.content_hash for line in lines
    )):  # fmt: skip
        assert word not in page


def test_an_unknown_number_is_not_genuine(client: FlaskClient) -> None:
    answer = client.get("/p/DY-1999-999999")
    client.set_cookie("language", "en")
    assert answer.status_code == 404
    words = client.get("/p/DY-1999-999999").get_data(as_text=True)
    assert "Genuine" not in words and "Current" not in words and "No print of this console" in words


def test_a_copy_read_under_a_grant_stays_current_when_the_grant_is_over(
    site: Any, cast: Any, login: Login, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison is the console's own: no reader's rights are in it, and none is given by it."""
    filed = makers.make_filed_file(makers.make_unit("0615", site=site), by=cast["clerk"])
    grant(filed, cast)
    assert login("clerk").post(f"/print/file_contents/{filed.id}").status_code == 200
    line, later = newest(), columns.now() + dt.timedelta(days=9)
    monkeypatch.setattr(columns, "clock", lambda: later)
    for visitor in (login("clerk"), client):
        words = told(visitor, line)
        assert "Current" in words and filed.documents[0].title not in words
    assert login("clerk").post(f"/print/file_contents/{filed.id}").status_code == 403


def test_a_records_page_on_paper_grows_old_too(file: Any, login: Login, client: FlaskClient) -> None:
    address = f"/customers/{file.customer_id}"
    assert login("clerk").post(f"{address}/print").mimetype == "application/pdf"
    line = newest()
    assert line.form_key == "record" and "What this copy says still holds." in told(client, line)
    file.customer.industry = "另一行业"
    finish_work()
    assert "No longer current" in told(client, line)


def test_a_list_is_of_its_day(file: Any, login: Login, client: FlaskClient) -> None:
    assert login("clerk").post("/customers/print").mimetype == "application/pdf"
    line = newest()
    assert line.form_key == "list"
    file.customer.name = "改名公司"
    finish_work()
    words = told(client, line)
    assert "Of its day" in words and "Current" not in words and "No longer" not in words


def test_the_copy_of_a_record_that_is_there_no_more_is_not_current(site: Any, cast: Any) -> None:
    label, place = forms.by_key("box_label"), Place(site_id=site.id, kind="box", code="HE-9", name="九号箱")
    db.session.add(place)
    db.session.flush()
    assert label is not None
    (line,) = rules.print_record(label, place, by=cast["clerk"]).lines
    assert standing.of(line).state == standing.CURRENT
    db.session.delete(place)
    finish_work()
    assert standing.of(line).state == standing.CHANGED


def test_no_copy_grows_old_by_the_calendar_alone(site: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every form of every record of a full house, tomorrow."""
    lines = [
        line
        for record in furnish(site, "甲", filed=False).values()
        for form in forms.for_subject(type(record))
        if form.subject_for(type(record)).fits(record, form.key)
        for line in rules.print_record(form, record, by=cast["clerk"]).lines[:1]
    ]
    finish_work()
    assert len(lines) > 15
    db.session.expire_all()
    assert not [line.form_key for line in lines if standing.of(line).state != standing.CURRENT]
    tomorrow = columns.now() + dt.timedelta(days=1)
    monkeypatch.setattr(columns, "clock", lambda: tomorrow)
    db.session.expire_all()
    assert not [line.form_key for line in lines if standing.of(line).state != standing.CURRENT]


def test_the_checksum_of_a_record_cannot_be_made_without_the_key(
    app: Flask, printed: Callable[..., PrintLine], login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what is sealed could be guessed by trying."""
    line = printed()
    assert line.record_digest not in login("auditor").get(f"/prints/{line.id}").get_data(as_text=True)
    monkeypatch.setitem(app.config, "AUDIT_KEY", "another-key")
    assert standing.of(line).state == standing.CHANGED


def test_without_the_comparison_an_old_copy_would_pass(
    printed: Callable[..., PrintLine], file: Any, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    line = printed()
    monkeypatch.setattr(rules, "record_digest", lambda *_told: line.record_digest)
    add_a_paper(file)
    assert "What this copy says still holds." in told(client, line)


def test_asking_as_the_console_itself_leaves_no_right_behind(file: Any, cast: Any, acting: Any, app: Flask) -> None:
    file.state = "filed"
    finish_work()
    with acting(cast["clerk"]):
        assert gate.is_sealed(file)
        form = forms.by_key("file_contents")
        assert form is not None
        assert rules.record_digest(form.key, form.subject_for(type(file)), file)
        assert gate.is_sealed(file) and gate.user() is cast["clerk"]
        assert gate.value(file.documents[0], "title") is gate.SEALED
