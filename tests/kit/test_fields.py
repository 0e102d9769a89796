"""What people type and what a column stores."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.kit import fields, reading

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def typed(field: Any, value: str) -> Any:
    form = BaseForm({"x": field})
    form.process(MultiDict({"x": value}))
    form.validate()
    return form["x"]


@pytest.fixture(autouse=True)
def _plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """No request, no language: the words as they stand in the code."""
    for module in (fields, reading):
        monkeypatch.setattr(module, "_l", lambda words, **more: words % more if more else words)


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        (fields.MoneyField(), "54,000元", 5_400_000), (fields.MoneyField(), "￥1.5", 150),
        (fields.MoneyField(), "-0.01", -1),
        (fields.AreaField(), "120㎡", 12_000), (fields.AreaField(), "120.50 平方米", 12_050),
        (fields.WholeNumberField(), "１２", 12), (fields.WholeNumberField(), "-3", -3),
        (fields.DayField(), "2025年7月1日", dt.date(2025, 7, 1)), (fields.DayField(), "2025/7/1", dt.date(2025, 7, 1)),
        (fields.MomentField(), "2025-07-01T08:00", dt.datetime(2025, 7, 1, tzinfo=dt.UTC)),
        (fields.PhoneField(), "（0755）1990000", "(0755)1990000"), (fields.TextField(), "  a  ", "a"),
        (fields.LongTextField(), "a\r\nb", "a\nb"),
    ],
)  # fmt: skip
def test_what_people_write_is_read(field: Any, value: str, stored: Any) -> None:
    assert (typed(field, value).data, typed(field, value).errors) == (stored, [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (fields.MoneyField(), "1.234"), (fields.MoneyField(), "1,00"), (fields.MoneyField(), "many"),
        (fields.MoneyField(), "9" * 15), (fields.AreaField(), "1e3"), (fields.WholeNumberField(), "2147483648"),
        (fields.DayField(), "2025-02-30"), (fields.DayField(), "0001-01-01"), (fields.DayField(), "9999-12-31"),
        (fields.MomentField(), "0001-01-01T00:00"), (fields.MomentField(), "9999-12-31T23:59"),
        (fields.PhoneField(), "12"), (fields.PhoneField(), "abc1234"),
        (fields.TextField(validators=[fields.NotLonger(2)]), "abc"),
        (fields.TextField(validators=[fields.NotLonger(9)]), "a\x00"),
        (fields.TextField(validators=[fields.Filled()]), "  "),
        (fields.ChoiceField(words=[("a", "A")]), "b"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_shown_as_typed(field: Any, value: str) -> None:
    read = typed(field, value)
    assert len(read.errors) == 1
    assert isinstance(read, fields.ChoiceField) or read._value() in (value, value.strip())


@pytest.mark.parametrize("field", [fields.MoneyField, fields.DayField, fields.WholeNumberField, fields.MomentField])
def test_empty_is_nothing(field: Any) -> None:
    assert typed(field(validators=[fields.MayBeEmpty()]), " ").data is None
    assert typed(field(validators=[fields.Filled()]), " ").errors


def test_what_was_not_sent_keeps_what_it_holds() -> None:
    form = BaseForm({"x": fields.TextField(validators=[fields.Filled()])})
    form.process(MultiDict({"y": "1"}), data={"x": "held"})
    assert form.validate() and form["x"].data == "held"


def test_a_select_escapes_what_it_offers() -> None:
    field = fields.RemoteSelect(
        find=lambda _key: None, first=lambda: ([(1, "<b>&")], True), name_of=str, url="/x?a=1&b=2"
    )
    form = BaseForm({"x": field})
    form.process(None)
    assert "&lt;b&gt;&amp;" in str(form["x"]()) and "<b>" not in str(form["x"]())


def test_the_only_choice_of_a_required_relation_is_taken() -> None:
    field = fields.RemoteSelect(
        validators=[fields.Filled()], find=lambda _key: None, first=lambda: ([(7, "only")], True), name_of=str, url="/x"
    )
    form = BaseForm({"x": field})
    form.process(None)
    assert '<option selected value="7">only</option>' in str(form["x"]())
