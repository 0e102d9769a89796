"""A form is meant once, and a form knows what follows from a choice."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app.customers.models import Contact, Customer
from app.kit import once
from app.kit.session import db
from tests.kit.conftest import make_customer, world

KEY = "a-key-of-one-form-0001"


def count(model: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def typed(**more: Any) -> dict[str, Any]:
    return {"site": world.site, "kind": "firm", "name": "瑞恒", **more}


def test_a_form_sent_twice_makes_one_record_and_answers_alike(desk: Any, lines: list[Any]) -> None:
    first = desk.post("/customers/add", data=typed(once=KEY))
    again = desk.post("/customers/add", data=typed(once=KEY))
    assert (first.status_code, again.status_code) == (302, 302) and first.location == again.location
    assert count(Customer) == 1 and len([line for line in lines if line[0] == "add"]) == 1


def test_without_its_key_the_second_form_makes_a_second_record(desk: Any) -> None:
    """The negative control."""
    desk.post("/customers/add", data=typed())
    desk.post("/customers/add", data=typed())
    assert count(Customer) == 2


def test_a_refused_form_keeps_its_key_for_the_next_try(desk: Any, drawn: list[Any]) -> None:
    assert desk.post("/customers/add", data=typed(once=KEY, name="")).status_code == 422
    assert drawn[-1].form["once"].data == KEY
    assert desk.post("/customers/add", data=typed(once=KEY)).status_code == 302
    assert count(Customer) == 1


def test_every_form_that_is_drawn_has_a_key_of_its_own(desk: Any, drawn: list[Any]) -> None:
    keys = set()
    for _ in range(3):
        desk.get("/customers/add")
        keys.add(drawn[-1].form["once"].data)
    assert len(keys) == 3 and all(once.KEY.fullmatch(key) for key in keys)


def test_another_persons_key_is_not_mine(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.post("/customers/add", data=typed(once=KEY))
    monkeypatch.setattr(once, "_user_id", lambda: 4711)
    desk.post("/customers/add", data=typed(once=KEY))
    assert count(Customer) == 2


@pytest.mark.parametrize("strange", ["short", "x" * 65, "a key with spaces", "é" * 10, "a\x00b-12345"])
def test_a_strange_key_is_none(desk: Any, strange: str) -> None:
    assert desk.post("/customers/add", data=typed(once=strange)).status_code in (302, 422)
    assert count(once.OnceKey) == 0


def test_what_is_known_is_filled_in_and_what_was_said_stays(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer("瑞恒")
    desk.get(f"/contacts/add?customer={customer.id}&phone=123")
    assert (drawn[-1].form["name"].data, drawn[-1].form["phone"].data) == ("of 瑞恒", "123")
    desk.get("/contacts/add")
    assert not drawn[-1].form["name"].data
    assert drawn[-1].known_url == "/contacts/known" and count(Contact) == 0


def test_a_choice_made_in_the_form_is_asked_about(desk: Any) -> None:
    customer = make_customer("瑞恒")
    told = desk.get(f"/contacts/known?customer={customer.id}").get_json()
    assert told == {"name": ["of 瑞恒", "of 瑞恒"], "phone": ["19900000001", "19900000001"]}
    assert desk.get("/contacts/known").get_json() == {}
