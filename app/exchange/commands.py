"""`flask import`: rosters from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.exchange import report as reports
from app.exchange import rules
from app.exchange.rules import Outcome
from app.kit.errors import RuleError
from app.kit.session import abandon_work, finish_work

importing = AppGroup("import", help="Bring in what houses keep in sheets.")


@importing.command("roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "site_name", required=True, help="The property; made when there is none of that name.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the wrong rows to this .xlsx.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts and the wrong and warned rows as JSON.")
@click.option("--all-or-nothing", is_flag=True, help="Take nothing in when any row is wrong.")
def roster(file: Path, site_name: str, dry_run: bool, report: Path | None, as_json: bool, all_or_nothing: bool) -> None:
    """Bring a roster in. Ends with 0 when it was read, also with wrong rows; with 1 when it cannot be read."""
    try:
        site = rules.find_or_make_site(site_name, make=not dry_run)
        outcome = rules.import_roster(
            file, site, dry_run=dry_run, all_or_nothing=all_or_nothing, progress=None if as_json else _bar
        )
    except RuleError as error:
        abandon_work()
        click.echo(str(error), err=True)
        sys.exit(1)
    if outcome.written:
        finish_work()
    else:
        abandon_work()
    if report is not None:
        report.write_bytes(reports.wrong_rows(outcome))
    click.echo(json.dumps(outcome.as_json(), ensure_ascii=False) if as_json else _told(outcome))


def _bar(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done}/{total}", nl=done == total, err=True)


def _told(outcome: Outcome) -> str:
    lines = ["  ".join(f"{name} {number}" for name, number in outcome.counts().items())]
    lines += [f"{sheet}: {why}" for sheet, why in outcome.skipped]
    lines += [str(note) for note in outcome.notes]
    for row, problem in outcome.problems():
        where = f"{row.sheet} {row.number}" + (f" {problem.column}" if problem.column else "")
        lines.append(f"{problem.level}: {where}: {problem.reason}")
    return "\n".join(lines)
