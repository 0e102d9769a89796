"""The lists of what is looked at when somebody moves in or out: shipped as a file, one line a record."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.kit import yamls
from app.kit.language import CODES, say
from app.moving.models import Moving, MovingItem

FILE = Path(__file__).parent / "checklists.yaml"

Words = dict[str, str]


@cache
def shipped() -> dict[str, list[Words]]:
    """Kind -> lines in order; each has key, section and its words."""
    found: dict[str, list[Words]] = yamls.read(FILE.read_text(encoding="utf-8"))
    return found


@cache
def _words() -> dict[str, Words]:
    return {line["key"]: {tag: line[tag] for tag in CODES} for lines in shipped().values() for line in lines}


def items_for(moving: Moving) -> list[MovingItem]:
    """The lines of a new record, in the list's order."""
    return [
        MovingItem(
            site_id=moving.site_id, section=line["section"], position=position, key=line["key"], title=line["zh_Hans"]
        )
        for position, line in enumerate(shipped()[moving.kind], 1)
    ]


def words_of(item: MovingItem) -> Words:
    """A line in every language; one that the desk added says the same in all."""
    return _words().get(item.key) or dict.fromkeys(CODES, item.title)


def said(item: MovingItem) -> str:
    """A line in the reader's language."""
    return say(words_of(item))
