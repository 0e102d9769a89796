"""A drawn signature is strokes in a box, and nothing else."""

from __future__ import annotations

import pytest
from wtforms.form import BaseForm

from app.kit.strokes import LONGEST, SignatureField, is_drawing

pytestmark = pytest.mark.no_app


@pytest.mark.parametrize("path", ["M0 0L300 100", "M1.5 2L3 4.1L5 6M7 8L7 8", "M1 1" + "L10 10" * 3000])
def test_strokes_inside_the_box_are_a_drawing(path: str) -> None:
    assert is_drawing(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "M1 1",
        "m1 1L2 2",
        "M1 1 L2 2",
        "M1 1L2 2\n",
        "M1 1L300.1 2",
        "M1 1L2 100.1",
        "M1 1L2",
        "M1 1H5",
        "M1 1L2 2Z",
    ],
)
def test_anything_else_is_not(path: str) -> None:
    assert not is_drawing(path)


def test_a_drawing_has_a_greatest_length() -> None:
    longest = "M1 1" + "L10 10" * ((LONGEST - 4) // 6)
    assert is_drawing(longest) and not is_drawing(longest + "L10 10")


def test_refused_rubbish_does_not_come_back_into_the_form() -> None:
    from werkzeug.datastructures import MultiDict

    form = BaseForm({"sign": SignatureField("x")})
    form.process(MultiDict({"sign": '"><script>'}))
    assert not form.validate() and form["sign"].data == "" and "script" not in str(form["sign"]())
    form.process(MultiDict({}), data={"sign": "M1 1L2 2"})
    assert form.validate() and form["sign"].data == "M1 1L2 2"
