"""Units as other programs may read them."""

from __future__ import annotations

from app.estate.views import UnitView
from app.kit.api import RecordApi


class UnitApi(RecordApi):
    """The let spaces."""

    screen = UnitView
    class_permission_name = "Unit"
    resource = "units"
    list_columns = ["site", "building", "floor", "number", "area_dm2", "use"]
    show_columns = [*list_columns, "remark"]
    examples = {"number": "0501"}
