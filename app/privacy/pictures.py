"""Taking the pictures of a sensitive paper away for good: file and row go, the audit keeps their checksums."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from app.archive import scans
from app.archive.models import Document, Scan
from app.kit.session import db
from app.security import audit


def remove(document: Document, *, by: Any = None) -> int:
    """Every scan of the paper; how many. The stored files go once this is committed."""
    gone = list(document.scans)
    for scan in gone:
        audit.write("remove_scan", document.file, {"scan": scan.id, "sha256": scan.sha256}, by=by)
        scans.remove(scan)
    db.session.flush()
    db.session.execute(delete(Scan.__table__).where(Scan.document_id == document.id))
    for scan in gone:
        db.session.expunge(scan)
    db.session.expire(document, ["scans"])
    return len(gone)
