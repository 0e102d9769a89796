"""Which language a reader sees, and how values read."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient

from app.kit import language, shown

pytestmark = pytest.mark.once


@pytest.mark.no_app
@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        (["zh-CN", "en"], "zh_Hans"),
        (["zh"], "zh_Hans"),
        (["zh-TW"], "zh_Hant"),
        (["zh-HK", "zh-CN"], "zh_Hant"),
        (["zh-Hant-MO"], "zh_Hant"),
        (["en-GB"], "en"),
        (["fr", "de", "en"], "en"),
        (["fr"], "zh_Hans"),
        ([], "zh_Hans"),
    ],
)
def test_the_browser_is_asked(asked: list[str], spoken: str) -> None:
    assert language.asked_for(asked) == spoken


@pytest.mark.parametrize(("header", "tag"), [("en", "en"), ("zh-TW,zh;q=0.9", "zh-Hant"), ("fr", "zh-Hans")])
def test_a_page_says_which_language_it_is_in(client: FlaskClient, header: str, tag: str) -> None:
    page = client.get("/", headers={"Accept-Language": header}).get_data(as_text=True)
    assert f'<html lang="{tag}"' in page


def test_the_choice_is_kept_in_a_cookie_and_wins_over_the_browser(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "en", "next": "/"})
    assert answer.status_code == 302
    cookie = client.get_cookie("language")
    assert cookie is not None and cookie.value == "en" and cookie.http_only
    page = client.get("/", headers={"Accept-Language": "zh-TW"}).get_data(as_text=True)
    assert '<html lang="en"' in page


def test_an_unknown_language_is_refused(client: FlaskClient) -> None:
    assert client.post("/language", data={"language": "tlh", "next": "/"}).status_code == 400


def test_the_choice_leads_nowhere_else(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "en", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer.headers["Location"]


@pytest.mark.no_app
@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (5400000, "money", "54,000.00"),
        (-50, "money", "-0.50"),
        (12850, "area", "128.50"),
        (12345, "number", "12,345"),
        (None, "text", "—"),
        ("", "money", "—"),
        ("310***0001", "money", "310***0001"),
        (dt.date(2025, 7, 1), "date", "2025-07-01"),
        (dt.datetime(2025, 7, 1, 1, 30, tzinfo=dt.UTC), "moment", "2025-07-01 09:30"),
    ],
)
def test_a_value_reads_the_same_everywhere(value: object, kind: str, said: str) -> None:
    assert shown.shown(value, kind) == said


@pytest.mark.no_app
@pytest.mark.parametrize(
    ("typed", "calls"),
    [
        ("19900001234", [("19900001234", "tel:19900001234")]),
        ("021-1990 0000转801", [("021-1990 0000转801", "tel:02119900000;ext=801")]),
        ("+86 199 0000 1234", [("+86 199 0000 1234", "tel:+8619900001234")]),
        ("19900001234、19900005678", [("19900001234", "tel:19900001234"), ("19900005678", "tel:19900005678")]),
        ("199****1234", [("199****1234", "")]),
        ("", []),
        (None, []),
    ],
)
def test_a_telephone_can_be_called(typed: str | None, calls: list[tuple[str, str]]) -> None:
    assert shown.dialled(typed) == calls
