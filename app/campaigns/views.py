"""Campaigns, who owes what in them, and what was handed in, as people see them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect
from flask_appbuilder import expose, has_access
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security.decorators import permission_name
from flask_babel import lazy_ngettext as _n

from app.campaigns import rules, screen, submissions
from app.campaigns.models import Campaign, CampaignParty, CampaignPhase, ExpectedPaper, Submission, SubmissionLine
from app.campaigns.registers import (
    AcceptanceExpertView,
    AcceptanceItemView,
    CampaignTaskView,
    PartyCheckView,
    ScoreLineView,
)
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.records import RecordView, Titles


class SubmissionLineView(RecordView):
    datamodel = SQLAInterface(SubmissionLine)
    class_permission_name = "SubmissionLine"
    route_base = "/submission-lines"
    titles = Titles(one=_l("Round"), many=_l("Rounds"), new=_l("New round"))
    list_columns = ["at", "round", "what", "pieces", "reason", "person", "user"]
    search_columns = ["what", "at"]
    order_columns = ["id", "at"]
    base_order = ("id", "asc")
    fieldsets = [(_l("Round"), ["submission", "round", "what", "pieces", "reason", "person", "at", "user"])]
    add_columns = edit_columns = []


class SubmissionView(RecordView):
    """The receiver's queue: let it pass, or send it back with a reason (P6.06)."""

    datamodel = SQLAInterface(Submission)
    class_permission_name = "Submission"
    route_base = "/submissions"
    titles = Titles(one=_l("Handed-in papers"), many=_l("Papers handed in"), new=_l("New papers"))
    list_columns = ["year", "party", "paper", "pieces", "passed_pieces", "round", "handed_in_on", "state"]
    search_columns = ["state", "year", "round", "handed_in_on"]
    order_columns = ["year", "handed_in_on", "round"]
    base_order = ("handed_in_on", "asc")
    fieldsets = [
        (_l("Handed-in papers"), ["campaign", "party", "year", "paper", "pieces", "handed_in_on", "handed_in_by"]),
        (_l("What the receiver says"), ["round", "passed_pieces", "reason"]),
    ]
    add_columns = edit_columns = []
    moves = submissions.MOVES
    related_views = [SubmissionLineView]


class CampaignPhaseView(RecordView):
    datamodel = SQLAInterface(CampaignPhase)
    class_permission_name = "CampaignPhase"
    route_base = "/campaign-phases"
    titles = Titles(one=_l("Phase"), many=_l("Phases"), new=_l("New phase"))
    list_columns = ["name", "kind", "party_kind", "begins_on", "ends_on", "standing"]
    search_columns = ["name", "kind", "begins_on", "ends_on"]
    order_columns = ["begins_on", "ends_on"]
    base_order = ("begins_on", "asc")
    fieldsets = [(_l("Phase"), ["campaign", "name", "kind", "party_kind", "begins_on", "ends_on", "what"])]
    edit_columns = ["name", "kind", "party_kind", "begins_on", "ends_on", "what"]
    can_delete = True
    on_add = on_edit = rules.add_phase
    parent_takes = rules.takes_more


class ExpectedPaperView(RecordView):
    datamodel = SQLAInterface(ExpectedPaper)
    class_permission_name = "ExpectedPaper"
    route_base = "/expected-papers"
    titles = Titles(one=_l("Expected paper"), many=_l("Expected papers"), new=_l("New expected paper"))
    list_columns = ["position", "name", "category", "party_kind", "pieces", "is_key"]
    search_columns = ["name", "category", "party_kind", "is_key"]
    order_columns = ["position", "name"]
    base_order = ("position", "asc")
    fieldsets = [
        (_l("Expected paper"), ["campaign", "name", "category", "party_kind", "pieces", "is_key"]),
        (_l("Other years than the campaign's"), ["since_year", "until_year"]),
    ]
    edit_columns = ["name", "category", "party_kind", "pieces", "is_key", "since_year", "until_year"]
    can_delete = True
    on_add, on_edit = rules.add_paper, rules.amend_paper
    parent_takes = rules.takes_more


