"""YAML, read by libyaml: ten times as fast as the same reader in Python, which the shipped forms and schemes notice."""

from __future__ import annotations

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str) -> Any:
    """What the text says, in plain values. yaml.YAMLError, with the place, when it says nothing."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
