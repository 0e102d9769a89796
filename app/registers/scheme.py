"""A scheme's registers: extra fields of its files are one with a single entry each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.archive.schemes.parts import Part
from app.registers import declaring
from app.registers.checking import Wrong, problems
from app.registers.shape import SCHEMA


def check(body: dict[str, Any]) -> Iterator[Wrong]:
    """What does not fit in each register, with the path into the scheme."""
    papers = {paper["key"] for paper in body.get("papers", [])}
    for place, register in enumerate(body["registers"]):
        for where, why in problems(register):
            yield ("registers", place, *where), why
        if (filed_as := register.get("filed_as")) and filed_as not in papers:
            yield ("registers", place, "filed_as"), f"{filed_as}?"


def bring_in(scheme_key: str, body: dict[str, Any]) -> None:
    """Each register in the version that the scheme declares."""
    for register in body.get("registers", []):
        declaring.declare(register, scheme_key=scheme_key)


PART = Part(key="registers", schema={"type": "array", "items": SCHEMA}, check=check, bring_in=bring_in)
