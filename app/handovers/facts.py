"""What a hand-over list says on paper."""

from __future__ import annotations

from app.estate.facts import site_facts
from app.estate.models import Site
from app.handovers.models import Handover, HandoverLine
from app.kit.session import db
from app.printing.subjects import Facts, primitive, read, subject


@subject("handover", Handover, parts={"lines": HandoverLine, "site": Site})
def handover_facts(handover: Handover) -> Facts:
    """The list, its totals, and the signatures already given."""
    columns = (
        "number", "handed_on", "giver", "giver_department", "receiver", "receiver_department",
        "supervisor", "reason", "state", "digest",
    )  # fmt: skip
    return {
        "handover": read(handover, *columns),
        "site": site_facts(db.session.get_one(Site, handover.site_id)),
        "lines": [_line(line) for line in handover.lines],
        "file_count": sum(1 for line in handover.lines if line.file_id),
        "piece_count": sum(line.quantity for line in handover.lines),
        "page_total": sum(line.pages for line in handover.lines),
        "signed": {
            signature.role: {"name": primitive(signature.user), "at": primitive(signature.signed_at)}
            for signature in handover.signatures
        },
    }


def _line(line: HandoverLine) -> Facts:
    return read(line, "position", "title", "quantity", "pages", "remark") | {
        "file": line.file.number if line.file else ""
    }
