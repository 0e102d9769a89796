"""Every page, in three languages, on a desk and on a telephone, without one finding of axe-core."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import SCRIPT

LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en-GB": "en"}
PEOPLE = ("clerk", "manager", "archivist", "auditor", "admin")
pytestmark = [pytest.mark.live, pytest.mark.once]
MOST_PAGES = 45
# where each passed element lies, and what passed, takes axe-core as long again to say as to find out
ASK = "options => axe.run(document, options).then(told => told.violations.map(one => [one.id, one.nodes[0].html]))"


def shape(url: str) -> str:
    """Pages of one kind count once: /files/12/edit is /files/#/edit."""
    return re.sub(r"\d+", "#", urlsplit(url).path)


def links(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return [url.split("#")[0] for url in found if url.startswith(page.url.split("/", 3)[0])]


def crawl(page: Page, visit: Callable[[Page], None], seen: set[str]) -> set[str]:
    """Visit one page of each kind that can be reached by links and is not among those `seen`."""
    waiting, visited = ["/"], set()
    while waiting and len(visited) < MOST_PAGES:
        url = waiting.pop(0)
        kind = shape(url)
        if kind in visited or kind in seen or any(part in url for part in ("/export", "/static/", "/scans/")):
            continue
        visited.add(kind)
        answer = page.goto(url)
        assert answer is not None and answer.status < 400, f"{url}: {answer and answer.status}"
        visit(page)
        waiting += links(page)
    return visited


@cache
def checker() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def findings(page: Page, contrast: bool = True) -> list[str]:
    """What axe-core says of the page. Contrast, its slowest rule, is the same in every language."""
    page.evaluate(checker())
    rules = {"color-contrast": {"enabled": contrast}}
    told: list[list[str]] = page.evaluate(ASK, {"resultTypes": ["violations"], "selectors": False, "rules": rules})
    return [f"{shape(page.url)} {rule}: {html[:160]}" for rule, html in told]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_fails_the_accessibility_check(enter: Callable[..., Page], language: str) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        assert page.get_attribute("html", "lang") == LANGUAGES[language]
        found.extend(findings(page, contrast=language == "zh-CN"))

    seen: set[str] = set()
    for person in PEOPLE:
        window = enter(person, language, viewport={"width": 1440, "height": 900}, bypass_csp=True)
        visited = crawl(window, look, seen)
        # a record's page has other buttons for other people: it is looked at once for each
        seen |= {kind for kind in visited if kind != "/" and not kind.endswith("/#")}
    assert not found, "\n".join(found)
    assert len(seen) >= 30


def test_a_telephone_shows_every_page_without_sideways_scrolling(enter: Callable[..., Page]) -> None:
    page = enter("manager", "zh-CN", viewport={"width": 390, "height": 844}, bypass_csp=True)
    wide: list[str] = []

    def look(seen: Page) -> None:
        if seen.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            wide.append(shape(seen.url))
        wide.extend(findings(seen, contrast=False))

    crawl(page, look, set())
    assert not wide


def test_the_checker_finds_what_is_wrong(enter: Callable[..., Page]) -> None:
    """The control: a picture without words is found."""
    page = enter("clerk", bypass_csp=True)
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any("image-alt" in one for one in findings(page))
