"""Who gets a letter, and what it says of them: in arrears, in breach of a rule, with a licence that runs out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.archive.models import LIVE_STATES, Document, File
from app.arrears.models import Due, Violation
from app.customers.models import Tenancy
from app.estate.models import Floor, Site, Unit
from app.kit.columns import today
from app.kit.labels import choices
from app.kit.session import db
from app.kit.shown import hundredths
from app.printing import money
from app.security import gate

MOST = 2000
LICENCE_DAYS = 60
DAYS_TO_ANSWER = 7


@dataclass(frozen=True)
class Addressee:
    """One tenancy with the words that fill the letter."""

    tenancy: Tenancy
    values: dict[str, str]


@dataclass(frozen=True)
class Reach:
    """Which tenants are looked at: of one site, of a floor, or of the units whose numbers were typed."""

    site: Site
    floor: Floor | None = None
    numbers: tuple[str, ...] = ()

    def tenants(self) -> Select[Any]:
        query = select(Tenancy).join(Unit, Tenancy.unit_id == Unit.id)
        query = query.where(Tenancy.state == "live", Tenancy.site_id == self.site.id)
        if self.floor is not None:
            query = query.where(Unit.floor_id == self.floor.id)
        if self.numbers:
            query = query.where(Unit.number.in_(self.numbers))
        return gate.scope(query, Tenancy)


def numbers_in(typed: str) -> tuple[str, ...]:
    """The unit numbers in what was typed: "2806, 2807"."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,，、;；]+", typed.strip()) if part))[:MOST]


def find(kind: str, reach: Reach, deadline: dt.date | None = None) -> list[Addressee]:
    """Who gets a letter of that kind, by unit; each tenancy once."""
    told = TOLD[kind](reach)
    query = reach.tenants().options(
        joinedload(Tenancy.customer),
        joinedload(Tenancy.unit).options(joinedload(Unit.floor), joinedload(Unit.building)),
    )
    if kind != "letter":
        query = query.where(Tenancy.id.in_(list(told)))
    tenants = list(db.session.scalars(query.order_by(Unit.number, Tenancy.id).limit(MOST)))
    last = deadline or today() + dt.timedelta(days=DAYS_TO_ANSWER)
    return [Addressee(each, common(each, reach.site, last) | told.get(each.id, {})) for each in tenants]


def common(tenancy: Tenancy, site: Site, deadline: dt.date) -> dict[str, str]:
    """What every letter may say."""
    return {
        "customer": tenancy.customer.name,
        "unit": tenancy.unit.number,
        "floor": tenancy.unit.floor.name,
        "building": tenancy.unit.building.name,
        "site": site.name,
        "manager_firm": site.manager_firm or site.name,
        "telephone": site.telephone,
        "today": str(today()),
        "deadline": str(deadline),
    }


def _keys(reach: Reach) -> Any:
    return reach.tenants().with_only_columns(Tenancy.id)


def _arrears(reach: Reach) -> dict[int, dict[str, str]]:
    """What is overdue, summed by tenancy, and since when."""
    query = select(Due).where(Due.state == "open", Due.due_on < today(), Due.tenancy_id.in_(_keys(reach)))
    owed = _by_tenancy(db.session.scalars(query.order_by(Due.due_on, Due.id)))
    return {key: _sum(dues) for key, dues in owed.items()}


def _sum(dues: Sequence[Any]) -> dict[str, str]:
    cents = sum(due.left_cents for due in dues)
    return {
        "amount": hundredths(cents),
        "amount_capitals": money.capitals(cents),
        "due_on": str(dues[0].due_on),
        "count": str(len(dues)),
    }


def _violations(reach: Reach) -> dict[int, dict[str, str]]:
    """The violations that are not put right yet."""
    query = select(Violation).where(Violation.state.in_(("found", "notified")), Violation.tenancy_id.in_(_keys(reach)))
    found = _by_tenancy(db.session.scalars(query.order_by(Violation.found_on, Violation.id)))
    words = choices(Violation, "what")
    return {
        key: {
            "violation": "；".join(f"{words[each.what]}：{gate.value(each, 'description')}" for each in each_found),
            "found_on": str(each_found[0].found_on),
        }
        for key, each_found in found.items()
    }


def _licences(reach: Reach) -> dict[int, dict[str, str]]:
    """The licence copies of live files that run out or have (P7.11), and that no newer one replaces."""
    replaced = select(Document.replaces_id).where(Document.replaces_id.is_not(None))
    query = (
        select(Document, File.tenancy_id)
        .join(File, Document.file_id == File.id)
        .where(File.state.in_(LIVE_STATES), File.tenancy_id.in_(_keys(reach)), Document.paper_class == "licence")
        .where(Document.valid_until <= today() + dt.timedelta(days=LICENCE_DAYS), Document.id.not_in(replaced))
        .options(joinedload(Document.file).joinedload(File.scheme))
        .order_by(Document.valid_until.desc(), Document.id)
    )
    told: dict[int, dict[str, str]] = {}
    for paper, key in db.session.execute(query):
        named = {each["key"]: each["name"]["zh_Hans"] for each in paper.file.scheme.body["papers"]}
        told[key] = {"licence": named[paper.paper_class], "valid_until": str(paper.valid_until)}
    return told


def _by_tenancy(records: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for record in records:
        found.setdefault(record.tenancy_id, []).append(record)
    return found


TOLD: dict[str, Any] = {
    "arrears": _arrears,
    "violation": _violations,
    "licence": _licences,
    "letter": lambda _reach: {},
}
SOURCES: dict[str, Any] = {"arrears": Due, "violation": Violation, "licence": Document}
