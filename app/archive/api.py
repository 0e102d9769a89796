"""Files as other programs may read them: whose they are and how they stand, not what lies in them."""

from __future__ import annotations

from app.archive.views import FileView
from app.kit.api import RecordApi


class FileApi(RecordApi):
    """One unit, one file."""

    screen = FileView
    class_permission_name = "File"
    resource = "files"
    list_columns = ["site", "number", "unit", "customer", "state", "opened_on", "place"]
    show_columns = [*list_columns, "tenancy", "filed_at", "closed_on", "label_name", "remark"]
    examples = {"number": "CS-0501-2026-001", "label_name": "瑞恒科技有限公司"}
