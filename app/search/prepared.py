"""Preparing text for search: folding, and the tokens of an entry. Never shown, never stored as a name.

Tokens, by their first sign: none: any part of a name (one or two characters; of Latin text the beginnings from each
word or syllable on); `=` a whole name or number; `^` the beginning of a name; `%` a telephone's last digits;
`@` the site; `+` a live record, `-` a former one. A search asks for whole tokens only, never for "all that begin
with": that would gather long lists before the first hit (FAB.md, speed).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from opencc import OpenCC

from app.search.declared import Entry
from app.search.pinyin import readings

LONGEST = 40
LENGTHS = (1, 2, 3, 4, 6, 9)
FITTING = [[length for length in LENGTHS if length <= size] for size in range(LENGTHS[-1] + 1)]
LONGEST_NUMBER = 20
SHORTEST_TAIL = 3
LEGAL_ENDINGS = ("股份有限公司", "有限责任公司", "有限公司")
_to_simplified = OpenCC("t2s")
_words = re.compile(r"[a-z0-9]+")
_separators = re.compile(r"[-–—~～_./\\、,;:#'\s]+")
_zeros = re.compile(r"(?<![0-9])0+(?=[0-9])")
_several_phones = re.compile(r"[/、,;|]|\s{2,}|(?<=\d{7})\s+(?=\d{7})")


@lru_cache(maxsize=100_000)
def fold_character(character: str) -> str:
    """One character for comparing: full width, case, accents and 繁 folded; "" for signs.

    A letter by itself, so that what is typed folds as what is stored, whatever stands beside it.
    """
    wide = unicodedata.normalize("NFKC", character).lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", wide) if not unicodedata.combining(c))
    kept = "".join(c if c.isalnum() else " " if c.isspace() else _sign(c) for c in (bare if bare.isascii() else wide))
    return kept if kept.isascii() else _to_simplified.convert(kept)


def _sign(character: str) -> str:
    """A sign that may part or join a number stays one of ours; the others part words."""
    if character in "-–—‐‑−~_./\\'#":
        return "-"
    return "" if unicodedata.category(character) in ("Mn", "Cf") else " "


def fold(text: str) -> str:
    """`text` folded, with blanks for signs and hyphens within numbers kept."""
    return "".join(map(fold_character, text))


def compact(text: str) -> str:
    """`text` folded, letters and digits only."""
    return fold(text).replace(" ", "").replace("-", "")


def has_chinese(text: str) -> bool:
    return not text.isascii()


def unit_key(number: str) -> str:
    """How a unit number is compared: 0512, 512, 5-12 and 05-12 are the same; A-0512 is a512."""
    parts = [part for part in fold(number).replace(" ", "-").split("-") if part]
    if len(parts) > 1 and parts[-1].isdigit() and len(parts[-1]) < 2:
        parts[-1] = parts[-1].zfill(2)
    if len(parts) > 1 and parts[0].isdigit() and parts[-1].isdigit() and len(parts[-1]) > 2:
        parts[-1] = parts[-1][-2:] if parts[-1].lstrip("0").startswith(parts[0].lstrip("0")) else parts[-1]
    return _zeros.sub("", "".join(parts))


def unit_keys(number: str) -> set[str]:
    """The keys of a unit number that may name several units, e.g. 0512/0513 or 0512-0515."""
    parts = [part for part in fold(number).replace(" ", "-").split("-") if part]
    several = len(parts) > 1 and all(sum(c.isdigit() for c in part) >= 3 for part in parts)
    return {unit_key(part) for part in parts} | {_zeros.sub("", "".join(parts))} if several else {unit_key(number)}


def phones(text: str) -> list[str]:
    """The telephone numbers in a cell, digits only."""
    wide = unicodedata.normalize("NFKC", text)
    found = ("".join(c for c in part if c in "0123456789") for part in _several_phones.split(wide))
    return [number for number in found if len(number) >= SHORTEST_TAIL]


def prepare(entry: Entry, kind: str, weight: int) -> dict[str, object]:
    """The row of `search_entry`, but for its key."""
    opens, opens_id = entry.opens or (kind, entry.id)
    tokens = " ".join(sorted(_tokens(entry)))
    row: dict[str, object] = {
        "kind": kind,
        "record_id": entry.id,
        "site_id": entry.site_id,
        "opens": opens,
        "opens_id": opens_id,
        "title": entry.title[:200],
        "subtitle": entry.subtitle[:500],
        "badge": entry.badge,
        "weight": weight,
        "folded": "\n".join(dict.fromkeys(filter(None, _texts(entry)))),
        "tokens": tokens,
    }
    row["digest"] = hashlib.blake2b(repr(row).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return row


def _texts(entry: Entry) -> Iterable[str]:
    """What a longer word is checked against: its tokens alone would not prove that it is there."""
    for name in (*entry.names, *entry.also):
        letters = compact(name)
        yield letters
        chinese = "".join(c for c in letters if not c.isascii())
        for read in readings(chinese, entry.is_person and name in entry.names):
            yield "".join(read)
            yield "".join(syllable[0] for syllable in read)
    yield from (compact(number) for number in (*entry.units, *entry.also_units, *entry.numbers))


def _tokens(entry: Entry) -> set[str]:
    tokens = {f"@{entry.site_id}"} | {"+" if entry.is_live else "-"}
    for name in entry.names:
        tokens |= name_tokens(name, entry.is_person)
    for name in entry.also:
        tokens |= {token for token in name_tokens(name, False) if token[0] != "^"}
    for number in entry.units:
        tokens |= {"=" + key for key in unit_keys(number)} | _unit_parts(number)
    for number in entry.also_units:
        tokens |= _unit_parts(number)
    for number in entry.numbers:
        tokens |= number_tokens(number)
    for cell in entry.phones:
        for phone in phones(cell):
            tokens |= phone_tokens(phone)
    return tokens


@lru_cache(maxsize=1000)
def name_tokens(name: str, is_person: bool) -> frozenset[str]:
    """A name's tokens: any part, beginning, pinyin, initials, Latin words."""
    folded = fold(name)
    letters = folded.replace(" ", "").replace("-", "")
    chinese = "".join(c for c in letters if not c.isascii())
    if not letters:
        return frozenset()
    tokens = {"=" + letters[:LONGEST], *pieces(letters)}
    if letters[0].isascii():
        tokens |= starts(letters, "^")
    else:
        tokens |= {"^" + letters[0]} | ({"^" + letters[:2]} if len(letters) > 1 and not letters[1].isascii() else set())
    words = _words.findall(folded)
    for place, word in enumerate(words):
        tokens |= starts(word) | starts("".join(words[place : place + 2]))
    for read in readings(chinese, is_person) if chinese else ():
        tokens |= spoken(read, _core_length(chinese))
    return frozenset(tokens)


