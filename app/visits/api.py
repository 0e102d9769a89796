"""Visits as other programs may read them; drawn signatures stay in the house."""

from __future__ import annotations

from app.kit.api import RecordApi
from app.visits.views import VisitView


class VisitApi(RecordApi):
    """Planned, made, or missed."""

    screen = VisitView
    class_permission_name = "Visit"
    resource = "visits"
    list_columns = ["number", "unit", "kind", "due_on", "planned_at", "visitor", "way", "state", "visited_at"]
    show_columns = [*list_columns, "tenancy", "person_seen", "phone", "result", "opinion", "follow_up", "misses"]
    examples = {"number": "HF-2026-00007", "person_seen": "王小明"}
