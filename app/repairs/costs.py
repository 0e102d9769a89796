"""What a repair cost: lines that are only added to, and what of it the tenant is charged."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.arrears import rules as arrears
from app.arrears.models import Due
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.repairs.models import Repair, RepairCost
from app.security import audit

HUNDRED = 100
MOST_CENTS = 10**13
TAKES_COSTS = ("dispatched", "accepted", "paused", "done", "rated")


def add_cost(line: RepairCost, *, by: Any = None) -> RepairCost:
    """One more line, or a line taken back by naming it in `corrects`."""
    with db.session.no_autoflush:
        repair = line.repair
        if repair is None or not takes_costs(repair):
            raise RuleError(_l("Costs are written down from the dispatch to the closing."))
        line.site_id, line.repair_id = repair.site_id, repair.id
        if line.corrects is not None:
            _take_back(line, line.corrects)
        else:
            _check(line)
        line.amount_cents = amount(line.quantity, line.price_cents)
    db.session.add(line)
    db.session.flush()
    audit.write("add_cost", repair, {"line": line.id}, by=by)
    return line


def takes_costs(repair: Repair) -> bool:
    return repair.state in TAKES_COSTS


def amount(quantity: int, price_cents: int) -> int:
    """Hundredths times cents in cents; half a cent is rounded away from nothing."""
    cents, rest = divmod(abs(quantity) * price_cents, HUNDRED)
    cents += rest * 2 >= HUNDRED
    return -cents if quantity < 0 else cents


def _check(line: RepairCost) -> None:
    if not (line.what or "").strip():
        raise RuleError(_l("Say which material or work."), field="what")
    line.quantity = HUNDRED if line.quantity is None else line.quantity
    if line.quantity <= 0:
        raise RuleError(_l("A quantity is more than nothing."), field="quantity")
    if line.price_cents is None or line.price_cents < 0:
        raise RuleError(_l("A price is not less than nothing."), field="price_cents")
    if line.quantity * line.price_cents > MOST_CENTS:
        raise RuleError(_l("This is too much for one line."), field="price_cents")


def _take_back(line: RepairCost, old: RepairCost) -> None:
    """The line becomes the old one's opposite."""
    if old.repair_id != line.repair_id or old.corrects_id is not None:
        raise RuleError(_l("Only a line of this repair is taken back."), field="corrects")
    if db.session.scalar(select(RepairCost.id).where(RepairCost.corrects_id == old.id)) is not None:
        raise RuleError(_l("This line is taken back already."), field="corrects")
    line.corrects_id, line.what = old.id, old.what
    line.quantity, line.price_cents = -old.quantity, old.price_cents
    line.is_material, line.is_chargeable = old.is_material, old.is_chargeable


def chargeable(repair: Repair) -> int:
    """What the tenant is to pay, in cents: the sum of the lines."""
    total = select(func.coalesce(func.sum(RepairCost.amount_cents), 0))
    return int(db.session.scalar(total.where(RepairCost.repair_id == repair.id, RepairCost.is_chargeable)) or 0)


def charge(repair: Repair, *, by: Any = None) -> Due | None:
    """The due for it; None where there is nothing to pay, or nobody in the unit to pay it."""
    cents = chargeable(repair)
    if cents <= 0:
        return None
    if repair.tenancy is None:
        raise RuleError(_l("Nobody is in this unit: take back what is charged to the tenant."))
    return arrears.charge(repair.tenancy, "repair", cents, by=by, period=repair.number, repair_id=repair.id)
