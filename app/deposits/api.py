"""Deposits and their ledger as other programs may read them."""

from __future__ import annotations

from app.deposits.views import DepositLineView, DepositView
from app.kit.api import RecordApi


class DepositApi(RecordApi):
    """What tenants leave with the desk; amounts are sealed with the tenant's file."""

    screen = DepositView
    class_permission_name = "Deposit"
    resource = "deposits"
    list_columns = ["number", "unit", "tenancy", "customer", "kind", "payable_cents", "held_cents", "due_on", "state"]
    show_columns = [*list_columns, "taken_cents", "owed_cents", "remark"]
    examples = {"number": "YJ-2026-00012"}


class DepositLineApi(RecordApi):
    """Lines of the ledger; the sum of a deposit's lines is what is held."""

    screen = DepositLineView
    class_permission_name = "DepositLine"
    resource = "deposit-lines"
    list_columns = ["booked_on", "deposit", "tenancy", "kind", "reason", "amount_cents", "receipt_number", "method"]
    show_columns = [*list_columns, "payer", "corrects", "remark"]
    examples = {"receipt_number": "SJ-2026-00031", "payer": "瑞恒科技有限公司"}
