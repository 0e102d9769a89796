"""Identity numbers (GB 11643) and unified social credit codes (GB 32100): what is wrong, and what is only strange."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from app.kit.columns import today
from app.kit.labels import _l

LOST_DIGITS = _l(
    "The number is stored as a number and has lost its last digits. Format the column as text and type it again."
)
PERMITS = ("810000", "820000", "830000")  # residents of Hong Kong, Macao and Taiwan
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))


def look(number: str) -> tuple[Any, Any]:
    """(what is wrong, what is strange), each in words or None. `number` is upper case without spaces."""
    if re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        if check_sign(number[:17]) != number[17]:
            return _l("The identity number's check digit is wrong."), None
        return _look_inside(number[:6], number[6:14])
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        wrong, strange = _look_inside(number[:6], "19" + number[6:12])
        return wrong, strange or _l("This is an identity number of the old kind with 15 digits.")
    if re.fullmatch(r"[A-Z]{0,3}[0-9A-Z]{5,12}", number) and re.search(r"\d{4}", number) and number[:1].isalpha():
        return None, _l("This is no identity number of a resident; it is kept as it is.")
    return _l("An identity number has 18 characters."), None


def check_sign(body: str) -> str:
    """The 18th character for the first 17 digits."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _look_inside(district: str, born: str) -> tuple[Any, Any]:
    try:
        day = dt.date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return _l("The identity number's date of birth does not exist."), None
    if not dt.date(1900, 1, 1) <= day <= today():
        return _l("The identity number's date of birth cannot be meant."), None
    if district in PERMITS or district.startswith("9"):
        return None, None
    return None, _strange_district(district, day.year)


@lru_cache(maxsize=10_000)
def _counties(district: str) -> str:
    from stdnum import numdb

    return str(
        {k: v for _part, found in numdb.get("cn/loc").info(district) for k, v in found.items()}.get("county", "")
    )


def _strange_district(district: str, year: int) -> Any:
    counties = _counties(district)
    if not counties:
        return _l("The identity number's district is not known.")
    for county in counties.split(","):
        span = re.match(r"\[(\d*)-(\d*)\]", county)
        if span is None or (int(span[1] or 0) <= year <= int(span[2] or 9999)):
            return None
    return _l("The identity number's district did not exist in the year of birth.")


def strange_code(code: str) -> Any:
    """What is strange about a licence number, or None. A registration number of the old kind (15 digits) is fine."""
    if re.fullmatch(r"\d{13,15}", code, re.ASCII):
        return None
    if len(code) != 18:
        return _l("A credit code has 18 characters.")
    if any(sign not in CREDIT_ALPHABET for sign in code):
        return _l("A credit code has no such characters.")
    total = sum(CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(code, CREDIT_WEIGHTS, strict=False))
    if CREDIT_ALPHABET[(31 - total % 31) % 31] != code[17]:
        return _l("The credit code's check character is wrong.")
    return None
