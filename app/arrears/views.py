"""Arrears and violations as the desk sees them."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.arrears import ledger, page, rules
from app.arrears.models import DUE_STATES, VIOLATION_STATES, Due, DuePayment, Violation
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class DuePaymentView(RecordView):
    """Lines are only added; one that was wrong is taken back by naming it."""

    datamodel = SQLAInterface(DuePayment)
    class_permission_name = "DuePayment"
    route_base = "/due-payments"
    titles = Titles(one=_l("Payment"), many=_l("Payments"), new=_l("New payment"))
    list_columns = ["paid_on", "due", "amount_cents", "method", "receipt", "corrects"]
    search_columns = ["method", "paid_on"]
    order_columns = ["id", "paid_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Payment"), ["due", "amount_cents", "paid_on", "method", "receipt"]),
        (_l("Correction"), ["corrects"]),
    ]
    on_add = ledger.pay
    parent_takes = ledger.takes_payments
    after_add = staticmethod(page.url_of_due)


class DueView(RecordView):
    """What tenants owe; settled by its payments, or waived."""

    datamodel = SQLAInterface(Due)
    class_permission_name = "Due"
    route_base = "/dues"
    titles = Titles(one=_l("Amount due"), many=_l("Arrears"), new=_l("New amount due"))
    list_columns = [
        "number", "site", "unit", "tenancy", "kind", "period", "amount_cents", "left_cents", "due_on", "state",
    ]  # fmt: skip
    search_columns = ["number", "kind", "period", "state", "due_on"]
    order_columns = ["number", "due_on"]
    base_order = ("number", "desc")
    fieldsets = [(_l("Amount due"), ["unit", "tenancy", "kind", "period", "amount_cents", "due_on", "remark"])]
    show_fieldsets = [
        (_l("Amount due"), ["number", "unit", "tenancy", "kind", "period", "due_on", "repair", "remark"]),
        (_l("What is left of it"), ["amount_cents", "paid_cents", "left_cents", "state", "reason"]),
    ]
    edit_columns = ["period", "due_on", "remark"]
    on_add, on_edit = rules.raise_due, rules.amend_due
    edit_states = DUE_STATES.keys() - Due.OVER
    known = rules.known
    moves = rules.DUE_MOVES
    related_views = [DuePaymentView]


class ViolationView(RecordView):
    """Found, told to the tenant, put right, closed."""

    datamodel = SQLAInterface(Violation)
    class_permission_name = "Violation"
    route_base = "/violations"
    titles = Titles(one=_l("Violation"), many=_l("Violations"), new=_l("New violation"))
    list_columns = ["number", "site", "unit", "tenancy", "what", "found_on", "rectify_by_on", "state"]
    search_columns = ["number", "what", "state", "found_on", "rectify_by_on"]
    order_columns = ["number", "found_on", "rectify_by_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Violation"), ["unit", "tenancy", "what", "found_on", "found_by", "description"]),
        (_l("Demand"), ["demand", "rectify_by_on", "fitout"]),
    ]
    show_fieldsets = [
        (_l("Violation"), ["number", "unit", "tenancy", "what", "found_on", "found_by", "description", "fitout"]),
        (_l("Demand"), ["demand", "rectify_by_on", "rectified_on", "deduction_cents", "reason"]),
    ]
    edit_columns = ["what", "found_on", "found_by", "description", "demand", "rectify_by_on"]
    on_add, on_edit = rules.find_violation, rules.amend_violation
    edit_states = VIOLATION_STATES.keys() - Violation.OVER
    known = rules.known
    moves = rules.MOVES
