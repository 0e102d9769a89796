"""Repairs as other programs may read and hand them in."""

from __future__ import annotations

from app.kit.api import RecordApi
from app.repairs.views import RepairKindView, RepairView


class RepairApi(RecordApi):
    """What is broken, who works on it, and until when it is promised."""

    screen = RepairView
    class_permission_name = "Repair"
    resource = "repairs"
    list_columns = ["number", "site", "unit", "place", "kind", "state", "clock", "reported_at", "due_at", "assignee"]
    show_columns = [
        *list_columns,
        "tenancy",
        "channel",
        "charge",
        "reporter",
        "phone",
        "fault",
        "appointment_at",
        "accepted_at",
        "paused_at",
        "paused_minutes",
        "done_at",
        "outcome",
        "overall",
        "speed",
        "service",
        "needs_visit",
        "visited_at",
        "closed_at",
        "reminders",
        "complaint",
        "remark",
    ]
    add_columns = [
        "unit",
        "site",
        "place",
        "kind",
        "reporter",
        "phone",
        "fault",
        "appointment_at",
        "channel",
        "charge",
        "remark",
    ]
    examples = {
        "number": "WX-2026-00031",
        "kind": {"id": 3, "name": "水电"},
        "reporter": "王小明",
        "fault": "洗手间水管漏水",
    }


class RepairKindApi(RecordApi):
    """The kinds that a new repair can be of, and what each promises."""

    screen = RepairKindView
    class_permission_name = "RepairKind"
    resource = "repair-kinds"
    list_columns = show_columns = ["name", "hours", "is_on"]
    examples = {"name": "电气照明", "hours": 8}
