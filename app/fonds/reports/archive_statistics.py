"""档案工作基本情况统计: the basic statistics of the archive work (P2.13)."""

from __future__ import annotations

from app.fonds import statistics
from app.kit.labels import _l
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table


@report(
    _l("Statistics of the archive work"),
    group="files",
    permission="ArchivalItem",
    period="past",
    about=_l("What is kept, and what came, was arranged, used, opened and destroyed in these days."),
)
def archive_statistics(asked: Asked) -> Table:
    """One line a figure."""
    lines = [
        Line([group, what, number], list_url(endpoint) if endpoint else None)
        for group, what, number, endpoint in statistics.figures(asked)
    ]
    return Table([Head(_l("Part")), Head(_l("Figure")), Head(_l("How many"), "number")], lines)
