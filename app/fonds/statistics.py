"""The basic statistics of the archive work of some days: what came, was arranged, used, opened, destroyed (P2.13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from app.archive.models import File
from app.fonds import ledgers
from app.fonds.models import ArchivalItem, Fonds
from app.fonds.sets import Opening, Transfer
from app.kit.labels import _l
from app.kit.session import db
from app.loans.models import Loan
from app.lookups.models import LookupRequest
from app.reporting.asked import Asked
from app.retention.models import Destruction


def figures(asked: Asked) -> Iterator[tuple[Any, Any, int, str | None]]:
    """(group, what, how many, the list of it), stock first, then what happened in these days."""
    stock, work, use = _l("Holdings"), _l("Archive work"), _l("Use of the archives")
    kept = sum(ledgers.by_holder(asked.inside).values(), start=ledgers.Totals())
    yield stock, _l("Fonds"), _count(asked, Fonds), "FondsView.list"
    yield stock, _l("Volumes 卷"), kept.volumes, "ArchivalItemView.list"
    yield stock, _l("Items 件"), kept.items, "ArchivalItemView.list"
    yield stock, _l("Files kept"), _count(asked, File, File.state != "destroyed"), "FileView.list"
    filed = asked.during(ArchivalItem.filed_on)
    yield work, _l("Items and volumes filed"), _count(asked, ArchivalItem, filed), "ArchivalItemView.list"
    taken = (Transfer.state == "done", asked.during(Transfer.done_on))
    yield work, _l("Transfers registered"), _count(asked, Transfer, *taken), "TransferView.list"
    gone = (Destruction.state == "done", asked.during(Destruction.done_at))
    yield work, _l("Destruction lists carried out"), _count(asked, Destruction, *gone), "DestructionView.list"
    opened = asked.during(ArchivalItem.opened_on)
    yield use, _l("Items opened to the public"), _count(asked, ArchivalItem, opened), "ArchivalItemView.list"
    batches = asked.during(Opening.published_on)
    yield use, _l("Batches published"), _count(asked, Opening, batches), "OpeningView.list"
    read = asked.during(LookupRequest.created_at)
    yield use, _l("Look-ups"), _count(asked, LookupRequest, read), "LookupRequestView.list"
    yield use, _l("Loans"), _count(asked, Loan, asked.during(Loan.created_at)), "LoanView.list"


def _count(asked: Asked, model: Any, *where: Any) -> int:
    query = asked.inside(select(func.count(model.id)).where(*where), model)
    return int(db.session.scalar(query) or 0)
