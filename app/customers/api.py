"""Customers as other programs may read them."""

from __future__ import annotations

from app.customers.views import CustomerView
from app.kit.api import RecordApi


class CustomerApi(RecordApi):
    """Firms and persons; identity numbers shortened, what lies in filed files left out."""

    screen = CustomerView
    class_permission_name = "Customer"
    resource = "customers"
    list_columns = ["site", "kind", "name", "name_en", "industry", "licence_number"]
    show_columns = [*list_columns, "representative", "id_number", "remark"]
    examples = {
        "name": "瑞恒科技有限公司",
        "name_en": "Ruiheng Technology Ltd",
        "industry": "软件",
        "representative": "王小明",
    }
