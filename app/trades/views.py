"""Customers collected, allocated and followed up, as those who call and those who supervise see them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.paging import whole_number
from app.kit.records import RecordView, Titles
from app.security import gate
from app.trades import allocating, attending, blanks, collecting, duties, following, occasions, page, scheme, screen
from app.trades.blanks import BlankIssue
from app.trades.followed import EVENT_STATES, EventSheet, FollowUp
from app.trades.models import SHEET_STATES, Allocation, AllocationPolicy, ContactSheet, DutyHolder


class DutyHolderView(RecordView):
    """Who collects, calls, receives and keeps; which areas they cover, and how they are marked."""

    datamodel = SQLAInterface(DutyHolder)
    class_permission_name = "DutyHolder"
    route_base = "/duties"
    titles = Titles(one=_l("Duty"), many=_l("Duties"), new=_l("New duty"))
    list_columns = ["user", "duty", "areas", "since_on", "until_on", "ability", "efficiency", "site"]
    search_columns = ["areas", "since_on", "until_on"]
    order_columns = ["since_on", "until_on"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Duty"), ["scheme_key", "duty", "user", "site", "since_on", "until_on"]),
        (_l("For the allocation"), ["areas", "ability", "efficiency"]),
    ]
    edit_columns = ["until_on", "areas", "ability", "efficiency"]
    form_choices = {"scheme_key": scheme.scheme_words, "duty": scheme.duty_words}
    on_add, on_edit = duties.appoint, duties.check
    known = page.known_scheme


class AllocationPolicyView(RecordView):
    """In which order the rules are tried at a site, and what counts how much."""

    datamodel = SQLAInterface(AllocationPolicy)
    class_permission_name = "AllocationPolicy"
    route_base = "/allocation-policies"
    titles = Titles(one=_l("Allocation policy"), many=_l("Allocation policies"), new=_l("New allocation policy"))
    list_columns = ["site", "scheme_key", "area_place", "newcomer_place", "score_place", "newcomer_percent"]
    search_columns = ["scheme_key"]
    order_columns = ["scheme_key"]
    fieldsets = [
        (_l("Allocation policy"), ["site", "scheme_key"]),
        (_l("Order of the rules"), ["area_place", "newcomer_place", "score_place"]),
        (_l("Newcomers"), ["newcomer_percent", "newcomer_days"]),
        (_l("What counts how much"), ["weight_ability", "weight_efficiency", "weight_workload"]),
    ]
    edit_columns = [name for _title, names in fieldsets[1:] for name in names]
    form_choices = {"scheme_key": scheme.scheme_words}
    on_add = on_edit = allocating.keep_policy
    known = page.known_scheme


class FollowUpView(RecordView):
    """Due, done with a result, or left out for a reason."""

    datamodel = SQLAInterface(FollowUp)
    class_permission_name = "FollowUp"
    route_base = "/follow-ups"
    titles = Titles(one=_l("Follow-up"), many=_l("Follow-ups"), new=_l("Ask for a follow-up"))
    list_columns = ["number", "customer", "purpose", "assignee", "due_on", "channel", "done_on", "state", "site"]
    search_columns = ["number", "state", "due_on", "done_on", "channel"]
    order_columns = ["number", "due_on", "done_on"]
    base_order = ("due_on", "asc")
    fieldsets = [(_l("Follow-up"), ["scheme_key", "customer", "event_sheet", "duty", "assignee", "purpose", "due_on"])]
    show_fieldsets = [
        (_l("Follow-up"), ["number", "customer", "event_sheet", "file", "duty", "assignee", "purpose", "due_on"]),
        (_l("What came of it"), ["state", "channel", "done_on", "result", "reason"]),
        (_l("Guidance"), ["guidance", "asked_by"]),
    ]
    edit_columns = []
    form_choices = {"scheme_key": scheme.scheme_words, "duty": scheme.duty_words}
    on_add, known = following.ask, following.known
    parent_takes = page.takes_follow_ups
    moves = following.MOVES

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """With the way to borrow the file for it."""
        return self.render_template("hudang/show.html", page=page.follow_up_page(self, self.fetch(pk)))


class AllocationView(RecordView):
    """Whose customer somebody is, by which rule, and whose they were before."""

    datamodel = SQLAInterface(Allocation)
    class_permission_name = "Allocation"
    route_base = "/allocations"
    titles = Titles(one=_l("Allocation"), many=_l("Allocations"), new=_l("Allocate by hand"))
    list_columns = ["customer", "holder", "rule", "reason", "decided_by", "decided_at", "batch", "site"]
    search_columns = ["rule", "batch", "decided_at"]
    order_columns = ["decided_at"]
    fieldsets = [(_l("Allocation"), ["scheme_key", "customer", "sheet", "holder", "reason"])]
    show_fieldsets = [
        (_l("Allocation"), ["customer", "holder", "rule", "reason", "sheet"]),
        (_l("Decision"), ["decided_by", "decided_at", "batch", "before", "after"]),
    ]
    form_choices = {"scheme_key": scheme.scheme_words}
    on_add, known = allocating.by_hand, page.known_sheet
    moves = allocating.MOVES


class ContactSheetView(RecordView):
    """The first contact: who collected it, what the person agreed to, and how far it has come."""

    datamodel = SQLAInterface(ContactSheet)
    class_permission_name = "ContactSheet"
    route_base = "/contact-sheets"
    titles = Titles(one=_l("First contact sheet"), many=_l("First contact sheets"), new=_l("New contact sheet"))
    list_columns = ["number", "customer", "area", "collector", "filled_by", "state", "handed_over_at", "batch", "site"]
    search_columns = ["number", "state", "area", "filled_by", "batch", "submitted_at", "handed_over_at"]
    order_columns = ["number", "submitted_at", "handed_over_at"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Sheet"), ["scheme_key", "site", "filled_by", "customer"]),
        (_l("Particulars"), ["name", "phone", "address", "area", "birth_year", "gender"]),
        (_l("More of the person"), ["occupation", "household", "interests", "remark"]),
        (_l("Consent"), ["has_consent", "consent_by"]),
        (_l("Signatures"), ["client_signature", "collector_signature", "is_signed_on_paper"]),
    ]
    show_fieldsets = [
        (_l("Sheet"), ["number", "scheme_key", "collector", "filled_by", "state", "customer", "file"]),
        *fieldsets[1:3],
        (_l("Consent"), ["has_consent", "consent_by", "consent_at", "notice_version", "notice_digest"]),
        fieldsets[4],
        (_l("Handing over"), ["submitted_at", "handed_over_at", "handed_to", "batch"]),
    ]
    edit_columns = [name for _title, names in fieldsets[1:] for name in names] + ["filled_by"]
    edit_states = SHEET_STATES.keys() - {"submitted", "handed_over", *ContactSheet.OVER}
    form_choices = {"scheme_key": scheme.scheme_words}
    on_add, on_edit, known = collecting.begin, collecting.amend, collecting.known
    moves = collecting.MOVES
    related_views = [AllocationView]


class EventSheetView(RecordView):
    """Who came to an event, bought or not; from its day on they are followed up."""

    datamodel = SQLAInterface(EventSheet)
    class_permission_name = "EventSheet"
    route_base = "/event-sheets"
    titles = Titles(one=_l("Event sheet"), many=_l("Event sheets"), new=_l("New event sheet"))
    list_columns = ["number", "customer", "event_kind", "event_on", "is_buyer", "filler", "state", "late", "site"]
    search_columns = ["number", "state", "event_on", "is_buyer", "made_on"]
    order_columns = ["number", "event_on", "made_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Event"), ["scheme_key", "customer", "event_kind", "event_on", "is_buyer", "bought"]),
        (_l("The customer"), ["phone", "address", "feedback", "wishes"]),
    ]
    show_fieldsets = [
        (_l("Event"), ["number", "customer", "sheet", "event_kind", "event_on", "is_buyer", "bought"]),
        fieldsets[1],
        (_l("Handing over"), ["state", "filler", "made_on", "handed_over_on", "late", "is_legible", "checked_by"]),
        (_l("Keeping"), ["kept_by", "kept_on", "file"]),
    ]
    edit_columns = ["event_kind", "event_on", "is_buyer", "bought", "phone", "address", "feedback", "wishes"]
    edit_states = EVENT_STATES.keys() - {"made", "handed_over", "checked", "kept"}
    form_choices = {"scheme_key": scheme.scheme_words, "event_kind": scheme.event_words}
    on_add, on_edit, known = attending.begin, attending.amend, attending.known
    moves = attending.MOVES
    related_views = [FollowUpView]


class BlankIssueView(RecordView):
    """The stock of blank sheets: who was issued which numbers, and what became of them."""

    datamodel = SQLAInterface(BlankIssue)
    class_permission_name = "BlankIssue"
    route_base = "/blank-sheets"
    titles = Titles(one=_l("Issue of blank sheets"), many=_l("Blank sheets"), new=_l("Issue blank sheets"))
    list_columns = ["number", "form", "first_no", "last_no", "holder", "issued_on", "state", "site"]
    search_columns = ["number", "form", "state", "issued_on"]
    order_columns = ["number", "issued_on"]
    base_order = ("number", "desc")
    fieldsets = [(_l("Issue of blank sheets"), ["scheme_key", "site", "form", "quantity", "holder"])]
    show_fieldsets = [
        (_l("Issue of blank sheets"), ["number", "form", "quantity", "first_no", "last_no", "holder", "issued_by"]),
        (_l("What became of them"), ["state", "used", "spoilt", "given_back", "settled_on"]),
    ]
    edit_columns = []
    form_choices = {"scheme_key": scheme.scheme_words}
    on_add, known = blanks.issue, page.known_scheme
    moves = blanks.MOVES


class MyCustomersView(BaseView):
    """The customers that are mine now: a grant, not a copy."""

    route_base = "/my-customers"
    class_permission_name = "MyCustomer"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("hudang/list.html", page=screen.my_customers_page())


class FollowUpBoardView(BaseView):
    """Each day: who has what due, overdue and done."""

    route_base = "/follow-up-board"
    class_permission_name = "FollowUpBoard"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("trades/board.html", **screen.board_page())

    @expose("/occasions", methods=["POST"])
    @has_access
    def plan(self) -> Any:
        """A year's greetings and invitations."""
        try:
            made = occasions.plan(gate.site_ids(), whole_number(request.form.get("year")), by=gate.user())
            flash(_l("Follow-ups planned: %(count)s", count=len(made)), "success")
        except RuleError as error:
            flash(error.message, "danger")
        return redirect(url_for("FollowUpBoardView.list"))


