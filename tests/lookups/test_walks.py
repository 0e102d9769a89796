"""G4: no filed file is read without a live approval that covers it, however people, clock and seals move.

`HUDANG_WALKS=500` walks as often as SAFETY.md asks (500 × 50 steps; 20 a run otherwise), over HTTP too (3 otherwise).
Each walk is told by its seed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.kit import columns
from app.lookups import grants, rules
from app.security import gate
from tests.lookups.channels import by_http
from tests.lookups.walking import Leak, World, by_the_gate, make_world, take_steps

WALKS = int(os.environ.get("HUDANG_WALKS", "0"))
STEPS = 50


@pytest.fixture
def walked(site: Any, cast: Any, acting: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., World]:
    """`walked(seed, channels)`: one walk to its end, with its own clock."""

    def go(seed: int, channels: list[Callable[..., Any]], steps: int = STEPS) -> World:
        world = make_world(site, cast, random.Random(seed))
        monkeypatch.setattr(columns, "clock", lambda: world.clock)
        take_steps(world, acting, steps, channels)
        return world

    return go


@pytest.mark.timeout(3600 if WALKS else 120)
def test_no_walk_reads_what_nobody_approved(walked: Callable[..., World]) -> None:
    """By the gate, each of five classes, to read, print and take out: as the model says, no more and no less."""
    worlds = [walked(seed, [by_the_gate]) for seed in range(WALKS or 20)]
    assert sum(world.seen for world in worlds) > len(worlds)
    assert sum(len(world.promises) for world in worlds) > len(worlds)


@pytest.mark.timeout(3600 if WALKS else 120)
def test_no_channel_lets_out_what_nobody_approved(app: Flask, login: Any, walked: Callable[..., World],
                                                  monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Page, paper, scan, list, export, print, program and search box."""
    channels = by_http(app, login, monkeypatch)
    worlds = [walked(1000 + seed, channels) for seed in range(WALKS or 3)]
    assert sum(world.seen for world in worlds) > 0


OFF = [
    (gate, "_is_granted", lambda *_args: True),
    (grants.Grant, "covers", lambda *_args: True),
    (grants, "_is_for", lambda *_args: True),
    (rules, "_above", lambda roles, _by: set(roles) - {"supervisor"} or {"director"}),
]


# that a clock is set back, and that somebody agrees twice, comes too rarely: tests/lookups/test_rules.py switches those


@pytest.mark.once
@pytest.mark.parametrize("where, name, otherwise", OFF, ids=[name for _where, name, _otherwise in OFF])
def test_with_a_guard_switched_off_a_walk_goes_red(
    walked: Callable[..., World], monkeypatch: pytest.MonkeyPatch, where: Any, name: str, otherwise: Any
) -> None:
    """The negative controls."""
    monkeypatch.setattr(where, name, otherwise)
    with pytest.raises(Leak):
        for seed in range(60):
            walked(seed, [by_the_gate])
