"""Passwords: hashed with argon2id, long enough, and not one that people here always take."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.kit.errors import RuleError
from app.kit.labels import _l

LEAST_LENGTH, MOST_LENGTH = 10, 200
_hasher = PasswordHasher()
WORDS = Path(__file__).parent / "common_passwords.txt"
SAME_LOOKING = str.maketrans("@$!|€", "asiie")
TRAILING = "!@#$%^&*._-~+=?,，。！ "
WALKS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn",
    "q1w2e3r4t5y6u7i8", "1q2w3e4r5t6y7u8i", "qazwsxedcrfvtgb", "!@#$%^&*()",
)  # fmt: skip


def hashed(password: str) -> str:
    """An argon2id hash with its own salt."""
    return _hasher.hash(password)


@cache
def _nobodys_hash() -> str:
    return hashed(secrets.token_hex(16))


def is_right(password: str, stored: str | None) -> bool:
    """Whether `password` is the one stored. An account that does not exist takes as long as one that does."""
    nobodys = _nobodys_hash()
    try:
        return _hasher.verify(stored or nobodys, password[:MOST_LENGTH]) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def one_time() -> str:
    """A password to be handed over once: 14 signs that nobody mixes up."""
    signs = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(3))


def check(password: str, username: str = "") -> None:
    """A RuleError with the reason if the password is too easy to guess."""
    if len(password) < LEAST_LENGTH:
        raise RuleError(_l("A password has at least %(count)s characters.", count=LEAST_LENGTH), field="password")
    if len(password) > MOST_LENGTH:
        raise RuleError(_l("A password has at most %(count)s characters.", count=MOST_LENGTH), field="password")
    if username and username.lower() in password.lower():
        raise RuleError(_l("The password must not contain the user name."), field="password")
    if is_common(password):
        raise RuleError(_l("Many people use this password or one like it: choose another."), field="password")


def is_common(password: str) -> bool:
    """Made only of what guessing tries first: words of the list, years and lucky numbers, walks, repeats."""
    plain = password.lower().strip(TRAILING)
    folded = plain.translate(SAME_LOOKING)
    return any(_is_made_of_parts(each) or _is_repeated(each) for each in {plain, folded, _letters_for_digits(plain)})


def _letters_for_digits(plain: str) -> str:
    """p4ssw0rd is password: digits between letters stand for letters."""
    letters = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
    return re.sub(r"(?<=[a-z])[013457](?=[a-z])", lambda found: letters[found.group()], plain)


def _is_repeated(plain: str) -> bool:
    """aaaaaaaaaa, 1212121212, abcabcabcabc."""
    return bool(re.fullmatch(r"(.{1,5})\1+.{0,2}", plain))


def _is_made_of_parts(plain: str) -> bool:
    """Wholly cut into listed words, digits in habitual orders, and keyboard walks; at most five of them."""
    parts = _parts()
    fewest = [0] + [99] * len(plain)
    for start in range(len(plain)):
        if fewest[start] >= 5:
            continue
        for end in range(start + 1, len(plain) + 1):
            piece = plain[start:end]
            if piece in parts or _is_walk(piece) or _is_date(piece) or (len(piece) > 2 and len(set(piece)) == 1):
                fewest[end] = min(fewest[end], fewest[start] + 1)
            elif len(piece) == 1 and piece in TRAILING:
                fewest[end] = min(fewest[end], fewest[start])
    return fewest[-1] <= 5


def _is_walk(piece: str) -> bool:
    return len(piece) >= 3 and any(piece in walk or piece in walk[::-1] for walk in WALKS)


def _is_date(piece: str) -> bool:
    """1987, 19870512, 870512, 0512."""
    day = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    return bool(re.fullmatch(rf"(?:(?:19|20)?\d\d)?{day}|(?:19[4-9]|20[0-4])\d", piece))


@cache
def _parts() -> frozenset[str]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
