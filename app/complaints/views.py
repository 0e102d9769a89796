"""Complaints as the desk sees them, and what is promised."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.complaints import promises, rules
from app.complaints.models import COMPLAINT_STATES, Complaint, ComplaintPromise
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class ComplaintView(RecordView):
    """Written down while somebody is on the telephone; then answered, solved, visited, judged."""

    datamodel = SQLAInterface(Complaint)
    class_permission_name = "Complaint"
    route_base = "/complaints"
    titles = Titles(one=_l("Complaint"), many=_l("Complaints"), new=_l("New complaint"))
    list_columns = ["number", "unit", "kind", "about", "urgency", "state", "assignee", "waits_for", "due_at"]
    search_columns = ["number", "kind", "about", "urgency", "state", "waits_for", "due_at", "received_at"]
    order_columns = ["number", "received_at", "due_at"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("What was said"), ["unit", "complainant", "phone", "kind", "urgency", "content"]),
        (_l("More about it"), ["about", "channel", "received_at"]),
    ]
    show_fieldsets = [
        (_l("Complaint"), ["number", "unit", "tenancy", "kind", "about", "urgency", "channel", "state", "assignee"]),
        (_l("What was said"), ["complainant", "phone", "received_at", "content"]),
        (_l("Answer"), ["answer_due_at", "answered_at", "answer"]),
        (_l("Solution"), ["solve_due_at", "solved_at", "solution"]),
        (_l("Return visit and verdict"), ["visited_at", "verdict", "closed_at", "reopened"]),
    ]
    edit_columns = ["complainant", "phone", "kind", "urgency", "content", "about", "channel"]
    on_add, on_edit = rules.open_complaint, rules.amend
    edit_states = COMPLAINT_STATES.keys() - Complaint.OVER
    known = rules.known
    moves = rules.MOVES


class ComplaintPromiseView(RecordView):
    """What is promised for the complaints to come."""

    datamodel = SQLAInterface(ComplaintPromise)
    class_permission_name = "ComplaintPromise"
    route_base = "/complaint-promises"
    titles = Titles(one=_l("Promise"), many=_l("Promises"), new=_l("New promise"))
    list_columns = ["urgency", "answer_hours", "solve_hours", "solve_days"]
    search_columns = []
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Promise"), ["urgency", "answer_hours", "solve_hours", "solve_days"])]
    add_columns = []
    edit_columns = ["answer_hours", "solve_hours", "solve_days"]
    on_edit = promises.amend
