"""A report on paper: the shared sheet around figures and pictures that another room counted and drew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.printing import answers, rules
from app.printing.forms import Form
from app.printing.models import PrintLine
from app.printing.sheet import HERE
from app.printing.subjects import Facts, Subject, in_all_languages
from app.printing.widths import Head, fitted, wanted

KEY, CODE = "report", "HD-BB-01"
WIDE = 8  # more columns than these need the sheet on its side
MUCH = 230  # so do columns that would like more mm than these
ROOM = {"A4": (171, 165), "A4 landscape": (258, 118)}  # mm across and high, for one picture


@dataclass(frozen=True)
class ReportForm(Form):
    """The one form of all reports: its page lies beside the sheet it extends."""

    @property
    def template(self) -> str:
        return f"{KEY}.html"


def print_page(page: Mapping[str, Any], site: Facts, site_id: int, *, by: Any, back: str) -> Any:
    """The answer to a reader who prints: a numbered PDF, or the way `back` with the reason.

    `page` holds title, words [(name, value)], heads [(label, is_figure)], rows, totals, notes, and
    pictures [(title, SVG, width, height)]; words may be lazy, the cells are text.
    """
    language = answers.language()
    return answers.pdf(lambda: make(page, site, site_id, by=by, language=language), back)


def make(page: Mapping[str, Any], site: Facts, site_id: int, *, by: Any, language: str) -> rules.Printed:
    """One copy, numbered and in the log."""
    heads = [Head(in_all_languages(label), "number" if is_figure else "") for label, is_figure in page["heads"]]
    rows = [*page["rows"], *([page["totals"]] if page["totals"] else [])]
    is_wide = len(heads) > WIDE or wanted(heads, rows) > MUCH
    paper = "A4 landscape" if is_wide else "A4"
    facts = _facts(page, site, paper) | {"heads": fitted(heads, rows, ROOM[paper][0])}
    subject = Subject(KEY, PrintLine, lambda told: dict(told), many=True)
    return rules.print_about(_form(facts["title"], paper), subject, facts, site_id, by, language)


def _form(titles: Any, paper: str) -> ReportForm:
    return ReportForm(
        key=KEY, room="printing", code=CODE, titles=titles, subject_keys=(KEY,), permission="Report", paper=paper,
        copies=(), shows_sealed=False, confidential=False, words={}, sample={}, digest=_digest(),
    )  # fmt: skip


@cache
def _digest() -> str:
    return hashlib.sha256((HERE / f"{KEY}.html").read_bytes()).hexdigest()


def _facts(page: Mapping[str, Any], site: Facts, paper: str) -> Facts:
    """Primitives, the words in every language of the paper."""
    return {
        "site": site,
        "title": in_all_languages(page["title"]),
        "asked": [[in_all_languages(name), str(value)] for name, value in page["words"]],
        "rows": [list(row) for row in page["rows"]],
        "totals": page["totals"],
        "notes": [in_all_languages(note) for note in page["notes"]],
        "pictures": [
            [in_all_languages(title), svg, *_size(width, height, paper)]
            for title, svg, width, height in page["pictures"]
        ],
    }


def _size(width: float, height: float, paper: str) -> list[float]:
    """Millimetres: as wide as the sheet lets it, unless it would be too high."""
    across, high = ROOM[paper]
    scale = min(across / width, high / height)
    return [round(width * scale, 1), round(height * scale, 1)]
