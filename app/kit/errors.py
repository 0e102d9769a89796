"""What a rule says when it refuses."""

from __future__ import annotations

from typing import Any


class RuleError(Exception):
    """A rule refuses.

    `message` is a (lazy) string in the user's language and names no other person's data;
    `field` is the column it belongs to, or None for the whole record.
    """

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class StaleError(RuleError):
    """Somebody else changed the record since the form was opened."""
