"""Every page, in three languages, on a desk and on a telephone, without one finding of axe-core.

A page is the same markup in the same colours in every language: what axe-core says of markup and colours is asked
once. What depends on the words (a name that is missing, or that two parts share; a language that is not said; a part
that is wider than its room) is asked in all three. Every page that a link leads to is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.e2e.axe import SCRIPT
from tests.e2e.conftest import Server, come_in

LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en-GB": "en"}
PEOPLE = ("clerk", "manager", "archivist", "auditor", "admin")
pytestmark = [pytest.mark.live, pytest.mark.once]
DESK: ViewportSize = {"width": 1440, "height": 900}
ALIKE = 8
THE_SAME = "zh-CN"  # the language in which every rule is asked
OF_WORDS = ["cat.language", "cat.text-alternatives", "cat.name-role-value", "cat.forms"]
OF_WORDS_TOO = [
    "landmark-unique", "scrollable-region-focusable", "region", "page-has-heading-one", "aria-command-name",
    "aria-dialog-name", "aria-input-field-name", "aria-meter-name", "aria-progressbar-name", "aria-roledescription",
    "aria-text", "aria-toggle-field-name", "aria-tooltip-name", "aria-treeitem-name", "table-duplicate-name",
]  # fmt: skip
# Puts the answer of `url` in the place of the page; it is laid out and its script runs as ever. A new address would
# bring a new window, into which axe-core had to be read again: that takes as long as to look. What is looked at `next`
# is asked for meanwhile. The menu is four fifths of most pages and the same on all: on all but a `first` page only the
# entry that says where one is stays in it.
TURN = r"""([url, next, first]) => {
  const menu = /(<div class="rail-body">)([^]*?)(<\/div>\s*<button)/, here = /<li><a [^>]*aria-current[^]*?<\/li>/;
  const short = (_, head, body, tail) => `${head}<ul>${body.match(here) ?? ""}</ul>${tail}`;
  const asked = window.ahead?.url === url ? window.ahead.answer : fetch(url);
  return asked.then(answer => answer.text().then(text => new Promise(done => {
    const kind = answer.headers.get("content-type");
    history.replaceState(null, "", answer.url);
    document.open();
    addEventListener("load", () => {
      window.ahead = next && { url: next, answer: fetch(next) };
      done([answer.status, kind, document.documentElement.lang]);
    }, { once: true });
    document.write(first ? text : text.replace(menu, short));
    document.close();
  })));
}"""
# What the contrast of a text comes from is what it and all around it are painted with. The rows of a list and the menu
# of every page are painted alike: of all visible texts of one look, the first is marked for axe-core to measure.
PAINTED = [
    "color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow", "filter",
    "mixBlendMode", "position", "zIndex", "webkitTextFillColor",
]  # fmt: skip
MARK = """window.mark = painted => {
  const names = window.names ??= new Map(), looked = window.looked ??= new Set(), found = new Map();
  const look = element => {
    if (!element) return 0;
    if (!found.has(element)) {
      const style = getComputedStyle(element), disabled = element.matches(":disabled, [aria-disabled]");
      const own = [element.tagName, element.className, disabled, ...painted.map(name => style[name])];
      const name = JSON.stringify([look(element.parentElement), ...own]);
      if (!names.has(name)) names.set(name, names.size + 1);
      found.set(element, names.get(name));
    }
    return found.get(element);
  };
  const says = node => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "";
  for (const element of document.body.querySelectorAll("*")) {
    const speaks = element.matches("input, select, textarea") || [...element.childNodes].some(says);
    if (!speaks || !element.checkVisibility() || element.getClientRects().length === 0) continue;
    if (!looked.has(look(element))) element.setAttribute("data-measured", "");
    looked.add(look(element));
  }
}; true"""
MEASURED = "axe.configure({ rules: [{ id: 'color-contrast', selector: '[data-measured]' }] })"
# where each passed element lies, and what passed, takes axe-core as long again to say as to find out
ASK = """([options, painted]) => {
  if (!window.axe) return null;
  if (painted) mark(painted);
  return axe.run(document, options).then(told => told.violations.map(one => [one.id, one.nodes[0].html]));
}"""


def shape(url: str) -> str:
    """Pages of one kind count once: /files/12/edit is /files/#/edit."""
    return re.sub(r"\d+", "#", urlsplit(url).path)


