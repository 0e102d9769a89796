"""`flask search`: rebuild the prepared texts; find from the command line."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.kit.session import db, finish_work
from app.search import following, rules
from app.search.declared import declared
from app.search.models import SearchEntry

search = AppGroup("search", help="One box over everything.")


@search.command("rebuild")
def rebuild() -> None:
    """Prepare every record anew, in batches."""
    told = {"kind": ""}

    def tell(kind: str, done: int, total: int) -> None:
        if kind != told["kind"] or done >= total or done % 10_000 == 0:
            click.echo(f"{kind}: {done} / {total}")
        told["kind"] = kind

    click.echo(f"entries: {following.rebuild(db.session(), finish_work, tell)}")


@search.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, rules.MOST))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def find(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find WORDS in all sites, as the system sees them."""
    sites = list(db.session.scalars(select(SearchEntry.site_id).distinct()))
    found = rules.find(db.session(), " ".join(words), sites, list(declared.ready().kinds), limit)
    if as_json:
        keys = ("kind", "record_id", "opens", "opens_id", "title", "subtitle", "badge")
        told = [{key: getattr(one, key) for key in keys} for one in found]
        click.echo(json.dumps({"hits": told}, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.kind}\t{one.title}\t{one.subtitle}\t{one.opens} {one.opens_id}")
