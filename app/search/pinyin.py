"""How Chinese is read aloud, as people type it: one dictionary look-up a character."""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

LONGEST_PHRASE = 4

# As surnames these are read otherwise than pypinyin's first reading (PAPER.md); several readings are all typed.
SURNAMES: dict[str, tuple[str, ...]] = {
    "仇": ("qiu",), "曾": ("zeng",), "单": ("shan",), "解": ("xie",), "区": ("ou",), "查": ("zha",), "朴": ("piao",),
    "翟": ("zhai", "di"), "盖": ("ge", "gai"), "缪": ("miao",), "吕": ("lv", "lu", "lyu"), "任": ("ren",),
    "华": ("hua",), "尉": ("wei",), "乐": ("yue", "le"), "召": ("shao",), "冼": ("xian",), "员": ("yun",),
    "宁": ("ning",), "种": ("chong",), "秘": ("bi",), "繁": ("po",), "黑": ("he",), "覃": ("qin", "tan"),
    "逄": ("pang",), "燕": ("yan",), "过": ("guo",), "应": ("ying",), "葛": ("ge",), "哈": ("ha",), "纪": ("ji",),
    "折": ("she",), "隗": ("wei", "kui"), "那": ("na",), "牟": ("mu", "mou"), "车": ("che",), "长": ("chang",),
    "重": ("chong",), "臧": ("zang",), "卜": ("bu",), "晁": ("chao",), "谌": ("chen", "shen"), "郗": ("xi", "chi"),
    "撒": ("sa",), "洗": ("xian",), "佴": ("nai",), "訾": ("zi",), "句": ("gou",), "阚": ("kan",), "祭": ("zhai",),
    "不": ("fou",), "万俟": ("moqi",), "单于": ("chanyu",), "尉迟": ("yuchi",), "长孙": ("zhangsun",),
    "澹台": ("tantai",), "宰父": ("zaifu",), "令狐": ("linghu",), "鲜于": ("xianyu",), "皇甫": ("huangfu",),
    "夏侯": ("xiahou",), "尉犁": ("yuli",), "宿": ("su",), "么": ("yao",), "曲": ("qu",), "幺": ("yao",), "俞": ("yu",),
}  # fmt: skip
SPLIT = {
    "moqi": ("mo", "qi"), "chanyu": ("chan", "yu"), "yuchi": ("yu", "chi"), "zhangsun": ("zhang", "sun"),
    "tantai": ("tan", "tai"), "zaifu": ("zai", "fu"), "linghu": ("ling", "hu"), "xianyu": ("xian", "yu"),
    "huangfu": ("huang", "fu"), "xiahou": ("xia", "hou"), "yuli": ("yu", "li"),
}  # fmt: skip
# Words of firms and places that the phrase dictionary lacks or reads otherwise.
WORDS = {"大厦": ("da", "sha"), "厦门": ("xia", "men"), "重庆": ("chong", "qing"), "银行": ("yin", "hang")}


class Readings(NamedTuple):
    """pypinyin's two dictionaries as it ships them, without tones and told tightly: 4 MB instead of 58.

    `characters` has a number in `syllables` for each character from FIRST on; `words`, by their first character, one
    text of lines `word=reading reading`.
    """

    syllables: list[str]
    characters: array[int]
    words: dict[str, str]


FIRST, LAST = 0x3007, 0x3FFFF
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))
CHARACTER = re.compile(r'"(\d+)": "([^",]+)')
WORD = re.compile(rf'"(\w{{2,{LONGEST_PHRASE}}})": \[\n(.*?)\]\n\]', re.DOTALL)
READING = re.compile(r'\[\n"([^"]*)"')  # the first of each character's


@cache
def dictionary() -> Readings:
    """Read when it is first asked, a tenth of a second; what pypinyin's own modules make of it is not loaded."""
    spec = find_spec("pypinyin")
    assert spec is not None and spec.submodule_search_locations is not None
    folder = Path(spec.submodule_search_locations[0])
    numbers: dict[str, int] = {"": 0}
    characters = array("H", bytes(2 * (LAST - FIRST + 1)))
    for found in CHARACTER.finditer((folder / "pinyin_dict.json").read_text(encoding="utf-8")):
        place = int(found[1]) - FIRST
        if 0 <= place < len(characters):
            characters[place] = numbers.setdefault(_plain(found[2]), len(numbers))
    words: dict[str, str] = {}
    for found in WORD.finditer((folder / "phrases_dict.json").read_text(encoding="utf-8")):
        word, read = found[1], " ".join(map(_plain, READING.findall(found[2])))
        words[word[0]] = words.get(word[0], "\n") + f"{word}={read}\n"
    return Readings(list(numbers), characters, words)


@lru_cache(maxsize=4096)
def _plain(reading: str) -> str:
    """Without tone, ü as v."""
    bare = unicodedata.normalize("NFD", reading).translate(TONES)
    return unicodedata.normalize("NFC", bare).replace("ü", "v").lower()


def of_character(character: str) -> str:
    """The usual reading, without tone, ü as v; "" for what has none."""
    known, place = dictionary(), ord(character) - FIRST
    return known.syllables[known.characters[place]] if 0 <= place <= LAST - FIRST else ""


@lru_cache(maxsize=60_000)
def of_word(word: str) -> tuple[str, ...]:
    """The reading of a word that the dictionary has; () of one it lacks."""
    if word in WORDS:
        return WORDS[word]
    _before, found, after = dictionary().words.get(word[0], "").partition(f"\n{word}=")
    return tuple(after.split("\n", 1)[0].split(" ")) if found else ()


def longest_word(text: str, place: int) -> str:
    """The longest dictionary word that begins at `place`; "" where none does."""
    if text[place] not in dictionary().words:
        return ""
    for length in range(min(LONGEST_PHRASE, len(text) - place), 1, -1):
        word = text[place : place + length]
        if of_word(word):
            return word
    return ""


def syllables(text: str) -> list[str]:
    """One reading a character, dictionary words first; characters without a reading are left out."""
    read: list[str] = []
    place = 0
    while place < len(text):
        word = longest_word(text, place)
        read += of_word(word) if word else (of_character(text[place]),)
        place += len(word) or 1
    return [syllable for syllable in read if syllable]


@lru_cache(maxsize=4096)
def readings(text: str, is_person: bool) -> tuple[list[str], ...]:
    """All ways in which people may type `text`: by the surname's reading, and with u or yu for ü."""
    found = _surname_readings(text) if is_person else []
    usual = syllables(text)
    if usual not in found:
        found.append(usual)
    for read in list(found):
        if any("v" in syllable for syllable in read):
            found += [[s.replace("v", "u") for s in read], [s.replace("v", "yu") for s in read]]
    return tuple(read for read in found if read)


def _surname_readings(text: str) -> list[list[str]]:
    for length in (2, 1):
        surname, given = text[:length], text[length:]
        if len(surname) == length and surname in SURNAMES:
            rest = syllables(given)
            return [list(SPLIT.get(reading, (reading,))) + rest for reading in SURNAMES[surname]]
    return []