def links(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return [url.split("#")[0] for url in found if url.startswith(page.url.split("/", 3)[0])]


def crawl(page: Page, visit: Callable[[Page], None], seen: set[str], language: str = THE_SAME) -> set[str]:
    """Visit one page of each kind that can be reached by links and is not among those `seen`."""
    waiting, visited = ["/"], set()
    while waiting:
        url = waiting.pop(0)
        visited.add(shape(url))
        waiting = [one for one in waiting if is_new(one, visited | seen)]
        status, media, lang = page.evaluate(TURN, [url, next(iter(waiting), None), len(visited) == 1])
        assert status < 400 and media.startswith("text/html"), f"{url}: {status} {media}"
        assert lang == LANGUAGES[language], f"{url}: {lang}"
        visit(page)
        waiting += [one for one in links(page) if is_new(one, visited | seen)]
    return visited


def is_new(url: str, known: set[str]) -> bool:
    """A page of a kind that is not known; what has an ending is a file."""
    return shape(url) not in known and not re.search(r"\.\w+$|^/scans/", urlsplit(url).path)


@cache
def checker() -> str:
    return SCRIPT.read_text(encoding="utf-8")


ALL: dict[str, Any] = {}
BUT_CONTRAST: dict[str, Any] = {"rules": {"color-contrast": {"enabled": False}}}
WORDS_ALONE: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": OF_WORDS},
    "rules": {rule: {"enabled": True} for rule in OF_WORDS_TOO},
}


def findings(page: Page, asked: dict[str, Any] = ALL) -> list[str]:
    """What axe-core says of the page."""
    how = [{"resultTypes": ["violations"], "selectors": False} | asked, PAINTED if asked is ALL else None]
    told: list[list[str]] | None = page.evaluate(ASK, how)
    if told is None:  # a new window
        for script in (checker(), MEASURED, MARK):
            page.evaluate(script)
        told = page.evaluate(ASK, how)
    assert told is not None
    return [f"{shape(page.url)} {rule}: {html[:160]}" for rule, html in told]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_fails_the_accessibility_check(server: Server, enter: Callable[..., Page], language: str) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        found.extend(findings(page, ALL if language == THE_SAME else WORDS_ALONE))

    seen: set[str] = set()
    window = enter(PEOPLE[0], language, viewport=DESK, bypass_csp=True)
    for person in PEOPLE:
        come_in(window, server, person)
        visited = crawl(window, look, seen, language)
        # a record's page has other buttons for other people: it is looked at once for each
        seen |= {kind for kind in visited if kind != "/" and not kind.endswith("/#")}
    assert not found, "\n".join(found)
    assert len(seen) > 250


def test_a_telephone_shows_every_page_without_sideways_scrolling(enter: Callable[..., Page]) -> None:
    """Every page is measured; of the lists, the forms and so on, which are built alike, the first few are checked."""
    page = enter("manager", "zh-CN", viewport={"width": 390, "height": 844}, bypass_csp=True)
    wide: list[str] = []
    built: Counter[str] = Counter()

    def look(seen: Page) -> None:
        if seen.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            wide.append(shape(seen.url))
        built[way := shape(seen.url).split("/", 2)[-1]] += 1
        if built[way] <= ALIKE:
            wide.extend(findings(seen, BUT_CONTRAST))

    visited = crawl(page, look, set())
    assert not wide
    assert len(visited) > 200 and len(built) > 30


def test_the_checker_finds_what_is_wrong(enter: Callable[..., Page]) -> None:
    """The control: a picture without words is found on a page that was turned to, by the rules of words alone, too."""
    page = enter("clerk", bypass_csp=True)
    findings(page)
    assert page.evaluate(TURN, ["/files/", None, True])[0] == 200 and page.locator("#rail li").count() > 20
    assert page.evaluate(TURN, ["/files/", None, False])[0] == 200
    assert page.get_attribute("#rail li a", "aria-current") == "page" and page.locator("#rail li").count() == 1
    assert page.evaluate("document.readyState") == "complete"
    assert page.get_attribute("#find", "role") == "combobox"  # the script of a page that is turned to has run
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    twice = "<section aria-label=甲></section>" * 2
    page.evaluate("twice => document.querySelector('main').insertAdjacentHTML('beforeend', twice)", twice)
    for asked in (ALL, BUT_CONTRAST, WORDS_ALONE):
        found = findings(page, asked)
        assert any("image-alt" in one for one in found) and any("landmark-unique" in one for one in found)


def test_a_pale_text_is_found_among_others_that_are_painted_like_it_was(enter: Callable[..., Page]) -> None:
    """The control of what is measured once: one row's colour, one cell's ground, and a paler heading around a text."""
    page = enter("clerk", viewport=DESK, bypass_csp=True)
    assert page.evaluate(TURN, ["/files/", None, True])[0] == 200
    assert findings(page) == []
    measured = page.locator("[data-measured]").count()
    for style in (
        "tbody tr:nth-child(7) td { color: #aaa }",
        "tbody tr:nth-child(5) { background: #222 }",
        "main { opacity: 0.4 }",
    ):
        assert page.evaluate(TURN, ["/files/", None, True])[0] == 200
        assert findings(page) == [] and page.locator("[data-measured]").count() < measured / 4
        page.add_style_tag(content=style)
        assert any("color-contrast" in one for one in findings(page)), style
