"""Paper read back."""

from __future__ import annotations

from tests.printing.conftest import text_of

__all__ = ["text_of"]
