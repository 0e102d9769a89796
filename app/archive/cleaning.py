"""Uploaded pictures drawn anew, whatever else is no whole JPEG, PNG or PDF refused (FAB.md 10, G14)."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from app.kit.errors import RuleError
from app.kit.labels import _l

MOST_PIXELS = 75_000_000  # an A3 sheet at 600 dpi
SIGNATURES = {b"\xff\xd8\xff": "image", b"\x89PNG\r\n\x1a\n": "image", b"%PDF-": "pdf"}
UNREADABLE_PICTURE = (
    UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError,
    SyntaxError, TypeError, LookupError, EOFError, ArithmeticError, MemoryError, struct.error, zlib.error,
)  # fmt: skip

# Pillow only warns of pictures up to twice the limit
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def cleaned(content: bytes) -> tuple[str, bytes]:
    """(media type, harmless bytes); a RuleError for anything but a whole JPEG, PNG or PDF. The name says nothing."""
    kind = next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), "")
    if kind == "pdf":
        from app.archive.cleaning_pdfs import clean_pdf

        return "application/pdf", clean_pdf(content)
    if kind == "image":
        return clean_image(content)
    raise RuleError(_l("Only JPEG and PNG pictures and PDF files are kept."))


@contextmanager
def whole_pictures() -> Iterator[None]:
    """A picture that was cut off is refused. WeasyPrint has the library take such ones, for the whole process."""
    kept, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = kept


def clean_image(content: bytes) -> tuple[str, bytes]:
    """The picture's dots, upright, and nothing else: no EXIF, no comment, no profile, nothing behind its end."""
    out = io.BytesIO()
    try:
        with whole_pictures(), Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            kind = "PNG" if picture.format == "PNG" else "JPEG"  # some telephones make MPO: JPEGs in a row
            picture.load()
            plain = ImageOps.exif_transpose(picture)
            if kind == "JPEG" and plain.mode not in ("RGB", "L"):
                plain = plain.convert("RGB")
            plain.info.clear()
            plain.save(out, format=kind, quality=88, compress_level=3)
    except UNREADABLE_PICTURE as error:
        raise RuleError(_l("The picture cannot be read.")) from error
    return f"image/{kind.lower()}", out.getvalue()
