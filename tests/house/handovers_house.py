"""The full house's hand-overs: one being listed, one who left, and the ledger's first line."""

from __future__ import annotations

from typing import Any

from app.archive.custody import CustodyLine
from app.archive.models import File
from app.demo import makers
from app.estate.models import Site
from app.handovers.models import Clearance, Handover, HandoverLine, HandoverSignature
from app.kit.columns import now, today

EMPTY = "0" * 64


def furnish(site: Site, file: File, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    clerk, archivist, manager = makers.user("clerk"), makers.user("archivist"), makers.user("manager")
    handover = Handover(
        site_id=site.id, number=f"{mark}交{number}", handed_on=today(), giver_id=archivist.id, receiver_id=clerk.id,
        supervisor_id=manager.id, reason=f"{mark}由",
    )  # fmt: skip
    line = HandoverLine(
        site_id=site.id, handover=handover, kind="file", key=file.id, file=file, title=f"{mark}物{number}"
    )
    signature = HandoverSignature(
        site_id=site.id, handover=handover, role="giver", user_id=archivist.id, signed_at=now(), digest=EMPTY
    )
    clearance = Clearance(
        site_id=site.id, number=f"{mark}离{number}", user_id=makers.user("technician").id, reason=f"{mark}职",
        last_day_on=today(), state="done", closed_on=today(),
    )  # fmt: skip
    ledger: Any = file
    first: CustodyLine = ledger.custody_lines[0]
    return [handover, line, signature, clearance, first]
