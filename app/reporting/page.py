"""What a report's page is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup
from wtforms.form import BaseForm

from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Link
from app.reporting import months
from app.reporting.rules import MONEY, Shown
from app.reporting.saying import said
from app.reporting.tables import FIGURES, Table
from app.security import gate


@dataclass
class ReportPage:
    """`tiles` (label, words, tone); `pictures` (title, SVG, address); `rows` of words, figures by `is_figure`."""

    title: Any
    about: Any
    words: list[tuple[Any, Any]]
    form: BaseForm | None
    spans: list[Link]
    tiles: list[tuple[Any, str, str]]
    pictures: list[tuple[Any, Markup, str]]
    heads: list[tuple[Any, bool]]
    rows: list[tuple[Any, list[str]]]
    totals: list[str] | None
    notes: list[Any]
    exports: list[Link]
    print_url: str


def of(shown: Shown) -> ReportPage:
    """The page of a report that was asked and drawn."""
    table, key = shown.table, shown.report.key
    args: dict[str, Any] = dict(shown.asked.args)
    return ReportPage(
        title=shown.report.title,
        about=shown.report.about,
        words=list(shown.asked.words),
        form=shown.asked.form,
        spans=spans(shown),
        tiles=[(tile.label, said(tile.value, tile.kind), tile.tone) for tile in table.tiles],
        pictures=[
            (title, Markup(svg), url_for("ReportView.picture", key=key, n=number, **args))  # noqa: S704 - drawn here
            for number, (title, svg) in enumerate(shown.drawn, 1)
        ],
        heads=[(head.label, head.kind in FIGURES) for head in table.heads],
        rows=[(line, _said(table, line.cells)) for line in table.lines],
        totals=_said(table, table.totals) if table.totals is not None and table.lines else None,
        notes=notes(table),
        exports=_exports(key, args),
        print_url=url_for("ReportView.print", key=key, **args) if gate.may("print", "Report") else "",
    )


def _said(table: Table, cells: Any) -> list[str]:
    return [said(value, head.kind) for value, head in zip(cells, table.heads, strict=True)]


def notes(table: Table) -> list[Any]:
    """How the figures were made, and that amounts are kept back where they are."""
    return list(table.notes) if gate.may(*MONEY) else [*table.notes, _l("Amounts are kept back from your role.")]


def _exports(key: str, args: dict[str, Any]) -> list[Link]:
    if not gate.may("export", "Report"):
        return []
    words = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
    return [Link(word, url_for("ReportView.export", key=key, ending=ending, **args)) for ending, word in words]


def spans(shown: Shown) -> list[Link]:
    """Days that are asked for often, the other parameters kept."""
    now = today()
    this_month, this_year = now.replace(day=1), now.replace(month=1, day=1)
    last_month, last_year = months.next_month(now, -1), this_year.replace(year=now.year - 1)
    day = dt.timedelta(days=1)
    offers: dict[str, list[tuple[Any, dt.date, dt.date]]] = {
        "past": [
            (_l("This month"), this_month, now),
            (_l("Last month"), last_month, this_month - day),
            (_l("This year"), this_year, now),
            (_l("Last year"), last_year, this_year - day),
            (_l("12 months"), months.next_month(now, -11), now),
        ],
        "ahead": [
            (_l("3 months"), this_month, months.next_month(now, 3) - day),
            (_l("12 months"), this_month, months.next_month(now, 12) - day),
            (_l("3 years"), this_month, months.next_month(now, 36) - day),
        ],
    }
    return [
        Link(words, _url(shown, first, last), current=(first, last) == (shown.asked.first, shown.asked.last))
        for words, first, last in offers.get(shown.report.period, [])
    ]


def _url(shown: Shown, first: dt.date, last: dt.date) -> str:
    args: dict[str, Any] = {**shown.asked.args, "from": first.isoformat(), "to": last.isoformat()}
    return url_for("ReportView.show", key=shown.report.key, **args)
