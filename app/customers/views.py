"""Customers, contacts and tenancies as the desk sees them."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.customers import rules
from app.customers.models import Contact, Customer, Tenancy
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class ContactView(RecordView):
    """Who to call; a change keeps the line before it."""

    datamodel = SQLAInterface(Contact)
    class_permission_name = "Contact"
    route_base = "/contacts"
    titles = Titles(one=_l("Contact"), many=_l("Contacts"), new=_l("New contact"))
    list_columns = ["role", "name", "phone", "email", "from_on", "until_on"]
    search_columns = ["name", "role"]
    order_columns = ["name"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Contact"), ["customer", "role", "name", "phone", "email"])]
    edit_columns = ["email"]
    on_add = rules.add_contact


class TenancyView(RecordView):
    """Who is or was in which unit."""

    datamodel = SQLAInterface(Tenancy)
    class_permission_name = "Tenancy"
    route_base = "/tenancies"
    titles = Titles(one=_l("Tenancy"), many=_l("Tenancies"), new=_l("New tenancy"))
    list_columns = ["unit", "site", "customer", "state", "starts_on", "ends_on", "nameboard", "parking"]
    search_columns = ["state", "ends_on"]
    order_columns = ["starts_on", "ends_on"]
    base_order = ("ends_on", "asc")
    fieldsets = [
        (_l("Tenancy"), ["unit", "customer", "starts_on", "ends_on"]),
        (_l("Particulars"), ["rent_cents", "parking", "nameboard", "remark"]),
    ]
    edit_columns = ["starts_on", "ends_on", "rent_cents", "parking", "nameboard", "remark"]
    on_add, on_edit = rules.let_in, rules.check_dates


class CustomerView(RecordView):
    """Firms and persons."""

    datamodel = SQLAInterface(Customer)
    class_permission_name = "Customer"
    route_base = "/customers"
    titles = Titles(one=_l("Customer"), many=_l("Customers"), new=_l("New customer"))
    list_columns = ["name", "site", "name_en", "industry", "licence_number"]
    search_columns = ["name", "name_en", "industry", "licence_number"]
    order_columns = ["name", "industry"]
    base_order = ("name", "asc")
    fieldsets = [
        (_l("Customer"), ["site", "kind", "name", "name_en", "licence_number", "industry"]),
        (_l("Person in charge"), ["representative", "id_number", "remark"]),
    ]
    edit_columns = [
        "kind",
        "name",
        "name_en",
        "licence_number",
        "industry",
        "representative",
        "id_number",
        "remark",
    ]
    on_add = on_edit = rules.keep_customer
    related_views = [ContactView, TenancyView]
