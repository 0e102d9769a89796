"""What people at their desks look up: search, lists, records, reports, the audit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from tests.bench.load.browser import Answer, holds, is_csv, leads_to, links, main_form
from tests.bench.load.desk import KEY, READ, Desk

WORDS = ("科技", "物流", "有限公司", "餐饮", "shenzhen", "1010", "装饰", "kj", "A座")
REPORTS = ("repairs", "complaints", "occupancy", "leases_ending")


def log_in(desk: Desk, password: str) -> None:
    """Through the form, as everybody does; a browser fetches the skin once and keeps it."""
    page = desk.browser.ask("log-in page", "/login", check=holds("password")).text
    for path in links(page, r"/static/.+") + re.findall(r'src="(/static/[^"]+)"', page):
        desk.browser.ask("file of the skin", path, check=holds())
    form = main_form(page).filled(username=desk.username, password=password)
    desk.browser.ask("log in", "/login", form, check=leads_to("/.*"))
    first_page(desk)


def first_page(desk: Desk) -> None:
    desk.page("first page", "/", 'class="board"')
    desk.browser.wait(*READ)


def typed(desk: Desk, words: str, check: Callable[[Answer], str] = holds('"hits"')) -> list[dict[str, Any]]:
    """Key by key: what is offered is asked for after each, and checked at the end."""
    for end in range(1, len(words)):
        desk.browser.ask("search while typing", _suggest(words[:end]), check=holds('"hits"'))
        desk.browser.wait(*KEY)
    answer = desk.browser.ask("search while typing", _suggest(words), check=check)
    desk.browser.wait(*READ)
    return list(json.loads(answer.body)["hits"])


def _suggest(words: str) -> str:
    return f"/search/suggest?q={quote(words)}"


def _first_is(title: str) -> Callable[[Answer], str]:
    def check(answer: Answer) -> str:
        if answer.status != 200:
            return f"status {answer.status}"
        hits = json.loads(answer.body)["hits"]
        return "" if hits and hits[0]["title"] == title else f"{title!r} is not the first hit"

    return check


def find_a_unit(desk: Desk) -> None:
    """By its number, then its file; several sites have one of that number."""
    unit = desk.unit()
    hits = typed(desk, unit.number, _first_is(unit.number))
    meant = [hit["url"] for hit in hits if hit["title"] == unit.number and unit.tenant in hit["subtitle"]]
    desk.page("file", meant[0] if meant else hits[0]["url"], unit.number, *[unit.tenant] * len(meant[:1]))
    desk.browser.wait(*READ)


def find_a_word(desk: Desk) -> None:
    """Whatever somebody remembers of it; the page of hits, and the first of them."""
    words = desk.chance.choice(WORDS)
    hits = typed(desk, words)
    desk.page("page of hits", f"/search/?q={quote(words)}", words)
    desk.browser.wait(*READ)
    if hits:
        desk.page("hit", hits[0]["url"])
        desk.browser.wait(*READ)


def walk_the_units(desk: Desk) -> None:
    """The list, a floor of it, one unit."""
    desk.page("list of units", "/units/", desk.unit().number[:2])
    desk.browser.wait(*READ)
    unit = desk.unit()
    found = desk.page("list of units", f"/units/?number={unit.number}", unit.number)
    desk.browser.wait(*READ)
    desk.page("unit", links(found, rf"/units/{unit.id}")[0], unit.number)
    desk.browser.wait(*READ)


def walk_the_files(desk: Desk) -> None:
    """The list, its next page, one file."""
    found = desk.page("list of files", "/files/")
    desk.browser.wait(*READ)
    if following := links(found, r"/files/\?.*(after|page)=.*"):
        found = desk.page("list of files", following[0])
        desk.browser.wait(*READ)
    desk.page("file", desk.chance.choice(links(found, r"/files/\d+")), 'id="papers"')
    desk.browser.wait(*READ)


def look_at_a_list(desk: Desk) -> None:
    """Of what the desk has to do."""
    what = desk.chance.choice(("complaints", "repairs", "visits", "customers", "tenancies"))
    found = desk.page("list", f"/{what}/", f'href="/{what}/')
    desk.browser.wait(*READ)
    if opened := links(found, rf"/{what}/\d+"):
        desk.page("record", desk.chance.choice(opened))
        desk.browser.wait(*READ)


def export_a_list(desk: Desk) -> None:
    """A floor of units, or the day's lines of one person, as CSV."""
    path = f"/audit/export.csv?username={desk.username}" if desk.role == "auditor" else "/units/export.csv?number=A-01"
    path = "/files/export.csv?number=A-010" if desk.role == "archivist" else path
    desk.page("list", path.split("export")[0])
    desk.browser.wait(*READ)
    desk.browser.ask("export a list", path, check=is_csv(1))
    desk.browser.wait(*READ)


def read_a_report(desk: Desk) -> None:
    desk.page("reports", "/reports/", "/reports/repairs")
    desk.browser.wait(*READ)
    desk.page("report", f"/reports/{desk.chance.choice(REPORTS)}", "</table>")
    desk.browser.wait(*READ)


def read_the_audit(desk: Desk) -> None:
    found = desk.page("audit", "/audit/")
    desk.browser.wait(*READ)
    desk.page("line of the audit", desk.chance.choice(links(found, r"/audit/\d+")))
    desk.browser.wait(*READ)
