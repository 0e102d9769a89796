"""Customers as a market on screen: profiles, what is said of them, sales, terms, quality, composition."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.archive import approvals
from app.kit import showing
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.market import composing, knowing, policy, profiles, quality, sales, screens, terms
from app.market.models import (
    GradeChange,
    MarketProfile,
    ProfileDatum,
    QualityNote,
    Sale,
    SalePayment,
    TermRequest,
)


class GradeChangeView(RecordView):
    """How a customer's grade went, and on which figures."""

    datamodel = SQLAInterface(GradeChange)
    class_permission_name = "GradeChange"
    route_base = "/grade-changes"
    titles = Titles(one=_l("Change of grade"), many=_l("Changes of grade"), new=_l("Change of grade"))
    list_columns = ["profile", "changed_on", "before", "after", "sales_cents", "years", "credit_grade"]
    search_columns = ["changed_on", "after"]
    order_columns = ["changed_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Change of grade"), ["profile", "changed_on", "before", "after", "sales_cents", "years", "credit_grade"])
    ]
    add_columns = edit_columns = []
    form_choices = {"before": policy.grades, "after": policy.grades, "credit_grade": policy.credit_grades}


class ProfileDatumView(RecordView):
    """What was said of a customer: the newest line counts, the others stay."""

    datamodel = SQLAInterface(ProfileDatum)
    class_permission_name = "ProfileDatum"
    route_base = "/profile-data"
    titles = Titles(one=_l("Datum of a customer"), many=_l("Data of customers"), new=_l("Write a datum down"))
    list_columns = ["profile", "field", "value", "source", "said_on", "author", "author_name"]
    search_columns = ["field", "source", "said_on"]
    order_columns = ["said_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Datum of a customer"), ["profile", "field", "value", "source", "said_on", "author_name"])]
    show_fieldsets = [
        (_l("Datum of a customer"), ["profile", "field", "value", "source", "said_on", "author", "author_name"])
    ]
    form_choices = {"field": policy.fields, "source": policy.sources}
    on_add = knowing.tell


class SalePaymentView(RecordView):
    """What was paid of sales; only ever added to."""

    datamodel = SQLAInterface(SalePayment)
    class_permission_name = "SalePayment"
    route_base = "/sale-payments"
    titles = Titles(one=_l("Payment of a sale"), many=_l("Payments of sales"), new=_l("New receipt of payment"))
    list_columns = ["sale", "customer", "paid_on", "amount_cents", "remark"]
    search_columns = ["paid_on"]
    order_columns = ["paid_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Payment of a sale"), ["sale", "paid_on", "amount_cents", "remark"])]
    show_fieldsets = [(_l("Payment of a sale"), ["sale", "customer", "paid_on", "amount_cents", "remark"])]
    on_add = sales.pay


