"""Provisional."""
from typing import Any
SEALED = object()
def __getattr__(name: str) -> Any: raise AttributeError(name)
