"""The two ways to start: with the made-up tower, and empty with a first administrator."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acts import follow
from tests.e2e.conftest import Server, serving

pytestmark = [pytest.mark.live, pytest.mark.once]
SECOND_START_SECONDS = 5


def test_the_server_answers_says_where_and_who(server: Server) -> None:
    assert urllib.request.urlopen(f"{server.url}/healthz").read().strip() == b"ok"
    said = (server.data_dir / "server.log").read_text()
    assert server.url in said
    for name in ("clerk", "supervisor", "manager", "director", "archivist", "auditor", "admin"):
        assert name in said


def test_an_empty_house_asks_for_its_first_administrator_and_starts_again_quickly(
    tmp_path: Path, browser: Browser
) -> None:
    with serving(tmp_path, DEMO="0") as server:
        code = re.search(r"code (\S+)", (tmp_path / "server.log").read_text())
        assert code is not None
        page = browser.new_context(base_url=server.url, locale="en-GB").new_page()
        page.goto("/setup")
        page.fill("[name=code]", code.group(1))
        page.fill("[name=username]", "boss")
        page.fill("[name=full_name]", "Boss of the desk")
        for field in page.locator("input[type=password]").all():
            field.fill("A-long-Enough-1-pass")
        follow(page, page.locator("main form button[type=submit]"))
        page.goto("/setup")
        assert page.locator("[name=code]").count() == 0
        page = browser.new_context(base_url=server.url).new_page()
        page.goto("/login")
        page.fill("[name=username]", "clerk")
        page.fill("[name=password]", server.env["DEMO_PASSWORD"])
        page.keyboard.press("Enter")
        expect(page.locator("[name=password]")).to_be_visible()
    began = time.monotonic()
    with serving(tmp_path, DEMO="0"):
        assert time.monotonic() - began < SECOND_START_SECONDS


def test_the_audit_of_a_used_house_is_whole(server: Server, enter: Callable[..., Page]) -> None:
    enter("clerk").goto("/files/1")
    assert "whole" in server.flask("audit", "verify")
