"""What the ledger adds to the paper of customers and files: what is held."""

from __future__ import annotations

from typing import Any

from app.archive.models import File
from app.customers.facts import total
from app.customers.models import Tenancy
from app.deposits import ledger
from app.deposits.models import DepositLine
from app.printing.subjects import SEALED, Facts, adds
from app.security import gate


@adds("customer", "file", parts={"deposits": DepositLine})
def held(record: Any) -> Facts:
    """Each kind of deposit held, in cents, and their sum; sealed like the lines they sum."""
    rows = [row for tenancy in _tenancies(record) for row in _rows(tenancy)]
    return {"deposits": rows, "deposit_total": total(row["amount_cents"] for row in rows)}


def _tenancies(record: Any) -> list[Tenancy]:
    if isinstance(record, File):
        return [record.tenancy] if record.tenancy else []
    return [tenancy for tenancy in record.tenancies if tenancy.state == "live"]


def _rows(tenancy: Tenancy) -> list[Facts]:
    sealed = gate.is_sealed(tenancy)
    return [
        {"unit": tenancy.unit.number, "kind": kind, "amount_cents": SEALED if sealed else cents}
        for kind, cents in ledger.balances(tenancy).items()
        if cents
    ]
