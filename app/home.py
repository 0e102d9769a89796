"""The home page's board: what is due, what waits for my decision, what comes up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select

from app.archive import rules as archive
from app.archive.models import Document, File
from app.archive.page import class_name
from app.customers.models import Tenancy
from app.estate.models import Unit
from app.handovers.models import Handover
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.lookups.models import LookupRequest
from app.security import gate

SHOWN = 8


@dataclass
class Card:
    """One count that links to its list. `tone`: "", "warn" or "bad"."""

    title: Any
    count: int
    url: str
    tone: str = ""
    hint: Any = ""


@dataclass
class HomeBoard:
    """What `hudang/home.html` draws: groups of cards; only what the role may list."""

    user: Any
    groups: list[tuple[Any, list[Card]]]
    labels: list[File]
    expiring: list[tuple[Document, str]]

    @classmethod
    def of(cls, user: Any) -> HomeBoard:
        sites = gate.site_ids() or []
        groups = [(title, [card for card in cards if card is not None]) for title, cards in _groups(user)]
        reads_files = gate.may("list", "File")
        return cls(
            user=user,
            groups=[(title, cards) for title, cards in groups if cards],
            labels=archive.labels_to_reprint(sites, SHOWN) if reads_files else [],
            expiring=[(paper, class_name(paper)) for paper in archive.expiring(sites, SHOWN)] if reads_files else [],
        )


def _groups(user: Any) -> list[tuple[Any, list[Card | None]]]:
    return [
        (_l("Waits for me"), [_asked(), _passed(), _to_sign(user)]),
        (_l("Coming up"), [_expired_papers(), _expiring_papers(), _ending_leases()]),
        (_l("The estate"), [_files_open(), _files_filed(), _vacant_units()]),
    ]


def _count(query: Select[Any], model: type) -> int:
    return int(db.session.scalar(gate.scope(query, model)) or 0)


def _requests(state: str, move: str, title: Any) -> Card | None:
    if not gate.may(move, "LookupRequest"):
        return None
    number = _count(select(func.count(LookupRequest.id)).where(LookupRequest.state == state), LookupRequest)
    return Card(title, number, url_for("LookupRequestView.list", state=state), "warn" if number else "")


def _asked() -> Card | None:
    return _requests("asked", "pass_on", _l("Look-ups to pass on"))


def _passed() -> Card | None:
    return _requests("passed", "approve", _l("Look-ups to approve"))


def _to_sign(user: Any) -> Card | None:
    if not gate.may("sign", "Handover"):
        return None
    mine = (Handover.giver_id == user.id) | (Handover.receiver_id == user.id) | (Handover.supervisor_id == user.id)
    number = _count(select(func.count(Handover.id)).where(Handover.state == "signing", mine), Handover)
    return Card(
        _l("Hand-overs being signed"), number, url_for("HandoverView.list", state="signing"), "warn" if number else ""
    )


def _papers(title: Any, begin: dt.date | None, end: dt.date, tone: str) -> Card | None:
    if not gate.may("list", "Document"):
        return None
    query = select(func.count(Document.id)).where(Document.valid_until <= end)
    if begin is not None:
        query = query.where(Document.valid_until >= begin)
    number = _count(query, Document)
    url = url_for("DocumentView.list", valid_until_from=begin or "", valid_until_to=end)
    return Card(title, number, url, tone if number else "")


def _expired_papers() -> Card | None:
    return _papers(_l("Papers expired"), None, today() - dt.timedelta(days=1), "bad")


def _expiring_papers() -> Card | None:
    return _papers(_l("Papers expiring in 60 days"), today(), today() + dt.timedelta(days=60), "warn")


def _ending_leases() -> Card | None:
    if not gate.may("list", "Tenancy"):
        return None
    end = today() + dt.timedelta(days=90)
    query = select(func.count(Tenancy.id)).where(
        Tenancy.state == "live", Tenancy.ends_on >= today(), Tenancy.ends_on <= end
    )
    url = url_for("TenancyView.list", state="live", ends_on_from=today(), ends_on_to=end)
    return Card(_l("Leases ending in 90 days"), _count(query, Tenancy), url)


def _files(state: str, title: Any) -> Card | None:
    if not gate.may("list", "File"):
        return None
    number = _count(select(func.count(File.id)).where(File.state == state), File)
    return Card(title, number, url_for("FileView.list", state=state))


def _files_open() -> Card | None:
    return _files("open", _l("Files being completed"))


def _files_filed() -> Card | None:
    return _files("filed", _l("Files sealed"))


def _vacant_units() -> Card | None:
    if not gate.may("list", "Unit"):
        return None
    let = select(Tenancy.unit_id).where(Tenancy.state == "live")
    number = _count(select(func.count(Unit.id)).where(Unit.id.not_in(let)), Unit)
    return Card(_l("Vacant units"), number, url_for("UnitView.list"), hint=_l("without a tenant"))
