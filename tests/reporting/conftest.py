"""A site with something to count in every report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.arrears.models import Due, DuePayment
from app.complaints.models import Complaint
from app.demo import campaigns_makers, fonds_makers, makers, market_makers, storage_makers
from app.deposits.models import DepositLine
from app.estate.rules import find_site
from app.kit.columns import now, today
from app.kit.session import db, finish_work
from app.repairs.models import Repair, RepairKind
from app.trades.followed import FollowUp
from app.visits.models import Visit, VisitPlan
from tests.conftest import SITE
from tests.printing.conftest import text_of  # noqa: F401 - paper read back
from tests.standing import Made, Standing

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def _furnished(standing: Standing) -> Made:
    return standing(lambda: furnish(find_site(SITE), {name: makers.user(name) for name in ("clerk", "archivist")}))


@pytest.fixture
def furnished(_furnished: Made) -> Any:
    """Two let units on the fifth floor and a vacant one on the sixth; two of each kind of record."""
    return _furnished()


def furnish(site: Any, cast: Any) -> Any:
    building = makers.make_floor(site).building
    sixth = makers.estate.find_or_add_floor(building, "6F")
    units = [makers.make_unit(site=site, area_dm2=10_000), makers.make_unit(site=site, area_dm2=30_000, use="shop")]
    makers.make_unit("0699", floor=sixth, area_dm2=20_000)
    tenants = [
        makers.make_tenancy(unit, makers.make_customer(f"甲乙{unit.number}公司", site=site), ends_on=today() + 40 * DAY)
        for unit in units
    ]
    tenants[1].state, tenants[1].moved_out_on = "ended", today()
    for tenancy, cents in zip(tenants, (100_000, 50_000), strict=True):
        db.session.add(
            DepositLine(site_id=site.id, tenancy_id=tenancy.id, kind="rent", amount_cents=cents, booked_on=today())
        )
    file = makers.make_filed_file(makers.make_unit("0688", floor=sixth, area_dm2=0))
    makers.make_request(file, cast["clerk"])
    makers.make_document(makers.make_file(tenancy=tenants[0]))
    makers.make_document(makers.make_file(tenancy=tenants[0]), "visit", issued_on=today() - 4 * 366 * DAY)
    storage_makers.make_reading(storage_makers.make_store_room(site))
    _campaign(site, cast)
    _archives(site)
    _market(site)
    for place, tenancy in enumerate(tenants):
        told = {"site_id": site.id, "unit_id": tenancy.unit_id, "tenancy_id": tenancy.id}
        db.session.add_all([*_complaints(told, place), *_repairs(told, place), *_dues(told, place)])
        db.session.flush()
        _visits(told, place)
        db.session.add(_follow_up(site, tenancy, place))
    finish_work()
    return tenants


def _market(site: Any) -> None:
    """A customer with a sale, and one still to be won."""
    old, new = (makers.make_customer(name, site=site) for name in ("示例老客户", "示例新客户"))
    market_makers.make_sale(market_makers.make_profile(old, facets="period.present"))
    market_makers.make_profile(new, facets="period.future", potential=90)


def _archives(site: Any) -> None:
    """A volume, an item, and a number without a title."""
    fonds = fonds_makers.make_fonds(site)
    fonds_makers.make_volume(fonds)
    fonds_makers.make_item(fonds, state="bound", title="")


def _follow_up(site: Any, tenancy: Any, place: int) -> FollowUp:
    """One made by telephone today, the second still due."""
    made = {"state": "done", "channel": "phone", "done_on": today()} if place == 0 else {}
    return FollowUp(
        site_id=site.id, number=f"GF-T-{place}", scheme_key="health_products", customer=tenancy.customer, duty="rep",
        purpose="询问意见", due_on=today(), step="", **made,
    )  # fmt: skip


def _campaign(site: Any, cast: Any) -> None:
    """A campaign with a paper that has passed, a check and a task."""
    campaign = campaigns_makers.make_running(site, cast["archivist"])
    campaigns_makers.make_submission(campaign.parties[0], campaign.papers[0], 2020, passed=True)
    campaigns_makers.make_check(campaign.parties[0])
    campaigns_makers.make_task(campaign)


def _complaints(told: dict[str, Any], place: int) -> list[Any]:
    """One answered within its two hours and solved, the second late and still open."""
    begun = now() - 50 * HOUR
    shared = {**told, "number": f"TS-1999-{place}", "complainant": "王敏", "content": "漏水", "received_at": begun,
              "answer_due_at": begun + 2 * HOUR, "solve_due_at": begun + 24 * HOUR}  # fmt: skip
    if place:
        return [Complaint(**shared, kind="suggestion", state="received")]
    done = {"answered_at": begun + HOUR, "solved_at": begun + 10 * HOUR, "visited_at": begun + 12 * HOUR}
    return [Complaint(**shared, **done, state="closed", urgency="urgent", closed_at=begun + 13 * HOUR)]


def _repairs(told: dict[str, Any], place: int) -> list[Any]:
    kind = db.session.query(RepairKind).filter_by(name="给排水·测").first() or RepairKind(name="给排水·测", hours=24)
    begun = now() - 60 * HOUR
    more = {"done_at": begun + (20 + 30 * place) * HOUR, "needs_visit": True, "state": "closed"}
    more |= {"visited_at": begun + 55 * HOUR} if not place else {}
    return [
        Repair(**told, number=f"WX-1999-{place}", kind=kind, reporter="王敏", fault="滴水", reported_at=begun,
               due_at=begun + 24 * HOUR, paused_minutes=60, **more)
    ]  # fmt: skip


def _dues(told: dict[str, Any], place: int) -> list[Any]:
    due = Due(**told, number=f"QF-1999-{place}", amount_cents=90_000, due_on=today() - (10 + 90 * place) * DAY)
    paid = DuePayment(site_id=told["site_id"], due=due, amount_cents=30_000, paid_on=today())
    return [due, paid]


def _visits(told: dict[str, Any], place: int) -> None:
    plan = db.session.query(VisitPlan).filter_by(name="三季度走访").first() or VisitPlan(
        site_id=told["site_id"], name="三季度走访", from_on=today() - 30 * DAY, until_on=today()
    )
    visit = Visit(**told, number=f"ZF-1999-{place}", plan=plan, kind="quarterly", due_on=today() - DAY)
    visit.state = "planned" if place else "done"
    db.session.add(visit)
    db.session.flush()
