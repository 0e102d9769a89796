"""What the desks of `make load` do still works, each task once, and what was sent is counted rightly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.complaints.models import Complaint
from app.kit.session import db, finish_work
from tests.bench import seed
from tests.bench.load import counting, looking, people, tasks, telling, writing
from tests.bench.load.browser import Answer, Check, Fields, Wrong, forms, holds, is_csv, is_pdf, leads_to
from tests.bench.load.counting import Counted, Journal
from tests.bench.load.desk import Desk, Unit
from tests.bench.load.running import Run

pytestmark = [pytest.mark.no_app, pytest.mark.once]
OTHER_FOR_EACH = {looking.export_a_list, writing.decide}


class InProcess:
    """A browser that needs no server and no patience."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.asked: list[str] = []

    def ask(self, what: str, path: str, form: Fields | None = None, *, check: Check) -> Answer:
        sent = self.client.get(path) if form is None else self.client.post(path, data=form)
        answer = Answer(sent.status_code, sent.data, sent.mimetype, sent.location or "")
        if wrong := check(answer):
            raise AssertionError(f"{what} {path}: {wrong}")
        self.asked.append(what)
        return answer

    def wait(self, least: float, most: float) -> None:
        assert 0 < least < most


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A small seeded one, with its tokens."""
    made = create_app(seed.settings(tmp_path_factory.mktemp("house")) | {"JOBS_IMMEDIATE": True})
    with made.app_context():
        seed.build(made, 240)
    yield made
    with made.app_context():
        db.engine.dispose()


def open_desk(app: Flask, told: dict[str, Any], journal: Journal) -> Desk:
    known = {name: value for name, value in told.items() if name != "units"}
    units = [Unit(*unit) for unit in told["units"]]
    browser = InProcess(app.test_client())
    at_work = Desk(browser, units=units, tell=journal.tell, chance=random.Random(1), **known)
    looking.log_in(at_work, people.PASSWORD)
    return at_work


def test_every_task_of_every_desk_works_and_is_counted_once(house: Flask) -> None:
    with house.app_context():
        told = people.furnish(7)
    journal = Journal()
    desks = {each["role"]: open_desk(house, each, journal) for each in told}
    assert set(desks) == set(people.DESK) == set(tasks.OF_ROLE)
    once: set[tasks.Task] = set()
    for role in ("clerk", "supervisor", "manager", "technician", "director", "archivist", "auditor"):
        for task in tasks.OF_ROLE[role]:
            if task not in once or task in OTHER_FOR_EACH:
                task(desks[role])
                once.add(task)
    done = {what for what, _mark in journal.kept}
    assert done == set(counting.STORED) and journal.sent == journal.kept
    with house.app_context():
        counted = counting.count(journal)
        assert counted.is_whole and counted.acknowledged == len(journal.kept) >= len(done)
        spoil(journal)
        counted = counting.count(journal)
        assert counted.lost == ["take a repair clerk00-0999"]
        assert counted.doubled == ["amend a complaint clerk00-0001: 2 times", "take a complaint clerk00-0001: 2 times"]
        assert [each.split()[0] for each in counted.unsent] == ["approve"] and not counted.is_whole


def spoil(journal: Journal) -> None:
    """The negative control: a write that is lost, one that is there twice, and one that nobody sent."""
    journal.tell("kept", "take a repair", "clerk00-0999")
    first = db.session.query(Complaint).filter(Complaint.content.contains("clerk00-0001")).one()
    first.content += " clerk00-0001"
    finish_work()
    journal.sent.remove(next(each for each in journal.sent if each[0] == "approve a look-up"))


def test_an_answer_that_is_not_what_it_must_be_is_wrong() -> None:
    page = Answer(200, "<p>窗口01</p>".encode(), "text/html")
    assert holds("窗口01")(page) == "" and "窗口02" in holds("窗口02")(page)
    assert holds(status=200)(Answer(503, b"", "text/html")) == "status 503"
    assert leads_to(r"/repairs/\d+")(Answer(302, b"", "", "/repairs/7")) == ""
    assert leads_to(r"/repairs/\d+")(Answer(302, b"", "", "/login?next=/")) == "leads to /login?next=/"
    assert is_pdf(Answer(200, b"%PDF-1.7 \n%%EOF", "application/pdf")) == ""
    assert is_pdf(Answer(200, b"%PDF-1.7 cut", "application/pdf")) and is_pdf(page)
    assert is_csv(1)(Answer(200, b"a,b\n1,2\n", "text/csv")) == "" and is_csv(1)(Answer(200, b"a,b\n", "text/csv"))


def test_a_form_is_read_as_a_browser_sends_it() -> None:
    page = (
        '<form action="/x"><input name="a" value="1&amp;2"><input type="checkbox" name="b" value="y">'
        '<select name="c"><option value=""></option><option selected value="7">Z</option></select>'
        '<select name="d"><option value="3">Y</option></select><textarea name="e">\nlong</textarea></form>'
    )
    form = next(forms(page))
    assert form.fields == {"a": "1&2", "c": "7", "d": "3", "e": "long"} and form.offered == {"c": ["7"], "d": ["3"]}
    assert form.filled(e="new")["e"] == "new"
    with pytest.raises(Wrong):
        form.filled(f="what is not there")


def test_a_run_is_good_only_when_nothing_is_amiss(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text('{"level": "info", "status": 200}\nready\n')
    times = [("file", float(ms), "") for ms in range(1, 101)]
    about = {"desks": "30"}

    def result(times: list[Any] = times, amiss: Counted | None = None, audit: bool = True) -> telling.Result:
        run, counted = Run(times, Journal(), 10.0), amiss or Counted(5, [], [], [])
        return telling.result("sqlite", dict(about), run, counted, audit, log)

    found = result()
    assert found.is_good and (found.lines["file"].median, found.lines[telling.ALL].p95) == (50.0, 95.0)
    telling.keep(found, tmp_path)
    assert telling.kept(tmp_path, "sqlite") == found and telling.kept(tmp_path, "postgresql") is None
    telling.write([found], tmp_path / "LOAD.md")
    assert "| file | 100 | 50 | 95 | 99 | 0 |" in (tmp_path / "LOAD.md").read_text()
    assert not result(times + [("file", 5.0, "status 503")]).is_good
    assert not result([("file", 1000.0, "")] * 20).is_good
    assert not result(amiss=Counted(5, ["take a repair x"], [], [])).is_good
    assert not result(audit=False).is_good
    log.write_text('{"level": "error", "message": "not stored", "error": ["OperationalError"]}\n')
    assert (result().locked, result().errors) == (1, 1) and not result().is_good
