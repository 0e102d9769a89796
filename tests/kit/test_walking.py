"""Lists too long to be counted are walked from row to row: the same rows in the same order, in either direction."""

from __future__ import annotations

from typing import Any

import pytest

from app.kit import paging
from tests.kit.conftest import make_unit, world

AREAS = [None, 5, 5, None, 1, 9, 5, None, 2, 0, 9, 3, 5, 8, None]


@pytest.fixture
def units(desk: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Sixty units in an order of their own, some with the same area, some with none; pages of 25, counted up to 9."""
    monkeypatch.setattr(paging, "COUNT_UP_TO", 9)
    made = [make_unit(f"{number * 7 % 60:02d}", area_dm2=AREAS[number % len(AREAS)]) for number in range(60)]
    make_unit("30", site=world.other)
    return made


def link(page: Any, style: str) -> str:
    return next((one.url for one in page.pages if one.style == style), "")


def walk(desk: Any, drawn: list[Any], address: str, style: str) -> list[list[int]]:
    """The keys of each page from this one on, following its links."""
    found: list[list[int]] = []
    while address and len(found) < 9:
        desk.get(address)
        found.append([row.pk for row in drawn[-1].rows])
        address = link(drawn[-1], style)
    return found


@pytest.mark.parametrize(
    "asked", ["order=number", "order=area_dm2", "order=number&dir=desc", "order=area_dm2&dir=desc"]
)
def test_all_rows_are_met_once_from_either_end(desk: Any, drawn: list[Any], units: list[Any], asked: str) -> None:
    by_number = [walk(desk, drawn, f"/units/?{asked}&page={page}", "none")[0] for page in (1, 2, 3)]
    assert sorted(sum(by_number, [])) == sorted(unit.id for unit in units)
    assert walk(desk, drawn, f"/units/?{asked}", "next") == by_number
    backwards = walk(desk, drawn, f"/units/?{asked}&page=last", "previous")
    assert [len(each) for each in backwards] == [25, 25, 10]
    assert sum(backwards[::-1], []) == sum(by_number, [])


def test_the_ends_are_linked_and_what_is_not_counted_is_not_told(desk: Any, drawn: list[Any], units: list[Any]) -> None:
    desk.get("/units/")
    assert drawn[-1].total is None and link(drawn[-1], "last") and not link(drawn[-1], "previous")
    desk.get(link(drawn[-1], "last"))
    assert not link(drawn[-1], "last") and not link(drawn[-1], "next")
    assert any(one.url.endswith("page=1") for one in drawn[-1].pages)
    assert drawn[-1].first is None and drawn[-1].is_end
    desk.get(link(drawn[-1], "previous"))
    assert drawn[-1].first is None and not drawn[-1].is_end


def test_what_is_counted_has_numbers_whatever_is_asked(desk: Any, drawn: list[Any]) -> None:
    made = [make_unit(f"{number:02d}").id for number in range(30)]
    for asked in ("page=last", "page=2&after=1", "page=9&before=3"):
        desk.get(f"/units/?{asked}")
        assert [row.pk for row in drawn[-1].rows] == made[25:] and drawn[-1].total == 30, asked


def test_a_row_that_is_gone_or_of_another_site_is_no_place_to_walk_from(
    desk: Any, drawn: list[Any], units: list[Any]
) -> None:
    elsewhere = make_unit("05", site=world.other).id
    desk.get("/units/")
    first = [row.pk for row in drawn[-1].rows]
    for key in (elsewhere, 10**8, 10**20, "abc"):
        assert desk.get(f"/units/?after={key}").status_code == 200
        assert [row.pk for row in drawn[-1].rows] == first, key


def test_a_place_is_forgotten_where_something_else_is_asked(desk: Any, drawn: list[Any], units: list[Any]) -> None:
    desk.get(f"/units/?after={units[3].id}&q=1")
    assert all("after" not in (head.sort_url or "") for head in drawn[-1].columns)
    assert all("after" not in one.url for one in [*drawn[-1].exports, *drawn[-1].pages] if one.style != "next")
