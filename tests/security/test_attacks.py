"""G5 in numbers: hundreds of attacks on the audit's lines, all caught; a plain chain of hashes catches none of some."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Text, delete, insert, select, type_coerce, update

from app.kit.session import db, finish_work
from app.security import audit, chain, verify
from app.security.models import AuditLine

LINES: Any = AuditLine.__table__
Attack = Callable[[random.Random, list[int]], None]


@pytest.fixture
def lines(head: Path) -> list[int]:
    """A chain of this test's own."""
    db.session.execute(delete(LINES))
    head.unlink()
    for number in range(40):
        audit.write("edit", None, {"number": number})
    finish_work()
    return list(db.session.scalars(select(LINES.c.id).order_by(LINES.c.id)))


@contextmanager
def undone() -> Iterator[None]:
    inside = db.session.begin_nested()
    try:
        yield
    finally:
        inside.rollback()


def edit(dice: random.Random, lines: list[int]) -> None:
    values = {
        "at": dt.datetime(2020, 1, 1, dice.randrange(24), tzinfo=dt.UTC), "user_id": dice.randrange(1, 99),
        "username": f"user{dice.random()}", "action": "open", "subject_type": "File",
        "subject_id": dice.randrange(99), "subject_site_id": dice.randrange(99), "ip": f"192.0.2.{dice.randrange(9)}",
        "detail": {"number": 100 + dice.randrange(99)}, "mac": f"{dice.getrandbits(256):064x}",
        "previous_mac": f"{dice.getrandbits(256):064x}",
    }  # fmt: skip
    name = dice.choice(sorted(values))
    db.session.execute(update(LINES).where(LINES.c.id == dice.choice(lines)).values({name: values[name]}))


def remove(dice: random.Random, lines: list[int]) -> None:
    db.session.execute(delete(LINES).where(LINES.c.id == dice.choice(lines)))


def swap(dice: random.Random, lines: list[int]) -> None:
    first, second = dice.sample(lines, 2)
    for line, number in ((first, -1), (second, first), (-1, second)):
        db.session.execute(update(LINES).where(LINES.c.id == line).values(id=number))


def add(dice: random.Random, lines: list[int]) -> None:
    """A line of one's own at the end, as well made as it can be without the key."""
    copied = dict(db.session.execute(select(LINES).where(LINES.c.id == dice.choice(lines))).mappings().one())
    last = db.session.scalar(select(LINES.c.mac).where(LINES.c.id == lines[-1]))
    db.session.execute(insert(LINES).values(copied | {"id": lines[-1] + 1, "previous_mac": last}))


def cut(dice: random.Random, lines: list[int]) -> None:
    db.session.execute(delete(LINES).where(LINES.c.id > dice.choice(lines[:-1])))


def seal_anew(dice: random.Random, lines: list[int], secret: bytes = b"a key of the attacker's") -> None:
    """One line changed, then every seal made again."""
    db.session.execute(update(LINES).where(LINES.c.id == dice.choice(lines)).values(username="nobody"))
    columns = [LINES.c[name] for name in chain.SEALED_COLUMNS]
    columns[1] = type_coerce(columns[1], Text)
    previous = chain.START.mac
    for row in db.session.execute(select(*columns, type_coerce(LINES.c.detail, Text)).order_by(LINES.c.id)).all():
        mac = chain.seal(secret, previous, list(row[:-1]), row[-1])
        db.session.execute(update(LINES).where(LINES.c.id == row[0]).values(previous_mac=previous, mac=mac))
        previous = mac


def seal_anew_with_the_key(dice: random.Random, lines: list[int]) -> None:
    """Whoever stole the key, too, still does not reach the head outside."""
    seal_anew(dice, lines, chain.key())


HUNDRED = [edit, remove, swap, add, cut]
ATTACKS = [*((attack, 100) for attack in HUNDRED), (seal_anew, 50), (seal_anew_with_the_key, 50)]


def caught(attack: Attack, times: int, lines: list[int]) -> int:
    dice, found = random.Random(attack.__name__), 0
    for _ in range(times):
        with undone():
            attack(dice, lines)
            found += not verify.verify().ok
    return found


@pytest.mark.parametrize("attack, times", ATTACKS, ids=lambda each: getattr(each, "__name__", str(each)))
def test_every_attack_is_caught(lines: list[int], attack: Attack, times: int) -> None:
    assert verify.verify().ok
    assert caught(attack, times, lines) == times
    assert verify.verify().ok


@pytest.mark.parametrize("attack, times", [(cut, 100), (seal_anew, 50)], ids=["cut", "seal anew"])
def test_a_plain_chain_of_hashes_would_catch_none(
    lines: list[int], monkeypatch: pytest.MonkeyPatch, attack: Attack, times: int
) -> None:
    """The negative control: no key that the attacker lacks, and no head outside."""
    monkeypatch.setattr(chain, "key", lambda: b"a key of the attacker's")
    monkeypatch.setattr(chain, "anchored", lambda: chain.START)
    with undone():
        seal_anew(random.Random(0), lines)
        assert verify.verify().ok
        assert caught(attack, times, lines) == 0
