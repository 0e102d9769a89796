"""Makers of customers in the market, their sales and surveys; each fills in what is not said."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from app.archive import schemes
from app.customers.models import Customer
from app.demo import makers
from app.estate.models import Site
from app.kit.columns import today
from app.kit.moves import walk
from app.kit.session import db
from app.market import evaluations, knowing, links, profiles, quality, sales, surveys, terms
from app.market.models import MarketProfile, ProfileDatum, QualityNote, Sale, SalePayment, TermRequest
from app.market.survey_models import AnswerLink, Evaluation, Survey
from app.security import audit

SCHEME = "market_customers"
_numbers = itertools.count(1)


def make_profile(
    customer: Customer | None = None, *, site: Site | None = None, scheme: str = SCHEME, by: Any = None, **more: Any
) -> MarketProfile:
    """A customer in the market, under a shipped scheme, told by its first source that needs no verification."""
    makers.make_scheme()
    customer = customer or makers.make_customer(f"示例客户{next(_numbers)}有限公司", site=site)
    found = schemes.current(scheme)
    free = [each for each in found.body["market"]["sources"] if not each.get("needs_verification")]
    said = {"source": free[0]["key"], "facets": "", **more}
    return profiles.enter(MarketProfile(customer=customer, scheme=found, **said), by=by)


def make_datum(profile: MarketProfile, field: str, value: str, *, by: Any = None, **more: Any) -> ProfileDatum:
    """One more line about a customer, from where the profile is known."""
    said = {"source": profile.source, **more}
    return knowing.tell(ProfileDatum(profile=profile, field=field, value=value, **said), by=by)


def make_sale(profile: MarketProfile, cents: int = 10_000_00, *, by: Any = None, **more: Any) -> Sale:
    """A sale of ten units, the way the customer pays."""
    said = {"product": "示例产品", "region": "华东", "quantity": 10, **more}
    return sales.sell(Sale(profile=profile, amount_cents=cents, **said), by=by)


def make_payment(sale: Sale, cents: int, *, by: Any = None, **more: Any) -> SalePayment:
    return sales.pay(SalePayment(sale=sale, amount_cents=cents, **more), by=by)


def make_terms(profile: MarketProfile, mode: str = "account", *, by: Any, **more: Any) -> TermRequest:
    """Another way of paying, asked for."""
    said = {"why": "长期合作", **more}
    return terms.ask(TermRequest(profile=profile, payment_mode=mode, **said), by=by)


def agree(request: TermRequest, *people: Any) -> TermRequest:
    """Each of the people signs in turn."""
    steps = {"asked": "pass_on", "passed": "approve", "raised": "approve_high"}
    for person in people:
        walk(terms.MOVES, request, steps[request.state], by=person, write=audit.write)
    db.session.flush()
    return request


def make_link(profile: MarketProfile, survey: Survey | None = None, *, by: Any = None, **more: Any) -> AnswerLink:
    return links.issue(AnswerLink(profile=profile, survey=survey, **more), by=by)


def make_survey(
    site: Site, scheme: str = "mining_sales", kind: str = "satisfaction", *, by: Any = None, **more: Any
) -> Survey:
    """A survey that takes answers for a month."""
    makers.make_scheme()
    said = {"closes_on": today() + dt.timedelta(days=30), **more}
    return surveys.open_survey(Survey(site=site, scheme=schemes.current(scheme), kind=kind, **said), by=by)


def answer(link: AnswerLink, *marks: int, words: str = "") -> None:
    """The customer marks the questions in their order; the last mark counts for the rest."""
    keys = [key for key, _group, _said in links.asked_of(link)]
    said = {key: (marks[place] if place < len(marks) else marks[-1]) for place, key in enumerate(keys)}
    links.answer(link, said, "示例填表人", words)


def make_note(profile: MarketProfile, *, by: Any = None, **more: Any) -> QualityNote:
    said = {"product": "示例产品", "observed": "灰分略高", **more}
    return quality.note(QualityNote(profile=profile, **said), by=by)


def make_evaluation(
    site: Site, author: Any, reader: Any, *, scheme: str = "archive_post", by: Any = None, **more: Any
) -> Evaluation:
    """An evaluation that is due today."""
    makers.make_scheme()
    said = {"due_on": today(), **more}
    return evaluations.order(
        Evaluation(site=site, scheme=schemes.current(scheme), author=author, reader=reader, **said), by=by
    )
