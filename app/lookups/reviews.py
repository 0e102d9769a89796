"""The monthly registers, looked through and signed by the manager before the 5th."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.archive.models import Approval
from app.kit.columns import DESK_TIME, now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.lookups.models import REGISTERS, LookupRequest, RegisterReview
from app.security import audit, gate

SIGNED_BY_DAY = 5
MONTHS_BACK = 12

# key of REGISTERS -> the lines of a site's register from one day to another, as plain data; joins fills in the others
Lines = Callable[[int, dt.date, dt.date], list[dict[str, Any]]]
registers: dict[str, Lines] = {}


def lookups_of(site_id: int, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """The register of look-ups: each request with who decided what, in the order they were asked."""
    begin, end = moments(first, last)
    mine = (LookupRequest.site_id == site_id, LookupRequest.created_at >= begin, LookupRequest.created_at < end)
    query = select(LookupRequest).where(*mine).order_by(LookupRequest.number).options(selectinload(LookupRequest.file))
    requests = list(db.session.scalars(query))
    decided = _decided([request.id for request in requests])
    columns = ("number", "requester_id", "purpose", "mode", "classes", "hours", "state", "expires_at")
    return [
        {name: getattr(request, name) for name in columns}
        | {"file": request.file.number, "decisions": decided.get(request.id, [])}
        for request in requests
    ]


def _decided(keys: list[int]) -> dict[int, list[list[Any]]]:
    mine = (Approval.subject_type == LookupRequest.__name__, Approval.subject_id.in_(keys))
    found: dict[int, list[list[Any]]] = {}
    for line in db.session.scalars(select(Approval).where(*mine).order_by(Approval.id)):
        found.setdefault(line.subject_id, []).append([line.role, line.verdict, line.user_id, line.decided_at])
    return found


registers["lookups"] = lookups_of


def moments(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """From the beginning of one desk day to the end of another."""
    at = [dt.datetime.combine(day, dt.time(), tzinfo=DESK_TIME) for day in (first, last + dt.timedelta(days=1))]
    return at[0], at[1]


def days_of(month: str) -> tuple[dt.date, dt.date]:
    """First and last day of a month, "2026-03". RuleError for anything else."""
    try:
        first = dt.date.fromisoformat(f"{month}-01")
    except ValueError:
        raise RuleError(_l("Choose a month."), field="month") from None
    return first, (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def last_month() -> str:
    return f"{today().replace(day=1) - dt.timedelta(days=1):%Y-%m}"


def months_of(_draft: Any = None) -> list[tuple[str, str]]:
    """The months that may be signed, the newest first."""
    found, first = [], today().replace(day=1)
    for _ in range(MONTHS_BACK):
        first = (first - dt.timedelta(days=1)).replace(day=1)
        found.append((f"{first:%Y-%m}", f"{first:%Y-%m}"))
    return found


def kept(_draft: Any = None) -> list[tuple[str, Any]]:
    """The registers that the house keeps."""
    return [(key, words) for key, words in REGISTERS.items() if key in registers]


def content(register: str, site_id: int, month: str) -> tuple[int, str]:
    """How many lines a month's register has, and the SHA-256 over what they say."""
    with force_locale("zh_Hans"):
        lines = registers[register](site_id, *days_of(month))
    said = json.dumps(lines, sort_keys=True, ensure_ascii=False, default=str)
    return len(lines), hashlib.sha256(said.encode()).hexdigest()


def sign(review: RegisterReview, *, by: Any) -> RegisterReview:
    """The manager has looked through a month that is over, once."""
    if review.register not in registers:
        raise RuleError(_l("Please choose one of the list."), field="register")
    if days_of(review.month)[1] >= today():
        raise RuleError(_l("This month is not over yet."), field="month")
    site = review.site
    if site is None:
        raise RuleError(_l("Choose a site."), field="site")
    if signed(site.id, review.register, review.month) is not None:
        raise RuleError(_l("This month's register is signed already."), field="month")
    review.site_id, review.signed_by_id, review.signed_at = site.id, by.id, now()
    review.lines, review.digest = content(review.register, site.id, review.month)
    db.session.add(review)
    db.session.flush()
    audit.write("sign_register", review, {"register": review.register, "month": review.month}, by=by)
    return review


def signed(site_id: int, register: str, month: str) -> RegisterReview | None:
    """Who signed a month's register, or None."""
    mine = (RegisterReview.site_id == site_id, RegisterReview.register == register, RegisterReview.month == month)
    with db.session.no_autoflush:
        return db.session.scalar(select(RegisterReview).where(*mine))


def unsigned() -> Iterator[tuple[int, str, str]]:
    """(site key, register, month) of last month's registers that hold something and wait for a signature."""
    month = last_month()
    done = {
        (review.site_id, review.register)
        for review in db.session.scalars(
            gate.scope(select(RegisterReview).where(RegisterReview.month == month), RegisterReview)
        )
    }
    for site_id in gate.site_ids():
        for register in registers:
            if (site_id, register) not in done and content(register, site_id, month)[0]:
                yield site_id, register, month


def is_late() -> bool:
    """Last month's register should be signed by now."""
    return today().day > SIGNED_BY_DAY
