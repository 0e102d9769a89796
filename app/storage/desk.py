"""Two lists that are worked off together: papers to be put into files, and labels to be printed again."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.archive import due, filing
from app.archive import rules as archive
from app.archive.models import Document, File
from app.archive.page import class_name
from app.estate.models import Site
from app.kit.cells import cell, related_cell
from app.kit.columns import DESK_TIME, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Cell, Link
from app.kit.session import attempt, db
from app.printing import answers, forms
from app.printing import rules as printing
from app.printing.rules import Printed
from app.security import gate

MOST, MOST_LABELS = 200, 500


def papers_page(problem: Any = "") -> dict[str, Any]:
    """The papers that wait, the oldest first, each with its age in days."""
    query = gate.scope(filing.waiting(), Document)
    along = joinedload(Document.file).options(joinedload(File.unit), joinedload(File.scheme))
    found = list(db.session.scalars(query.options(along).limit(MOST)))
    gate.foresee(found)
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    return {
        "rows": [(paper.id, _paper(paper)) for paper in found],
        "total": total,
        "problem": problem,
        "ticked": set(request.form.getlist("paper")),
        "links": [Link(_l("Labels to print again"), url_for("FilingView.labels"))],
        "may_file": gate.may("file_papers", "Filing"),
    }


def _paper(paper: Document) -> list[Cell]:
    days = age(paper)
    tone = "bad" if days > 60 else "warn" if days > 7 else ""
    return [
        related_cell(paper.file),
        cell(paper.file, "unit"),
        Cell(class_name(paper)),
        related_cell(paper),
        Cell(paper.pages, "number"),
        Cell(days, "number", tone=tone),
    ]


def age(paper: Document) -> int:
    """For how many days it has waited."""
    return (today() - paper.created_at.astimezone(DESK_TIME).date()).days


def file_ticked() -> int:
    """Put the ticked papers into their files, all of them or none; how many."""
    for name in ("ink", "complete"):
        if not request.form.get(name):
            raise RuleError(_l("Confirm both: paper and ink last, and every page is there."))
    keys = [int(key) for key in request.form.getlist("paper") if key.isascii() and key.isdigit() and len(key) < 10]
    query = gate.scope(filing.waiting().where(Document.id.in_(keys)), Document)
    with attempt():
        return filing.file_papers(db.session.scalars(query), by=gate.user())


def labels_page() -> dict[str, Any]:
    """The files whose label does not say the customer's name now, by site (P10.05)."""
    found = due.labels_to_reprint(list(gate.site_ids() or []), MOST_LABELS)
    gate.foresee(found)
    by_site: dict[Site, list[list[Cell]]] = {}
    for file in found:
        row = [related_cell(file), cell(file, "unit"), cell(file, "label_name"), Cell(file.current_name)]
        by_site.setdefault(file.site, []).append(row)
    return {"sites": list(by_site.items())}


def print_labels(site_id: int) -> Printed:
    """Every wrong label of the site, a page each; from now on they say the right name."""
    if site_id not in (gate.site_ids() or []):
        raise RuleError(_l("Choose one of your sites."))
    files = due.labels_to_reprint([site_id], MOST_LABELS)
    form = forms.by_key("file_labels")
    assert form is not None
    printed = printing.print_list(form, files, by=gate.user(), language=answers.language())
    for file in files:
        archive.label_printed(file)
        gate.note_read(file, "print")
    db.session.flush()
    return printed
