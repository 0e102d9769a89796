"""Addresses whose way back (`url_for`) is worked out when it is first asked for: two thousand at a start, few a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


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