class HandInView(BaseView):
    """Sheets that nobody has received yet, by who collected them."""

    route_base = "/hand-in"
    class_permission_name = "HandIn"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("trades/hand_in.html", **screen.hand_in_page())

    @expose("/hand-over", methods=["POST"])
    @has_access
    def hand_over(self) -> Any:
        """All of one's own complete sheets, to the manager."""
        try:
            handed = collecting.hand_over_all(by=gate.user())
        except RuleError as error:
            return self.render_template("trades/hand_in.html", **screen.hand_in_page(error.message)), 422
        flash(_l("Sheets handed over: %(count)s", count=len(handed)), "success")
        return redirect(url_for("HandInView.list"))


class AllocationDeskView(BaseView):
    """A batch before it is allocated: the rule that decides each line, and the manager's hand."""

    route_base = "/allocation-desk"
    class_permission_name = "AllocationDesk"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("trades/allocate.html", **screen.desk_page())

    @expose("/settle", methods=["POST"])
    @has_access
    def settle(self) -> Any:
        try:
            made = screen.settle()
        except RuleError as error:
            return self.render_template("trades/allocate.html", **screen.desk_page(error.message)), 422
        flash(_l("Customers allocated: %(count)s", count=len(made)), "success")
        return redirect(url_for("AllocationDeskView.list"))
