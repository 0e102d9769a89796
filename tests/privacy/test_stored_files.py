"""G15: a byte that changed in a stored file is noticed, every time."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from app.archive import scans
from app.archive.models import Scan
from app.demo import makers
from app.kit.session import db, finish_work
from tests.archive import stored_files


def test_one_changed_byte_in_any_stored_file_is_noticed(app: Flask) -> None:
    """Every scan, at its beginning, middle or end; the untouched ones are not complained of."""
    file = makers.make_file()
    for place in range(60):
        paper = makers.make_document(file, "licence", title=f"执照{place}")
        content = bytes((place + at) % 256 for at in range(200 + 37 * place))
        scans.keep(paper, scans.Ready(f"{place}.pdf", "application/pdf", content))
    finish_work()
    assert list(scans.damaged()) == []
    kept = list(db.session.scalars(select(Scan).order_by(Scan.id)))
    hurt = kept[:50]
    for place, scan in enumerate(hurt):
        path = stored_files.path_of(scan)
        content = bytearray(path.read_bytes())
        at = (0, len(content) // 2, -1)[place % 3]
        content[at] ^= 1
        path.write_bytes(content)
    found = {(scan.id, reason) for scan, reason in scans.damaged()}
    assert found == {(scan.id, "changed") for scan in hurt}
    assert scans.read(hurt[0]) is None and scans.read(kept[-1]) is not None
