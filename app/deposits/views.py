"""Deposits, receipts and refunds as the desk sees them."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.deposits import deductions, refunds, rules
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


def take(line: DepositLine, *, by: Any) -> DepositLine:
    """A receipt typed in; the form's own key stays on it."""
    line.once = f"{by.id}:{key}"[:64] if (key := request.form.get("once", "")) else ""
    return rules.take(line, line.deposit, by=by)


def what_is_owed(draft: Any) -> dict[str, Any]:
    """A receipt is usually over all that is owed, paid by the tenant."""
    deposit = draft.deposit
    return {"amount_cents": deposit.owed_cents, "payer": str(deposit.customer)} if deposit is not None else {}


def what_is_held(draft: Any) -> dict[str, Any]:
    """A refund usually goes to the tenant."""
    return {"payee": str(draft.deposit.customer)} if draft.deposit is not None else {}


def of_fitout(draft: Any) -> dict[str, Any]:
    """What a fit-out's deposit is to be."""
    fitout = draft.fitout
    return {"unit": fitout.unit, "kind": "fitout", "payable_cents": fitout.deposit_cents} if fitout is not None else {}


def refund_of(deduction: DepositDeduction) -> str:
    return url_for("DepositRefundView.show", pk=deduction.refund_id)


def deposit_of(line: DepositLine) -> str:
    return url_for("DepositView.show", pk=line.deposit_id)


class DepositLineView(RecordView):
    """Lines are only added: by a receipt, or by a step of the deposit."""

    datamodel = SQLAInterface(DepositLine)
    class_permission_name = "DepositLine"
    route_base = "/deposit-lines"
    titles = Titles(one=_l("Deposit line"), many=_l("Deposit ledger"), new=_l("Receive a deposit"))
    list_columns = ["booked_on", "deposit", "tenancy", "kind", "reason", "amount_cents", "receipt_number", "method"]
    search_columns = ["receipt_number", "kind", "reason", "method", "booked_on"]
    order_columns = ["booked_on", "receipt_number"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Receipt"), ["deposit", "amount_cents", "method", "payer", "remark"])]
    show_fieldsets = [
        (_l("Deposit line"), ["deposit", "tenancy", "kind", "reason", "amount_cents", "booked_on", "remark"]),
        (_l("Receipt"), ["receipt_number", "method", "payer", "taken_by", "refund", "corrects"]),
    ]
    on_add = take
    known = what_is_owed
    after_add = deposit_of
    parent_takes = rules.takes_money


class DepositDeductionView(RecordView):
    """What is kept back, line by line; a wrong line is taken back by another."""

    datamodel = SQLAInterface(DepositDeduction)
    class_permission_name = "DepositDeduction"
    route_base = "/deposit-deductions"
    titles = Titles(one=_l("Deduction"), many=_l("Deductions"), new=_l("New deduction"))
    list_columns = ["refund", "why", "amount_cents", "words", "corrects"]
    search_columns = ["why"]
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Deduction"), ["refund", "why", "amount_cents", "words"]),
        (_l("Because of"), ["violation", "due", "corrects"]),
    ]
    on_add = deductions.deduct
    after_add = refund_of
    parent_takes = deductions.takes_deductions


class DepositRefundView(RecordView):
    """Settlements: asked, checked and approved by three people, then paid out once (G3)."""

    datamodel = SQLAInterface(DepositRefund)
    class_permission_name = "DepositRefund"
    route_base = "/deposit-refunds"
    titles = Titles(one=_l("Refund"), many=_l("Refunds"), new=_l("Ask for a refund"))
    list_columns = ["number", "unit", "deposit", "settled_cents", "asked_cents", "state", "asked_by", "asked_at"]
    search_columns = ["number", "state", "asked_at", "paid_on"]
    order_columns = ["number", "asked_at", "paid_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Refund"), ["deposit", "settled_cents", "reason"]),
        (_l("To whom"), ["payee", "bank", "bank_account"]),
    ]
    show_fieldsets = [
        (_l("Refund"), ["number", "deposit", "unit", "tenancy", "settled_cents", "asked_cents", "reason"]),
        (_l("To whom"), ["payee", "bank", "bank_account", "method", "paid_on", "paid_by"]),
        (_l("Who has signed"), ["asked_by", "asked_at", "checked_by", "checked_at", "approved_by", "approved_at"]),
        (_l("Refusal"), ["refusal"]),
    ]
    edit_columns = []
    on_add = refunds.ask
    known = what_is_held
    parent_takes = refunds.may_ask
    moves = refunds.MOVES
    related_views = [DepositDeductionView]


class DepositView(RecordView):
    """What tenants leave with the desk: due, received in parts, returned or kept."""

    datamodel = SQLAInterface(Deposit)
    class_permission_name = "Deposit"
    route_base = "/deposits"
    titles = Titles(one=_l("Deposit"), many=_l("Deposits"), new=_l("New deposit"))
    list_columns = ["number", "unit", "customer", "kind", "payable_cents", "held_cents", "due_on", "state"]
    search_columns = ["number", "kind", "state", "is_owed", "due_on"]
    order_columns = ["number", "due_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Deposit"), ["unit", "kind", "payable_cents", "due_on", "fitout", "remark"])]
    show_fieldsets = [
        (_l("Deposit"), ["number", "unit", "tenancy", "customer", "kind", "fitout", "due_on", "state", "remark"]),
        (_l("Amounts"), ["payable_cents", "taken_cents", "owed_cents", "held_cents"]),
    ]
    edit_columns = ["payable_cents", "due_on", "remark"]
    on_add, on_edit = rules.demand, rules.amend
    known = of_fitout
    moves = rules.BY_HAND
    related_views = [DepositLineView, DepositRefundView]
