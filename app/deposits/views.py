"""The deposit ledger as the desk sees it, and its part of the file's page."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import select

from app.archive.models import File
from app.deposits import rules
from app.deposits.models import DEPOSIT_KINDS, LINE_REASONS, DepositLine
from app.kit.labels import _l
from app.kit.pages import Cell, Event, Panel
from app.kit.records import RecordView, Titles
from app.kit.session import db
from app.security import gate


class DepositLineView(RecordView):
    """Lines are only added; there is nothing to edit."""

    datamodel = SQLAInterface(DepositLine)
    class_permission_name = "Deposit"
    route_base = "/deposits"
    titles = Titles(one=_l("Deposit line"), many=_l("Deposit ledger"), new=_l("New deposit line"))
    list_columns = ["booked_on", "tenancy", "kind", "reason", "amount_cents", "remark"]
    search_columns = ["kind", "reason", "booked_on"]
    order_columns = ["booked_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Deposit line"), ["tenancy", "kind", "reason", "amount_cents", "booked_on", "remark"])]
    add_columns = edit_columns = []


def panel(file: File) -> Panel | None:
    """Deposits on the file's page: kind and what is held."""
    if file.tenancy is None or not gate.may("list", "Deposit"):
        return None
    sealed = gate.is_sealed(file)
    rows = [
        [Cell(DEPOSIT_KINDS[kind]), Cell(gate.SEALED, "sealed") if sealed else Cell(cents, "money")]
        for kind, cents in rules.balances(file.tenancy).items()
    ]
    return Panel(_l("Deposits held"), [_l("Kind of deposit"), _l("Amount (yuan)")], rows, _l("No deposits."), key="deposits")


def timeline(file: File) -> Iterable[Event]:
    """Every line of the ledger."""
    if file.tenancy_id is None or not gate.may("list", "Deposit"):
        return
    for line in db.session.scalars(select(DepositLine).where(DepositLine.tenancy_id == file.tenancy_id)):
        url = url_for("DepositLineView.show", pk=line.id)
        what = f"{DEPOSIT_KINDS[line.kind]} · {LINE_REASONS[line.reason]}"
        yield Event(line.booked_on, what, Cell(line.amount_cents, "money"), url)
