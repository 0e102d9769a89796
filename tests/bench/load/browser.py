"""What a desk needs of a browser, and what it reads on a page: forms, buttons, links. Nothing but Python's own library,
as it is used where the load comes from, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """What came back. `where` is the address a redirect leads to."""

    status: int
    body: bytes
    media: str
    where: str = ""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


Check = Callable[[Answer], str]  # what is wrong with an answer, in a few words; "" is nothing
Fields = Mapping[str, str]


class Wrong(Exception):
    """An answer was not what the desk needs to go on; it has been counted."""


class Browser(Protocol):
    """One person's: it keeps their cookies and follows no redirect by itself."""

    def ask(self, what: str, path: str, form: Fields | None = None, *, check: Check) -> Answer:
        """GET, or POST of a form. Counts the answer under `what`; raises Wrong when the check finds something."""

    def wait(self, least: float, most: float) -> None:
        """What a person needs to read or type, in seconds."""


@dataclass
class Form:
    """A form as a browser would send it when nothing is typed, and what its lists offer."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, **typed: str) -> dict[str, str]:
        """All of it with what was typed; a field that is not there is a mistake of ours or of the page."""
        missing = typed.keys() - self.fields.keys()
        if missing:
            raise Wrong(f"the form has no {', '.join(sorted(missing))}")
        return self.fields | typed


class _Reader(HTMLParser):
    """Reads one form."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            self.form.action = told.get("action", "")
        elif tag == "input" and name and (told.get("type") not in ("checkbox", "radio", "file") or "checked" in told):
            self.form.fields[name] = told.get("value", "")
        elif tag == "select":
            self.select = name
            self.form.offered[name] = []
        elif tag == "option" and self.select:
            self._offer(told)
        elif tag == "textarea":
            self.area = name
            self.form.fields[name] = ""

    def _offer(self, told: dict[str, str]) -> None:
        value = told.get("value", "")
        self.form.offered[self.select] += [value] if value else []
        if "selected" in told or self.select not in self.form.fields:
            self.form.fields[self.select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.select = self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:  # a line break right after the tag is not part of the text
            before = self.form.fields[self.area]
            self.form.fields[self.area] = before + (data if before else data.removeprefix("\n"))


def forms(page: str) -> Iterator[Form]:
    """Every form of a page."""
    for found in FORM.findall(page):
        reader = _Reader()
        reader.feed(found)
        yield reader.form


def main_form(page: str) -> Form:
    """The one that is there to be filled in."""
    part = page.find("data-form")
    if part < 0:
        raise Wrong("there is no form to fill in")
    return next(forms(page[page.rfind("<form", 0, part) :]))


def button(page: str, action: str) -> Form | None:
    """The button, or the form behind one, whose address matches; None where it is not offered."""
    wanted = re.compile(action)
    for found in FORM.findall(page):
        aim = re.search(r'action="([^"]+)"', found[: found.find(">") + 1])
        if aim is not None and wanted.fullmatch(html.unescape(aim[1])):
            return next(forms(found))
    return None


def links(page: str, pattern: str) -> list[str]:
    """The addresses on a page that match, each once, in their order."""
    wanted = re.compile(pattern)
    found = (html.unescape(each) for each in re.findall(r'href="([^"]+)"', page))
    return list(dict.fromkeys(each for each in found if wanted.fullmatch(each)))


# --- checks ---


def holds(*words: str, status: int = 200) -> Check:
    """A page that says these words."""

    def check(answer: Answer) -> str:
        if answer.status != status:
            return f"status {answer.status}"
        text = html.unescape(answer.text)
        missing = [word for word in words if word not in text]
        return f"does not say {missing[0]!r}" if missing else ""

    return check


def leads_to(pattern: str) -> Check:
    """A redirect to such an address: what was sent is stored."""

    def check(answer: Answer) -> str:
        if answer.status != 302:
            return f"status {answer.status}"
        return "" if re.fullmatch(pattern, answer.where) else f"leads to {answer.where}"

    return check


def is_pdf(answer: Answer) -> str:
    if answer.status != 200 or answer.media != "application/pdf":
        return f"status {answer.status}, {answer.media}"
    return "" if answer.body[:5] == b"%PDF-" and b"%%EOF" in answer.body[-1024:] else "no whole PDF"


def is_csv(least: int) -> Check:
    """A list with a line of heads and at least so many rows, each as wide as the heads."""

    def check(answer: Answer) -> str:
        if answer.status != 200 or answer.media != "text/csv":
            return f"status {answer.status}, {answer.media}"
        rows = answer.body.decode("utf-8-sig").splitlines()
        return "" if len(rows) > least else f"{len(rows)} lines"

    return check
