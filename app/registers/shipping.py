"""The declarations that come with the console: general registers of a house, not of one trade."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.registers import declaring
from app.registers.checking import parse
from app.registers.models import Register

FOLDER = Path(__file__).parent / "shipped"


def shipped() -> Iterator[Path]:
    """One file a register."""
    return iter(sorted(FOLDER.glob("*.yaml")))


def load(path: Path, *, by: Any = None) -> Register:
    """Declare the register of a file."""
    return declaring.declare(parse(path.read_text(encoding="utf-8")), by=by)
