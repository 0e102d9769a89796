"""Addresses: the way back to one (`url_for`) is worked out when first asked for: two thousand at a start, few a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, has_request_context, request, url_for
from werkzeug.routing import Rule

STANDS_FOR_ANY = 987_654_321_987_654_321


class LateRule(Rule):
    """Werkzeug's own compiles a function for each rule twice, half a second in all."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        usual = super()._compile_builder
        made: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, *values: Any, **named: Any) -> tuple[str, str]:
            if not made:
                made.append(usual(append_unknown))
            return made[0](rule, *values, **named)

        return build


def address(endpoint: str, **values: Any) -> str:
    """`url_for`; what has only a record's key in it is worked out once, as a list has one a row."""
    key = values.get("pk")
    if len(values) != 1 or type(key) is not int or not has_request_context():
        return url_for(endpoint, **values)
    known: dict[tuple[str, str], tuple[str, str]] = current_app.extensions.setdefault("addresses_of_records", {})
    found = known.get((endpoint, request.script_root))
    if found is None:
        before, _key, after = url_for(endpoint, pk=STANDS_FOR_ANY).partition(str(STANDS_FOR_ANY))
        found = known[endpoint, request.script_root] = before, after
    return f"{found[0]}{key}{found[1]}"
