"""Addresses of records are worked out once a kind, and are those that Flask would say."""

from __future__ import annotations

from typing import Any

import pytest
from flask import url_for

from app.kit.addresses import address


@pytest.mark.parametrize("root", ["", "/desk", "/desk/2"])
def test_an_address_is_what_flask_says_under_whatever_root_the_console_stands(app: Any, root: str) -> None:
    for pk in (1, 7, 123_456_789):
        for endpoint in ("CustomerView.show", "CustomerView.edit"):
            with app.test_request_context("/customers/", base_url=f"http://localhost{root}"):
                assert address(endpoint, pk=pk) == url_for(endpoint, pk=pk)
                assert address(endpoint, pk=pk).startswith(f"{root}/") and f"/{pk}" in address(endpoint, pk=pk)


def test_what_says_more_than_a_key_is_asked_of_flask(app: Any) -> None:
    with app.test_request_context("/"):
        told = address("CustomerView.show", pk=3, tab="a b")
        assert told == url_for("CustomerView.show", pk=3, tab="a b") and told.endswith("?tab=a+b")
        assert address("CustomerView.list") == url_for("CustomerView.list")
