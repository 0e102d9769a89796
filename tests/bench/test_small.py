"""No page grows slower or hungrier unseen: a small house against the committed budgets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import small
from tests.bench.report import Line

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def test_no_page_is_beyond_its_budget(tmp_path: Path) -> None:
    found = small.measure(tmp_path, 1_000)
    assert small.beyond(found, small.budgets()) == []
    assert small.budgets().keys() == found.keys()


def test_what_is_beyond_a_budget_is_said() -> None:
    allowed = {"SQL of list": 9.0, "search / list": 0.5}
    assert small.beyond({"SQL of list": 9, "search / list": 0.99}, allowed) == []
    assert small.beyond({"SQL of list": 10, "search / list": 1.01}, allowed) == [
        "SQL of list: 10.00, at most 9.00",
        "search / list: 1.01, at most 1.00",
    ]
    assert small.beyond({"SQL of home": 1}, allowed) == ["SQL of home has no budget"]


def test_a_reach_is_a_share_of_the_peer_and_a_bound_of_its_own() -> None:
    line = Line("search", "search", 10.0, peers={"Peer": 200.0})
    assert line.against_peer("Peer", 0.1, also=20).reached
    assert not line.against_peer("Peer", 0.1, also=9).reached
    assert not line.against_peer("Peer", 0.04, also=20).reached
    assert Line("search", "search", 10.0).against_peer("Peer", 0.1, also=20).reached is None  # the peer is not there
    assert Line("rate", "rate", 2100.0, "rows/s").at_least(2000).reached
