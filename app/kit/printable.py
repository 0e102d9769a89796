"""What can be printed from a page: asked of the printing room, which lies above; set by create_app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.kit.pages import Link


def _nothing(_what: Any) -> list[Link]:
    return []


def _none(_view: Any, _what: Any) -> Any:
    raise LookupError("nothing prints")


of_record: Callable[[Any], list[Link]] = _nothing
of_list: Callable[[type], list[Link]] = _nothing
print_record: Callable[[Any, Any], Any] = _none
print_list: Callable[[Any, Any], Any] = _none