class SaleView(RecordView):
    """Transactions; a mistake is put right by a line that names the sale."""

    datamodel = SQLAInterface(Sale)
    class_permission_name = "Sale"
    route_base = "/sales"
    titles = Titles(one=_l("Sale"), many=_l("Sales"), new=_l("New sale"))
    list_columns = ["number", "profile", "sold_on", "product", "region", "quantity", "amount_cents", "payment_mode"]
    search_columns = ["number", "product", "region", "sold_on"]
    order_columns = ["number", "sold_on", "quantity"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Sale"), ["profile", "sold_on", "product", "region", "quantity", "amount_cents", "payment_mode"]),
        (_l("Where it is needed"), ["over_limit_reason", "corrects"]),
    ]
    show_fieldsets = [
        (_l("Sale"), ["number", "profile", "sold_on", "product", "region", "quantity", "amount_cents", "payment_mode"]),
        (_l("Where it is needed"), ["over_limit_reason", "corrects"]),
    ]
    form_choices = {"payment_mode": policy.payment_modes}
    on_add = sales.sell
    related_views = [SalePaymentView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With what is still owed of it."""
        sale = self.fetch(pk)
        page = screens.with_owed(showing.show_page(self, sale), sale)
        return self.render_template("hudang/show.html", page=page)


class TermRequestView(RecordView):
    """Other ways of paying: asked for, signed by whoever the scheme names, then in effect."""

    datamodel = SQLAInterface(TermRequest)
    class_permission_name = "TermRequest"
    route_base = "/term-requests"
    titles = Titles(one=_l("Terms of payment"), many=_l("Terms of payment"), new=_l("Ask for other terms"))
    list_columns = ["number", "profile", "payment_mode", "credit_limit_cents", "state", "asked_by", "in_effect_on"]
    search_columns = ["number", "state", "in_effect_on"]
    order_columns = ["number", "in_effect_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Terms of payment"), ["profile", "payment_mode", "credit_limit_cents", "terms", "why"])]
    show_fieldsets = [
        (_l("Terms of payment"), ["number", "profile", "payment_mode", "credit_limit_cents", "terms", "why"]),
        (_l("Decision"), ["chain", "state", "asked_by", "in_effect_on", "reason"]),
    ]
    edit_columns = []
    form_choices = {"payment_mode": policy.payment_modes}
    on_add = terms.ask
    moves = terms.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With everybody who has signed."""
        return self.render_template("hudang/show.html", page=approvals.page_of(self, self.fetch(pk)))


class QualityNoteView(RecordView):
    """How products do at the customers'."""

    datamodel = SQLAInterface(QualityNote)
    class_permission_name = "QualityNote"
    route_base = "/quality-notes"
    titles = Titles(one=_l("Quality note"), many=_l("Product quality"), new=_l("New quality note"))
    list_columns = ["number", "profile", "product", "batch", "noted_on", "observed", "state", "settled_on"]
    search_columns = ["number", "product", "batch", "state", "noted_on"]
    order_columns = ["number", "noted_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Quality note"), ["profile", "product", "batch", "noted_on", "observed"])]
    show_fieldsets = [
        (_l("Quality note"), ["number", "profile", "product", "batch", "noted_on", "observed"]),
        (_l("How it ended"), ["state", "outcome", "settled_on"]),
    ]
    edit_columns = ["product", "batch", "noted_on", "observed"]
    edit_states = {"open"}
    on_add, on_edit = quality.note, quality.check
    moves = quality.MOVES


class MarketProfileView(RecordView):
    """One a customer: where they stand in the market, and with how much credit."""

    datamodel = SQLAInterface(MarketProfile)
    class_permission_name = "MarketProfile"
    route_base = "/market"
    titles = Titles(one=_l("Customer in the market"), many=_l("Customers in the market"), new=_l("New market profile"))
    list_columns = [
        "customer", "site", "grade", "potential", "credit_grade", "credit_limit_cents", "outstanding_cents",
        "is_over_limit", "stale_on", "state",
    ]  # fmt: skip
    search_columns = ["grade", "credit_grade", "state", "is_prospect", "is_over_limit", "stale_on", "next_review_on"]
    order_columns = ["potential", "stale_on", "fresh_on", "next_review_on"]
    base_order = ("id", "desc")
    fieldsets = [
        (_l("Customer"), ["customer", "scheme", "source", "facets", "potential", "since_on", "next_review_on"]),
        (_l("Credit"), ["credit_grade", "credit_limit_cents", "terms", "credit_handling"]),
    ]
    show_fieldsets = [
        (_l("Customer"), ["customer", "scheme", "facets", "is_prospect", "potential", "since_on", "next_review_on"]),
        (_l("Grade"), ["grade", "graded_on"]),
        (_l("Credit"), [
            "credit_grade", "credit_limit_cents", "outstanding_cents", "is_over_limit", "payment_mode", "terms",
            "credit_handling",
        ]),
        (_l("Verification"), ["source", "reported_by", "verified_by", "verified_at", "finding"]),
        (_l("Kept up to date"), ["fresh_on", "stale_on"]),
    ]  # fmt: skip
    edit_columns = ["facets", "potential", "since_on", "next_review_on", "credit_grade", "credit_limit_cents", "terms",
                    "credit_handling"]  # fmt: skip
    form_choices = screens.PROFILE_WORDS
    among = {"scheme": policy.among}
    on_add, on_edit = profiles.enter, profiles.amend
    moves = profiles.MOVES
    related_views = [ProfileDatumView, SaleView, TermRequestView, QualityNoteView, GradeChangeView]

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With what the grade drives, what is known now, and what is warned of."""
        profile = self.fetch(pk)
        page = screens.with_knowledge(showing.show_page(self, profile), profile)
        return self.render_template("hudang/show.html", page=page)


class CompositionView(BaseView):
    """The customers behind a part of a composition."""

    route_base = "/market/composition"
    class_permission_name = "MarketProfile"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        asked = composing.read(request.args) or abort(404)
        return self.render_template("hudang/list.html", page=screens.customers_of(asked))
