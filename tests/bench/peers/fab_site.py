"""A stock Flask-AppBuilder over the seeded tables, as its own manual begins."""

from __future__ import annotations

import os
import sys

from flask import Flask
from flask_appbuilder import AppBuilder, ModelView
from flask_appbuilder.models.sqla import Model
from flask_appbuilder.models.sqla.base import SQLA
from flask_appbuilder.models.sqla.interface import SQLAInterface
from tables import COLUMNS, declare

application = Flask(__name__)
application.config.update(
    SECRET_KEY="bench" * 10,
    WTF_CSRF_ENABLED=False,
    RATELIMIT_ENABLED=False,
    SQLALCHEMY_DATABASE_URI="sqlite:///" + os.path.abspath(os.environ["BENCH_DATABASE"]),
)
db = SQLA(application)
Customer, Contact, Tenancy = declare(Model)


class CustomerView(ModelView):
    datamodel = SQLAInterface(Customer)
    list_columns = COLUMNS
    base_order = ("name", "asc")


class ContactView(ModelView):
    datamodel = SQLAInterface(Contact)
    list_columns = ["name", "phone"]


class TenancyView(ModelView):
    datamodel = SQLAInterface(Tenancy)
    list_columns = ["starts_on", "ends_on"]
    search_columns = ["starts_on"]
    add_columns = edit_columns = ["unit", "starts_on", "ends_on", "remark"]


with application.app_context():
    appbuilder = AppBuilder(application, db.session)
    for view in (CustomerView, ContactView, TenancyView):
        appbuilder.add_view(view, view.__name__)


def prepare() -> str:
    """Somebody who may do everything, and the cookie of a session of theirs."""
    with application.app_context():
        manager = appbuilder.sm
        if manager.find_user("bench") is None:
            manager.add_user("bench", "B", "Ench", "bench@example.com", manager.find_role("Admin"), "bench")
    client = application.test_client()
    client.post("/login/", data={"username": "bench", "password": "bench"})
    cookie = client.get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


if __name__ == "__main__":
    sys.stdout.write(prepare() + "\n")
