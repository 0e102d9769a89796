"""The page of hits and the hits while typing, as people get them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.demo import makers
from app.estate.models import Site
from app.kit.session import finish_work
from tests.search.test_rules import NAUGHTY

Login = Callable[..., FlaskClient]


@pytest.fixture
def file(site: Site) -> Any:
    unit = makers.make_unit("0512", site=site)
    made = makers.make_file(tenancy=makers.make_tenancy(unit, makers.make_customer("瑞恒科技有限公司", site=site)))
    finish_work()
    return made


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collects what is asked of the database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_the_page_shows_a_hit_that_leads_to_the_file(login: Login, file: Any) -> None:
    page = login("clerk").get("/search/?q=ruiheng")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "瑞恒科技有限公司" in text and f"/files/{file.id}" in text


def test_suggestions_are_json_with_addresses(login: Login, file: Any) -> None:
    told = login("clerk").get("/search/suggest?q=0512").get_json()
    assert told["more"] is False
    assert [(hit["title"], hit["url"]) for hit in told["hits"]] == [("0512", f"/files/{file.id}")]
    assert set(told["hits"][0]) >= {"kind", "title", "subtitle", "url"}


def test_suggestions_cost_few_statements(login: Login, file: Any) -> None:
    clerk = login("clerk")
    clerk.get("/search/suggest?q=0512")
    with statements() as seen:
        clerk.get("/search/suggest?q=瑞恒 0512")
    assert 0 < len(seen) <= 6, seen


def test_more_is_told_only_when_there_is_more(login: Login, site: Site) -> None:
    for number in range(9):
        makers.make_customer(f"众多客户{number}", site=site)
    finish_work()
    told = login("clerk").get("/search/suggest?q=众多").get_json()
    assert (len(told["hits"]), told["more"]) == (8, True)


def test_a_clerk_of_another_site_sees_no_hit_and_no_count(login: Login, file: Any) -> None:
    stranger = login("stranger")
    for typed in ("瑞恒", "0512", "ruiheng", "有限公司"):
        assert stranger.get(f"/search/suggest?q={typed}").get_json() == {"hits": [], "more": False}
    text = stranger.get("/search/?q=瑞恒").get_data(as_text=True)
    assert "瑞恒科技" not in text and f"/files/{file.id}" not in text
    nothing = stranger.get("/search/?q=绝无此人").get_data(as_text=True)
    assert strip(text, "瑞恒") == strip(nothing, "绝无此人")


def strip(text: str, typed: str) -> list[str]:
    """The page without what differs anyhow: the word typed and one-time values."""
    once = ("csrf", "nonce", "next=", "%")
    return [line.replace(typed, "") for line in text.splitlines() if not any(word in line for word in once)]


def test_the_administrator_finds_units_and_no_customers(login: Login, file: Any) -> None:
    """Split duties: whoever may not open customers is told of none."""
    told = login("admin").get("/search/suggest?q=瑞恒").get_json()
    assert told["hits"] == []


def test_enter_on_one_exact_number_opens_it(login: Login, file: Any) -> None:
    clerk = login("clerk")
    assert clerk.get("/search/?q=512&go=1").headers["Location"].endswith(f"/files/{file.id}")
    assert clerk.get("/search/?q=512").status_code == 200
    assert clerk.get("/search/?q=瑞恒&go=1").status_code == 200


def test_nobody_searches_without_a_login(client: FlaskClient, file: Any) -> None:
    for url in ("/search/?q=瑞恒", "/search/suggest?q=瑞恒"):
        answer = client.get(url)
        assert answer.status_code in (302, 401, 403)
        assert "瑞恒科技" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_input_breaks_a_page(login: Login, typed: str) -> None:
    clerk = login("clerk")
    typed = typed.encode("utf-8", "replace").decode()[:2_000]
    for url in ("/search/", "/search/suggest"):
        assert clerk.get(url, query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "more", ["page=abc", "page=-1", "page=99999999999", "size=100000", "go=", "page=2&page=3", "q=%ff"]
)
def test_no_parameter_breaks_a_page(login: Login, file: Any, more: str) -> None:
    assert login("clerk").get(f"/search/?q=瑞恒&{more}").status_code == 200


def test_many_hits_come_in_pages(login: Login, site: Site) -> None:
    for number in range(30):
        makers.make_customer(f"分页客户{number:02d}", site=site)
    finish_work()
    clerk = login("clerk")
    first = clerk.get("/search/?q=分页").get_data(as_text=True)
    second = clerk.get("/search/?q=分页&page=2").get_data(as_text=True)
    shown = [{number for number in range(30) if f"分页客户{number:02d}" in page} for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (25, 5)
    assert not shown[0] & shown[1]
