"""What a cell means, by the kind of its field. Each reader answers the value or raises Unreadable in words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from app.exchange import identity, words
from app.exchange.fields import Field, Row
from app.kit.labels import _l

EXCEL_DAY_ONE = dt.date(1899, 12, 30)
MONTHS = {
    m: i
    for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
ENDLESS = {"长期", "长期有效", "無固定期限", "无固定期限", "不定期", "長期", "永久"}
MOST_CENTS = 10**14
NUMBERED = ("phone", "id_number", "code")


class Unreadable(ValueError):
    """The cell cannot be understood; `reason` says why in words."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read(row: Row, field: Field, cell: Any) -> None:
    """Put what a cell of the row means into `row.values`, or note what is wrong with it."""
    if words.is_blank(cell) or (field.kind in NUMBERED and words.is_placeholder_number(cell)):
        return
    try:
        value = READERS.get(field.kind, _text)(cell, row, field)
    except Unreadable as problem:
        row.wrong(problem.reason, field.key)
        return
    if value is None or value == "":
        return
    if field.length and isinstance(value, str) and len(value) > field.length:
        row.wrong(_l("At most %(count)s characters.", count=field.length), field.key)
        return
    row.values[field.key] = value


def _text(cell: Any, row: Row, field: Field) -> str:
    return words.text(cell)


def _name(cell: Any, row: Row, field: Field) -> str:
    """A name; a number alone is none."""
    if isinstance(cell, dt.date) or (not isinstance(cell, str)):
        raise Unreadable(_l("A name was expected here."))
    return words.text(cell)


def _code(cell: Any, row: Row, field: Field) -> str:
    """A licence number: signs and spaces dropped, capitals; a wrong check character is a warning."""
    if isinstance(cell, float) or (isinstance(cell, int) and abs(cell) >= 10**15):
        raise Unreadable(identity.LOST_DIGITS)
    code = re.sub(r"[\s\-]", "", ascii_of(cell)).upper()
    warning = identity.strange_code(code)
    if warning is not None:
        row.warn(warning, field.key)
    return code


def _id_number(cell: Any, row: Row, field: Field) -> str:
    if isinstance(cell, float) or (isinstance(cell, int) and abs(cell) >= 10**15):
        raise Unreadable(identity.LOST_DIGITS)
    number = re.sub(r"[\s\-'’`]", "", ascii_of(cell)).upper()
    wrong, warning = identity.look(number)
    if wrong is not None:
        raise Unreadable(wrong)
    if warning is not None:
        row.warn(warning, field.key)
    return number


def ascii_of(cell: Any) -> str:
    """A number or code in half width, without invisible signs."""
    return unicodedata.normalize("NFKC", words.text(cell))


# ---- telephones ---------------------------------------------------------------------------------------------------


def _phone(cell: Any, row: Row, field: Field) -> str:
    if isinstance(cell, float):
        cell = int(cell)
    typed = ascii_of(cell)
    several = [phone(part) for part in re.split(r"[/、;,，；\n]|\s或\s?", typed) if part.strip()]
    kept = [number for number in several if number and not words.is_placeholder_number(number)]
    for number in kept:
        if not 5 <= sum(sign.isdigit() for sign in number) <= 20:
            row.warn(_l("This hardly is a telephone number."), field.key)
            break
    return " / ".join(kept)


def phone(typed: str) -> str:
    """One number: a mobile as eleven digits, others as they are with single spaces."""
    digits = re.sub(r"[\s\-()+.]", "", typed)
    bare = re.sub(r"^(0086|86)(?=1\d{10}$)", "", digits)
    if re.fullmatch(r"1\d{10}", bare):
        return bare
    return " ".join(re.sub(r"^(\+|00)86[\s-]*", "", typed.strip()).split())


def _contact(cell: Any, row: Row, field: Field) -> tuple[str, str]:
    """A name and a telephone in one cell, e.g. 张三 19900001234."""
    typed = ascii_of(cell)
    found = re.search(r"[+(]?\d[\d\s\-()]{5,}\d", typed)
    if found is None:
        return words.text(cell), ""
    name = (typed[: found.start()] + typed[found.end() :]).strip(" :：,，;/、()-")
    return name, phone(found.group())


# ---- dates --------------------------------------------------------------------------------------------------------


def _date(cell: Any, row: Row, field: Field) -> dt.date | None:
    if isinstance(cell, str) and words.fold(cell) in ENDLESS:
        return None
    day = date_of(cell)
    if not 1950 <= day.year <= 2150:
        raise Unreadable(_l("The year %(year)s cannot be meant.", year=day.year))
    return day


def date_of(cell: Any) -> dt.date:
    """A date in any of the spellings that houses use; Unreadable when it may mean two days or none."""
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(int(cell))
    typed = re.sub(r"\s+", " ", ascii_of(cell)).strip().rstrip("止起前。.")
    for pattern, reader in DATE_SPELLINGS:
        match = pattern.fullmatch(typed)
        if match:
            return _day(*reader(match))
    if typed.isdigit():
        return _from_number(int(typed))
    raise Unreadable(_l("“%(what)s” is no date.", what=typed[:30]))


