"""A tenant signs on the screen, and the house of a plan is read on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import sign
from tests.e2e.test_access import findings

pytestmark = [pytest.mark.live, pytest.mark.once]


@pytest.mark.timeout(200)
def test_a_tenant_signs_on_screen_and_may_begin_anew(enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    page.goto("/visits/add?unit=1")
    typed = page.locator("[name=client_signature]")
    sign(page)
    assert typed.input_value().startswith("M") and "L" in typed.input_value()
    page.locator("[data-sign-clear]").click()
    expect(typed).to_have_value("")
    sign(page)
    drawn = typed.input_value()
    page.select_option("[name=result]", "satisfied")
    page.focus("[name=opinion]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".drawing path")
    assert page.locator(".drawing path").get_attribute("d") == drawn
    assert findings(page) == []


@pytest.mark.timeout(200)
def test_the_house_of_a_plan_fits_a_telephone(enter: Callable[..., Page]) -> None:
    page = enter("supervisor", viewport={"width": 390, "height": 800})
    page.goto("/visit-plans/add?site=1")
    page.fill("[name=name]", "电话上看")
    page.fill("[name=from_on]", "2026-01-01")
    page.fill("[name=until_on]", "2030-03-31")
    page.focus("[name=floors]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("h1:has-text('电话上看')")
    page.goto("/visits/grid/")
    expect(page.locator(".stack-unit").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert findings(page) == []
    page.locator("a.stack-unit").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/**")
