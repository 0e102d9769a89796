"""Scans on disk: checked, re-encoded, under opaque names, and served through a checked view only (FAB.md 10, G14)."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from pathlib import Path
from typing import Any

import puremagic
from flask import current_app
from pikepdf import Pdf, PdfError
from PIL import Image, UnidentifiedImageError
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.archive.models import LIVE_STATES, Document, Scan
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import after_commit, db
from app.security import audit, gate

LARGEST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
ACTIVE_PDF_KEYS = ("/OpenAction", "/AA", "/Names", "/AcroForm")
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def folder() -> Path:
    """Where scans lie; made when first needed, readable by the console only."""
    path = Path(current_app.config["DATA_DIR"]) / "scans"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(scan: Scan) -> Path:
    return folder() / scan.blob


def fetch(pk: int) -> Scan | None:
    """A scan of a site the reader works for."""
    return db.session.scalar(gate.scope(select(Scan).where(Scan.id == pk), Scan))


def fetch_document(pk: int) -> Document | None:
    """A paper of a site the reader works for."""
    return db.session.scalar(gate.scope(select(Document).where(Document.id == pk), Document))


def keep(document: Document, upload: FileStorage, *, by: Any = None) -> Scan:
    """Keep one uploaded file as a scan. JPEG and PNG are re-encoded (no EXIF), PDFs lose whatever acts."""
    if document.file.state not in LIVE_STATES:
        raise RuleError(_l("Papers are added to a live file."))
    content = upload.stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise RuleError(_l("The file is larger than 20 MB."))
    media_type, clean = cleaned(content)
    scan = Scan(
        site_id=document.site_id,
        document=document,
        blob=secrets.token_hex(24),
        original_name=shown_name(upload.filename or ""),
        media_type=media_type,
        size=len(clean),
        sha256=hashlib.sha256(clean).hexdigest(),
    )
    _write(scan, clean)
    db.session.add(scan)
    db.session.flush()
    audit.write("add_scan", document.file, {"scan": scan.id, "sha256": scan.sha256}, by=by)
    return scan


def shown_name(name: str) -> str:
    """The original name without path and control characters; only ever shown, never a path."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in bare if c.isprintable())[:200] or "scan"


def cleaned(content: bytes) -> tuple[str, bytes]:
    """(media type, harmless bytes); a RuleError for anything but a JPEG, PNG or PDF."""
    try:
        kinds = {match.mime_type for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        kinds = set()
    if "application/pdf" in kinds and content.startswith(b"%PDF-"):
        return "application/pdf", _clean_pdf(content)
    if kinds & {"image/jpeg", "image/png"}:
        return _clean_image(content)
    raise RuleError(_l("Only JPEG and PNG pictures and PDF files are kept."))


def _clean_image(content: bytes) -> tuple[str, bytes]:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            picture.load()
            kind = picture.format or "PNG"
            plain = picture.convert("RGB") if kind == "JPEG" else picture.copy()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise RuleError(_l("The picture cannot be read.")) from error
    plain.info.clear()
    out = io.BytesIO()
    plain.save(out, format=kind, quality=88)
    return f"image/{kind.lower()}", out.getvalue()


def _clean_pdf(content: bytes) -> bytes:
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            for key in ACTIVE_PDF_KEYS:
                if key in pdf.Root:
                    del pdf.Root[key]
            for sheet in pdf.pages:
                for key in ("/AA", "/Annots"):
                    if key in sheet:
                        del sheet[key]
            pdf.remove_unreferenced_resources()
            out = io.BytesIO()
            pdf.save(out)
    except (PdfError, ValueError, RuntimeError) as error:
        raise RuleError(_l("The PDF cannot be read.")) from error
    return out.getvalue()


def _write(scan: Scan, content: bytes) -> None:
    """Write beside and rename, so that a half-written scan never has a name."""
    target = path_of(scan)
    partial = target.with_suffix(".part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    # a rolled back upload leaves only a .part file, which `flask files sweep` may delete
    after_commit(lambda: os.replace(partial, target))


def is_whole(scan: Scan) -> bool:
    """The bytes on disk are still those that were kept (fixity)."""
    path = path_of(scan)
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == scan.sha256
