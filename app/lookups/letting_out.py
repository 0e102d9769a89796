"""Who saw what, out of the house: as a file, or on a numbered sheet."""

from __future__ import annotations

from typing import Any

from flask import Response

from app.estate.facts import site_facts
from app.estate.papers import site_of
from app.kit.columns import today
from app.kit.exports import MEDIA_TYPES, csv_parts, plain, xlsx_parts
from app.kit.labels import _l
from app.kit.shown import shown
from app.lookups import seen
from app.printing import reports
from app.security import gate
from app.security.models import AuditLine

MOST_ON_PAPER = 2000


def as_file(asked: seen.Seen, ending: str) -> Response:
    """xlsx or CSV of all lines; the export is a line of its own."""
    lines = [[plain(each) for each in row] for row in seen.rows(asked)]
    gate.note_read(AuditLine, "export")
    heads, make = [str(head) for head in seen.heads()], csv_parts if ending == "csv" else xlsx_parts
    content = b"".join(part.encode() if isinstance(part, str) else part for part in make(heads, iter(lines)))
    answer = Response(content, mimetype=MEDIA_TYPES[ending])
    name = f"seen-{asked.what}-{asked.about.id}-{today():%Y%m%d}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def on_paper(asked: seen.Seen) -> Any:
    """The lines on the sheet of reports, the newest first."""
    site = site_of(getattr(asked.about, "site_id", None))
    rows = [[str(shown(each.value, each.kind)) for each in row] for row in seen.rows(asked)[:MOST_ON_PAPER]]
    days = [(field.label.text, shown(field.data)) for field in asked.form if field.data is not None]
    page = {
        "title": asked.title,
        "words": days or [(_l("Period"), "—")],
        "heads": [(head, False) for head in seen.heads()],
        "rows": rows,
        "totals": None,
        "notes": [_l("At most %(number)s lines, the newest first.", number=MOST_ON_PAPER)],
        "pictures": [],
    }
    gate.note_read(AuditLine, "print")
    return reports.print_page(page, site_facts(site), site.id, by=gate.user(), back=asked.url())
