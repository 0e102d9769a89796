"""Every record and every list of the console is laid out on paper once, by the engine itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.house.full_house import OURS, record_views

pytestmark = pytest.mark.once
Login = Callable[..., FlaskClient]
PARTS = range(2)  # for as many workers


def is_sheet(answer: Any) -> bool:
    return bool(answer.data.startswith(b"%PDF-"))


@pytest.mark.parametrize("part", PARTS)
def test_every_record_and_every_list_is_laid_out(
    app: Flask, login: Login, both: Any, all_rights: None, part: int
) -> None:
    manager, broken, printed = login("manager"), [], 0
    for view in record_views(app)[part :: len(PARTS)]:
        listed = manager.post(f"{view.route_base}/print", follow_redirects=True)
        if not is_sheet(listed) and "nothing to print" not in listed.text:
            broken.append(f"{view.route_base}: {listed.status_code}")
        if (record := both[OURS][0].get(view.model)) is not None:
            answer = manager.post(f"{view.route_base}/{record.id}/print")
            broken += [] if is_sheet(answer) else [f"{view.route_base}/{record.id}: {answer.status_code}"]
            printed += is_sheet(answer) and is_sheet(listed)
    assert not broken, "\n".join(broken)
    assert printed > 20
