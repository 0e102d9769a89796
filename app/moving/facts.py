"""What a move says on paper."""

from __future__ import annotations

from app.deposits import ledger
from app.deposits.models import DepositLine
from app.estate import facts as estate
from app.moving import checklists, keys, meters
from app.moving.models import HeldKey, Moving, MovingItem
from app.printing.subjects import SEALED, Facts, read, subject
from app.security import gate

COLUMNS = (
    "number", "kind", "asked_on", "planned_on", "notice_given_on", "is_authorised", "contact", "phone", "forwarding",
    "remark", "property_by", "property_on", "engineering_by", "engineering_on", "security_by", "security_on", "state",
    "closed_on", "closed_by",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "items": MovingItem, "held": HeldKey, "deposits": DepositLine}


@subject("moving", Moving, parts=PARTS, fits=lambda moving, key: key == f"move_{moving.kind}")
def moving_facts(moving: Moving) -> Facts:
    """The move, its checklist, the meters side by side, what is out of keys, and the deposits held."""
    tenancy = moving.tenancy
    return {
        "moving": read(moving, *COLUMNS),
        "site": estate.site_facts(moving.site),
        "unit": estate.unit_facts(moving.unit),
        "customer": read(tenancy.customer if tenancy else None, "name", "name_en"),
        "tenancy": read(tenancy, "starts_on", "ends_on"),
        "items": [_item(item) for item in moving.items if item.section != "meters"],
        "meters": [
            {"words": dict(meter.words), "at_in": meter.at_in, "at_out": meter.at_out, "used": meter.used}
            for meter in (meters.of_tenancy(tenancy.id) if tenancy else [])
        ],
        "held": [{"kind": kind, "quantity": count} for kind, count in (keys.held(tenancy) if tenancy else {}).items()],
        "deposits": _deposits(moving),
    }


def _item(item: MovingItem) -> Facts:
    words = {"section": item.section, "words": dict(checklists.words_of(item))}
    return read(item, "quantity", "is_done", "done_by", "done_on", "remark", "expected") | words


def _deposits(moving: Moving) -> list[Facts]:
    """Each kind of deposit held, in cents; sealed like the lines they sum."""
    if moving.tenancy is None:
        return []
    sealed = gate.is_sealed(moving.tenancy)
    return [
        {"kind": kind, "amount_cents": SEALED if sealed else cents}
        for kind, cents in ledger.balances(moving.tenancy).items()
        if cents
    ]
