"""`python -m tests.bench.seed --rows 1000000 --folder DIR`: a made-up estate in a database of its own.

Always the same for one number of rows. Written in bulk past the console's rules, so only for measuring.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

import config
from app import create_app
from app.archive import schemes
from app.archive.custody import CustodyLine
from app.archive.models import Document, File, Scheme
from app.complaints import promises
from app.complaints.models import Complaint
from app.customers.models import Contact, Customer, Tenancy
from app.demo.cast import make_people
from app.estate import rules as estate_rules
from app.estate.models import Building, Floor, Place, Unit
from app.estate.models import Counter as Series
from app.kit.columns import now, today
from app.kit.session import db, finish_work
from app.printing import fonts
from app.repairs import kinds as repair_kinds
from app.repairs.models import Repair
from app.security import chain, crypto, setup
from app.security.models import AuditLine
from app.visits.models import Visit
from tests import scratch
from tests.bench import entries, estate
from tests.bench.bulk import Writer
from tests.bench.estate import Size, moment, site_of

PASSWORD = "Bench-Tower-2026!"
OF_ONE_SITE = ("clerk",)  # everybody else works for all sites: the hardest case for lists and search
EVENTS = {"repairs": 150, "complaints": 150, "visits": 100, "letters": 100}  # of the first file
TABLES = [
    model.__table__
    for model in (
        Building, Floor, Place, Unit, Customer, Contact, Tenancy, File, CustodyLine, Document, Repair, Complaint, Visit,
        Series,
    )
]  # fmt: skip


def settings(folder: Path, url: str = "") -> dict[str, Any]:
    """The console's configuration for a database in `folder`; the keys that are drawn lie there, too."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "keys").mkdir(exist_ok=True)
    (folder / "keys" / "demo_password").write_text(PASSWORD)
    fonts.prepare(config.ROOT / "var")
    scratch.share_fonts(folder)
    return config.load({"DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO_PASSWORD": PASSWORD})


def build(app: Flask, rows: int, audit_lines: int = 0, say: Any = lambda _words: None) -> None:
    """Fill an empty database."""
    size, names = Size(rows), estate.short_names()
    upgrade(directory=str(config.ROOT / "migrations"))
    holder = begin(app)
    say("begun")
    writer = Writer(db.engine)
    with writer.without_indexes(TABLES):
        for what in (_estate(writer, size), _customers(writer, size, names), _files(writer, size, holder),
                     _work(writer, size), _first_file(writer, size)):  # fmt: skip
            for table, count in what:
                say(f"{table.name}: {count}")
    say("indexes")
    entries.prepare(app, writer, say)
    if audit_lines:
        say(f"audit_line: {_audit(writer, size, audit_lines)}")
    writer.close([*TABLES, entries.TABLE])
    say("ready")


def begin(app: Flask) -> int:
    """People, sites, schemes and kinds, by the rules; answers the archivist's key."""
    setup.sync_permissions(app)
    schemes.load_shipped()
    promises.put_in()
    repair_kinds.default_kinds()
    people = make_people(PASSWORD)
    for number in range(1, estate.SITES + 1):
        site = estate_rules.add_site(f"和悦{number}号园", short_name=f"H{number}", manager_firm="和悦物业管理有限公司")
        for name, person in people.items():
            if number == 1 or name not in OF_ONE_SITE:
                estate_rules.assign(site, person)
    holder = people["archivist"].id
    finish_work()
    db.session.remove()
    return int(holder)


Written = Iterator[tuple[Any, int]]


def _estate(writer: Writer, size: Size) -> Written:
    for table, names, rows in (
        (Building.__table__, ("id", "site_id", "name"), estate.buildings(size)),
        (Floor.__table__, ("id", "site_id", "building_id", "name", "level"), estate.floors(size)),
        (Place.__table__, ("id", "site_id", "floor_id", "code", "name"), estate.places(size)),
        (Unit.__table__, ("id", "site_id", "building_id", "floor_id", "number", "area_dm2"), estate.units(size)),
    ):
        yield table, writer.put(table, names, rows)


