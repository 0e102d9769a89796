"""A person known to every room, and a look for their words through all that is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.archive import scans
from app.archive.models import Document, File
from app.customers import rules as customers
from app.customers.models import Contact, Customer
from app.demo import makers
from app.deposits import rules as deposits
from app.deposits.models import DepositLine
from app.kit.columns import now, today
from app.kit.moves import walk
from app.kit.session import db, finish_work
from app.moving import keys
from app.privacy import consents, rules
from app.privacy.models import Consent, DataRequest
from app.security import audit

NAME, PHONE, ID_NUMBER = "司马青禾", "19900007788", "110101198001010002"
CONTACT, CONTACT_PHONE, EMAIL = "诸葛白露", "19900007799", "bailu@example.test"
WORDS = (NAME, PHONE, ID_NUMBER, CONTACT, CONTACT_PHONE, EMAIL)
PICTURE = b"\x89PNG"


def step(record: Any, name: str, by: Any, table: Any = rules.MOVES, **form: Any) -> Any:
    done = walk(table, record, name, by=by, write=audit.write, **form)
    db.session.flush()
    return done


def a_person(site: Any, *, number: str = "1204") -> File:
    """A private tenant with a contact, in a unit of their own."""
    customer = makers.make_customer(NAME, site=site, kind="person", representative=NAME, id_number=ID_NUMBER)
    tenancy = makers.make_tenancy(makers.make_unit(number, site=site), customer, nameboard=NAME, rent_cents=900_000)
    customers.set_contact(customer, "daily", CONTACT, CONTACT_PHONE)
    customers.set_contact(customer, "other", NAME, PHONE)
    customer.contacts[0].email = EMAIL
    db.session.flush()
    return makers.make_file(tenancy=tenancy, unit=tenancy.unit)


def known_everywhere(file: File, cast: Any) -> None:
    """The person's words in what every room keeps of them."""
    tenancy, unit, clerk = file.tenancy, file.unit, cast["clerk"]
    file.label_name, file.remark, file.customer.remark = NAME, f"{NAME} 常出差", f"{NAME} 难缠"
    complaint = makers.make_complaint(unit, complainant=CONTACT, phone=CONTACT_PHONE, content=f"{NAME} 家漏水")
    makers.make_repair(unit, reporter=NAME, phone=PHONE, fault=f"{NAME} 家水管漏水", complaint=complaint)
    makers.make_visit(unit, person_seen=CONTACT, phone=CONTACT_PHONE)
    makers.make_application(tenancy, applicant=NAME, phone=PHONE)
    makers.make_notice(unit, body=f"致 {NAME}：请关窗。")
    makers.make_violation(tenancy, description=f"{NAME} 堆放杂物")
    makers.make_fitout(tenancy, head=CONTACT, head_phone=CONTACT_PHONE)
    deposit = makers.make_deposit(tenancy, kind="key", cents=30_000, remark=f"{NAME} 的钥匙")
    deposits.take(DepositLine(amount_cents=30_000, method="cash", payer=NAME), deposit, by=clerk)
    keys.book(tenancy, "key", 2, to_whom=CONTACT, by=clerk)
    makers.make_document(file, "licence", title=f"{NAME} 执照", remark=f"{NAME} 交来")
    db.session.flush()


def a_picture(file: File, by: Any) -> Document:
    """A scan of an identity card, under the consent it needs."""
    consent(file.customer, by, "identity_scan")
    paper = makers.make_document(file, "identity", title=f"{NAME} 身份证")
    scans.keep(paper, scans.Ready(f"{NAME}.png", "image/png", PICTURE + NAME.encode()), by=by)
    finish_work()
    return paper


def consent(customer: Customer, by: Any, purpose: str = "contacting", verdict: str = "given", **more: Any) -> Consent:
    said = {"customer": customer, "purpose": purpose, "verdict": verdict, "way": "paper", **more}
    return consents.write_down(Consent(**said), by=by)


def ask(customer: Customer, by: Any, kind: str = "access", contact: Contact | None = None, **more: Any) -> DataRequest:
    """A request taken down at the desk."""
    return rules.take_down(DataRequest(customer=customer, contact=contact, kind=kind, asker=NAME, **more), by=by)


def approved(customer: Customer, cast: Any, kind: str, contact: Contact | None = None, **more: Any) -> DataRequest:
    """Taken down, verified, approved: three people."""
    request = ask(customer, cast["clerk"], kind, contact, **more)
    step(request, "verify", cast["supervisor"], proof="identity_card")
    step(request, "approve", cast["manager"])
    return request


def moved_out_long_ago(file: File, years: int = 40) -> None:
    """Everything over, the file closed, and every period of keeping passed."""
    then = today() - dt.timedelta(days=366 * years)
    file.state, file.closed_on, file.opened_on = "closed", then, then
    file.tenancy.state, file.tenancy.moved_out_on = "ended", then
    for paper in file.documents:
        paper.issued_on, paper.created_at = then, now() - dt.timedelta(days=366 * years)
    db.session.flush()


# --- looking for words in all that is stored ---


def hits(words: Iterable[str]) -> list[str]:
    """Each "table.column: word" of every cell of every table that holds one of them, word indexes and all."""
    wanted = [word.encode() for word in words]
    db.session.flush()
    return sorted(
        {
            f"{table}.{column}: {word.decode()}"
            for table in _tables()
            for row in db.session.execute(text(f'SELECT * FROM "{table}"')).mappings()
            for column, value in row.items()
            for word in wanted
            if value is not None and word in (value if isinstance(value, bytes) else str(value).encode())
        }
    )


def _tables() -> Iterator[str]:
    """As the database itself lists them."""
    if db.session.get_bind().dialect.name == "sqlite":
        yield from db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
    else:
        yield from db.session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))


def in_files(folder: Path, words: Iterable[str]) -> list[str]:
    """Each "path: word" of every file below the folder that holds one of them."""
    wanted = [word.encode() for word in words]
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "fonts" not in path.parts:
            content = path.read_bytes()
            found += [f"{path.name}: {word.decode()}" for word in wanted if word in content]
    return found
