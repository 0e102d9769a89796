"""Folding and tokens, and that preparing is fast enough for a long roster."""

from __future__ import annotations

import random
import time

import pytest

from app.demo.names import Inventor
from app.search import asking, prepared
from app.search.declared import Entry

pytestmark = [pytest.mark.no_app, pytest.mark.once]


@pytest.mark.parametrize(
    "typed, folded",
    [("ＡＢＣ", "abc"), ("０５１２", "0512"), ("餘華", "余华"), ("Café", "cafe"), ("O'Brien", "o-brien"),
     ("a\0b", "a b"), ("瑞\u200b恒", "瑞恒"), ("瑞（恒）", "瑞 恒 "), ("ﬁ", "fi")],
)  # fmt: skip
def test_folding(typed: str, folded: str) -> None:
    assert prepared.fold(typed) == folded


@pytest.mark.parametrize(
    "number, key",
    [("0512", "512"), ("512", "512"), ("5-12", "512"), ("05-12", "512"), ("5-2", "502"), ("5-0512", "512"),
     ("A-0512", "a512"), ("A0512", "a512"), ("B1-03", "b103"), ("１２０１", "1201"), ("1000", "1000"),
     ("0", "0"), ("", "")],
)  # fmt: skip
def test_unit_numbers_compare_by_one_key(number: str, key: str) -> None:
    assert prepared.unit_key(number) == key


def test_a_cell_with_several_units_has_the_key_of_each() -> None:
    assert {"512", "513"} <= prepared.unit_keys("0512/0513")
    assert {"512", "515"} <= prepared.unit_keys("0512-0515")
    assert prepared.unit_keys("5-12") == {"512"}


@pytest.mark.parametrize(
    "cell, numbers",
    [("19900001234", ["19900001234"]), ("010-0000 0000", ["01000000000"]),
     ("19900001234/19900001235", ["19900001234", "19900001235"]),
     ("１９９００００１２３４", ["19900001234"]), ("无", []), ("12", [])],
)  # fmt: skip
def test_telephones_of_a_cell(cell: str, numbers: list[str]) -> None:
    assert prepared.phones(cell) == numbers


def test_whatever_a_longer_text_begins_with_is_asked_by_a_token_that_it_has() -> None:
    for text in ("ruihengkejiyouxiangongsi", "91110105ma00abcd1x", "tech", "5", "360kj"):
        tokens = prepared.starts(text)
        for length in range(1, min(len(text), prepared.LONGEST_NUMBER) + 1):
            assert prepared.beginning(text[:length]) in tokens, text[:length]


def test_tokens_hold_no_blank_and_no_upper_case() -> None:
    entry = Entry(
        1, 1, "x", names=["Ab C-D 瑞 恒\t\n'\"\\"], units=["A 0512"], numbers=["HY 05-1"], phones=["199 00001234"]
    )
    tokens = str(prepared.prepare(entry, "unit", 1)["tokens"]).split(" ")
    assert all(token and token == token.lower() and len(token.split()) == 1 for token in tokens)


def test_a_question_has_a_bounded_size() -> None:
    assert len(asking.read("瑞恒 " * 500).words) <= asking.MOST_WORDS
    assert asking.read("").words == asking.read(" -- ''").words == ()


def test_preparing_names_keeps_up_with_an_import() -> None:
    """Loose: half the speed of what a busy small machine reaches (FAB.md speed, 20,000 names a second)."""
    inventor, chance = Inventor(3), random.Random(3)
    names = [f"{inventor.person()}{inventor.firm()[0]}{chance.randint(0, 99)}" for _ in range(20_000)]
    prepared.name_tokens("热身", False)
    began = time.process_time()
    for name in names:
        prepared.name_tokens(name, False)
    assert len(names) / (time.process_time() - began) > 5_000
