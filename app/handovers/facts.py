"""What a hand-over list and a leaver's clearance say on paper."""

from __future__ import annotations

from typing import Any

from app.estate.facts import site_facts
from app.estate.models import Site
from app.handovers import checking, clearing, listing
from app.handovers.models import Clearance, Handover, HandoverLine
from app.kit.session import db
from app.printing.subjects import Facts, in_all_languages, primitive, read, subject
from app.security import gate

COLUMNS = (
    "number", "kind", "handed_on", "giver", "giver_department", "giver_organisation", "receiver_department",
    "receiver_organisation", "supervisor", "reason", "state", "digest",
)  # fmt: skip


@subject("handover", Handover, parts={"lines": HandoverLine, "site": Site})
def handover_facts(handover: Handover) -> Facts:
    """The list, how each line was found, its totals, and the signatures already given."""
    checked = [line for line in handover.lines if line.found != "unchecked"]
    return {
        "handover": read(handover, *COLUMNS) | {"receiver": primitive(handover.receives)},
        "site": site_facts(db.session.get_one(Site, handover.site_id)),
        "lines": [_line(line) for line in handover.lines],
        "variances": [_line(line) for line in checking.variances(handover)],
        "is_checked": bool(checked) and len(checked) == len(handover.lines),
        "file_count": sum(1 for line in handover.lines if line.kind == "file"),
        "piece_count": sum(line.quantity for line in handover.lines),
        "page_total": sum(line.pages for line in handover.lines),
        "categories": _categories(handover),
        "signed": {
            signature.role: {
                "name": signature.signed_name or primitive(signature.user),
                "at": primitive(signature.signed_at),
                "drawn": signature.drawn,
            }
            for signature in handover.signatures
        },
    }


def _line(line: HandoverLine) -> Facts:
    columns = (
        "position",
        "kind",
        "title",
        "quantity",
        "pages",
        "remark",
        "found",
        "counted",
        "counted_pages",
        "finding",
    )
    return read(line, *columns) | {"file": line.file.number if line.file else ""}


def _categories(handover: Handover) -> list[Facts]:
    """How many lines of each kind."""
    counts: dict[str, int] = {}
    for line in handover.lines:
        counts[line.kind] = counts.get(line.kind, 0) + 1
    return [{"words": in_all_languages(listing.HOLDING_KINDS[kind]), "count": count} for kind, count in counts.items()]


@subject("clearance", Clearance, parts={"taken": HandoverLine, "site": Site})
def clearance_facts(clearance: Clearance) -> Facts:
    """Who leaves, who took over what and when, and what is still in their hands."""
    columns = ("number", "user", "reason", "last_day_on", "receiver", "supervisor", "state", "closed_on", "closed_by")
    return {
        "clearance": read(clearance, *columns),
        "site": site_facts(db.session.get_one(Site, clearance.site_id)),
        "taken": [_taken(line) for line in clearing.taken_over(clearance)],
        "still_held": [
            {"words": in_all_languages(words), "count": count} for words, count in clearing.counts(clearance.user)
        ],
    }


def _taken(line: HandoverLine) -> Facts:
    handover = line.handover
    return read(line, "kind", "quantity", "pages") | {
        "title": title_for_reader(line),
        "receiver": handover.receives,
        "day": primitive(handover.done_on),
        "number": handover.number,
    }


def title_for_reader(thing: Any) -> str:
    """What a line or holding is called: without any name for readers who open no files, e.g. the administrator."""
    if gate.may(*gate.OPEN_FILES):
        return str(thing.title)
    file = thing.file
    return str(getattr(thing, "number", "") or (f"{file.about} {file.number}" if file is not None else ""))
