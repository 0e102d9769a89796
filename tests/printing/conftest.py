"""Paper read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import config
from app.printing import fonts


@pytest.fixture(scope="session")
def font_folder() -> Path:
    """The typefaces, cut once for all runs."""
    return fonts.prepare(config.ROOT / "var")


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    """The text of a PDF as MuPDF reads it, without white space."""
    import pymupdf

    def read(pdf: bytes) -> str:
        with pymupdf.open(stream=pdf) as document:
            return "".join("".join(page.get_text() for page in document).split())

    return read
