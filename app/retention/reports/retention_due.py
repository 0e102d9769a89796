"""What has fallen due, by the year in which its time was up and by class of paper."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy.orm import selectinload

from app.archive.models import Document, File
from app.archive.page import code_word
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import grid, list_url, sums
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile
from app.retention import due, periods

WHOLE = ""


@report(
    _l("Due for appraisal"),
    group="files",
    permission="RetentionDue",
    about=_l("Files and single papers whose time is up, by year and class."),
)
def retention_due(asked: Asked) -> Table:
    """Held files, and what a list has judged already, are left out."""
    found = _counted(asked)
    years = sorted({year for year, _class in found})
    classes = sorted({name for _year, name in found})
    rows = [[year, _name(name), found[year, name]] for year, name in sorted(found)]
    crossed = {year: {name: found[year, name] for name in classes} for year in years}
    by_year = [sum(crossed[year].values()) for year in years]
    return Table(
        [Head(_l("Year")), Head(_l("Class of paper")), Head(_l("Due"), "number")],
        [Line([str(year), name, count], list_url("RetentionDueView.list")) for year, name, count in rows],
        [_l("Total"), "", *sums(rows, 2)],
        [
            Bars(_l("Due by year"), [str(year) for year in years], [Series(_l("Due"), by_year)], "number"),
            grid(
                _l("Due by year and class"),
                {year: {_name(name): count for name, count in line.items()} for year, line in crossed.items()},
                [_name(name) for name in classes],
            ),
        ],
        [
            Tile(_l("Whole files"), sum(count for (_year, name), count in found.items() if name == WHOLE)),
            Tile(_l("Single papers"), sum(count for (_year, name), count in found.items() if name != WHOLE)),
        ],
        [_l("Held files are left out, and what stands on an appraisal list already.")],
    )


def _name(paper_class: str) -> Any:
    return code_word(paper_class) if paper_class else _l("The whole file")


def _counted(asked: Asked) -> Counter[tuple[int, str]]:
    """How many by (the year in which the time was up, the class; "" a whole file)."""
    tables, found = periods.tables(), Counter[tuple[int, str]]()
    files = asked.inside(due.files_due(), File).options(selectinload(File.scheme))
    papers = asked.inside(due.papers_due(), Document).options(selectinload(Document.file).selectinload(File.scheme))
    records: list[File | Document] = [*db.session.scalars(files), *db.session.scalars(papers)]
    for record in records:
        file = record if isinstance(record, File) else record.file
        ends = periods.due_on(record, tables[file.scheme.key])
        if ends is not None:
            found[ends.year, record.paper_class if isinstance(record, Document) else WHOLE] += 1
    return found
