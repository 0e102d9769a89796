"""Uploaded PDFs rebuilt from what stands on their pages (FAB.md 10, G14). Read when the first one comes in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    PdfError,
    Stream,
    StreamDecodeLevel,
)
from pikepdf.settings import set_qpdf_limits

from app.kit.errors import RuleError
from app.kit.labels import _l

MOST_PAGES = 3000
MOST_UNPACKED = 64 * 1024 * 1024
END_WITHIN = 2048
PAGE_KEYS = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
ACTS = {
    "/JavaScript", "/Launch", "/URI", "/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/GoTo3DView", "/SubmitForm",
    "/ResetForm", "/ImportData", "/Named", "/Hide", "/Movie", "/Sound", "/Rendition", "/Thread", "/Trans",
    "/SetOCGState", "/RichMediaExecute",
}  # fmt: skip
ACTIVE_KEYS = {
    "/OpenAction", "/AA", "/JS", "/JavaScript", "/AcroForm", "/XFA", "/EmbeddedFiles", "/EF", "/AF", "/Annots",
    "/RichMediaContent", "/Collection", "/Metadata", "/PieceInfo",
}  # fmt: skip
ACTIVE_TYPES = {"/Action", "/Annot", "/Filespec", "/EmbeddedFile", "/Catalog"}
OUTSIDE_KEYS = {"/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI"}  # of a stream: its bytes lie in another file
UNREADABLE_PDF = (
    PdfError, PasswordError, ValueError, RuntimeError, TypeError, LookupError, ArithmeticError, MemoryError,
)  # fmt: skip

set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED, png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED, dct_max_memory=MOST_UNPACKED, parser_max_container_size=1_000_000,
    doc_max_warnings=1000,
)  # fmt: skip


def clean_pdf(content: bytes) -> bytes:
    """A new PDF of what the pages show, filled in forms and stamps included; whatever acts stays behind."""
    out = io.BytesIO()
    try:
        if b"%%EOF" not in content[-END_WITHIN:]:
            raise ValueError("cut off")
        with Pdf.open(io.BytesIO(content)) as pdf, Pdf.new() as plain:
            if not 0 < len(pdf.pages) <= MOST_PAGES:
                raise ValueError("no pages, or too many")
            pdf.flatten_annotations("screen")
            for sheet in pdf.pages:
                for key in set(sheet.obj.keys()) - PAGE_KEYS:
                    del sheet.obj[key]
                plain.pages.append(sheet)
            _keep_layers(pdf, plain)
            for each in _dictionaries(plain):
                _disarm(each)
            plain.save(out, stream_decode_level=StreamDecodeLevel.none, object_stream_mode=ObjectStreamMode.generate)
            if any("limit exceeded" in told for told in pdf.get_warnings()):  # else that part would just be missing
                raise ValueError("unpacks to more than we take")
    except UNREADABLE_PDF as error:
        raise RuleError(_l("The PDF cannot be read.")) from error
    return out.getvalue()


def _keep_layers(pdf: Pdf, plain: Pdf) -> None:
    """Layers that were off stay off: drawings have many."""
    layers = pdf.Root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        plain.Root.OCProperties = plain.copy_foreign(layers if layers.is_indirect else pdf.make_indirect(layers))


def _dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and stream of the file but its root, however deep it lies."""
    for each in pdf.objects:
        waiting: list[Any] = [each]
        while waiting:
            found = waiting.pop()
            if isinstance(found, Array):
                inner = list(found)
            elif isinstance(found, Dictionary | Stream):
                if found.objgen != pdf.Root.objgen:
                    yield found
                inner = [value for _key, value in found.items()]
            else:
                continue
            waiting += [one for one in inner if isinstance(one, Array | Dictionary) and not one.is_indirect]


def _disarm(found: Object) -> None:
    """Empty what is an action, an annotation or a file; take out what leads to one."""
    if isinstance(found, Stream):
        unwanted = {*ACTIVE_KEYS, *OUTSIDE_KEYS}
    elif _named(found, "/S") in ACTS or _named(found, "/Type") in ACTIVE_TYPES:
        unwanted = set(found.keys())
    else:
        unwanted = ACTIVE_KEYS
    for key in unwanted & set(found.keys()):
        del found[key]


def _named(found: Object, key: str) -> str:
    value = found.get(key)
    return str(value) if isinstance(value, Name) else ""
