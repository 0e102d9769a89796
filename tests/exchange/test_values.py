"""What cells mean: placeholders, dates, telephones, amounts, identity numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.demo.names import Inventor
from app.exchange import identity, values, words
from app.exchange.fields import Field, Row

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def read(kind: str, cell: Any, **more: Any) -> Row:
    row = Row("S", 1, [cell], {"it": cell}, headings={"it": "装修押金(元)"})
    values.read(row, Field("it", "It", (), kind=kind, **more), cell)
    return row


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "—",
        "/",
        "暂无",
        "無",
        "无",
        "待补",
        "待定",
        "不详",
        "N/A",
        "  ",
        "？",
        "空",
        "#N/A",
        "未提供",
        "　",
        "none",
    ],
)
@pytest.mark.parametrize("kind", ["text", "phone", "id_number", "code", "date", "money", "area", "name"])
def test_a_placeholder_reads_as_blank(kind: str, cell: str) -> None:
    row = read(kind, cell)
    assert not row.values and not row.problems


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("phone", "18999999999"),
        ("phone", 18999999999),
        ("phone", "１８９９９９９９９９９"),
        ("phone", "11111111111"),
        ("phone", "189-9999-9999"),
        ("id_number", "1" * 18),
        ("id_number", 111111111111111111),
        ("id_number", 1.11111111111111e17),
        ("code", "0" * 18),
    ],
)
def test_a_number_typed_for_unknown_reads_as_blank(kind: str, cell: Any) -> None:
    row = read(kind, cell)
    assert not row.values and not row.problems


@pytest.mark.parametrize(
    "cell",
    [
        dt.date(2024, 3, 5),
        "2024-03-05",
        "2024/3/5",
        "2024.03.05",
        "2024年3月5日",
        "2024-03-05 ",
        "２０２４年３月５日",
        "20240305",
        20240305,
        45356,
        "45356",
        "2024-03-05 00:00:00",
        "24.3.5",
        "5-Mar-2024",
        "Mar 5, 2024",
        "2024年03月05号",
        "民国113年3月5日",
        "2024、3、5",
        "2024 / 3 / 5",
    ],
)
def test_every_spelling_of_a_date_is_the_same_day(cell: Any) -> None:
    assert read("date", cell).values == {"it": dt.date(2024, 3, 5)}


def test_a_day_first_date_is_read_when_it_can_mean_one_day() -> None:
    assert read("date", "25/3/2024").values["it"] == read("date", "3/25/2024").values["it"] == dt.date(2024, 3, 25)


@pytest.mark.parametrize("cell", ["3/5/2024", "2024-02-30", "2024-13-01", "昨天", 7, "1-2", "9999-01-01", "2024"])
def test_a_date_that_may_mean_two_days_or_none_is_wrong(cell: Any) -> None:
    row = read("date", cell)
    assert row.is_wrong and not row.values


@pytest.mark.parametrize("cell", ["长期", "無固定期限", "长期有效"])
def test_a_lease_without_end_has_no_end(cell: str) -> None:
    row = read("date", cell)
    assert not row.values and not row.problems


@pytest.mark.parametrize(
    "cell",
    [
        "19900001234",
        19900001234,
        19900001234.0,
        "+86 19900001234",
        "+8619900001234",
        "0086 199 0000 1234",
        "199-0000-1234",
        "199 0000 1234",
        "１９９００００１２３４",
        "(86)19900001234",
        "\u200b19900001234 ",
    ],
)
def test_every_spelling_of_a_mobile_is_the_same_number(cell: Any) -> None:
    assert read("phone", cell).values == {"it": "19900001234"}


def test_a_line_with_an_extension_keeps_it() -> None:
    assert read("phone", "010-85554873 转 890").values == {"it": "010-85554873 转 890"}


def test_two_numbers_in_one_cell_are_both_kept_but_not_the_placeholder() -> None:
    assert read("phone", "19900001234/19900005678").values == {"it": "19900001234 / 19900005678"}
    assert read("phone", "19900001234、18999999999").values == {"it": "19900001234"}


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (54000, 5_400_000),
        ("54,000元", 5_400_000),
        ("54000.50", 5_400_050),
        ("5.4万", 5_400_000),
        ("¥54,000.00", 5_400_000),
        ("￥５４０００", 5_400_000),
        ("RMB 54000", 5_400_000),
        ("HK$54,000", 5_400_000),
        (104857.2, 10_485_720),
        (0.1 + 0.2, 30),
        ("12,000元/月", 1_200_000),
        ("54000（已交）", 5_400_000),
        (0, 0),
    ],
)
def test_money_is_read_in_cents(cell: Any, cents: int) -> None:
    assert read("money", cell).values == {"it": cents}


@pytest.mark.parametrize("cell", ["五万", "-100", "1.2.3", "12元3角4", "1e99", True, "9" * 30])
def test_an_amount_that_is_none_is_wrong(cell: Any) -> None:
    assert read("money", cell).is_wrong


def test_a_returned_deposit_is_nothing_with_its_word_kept() -> None:
    row = read("money", "已退")
    assert row.values == {"it": 0} and row.notes == ["装修押金：已退"]


@pytest.mark.parametrize(
    ("cell", "hundredths"),
    [("120㎡", 12000), ("565.14㎡", 56514), ("120 m²", 12000), ("１２０平方米", 12000), (88, 8800)],
)
def test_an_area_is_read_in_hundredths(cell: Any, hundredths: int) -> None:
    assert read("area", cell).values == {"it": hundredths}


def test_an_identity_number_keeps_its_sign_in_any_spelling() -> None:
    assert read("id_number", "11010119740203000x").values == {"it": "11010119740203000X"}
    assert read("id_number", "１１０１０１１９７４０２０３０００Ｘ").values == {"it": "11010119740203000X"}


@pytest.mark.parametrize("cell", [110101196409090000, 1.10101196409090e17])
def test_an_identity_number_stored_as_a_number_is_wrong_and_says_why(cell: Any) -> None:
    row = read("id_number", cell)
    assert [p.reason for p in row.problems] == [identity.LOST_DIGITS] and not row.values


@pytest.mark.parametrize(
    "cell", ["110101196409090001", "11010119640231000X", "1101011964090900", "110101202913330005", "abc", "12345"]
)
def test_a_wrong_identity_number_makes_the_row_wrong(cell: str) -> None:
    assert read("id_number", cell).is_wrong


@pytest.mark.parametrize("district", ["440106", "999901", "120999"])
def test_a_district_younger_than_its_bearer_or_unknown_is_a_warning(district: str) -> None:
    body = f"{district}19640909000"
    row = read("id_number", body + identity.check_sign(body))
    assert not row.is_wrong and row.values
    assert bool(row.problems) is not district.startswith("9")


@pytest.mark.parametrize("district", ["810000", "820000", "830000"])
def test_a_residence_permit_is_taken_without_a_word(district: str) -> None:
    body = f"{district}19800101000"
    row = read("id_number", body + identity.check_sign(body))
    assert row.values and not row.problems


def test_a_credit_code_with_a_wrong_check_character_is_a_warning() -> None:
    code = Inventor(1).credit_code()
    assert not read("code", code).problems
    bad = code[:-1] + ("0" if code[-1] != "0" else "1")
    row = read("code", bad)
    assert [p.level for p in row.problems] == ["warning"] and row.values == {"it": bad}


def test_a_name_keeps_its_rare_characters_and_brackets() -> None:
    assert read("text", " 吴𬱖（上海）ＡＢＣ　").values == {"it": "吴𬱖（上海）ABC"}
    assert read("text", "a\x00b\x1bc\ud800").values == {"it": "abc"}


def test_a_text_longer_than_its_column_is_wrong() -> None:
    assert read("text", "长" * 11, length=10).is_wrong
    assert not read("text", "长" * 10, length=10).is_wrong


@pytest.mark.parametrize("cell", ["空置", "待租", "（空）", "空", "(空置)", "招租中", "Vacant", "空房"])
def test_words_for_nobody(cell: str) -> None:
    assert words.is_vacant(cell)


@pytest.mark.parametrize("cell", ["小计", "合计", "3F小计", "總計：", "Total", "合計(12戶)", "本层小计"])
def test_words_for_a_sum(cell: str) -> None:
    assert words.is_subtotal(cell)


@pytest.mark.parametrize("cell", ["合计划广告有限公司", "总部", "计算机公司"])
def test_a_name_is_no_sum(cell: str) -> None:
    assert not words.is_subtotal(cell)
