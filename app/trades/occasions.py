"""Keeping in touch by the calendar: a follow-up before each holiday and important event of a year (P8.04)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from chinese_calendar import constants
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.trades import allocating, following, scheme
from app.trades.followed import FollowUp
from app.trades.models import Allocation


def day_of(occasion: Mapping[str, Any], year: int) -> dt.date | None:
    """When an occasion is in a year: its date, or the first day off of its holiday; None while nobody knows it."""
    if "holiday" in occasion:
        named = [day for day, holiday in constants.holidays.items() if _is(holiday, occasion["holiday"])]
        return min((day for day in named if day.year == year), default=None)
    try:
        return dt.date(year, occasion["month"], occasion["day"])
    except ValueError:  # the 29th of February
        return dt.date(year, occasion["month"] + 1, 1)


def _is(holiday: Any, name: str) -> bool:
    return bool(getattr(constants.Holiday, name).value == holiday)


def plan(site_ids: Iterable[int], year: int, *, by: Any = None) -> list[FollowUp]:
    """For every customer that somebody has: one follow-up before each occasion of the year that is still to come."""
    if not today().year <= year <= today().year + 1:
        raise RuleError(_l("Occasions are planned for this year or the next."), field="year")
    live = select(Allocation).where(Allocation.site_id.in_(list(site_ids)), allocating.is_live())
    lines = list(db.session.scalars(live.options(joinedload(Allocation.customer), joinedload(Allocation.holder))))
    return [made for key in sorted({line.scheme_key for line in lines}) for made in _planned(key, lines, year, by)]


def _planned(key: str, lines: list[Allocation], year: int, by: Any) -> list[FollowUp]:
    theirs = [line for line in lines if line.scheme_key == key]
    there = _there(key, [line.customer_id for line in theirs])
    made = []
    for occasion in scheme.part(key, "follow_ups").get("occasions", []):
        day, step = day_of(occasion, year), f"{occasion['key']}_{year}"
        due_on = day - dt.timedelta(days=occasion["days_before"]) if day is not None else None
        if due_on is None or due_on < today():
            continue
        for line in theirs:
            if (line.customer_id, step) not in there:
                one = FollowUp(
                    customer=line.customer, step=step, duty=occasion["who"], purpose=occasion["name"]["zh_Hans"],
                    due_on=due_on,
                )  # fmt: skip
                made.append(following.write_down(one, key, otherwise=line.holder, by=by))
    return made


def _there(key: str, customers: list[int]) -> set[tuple[int, str]]:
    """What is planned already: planning twice adds nothing."""
    query = select(FollowUp.customer_id, FollowUp.step).where(
        FollowUp.scheme_key == key, FollowUp.customer_id.in_(customers), FollowUp.event_sheet_id.is_(None)
    )
    return {(customer_id, step) for customer_id, step in db.session.execute(query)}
