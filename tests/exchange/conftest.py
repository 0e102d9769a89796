"""A roster read without a process of its own."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator

import pytest

from app.exchange import child, reading


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's own code reads, at once: for tests whose subject is what becomes of a roster.

    That a child does it, under limits, is the subject of `test_reading`; commands and some screens go the whole way.
    """

    def told(name: str, content: bytes) -> Iterator[str]:
        try:
            with warnings.catch_warnings():
                yield from map(json.dumps, child.lines(reading.suffix(name), content, reading.MOST_ROWS))
            yield '{"end":true}'
        except child.Refused as refusal:
            yield json.dumps({"refused": str(refusal)})

    def read_bytes(name: str, content: bytes) -> list[reading.Grid]:
        return reading.Told(reading.stem(name), told(name, content)).grids(0)

    monkeypatch.setattr(reading, "read_bytes", read_bytes)
