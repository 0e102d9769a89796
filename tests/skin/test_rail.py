"""The rail is written once for all who may see the same of it; whoever may see another, reads another."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kit import nav
from app.security import gate

Login = Callable[..., FlaskClient]


def rail(client: FlaskClient, url: str = "/") -> str:
    found = re.search(r'<nav id="rail".*?</nav>', client.get(url).text, re.DOTALL)
    assert found
    return found[0]


def leads_to(client: FlaskClient, url: str = "/") -> set[str]:
    return set(re.findall(r'<li><a href="([^"]+)"', rail(client, url)))


def here(client: FlaskClient, url: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]+)" aria-current="page"', rail(client, url))


def test_each_role_reads_the_rail_of_its_own_rights(login: Login) -> None:
    clerk, admin = login("clerk"), login("admin")
    for _ in range(2):  # the second time it is written already
        assert "/customers/" in leads_to(clerk) and "/customers/" not in leads_to(admin)
        assert "/users/" in leads_to(admin) and "/users/" not in leads_to(clerk)


def test_a_right_that_is_gone_is_gone_from_the_next_page(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk, kept = login("clerk"), gate.rights_of
    assert "/customers/" in leads_to(clerk)
    gone = {view for verb, view in kept_rights(kept) if verb == nav.MENU_RIGHT and view == "Customers"}
    assert gone == {"Customers"}
    less = frozenset((verb, view) for verb, view in kept_rights(kept) if view not in gone)
    monkeypatch.setattr(gate, "rights_of", lambda _key: less)
    assert "/customers/" not in leads_to(clerk)


def kept_rights(ask: Callable[[int], Any]) -> frozenset[tuple[str, str]]:
    from app.demo.makers import user

    found: frozenset[tuple[str, str]] = ask(user("clerk").id)
    return found


def test_it_says_where_one_is_in_ones_language_and_how_one_likes_it(login: Login) -> None:
    clerk = login("clerk")
    for url in ("/", "/customers/", "/files/", "/customers/"):
        assert here(clerk, url) == [url]
    assert "客户" in rail(login("clerk", "zh_Hans"), "/customers/") and "客户" not in rail(clerk, "/customers/")
    assert 'data-fold hidden aria-pressed="false"' in rail(clerk)
    clerk.set_cookie(nav.FOLDED, "folded")
    assert 'data-fold hidden aria-pressed="true"' in rail(clerk)


def test_it_keeps_the_root_under_which_the_console_stands(app: Flask, login: Login) -> None:
    clerk = login("clerk")
    for root in ("", "/desk"):
        page = clerk.get("/", base_url=f"http://localhost{root}").text
        assert f'<li><a href="{root}/customers/"' in page and (root or "/desk/customers/" not in page)
