"""Fit-outs over HTTP: forms, buttons by role, drawings, passes, the board, search, and the three sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import Document, File
from app.demo import makers
from app.deposits import rules as deposits
from app.estate.rules import find_site
from app.fitout import board, rules
from app.fitout.models import Fitout, FitoutWorker
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.printing import forms
from app.printing import rules as printing
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing

Login = Callable[..., FlaskClient]
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: makers.make_file(makers.make_unit(site=find_site(SITE))))


@pytest.fixture
def file(_file: Made) -> File:
    found: File = _file()
    return found


@pytest.fixture
def fitout(file: File, cast: Any) -> Fitout:
    return makers.make_fitout(file.tenancy, by=cast["clerk"])


def said(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.get_data(as_text=True)


def to_work(fitout: Fitout, cast: Any) -> Fitout:
    walk(rules.MOVES, fitout, "review", by=cast["supervisor"], write=audit.write)
    for deposit in deposits.of_fitout(fitout):
        deposits.receive(deposit, deposit.payable_cents, "cash")
    for name, who in (("permit", "manager"), ("start", "clerk")):
        walk(rules.MOVES, fitout, name, by=cast[who], write=audit.write)
    db.session.flush()
    return fitout


def test_an_application_is_written_down(login: Login, file: File) -> None:
    form = {
        "unit": file.unit_id, "scope": "隔墙", "starts_on": today(), "ends_on": today() + 20 * DAY, "firm": "精工",
        "head": "石大勇", "head_phone": "19900000077", "deposit_cents": "20000",
    }  # fmt: skip
    assert login("clerk").post("/fitouts/add", data=form).status_code == 302
    fitout = db.session.scalars(select(Fitout)).one()
    assert (fitout.state, fitout.deposit_cents, fitout.tenancy) == ("applied", 2_000_000, file.tenancy)


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("clerk", {"cancel"}),
        ("supervisor", {"review", "refuse", "cancel"}),
        ("manager", {"refuse", "cancel"}),
        ("director", {"refuse"}),
    ],
)
def test_each_role_sees_its_own_buttons(login: Login, fitout: Fitout, role: str, steps: set[str]) -> None:
    page = said(login(role), f"/fitouts/{fitout.id}")
    assert {move.name for move in rules.MOVES if f"/fitouts/{fitout.id}/move/{move.name}" in page} == steps


def test_the_clerk_who_wrote_it_down_reviews_nothing(login: Login, fitout: Fitout) -> None:
    assert login("clerk").post(f"/fitouts/{fitout.id}/move/review").status_code == 403
    db.session.refresh(fitout)
    assert fitout.state == "applied"


def test_drawings_lie_in_the_file_and_stand_on_the_fit_outs_page(login: Login, fitout: Fitout, file: File) -> None:
    clerk = login("clerk")
    page = said(clerk, f"/fitouts/{fitout.id}")
    assert "Add a drawing" in page and f"file={file.id}" in page and "paper_class=fitout" in page
    form = {"file": file.id, "paper_class": "fitout", "title": "天花布置图", "pages": 3, "copy_kind": "copy"}
    made = clerk.post("/papers/add", data=form | {"next": f"/fitouts/{fitout.id}"})
    assert made.headers["Location"] == f"/fitouts/{fitout.id}"
    paper = db.session.scalars(select(Document).where(Document.title == "天花布置图")).one()
    page = said(clerk, f"/fitouts/{fitout.id}")
    assert "天花布置图" in page and f"/papers/{paper.id}" in page


def test_a_pass_is_given_shortened_and_taken_back(login: Login, fitout: Fitout, cast: Any) -> None:
    to_work(fitout, cast)
    clerk, number = login("clerk"), "110101199001010000"
    form = {"fitout": fitout.id, "name": "石大勇", "trade": "electrician", "id_number": number}
    assert clerk.post("/fitout-workers/add", data=form).headers["Location"] == f"/fitouts/{fitout.id}"
    worker = db.session.scalars(select(FitoutWorker)).one()
    page = said(clerk, f"/fitout-workers/{worker.id}")
    assert number not in page and "110***********0000" in page
    answer = clerk.post(f"/fitout-workers/{worker.id}/reveal/id_number", data={"reason": "核对"})
    assert answer.get_json() == {"value": number}
    back = {
        "version": worker.version,
        "trade": "electrician",
        "valid_until_on": worker.valid_until_on,
        "returned_on": today(),
    }
    assert clerk.post(f"/fitout-workers/{worker.id}/edit", data=back).status_code == 302
    db.session.refresh(worker)
    assert worker.returned_on == today()


def test_the_search_box_finds_a_fit_out_by_permit_and_contractor(login: Login, fitout: Fitout, cast: Any) -> None:
    to_work(fitout, cast)
    db.session.commit()
    clerk = login("clerk")
    for words in (fitout.number, fitout.permit_number, "精工装饰"):
        hits = clerk.get("/search/suggest", query_string={"q": words}).get_json()["hits"]
        assert any(f"/fitouts/{fitout.id}" in str(hit) for hit in hits), words
    hidden = clerk.get("/search/suggest", query_string={"q": "石大勇"}).get_json()["hits"]
    assert not any("/fitouts/" in str(hit) for hit in hidden)


def test_what_is_over_lies_sealed_with_the_file(login: Login, fitout: Fitout, file: File) -> None:
    fitout.state, file.state = "settled", "filed"
    db.session.flush()
    clerk = login("clerk")
    for url in (f"/fitouts/{fitout.id}", f"/files/{file.id}", "/fitouts/"):
        page = said(clerk, url)
        assert "石大勇" not in page and "轻质隔墙" not in page and "20,000.00" not in page


def test_daily_work_is_open_although_the_file_is_sealed(login: Login, fitout: Fitout, file: File) -> None:
    file.state = "filed"
    db.session.flush()
    assert "石大勇" in said(login("clerk"), f"/fitouts/{fitout.id}")


@pytest.mark.parametrize("role", ["clerk", "supervisor", "manager", "director"])
def test_every_card_counts_what_its_list_shows(login: Login, acting: Any, cast: Any, site: Any, role: str) -> None:
    made = [makers.make_fitout(makers.make_tenancy(makers.make_unit(site=site)), by=cast["clerk"]) for _ in range(5)]
    walk(rules.MOVES, made[1], "review", by=cast["supervisor"], write=audit.write)
    for fitout in made[2:]:
        to_work(fitout, cast)
    made[2].until_on, made[2].starts_on, made[2].ends_on = today() - DAY, today() - 9 * DAY, today() - DAY
    made[3].until_on, made[3].inspect_by_on = today() + 3 * DAY, today()
    walk(rules.MOVES, made[4], "finish", by=cast["clerk"], write=audit.write)
    made[2].inspect_by_on = today() + DAY
    db.session.flush()
    client = login(role)
    with acting(cast[role]):
        cards = list(board.cards(cast[role]))
    assert len(cards) >= 3 and {card.count for card in cards} == {1}
    for card in cards:
        assert said(client, card.url).count('data-href="/fitouts/') == 1, card.url


def test_the_day_tells_of_rounds_and_ends(acting: Any, cast: Any, fitout: Fitout) -> None:
    to_work(fitout, cast)
    with acting(cast["clerk"]):
        days = {on: len(list(board.day(cast["clerk"], on))) for on in (today(), today() + 7 * DAY, fitout.until_on)}
    assert days == {today(): 1, today() + 7 * DAY: 1, fitout.until_on: 1}


def test_the_file_page_tells_of_a_permit_that_has_ended(login: Login, fitout: Fitout, file: File, cast: Any) -> None:
    to_work(fitout, cast)
    assert "has ended" not in said(login("clerk"), f"/files/{file.id}")
    fitout.until_on = today() - DAY
    db.session.flush()
    page = said(login("clerk"), f"/files/{file.id}")
    assert "has ended" in page and fitout.number in page


def test_the_permit_is_printed_once_it_is_given(fitout: Fitout, cast: Any, text_of: Any) -> None:
    assert [form.key for form in printing.offered(fitout)] == ["fitout_application"]
    to_work(fitout, cast)
    assert [form.key for form in printing.offered(fitout)] == ["fitout_application", "fitout_permit"]
    form = forms.by_key("fitout_permit")
    assert form is not None
    text = text_of(printing.print_record(form, fitout, by=cast["clerk"]).pdf)
    assert text.count("施工许可证") == 2 and text.count(fitout.permit_number) == 2 and "石大勇" in text
    walk(rules.MOVES, fitout, "finish", by=cast["clerk"], write=audit.write)
    assert [form.key for form in printing.offered(fitout)] == [
        "fitout_acceptance",
        "fitout_application",
        "fitout_permit",
    ]
