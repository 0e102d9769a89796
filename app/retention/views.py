"""The retention table, holds, appraisal and destruction lists as those who draw up, judge and witness see them."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.archive import access
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.retention import board, destroying, holds, judging, page, periods, rules, verifying
from app.retention.models import (
    Appraisal,
    AppraisalItem,
    AppraisalMember,
    Destruction,
    DestructionItem,
    LegalHold,
    RetentionRule,
)


class RetentionRuleView(RecordView):
    """The table 保管期限表: shipped, then the house's own; each change is a line with the old and the new (P2.02)."""

    datamodel = SQLAInterface(RetentionRule)
    class_permission_name = "RetentionRule"
    route_base = "/retention-rules"
    titles = Titles(one=_l("Retention period"), many=_l("Retention table"), new=_l("New retention period"))
    list_columns = ["scheme_key", "paper_class", "clock", "is_permanent", "years", "months", "days", "basis"]
    search_columns = ["scheme_key", "paper_class", "clock", "is_permanent"]
    order_columns = ["scheme_key", "paper_class"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Keeping"), ["scheme_key", "paper_class"]),
        (_l("How long"), ["clock", "is_permanent", "years", "months", "days"]),
        (_l("Why"), ["basis", "source", "is_confidential"]),
    ]
    edit_columns = ["clock", "is_permanent", "years", "months", "days", "basis", "source", "is_confidential"]
    form_choices = {"scheme_key": access.scheme_words, "paper_class": page.class_choices}
    on_add, on_edit = periods.settle_rule, periods.amend_rule


class LegalHoldView(RecordView):
    """While a file is held nothing of it is destroyed; who placed the hold does not release it."""

    datamodel = SQLAInterface(LegalHold)
    class_permission_name = "LegalHold"
    route_base = "/legal-holds"
    titles = Titles(one=_l("Legal hold"), many=_l("Legal holds"), new=_l("Hold a file"))
    list_columns = ["file", "reason", "until_on", "state", "placed_by", "placed_at", "released_by"]
    search_columns = ["state", "until_on", "placed_at"]
    order_columns = ["placed_at", "until_on"]
    base_order = ("id", "desc")
    fieldsets = [(_l("Hold"), ["file", "reason", "until_on"])]
    show_fieldsets = [
        (_l("Hold"), ["file", "reason", "until_on", "state", "placed_by", "placed_at"]),
        (_l("Release"), ["released_by", "released_at", "release_reason"]),
    ]
    edit_columns = []
    on_add = holds.place
    moves = holds.MOVES


