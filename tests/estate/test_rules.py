"""Sites, floors and units."""

from __future__ import annotations

from typing import Any

import pytest

from app.demo import makers
from app.estate import rules
from app.kit.errors import RuleError


def test_who_works_for_every_site_works_for_a_new_one_too(cast: Any, site: Any) -> None:
    everywhere = rules.find_site("别处大厦")
    assert everywhere is not None
    rules.assign(everywhere, cast["manager"])
    new = rules.take_on("新楼")
    assert new.id in rules.sites_of(cast["manager"])
    assert new.id not in rules.sites_of(cast["clerk"])
    assert new.id not in rules.sites_of(cast["stranger"])


@pytest.mark.parametrize(("name", "level"), [("3F", 3), ("B2", -2), ("地下1层", -1), ("十层", 0), ("-1", -1)])
def test_a_floors_name_tells_its_height(name: str, level: int) -> None:
    assert rules.level_of(name) == level


def test_a_units_number_is_unique_in_its_building(site: Any) -> None:
    unit = makers.make_unit("0999", site=site)
    with pytest.raises(RuleError):
        rules.add_unit(unit.floor, "0999")


def test_a_unit_without_a_number_is_refused(site: Any) -> None:
    with pytest.raises(RuleError):
        rules.add_unit(makers.make_floor(site), "  ")
