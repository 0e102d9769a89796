"""Amounts in capitals, as the rules of payment ask (支付结算办法, 附一)."""

from __future__ import annotations

import pytest

from app.printing.money import capitals, figures

pytestmark = [pytest.mark.no_app, pytest.mark.once]

TABLE = [
    (0, "零元整"),
    (5, "伍分"),
    (10, "壹角整"),
    (1050, "壹拾元零伍角整"),
    (1000050, "壹万元零伍角整"),
    (1000005, "壹万元零伍分"),
    (100110, "壹仟零壹元壹角整"),
    (100000001, "壹佰万元零壹分"),
    (100000001_00, "壹亿零壹元整"),
    (-5, "负伍分"),
    (-1000050, "负壹万元零伍角整"),
    (9999999999999999, "玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    # the examples of the rules themselves
    (140950, "壹仟肆佰零玖元伍角整"),
    (600714, "陆仟零柒元壹角肆分"),
    (168032, "壹仟陆佰捌拾元零叁角贰分"),
    (10700053, "壹拾万柒仟元零伍角叁分"),
    (1640902, "壹万陆仟肆佰零玖元零贰分"),
    (32504, "叁佰贰拾伍元零肆分"),
    # gaps between the groups
    (1001_0000_00, "壹仟零壹万元整"),
    (1_0500_0000_00, "壹亿零伍佰万元整"),
    (10_0000_0000_0000_00, "壹拾万亿元整"),
    (10_1010_1010_00, "壹拾亿壹仟零壹拾万壹仟零壹拾元整"),
]


@pytest.mark.parametrize(("cents", "said"), TABLE)
def test_an_amount_is_said_in_capitals(cents: int, said: str) -> None:
    assert capitals(cents) == "人民币" + said


def test_an_amount_never_has_two_gaps_beside_each_other_nor_one_at_its_end() -> None:
    for cents in [
        *range(0, 20_000, 7),
        *(10**place + step for place in range(2, 16) for step in (0, 1, 10, 100, 9_000)),
    ]:
        said = capitals(cents)
        assert "零零" not in said and not said.endswith("零") and said.count("元") <= 1, (cents, said)


def test_figures_are_grouped_and_keep_two_decimals() -> None:
    assert [figures(cents) for cents in (0, 5, -5, 1000050)] == ["¥0.00", "¥0.05", "-¥0.05", "¥10,000.50"]
