"""Archival numbers 档号: made from the scheme's templates, in both legal spellings (DA/T 22-2015, DA/T 13-2022)."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import func, or_, select

from app.archive import access, schemes
from app.fonds.models import ArchivalItem, Fonds, NumberChange
from app.fonds.words import CATEGORIES, PERIODS, SPELLINGS
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.session import db

CODES = {
    "document": "WS", "technical": "KJ", "accounting": "KU", "photo": "ZP", "audiovisual": "YX", "electronic": "DZ",
    "object": "SW", "personnel": "RS", "finding_aid": "JS",
}  # fmt: skip
TEMPLATES = {
    "codes": "{fonds}-{code}·{year}-{period}-{body_code}-{sequence:04d}",
    "words": "{fonds}-{code}·{year}·{period}·{body}-{sequence:04d}",
}
Kind = dict[str, Any]


def part_of(fonds: Fonds) -> dict[str, Any]:
    """What the fonds' scheme says of archives; the nine categories and the usual numbers where it says nothing."""
    of_key = [each for each in access.newest() if each.key == fonds.scheme_key and each.effective_from <= today()]
    if not of_key:
        raise RuleError(_l("Scheme %(key)s is not loaded.", key=fonds.scheme_key), field="scheme_key")
    said = schemes.part_of(max(of_key, key=lambda each: (each.effective_from, each.revision)), "fonds")
    return dict(said) if said else _usual()


@cache
def _usual() -> dict[str, Any]:
    kinds = [{"key": key, "category": key, "code": code} for key, code in CODES.items()]
    return {"kinds": kinds, "numbers": TEMPLATES}


def kinds(fonds: Fonds) -> dict[str, Kind]:
    """The kinds of material of the fonds' scheme, by key."""
    return {kind["key"]: kind for kind in part_of(fonds)["kinds"]}


def periods(fonds: Fonds) -> list[str]:
    """The retention periods that the scheme knows."""
    return list(part_of(fonds).get("periods", [key for key in PERIODS if key]))


def kind_name(kind: Kind) -> Any:
    """What the scheme calls a kind of material."""
    return say(kind["name"]) if "name" in kind else CATEGORIES[kind["category"]]


def uncovered_kinds() -> set[tuple[str, str]]:
    """(scheme, kind) of what the electronic catalogue need not cover, e.g. notarial archives (P5.08)."""
    return {
        (scheme.key, kind["key"])
        for scheme in access.newest()
        for kind in scheme.body.get("fonds", {}).get("kinds", ())
        if kind.get("uncovered")
    }


def kind_words() -> dict[str, Any]:
    """What every scheme calls its kinds of material, the nine categories among them."""
    found: dict[str, Any] = {key: word for key, word in CATEGORIES.items() if key}
    for scheme in access.newest():
        for kind in scheme.body.get("fonds", {}).get("kinds", ()):
            found[kind["key"]] = kind_name(kind)
    return found


def initials(body: str) -> str:
    """The code of a department: the initials of its name, 办公室 → BGS."""
    from pypinyin import Style, lazy_pinyin  # a large dictionary, read when it is first asked

    return "".join(lazy_pinyin(body, style=Style.FIRST_LETTER)).upper()[:12]


def give_number(item: ArchivalItem) -> None:
    """The next number of the item's series, in both spellings; one that was used before is passed over."""
    if item.number:
        return
    item.body_code = item.body_code or initials(item.body)
    item.sequence = next_sequence(item)
    while is_taken(item, spelt(item, item.fonds.number)[item.fonds.spelling]):
        item.sequence += 1
    put_number(item, item.fonds.number)


def put_number(item: ArchivalItem, fonds_number: str) -> None:
    """The item's two numbers under that number of its fonds."""
    both = spelt(item, fonds_number)
    item.number = both[item.fonds.spelling]
    item.other_number = next(number for key, number in both.items() if key != item.fonds.spelling)


def spelt(item: ArchivalItem, fonds_number: str) -> dict[str, str]:
    """Both spellings of an item's number; what lies in a volume has the volume's number and its own place in it."""
    if item.volume is not None:
        both = spelt(item.volume, fonds_number)
        return {key: f"{number}-{item.sequence:03d}" for key, number in both.items()}
    kind = kinds(item.fonds).get(item.kind)
    if kind is None:
        raise RuleError(_l("Say first what kind of material it is."), field="kind")
    said = {
        "fonds": fonds_number, "code": kind["code"], "year": item.year, "period": item.period, "body": item.body,
        "body_code": item.body_code, "sequence": item.sequence,
    }  # fmt: skip
    return {key: part_of(item.fonds)["numbers"][key].format(**said) for key in SPELLINGS}


def next_sequence(item: ArchivalItem) -> int:
    """One more than the last of the same fonds, kind, year, period and department; in a volume, of the volume."""
    query = select(func.max(ArchivalItem.sequence))
    if item.volume is not None:
        query = query.where(ArchivalItem.volume_id == item.volume.id)
    else:
        query = query.where(*series_of(item))
    return int(db.session.scalar(query) or 0) + 1


def series_of(item: ArchivalItem) -> list[Any]:
    """WHERE for what is numbered in one row with the item."""
    same = ("kind", "year", "period", "body_code")
    return [
        ArchivalItem.fonds_id == item.fonds.id,
        ArchivalItem.volume_id.is_(None),
        *(getattr(ArchivalItem, name) == getattr(item, name) for name in same),
    ]


def is_taken(item: ArchivalItem, number: str) -> bool:
    """Another item has that number, or the concordance says that one had it."""
    site_id = item.fonds.site_id
    has = select(ArchivalItem.id).where(ArchivalItem.site_id == site_id, ArchivalItem.number == number)
    had = select(NumberChange.id).where(
        NumberChange.site_id == site_id, NumberChange.old == number, NumberChange.item_id.is_not(None)
    )
    if item.id is not None:
        has, had = has.where(ArchivalItem.id != item.id), had.where(NumberChange.item_id != item.id)
    return db.session.scalar(has.limit(1)) is not None or db.session.scalar(had.limit(1)) is not None


def find(site_id: int, number: str) -> ArchivalItem | None:
    """The item of that number in either spelling; a number it had before finds it, too."""
    either = or_(ArchivalItem.number == number, ArchivalItem.other_number == number)
    found = db.session.scalar(select(ArchivalItem).where(ArchivalItem.site_id == site_id, either).limit(1))
    if found is not None:
        return found
    had = (
        select(ArchivalItem)
        .join(NumberChange, NumberChange.item_id == ArchivalItem.id)
        .where(NumberChange.site_id == site_id, NumberChange.old == number)
    )
    return db.session.scalar(had.order_by(NumberChange.id.desc()).limit(1))