def _customers(writer: Writer, size: Size, names: list[str]) -> Written:
    columns = (
        "id", "site_id", "kind", "name", "name_en", "licence_number", "industry", "representative", "id_number",
        "id_number_index",
    )  # fmt: skip
    context = "customer.id_number"
    rows = (
        (*row[:-1], crypto.encrypt(context, row[-1]), crypto.blind_index(context, row[-1]))
        for row in estate.customers(size, names)
    )
    yield Customer.__table__, writer.put(Customer.__table__, columns, rows)
    columns = ("id", "site_id", "customer_id", "name", "phone")
    yield Contact.__table__, writer.put(Contact.__table__, columns, estate.contacts(size))
    columns = (
        "id", "site_id", "unit_id", "customer_id", "state", "starts_on", "ends_on", "moved_out_on", "rent_cents",
    )  # fmt: skip
    yield Tenancy.__table__, writer.put(Tenancy.__table__, columns, estate.tenancies(size, today()))


def _files(writer: Writer, size: Size, holder: int) -> Written:
    scheme = schemes.current("office_tower")
    key, titles = scheme.id, {paper["key"]: paper["name"]["zh_Hans"] for paper in scheme.body["papers"]}
    query = select(Customer.id, Customer.name).where(Customer.id <= size.units)
    named = {each.id: each.name for each in db.session.execute(query)}
    db.session.remove()
    columns = (
        "id", "site_id", "number", "unit_id", "tenancy_id", "customer_id", "state", "opened_on", "filed_at", "place_id",
        "label_name",
    )  # fmt: skip
    rows = estate.files(size, today(), named)
    of_scheme = {"scheme_id": key, "scheme_key": "office_tower"}
    yield File.__table__, writer.put(File.__table__, columns, rows, custodian_id=holder, **of_scheme)
    lines = ((key, site_of(key), key, today().isoformat()) for key in range(1, size.units + 1))
    same = {"scheme_key": "office_tower", "holder_id": holder, "amount": 1}
    yield CustodyLine.__table__, writer.put(CustodyLine.__table__, ("id", "site_id", "file_id", "day"), lines, **same)
    columns = (
        "id", "site_id", "file_id", "paper_class", "title", "issued_on", "valid_until", "copy_kind", "pages",
        "filed_on",
    )  # fmt: skip
    papers = estate.documents(size, today(), titles)
    yield Document.__table__, writer.put(Document.__table__, columns, papers, ink_is_good=True, is_complete=True)


REPAIR = (
    "id", "site_id", "number", "unit_id", "tenancy_id", "kind_id", "fault", "reported_at", "due_at", "done_at",
    "closed_at", "state", "is_pending",
)  # fmt: skip


def _work(writer: Writer, size: Size) -> Written:
    kinds, last = len(repair_kinds.default_kinds()), Counter()
    db.session.remove()

    def counted() -> Iterator[tuple[Any, ...]]:
        for row in estate.repairs(size, now(), kinds):
            last[row[1], int(row[2].split("-")[1])] += 1
            yield row

    yield Repair.__table__, writer.put(Repair.__table__, REPAIR, counted())
    series = [(site, "WX", year, count) for (site, year), count in last.items()]
    yield Series.__table__, writer.put(Series.__table__, ("site_id", "series", "year", "last"), series)