def _from_number(number: int) -> dt.date:
    """20260401, or the day's number in Excel."""
    if 19_500_101 <= number <= 21_501_231:
        return _day(number // 10_000, number // 100 % 100, number % 100)
    if 18_000 <= number <= 80_000:
        return EXCEL_DAY_ONE + dt.timedelta(days=number)
    raise Unreadable(_l("“%(what)s” is no date.", what=number))


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unreadable(
            _l("There is no such day: %(year)s-%(month)s-%(day)s.", year=year, month=month, day=day)
        ) from None


def _by_order(match: re.Match[str]) -> tuple[int, int, int]:
    """Day and month in European or American order: read only when it can mean one day."""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if first > 12 or first == second:
        return year, second, first
    if second > 12:
        return year, first, second
    raise Unreadable(_l("“%(what)s” may mean two different days. Write year-month-day.", what=match[0][:30]))


def _year(short: str) -> int:
    return int(short) if len(short) > 2 else 2000 + int(short)


_TAIL = r"(?:[ T]\d{1,2}[:时点].*)?"
_OF = r"(?:,| |-|\.|/)+"
DATE_SPELLINGS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int, int]]]] = [
    (
        re.compile(r"(\d{4}|\d{2}) ?[年/.\-、,·] ?(\d{1,2}) ?[月/.\-、,·] ?(\d{1,2}) ?[日号號]?" + _TAIL),
        lambda m: (_year(m[1]), int(m[2]), int(m[3])),
    ),
    (re.compile(r"(\d{4})年(\d{1,2})月"), lambda m: (int(m[1]), int(m[2]), 1)),
    (
        re.compile(r"(?:民国|民國)(\d{2,3})[年/.\-](\d{1,2})[月/.\-](\d{1,2})日?"),
        lambda m: (1911 + int(m[1]), int(m[2]), int(m[3])),
    ),
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), lambda m: (int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})" + _TAIL), _by_order),
    (
        re.compile(rf"(\d{{1,2}}){_OF}([A-Za-z]{{3}})[a-z]*{_OF}(\d{{4}})"),
        lambda m: (int(m[3]), _month(m[2]), int(m[1])),
    ),
    (
        re.compile(rf"([A-Za-z]{{3}})[a-z]*{_OF}(\d{{1,2}})(?:st|nd|rd|th)?{_OF}(\d{{4}})"),
        lambda m: (int(m[3]), _month(m[1]), int(m[2])),
    ),
]


def _month(name: str) -> int:
    if name.lower() not in MONTHS:
        raise Unreadable(_l("“%(what)s” is no month.", what=name))
    return MONTHS[name.lower()]


def _span(cell: Any, row: Row, field: Field) -> tuple[dt.date, dt.date]:
    """A lease in one cell: 2024.1.1-2026.12.31."""
    typed = ascii_of(cell)
    halves = re.split(r"\s*(?:至|到|~|～|—+|–|－| - | to )\s*", typed)
    if len(halves) != 2:
        parts = re.fullmatch(r"(\d{4}[^\d]\d{1,2}[^\d]\d{1,2}日?)\s*-\s*(\d{4}[^\d]\d{1,2}[^\d]\d{1,2}日?)", typed)
        if parts is None:
            raise Unreadable(_l("“%(what)s” is no span of time.", what=typed[:40]))
        halves = [parts[1], parts[2]]
    return date_of(halves[0]), date_of(halves[1])


# ---- amounts ------------------------------------------------------------------------------------------------------


def _money(cell: Any, row: Row, field: Field) -> int:
    """Cents. 已退, 免收 are nothing held, with the word kept as a note."""
    if isinstance(cell, str):
        folded = words.heading(cell)
        if re.match(r"已?(退还?|免收?|豁免|减免|未收|返还)", folded) and not re.search(r"\d", folded):
            title = re.sub(r"[(（].*?[)）]", "", row.heading(field.key)).replace("/", "")
            row.remark(f"{title}：{words.text(cell)}")
            return 0
    amount = hundredths(cell)
    if not 0 <= amount <= MOST_CENTS:
        raise Unreadable(_l("This amount cannot be meant."))
    return amount


def _area(cell: Any, row: Row, field: Field) -> int:
    """Hundredths of a square metre."""
    amount = hundredths(cell)
    if not 0 < amount <= 10**9:
        raise Unreadable(_l("This area cannot be meant."))
    return amount


def hundredths(cell: Any) -> int:
    """120㎡, 54,000元, ¥1.2万, RMB 300/月 as hundredths."""
    if isinstance(cell, dt.date | bool):
        raise Unreadable(_l("A number was expected here."))
    if isinstance(cell, int | float):
        return _rounded(Decimal(repr(cell)))
    typed = re.sub(r"[\s,，']", "", unicodedata.normalize("NFKC", words.text(cell)))
    match = re.fullmatch(
        r"(?:约|人民币|rmb|cny|hk\$|hkd|us\$|[¥￥$])*(-?\d+(?:\.\d+)?)(万|萬|千|k|w)?"
        r"(?:元|圆|圓|块|rmb|cny|m2|㎡|平方米|平方公尺|平米|平|呎|整|正)*(?:/?(?:每?月|年|间|個月|个月|month|pcm))?(?:\(.*\))?",
        typed,
        re.IGNORECASE,
    )
    if match is None:
        raise Unreadable(_l("“%(what)s” is no number.", what=words.text(cell)[:30]))
    factor = {"万": 10_000, "萬": 10_000, "w": 10_000, "千": 1000, "k": 1000}.get((match[2] or "").lower(), 1)
    return _rounded(Decimal(match[1]) * factor)


def _rounded(amount: Decimal) -> int:
    try:
        return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        raise Unreadable(_l("This amount cannot be meant.")) from None


READERS: dict[str, Callable[[Any, Row, Field], Any]] = {
    "text": _text,
    "name": _name,
    "code": _code,
    "id_number": _id_number,
    "phone": _phone,
    "contact": _contact,
    "date": _date,
    "span": _span,
    "money": _money,
    "area": _area,
}
