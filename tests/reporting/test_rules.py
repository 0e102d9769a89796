"""What reports count: every one runs, inside the gate, and tells the figures that are there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from xml.etree import ElementTree

import pytest
from flask_babel import force_locale

from app.kit.columns import DESK_TIME, now, today
from app.reporting import declaring, months, rules
from app.reporting.declaring import ReportError, all_reports
from app.reporting.promises import Kept
from app.reporting.rules import Shown
from app.reporting.tables import Head, Line, Table
from app.security import roles
from tests.reporting.conftest import DAY, HOUR, furnish

Acting = Callable[[Any], AbstractContextManager[None]]
OF_EVERY_SITE = {"retention_table", "filing_standards"}  # the house's own tables
KEYS = sorted(path.stem for path in declaring.APP.glob("*/reports/*.py") if path.stem != "__init__")


def run(key: str, **args: str) -> Shown:
    report = rules.find(key)
    assert report is not None
    return rules.ask(report, args)


def column(shown: Shown, place: int) -> dict[str, Any]:
    """First cell -> the cell at `place`, of rows where it is something."""
    return {str(line.cells[0]): line.cells[place] for line in shown.table.lines if line.cells[place]}


def test_the_reports_are_found() -> None:
    assert sorted(all_reports()) == KEYS
    assert [key for key in all_reports() if not str(all_reports()[key].about)] == []


def test_a_report_over_an_unknown_period_is_refused() -> None:
    with pytest.raises(ReportError):
        declaring.report("x", group="estate", permission="Unit", period="some day")
    with pytest.raises(ReportError):
        declaring.report("x", group="nowhere", permission="Unit")


@pytest.mark.usefixtures("furnished")
def test_occupancy_counts_units_and_areas(acting: Acting, cast: Any) -> None:
    with acting(cast["manager"]):
        shown = run("occupancy")
        assert column(shown, 1) == {"6F": 2, "5F": 2}
        assert column(shown, 2) == {"6F": 1, "5F": 1}
        assert list(shown.table.totals or [])[1:] == [4, 2, 2, 0.5, 60_000, 10_000, pytest.approx(1 / 6)]
        by_use = run("occupancy", by="use")
        assert [line.cells[1] for line in by_use.table.lines] == [3, 1]


@pytest.mark.usefixtures("furnished")
def test_leases_count_in_the_month_they_end(acting: Acting, cast: Any) -> None:
    with acting(cast["clerk"]):
        assert column(run("leases_ending"), 1) == {f"{today() + 40 * DAY:%Y-%m}": 1}


@pytest.mark.usefixtures("furnished")
def test_look_ups_count_in_the_month_of_the_desk(acting: Acting, cast: Any) -> None:
    with acting(cast["archivist"]):
        assert column(run("use_of_files"), 1) == {f"{today():%Y-%m}": 1}


@pytest.mark.usefixtures("furnished")
def test_deposits_of_a_tenant_who_left_are_due_back(acting: Acting, cast: Any) -> None:
    with acting(cast["manager"]):
        (line,) = run("deposits_held").table.lines
        assert list(line.cells[1:]) == [2, 150_000, 1, 50_000]


@pytest.mark.usefixtures("furnished")
def test_who_may_not_see_amounts_counts_without_them(acting: Acting, cast: Any) -> None:
    with acting(cast["clerk"]):
        shown = rules.draw(run("deposits_held"))
        assert [head.kind for head in shown.table.heads] == ["text", "number", "number"]
        assert list(shown.table.lines[0].cells[1:]) == [2, 1]
        assert not [tile for tile in shown.table.tiles if tile.kind == "money"]
        assert len(shown.drawn) == 1 and "1,500" not in shown.drawn[0][1]


@pytest.mark.usefixtures("furnished")
def test_complaints_are_counted_by_what_was_asked(acting: Acting, cast: Any) -> None:
    month = f"{(now() - 50 * HOUR).astimezone(DESK_TIME):%Y-%m}"
    with acting(cast["supervisor"]):
        assert column(run("complaints"), 1) == {month: 2}
        with force_locale("en"):
            kinds = {str(line.cells[0]): list(line.cells[1:]) for line in run("complaints", by="kind").table.lines}
        assert kinds == {"Complaint": [1, 1, 0, 0], "Suggestion": [1, 0, 1, 0]}
        assert column(run("complaints", by="floor"), 1) == {"5F": 2}


@pytest.mark.usefixtures("furnished")
def test_a_promise_is_kept_late_or_not_yet_due(acting: Acting, cast: Any) -> None:
    with acting(cast["supervisor"]):
        (answered, solved, overdue) = (tile.value for tile in run("complaint_times").table.tiles)
        assert (answered, solved, overdue) == (0.5, 0.5, 2)
        urgent = run("complaint_times", by="urgency").table.lines[0].cells
        assert list(urgent[1:]) == [1, 1.0, pytest.approx(1.0), 1, 1.0, pytest.approx(10.0)]


def test_hours_in_which_the_clock_stood_do_not_count() -> None:
    kept, begun = Kept(), now() - dt.timedelta(hours=10)
    kept.note(begun, begun + dt.timedelta(hours=5), begun + dt.timedelta(hours=4), 60)
    kept.note(begun, now() + dt.timedelta(hours=5), None)
    assert (kept.kept, kept.late, kept.share, kept.median) == (1, 0, 1.0, 3.0)


@pytest.mark.usefixtures("furnished")
def test_repairs_are_counted_and_timed(acting: Acting, cast: Any) -> None:
    with acting(cast["supervisor"]):
        assert column(run("repairs", by="kind"), 1) == {"给排水·测": 2}
        (line,) = run("repair_times").table.lines
        assert list(line.cells[1:]) == [2, 0.5, pytest.approx(34.0), 0, 24]
        (visited,) = run("repair_visits").table.lines
        assert list(visited.cells[1:]) == [2, 0.3, 2, 1, 0.5, 1]


@pytest.mark.usefixtures("furnished")
def test_return_visits_and_coverage_are_shares(acting: Acting, cast: Any) -> None:
    with acting(cast["supervisor"]):
        assert run("complaint_visits").table.totals[1:] == [1, 1.0, 1, 1.0, 0]  # type: ignore[index]
        (line,) = run("visit_coverage").table.lines
        assert list(line.cells) == ["三季度走访", 2, 1, 0.5, 0, 1]


@pytest.mark.usefixtures("furnished")
def test_arrears_are_what_is_left_by_age(acting: Acting, cast: Any) -> None:
    with acting(cast["manager"]):
        lines = run("arrears_by_age").table.lines
        assert sorted(list(line.cells[1:]) for line in lines) == [
            [1, 0, 0, 0, 60_000, 60_000],
            [1, 60_000, 0, 0, 0, 60_000],
        ]
        assert run("arrears_by_age", by="kind").table.totals[1:] == [2, 60_000, 0, 0, 60_000, 120_000]  # type: ignore[index]


@pytest.mark.parametrize("key", [key for key in KEYS if key not in OF_EVERY_SITE])
def test_nothing_of_another_site_is_counted(acting: Acting, site: Any, cast: Any, key: str) -> None:
    """The stranger's reports are the same whether or not the cast's site has anything."""
    cast["stranger"].roles = cast["manager"].roles

    def told() -> Table:
        with acting(cast["stranger"]):
            return run(key).table

    before = told()
    furnish(site, cast)
    assert told() == before
    with acting(cast["manager"]):
        assert run(key).table != before


@pytest.mark.once
@pytest.mark.parametrize("role", list(roles.ROLES))
@pytest.mark.parametrize("is_furnished", [False, True])
def test_every_report_draws_well_formed_pictures(
    acting: Acting, site: Any, cast: Any, role: str, is_furnished: bool
) -> None:
    """For every role that may, with and without data: XML without script, style or address.

    A picture is drawn of numbers, whatever database they were counted in.
    """
    if is_furnished:
        furnish(site, cast)
    with acting(cast[role]):
        seen = [report for report in all_reports().values() if rules.may_see(report)]
        drawn = [svg for report in seen for svg in pictures_of(report)]
    for svg in drawn:
        assert not list(suspicious(ElementTree.fromstring(svg)))
    assert bool(drawn) == (is_furnished and bool(seen))


def pictures_of(report: declaring.Report) -> list[str]:
    choices = [(choice.name, value) for choice in report.choices for value, _words in choice.words] or [("", "")]
    return [svg for name, value in choices for _title, svg in rules.draw(rules.ask(report, {name: value})).drawn]


def suspicious(root: Any) -> Any:
    for part in root.iter():
        if str(part.tag).rsplit("}", 1)[-1] in {"script", "style", "a", "image", "use", "foreignObject"}:
            yield part.tag
        for name, value in part.attrib.items():
            if name == "style" or "href" in name or name.startswith("on") or "url(" in value or "//" in value:
                yield f"{name}={value}"


def test_a_table_without_money_has_as_many_cells_as_heads() -> None:
    table = Table(
        [Head("a"), Head("b", "money"), Head("c", "number")], [Line(["x", 1, 2])], ["t", 1, 2]
    ).without_money()
    assert [len(line.cells) for line in table.lines] == [len(table.heads)] == [2] and table.totals == ["t", 2]


def test_months_go_on_over_the_year() -> None:
    assert list(months.months(dt.date(2025, 11, 30), dt.date(2026, 2, 1))) == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert months.span("2024-02") == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
