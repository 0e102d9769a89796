"""What a roster says of customers: who is in the unit, whom to call, and the lease."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.customers import tenants
from app.customers.called import FIELDS
from app.customers.parties import Known, forget, prepare, release
from app.estate.models import Unit
from app.exchange import words
from app.exchange.fields import JOINED, VACANT, Row, said
from app.exchange.rows import absorb
from app.kit.labels import _l, label

__all__ = ["FIELDS", "PLACE", "apply", "forget", "notes", "plan", "prepare", "release", "tidy"]

PLACE = 20

OWNERS = said("业主 業主 产权人 owner landlord 自有")
TENANTS = said("租户 租戶 租客 承租 tenant lessee 住户")


# ---- before rows are looked at --------------------------------------------------------------------------------------


def tidy(rows: list[Row]) -> list[Row]:
    """Join rows that speak of one unit: owner and tenant, two that share it, the same tenant twice."""
    by_unit: dict[tuple[str, str], Row] = {}
    before: Row | None = None
    for row in rows:
        cells = _carry_unit(row, before)
        before = row
        unit = words.fold(words.text(cells.get("unit"))).lstrip("0")
        if not unit or words.is_blank(cells.get("name")) or words.is_vacant(cells.get("name")):
            continue
        key = (words.fold(words.text(cells.get("building"))), unit)
        other = by_unit.get(key)
        if other is None:
            by_unit[key] = row
        else:
            by_unit[key] = _join(other, row)
    return rows


def _carry_unit(row: Row, before: Row | None) -> Mapping[str, Any]:
    """The second of an owner's and a tenant's row may leave the unit blank; answers the row's cells."""
    cells = row.cells
    if before is None or before.sheet != row.sheet or not words.is_blank(cells.get("unit")):
        return cells
    if _role(row) and _role(before) and _role(before) != _role(row):
        row.put("unit", before.cells.get("unit"))
    return row.cells


def _join(first: Row, second: Row) -> Row:
    """Which of two rows of one unit counts; the other is told in it or refused."""
    roles = _role(first), _role(second)
    if roles == ("owner", "tenant"):
        _tell_owner(second, first)
        return second
    if roles == ("tenant", "owner") or roles == ("", "owner"):
        _tell_owner(first, second)
        return first
    if words.fold(words.text(first.cells["name"])) == words.fold(words.text(second.cells["name"])):
        absorb(first, second)
        return first
    if any("合租" in words.text(row.cells.get("remark")) for row in (first, second)):
        first.remark(f"合租：{_spoken(second)}")
        first.warn(
            _l("The unit is shared: the tenant of row %(row)s is kept in the remark.", row=second.number), "name"
        )
        second.state = JOINED
        return first
    second.wrong(_l("Row %(row)s names another tenant for this unit.", row=first.number), "name")
    return first


def _role(row: Row) -> str:
    typed = words.fold(words.text(row.cells.get("role")))
    if any(name in typed for name in TENANTS):
        return "tenant"
    return "owner" if any(name in typed for name in OWNERS) else ""


def _tell_owner(tenant: Row, owner: Row) -> None:
    """The tenant's row counts and says who the owner is."""
    tenant.plan["owner_row"] = _spoken(owner)
    for key in ("area", "floor", "use", "building"):
        if key in owner.cells and words.is_blank(tenant.cells.get(key)):
            tenant.put(key, owner.cells[key])
    owner.state = JOINED


def _spoken(row: Row) -> str:
    parts = [row.cells.get("name"), row.cells.get("daily_name"), row.cells.get("daily_phone")]
    return " ".join(words.text(part) for part in parts if not words.is_blank(part))


# ---- one row --------------------------------------------------------------------------------------------------------


def plan(row: Row, known: Known) -> None:
    """Decide whether the row names somebody, and what that changes."""
    _unfold(row)
    named = row.cells.get("name")
    _plan_owner(row)
    if words.is_vacant(named) or (words.is_blank(named) and _is_bare(row)):
        row.state = VACANT
        if tenants.live(row, known) is not None:
            row.warn(_l("The sheet says nobody is here, but the unit is let: nothing was changed."), "name")
        _warn_of_leftovers(row)
    elif not row.get("name") and not row.is_wrong and tenants.live(row, known) is None:
        row.wrong(_l("The row names no tenant, but other columns are filled in."), "name")
    elif not row.is_wrong:
        tenants.plan(row, known)


def _plan_owner(row: Row) -> None:
    """The owner has no record of her own: the unit's remark names her."""
    spoken = row.plan.get("owner_row") or " ".join(p for p in (row.get("owner_name"), row.get("owner_phone")) if p)
    if not spoken:
        return
    row.plan["unit_note"] = f"业主：{spoken}"
    unit = row.plan.get("unit")
    if unit is not None and row.plan["unit_note"] not in unit.remark:
        row.change(label(Unit, "remark"), unit.remark, row.plan["unit_note"])


def _unfold(row: Row) -> None:
    """Cells that say two things."""
    if "lease" in row.values:
        begins, ends = row.values["lease"]
        row.values.setdefault("starts_on", begins)
        row.values.setdefault("ends_on", ends)
    if "daily_both" in row.values:
        name, phone = row.values["daily_both"]
        row.values.setdefault("daily_name", name[:60])
        row.values.setdefault("daily_phone", phone)
    if row.get("emergency_name") == row.get("daily_name", None):
        row.values.setdefault("emergency_phone", row.get("daily_phone"))
    if row.get("starts_on", None) and row.get("ends_on", None) and row.get("ends_on") < row.get("starts_on"):
        row.wrong(_l("The lease ends before it begins."), "ends_on")


def _is_bare(row: Row) -> bool:
    """Nothing but the unit itself, its owner and a remark."""
    return not any(row.get(key) for key in TENANT_KEYS)


def _warn_of_leftovers(row: Row) -> None:
    """Amounts and remarks of a unit where nobody is have no place to be kept."""
    left = [key for key in AMOUNTS if row.get(key)] + (["remark"] if tenants.remark_of(row) else [])
    if left:
        row.warn(_l("The sheet says nobody is here, but gives an amount or a remark: it was not kept."), left[0])


AMOUNTS = said("rent deposit_rent deposit_fitout deposit_permit deposit_key deposit_card")
TENANT_KEYS = AMOUNTS + said(
    "licence industry representative id_number name_en daily_name daily_phone daily_email emergency_name",
    "emergency_phone finance_name finance_phone starts_on ends_on parking nameboard",
)


def apply(row: Row, known: Known, *, by: Any = None) -> None:
    """Write what was planned for a row that names somebody."""
    if row.state != VACANT:
        tenants.apply(row, known, by=by)


def notes(known: Known) -> list[Any]:
    """What to say about the whole import."""
    if not known.sealed_rows:
        return []
    return [
        _l(
            "%(count)s files are filed: their sealed columns were neither compared nor changed.",
            count=known.sealed_rows,
        )
    ]
