"""The registers that come with the console."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.registers import checking, known, shipping

FILES = list(shipping.shipped())


@pytest.mark.no_app
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_declaration_is_right(path: Path) -> None:
    assert checking.parse(path.read_text(encoding="utf-8"))["key"] == path.stem


def test_they_load_twice_as_the_same(app: Any) -> None:
    first = [shipping.load(path).id for path in FILES]
    assert len(first) >= 12 and [shipping.load(path).id for path in FILES] == first
    assert set(known.all_of_them()) >= {path.stem for path in FILES}
