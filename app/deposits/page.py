"""What the deposits room says on a file's page."""

from __future__ import annotations

from flask import url_for

from app.archive.models import File
from app.deposits import rules
from app.deposits.models import DEPOSIT_KINDS, LINE_REASONS, DepositLine
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Panel
from app.security import gate


def chapter(file: File) -> Chapter:
    """Deposits on the file's page: kind and what is held; every line of the ledger is an event."""
    if file.tenancy is None or not gate.may("list", "Deposit"):
        return Chapter()
    lines = rules.lines_of(file.tenancy)
    gate.foresee(lines)
    return Chapter(panel=_panel(file, lines), events=[_event(line) for line in lines])


def _panel(file: File, lines: list[DepositLine]) -> Panel:
    held: dict[str, int] = {}
    for line in lines:
        held[line.kind] = held.get(line.kind, 0) + line.amount_cents
    sealed = gate.is_sealed(file)
    rows = [
        [Cell(DEPOSIT_KINDS[kind]), Cell(gate.SEALED, "sealed") if sealed else Cell(cents, "money")]
        for kind, cents in held.items()
    ]
    heads = [_l("Kind of deposit"), _l("Amount (yuan)")]
    return Panel(_l("Deposits held"), heads, rows, _l("No deposits."), key="deposits")


def _event(line: DepositLine) -> Event:
    what = f"{DEPOSIT_KINDS[line.kind]} · {LINE_REASONS[line.reason]}"
    return Event(line.booked_on, what, cell(line, "amount_cents"), url_for("DepositLineView.show", pk=line.id))
