"""A scheme's registers: extra fields of its files are one with a single entry each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.archive.schemes.parts import Part
from app.kit.labels import _l
from app.kit.pages import Link
from app.registers import declaring, known
from app.registers.checking import Wrong, problems
from app.registers.shape import SCHEMA
from app.security import gate


def check(body: dict[str, Any]) -> Iterator[Wrong]:
    """What does not fit in each register, with the path into the scheme."""
    papers = {paper["key"] for paper in body.get("papers", [])}
    for place, register in enumerate(body["registers"]):
        for where, why in problems(register):
            yield ("registers", place, *where), why
        if (filed_as := register.get("filed_as")) and filed_as not in papers:
            yield ("registers", place, "filed_as"), f"{filed_as}?"


def bring_in(scheme_key: str, body: dict[str, Any]) -> None:
    """Each register in the version that the scheme declares; one that the house changed since stays as it is."""
    for register in body.get("registers", []):
        if not declaring.was_changed_since(register):
            declaring.declare(register, scheme_key=scheme_key)


def links(scheme_key: str) -> list[Link]:
    """The registers of the scheme's files, and the way to declare further fields of them."""
    if not gate.may("show", "Register"):
        return []
    found = [each.declared for each in known.all_of_them().values() if scheme_key in each.schemes]
    shown = [Link(each.name, url_for("RegisterView.show", key=each.key)) for each in found]
    if gate.may("declare", "Register"):
        shown.append(Link(_l("Add extra fields"), url_for("RegisterView.declare", scheme=scheme_key), style="primary"))
    return shown


PART = Part(key="registers", schema={"type": "array", "items": SCHEMA}, check=check, bring_in=bring_in, links=links)