class CampaignPartyView(RecordView):
    """Who owes papers; each year of theirs has a page on which papers are handed in."""

    datamodel = SQLAInterface(CampaignParty)
    class_permission_name = "CampaignParty"
    route_base = "/campaign-parties"
    titles = Titles(one=_l("Responsible unit"), many=_l("Responsible units"), new=_l("New responsible unit"))
    list_columns = ["position", "name", "kind", "responsible", "trainee", "trained_on"]
    search_columns = ["name", "kind", "trained_on"]
    order_columns = ["position", "name"]
    base_order = ("position", "asc")
    fieldsets = [
        (_l("Responsible unit"), ["campaign", "name", "kind", "responsible", "remark"]),
        (_l("Training"), ["trainee", "trained_on"]),
        (_l("Other years than the campaign's"), ["since_year", "until_year", "planned_pieces"]),
    ]
    edit_columns = ["name", "kind", "responsible", "remark", "trainee", "trained_on", "since_year", "until_year",
                    "planned_pieces"]  # fmt: skip
    can_delete = True
    on_add, on_edit = rules.add_party, rules.amend_party
    parent_takes = rules.takes_more
    related_views = [SubmissionView, ScoreLineView, PartyCheckView]

    @expose("/<int:pk>/year")
    @has_access
    @permission_name("show")
    def year(self, pk: int) -> Any:
        party = self.fetch(pk)
        shown = screen.year_context(party, screen.year_asked(party.campaign.from_year))
        return self.render_template("campaigns/year.html", **shown)

    @expose("/<int:pk>/hand-in", methods=["POST"])
    @has_access
    def hand_in(self, pk: int) -> Any:
        """Papers of one year come in, as many kinds as were typed."""
        party, year = self.fetch(pk), screen.year_asked()
        try:
            number = screen.hand_in(party, year)
        except RuleError as error:
            return self.render_template("campaigns/year.html", **screen.year_context(self.fetch(pk), year, error)), 422
        flash(_n("%(num)s paper handed in.", "%(num)s papers handed in.", number), "success")
        return redirect(self.url("year", pk=pk, year=year))

    @expose("/<int:pk>/pass-year", methods=["POST"])
    @has_access
    def pass_year(self, pk: int) -> Any:
        """The receiver lets everything of the year pass."""
        party, year = self.fetch(pk), screen.year_asked()
        try:
            number = screen.pass_year(party, year)
        except RuleError as error:
            return self.render_template("campaigns/year.html", **screen.year_context(self.fetch(pk), year, error)), 422
        flash(_n("%(num)s paper passed.", "%(num)s papers passed.", number), "success")
        return redirect(self.url("year", pk=pk, year=year))


class CampaignView(RecordView):
    """Work over years of papers, with its phases, matrix, tasks, scores and acceptance."""

    datamodel = SQLAInterface(Campaign)
    class_permission_name = "Campaign"
    route_base = "/campaigns"
    titles = Titles(one=_l("Campaign"), many=_l("Campaigns"), new=_l("New campaign"))
    list_columns = ["number", "site", "title", "kind", "from_year", "to_year", "receiver", "begun_on", "state"]
    search_columns = ["number", "title", "kind", "state", "begun_on"]
    order_columns = ["number", "title", "begun_on"]
    base_order = ("number", "desc")
    fieldsets = [
        (_l("Campaign"), ["site", "title", "kind", "from_year", "to_year", "receiver", "purpose", "basis"]),
        (_l("Points"), ["base_points", "points_per_year", "missing_means"]),
    ]
    show_fieldsets = [
        (_l("Campaign"), ["kind", "from_year", "to_year", "receiver", "purpose", "basis", "begun_on"]),
        (_l("Points"), ["base_points", "points_per_year", "missing_means"]),
        (_l("The end"), ["accepted_on", "closed_on", "outcome"]),
    ]
    edit_columns = ["title", "kind", "from_year", "to_year", "receiver", "purpose", "basis", "base_points",
                    "points_per_year", "missing_means"]  # fmt: skip
    edit_states = {"planned"}
    on_add, on_edit = rules.open_campaign, rules.amend
    moves = rules.MOVES
    related_views = [
        CampaignPhaseView, CampaignPartyView, ExpectedPaperView, CampaignTaskView, SubmissionView, AcceptanceItemView,
        AcceptanceExpertView, ScoreLineView,
    ]  # fmt: skip

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        return self.render_template("campaigns/campaign.html", **screen.campaign_context(self, self.fetch(pk)))

    @expose("/<int:pk>/matrix")
    @has_access
    @permission_name("show")
    def matrix(self, pk: int) -> Any:
        """Units down, years across, each cell leading to what was handed in (P6.02)."""
        return self.render_template("campaigns/matrix.html", page=screen.matrix(self.fetch(pk)))
