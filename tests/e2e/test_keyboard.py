"""The console by keyboard alone, and without a script where one is not needed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.live, pytest.mark.once]


def test_slash_goes_to_the_search_and_arrows_choose(enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("05")
    page.wait_for_selector(".suggest [role=option]")
    page.keyboard.press("Escape")
    expect(page.locator(".suggest")).to_be_hidden()
    page.keyboard.type("1")
    page.wait_for_selector(".suggest:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#find", "aria-activedescendant") == "find-option-0"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(files|units|customers|contacts)/\d+"))


def test_a_form_is_filled_in_and_saved_without_the_mouse(enter: Callable[..., Page]) -> None:
    """Enter goes on, a related record is found by typing, Ctrl+Enter saves; what is wrong is led to."""
    page = enter("clerk")
    page.goto("/lookups/add")
    page.locator("#file").focus()
    page.keyboard.type("0302")
    page.wait_for_selector(".combo-list .active")
    page.keyboard.press("Enter")
    assert "0302" in page.input_value("#file")
    page.keyboard.press("Enter")
    expect(page.locator("#purpose")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#purpose[aria-invalid=true]")
    expect(page.locator(".error-summary")).to_be_focused()
    assert "0302" in page.input_value("#file")


def test_a_choice_that_was_not_made_is_not_kept(enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    page.goto("/lookups/add")
    page.locator("#file").fill("no such file")
    page.wait_for_selector(".combo-note")
    page.keyboard.press("Tab")
    assert page.input_value("#file") == ""
    assert page.locator("select[name=file]").evaluate("select => select.value") == ""


def test_a_masked_value_is_shown_in_place_after_a_reason(enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    page.goto("/customers/1")
    before = page.locator(".masked").first.inner_text()
    page.locator("[data-reveal]").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("annual review")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-reveal]", state="detached")
    after = page.locator(".masked").first.inner_text()
    assert "*" in before and "*" not in after and after[:3] == before[:3]


def test_what_is_typed_is_not_lost_by_a_slip(enter: Callable[..., Page]) -> None:
    page = enter("clerk", own=True)
    page.goto("/customers/add")
    page.locator("#name").fill("New firm")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("nav#rail a").first.click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.input_value("#name") == "New firm"


def test_the_menu_opens_on_a_telephone_without_a_script(enter: Callable[..., Page], browser: Browser) -> None:
    page = enter("clerk")
    bare = browser.new_context(
        base_url=page.url, viewport={"width": 390, "height": 844}, java_script_enabled=False,
        storage_state=page.context.storage_state(),
    ).new_page()  # fmt: skip
    bare.goto("/")
    expect(bare.locator("#rail")).to_be_hidden()
    bare.click(".burger")
    expect(bare.locator("#rail")).to_be_visible()
    bare.click(".rail-close")
    expect(bare.locator("#rail")).to_be_hidden()
    bare.context.close()


def test_nothing_is_refused_by_the_policy_and_no_script_fails(enter: Callable[..., Page]) -> None:
    page = enter("clerk", own=True)
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(page.url[:20]) else None)
    for path in ("/", "/files/", "/files/1", "/files/add", "/customers/1", "/import/", "/search/?q=05"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert said == []
