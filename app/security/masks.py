"""How a personal value is shortened for everybody until it is revealed."""

from __future__ import annotations

from collections.abc import Callable

STAR = "*"


def id_number(value: str) -> str:
    """First three and last four of an identity number; short ones show nothing."""
    return value[:3] + STAR * (len(value) - 7) + value[-4:] if len(value) >= 12 else STAR * len(value)


def phone(value: str) -> str:
    """First three and last two digits of a telephone; its other signs stay."""
    digits = sum(sign.isdigit() for sign in value)
    if digits < 7:
        return "".join(STAR if sign.isdigit() else sign for sign in value)
    shown, seen = [], 0
    for sign in value:
        seen += sign.isdigit()
        hidden = sign.isdigit() and 3 < seen <= digits - 2
        shown.append(STAR if hidden else sign)
    return "".join(shown)


def generic(value: str) -> str:
    """The first sign, then stars that do not tell the length."""
    return value[:1] + STAR * 4 if len(value) > 1 else STAR * 4


def receiver(value: str) -> str:
    """Of a mail address the first sign and the host; of a robot's URL, which is a secret, the last four signs."""
    name, at, host = value.partition("@")
    return f"{name[:1]}{STAR * 4}@{host}" if at and "/" not in value else STAR * 4 + value[-4:]


MASKS: dict[str, Callable[[str], str]] = {
    "id_number": id_number,
    "phone": phone,
    "generic": generic,
    "receiver": receiver,
}


def mask(kind: str, value: object) -> str:
    """`value` shortened as `kind` says; nothing stays nothing. An unknown kind shows nothing of it."""
    if value is None or value == "":
        return ""
    return MASKS.get(kind, lambda _value: STAR * 4)(str(value))
