"""The tight dictionary reads every character and word as pypinyin itself does."""

from __future__ import annotations

import pytest
from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from app.search.pinyin import FIRST, LAST, LONGEST_PHRASE, WORDS, of_character, of_word, syllables

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def plain(reading: str) -> str:
    return reading.replace("ü", "v").lower()


def test_characters_are_read_as_pypinyin_reads_them() -> None:
    assert all(FIRST <= code <= LAST for code in PINYIN_DICT)
    signs = [chr(code) for code in [*PINYIN_DICT, *range(0x20, 0x100), 0xFF21, FIRST - 1, LAST + 1, 0x10FFFF]]
    read = {sign: pinyin(sign, style=Style.NORMAL, errors="ignore") for sign in signs}
    assert len(read) > 40_000
    differ = [sign for sign, told in read.items() if of_character(sign) != (plain(told[0][0]) if told else "")]
    assert differ == []


def test_words_are_read_as_pypinyin_reads_them() -> None:
    wanted = {
        word: tuple(plain(to_normal(each[0])) for each in readings)
        for word, readings in PHRASES_DICT.items()
        if 2 <= len(word) <= LONGEST_PHRASE
    }
    assert len(wanted) > 40_000
    assert [word for word, readings in wanted.items() if of_word(word) != (WORDS.get(word) or readings)] == []


def test_what_is_no_word_is_read_character_by_character() -> None:
    assert of_word("户档") == of_word("A座") == of_word("=\n") == ()
    assert syllables("户档A重庆") == ["hu", "dang", "chong", "qing"]
