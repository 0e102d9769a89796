"""Tasks and costs, scores, checks and the acceptance of campaigns, as people see them."""

from __future__ import annotations

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.campaigns import acceptance, scores, tasks
from app.campaigns.ledgers import (
    AcceptanceExpert,
    AcceptanceItem,
    CampaignCost,
    CampaignTask,
    PartyCheck,
    ScoreLine,
)
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class CampaignCostView(RecordView):
    datamodel = SQLAInterface(CampaignCost)
    class_permission_name = "CampaignCost"
    route_base = "/campaign-costs"
    titles = Titles(one=_l("Cost line"), many=_l("Costs of the work"), new=_l("New cost line"))
    list_columns = ["booked_on", "task", "what", "receipt", "amount_cents", "corrects"]
    search_columns = ["what", "receipt", "booked_on"]
    order_columns = ["id", "booked_on"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Cost line"), ["task", "booked_on", "what", "receipt", "amount_cents"]),
        (_l("Correction"), ["corrects"]),
    ]
    on_add = tasks.add_cost
    parent_takes = tasks.takes_costs


class CampaignTaskView(RecordView):
    """The board of tasks: department, person, deadline, budget (P5.15)."""

    datamodel = SQLAInterface(CampaignTask)
    class_permission_name = "CampaignTask"
    route_base = "/campaign-tasks"
    titles = Titles(one=_l("Task of a campaign"), many=_l("Tasks of campaigns"), new=_l("New task of a campaign"))
    list_columns = ["title", "campaign", "department", "person", "due_on", "spent_cents", "state"]
    search_columns = ["title", "department", "state", "due_on", "done_on"]
    order_columns = ["position", "title", "department", "due_on", "done_on"]
    base_order = ("due_on", "asc")
    fieldsets = [
        (_l("Task"), ["campaign", "title", "detail"]),
        (_l("Who and by when"), ["department", "person", "person_name", "due_on", "budget_cents"]),
    ]
    show_fieldsets = [
        (_l("Task"), ["campaign", "position", "title", "detail"]),
        (_l("Who and by when"), ["department", "person", "person_name", "due_on", "budget_cents", "spent_cents"]),
        (_l("Result of the task"), ["done_on", "outcome"]),
    ]
    edit_columns = ["title", "detail", "department", "person", "person_name", "due_on", "budget_cents"]
    edit_states = {"to_do"}
    on_add, on_edit = tasks.set_task, tasks.amend
    parent_takes = tasks.takes_tasks
    moves = tasks.MOVES
    related_views = [CampaignCostView]


class ScoreLineView(RecordView):
    datamodel = SQLAInterface(ScoreLine)
    class_permission_name = "ScoreLine"
    route_base = "/score-lines"
    titles = Titles(one=_l("Score line"), many=_l("Score lines"), new=_l("New points by hand"))
    list_columns = ["booked_on", "party", "phase", "kind", "year", "points", "reason", "corrects"]
    search_columns = ["kind", "year", "booked_on"]
    order_columns = ["id", "booked_on", "points"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Score line"), ["party", "phase", "points", "reason"]),
        (_l("Correction"), ["corrects"]),
    ]
    show_fieldsets = [
        (_l("Score line"), ["campaign", "party", "phase", "kind", "year", "points", "reason", "booked_on"]),
        (_l("Correction"), ["corrects"]),
    ]
    on_add = scores.add_line


class PartyCheckView(RecordView):
    """Guidance and inspections of those whose archives come in (P5.14)."""

    datamodel = SQLAInterface(PartyCheck)
    class_permission_name = "PartyCheck"
    route_base = "/party-checks"
    titles = Titles(one=_l("Guidance or inspection"), many=_l("Guidance and inspections"), new=_l("New check"))
    list_columns = ["done_on", "party", "kind", "checked_by", "looked_at", "regular", "passing"]
    search_columns = ["kind", "checked_by", "done_on"]
    order_columns = ["done_on"]
    base_order = ("done_on", "desc")
    fieldsets = [
        (_l("Guidance or inspection"), ["party", "kind", "done_on", "checked_by"]),
        (_l("What was found of the pieces"), ["looked_at", "regular", "passing", "findings"]),
    ]
    edit_columns = ["kind", "done_on", "checked_by", "looked_at", "regular", "passing", "findings"]
    on_add = on_edit = tasks.note_check


class AcceptanceItemView(RecordView):
    """The standard, item by item (P6.07)."""

    datamodel = SQLAInterface(AcceptanceItem)
    class_permission_name = "AcceptanceItem"
    route_base = "/acceptance-items"
    titles = Titles(
        one=_l("Item of the standard"), many=_l("Items of the standard"), new=_l("New item of the standard")
    )
    list_columns = ["position", "standard", "state", "remark", "round", "judged_on"]
    search_columns = ["standard", "state", "judged_on"]
    order_columns = ["position", "judged_on"]
    base_order = ("position", "asc")
    fieldsets = [(_l("Item of the standard"), ["campaign", "standard"])]
    show_fieldsets = [
        (_l("Item of the standard"), ["campaign", "position", "standard"]),
        (_l("Verdict of the experts"), ["remark", "round", "judged_on"]),
    ]
    edit_columns = ["standard"]
    edit_states = {"open"}
    on_add, on_edit = acceptance.add_item, acceptance.amend_item
    parent_takes = acceptance.takes
    moves = acceptance.MOVES


class AcceptanceExpertView(RecordView):
    """Who came from outside to judge, and signed."""

    datamodel = SQLAInterface(AcceptanceExpert)
    class_permission_name = "AcceptanceExpert"
    route_base = "/acceptance-experts"
    titles = Titles(one=_l("Expert"), many=_l("Experts"), new=_l("New expert"))
    list_columns = ["name", "organisation", "post", "signed_on", "is_signed_on_paper"]
    search_columns = ["name", "organisation", "signed_on"]
    order_columns = ["name", "signed_on"]
    base_order = ("id", "asc")
    fieldsets = [
        (_l("Expert"), ["campaign", "name", "organisation", "post"]),
        (_l("Signing"), ["signature", "is_signed_on_paper", "signed_on"]),
    ]
    add_columns = ["campaign", "name", "organisation", "post"]
    edit_columns = ["name", "organisation", "post", "signature", "is_signed_on_paper"]
    on_add, on_edit = acceptance.add_expert, acceptance.sign
    parent_takes = acceptance.takes
