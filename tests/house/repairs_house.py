"""The full house's repairs, arrears and violations: over, so that what was said in them is kept back."""

from __future__ import annotations

from typing import Any

from app.arrears.models import Due, DuePayment, Violation
from app.customers.models import Tenancy
from app.demo import makers
from app.estate.models import Site
from app.kit.columns import now, today
from app.repairs.models import Repair, RepairCost, RepairPicture, RepairStep


def furnish(site: Site, tenancy: Tenancy, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    common: dict[str, Any] = {"site_id": site.id, "unit": tenancy.unit, "tenancy": tenancy}
    repair = Repair(
        **common, number=f"{mark}修{number}", kind=makers.make_repair_kind(), reporter=f"{mark}报{number}",
        phone=f"1990007{number:04d}", fault=f"{mark}坏{number}", outcome=f"{mark}好{number}",
        remark=f"{mark}说{number}",
        reported_at=now(), due_at=now(), state="closed", closed_at=now(),
    )  # fmt: skip
    mine: dict[str, Any] = {"site_id": site.id, "repair": repair}
    step = RepairStep(**mine, act="close", state="closed", at=now(), opinion=f"{mark}见{number}")
    cost = RepairCost(
        **mine,
        what=f"{mark}料{number}",
        quantity=44_400 + number,
        price_cents=88_800 + number,
        amount_cents=88_800 + number,
    )
    picture = RepairPicture(
        **mine, blob=f"{number:047x}a", original_name=f"{mark}图{number}.png", media_type="image/png", size=1,
        sha256="0" * 64,
    )  # fmt: skip
    due = Due(
        **common, number=f"{mark}欠{number}", amount_cents=666_600 + number, due_on=today(), state="settled",
        reason=f"{mark}免{number}", remark=f"{mark}记{number}",
    )  # fmt: skip
    paid = DuePayment(
        site_id=site.id, due=due, amount_cents=666_600 + number, paid_on=today(), receipt=f"{mark}据{number}"
    )
    violation = Violation(
        **common, number=f"{mark}违{number}", found_on=today(), description=f"{mark}状{number}",
        demand=f"{mark}整{number}", reason=f"{mark}撤{number}", deduction_cents=55_500 + number, state="closed",
    )  # fmt: skip
    return [repair.kind, repair, step, cost, picture, due, paid, violation]
