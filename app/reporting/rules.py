"""Which reports a reader may see, and what a report answers: always inside the gate, amounts only with the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.kit.session import before_commit, replica
from app.reporting import asked, pictures
from app.reporting.asked import Asked
from app.reporting.declaring import GROUPS, Report, all_reports
from app.reporting.tables import Table
from app.security import audit, gate

MONEY = ("money", "Report")


@dataclass
class Shown:
    """A report as its reader sees it; `drawn` are (title, SVG) of the pictures that show something."""

    report: Report
    asked: Asked
    table: Table
    drawn: list[tuple[Any, str]] = field(default_factory=list)


def _nothing(shown: Shown) -> Any:
    raise RuntimeError("printing was not handed in: set app.reporting.rules.print_report in create_app")


print_report: Callable[[Shown], Any] = _nothing


def offered() -> list[tuple[Any, list[Report]]]:
    """(group, its reports) that the acting user may see, in the order of the groups."""
    mine = [report for report in all_reports().values() if may_see(report)]
    groups = [(words, [report for report in mine if report.group == key]) for key, words in GROUPS.items()]
    return [(words, reports) for words, reports in groups if reports]


def may_see(report: Report) -> bool:
    """Whoever may list what a report counts."""
    return gate.may("list", report.permission)


def find(key: str) -> Report | None:
    return all_reports().get(key)


def title_of(key: str) -> Any:
    """What a report is called, for the audit; its key where there is none of that name any more."""
    found = find(key)
    return found.title if found is not None else key


def ask(report: Report, args: Mapping[str, str]) -> Shown:
    """Run a report for the acting user. 403 without the right to what it counts."""
    gate.demand("list", report.permission)
    parameters = asked.read(report.period, report.choices, args)
    with replica():
        table = report.make(parameters)
    if not gate.may(*MONEY):
        table = table.without_money()
    return Shown(report, parameters, table)


def draw(shown: Shown) -> Shown:
    """The same with its pictures drawn."""
    shown.drawn = [(each.title, pictures.draw(each)) for each in shown.table.pictures if not pictures.is_empty(each)]
    return shown


def note_export(shown: Shown) -> None:
    """A report that leaves as a file is a line in the audit, written before its first byte."""
    subject, detail = audit.Subject("Report", None, shown.asked.site_id), {"report": shown.report.key}
    person = gate.user()
    before_commit(lambda: audit.write("export", subject, detail, by=person))