def _first_file(writer: Writer, size: Size) -> Written:
    """The first file has 500 events."""
    at, first = now(), (1, 1, 1)  # site, unit, tenancy
    times = [moment(at, 60 * 24 * less) for less in range(1, 200)]
    key = size.repairs
    rows = [(key + n, 1, f"WX-{n:05d}", 1, 1, 1, "灯不亮", times[n], times[n], times[n], times[n], "closed", False)
            for n in range(1, EVENTS["repairs"] + 1)]  # fmt: skip
    yield Repair.__table__, writer.put(Repair.__table__, REPAIR, rows)
    columns = ("id", "number", "site_id", "unit_id", "tenancy_id", "complainant", "content", "received_at",
               "answer_due_at", "solve_due_at", "closed_at", "state", "waits_for")  # fmt: skip
    rows = [(n, f"TS-{n:05d}", *first, "林晚", "走廊灯不亮，晚上看不清路。", *[times[n]] * 4, "closed", "")
            for n in range(1, EVENTS["complaints"] + 1)]  # fmt: skip
    yield Complaint.__table__, writer.put(Complaint.__table__, columns, rows)
    columns = ("id", "number", "site_id", "unit_id", "tenancy_id", "due_on", "visited_at", "result", "state")
    rows = [(n, f"BF-{n:05d}", *first, times[n][:10], times[n], "satisfied", "done")
            for n in range(1, EVENTS["visits"] + 1)]  # fmt: skip
    yield Visit.__table__, writer.put(Visit.__table__, columns, rows)
    key = size.units * len(estate.PAPERS)
    columns = ("id", "site_id", "file_id", "paper_class", "title", "issued_on", "copy_kind")
    rows = [(key + n, 1, 1, "letter", f"第 {n} 号函", times[n][:10], "original")
            for n in range(1, EVENTS["letters"] + 1)]  # fmt: skip
    yield Document.__table__, writer.put(Document.__table__, columns, rows, filed_on=times[1][:10])


def _audit(writer: Writer, size: Size, lines: int) -> int:
    """Lines that go on from the chain's end, sealed like any; the head outside the database follows."""
    found = db.session.execute(select(AuditLine.id, AuditLine.mac).order_by(AuditLine.id.desc()).limit(1)).first()
    db.session.remove()
    heads = [chain.Head(*found) if found is not None else chain.START]
    columns = [*chain.SEALED_COLUMNS, "detail", "previous_mac", "mac"]
    with writer.without_indexes([AuditLine.__table__]):
        count = writer.put(AuditLine.__table__, columns, _sealed_lines(size, lines, heads))
    chain.move_anchor(heads[0])
    return count


def _sealed_lines(size: Size, lines: int, heads: list[chain.Head]) -> Iterator[tuple[Any, ...]]:
    secret, head, began = chain.key(), heads[0], now().replace(tzinfo=None) - dt.timedelta(days=365)
    step, detail = dt.timedelta(days=365) / lines, '{"ways":["open"]}'
    for count in range(lines):
        file = count * 7919 % size.units + 1
        at = (began + step * count).strftime("%Y-%m-%d %H:%M:%S.%f")
        values = (head.id + 1, at, 2, "supervisor", "read", "File", file, site_of(file), "127.0.0.1")
        mac = chain.seal(secret, head.mac, values, detail)
        yield *values, detail, head.mac, mac
        head = chain.Head(head.id + 1, mac)
    heads[0] = head


def counts() -> dict[str, int]:
    """How many records there are of what is measured."""
    models: list[Any] = [Customer, Unit, File, Document, Repair, Scheme, AuditLine]
    return {model.__tablename__: db.session.scalar(select(func.count(model.id))) or 0 for model in models}


def teller() -> Any:
    """Says each step with the seconds since the beginning."""
    began = time.perf_counter()

    def say(words: str) -> None:
        sys.stderr.write(f"{time.perf_counter() - began:7.1f} s  {words}\n")
        sys.stderr.flush()

    return say


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=10_000, help="customers; units, papers and repairs follow")
    options.add_argument("--audit", type=int, default=0, help="lines of the audit, e.g. ten times the rows")
    options.add_argument("--folder", type=Path, required=True, help="an empty one, which becomes a DATA_DIR")
    options.add_argument("--database", default="", help="a DATABASE_URL; without it SQLite in the folder")
    said = options.parse_args()
    app = create_app(settings(said.folder, said.database))
    with app.app_context():
        build(app, said.rows, said.audit, teller())


if __name__ == "__main__":
    main()
