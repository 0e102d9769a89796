"""What I am told: everybody chooses for themselves, and sees what was sent to them."""

from __future__ import annotations

from typing import Any

from flask import redirect
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.kit import showing
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.telling import rules, trials
from app.telling.models import TellingChoice, TellingLine


class TellingLineView(RecordView):
    """Every message to me: when, on what occasion, and whether it was taken."""

    datamodel = SQLAInterface(TellingLine)
    class_permission_name = "TellingLine"
    route_base = "/told"
    titles = Titles(one=_l("Message"), many=_l("Messages to me"), new=_l("Message"))
    list_columns = ["created_at", "channel", "occasion", "slot", "state", "tries", "problem", "code"]
    search_columns = ["state", "channel", "created_at"]
    order_columns = ["created_at"]
    fieldsets = [
        (_l("Message"), ["channel", "occasion", "slot", "state", "created_at", "sent_at"]),
        (_l("Sending"), ["tries", "tried_at", "next_try_at", "problem", "code", "digest"]),
    ]
    add_columns = edit_columns = []


class TellingChoiceView(RecordView):
    """My choices: one for each channel; the robot's address and its secret are never shown again."""

    datamodel = SQLAInterface(TellingChoice)
    class_permission_name = "TellingChoice"
    route_base = "/telling"
    titles = Titles(one=_l("What I am told"), many=_l("What I am told"), new=_l("Tell me another way"))
    list_columns = ["channel", "address", "hours", "is_immediate", "language", "is_on"]
    search_columns = []
    order_columns = ["channel"]
    base_order = ("channel", "asc")
    fieldsets = [
        (_l("Where to"), ["channel", "address", "secret", "language", "is_on"]),
        (_l("What I want to be told"), ["is_overdue", "is_today", "is_waiting"]),
        (_l("When I am told"), ["hours", "is_immediate"]),
    ]
    edit_columns = ["address", "secret", "language", "is_on", "is_overdue", "is_today", "is_waiting"]
    edit_columns += ["hours", "is_immediate"]
    on_add, on_edit = rules.choose, rules.amend
    can_delete = True
    related_views = [TellingLineView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        choice = self.fetch(pk)
        page = showing.show_page(self, choice)
        page.links = [trials.button(choice), *page.links]
        return self.render_template("hudang/show.html", page=page)

    @expose("/<int:pk>/trial", methods=["POST"])
    @has_access
    def trial(self, pk: int) -> Any:
        """Sent by the worker; its page leads back here."""
        return redirect(trials.ordered(self.fetch(pk)))
