"""`flask forms`: what can be printed, printing without a browser, the typefaces."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.language import CODES
from app.kit.session import abandon_work, finish_work
from app.printing import finding, fonts, rules
from app.printing import forms as files

forms = AppGroup("forms", help="Printed forms.")
DAY = click.DateTime(["%Y-%m-%d"])


@forms.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def listing(as_json: bool) -> None:
    """List every form."""
    found = [_said(form) for form in files.all()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for form in found:
        names = form["titles"]
        click.echo(f"{form['key']}\t{form['code']}\t{names['zh_Hans']} {names['en']}\t{form['copies']}")


def _said(form: files.Form) -> dict[str, Any]:
    return {
        "key": form.key,
        "code": form.code,
        "titles": dict(form.titles),
        "subject": list(form.subject_keys),
        "list": form.many,
        "paper": form.paper,
        "copies": form.copy_count,
        "copy_labels": [dict(label) for label in form.copies],
        "permission": form.permission,
    }


@forms.command("print")
@click.argument("key")
@click.option("--id", "record_id", type=click.IntRange(min=1), help="Key of the record; a register needs none.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the PDF goes.")
@click.option("--lang", type=click.Choice(CODES), default="zh_Hans", show_default=True)
@click.option("--about", help="Which subject the key is of, where the form has several.")
@click.option("--from", "first", type=DAY, help="A register's first day; the first of this month.")
@click.option("--to", "last", type=DAY, help="A register's last day; today.")
def print_form(
    key: str, record_id: int | None, out: Path, lang: str, about: str | None,
    first: dt.datetime | None, last: dt.datetime | None,
) -> None:  # fmt: skip
    """Print KEY into a file; it is logged like every other print."""
    form = files.by_key(key)
    if form is None:
        raise click.ClickException(f"there is no form {key}")
    try:
        if form.many:
            days = (first.date() if first else form.declared()[0].first_day(), last.date() if last else today())
            printed = rules.print_list(form, finding.register(form, *days), by=None, language=lang)
        else:
            printed = rules.print_record(form, _record(form, record_id, about), by=None, language=lang)
        out.write_bytes(printed.pdf)
        finish_work()
    except (RuleError, fonts.FontsMissing, OSError) as error:
        abandon_work()
        raise click.ClickException(str(error)) from error
    click.echo(" ".join(line.serial for line in printed.lines))


def _record(form: files.Form, record_id: int | None, about: str | None) -> Any:
    if record_id is None:
        raise click.UsageError("--id is needed")
    found = finding.record(form, record_id, about)
    if found is None:
        raise click.ClickException(f"there is no record {record_id} for {form.key}")
    return found


@forms.command("fonts")
def cut_fonts() -> None:
    """Bring and cut the typefaces, once."""
    try:
        click.echo(fonts.prepare(Path(current_app.config["DATA_DIR"])))
    except fonts.FontsMissing as error:
        raise click.ClickException(str(error)) from error