class AppraisalMemberView(RecordView):
    """The group of appraisers and who of them has signed."""

    datamodel = SQLAInterface(AppraisalMember)
    class_permission_name = "AppraisalMember"
    route_base = "/appraisal-members"
    titles = Titles(one=_l("Appraiser"), many=_l("Group of appraisers"), new=_l("New appraiser"))
    list_columns = ["user", "signed_at"]
    search_columns = []
    order_columns = ["id"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Appraiser"), ["appraisal", "user"])]
    show_fieldsets = [(_l("Appraiser"), ["appraisal", "user", "signed_at", "digest"])]
    edit_columns = []
    on_add = rules.join_group
    after_add = staticmethod(page.url_of_list)
    parent_takes = judging.is_draft


class AppraisalItemView(RecordView):
    """One file or paper, judged on four axes (P4.11)."""

    datamodel = SQLAInterface(AppraisalItem)
    class_permission_name = "AppraisalItem"
    route_base = "/appraisal-items"
    titles = Titles(one=_l("Item"), many=_l("Items"), new=_l("New item"))
    list_columns = ["position", "file", "title", "due_on", "verdict", "may_open", "digitise", "secrecy", "declassify"]
    search_columns = ["verdict", "secrecy", "due_on", "paper_class"]
    order_columns = ["position", "due_on"]
    base_order = ("position", "asc")
    fieldsets = [
        (_l("Item"), ["appraisal", "file", "paper_class"]),
        (_l("Keep or destroy"), ["verdict", "keep_until", "verdict_remark"]),
        (_l("Opening and digitising"), ["may_open", "open_remark", "digitise", "digitise_remark"]),
        (_l("Secrecy"), ["secrecy", "classified_by", "declassify", "declassify_remark"]),
    ]
    show_fieldsets = [
        (_l("Item"), ["appraisal", "position", "file", "title", "paper_class", "due_on"]),
        *fieldsets[1:],
    ]
    add_columns = ["appraisal", "file", "paper_class"]
    edit_columns = [name for _title, names in fieldsets[1:] for name in names]
    form_choices = {"paper_class": page.classes_of_file}
    on_add, on_edit = rules.add_item, judging.judge
    after_add = staticmethod(page.url_of_list)
    parent_takes = judging.is_draft


class AppraisalView(RecordView):
    """Drawn up, judged by a group, signed, agreed to by manager and director."""

    datamodel = SQLAInterface(Appraisal)
    class_permission_name = "Appraisal"
    route_base = "/appraisals"
    titles = Titles(one=_l("Appraisal"), many=_l("Appraisals"), new=_l("New appraisal"))
    list_columns = ["number", "site", "drawn_on", "drawn_by", "is_classified", "state", "approved_on"]
    search_columns = ["number", "state", "drawn_on", "is_classified"]
    order_columns = ["number", "drawn_on"]
    base_order = ("number", "desc")
    fieldsets = [(_l("Appraisal"), ["site", "is_classified", "opinion"])]
    show_fieldsets = [
        (_l("Appraisal"), ["number", "site", "is_classified", "state", "drawn_by", "drawn_on", "approved_on"]),
        (_l("Opinion of the group"), ["opinion", "digest"]),
    ]
    edit_columns = ["opinion"]
    edit_states = {"draft"}
    on_add, on_edit = rules.draw_up, rules.amend
    moves = rules.MOVES
    related_views = [AppraisalItemView, AppraisalMemberView]


class DestructionItemView(RecordView):
    """What a destruction list names; it stays when the thing is gone."""

    datamodel = SQLAInterface(DestructionItem)
    class_permission_name = "DestructionItem"
    route_base = "/destruction-items"
    titles = Titles(one=_l("Item"), many=_l("Items"), new=_l("New item"))
    list_columns = ["position", "title", "year", "file", "period", "kept", "pages", "scan_count", "remark"]
    search_columns = ["year"]
    order_columns = ["position"]
    base_order = ("position", "asc")
    fieldsets = [
        (_l("Item"), ["destruction", "position", "file", "title", "year"]),
        (_l("Keeping"), ["period", "kept", "pages", "scan_count", "remark"]),
    ]
    add_columns = edit_columns = []


class DestructionView(RecordView):
    """Drawn up from an approved appraisal, approved by the director, witnessed by two, carried out (P4.13)."""

    datamodel = SQLAInterface(Destruction)
    class_permission_name = "Destruction"
    route_base = "/destructions"
    titles = Titles(one=_l("Destruction"), many=_l("Destructions"), new=_l("New destruction list"))
    list_columns = ["number", "appraisal", "method", "drawn_on", "carrier", "first_witness", "second_witness", "state"]
    search_columns = ["number", "state", "method", "drawn_on"]
    order_columns = ["number", "drawn_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Destruction"), ["appraisal", "method", "venue"]),
        (_l("Who is there"), ["carrier", "first_witness", "second_witness"]),
    ]
    show_fieldsets = [
        (_l("Destruction"), ["number", "appraisal", "method", "venue", "state", "drawn_by", "drawn_on", "approved_on"]),
        (_l("First witness"), ["first_witness", "first_signed_at", "first_signature"]),
        (_l("Second witness"), ["second_witness", "second_signed_at", "second_signature"]),
        (_l("Carried out"), ["carrier", "done_at", "digest"]),
    ]
    edit_columns = ["method", "venue", "carrier", "first_witness", "second_witness"]
    edit_states = {"draft"}
    among = {"appraisal": page.approved_only}
    on_add, on_edit = destroying.draw_up, destroying.amend
    moves = [*destroying.MOVES, *verifying.MOVES]
    related_views = [DestructionItemView]


class RetentionDueView(BaseView):
    """Everything whose time is up."""

    route_base = "/retention-due"
    class_permission_name = "RetentionDue"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        return self.render_template("hudang/list.html", page=board.due_page())
