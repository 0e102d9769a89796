"""From an address to the bound view that answers it."""

from __future__ import annotations

from typing import Any

from flask import abort

from app.registers import known


def hand_on(key: str, method: str, **args: Any) -> Any:
    """Have the register's own view answer, which asks for its right; 404 for what is not there or not offered."""
    view = known.view_of(key) or abort(404)
    if method in view.exclude_route_methods:
        abort(404)
    return getattr(view, method)(**args)
