"""Customers collected, allocated and followed up, as other programs may read them; signatures stay in the house."""

from __future__ import annotations

from app.kit.api import RecordApi
from app.trades.views import AllocationView, ContactSheetView, EventSheetView, FollowUpView


class ContactSheetApi(RecordApi):
    """First contacts: who collected them, what the person agreed to, how far they are."""

    screen = ContactSheetView
    class_permission_name = "ContactSheet"
    resource = "contact-sheets"
    list_columns = ["number", "site", "scheme_key", "area", "collector", "filled_by", "state", "submitted_at"]
    show_columns = [
        *list_columns, "customer", "name", "phone", "has_consent", "consent_at", "notice_version", "handed_over_at",
        "handed_to", "batch", "file",
    ]  # fmt: skip
    examples = {"number": "LX-2026-00001", "area": "城东"}


class EventSheetApi(RecordApi):
    """Who came to an event, bought or not."""

    screen = EventSheetView
    class_permission_name = "EventSheet"
    resource = "event-sheets"
    list_columns = ["number", "site", "customer", "event_kind", "event_on", "is_buyer", "filler", "state"]
    show_columns = [*list_columns, "bought", "feedback", "wishes", "made_on", "handed_over_on", "kept_on", "file"]
    examples = {"number": "HD-2026-00001", "is_buyer": True}


class FollowUpApi(RecordApi):
    """Calls and visits that are due, done with a result, or left out for a reason."""

    screen = FollowUpView
    class_permission_name = "FollowUp"
    resource = "follow-ups"
    list_columns = ["number", "site", "customer", "purpose", "assignee", "due_on", "channel", "state", "done_on"]
    show_columns = [*list_columns, "event_sheet", "file", "duty", "result", "reason", "guidance", "asked_by"]
    add_columns = ["scheme_key", "customer", "event_sheet", "duty", "assignee", "purpose", "due_on"]
    examples = {"number": "GF-2026-00001", "purpose": "三日回访", "due_on": "2026-03-04"}


class AllocationApi(RecordApi):
    """Whose customer somebody is, and by which rule."""

    screen = AllocationView
    class_permission_name = "Allocation"
    resource = "allocations"
    list_columns = ["site", "customer", "holder", "rule", "decided_by", "decided_at", "batch"]
    show_columns = [*list_columns, "sheet", "reason"]
    examples = {"batch": "FP-2026-00001"}
