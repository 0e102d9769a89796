"""The full house's deposits and fit-outs: over, so that amounts and what was said in them are kept back."""

from __future__ import annotations

from typing import Any

from app.customers.models import Tenancy
from app.demo import makers
from app.deposits.models import Deposit, DepositDeduction, DepositRefund
from app.estate.models import Site
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.kit.columns import now, today


def furnish(site: Site, tenancy: Tenancy, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    common: dict[str, Any] = {"site_id": site.id, "unit": tenancy.unit, "tenancy": tenancy}
    fitout = Fitout(
        **common, number=f"{mark}翻{number}", firm=f"{mark}工{number}", head=f"{mark}头{number}",
        head_phone="1990000000", starts_on=today(), ends_on=today(), until_on=today(), scope=f"{mark}隔{number}",
        deposit_cents=444_400 + number, review=f"{mark}审{number}", acceptance=f"{mark}验{number}", state="settled",
        applied_on=today(), permit_number=f"{mark}许{number}",
    )  # fmt: skip
    inside: dict[str, Any] = {"site_id": site.id, "fitout": fitout, "tenancy": tenancy}
    worker = FitoutWorker(
        **inside, name=f"{mark}匠{number}", id_number=f"110101{number:08d}0000", valid_until_on=today(),
        pass_number=f"{mark}进{number}",
    )  # fmt: skip
    inspection = FitoutInspection(**inside, inspected_on=today(), finding=f"{mark}查{number}")
    deposit = Deposit(
        **common, number=f"{mark}金{number}", customer=tenancy.customer, payable_cents=333_300 + number,
        state="received", is_owed=False, remark=f"{mark}备{number}",
    )  # fmt: skip
    refund = DepositRefund(
        **common, number=f"{mark}退{number}", deposit=deposit, settled_cents=222_200 + number,
        asked_cents=111_100 + number, payee=f"{mark}收{number}", bank=f"{mark}行{number}",
        bank_account=f"62220000{number:08d}", reason=f"{mark}缘{number}", refusal=f"{mark}拒{number}", state="refused",
        asked_by_id=makers.user("clerk").id, asked_at=now(),
    )  # fmt: skip
    deduction = DepositDeduction(
        site_id=site.id, refund=refund, tenancy=tenancy, amount_cents=99_900 + number, words=f"{mark}扣{number}"
    )
    return [fitout, worker, inspection, deposit, refund, deduction]
