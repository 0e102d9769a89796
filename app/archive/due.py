"""Files and papers that ask for something to be done; found by walking the order's index until there are enough."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import aliased, selectinload

from app.archive.models import LIVE_STATES, Document, File
from app.customers.models import Customer
from app.kit.columns import today
from app.kit.looked_at import looked_at
from app.kit.session import db


def labels_to_reprint(site_ids: list[int], most: int) -> list[File]:
    """Live files whose label shows another name than the customer's (P10.05), by number."""
    query = (
        select(File)
        .join(Customer, File.customer_id == Customer.id)
        .where(looked_at(File.site_id).in_(site_ids), looked_at(File.state).in_(LIVE_STATES))
        .where(File.title == "", File.label_name != Customer.name)
        .options(selectinload(File.unit), selectinload(File.customer))
        .order_by(File.number, File.id)
        .limit(most)
    )
    return list(db.session.scalars(query))


def expiring(site_ids: list[int], most: int, within_days: int = 60) -> list[Document]:
    """Papers of live files whose validity ends within so many days or has ended (P7.11), soonest first."""
    until = today() + dt.timedelta(days=within_days)
    in_file = selectinload(Document.file)
    newer = aliased(Document)
    is_replaced = select(newer.id).where(newer.replaces_id == Document.id).exists()
    query = (
        select(Document)
        .join(File, Document.file_id == File.id)
        .where(looked_at(File.site_id).in_(site_ids), looked_at(File.state).in_(LIVE_STATES))
        .where(Document.valid_until <= until, ~is_replaced)
        .options(
            in_file.selectinload(File.unit), in_file.selectinload(File.customer), in_file.selectinload(File.scheme)
        )
        .order_by(Document.valid_until, Document.id)
        .limit(most)
    )
    return list(db.session.scalars(query))
