"""Moves on screen: the checklist as one form, what each role may do, and the sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.demo import makers
from app.estate.rules import find_site
from app.kit.columns import today
from app.kit.session import db
from app.moving import board, keys
from app.moving.models import Moving
from app.printing import forms, rules
from app.security import gate
from tests.conftest import SITE
from tests.standing import Made, Standing

Login = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def _moving(standing: Standing) -> Made:
    return standing(lambda: makers.make_moving(makers.make_tenancy(makers.make_unit("0512", site=find_site(SITE)))))


@pytest.fixture
def moving(_moving: Made) -> Moving:
    found: Moving = _moving()
    return found


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def test_the_form_opened_from_a_unit_knows_whom_to_call(login: Login, moving: Moving) -> None:
    from app.customers import rules as customers

    customers.set_contact(moving.tenancy.customer, "daily", "林晚", "19900001234")  # type: ignore[union-attr]
    html = page(login("clerk"), f"/moves/add?unit={moving.unit_id}&kind=out")
    assert 'value="林晚"' in html and 'value="19900001234"' in html


def test_a_wrong_quantity_is_told_and_all_that_was_typed_comes_back(login: Login, moving: Moving) -> None:
    door = next(item for item in moving.items if item.key == "door_key")
    form = {f"version-{door.id}": door.version, f"done-{door.id}": "y", f"quantity-{door.id}": "四把",
            f"remark-{door.id}": "含备用"}  # fmt: skip
    answer = login("clerk").post(f"/moves/{moving.id}/checklist", data=form)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'value="四把"' in html and 'value="含备用"' in html
    db.session.refresh(door)
    assert not door.is_done


def test_a_meter_ticked_without_a_reading_keeps_nothing(login: Login, moving: Moving) -> None:
    first, meter = moving.items[0], next(item for item in moving.items if item.section == "meters")
    form = {f"{name}-{item.id}": value for item in (first, meter) for name, value in
            (("version", item.version), ("done", "y"))}  # fmt: skip
    assert login("clerk").post(f"/moves/{moving.id}/checklist", data=form).status_code == 422
    db.session.expire_all()
    assert not first.is_done and not meter.is_done


@pytest.mark.parametrize(("role", "status"), [("clerk", 302), ("supervisor", 302), ("director", 403), ("admin", 403)])
def test_who_works_at_the_desk_ticks(login: Login, moving: Moving, role: str, status: int) -> None:
    item = moving.items[0]
    form = {f"version-{item.id}": item.version, f"done-{item.id}": "y"}
    assert login(role).post(f"/moves/{moving.id}/checklist", data=form).status_code == status


def test_another_site_knows_nothing_of_it(login: Login, moving: Moving) -> None:
    stranger = login("stranger")
    assert page(stranger, f"/moves/{moving.id}", 404)
    assert stranger.post(f"/moves/{moving.id}/checklist", data={}).status_code == 404
    assert moving.number not in page(stranger, "/moves/")


def test_the_contact_of_a_finished_move_lies_with_the_sealed_file(login: Login, moving: Moving, cast: Any) -> None:
    moving.contact, moving.state = "上官云", "closed"
    file = makers.make_file(tenancy=moving.tenancy)
    file.state = "filed"
    db.session.commit()
    assert "上官云" not in page(login("clerk"), f"/moves/{moving.id}")
    moving.state = "open"
    db.session.commit()
    assert "上官云" in page(login("clerk"), f"/moves/{moving.id}")


def test_cards_count_what_their_lists_show(login: Login, site: Any, acting: Any, cast: Any) -> None:
    for days in (-3, 5, 90):
        tenancy = makers.make_tenancy(makers.make_unit(site=site))
        makers.make_moving(tenancy, planned_on=today() + dt.timedelta(days=days))
    makers.make_moving(makers.make_tenancy(makers.make_unit(site=site)), checked=True)
    clerk = login("supervisor")
    with acting(cast["supervisor"]):
        cards = {str(card.title): card for card in board.cards(cast["supervisor"])}
        events = list(board.day(cast["supervisor"], today() + dt.timedelta(days=5)))
    assert [card.count for card in cards.values()] == [1, 1, 4, 1]
    assert len(events) == 1
    for card in cards.values():
        assert page(clerk, card.url).count('<tr role="row" data-href="/moves/') == card.count


def test_keys_are_handed_out_and_taken_back_on_screen(login: Login, moving: Moving) -> None:
    clerk = login("clerk")
    form = {"tenancy": moving.tenancy_id, "kind": "card", "quantity": "5", "to_whom": "林晚"}
    assert clerk.post("/held-keys/add", data=form | {"way": "out"}).status_code == 302
    assert clerk.post("/held-keys/add", data=form | {"way": "back", "quantity": "6"}).status_code == 422
    assert keys.held(moving.tenancy) == {"card": 5}  # type: ignore[arg-type]
    html = page(clerk, f"/moves/{moving.id}")
    assert "0 and 5 out" in html and "5 access cards are still out" in html


@pytest.mark.parametrize("kind", ["in", "out"])
def test_the_clearance_prints_in_two_copies_with_ticks_and_meters(
    site: Any, cast: Any, acting: Any, text_of: Callable[[bytes], str], kind: str
) -> None:
    made = makers.make_moving(makers.make_tenancy(makers.make_unit("0512", site=site)), kind, checked=True)
    with acting(cast["clerk"]):
        offered = [form.key for form in rules.offered(made)]
        form = forms.by_key(f"move_{kind}")
        assert offered == [f"move_{kind}"] and form is not None and gate.may("print", "Moving")
        printed = rules.print_record(form, made, by=cast["clerk"])
    text = text_of(printed.pdf)
    assert len(printed.lines) == 2 and text.count(made.number) >= 2
    assert "√" in text and "电表" in text and "100" in text and "联合查验" in text and "王敏" in text


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_the_page_speaks_the_readers_language(login: Login, moving: Moving, language: str) -> None:
    html = page(login("clerk", language), f"/moves/{moving.id}")
    words = {"zh_Hans": "入户门钥匙", "zh_Hant": "入戶門鑰匙", "en": "Door keys"}
    assert words[language] in html
