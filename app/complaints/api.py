"""Complaints as other programs may read and hand them in."""

from __future__ import annotations

from app.complaints.views import ComplaintView
from app.kit.api import RecordApi


class ComplaintApi(RecordApi):
    """What was said, what was promised, and how far it is."""

    screen = ComplaintView
    class_permission_name = "Complaint"
    resource = "complaints"
    list_columns = ["number", "unit", "kind", "about", "urgency", "state", "received_at", "waits_for", "due_at"]
    show_columns = [
        *list_columns,
        "tenancy",
        "channel",
        "complainant",
        "phone",
        "content",
        "answer_due_at",
        "answered_at",
        "answer",
        "solve_due_at",
        "solved_at",
        "solution",
        "visited_at",
        "verdict",
        "closed_at",
        "reopened",
    ]
    add_columns = ["unit", "complainant", "phone", "kind", "about", "urgency", "channel", "content", "received_at"]
    examples = {"number": "TS-2026-00042", "complainant": "王小明", "content": "走廊空调漏水"}
