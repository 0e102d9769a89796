"""A declaration of a register: read from text, checked, and asked what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel.speaklater import LazyString

from app.kit.language import say
from app.registers.shape import EVERYONE

Body = dict[str, Any]
FAMILY = {
    "text": "text", "long_text": "text", "choice": "text", "several": "text", "signature": "text",
    "number": "number", "money": "number", "date": "day", "moment": "moment", "flag": "flag",
    "person": "person", "file": "file", "customer": "customer", "unit": "unit", "entry": "entry",
}  # fmt: skip
NAMED = {"person", "file", "customer", "unit", "entry"}  # fields that name another record
OF_ENTRY = ("number", "state", "due_on", "is_over", "site", "file", "customer", "unit")  # known without a declaration


def said(names: Mapping[str, str]) -> LazyString:
    """A declared word in whatever language it is read."""
    return LazyString(say, names)


@dataclass(frozen=True)
class Declaration:
    """A checked declaration with its usual values filled in."""

    body: Body

    @property
    def key(self) -> str:
        return str(self.body["key"])

    @property
    def name(self) -> LazyString:
        return said(self.body["name"])

    @property
    def entry(self) -> LazyString:
        return said(self.body["entry"])

    @property
    def bound(self) -> str:
        """What an entry belongs to: nothing file customer unit."""
        return str(self.body.get("bound", "nothing"))

    @property
    def is_single(self) -> bool:
        return bool(self.body.get("single"))

    @cached_property
    def fields(self) -> dict[str, Body]:
        return {field["key"]: field for field in self.body["fields"]}

    @property
    def states(self) -> list[Body]:
        return list(self.body.get("states", []))

    @property
    def moves(self) -> list[Body]:
        return list(self.body.get("moves", []))

    @property
    def first_state(self) -> str:
        return str(self.states[0]["key"]) if self.states else ""

    @cached_property
    def over(self) -> frozenset[str]:
        """The states in which nothing is left to do."""
        return frozenset(state["key"] for state in self.states if state.get("over"))

    @property
    def due(self) -> str:
        return str(self.body.get("due", ""))

    @property
    def permission(self) -> str:
        return f"Register:{self.key}"

    @cached_property
    def called(self) -> list[str]:
        """The fields that an entry is called by; the first text where none is named."""
        usual = (
            field["key"]
            for field in self.body["fields"]
            if field["kind"] in ("text", "choice", "person", "entry") and not field.get("sealed")
        )
        return list(self.body.get("called", [])) or list(usual)[:1]

    @cached_property
    def columns(self) -> list[str]:
        """The columns of the list: as declared, else the first few fields."""
        if self.body.get("list"):
            return list(self.body["list"])
        short = [key for key, field in self.fields.items() if field["kind"] not in ("long_text", "signature")]
        bound = [self.bound] if self.bound != "nothing" else []
        return [*(["number"] if self.numbered else []), *bound, *short[:5], *(["state"] if self.states else [])]

    @property
    def numbered(self) -> str:
        return str(self.body.get("number", ""))

    def roles(self, verb: str) -> Iterable[str]:
        """The roles that may do so."""
        if verb.startswith("move_"):
            return next((move["roles"] for move in self.moves if f"move_{move['key']}" == verb), ())
        if verb == "acknowledge":
            return list(self.body.get("acknowledge", {}).get("roles", ()))
        writes = list(self.body["write"])
        return writes if verb in ("add", "edit", "bring_in") else [*self.body["read"], *writes]

    def allows(self, verb: str, roles: Iterable[str]) -> bool:
        """One of these roles may do so."""
        allowed = set(self.roles(verb))
        return EVERYONE in allowed or bool(allowed & set(roles))
