"""What people do in front of the console: find, choose, press, print."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.house.words import read

LOCALES = {"zh-CN": "zh_Hans", "en-GB": "en"}


class Desk:
    """The people of one journey, each in a window of their own, and the words of their language."""

    def __init__(self, enter: Callable[..., Page], language: str, site: str = "和悦大厦") -> None:
        self.enter, self.language, self.catalogue = enter, language, read(LOCALES[language])
        self.site, self.unit = site, ""

    def __call__(self, name: str, **options: Any) -> Page:
        return self.enter(name, self.language, **options)

    def say(self, message: str) -> str:
        """A word as this desk reads it."""
        found = self.catalogue.get(message)
        assert found is not None and found.string, message
        return str(found.string)


def path_of(page: Page) -> str:
    """Where a window is, without the host."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def follow(page: Page, link: Any) -> None:
    """Click, and wait for the page it leads to: a click alone may be over before the window has set off."""
    with page.expect_navigation():
        link.click()


def pick(page: Page, name: str, words: str) -> None:
    """Choose in a field that searches as one types."""
    take(page, page.locator(f"input[role=combobox]#{name}"), words)


def take(page: Page, box: Any, words: str) -> None:
    """The option of `box` that holds all of `words`."""
    box.click()
    box.fill(words)
    option = page.locator("[role=option]:visible")
    for word in words.split():
        option = option.filter(has_text=word)
    option.first.click()


def press(page: Page, move: str, **answers: str) -> None:
    """A move's button; where it asks, its dialog is filled in."""
    form = page.locator(f"form[action$='/move/{move}']").first
    dialog = page.locator("dialog", has=page.locator(f"form[action$='/move/{move}']"))
    if dialog.count():
        page.locator(f"[commandfor={dialog.first.get_attribute('id')}]").first.click()
        for name, value in answers.items():
            answer(page, dialog.first, f"{move}-{name}", value)
    follow(page, form.locator("button[type=submit]"))


def answer(page: Page, dialog: Any, field: str, value: str) -> None:
    """Fill in one field of a dialog, whatever kind it is."""
    control = dialog.locator(f"#{field}")
    if control.get_attribute("role") == "combobox":
        take(page, control, value)
    elif control.get_attribute("type") == "checkbox":
        control.set_checked(bool(value))
    elif control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


def fill(page: Page, url: str, **typed: str) -> str:
    """Open a form, type, save; answers where the desk goes on."""
    page.goto(url)
    for name, value in typed.items():
        box = page.locator(f"input[role=combobox]#{name}")
        control = page.locator(f"[name={name}]").first
        if box.count():
            take(page, box, value)
        elif control.get_attribute("type") == "checkbox":
            control.set_checked(bool(value))
        elif control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda now: "/add" not in now and "/edit" not in now)
    return path_of(page)


def sign(page: Page) -> None:
    """A zigzag on the sheet for the client's signature."""
    sheet = page.locator("[data-sign] svg")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    for number in range(12):
        page.mouse.move(box["x"] + 30 + number * 15, box["y"] + box["height"] * (0.3 if number % 2 else 0.7))
    page.mouse.up()


def pdf(page: Page, url: str) -> str:
    """The text of a print without its spaces, as the Print button makes it."""
    token = page.get_attribute("meta[name=csrf-token]", "content")
    answer = page.request.post(url, form={"csrf_token": token or ""})
    assert answer.ok, answer.status
    reader = PdfReader(io.BytesIO(answer.body()))
    return "".join("".join(sheet.extract_text().split()) for sheet in reader.pages)
