"""What deposits say on paper: a receipt, a settlement, and what is held of a customer or file."""

from __future__ import annotations

from typing import Any

from app.archive.models import File
from app.customers.facts import total
from app.customers.models import Customer, Tenancy
from app.deposits import ledger
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.estate import facts as estate
from app.printing.subjects import SEALED, Facts, adds, read, subject
from app.security import gate

PARTS: dict[str, type] = {**estate.PARTS, "deposit": Deposit, "customer": Customer, "tenancy": Tenancy}


def _has_number(line: DepositLine, _form: str) -> bool:
    """Only what was received has a receipt."""
    return bool(line.receipt_number)


@subject("receipt", DepositLine, parts=PARTS, fits=_has_number)
def receipt_facts(line: DepositLine) -> Facts:
    """One receipt, and what of its deposit is received with it and before it."""
    deposit = line.deposit
    assert deposit is not None
    before = [other for other in deposit.lines if other.id <= line.id and not other.goes_out]
    so_far = total(read(other, "amount_cents")["amount_cents"] for other in before)
    columns = ("receipt_number", "amount_cents", "booked_on", "kind", "method", "payer", "taken_by", "remark")
    return {
        "receipt": read(line, *columns),
        "deposit": _deposit(deposit),
        "so_far": so_far,
        "unit": estate.unit_facts(deposit.unit),
        "customer": read(deposit.customer, "name"),
        "site": estate.site_facts(deposit.site),
    }


def _deposit(deposit: Deposit) -> Facts:
    """The number alone: the deposit's own name says more than its column asks."""
    return read(deposit, "number", "kind", "payable_cents", "due_on", "state")


@subject("refund", DepositRefund, parts=PARTS | {"lines": DepositLine, "deductions": DepositDeduction})
def refund_facts(refund: DepositRefund) -> Facts:
    """A settlement: the receipts it is about, what is deducted and why, what is left to pay, and who has signed."""
    deposit = refund.deposit
    columns = ("number", "settled_cents", "asked_cents", "payee", "bank", "bank_account", "reason", "state", "method")
    signed = {
        role: {"name": name, "at": at} if (name := read(refund, f"{role}_by")[f"{role}_by"]) else None
        for role in ("asked", "checked", "approved")
        for at in [read(refund, f"{role}_at")[f"{role}_at"]]
    }
    kept = [read(line, "why", "amount_cents", "words") for line in refund.deductions]
    return {
        "refund": read(refund, *columns, "paid_on", "paid_by"),
        "deposit": _deposit(deposit),
        "lines": [
            read(line, "booked_on", "reason", "receipt_number", "amount_cents", "payer")
            for line in deposit.lines
            if line.refund_id != refund.id
        ],
        "deductions": kept,
        "deducted": total(line["amount_cents"] for line in kept) if kept else 0,
        "signed": {role: given for role, given in signed.items() if given},
        "unit": estate.unit_facts(deposit.unit),
        "customer": read(deposit.customer, "name"),
        "site": estate.site_facts(deposit.site),
    }


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
