"""Lists, search, forms, a file's page, CSV and the weight of pages: ours beside the peers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint, select

from app.customers.models import Contact, Customer
from app.estate.models import Unit
from app.kit.session import db
from tests.bench import house, serving
from tests.bench.peering import DJANGO, Running
from tests.bench.report import Line
from tests.bench.serving import Get, Server

SEARCHES = (  # (key, what is typed, whether it is a telephone's)
    ("one", "瑞", False),
    ("two", "科技", False),
    ("three", "有限公", False),
    ("four", "有限公司", False),
    ("pinyin", "ruiheng", False),
    ("initials", "rhkj", False),
    ("tail", "4321", True),
    ("none", "齉齾", False),
    ("none4", "齉齾齉齾", False),
    ("no_tail", "0000000000", True),
)
PAGES = {  # whose statements are counted, and the most there may be
    "home": ("/", None),
    "list_of_customers": ("/customers/", None),
    "list_of_files": ("/files/", None),
    "search": ("/search/suggest?q=科技", None),
    "file_500": ("/files/1", 20),
    "file": ("/files/2", 20),
    "form": ("/tenancies/add", None),
}


@dataclass
class Field:
    """Everything that stands ready to be asked."""

    app: Flask
    large: Server
    small: Server
    peers: list[Running]
    rows: int
    small_rows: int
    rounds: int
    seconds: float

    def race(self, ours: Get, peers: dict[str, Get]) -> tuple[float, dict[str, float]]:
        """(ours, each peer's) median."""
        taken = serving.side_by_side({"ours": ours, **peers}, self.rounds, self.seconds)
        return taken.pop("ours"), taken


def lists(field: Field) -> Iterator[Line]:
    """Customers by name, 25 a page: the first page and the last."""
    last = -(-field.rows // 25)
    first_page, last_page = field.large.get("/customers/"), field.large.get(last_address(field.large, last))
    ours, theirs = field.race(first_page, {run.peer.name: run.page() for run in field.peers})
    yield Line("list_first", "list, first page", ours, peers=theirs).against_peer(DJANGO.name, 0.6)
    end, theirs = field.race(last_page, {run.peer.name: run.page(last=last) for run in field.peers})
    yield Line("list_last", "list, last page", end, peers=theirs).against_peer(DJANGO.name, 0.6)
    yield Line("last_by_first", "list, last page by first page", end / ours, "×").at_most(2)
    yield orders(field.app)


def last_address(server: Server, last: int, path: str = "/customers/") -> str:
    """The address of the last page: as the list itself links to it, else by its number."""
    page = server.ask(path).body.decode()
    linked = page.split('rel="last"')[0].rpartition('href="')[2].partition('"')[0] if 'rel="last"' in page else ""
    return linked.replace("&amp;", "&") or f"{path}?page={last}"


def searches(field: Field) -> Iterator[Line]:
    """What is offered while typing, beside the peers' lists that contain the same."""
    for key, typed, is_phone in SEARCHES:
        ours = field.large.get(f"/search/suggest?q={quote(typed)}")
        peers = {run.peer.name: run.page(typed=typed, contacts=is_phone) for run in field.peers}
        taken, theirs = field.race(ours, peers)
        line = Line(f"search_{key}", f"search “{typed}”", taken, peers=theirs)
        yield line.against_peer(DJANGO.name, 0.1, also=20)
    yield best_first(field)


def best_first(field: Field) -> Line:
    """How often the first hit for a whole name, unit or telephone is a record of exactly that."""
    with field.app.app_context():
        asked = [
            (name, name)
            for name in db.session.scalars(select(Customer.name).where(Customer.id.in_(range(5, 2000, 97))))
        ]
        asked += [
            (number, number)
            for number in db.session.scalars(select(Unit.number).where(Unit.id.in_(range(5, 2000, 97))))
        ]
        people = select(Contact.phone, Contact.name).where(Contact.id.in_(range(5, 2000, 97)))
        asked += [(phone, name) for phone, name in db.session.execute(people)]
        db.session.remove()
    right = sum(_first_title(field.large, typed) == wanted for typed, wanted in asked)
    return Line("best_first", "best hit first", 100 * right / len(asked), "%").at_least(100)


def _first_title(server: Server, typed: str) -> str:
    hits: list[dict[str, Any]] = json.loads(server.ask(f"/search/suggest?q={quote(typed)}").body)["hits"]
    return str(hits[0]["title"]) if hits else ""


def forms(field: Field) -> Iterator[Line]:
    """A tenancy's form, which offers every unit."""
    for key, what, path in (("form_add", "form to add, all units offered", "/tenancies/add"),
                            ("form_edit", "form to edit", "/tenancies/1/edit")):  # fmt: skip
        theirs = {
            run.peer.name: run.server.get(run.peer.form if key == "form_add" else run.peer.edit) for run in field.peers
        }
        ours, taken = field.race(field.large.get(path), theirs)
        yield Line(key, what, ours, peers=taken).against_peer(DJANGO.name, 0.02)


def file_page(field: Field) -> Iterator[Line]:
    """A unit's file: one of 500 events, and a usual one."""
    asked = {"500": field.large.get("/files/1"), "usual": field.large.get("/files/2"), "home": field.large.get("/")}
    taken = serving.side_by_side(asked, field.rounds, field.seconds)
    yield Line("file_500", "file with 500 events", taken["500"]).at_most(60)
    yield Line("file_usual", "file with 10 papers", taken["usual"])
    yield Line("home", "first page, all that is due", taken["home"])
    browser = house.client(field.app)
    for key, (path, most) in PAGES.items():
        count = house.statements(field.app, house.asked(browser, path))
        line = Line(f"sql_{key}", f"statements of {path}", count, "SQL")
        yield line if most is None else line.at_most(most)


def growth(field: Field) -> Iterator[Line]:
    """The same pages of a small house and of the large one, in turn."""
    same = {"list": "/customers/", "search": "/search/suggest?q=科技", "file": "/files/2"}
    pages = {what: (path, path) for what, path in same.items()}
    ends = ((field.small, field.small_rows), (field.large, field.rows))
    pages["last page"] = tuple(last_address(server, -(-rows // 25)) for server, rows in ends)  # type: ignore[assignment]
    for what, (at_small, at_large) in pages.items():
        asked = {"small": field.small.get(at_small), "large": field.large.get(at_large)}
        taken = serving.side_by_side(asked, field.rounds)
        note = f"{taken['small']:.1f} → {taken['large']:.1f} ms"
        told = f"growth of {what}, {field.small_rows:,} → {field.rows:,}"
        line = Line(f"growth_{what.replace(' ', '_')}", told, taken["large"] / taken["small"], "×", note=note)
        yield line.at_most(1.5) if what != "last page" else line


def export(field: Field) -> Iterator[Line]:
    """All customers as CSV, once each, and the memory of the worker meanwhile."""
    path, worker, theirs = "/customers/export.csv", field.large.worker(), {}
    field.large.ask("/customers/")
    before = serving.memory(worker, "VmRSS")
    serving.forget_peak(worker)
    ours = field.large.get(path)().took_ms / 1000
    most = serving.memory(worker)
    for run in field.peers:
        if (ask := run.export()) is not None:
            theirs[run.peer.name] = ask().took_ms / 1000
    yield Line("csv", "all rows as CSV", ours, "s", peers=theirs).against_peer(DJANGO.name, 0.4)
    yield Line("csv_memory", "memory of the worker meanwhile", most, "MB", note=f"{before:.0f} MB before").at_most(150)


def weights(field: Field) -> Iterator[Line]:
    """What a browser is sent."""
    first, later = house.weight(field.large, "/customers/")
    yield Line("weight_first", "first list with its files", first, "KB").at_most(60)
    yield Line("weight_later", "a list after that", later, "KB").at_most(15)


def orders(app: Flask) -> Line:
    """What lists are or may be sorted by, and no index serves."""
    missing = sorted(set(_without_index(app)))
    line = Line("orders", "offered orders without an index", float(len(missing)), "count", note=", ".join(missing[:6]))
    line.reach, line.reached = "none", not missing
    return line


def _without_index(app: Flask) -> Iterator[str]:
    for view in app.extensions["appbuilder"].baseviews:
        table = getattr(getattr(view, "model", None), "__table__", None)
        if table is not None and hasattr(view, "order_columns"):
            wanted = {*view.order_columns, view.base_order[0]} & set(table.c.keys())
            yield from (f"{table.name}.{name}" for name in wanted if not _has_index(table, name))


def _has_index(table: Any, name: str) -> bool:
    """The column leads an index or a key of its table, or follows the site in one."""
    led = [[column.name for column in key.columns] for key in (*table.indexes, *table.constraints)
           if isinstance(key, Index | UniqueConstraint | PrimaryKeyConstraint)]  # fmt: skip
    return bool(table.c[name].unique) or any(
        columns[:1] == [name] or columns[:2] == ["site_id", name] for columns in led
    )


PARTS: dict[str, Callable[[Field], Iterator[Line]]] = {
    "lists": lists,
    "search": searches,
    "file": file_page,
    "forms": forms,
    "csv": export,
    "growth": growth,
    "weight": weights,
}
