"""Which standard archival material is arranged under, by category and year (P4.15)."""

from __future__ import annotations

from app.fonds import standards
from app.fonds.words import CATEGORIES, LEVELS
from app.kit.labels import _l
from app.reporting.asked import Asked
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table


@report(
    _l("Standards for arranging archives"),
    group="files",
    permission="ArchivalItem",
    about=_l("The standard in force for each category, level and year, with the misprints that are understood."),
)
def filing_standards(asked: Asked) -> Table:
    """The same for every site."""
    heads = [
        Head(_l("Category")), Head(_l("Item or volume")), Head(_l("From year")), Head(_l("Until year")),
        Head(_l("Archival standard")), Head(_l("Title")), Head(_l("Understood, too")),
    ]  # fmt: skip
    return Table(heads, [Line(_line(each)) for each in standards.table()])


def _line(each: standards.Standard) -> list[object]:
    level = LEVELS[each.level] if each.level else ""
    years = [str(year or "") for year in (each.first, each.last)]
    return [CATEGORIES[each.category], level, *years, each.key, each.title, "、".join(each.aliases)]
