"""That nothing is left of what a list destroyed: no stored file has the checksum of a scan on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.archive import scans
from app.archive.models import Document, Scan
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.retention import destroying
from app.retention.models import Destruction


def left(destruction: Destruction) -> Iterator[str]:
    """What is still there of a finished list, in words for who looks after the console; nothing where all is gone."""
    if destruction.state != "done":
        raise RuleError(_l("This list has not been carried out."))
    gone = [scan for line in destruction.items for scan in destroying.scans_of(line)]
    checksums = {scan.sha256 for scan in gone}
    for name in scans.stored_copies(checksums):
        yield f"stored file {name}"
    same = select(Scan).join(Document, Scan.document_id == Document.id)
    for scan in db.session.scalars(same.where(Scan.sha256.in_(checksums), Document.destroyed_on.is_(None))):
        yield f"{scans.called(scan)} has the same content"
    for line in destruction.items:
        if line.document is None and line.file.state != "destroyed":
            yield f"file {line.file_id} is not destroyed"


def check(destruction: Destruction, *, by: Any = None) -> None:
    """Refused, with how much, where something is left."""
    if found := list(left(destruction)):
        raise RuleError(_l("%(count)s things are still there: tell the administrator.", count=len(found)))


MOVES = [
    Move("check", {"done"}, None, "Destruction:check", _l("Check that nothing is left"), check),
]