def pieces(letters: str) -> Iterator[str]:
    """The one- and two-character tokens of the Chinese in a compact text."""
    before = ""
    for character in letters:
        if character.isascii():
            before = ""
            continue
        yield character
        if before:
            yield before + character
        before = character


def beginning(text: str) -> str:
    """The longest beginning of `text` that is a token wherever a longer text begins with it."""
    if not text.isalpha():
        return text[:LONGEST_NUMBER]
    return text[: max(length for length in LENGTHS if length <= len(text))]


def starts(text: str, mark: str = "") -> set[str]:
    """The beginnings of `text`: of letters those of some lengths, of what holds digits all."""
    size = len(text)
    lengths = FITTING[min(size, LENGTHS[-1])] if text.isalpha() else range(1, min(size, LONGEST_NUMBER) + 1)
    return {mark + text[:length] for length in lengths} if mark else {text[:length] for length in lengths}


def spoken(read: list[str], core: int) -> set[str]:
    """Pinyin and initials from each syllable on; the legal ending counts only in the name read whole."""
    initials = "".join([syllable[0] for syllable in read])
    tokens: set[str] = set()
    for text in ("".join(read), initials):
        begun = starts(text)
        tokens |= begun
        tokens.update(["^" + token for token in begun])
    for said in (read[:core], initials[:core]):
        whole, begins = "".join(said), 0
        for syllable in said[:-1]:
            begins += len(syllable)
            tokens.update([whole[begins : begins + n] for n in FITTING[min(len(whole) - begins, LENGTHS[-1])]])
    return tokens


def _core_length(chinese: str) -> int:
    ending = next((ending for ending in LEGAL_ENDINGS if chinese.endswith(ending)), "")
    return max(1, len(chinese) - len(ending))


@lru_cache(maxsize=4096)
def _unit_parts(number: str) -> frozenset[str]:
    letters, tokens = compact(number), set[str]()
    for text in {letters, *unit_keys(number)} - {""}:
        tokens.update(pieces(text))
        for part in {text, *_words.findall(text)}:
            tokens |= starts(part)
    return frozenset(tokens)


def number_tokens(number: str) -> set[str]:
    """A licence or file number: whole, and from each of its parts on."""
    folded = fold(number)
    parts = [part for part in re.split(r"[ -]+", folded) if part]
    whole = "".join(parts)
    if not whole:
        return set()
    tokens = {"=" + whole[:LONGEST]} | set(pieces(whole))
    for place in range(len(parts)):
        tokens |= starts("".join(parts[place:]))
    return tokens


def phone_tokens(digits: str) -> set[str]:
    """A telephone number: whole, from its beginning, and its last digits."""
    tails = {"%" + digits[-length:] for length in range(SHORTEST_TAIL, min(len(digits), LONGEST_NUMBER) + 1)}
    return {"=" + digits} | starts(digits) | tails
