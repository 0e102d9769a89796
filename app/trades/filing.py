"""A customer's file under a scheme, and the papers that are born here and lie in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from app.archive import born, opening
from app.archive.models import LIVE_STATES, Document, File
from app.customers.models import Customer
from app.kit.session import db
from app.trades import scheme


def file_of(customer_id: int, scheme_key: str) -> File | None:
    """The customer's live file under a scheme."""
    mine = (File.customer_id == customer_id, File.scheme_key == scheme_key, File.subject == "customer")
    return db.session.scalar(select(File).where(*mine, File.state.in_(LIVE_STATES)))


def open_for(customer: Customer, scheme_key: str, *, by: Any = None) -> File:
    """The customer's live file, opened where there is none yet."""
    found = file_of(customer.id, scheme_key)
    return found or opening.open_subject_file(scheme.scheme_of(scheme_key), customer.site, customer=customer, by=by)


def put_in(record: Any, paper_class: str, title: str, *, on: dt.date | None = None, by: Any = None) -> Document | None:
    """What is over lies in the customer's file as a paper, once; None where there is no live file."""
    file = record.file or file_of(record.customer_id, record.scheme_key)
    return born.put_in(file, record, paper_class, title, on=on, by=by)
