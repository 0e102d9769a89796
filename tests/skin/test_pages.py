"""What the pieces draw: labels, errors and hints that are tied to their fields, tables with heads, tokens in forms."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask, render_template, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField
from wtforms.form import BaseForm

from app.kit.fields import (
    ChoiceField,
    DayField,
    Filled,
    LongTextField,
    MomentField,
    MoneyField,
    NotLonger,
    PhoneField,
    RemoteSelect,
    TextField,
    TickField,
    WholeNumberField,
)
from app.kit.pages import Cell, Column, FormPage, Link, ListPage, Row, ShowPage

pytestmark = pytest.mark.once


class Typed(Form):
    version = HiddenField(default="3")
    unit = RemoteSelect(
        "Unit", [Filled()], find=lambda _key: None, first=lambda: ([(1, "0512")], False), name_of=str, url="/choose"
    )
    name = TextField("Name", [Filled(), NotLonger(200)], description="As on the licence")
    id_number = TextField("Identity number")
    clear_id_number = TickField("Clear it")
    kind = ChoiceField("Kind", words=[("firm", "Firm"), ("person", "Person")])
    rent = MoneyField("Rent")
    pages = WholeNumberField("Pages")
    begins = DayField("Begins")
    at = MomentField("At")
    phone = PhoneField("Telephone")
    remark = LongTextField("Remark")
    checked = TickField("Checked")


NAMES = [name for name in Typed()._fields if name not in ("version", "clear_id_number")]


def form_page(app: Flask, typed: dict[str, str] | None = None, **more: Any) -> str:
    form = Typed(MultiDict(typed) if typed is not None else None)
    form.id_number.masked = "310***********0001"
    if typed is not None:
        form.validate()
    page = FormPage("Edit", form, [("All", NAMES)], "/back", "Save", **more)
    with app.test_request_context("/"):
        return render_template("hudang/form.html", page=page)


def list_page(app: Flask, rows: list[Row], columns: list[Column], **more: Any) -> str:
    with app.test_request_context("/files/?state=open&page=3"):
        return render_template("hudang/list.html", page=ListPage("Files", columns, rows, **more))


def test_every_control_has_one_label(app: Flask) -> None:
    html = form_page(app)
    ids = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*\sid="([^"]+)"', html)
    labels = re.findall(r'<label for="([^"]+)"', html)
    assert {*NAMES, "clear_id_number"} <= set(ids)
    assert sorted(ids) == sorted(labels)


def test_an_error_is_tied_to_its_field_and_named_on_top(app: Flask) -> None:
    html = form_page(app, {"name": ""})
    control = next(tag for tag in re.findall(r"<input[^>]*>", html) if 'id="name"' in tag)
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="name-error name-hint"' in control
    assert 'id="name-error"' in html and 'id="name-hint"' in html
    assert 'role="alert"' in html and '<a href="#name">' in html
    assert "aria-invalid" not in form_page(app)


def test_what_could_not_be_read_stays_typed(app: Flask) -> None:
    html = form_page(app, {"begins": "2025-02-30"})
    control = next(tag for tag in re.findall(r"<input[^>]*>", html) if 'id="begins"' in tag)
    assert 'value="2025-02-30"' in control and 'type="text"' in control
    assert 'type="date"' in next(tag for tag in re.findall(r"<input[^>]*>", form_page(app)) if 'id="begins"' in tag)


def test_a_masked_value_never_stands_in_its_field(app: Flask) -> None:
    html = form_page(app)
    control = next(tag for tag in re.findall(r"<input[^>]*>", html) if 'id="id_number"' in tag)
    assert 'value=""' in control and 'placeholder="310***********0001"' in control
    assert 'name="clear_id_number"' in html


def test_a_form_carries_its_token_and_version(app: Flask) -> None:
    html = form_page(app)
    inside = html[html.index('<form class="form"') :]
    assert 'name="csrf_token"' in inside
    assert re.search(r'<input[^>]*name="version"[^>]*value="3"', inside)


def test_both_values_of_a_conflict_are_shown(app: Flask) -> None:
    html = form_page(app, conflict=[("Name", "stored one", "typed one")])
    assert html.index("typed one") < html.index("stored one")


def test_a_related_record_can_be_chosen_without_a_script(app: Flask) -> None:
    html = form_page(app)
    assert 'data-remote="/choose"' in html
    assert '<option value="1">0512</option>' in html


COLUMNS = [Column("number", "Number", "/files/?order=number", "asc"), Column("rent", "Rent", kind="money")]


def test_a_table_says_how_it_is_sorted_and_leads_to_its_records(app: Flask) -> None:
    html = list_page(app, [Row(1, "/files/1", [Cell("0512-01"), Cell(120000, "money")])], COLUMNS, total=1)
    assert 'aria-sort="ascending"' in html
    assert '<a class="row-link" href="/files/1">0512-01</a>' in html
    assert '<td role="cell" data-label="Rent" class="figure">1,200.00</td>' in html
    assert html.count("<h1>") == 1


def test_a_first_cell_that_leads_elsewhere_keeps_its_link(app: Flask) -> None:
    html = list_page(app, [Row(1, "/papers/1", [Cell("0512", "link", "/files/1"), Cell(1, "money")])], COLUMNS)
    assert '<a href="/files/1">0512</a>' in html
    assert '<a class="row-link" href="/papers/1">' in html


def test_an_empty_list_says_so(app: Flask) -> None:
    assert "<table" not in list_page(app, [], COLUMNS)


def test_a_filter_in_use_can_be_taken_away(app: Flask) -> None:
    class Search(Form):
        state = ChoiceField("State", words=[("", "All"), ("open", "Being completed")])

    form = Search(MultiDict({"state": "open"}))
    html = list_page(app, [], COLUMNS, search_form=form, searched=True)
    chip = re.search(r'<a class="chip" href="([^"]+)"', html)
    assert chip is not None and chip[1] == "/files/"
    assert "Being completed" in html


@pytest.mark.parametrize(
    ("cell", "drawn"),
    [
        (Cell("", "sealed"), "sealed"),
        (Cell(None), "nothing"),
        (
            Cell("310***0001", "masked", reveal_url="/files/1/reveal/id_number"),
            'data-reveal="/files/1/reveal/id_number"',
        ),
        (Cell("Filed", "badge", tone="good"), '<span class="badge good">Filed</span>'),
        (Cell("<b>", "text"), "&lt;b&gt;"),
        (Cell(dt.date(2025, 7, 1), "date"), '<time datetime="2025-07-01">'),
        (Cell("19900001234", "phone"), 'href="tel:19900001234"'),
    ],
)
def test_a_value_is_drawn_by_its_kind(app: Flask, cell: Cell, drawn: str) -> None:
    source = '{% import "hudang/parts.html" as parts %}{{ parts.cell(it) }}'
    with app.test_request_context("/"):
        assert drawn in render_template_string(source, it=cell)


def test_a_step_that_changes_something_is_a_form_with_a_token(app: Flask) -> None:
    asked = BaseForm({"reason": LongTextField("Reason", [Filled()], id="refuse-reason")})
    asked["reason"].masked = ""
    asked.process()
    moves = [
        Link("File", "/files/1/move/file", "post", "primary"),
        Link("Refuse", "/m", "post", "danger", asks=(("reason", "Reason"),), form=asked),
    ]
    with app.test_request_context("/"):
        html = render_template(
            "hudang/show.html", page=ShowPage("A record", moves=moves, groups=[("G", [("A", Cell("b"))])])
        )
    assert html.count('name="csrf_token"') >= 2
    assert '<dialog id="ask-m"' in html and 'data-opens="ask-m"' in html
    assert '<textarea id="refuse-reason" name="reason"' in html and '<label for="refuse-reason">' in html
    assert len(set(re.findall(r'name="once" value="([^"]+)"', html))) == 2


def test_no_id_stands_twice(app: Flask) -> None:
    html = form_page(app, {"name": ""})
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
