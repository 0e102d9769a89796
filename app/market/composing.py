"""Of what the sales are made up: by grade, product and region, and the customers behind each part (P3.07)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, func, literal, select

from app.kit.labels import _l
from app.kit.language import say
from app.kit.session import db
from app.market import policy
from app.market.models import MarketProfile, Sale
from app.reporting.asked import Asked
from app.security import gate

WAYS: dict[str, Any] = {"grade": _l("Grade"), "product": _l("Product"), "region": _l("Region")}
FACET = "facet"
LONGEST = 200
Inside = Callable[[Any, Any], Any]


class SchemeWords(Sequence[tuple[str, Any]]):
    """The schemes with a market part, to choose from; read when they are asked for."""

    def _words(self) -> list[tuple[str, Any]]:
        return [("", _l("All schemes")), *((key, str(of.scheme)) for key, of in policy.policies().items())]

    def __getitem__(self, place: Any) -> Any:
        return self._words()[place]

    def __len__(self) -> int:
        return len(self._words())

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._words())


def amounts(by: str, first: dt.date, last: dt.date, inside: Inside, scheme: str = "") -> dict[str, int]:
    """Part -> how much: quantities by product, amounts by grade and region."""
    key, measure = _key(by), Sale.quantity if by == "product" else Sale.amount_cents
    query = select(key, func.sum(measure)).select_from(Sale).join(MarketProfile, MarketProfile.id == Sale.profile_id)
    query = query.where(Sale.sold_on.between(first, last)).group_by(key).order_by(key)
    if scheme:
        query = query.where(MarketProfile.scheme_key == scheme)
    return {str(part): int(total or 0) for part, total in db.session.execute(inside(query, Sale))}


def _key(by: str) -> Any:
    if by == "grade":
        return MarketProfile.scheme_key + literal(".", String) + MarketProfile.grade
    return Sale.product if by == "product" else Sale.region


def name_of(by: str, part: str) -> str:
    """What a part is called."""
    if by == "grade":
        scheme, _dot, key = part.partition(".")
        of = policy.policies().get(scheme)
        return (of.word("grades", key) if of is not None else key) or str(_l("No grade"))
    if by == FACET:
        return dict(policy.marks(None)).get(part, part)
    return part


def before(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The period of the same length right before."""
    return first - (last - first) - dt.timedelta(days=1), first - dt.timedelta(days=1)


# --- the customers behind a part -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A part of a composition as it was asked for."""

    by: str
    part: str
    first: dt.date
    last: dt.date
    scheme: str = ""
    site_id: int | None = None


def read(args: Mapping[str, str]) -> Part | None:
    """What the address asks for; None for what makes no sense."""
    by, part = args.get("by", ""), args.get("part", "")[:LONGEST]
    if by not in (*WAYS, FACET) or not part:
        return None
    try:
        first, last = (dt.date.fromisoformat(args.get(name, "")) for name in ("from", "to"))
    except ValueError:
        return None
    site = args.get("site", "")
    site_id = int(site) if site.isascii() and site.isdigit() and len(site) < 10 else None
    return Part(by, part, first, last, args.get("scheme", "")[:LONGEST], site_id)


def customers(asked: Part) -> list[tuple[MarketProfile, int, int]]:
    """(profile, cents, quantity) of everybody in the part, most first; only those of the reader's sites."""
    of_days = and_(Sale.profile_id == MarketProfile.id, Sale.sold_on.between(asked.first, asked.last))
    cents, quantity = func.coalesce(func.sum(Sale.amount_cents), 0), func.coalesce(func.sum(Sale.quantity), 0)
    query: Any = select(MarketProfile, cents, quantity).join(Sale, of_days, isouter=asked.by == FACET)
    if asked.by == FACET:
        marks = literal(" ", String) + MarketProfile.facets + literal(" ", String)
        query = query.where(marks.contains(f" {asked.part} ", autoescape=True))
    else:
        query = query.where(_key(asked.by) == asked.part)
    if asked.scheme:
        query = query.where(MarketProfile.scheme_key == asked.scheme)
    if asked.site_id is not None:
        query = query.where(MarketProfile.site_id == asked.site_id)
    rows = db.session.execute(gate.scope(query, MarketProfile).group_by(MarketProfile.id))
    found = [(profile, int(total), int(many)) for profile, total, many in rows]
    return sorted(found, key=lambda row: (-(row[2] if asked.by == "product" else row[1]), row[0].id))


def facets(asked: Asked, scheme: str = "") -> list[tuple[str, str, str, str, int]]:
    """(scheme, mark, facet, word, customers) of every mark of the schemes, in the schemes' order (P3.01, P3.05)."""
    query = asked.inside(select(MarketProfile.scheme_key, MarketProfile.facets), MarketProfile)
    borne = [(key, marks.split()) for key, marks in db.session.execute(query)]
    found = []
    for key, of in policy.policies().items():
        for mark, facet, word in of.marks() if scheme in ("", key) else ():
            count = sum(mark in marks for scheme_key, marks in borne if scheme_key == key)
            found.append((key, mark, say(facet["name"]), say(word["name"]), count))
    return found
