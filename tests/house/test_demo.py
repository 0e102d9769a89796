"""The made-up estate can be made at any hour."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from app.demo.timeline import in_hours

pytestmark = [pytest.mark.no_app, pytest.mark.once]
MOMENTS = some.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=some.just(dt.UTC))


@given(MOMENTS, MOMENTS)
@example(dt.datetime(2026, 11, 10, 10, 47, tzinfo=dt.UTC), dt.datetime(2026, 11, 10, 15, 10, tzinfo=dt.UTC))
def test_what_is_planned_for_later_never_happens_before(one: dt.datetime, other: dt.datetime) -> None:
    first, second = sorted((one, other))
    assert in_hours(first) <= in_hours(second)


@given(MOMENTS)
def test_nothing_happens_while_the_desk_is_closed(moment: dt.datetime) -> None:
    assert 1 <= in_hours(moment).hour < 10 and in_hours(moment) >= moment.replace(minute=0, second=0, microsecond=0)
