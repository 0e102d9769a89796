"""The whole menu as the desk sees it, top to bottom."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import AppBuilder, IndexView, expose

from app import trade_views
from app.applications.views import ApplicationView, GoodsLineView
from app.archive.api import FileApi
from app.archive.scheme_views import KeeperView, SchemeLimitView, SchemeView
from app.archive.views import AccessRuleView, DocumentView, FileView, ScanView
from app.arrears.views import DuePaymentView, DueView, ViolationView
from app.complaints.api import ComplaintApi
from app.complaints.views import ComplaintPromiseView, ComplaintView
from app.customers.api import CustomerApi
from app.customers.views import ContactView, CustomerView, TenancyView
from app.deposits.api import DepositApi, DepositLineApi
from app.deposits.views import DepositDeductionView, DepositLineView, DepositRefundView, DepositView
from app.estate.api import UnitApi
from app.estate.views import BuildingView, CalendarDayView, FloorView, SiteUserView, SiteView, UnitView
from app.exchange.views import ImportView
from app.fitout.views import FitoutInspectionView, FitoutView, FitoutWorkerView
from app.handovers.views import ClearanceView, CustodyLineView, HandoverLineView, HandoverSignatureView, HandoverView
from app.home import HomeBoard
from app.incidents.views import IncidentView, PenaltyBoundView
from app.jobs.views import JobView
from app.kit.api import ApiView
from app.kit.labels import _l
from app.loans.views import LoanLineView, LoanReminderView, LoanReturnView, LoanView
from app.lookups.views import LookupRequestView, PaperChangeView, RegisterReviewView, SeenView
from app.moving.views import HeldKeyView, MovingItemView, MovingView
from app.notices.views import LetterTemplateView, LetterView, NoticeReceiptView, NoticeView
from app.operations.views import ExportView, OperationsView
from app.printing.views import PrintLineView, PrintView
from app.privacy.views import ConsentView, DataRequestView, DataTaskView, PersonalDataView
from app.registers.api import EntryApi
from app.registers.views import EntryAttachmentView, EntrySheetView, EntryView, RegisterView
from app.repairs.api import RepairApi, RepairKindApi
from app.repairs.views import RepairCostView, RepairKindView, RepairPictureView, RepairStepView, RepairView
from app.reporting.views import ReportView
from app.retention.views import (
    AppraisalItemView,
    AppraisalMemberView,
    AppraisalView,
    DestructionItemView,
    DestructionView,
    LegalHoldView,
    RetentionDueView,
    RetentionRuleView,
)
from app.search.views import SearchView
from app.security import gate
from app.security.views import ApiTokenView, AuditLineView, LoginView, PasswordView, RoleView, UserView
from app.storage.registers import CertificateLineView, FileNumberView, PlaceMoveView, StoreEntryView
from app.storage.views import (
    CertificateView,
    ClimateReadingView,
    ClimateTodayView,
    FilingView,
    InspectionView,
    PlaceView,
    StockTakeView,
    StoreRoomView,
)
from app.telling.views import TellingChoiceView, TellingLineView
from app.visits.api import VisitApi
from app.visits.views import CalendarFeedView, MyCalendarView, VisitGridView, VisitPlanView, VisitView

MENU: list[tuple[Any, list[tuple[type, str, Any, str]]]] = [
    (
        ("Desk", _l("Front desk")),
        [
            (FileView, "Files", _l("Files"), "folder"),
            (ComplaintView, "Complaints", _l("Complaints"), "phone"),
            (RepairView, "Repairs", _l("Repairs"), "wrench"),
            (VisitView, "Visits", _l("Visits"), "people"),
            (VisitGridView, "Who was visited", _l("Who was visited"), "grid"),
            (ApplicationView, "Applications", _l("Applications"), "stamp"),
            (NoticeView, "Notices", _l("Notices"), "mail"),
            (LetterView, "Write to several", _l("Write to several"), "mail"),
        ],
    ),
    (
        ("Tenants", _l("Tenants")),
        [
            (CustomerView, "Customers", _l("Customers"), "people"),
            (TenancyView, "Tenancies", _l("Tenancies"), "key"),
            (MovingView, "Moving in and out", _l("Moving in and out"), "leave"),
            (HeldKeyView, "Keys and cards", _l("Keys and cards"), "key"),
            (FitoutView, "Fit-outs", _l("Fit-outs"), "stamp"),
            (ViolationView, "Violations", _l("Violations"), "alert"),
        ],
    ),
    trade_views.FOLLOWING_UP,
    trade_views.MARKET,
    (
        ("Money", _l("Money")),
        [
            (DepositView, "Deposits", _l("Deposits"), "coins"),
            (DepositRefundView, "Refunds", _l("Refunds"), "coins"),
            (DepositLineView, "Deposit ledger", _l("Deposit ledger"), "list"),
            (DueView, "Arrears", _l("Arrears"), "coins"),
        ],
    ),
    (
        ("Custody", _l("Custody")),
        [
            (LookupRequestView, "Look-ups", _l("Look-ups"), "eye"),
            (PaperChangeView, "Changes of papers", _l("Changes of papers"), "paper"),
            (RegisterReviewView, "Signed registers", _l("Signed registers"), "stamp"),
            (AccessRuleView, "Access policy", _l("Access policy"), "shield"),
            (SchemeView, "Schemes", _l("Schemes"), "layers"),
            (KeeperView, "Keepers of files", _l("Keepers of files"), "user"),
            (LoanView, "Loans", _l("Loans"), "leave"),
            (HandoverView, "Hand-overs", _l("Hand-overs"), "handover"),
            (ClearanceView, "Leavers", _l("Leavers"), "leave"),
            (CustodyLineView, "Custody ledger", _l("Custody ledger"), "list"),
            (IncidentView, "Incidents", _l("Incidents"), "alert"),
            (RegisterView, "Registers", _l("Registers"), "list"),
            (DocumentView, "Papers", _l("Papers"), "paper"),
            (LegalHoldView, "Legal holds", _l("Legal holds"), "shield"),
            (AppraisalView, "Appraisals", _l("Appraisals"), "list"),
            (DestructionView, "Destructions", _l("Destructions"), "alert"),
            (PrintLineView, "Print log", _l("Print log"), "printer"),
        ],
    ),
    (
        ("Privacy", _l("Personal data")),
        [
            (ConsentView, "Consents", _l("Consents"), "stamp"),
            (DataRequestView, "Requests about data", _l("Requests about data"), "shield"),
            (DataTaskView, "Tasks about data", _l("Tasks about data"), "list"),
            (PersonalDataView, "Register of personal data", _l("Register of personal data"), "shield"),
        ],
    ),
    (
        ("The store", _l("The store")),
        [
            (PlaceView, "Places", _l("Places"), "cabinet"),
            (FilingView, "Papers to be filed", _l("Papers to be filed"), "paper"),
            (CertificateView, "Certificates", _l("Certificates"), "shield"),
            (ClimateTodayView, "Today's readings", _l("Today's readings"), "chart"),
            (ClimateReadingView, "Climate log", _l("Climate log"), "chart"),
            (InspectionView, "Inspections of the store", _l("Inspections of the store"), "eye"),
            (StockTakeView, "Stock-takes", _l("Stock-takes"), "list"),
            (StoreEntryView, "In and out", _l("In and out"), "leave"),
            (FileNumberView, "Concordance of numbers", _l("Concordance of numbers"), "list"),
            (StoreRoomView, "Store rooms", _l("Store rooms"), "cabinet"),
        ],
    ),
    trade_views.CAMPAIGNS,
    trade_views.ARCHIVES,
    (
        ("The building", _l("The building")),
        [
            (ReportView, "Reports", _l("Reports"), "chart"),
            (ImportView, "Bring in a roster", _l("Bring in a roster"), "upload"),
            (UnitView, "Units", _l("Units"), "grid"),
            (FloorView, "Floors", _l("Floors"), "layers"),
            (BuildingView, "Buildings", _l("Buildings"), "building"),
            (CalendarDayView, "Working days", _l("Working days"), "calendar"),
        ],
    ),
    (
        ("System", _l("System")),
        [
            (SiteView, "Sites", _l("Sites"), "map"),
            (UserView, "Users", _l("Users"), "user"),
            (RepairKindView, "Kinds of repair", _l("Kinds of repair"), "wrench"),
            (ComplaintPromiseView, "Promises", _l("Promises"), "clock"),
            (PenaltyBoundView, "Bounds of penalties", _l("Bounds of penalties"), "coins"),
            (RetentionRuleView, "Retention table", _l("Retention table"), "clock"),
            (SchemeLimitView, "Limits of schemes", _l("Limits of schemes"), "clock"),
            (SiteUserView, "Assignments", _l("Assignments"), "link"),
            (RoleView, "Roles", _l("Roles"), "shield"),
            (ApiTokenView, "Programs", _l("Programs"), "gear"),
            (OperationsView, "How the console is doing", _l("How the console is doing"), "chart"),
            (AuditLineView, "Audit", _l("Audit"), "list"),
        ],
    ),
]
UNLISTED = [
    AppraisalItemView,
    AppraisalMemberView,
    DestructionItemView,
    RetentionDueView,
    ApiView,
    CalendarFeedView,
    EntryApi,
    EntryAttachmentView,
    EntrySheetView,
    EntryView,
    ExportView,
    CertificateLineView,
    ComplaintApi,
    ContactView,
    CustomerApi,
    DepositApi,
    DepositLineApi,
    DepositDeductionView,
    DuePaymentView,
    FileApi,
    FitoutInspectionView,
    FitoutWorkerView,
    GoodsLineView,
    HandoverLineView,
    HandoverSignatureView,
    JobView,
    LetterTemplateView,
    LoanLineView,
    LoanReminderView,
    LoanReturnView,
    LoginView,
    MovingItemView,
    MyCalendarView,
    NoticeReceiptView,
    PasswordView,
    PlaceMoveView,
    PrintView,
    RepairApi,
    RepairCostView,
    RepairKindApi,
    RepairPictureView,
    RepairStepView,
    ScanView,
    SearchView,
    SeenView,
    TellingChoiceView,
    TellingLineView,
    UnitApi,
    VisitApi,
    VisitPlanView,
]


class HomeView(IndexView):
    """The desk's first page: what is due, what waits for my decision."""

    route_base = ""
    class_permission_name = "Home"
    default_view = "index"

    @expose("/")
    def index(self) -> Any:
        user = gate.user()
        if user is None:
            return self.render_template("hudang/welcome.html")
        return self.render_template("hudang/home.html", board=HomeBoard.of(user))


def register(builder: AppBuilder) -> None:
    """Say whose records stand on whose page, then put every view on the menu."""
    DocumentView.related_views = [*DocumentView.related_views, PaperChangeView]
    SiteView.related_views = [UnitView, CustomerView, TenancyView, FileView]
    UnitView.related_views = [TenancyView, FileView, ComplaintView, VisitView, RepairView]
    UserView.related_views = [ComplaintView, VisitView, RepairView, LoanView, IncidentView]
    ComplaintView.related_views = [VisitView, RepairView]
    CustomerView.related_views = [ContactView, TenancyView, FileView, DepositView, ConsentView, DataRequestView]
    TenancyView.related_views = [DepositView, FitoutView, DueView, ViolationView]
    RepairView.related_views = [RepairCostView, RepairStepView, VisitView]
    FitoutView.related_views = [FitoutWorkerView, FitoutInspectionView, ViolationView, DepositView]
    VisitView.related_views = [RepairView]
    trade_views.relate()
    for (category, category_label), entries in MENU:
        for view, name, label, icon in entries:
            builder.add_view(view, name, label=label, icon=icon, category=category, category_label=category_label)
    for view in [*UNLISTED, *trade_views.UNLISTED]:
        builder.add_view_no_menu(view)
