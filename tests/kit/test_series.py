"""What is numbered through all sites: two who do so at the same moment never get the same number."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.handovers import rules as handovers
from app.kit.session import db
from app.lookups import rules as lookups
from app.printing import rules as printing

pytestmark = pytest.mark.live
NUMBERS = {
    "prints": lambda: printing.next_serials(1),
    "look-ups": lookups.next_number,
    "hand-overs": handovers.next_number,
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_whoever_numbers_second_waits_for_the_first(app: Flask, number: Callable[[], Any]) -> None:
    def second() -> None:
        with app.app_context():
            number()
            db.session.remove()

    with app.app_context():
        number()
        other = threading.Thread(target=second)
        other.start()
        other.join(0.4)
        assert other.is_alive()
        db.session.remove()
        other.join(60)
        assert not other.is_alive()
