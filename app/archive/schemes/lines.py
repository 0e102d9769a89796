"""On which line of a scheme's text something stands, so that a message can name it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from app.kit import yamls


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line (from 1) of the field at `path`, or of the nearest thing around it that is there."""
    node = yaml.compose(text, Loader=yamls.LOADER)
    line = node.start_mark.line if node is not None else 0
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    """(line, node) of a key of a mapping or a place in a list."""
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None
