"""What stands for a value that is sealed."""

from __future__ import annotations

from typing import Any


class Sealed:
    """What stands for a value that is sealed: it says nothing."""

    def __str__(self) -> str:
        return ""

    def __html__(self) -> str:
        return ""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "SEALED"

    def __copy__(self) -> Sealed:
        return self

    def __deepcopy__(self, _memo: Any) -> Sealed:
        return self


SEALED = Sealed()
