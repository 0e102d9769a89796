"""The deposit ledger as the desk sees it."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.deposits.models import DepositLine
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


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
