"""G14: over a hundred hostile uploads, of which nothing survives; the same without the cleaning."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from app.archive import scans
from app.archive.models import Document
from tests.archive import hostile, stored_files
from tests.archive.conftest import stored

OPAQUE = re.compile(r"[0-9a-f]{48}")
RIDERS = ("html", "script", "php", "zip", "jar", "program", "svg", "shell", "mhtml", "xml")
HOSTILE: dict[str, Callable[[], bytes]] = {
    **{f"neither {name}": lambda content=content: content for name, content in hostile.NEITHER.items() if content},
    **{f"unreadable {name}": make for name, make in hostile.UNREADABLE.items() if name != "bursting"},
    **{f"active {name}": lambda spoil=spoil: hostile.pdf(spoil) for name, spoil in hostile.SPOILED.items()},
    **{f"picture, then {name}": lambda content=content: hostile.picture("PNG") + content
       for name, content in hostile.NEITHER.items() if name in RIDERS},
    **{f"photograph, then {name}": lambda content=content: hostile.with_gps("JPEG") + content
       for name, content in hostile.NEITHER.items() if name in RIDERS},
    **{f"pdf, then {name}": lambda content=content: hostile.pdf() + b"\n" + content
       for name, content in hostile.NEITHER.items() if name in RIDERS},
    **{f"where {kind} was taken": lambda kind=kind: hostile.with_gps(kind) for kind in ("JPEG", "PNG")},
    "revised": hostile.revised,
    "a note in a photograph": lambda: hostile.picture("JPEG", comment=hostile.SCRIPT),
    "a profile in a photograph": lambda: hostile.picture("JPEG", icc_profile=hostile.SCRIPT),
    "words in a photograph": lambda: hostile.picture("JPEG", xmp=hostile.SCRIPT),
}  # fmt: skip
SURVIVES = (b"BOO", b"<script", b"<?php", b"PK\x03\x04", b"MZ", b"GPS", b"Exif", b"onload", b"Main-Class",
            hostile.PHONE.encode())  # fmt: skip


def surviving(content: bytes) -> list[bytes]:
    """What of a hostile file is still in one that is kept."""
    if content.startswith(b"%PDF-"):
        try:
            return hostile.found_in(content) + [each for each in SURVIVES if each in hostile.spelled_out(content)]
        except (pikepdf.PdfError, pikepdf.PasswordError):
            return [b"unreadable"]
    if Image.open(io.BytesIO(content)).getexif():
        return [b"Exif"]
    return [each for each in SURVIVES if each in content and each != b"MZ"]  # two letters come by chance


def upload_all(paper: Document, login: Any) -> dict[str, bytes]:
    """What is kept of all hostile files, by the name that each came under."""
    clerk = login("clerk")
    for name, make in HOSTILE.items():
        form = {"scan": (io.BytesIO(make()), f"{name}.pdf", "application/pdf")}
        assert clerk.post(f"/scans/add/{paper.id}", data=form).status_code == 302, name
    return {scan.original_name: stored_files.path_of(scan).read_bytes() for scan in stored(paper)}


def test_of_a_hundred_hostile_uploads_nothing_survives(paper: Document, login: Any, shelf: Path) -> None:
    assert len(HOSTILE) > 100
    kept = upload_all(paper, login)
    assert 40 < len(kept) < len(HOSTILE)
    assert {name: found for name, content in kept.items() if (found := surviving(content))} == {}
    assert all(OPAQUE.fullmatch(path.name) for path in shelf.iterdir())
    clerk = login("clerk")
    for scan in stored(paper):
        answer = clerk.get(f"/scans/{scan.id}")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_without_the_cleaning_they_survive(paper: Document, login: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what is kept as it came acts and tells."""
    monkeypatch.setattr(scans, "cleaned", lambda content: ("application/pdf", content))
    kept = upload_all(paper, login)
    assert len(kept) > 90
    assert sum(bool(surviving(content)) for content in kept.values() if content.startswith(b"%PDF-")) > 25
    assert any(hostile.PHONE.encode() in content for content in kept.values())
