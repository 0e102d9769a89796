"""Small views over real models, declared for these tests."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.models.sqla.interface import SQLAInterface

import app.models  # noqa: F401 - tables name each other
from app.archive.models import Document, File
from app.customers.models import Contact, Customer, Tenancy
from app.deposits.models import DepositLine
from app.estate.models import Building, Site, Unit
from app.kit.errors import RuleError
from app.kit.moves import Move
from app.kit.records import RecordView, Titles

TITLES = Titles(one="One", many="Many", new="New")


class SiteView(RecordView):
    datamodel = SQLAInterface(Site)
    class_permission_name = "Site"
    route_base = "/sites"
    titles = TITLES
    list_columns = ["name"]
    search_columns = ["name"]
    fieldsets = [("Site", ["name", "short_name"])]


class BuildingView(RecordView):
    datamodel = SQLAInterface(Building)
    class_permission_name = "Building"
    route_base = "/buildings"
    titles = TITLES
    list_columns = ["name", "site"]
    fieldsets = [("Building", ["site", "name"])]
    can_delete = True


class UnitView(RecordView):
    datamodel = SQLAInterface(Unit)
    class_permission_name = "Unit"
    route_base = "/units"
    titles = TITLES
    list_columns = ["number", "floor", "building", "area_dm2", "use"]
    search_columns = ["number", "use", "area_dm2", "created_at"]
    order_columns = ["number", "area_dm2"]
    base_order = ("number", "asc")
    fieldsets = [("Unit", ["floor", "building", "number", "area_dm2", "use", "remark"])]
    can_delete = True


class ContactView(RecordView):
    datamodel = SQLAInterface(Contact)
    class_permission_name = "Contact"
    route_base = "/contacts"
    titles = TITLES
    list_columns = ["role", "name", "phone", "from_on"]
    search_columns = ["name", "role", "from_on"]
    order_columns = ["name"]
    fieldsets = [("Contact", ["customer", "role", "name", "phone", "from_on"])]
    can_delete = True

    @staticmethod
    def known(draft: Any) -> dict[str, Any]:
        return {"name": f"of {draft.customer}", "phone": "19900000001"} if draft.customer else {}

    @staticmethod
    def on_add(contact: Any, *, by: Any) -> None:
        if contact.name == "refused":
            raise RuleError("not this name", field="name")
        contact.site_id = contact.customer.site_id

    @staticmethod
    def on_edit(contact: Any, *, by: Any) -> None:
        if contact.name == "refused":
            raise RuleError("not this name")


class CustomerView(RecordView):
    datamodel = SQLAInterface(Customer)
    class_permission_name = "Customer"
    route_base = "/customers"
    titles = TITLES
    list_columns = ["name", "name_en", "id_number"]
    search_columns = ["name", "name_en"]
    order_columns = ["name"]
    base_order = ("name", "asc")
    fieldsets = [("Customer", ["site", "kind", "name", "name_en", "representative", "id_number"])]
    related_views = [ContactView]
    can_delete = True


class TenancyView(RecordView):
    datamodel = SQLAInterface(Tenancy)
    class_permission_name = "Tenancy"
    route_base = "/tenancies"
    titles = TITLES
    list_columns = ["unit", "customer", "state", "ends_on"]
    search_columns = ["state", "ends_on"]
    fieldsets = [("Tenancy", ["unit", "customer", "starts_on", "ends_on", "rent_cents"])]


def refuse(file: Any, *, by: Any, reason: str = "") -> None:
    file.label_name = reason
    raise RuleError("not today")


class FileView(RecordView):
    datamodel = SQLAInterface(File)
    class_permission_name = "File"
    route_base = "/files"
    titles = TITLES
    list_columns = ["number", "unit", "customer", "state", "opened_on", "place"]
    search_columns = ["number", "state", "opened_on"]
    order_columns = ["number", "opened_on"]
    fieldsets = [("File", ["unit", "remark"])]
    edit_columns = ["place", "custodian", "remark"]
    can_delete = True
    moves = [
        Move("file", {"open"}, "filed", "File:file", "File"),
        Move("reopen", {"filed"}, "open", "File:reopen", "Reopen", refuse, asks=(("reason", "Reason"),)),
        Move("burn", {"open"}, "destroyed", "File:burn", "Burn"),
    ]


class DocumentView(RecordView):
    datamodel = SQLAInterface(Document)
    class_permission_name = "Document"
    route_base = "/papers"
    titles = TITLES
    list_columns = ["file", "paper_class", "title"]
    search_columns = ["paper_class", "ink_is_good"]
    fieldsets = [("Paper", ["file", "paper_class", "title", "ink_is_good", "pages"])]
    form_choices = {"paper_class": lambda draft: [("a", "A"), ("b", "B")] if draft and draft.file else [("a", "A")]}

    @staticmethod
    def on_add(document: Any, *, by: Any) -> Any:
        document.site_id = document.file.site_id


class DepositLineView(RecordView):
    datamodel = SQLAInterface(DepositLine)
    class_permission_name = "DepositLine"
    route_base = "/deposits"
    titles = TITLES
    list_columns = ["tenancy", "kind", "amount_cents"]
    fieldsets = [("Line", ["tenancy", "kind", "reason", "amount_cents", "booked_on"])]
    can_delete = True


ALL = [
    SiteView, BuildingView, UnitView, ContactView, CustomerView, TenancyView, FileView, DocumentView, DepositLineView,
]  # fmt: skip
