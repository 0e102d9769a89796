"""What the deposits room says on a file's page."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from app.archive.models import File
from app.deposits import rules
from app.deposits.models import DEPOSIT_KINDS, LINE_REASONS
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Event, Panel
from app.security import gate


def panel(file: File) -> Panel | None:
    """Deposits on the file's page: kind and what is held."""
    if file.tenancy is None or not gate.may("list", "Deposit"):
        return None
    sealed = gate.is_sealed(file)
    rows = [
        [Cell(DEPOSIT_KINDS[kind]), Cell(gate.SEALED, "sealed") if sealed else Cell(cents, "money")]
        for kind, cents in rules.balances(file.tenancy).items()
    ]
    heads = [_l("Kind of deposit"), _l("Amount (yuan)")]
    return Panel(_l("Deposits held"), heads, rows, _l("No deposits."), key="deposits")


def timeline(file: File) -> Iterable[Event]:
    """Every line of the ledger."""
    if file.tenancy is None or not gate.may("list", "Deposit"):
        return
    lines = rules.lines_of(file.tenancy)
    gate.foresee(lines)
    for line in lines:
        what = f"{DEPOSIT_KINDS[line.kind]} · {LINE_REASONS[line.reason]}"
        yield Event(line.booked_on, what, cell(line, "amount_cents"), url_for("DepositLineView.show", pk=line.id))
