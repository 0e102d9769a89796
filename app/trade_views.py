"""What the trades beside the property desk have on the menu, each shown where a site works with it."""

from __future__ import annotations

from typing import Any

from app.campaigns.api import CampaignApi, CampaignPartyApi, SubmissionApi
from app.campaigns.registers import (
    AcceptanceExpertView,
    AcceptanceItemView,
    CampaignCostView,
    CampaignTaskView,
    PartyCheckView,
    ScoreLineView,
)
from app.campaigns.views import (
    CampaignPartyView,
    CampaignPhaseView,
    CampaignView,
    ExpectedPaperView,
    SubmissionLineView,
    SubmissionView,
)
from app.customers.views import CustomerView
from app.fonds.api import ArchivalItemApi, FondsApi, TransferApi
from app.fonds.open_views import OpeningLineView, OpeningView, OpenRecordsView
from app.fonds.views import (
    ArchivalItemView,
    FondsNoteView,
    FondsView,
    HolderView,
    KeepingView,
    NumberChangeView,
    TransferLineView,
    TransferView,
)
from app.kit.labels import _l
from app.market.api import MarketProfileApi, SaleApi, SurveyApi
from app.market.survey_views import (
    AnswerLinkView,
    AnswerView,
    CorrectiveActionView,
    EvaluationView,
    SurveyAnswerView,
    SurveyView,
)
from app.market.views import (
    CompositionView,
    GradeChangeView,
    MarketProfileView,
    ProfileDatumView,
    QualityNoteView,
    SalePaymentView,
    SaleView,
    TermRequestView,
)
from app.security.views import UserView
from app.trades.api import AllocationApi, ContactSheetApi, EventSheetApi, FollowUpApi
from app.trades.views import (
    AllocationDeskView,
    AllocationPolicyView,
    AllocationView,
    BlankIssueView,
    ContactSheetView,
    DutyHolderView,
    EventSheetView,
    FollowUpBoardView,
    FollowUpView,
    HandInView,
    MyCustomersView,
)

Group = tuple[tuple[str, Any], list[tuple[type, str, Any, str]]]

FOLLOWING_UP: Group = (
    ("Following up", _l("Following up")),
    [
        (MyCustomersView, "My customers", _l("My customers"), "people"),
        (FollowUpView, "Follow-ups", _l("Follow-ups"), "phone"),
        (FollowUpBoardView, "Daily board", _l("Daily board"), "chart"),
        (ContactSheetView, "First contact sheets", _l("First contact sheets"), "paper"),
        (HandInView, "Sheets to hand over", _l("Sheets to hand over"), "handover"),
        (AllocationDeskView, "Allocate customers", _l("Allocate customers"), "link"),
        (AllocationView, "Allocations", _l("Allocations"), "list"),
        (EventSheetView, "Event sheets", _l("Event sheets"), "paper"),
        (BlankIssueView, "Blank sheets", _l("Blank sheets"), "list"),
        (DutyHolderView, "Duties", _l("Duties"), "people"),
        (AllocationPolicyView, "Allocation policies", _l("Allocation policies"), "link"),
    ],
)
MARKET: Group = (
    ("Marketing", _l("The market")),
    [
        (MarketProfileView, "Customers in the market", _l("Customers in the market"), "chart"),
        (ProfileDatumView, "Data of customers", _l("Data of customers"), "paper"),
        (SaleView, "Sales", _l("Sales"), "coins"),
        (TermRequestView, "Terms of payment", _l("Terms of payment"), "stamp"),
        (AnswerLinkView, "Links for customers", _l("Links for customers"), "link"),
        (SurveyView, "Surveys", _l("Surveys"), "list"),
        (CorrectiveActionView, "Corrective actions", _l("Corrective actions"), "wrench"),
        (QualityNoteView, "Product quality", _l("Product quality"), "eye"),
        (EvaluationView, "Evaluations", _l("Evaluations"), "stamp"),
    ],
)
CAMPAIGNS: Group = (
    ("Campaigning", _l("Campaigns")),
    [
        (CampaignView, "Campaigns", _l("Campaigns"), "calendar"),
        (SubmissionView, "Papers handed in", _l("Papers handed in"), "paper"),
        (CampaignTaskView, "Tasks of campaigns", _l("Tasks of campaigns"), "list"),
        (PartyCheckView, "Guidance and inspections", _l("Guidance and inspections"), "eye"),
        (ScoreLineView, "Score lines", _l("Score lines"), "chart"),
    ],
)
ARCHIVES: Group = (
    ("Archives", _l("Archives")),
    [
        (FondsView, "All fonds", _l("Fonds"), "layers"),
        (ArchivalItemView, "Archival items", _l("Archival items"), "paper"),
        (TransferView, "Transfers", _l("Transfers"), "handover"),
        (KeepingView, "Kept for others", _l("Kept for others"), "clock"),
        (OpeningView, "Openings", _l("Openings"), "eye"),
        (NumberChangeView, "Concordance of fonds", _l("Concordance of fonds"), "list"),
        (HolderView, "Archive holders", _l("Archive holders"), "building"),
    ],
)
UNLISTED: list[type] = [
    AcceptanceExpertView,
    AcceptanceItemView,
    AnswerView,
    CampaignCostView,
    CampaignPartyView,
    CampaignPhaseView,
    CompositionView,
    ExpectedPaperView,
    FondsNoteView,
    GradeChangeView,
    OpenRecordsView,
    OpeningLineView,
    SalePaymentView,
    SubmissionLineView,
    SurveyAnswerView,
    TransferLineView,
    # for other programs
    AllocationApi,
    ArchivalItemApi,
    CampaignApi,
    CampaignPartyApi,
    ContactSheetApi,
    EventSheetApi,
    FollowUpApi,
    FondsApi,
    MarketProfileApi,
    SaleApi,
    SubmissionApi,
    SurveyApi,
    TransferApi,
]


def relate() -> None:
    """Say whose records stand on whose page."""
    UserView.related_views = [*UserView.related_views, CampaignTaskView, FollowUpView]
    CustomerView.related_views = [*CustomerView.related_views, MarketProfileView]
    FondsView.related_views = [FondsNoteView, ArchivalItemView, KeepingView, TransferView, NumberChangeView]
    ArchivalItemView.related_views = [ArchivalItemView, NumberChangeView]
    HolderView.related_views = [FondsView]
