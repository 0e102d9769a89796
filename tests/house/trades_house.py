"""The full house's duties, sheets, allocations and follow-ups: over, so that what was said in them is kept back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.estate.models import Site
from app.kit.columns import now, today
from app.kit.session import db
from app.trades.blanks import BlankIssue
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, AllocationPolicy, ContactSheet, DutyHolder

KEY = "health_products"
SITED: set[type] = {BlankIssue, DutyHolder, AllocationPolicy, ContactSheet, Allocation, EventSheet, FollowUp}


def furnish(site: Site, file: File, mark: str, number: int, clerk: Any, keeper: Any) -> list[Any]:
    """One of each, not yet stored: the clerk collected the customer, has it, and calls."""
    customer = file.customer
    common: dict[str, Any] = {"site_id": site.id, "scheme_key": KEY, "customer": customer}
    duty = DutyHolder(site_id=site.id, scheme_key=KEY, duty="rep", user=clerk, areas=f"{mark}区{number}")
    policy = db.session.scalar(select(AllocationPolicy).where(AllocationPolicy.site_id == site.id))  # one a site
    policy = policy or AllocationPolicy(site_id=site.id, scheme_key=KEY)
    sheet = ContactSheet(
        **common, number=f"{mark}集{number}", collector=clerk, name=f"{mark}顾名{number}", phone=f"19901{number:05d}1",
        address=f"{mark}顾址{number}", area=f"{mark}顾域{number}", birth_year=f"{mark}顾生{number}", gender="female",
        occupation=f"{mark}顾业{number}", household=f"{mark}顾户{number}", interests=f"{mark}顾趣{number}",
        remark=f"{mark}顾备{number}", has_consent=True, consent_by=f"{mark}顾愿{number}", consent_at=now(),
        client_signature=f"M1 1L{number % 300} 96.9", collector_signature=f"M1 1L{number % 300} 95.9",
        notice_version=1, state="allocated", submitted_at=now(), handed_over_at=now(), handed_to=keeper,
    )  # fmt: skip
    allocation = Allocation(
        **common, holder=clerk, rule="by_hand", reason=f"{mark}由新{number}", sheet=sheet, decided_by=keeper,
        decided_at=now(),
    )  # fmt: skip
    event = EventSheet(
        **common, number=f"{mark}会{number}", sheet=sheet, event_kind="gathering", event_on=today(), is_buyer=True,
        phone=f"19901{number:05d}2", address=f"{mark}会居{number}", bought=f"{mark}会购{number}",
        feedback=f"{mark}会馈{number}", wishes=f"{mark}会望{number}", state="kept", filler=clerk, made_on=today(),
        handed_over_on=today(), is_legible=True, checked_by=keeper, kept_by=keeper, kept_on=today(),
    )  # fmt: skip
    follow_up = FollowUp(
        **common, number=f"{mark}跟进{number}", event_sheet=event, duty="rep", step="", assignee=clerk,
        purpose=f"{mark}访旨{number}", due_on=today(), channel="phone", done_on=today(), result=f"{mark}访果{number}",
        guidance=f"{mark}访导{number}", asked_by=clerk, state="done",
    )  # fmt: skip
    blanks = BlankIssue(
        site_id=site.id, number=f"{mark}空{number}", scheme_key=KEY, quantity=1, first_no=number, last_no=number,
        holder=clerk, issued_by=keeper, issued_on=today(), state="issued",
    )  # fmt: skip
    return [duty, policy, sheet, allocation, event, follow_up, blanks]
