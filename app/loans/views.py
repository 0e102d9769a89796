"""Loans as borrowers, those who agree, and the keeper see them; the list is the register of loans."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.archive import approvals
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.loans import returning, rules, terms
from app.loans.models import Loan, LoanLine, LoanReminder, LoanReturn


class LoanLineView(RecordView):
    """The files on a loan; one that comes back alone or damaged is taken back on its own page."""

    datamodel = SQLAInterface(LoanLine)
    class_permission_name = "LoanLine"
    route_base = "/loan-lines"
    titles = Titles(one=_l("File on loan"), many=_l("Files on loan"), new=_l("Add a file"))
    list_columns = ["file", "pages", "state", "is_checked", "loan"]
    search_columns = ["state"]
    order_columns = ["id"]
    base_order = ("id", "desc")
    fieldsets = [(_l("File on loan"), ["loan", "file"])]
    show_fieldsets = [(_l("File on loan"), ["loan", "file", "pages", "state", "is_checked"])]
    edit_columns = []
    on_add = rules.add_line
    parent_takes = rules.takes_lines
    moves = returning.LINE_MOVES


class LoanReturnView(RecordView):
    """How each file came back."""

    datamodel = SQLAInterface(LoanReturn)
    class_permission_name = "LoanReturn"
    route_base = "/loan-returns"
    titles = Titles(one=_l("Return"), many=_l("Returns"), new=_l("New return"))
    list_columns = ["returned_at", "line", "pages", "condition", "received_by", "incident"]
    search_columns = ["condition", "returned_at"]
    order_columns = ["returned_at"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Return"), ["loan", "line", "returned_at", "pages", "condition", "received_by", "incident", "remark"])
    ]
    add_columns = edit_columns = []


class LoanReminderView(RecordView):
    """When the borrower was reminded."""

    datamodel = SQLAInterface(LoanReminder)
    class_permission_name = "LoanReminder"
    route_base = "/loan-reminders"
    titles = Titles(one=_l("Reminder of a loan"), many=_l("Reminders of loans"), new=_l("New reminder"))
    list_columns = ["loan", "kind", "reminded_at"]
    search_columns = ["kind", "reminded_at"]
    order_columns = ["reminded_at"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Reminder of a loan"), ["loan", "kind", "reminded_at"])]
    add_columns = edit_columns = []


class LoanView(RecordView):
    """Asked for, agreed to, handed out on a slip, taken back and counted (P7.08, P11.08)."""

    datamodel = SQLAInterface(Loan)
    class_permission_name = "Loan"
    route_base = "/loans"
    titles = Titles(one=_l("Loan"), many=_l("Loans"), new=_l("Borrow files"))
    list_columns = ["number", "site", "borrower", "file", "days", "due_on", "returned_on", "state"]
    search_columns = ["number", "state", "purpose_kind", "due_on", "returned_on", "created_at"]
    order_columns = ["number", "due_on", "returned_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("What is borrowed"), ["file", "place"]),
        (_l("What for and how long"), ["purpose_kind", "purpose", "days", "department", "follow_up"]),
        (_l("Result of the loan"), ["result"]),
    ]
    show_fieldsets = [
        (_l("Loan"), ["number", "borrower", "department", "file", "place", "left_out", "purpose_kind", "purpose"]),
        (_l("How long"), ["days", "is_same_day", "handed_out_at", "due_on", "returned_on", "is_checked"]),
        (_l("Result of the loan"), ["follow_up", "result"]),
        (_l("Approvals"), ["chain", "approved_at"]),
        (_l("Signatures"), ["handed_out_by", "borrower_signature", "keeper_signature", "is_signed_on_paper"]),
    ]
    add_columns = ["file", "place", "purpose_kind", "purpose", "days", "department", "follow_up"]
    among = {"follow_up": terms.due_follow_ups}
    edit_columns = ["result"]
    edit_states = {"out"}
    on_add, on_edit = rules.ask, rules.note_result
    moves = rules.MOVES
    related_views = [LoanLineView, LoanReturnView, LoanReminderView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With everybody who has agreed or refused."""
        return self.render_template("hudang/show.html", page=approvals.page_of(self, self.fetch(pk)))
