"""Campaigns as other programs may read them: how far each is, who owes papers, and what was handed in."""

from __future__ import annotations

from app.campaigns.views import CampaignPartyView, CampaignView, SubmissionView
from app.kit.api import RecordApi


class CampaignApi(RecordApi):
    """Work over years of papers: its years, its receiver, how it stands."""

    screen = CampaignView
    class_permission_name = "Campaign"
    resource = "campaigns"
    list_columns = ["number", "site", "title", "kind", "from_year", "to_year", "state", "begun_on", "closed_on"]
    show_columns = [
        *list_columns, "receiver", "purpose", "basis", "base_points", "points_per_year", "missing_means",
        "accepted_on", "outcome",
    ]  # fmt: skip
    examples = {"number": "XD-2026-00001", "title": "历年欠交归档材料清理", "from_year": 2018, "to_year": 2025}


class CampaignPartyApi(RecordApi):
    """Who owes papers in a campaign, and of which years."""

    screen = CampaignPartyView
    class_permission_name = "CampaignParty"
    resource = "campaign-parties"
    list_columns = ["campaign", "position", "name", "kind", "responsible", "trainee", "trained_on"]
    show_columns = [*list_columns, "since_year", "until_year", "planned_pieces", "remark"]
    examples = {"name": "城东供电所", "responsible": "王小明"}


class SubmissionApi(RecordApi):
    """What was handed in: waiting, returned with a reason, or passed."""

    screen = SubmissionView
    class_permission_name = "Submission"
    resource = "submissions"
    list_columns = ["campaign", "party", "paper", "year", "pieces", "passed_pieces", "round", "state", "handed_in_on"]
    show_columns = [*list_columns, "handed_in_by", "reason"]
    examples = {"year": 2019, "pieces": 4, "reason": "缺目录"}
