"""Contrast, computed from the tokens: 4.5 to 1 for words, 3 to 1 for the edge of a field (WCAG AA)."""

from __future__ import annotations

import re

import pytest

from app.kit import assets

pytestmark = [pytest.mark.no_app, pytest.mark.once]
TOKENS = (assets.FOLDER / "css" / "tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "sheet", "sunk")
WORDS = [(words, ground) for ground in GROUNDS for words in ("ink", "soft", "accent")]
WORDS += [(tone, f"{tone}-wash") for tone in ("good", "warn", "bad", "info")]
WORDS += [(tone, ground) for tone in ("good", "warn", "bad", "info", "danger") for ground in ("paper", "sheet")]
WORDS += [("soft", "quiet-wash"), ("ink", "accent-wash"), ("accent", "accent-wash"), ("bad", "bad-wash")]
WORDS += [("on-accent", "accent"), ("on-accent", "accent-deep"), ("on-danger", "danger"), ("on-danger", "danger-deep")]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("accent", "sheet"), ("accent", "paper"), ("danger", "sheet")]


def colours(mode: str) -> dict[str, str]:
    """Token -> #rrggbb; dark replaces some of the light ones."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    if mode == "dark":
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark))
    return found


def brightness(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_stand_out_from_their_ground(mode: str, words: str, ground: str) -> None:
    found = colours(mode)
    assert contrast(found[words], found[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_field_can_be_seen(mode: str, edge: str, ground: str) -> None:
    found = colours(mode)
    assert contrast(found[edge], found[ground]) >= 3


def test_black_on_white_is_21_to_1() -> None:
    assert round(contrast("#000000", "#ffffff")) == 21
