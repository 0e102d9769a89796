"""The days that differ from the public calendar, kept on screen, and what is promised by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.estate import calendar
from app.estate.models import CalendarDay
from app.kit.session import db

Login = Callable[..., FlaskClient]
WEDNESDAY = dt.date(2026, 10, 14)


def days() -> list[CalendarDay]:
    db.session.expire_all()
    return list(db.session.scalars(select(CalendarDay)))


@pytest.mark.parametrize("role", ["supervisor", "manager", "admin"])
def test_a_day_off_is_entered_changed_and_taken_out_again(login: Login, role: str) -> None:
    client, before = login(role), dt.datetime(2026, 10, 13, 9, tzinfo=dt.UTC)
    assert calendar.is_working(WEDNESDAY)
    added = client.post("/calendar-days/add", data={"day_on": "2026-10-14", "kind": "off", "name": "停电检修"})
    assert added.status_code == 302 and not calendar.is_working(WEDNESDAY)
    working = calendar.add_working_days(before, 1)
    assert working.astimezone(dt.timezone(dt.timedelta(hours=8))).date() == dt.date(2026, 10, 15)
    (day,) = days()
    assert "停电检修" in client.get("/calendar-days/").text
    assert client.get("/calendar-days/?day_on_from=2026-10-15").text.count("停电检修") == 0
    changed = {"version": day.version, "day_on": "2026-10-14", "kind": "work", "name": "停电检修"}
    assert client.post(f"/calendar-days/{day.id}/edit", data=changed).status_code == 302
    assert calendar.is_working(WEDNESDAY)
    assert client.post(f"/calendar-days/{day.id}/delete").status_code == 302
    assert days() == []


def test_a_day_stands_in_the_calendar_once(login: Login) -> None:
    client = login("supervisor")
    for status in (302, 422):
        answer = client.post("/calendar-days/add", data={"day_on": "2026-10-14", "kind": "off", "name": "检修"})
        assert answer.status_code == status
    assert "already" in answer.text.casefold() and len(days()) == 1


@pytest.mark.parametrize("said", [{"day_on": "", "kind": "off"}, {"day_on": "2026-10-14", "kind": "perhaps"}])
def test_a_day_needs_a_date_and_a_kind(login: Login, said: dict[str, str]) -> None:
    assert login("admin").post("/calendar-days/add", data=said).status_code == 422
    assert days() == []


@pytest.mark.parametrize("role", ["clerk", "archivist", "director"])
def test_the_desk_reads_the_calendar_and_does_not_change_it(login: Login, role: str) -> None:
    db.session.add(CalendarDay(day_on=WEDNESDAY, kind="off", name="停电检修"))
    db.session.commit()
    client, (day,) = login(role), days()
    page = client.get("/calendar-days/").text
    assert "停电检修" in page and "/calendar-days/add" not in page
    assert 'href="/calendar-days/"' in client.get("/").text
    for address in ("/calendar-days/add", f"/calendar-days/{day.id}/edit", f"/calendar-days/{day.id}/delete"):
        assert client.post(address, data={"day_on": "2026-10-15", "kind": "off"}).status_code == 403
    assert len(days()) == 1
