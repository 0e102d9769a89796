"""Paper read back."""

from tests.printing.conftest import text_of

__all__ = ["text_of"]
