"""The whole menu as the desk sees it, top to bottom; and where neighbouring rooms are joined."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_appbuilder import AppBuilder, IndexView, expose

from app import home
from app.applications import board as applications_board
from app.applications import page as applications
from app.applications.views import ApplicationView, GoodsLineView
from app.archive import board as archive_board
from app.archive import page as file_page
from app.archive.api import FileApi
from app.archive.views import DocumentView, FileView, ScanView
from app.arrears import board as arrears_board
from app.arrears import page as arrears
from app.arrears.views import DuePaymentView, DueView, ViolationView
from app.complaints import board as complaints_board
from app.complaints import page as complaints
from app.complaints.api import ComplaintApi
from app.complaints.views import ComplaintPromiseView, ComplaintView
from app.customers import board as customers_board
from app.customers.api import CustomerApi
from app.customers.views import ContactView, CustomerView, TenancyView
from app.deposits import board as deposits_board
from app.deposits import page as deposits
from app.deposits.api import DepositApi, DepositLineApi
from app.deposits.views import DepositDeductionView, DepositLineView, DepositRefundView, DepositView
from app.estate.api import UnitApi
from app.estate.facts import site_facts
from app.estate.papers import site_of
from app.estate.views import BuildingView, CalendarDayView, FloorView, PlaceView, SiteUserView, SiteView, UnitView
from app.exchange import views as exchange
from app.exchange.views import ImportView
from app.fitout import board as fitout_board
from app.fitout import page as fitout_page
from app.fitout.views import FitoutInspectionView, FitoutView, FitoutWorkerView
from app.handovers import board as handovers_board
from app.handovers.views import HandoverLineView, HandoverSignatureView, HandoverView
from app.home import HomeBoard
from app.jobs import rules as jobs
from app.jobs.views import JobView
from app.kit.api import ApiView
from app.kit.labels import _l
from app.lookups import board as lookups_board
from app.lookups import page as lookups
from app.lookups.views import LookupRequestView
from app.moving import board as moving_board
from app.moving import page as moving
from app.moving.views import HeldKeyView, MovingItemView, MovingView
from app.notices import board as notices_board
from app.notices import page as notices
from app.notices.views import LetterTemplateView, LetterView, NoticeReceiptView, NoticeView
from app.printing import reports as printed_reports
from app.printing.views import PrintLineView, PrintView
from app.repairs import board as repairs_board
from app.repairs import page as repairs
from app.repairs.api import RepairApi, RepairKindApi
from app.repairs.views import RepairCostView, RepairKindView, RepairPictureView, RepairStepView, RepairView
from app.reporting import paper
from app.reporting import rules as reporting
from app.reporting.views import ReportView
from app.search.views import SearchView
from app.security import details, gate
from app.security.views import ApiTokenView, AuditLineView, LoginView, PasswordView, RoleView, UserView
from app.telling import rules as telling
from app.telling import sending, trials
from app.telling.views import TellingChoiceView, TellingLineView
from app.visits import board as visits_board
from app.visits import page as visits
from app.visits.api import VisitApi
from app.visits.views import CalendarFeedView, MyCalendarView, VisitGridView, VisitPlanView, VisitView

MENU: list[tuple[Any, list[tuple[type, str, Any, str]]]] = [
    (
        ("Desk", _l("Front desk")),
        [
            (FileView, "Files", _l("Files"), "folder"),
            (CustomerView, "Customers", _l("Customers"), "people"),
            (TenancyView, "Tenancies", _l("Tenancies"), "key"),
            (ComplaintView, "Complaints", _l("Complaints"), "phone"),
            (RepairView, "Repairs", _l("Repairs"), "wrench"),
            (VisitView, "Visits", _l("Visits"), "people"),
            (VisitGridView, "Who was visited", _l("Who was visited"), "grid"),
            (NoticeView, "Notices", _l("Notices"), "mail"),
            (LetterView, "Write to several", _l("Write to several"), "mail"),
            (ApplicationView, "Applications", _l("Applications"), "stamp"),
            (MovingView, "Moving in and out", _l("Moving in and out"), "leave"),
            (HeldKeyView, "Keys and cards", _l("Keys and cards"), "key"),
            (DueView, "Arrears", _l("Arrears"), "coins"),
            (ViolationView, "Violations", _l("Violations"), "alert"),
            (FitoutView, "Fit-outs", _l("Fit-outs"), "hammer"),
            (DepositView, "Deposits", _l("Deposits"), "coins"),
            (DepositRefundView, "Refunds", _l("Refunds"), "coins"),
            (DepositLineView, "Deposit ledger", _l("Deposit ledger"), "coins"),
        ],
    ),
    (
        ("Custody", _l("Custody")),
        [
            (LookupRequestView, "Look-ups", _l("Look-ups"), "eye"),
            (HandoverView, "Hand-overs", _l("Hand-overs"), "handover"),
            (DocumentView, "Papers", _l("Papers"), "paper"),
            (PrintLineView, "Print log", _l("Print log"), "printer"),
        ],
    ),
    (
        ("The building", _l("The building")),
        [
            (ReportView, "Reports", _l("Reports"), "chart"),
            (ImportView, "Bring in a roster", _l("Bring in a roster"), "upload"),
            (UnitView, "Units", _l("Units"), "grid"),
            (FloorView, "Floors", _l("Floors"), "layers"),
            (BuildingView, "Buildings", _l("Buildings"), "building"),
            (PlaceView, "Places", _l("Places"), "cabinet"),
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
            (SiteUserView, "Assignments", _l("Assignments"), "link"),
            (RoleView, "Roles", _l("Roles"), "shield"),
            (ApiTokenView, "Programs", _l("Programs"), "gear"),
            (AuditLineView, "Audit", _l("Audit"), "list"),
        ],
    ),
]
UNLISTED = [
    ApiView,
    CalendarFeedView,
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
    LoginView,
    MovingItemView,
    MyCalendarView,
    NoticeReceiptView,
    PasswordView,
    PrintView,
    RepairApi,
    RepairCostView,
    RepairKindApi,
    RepairPictureView,
    RepairStepView,
    ScanView,
    SearchView,
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
    """Join the neighbouring rooms, then put every view on the menu."""
    SiteView.related_views = [UnitView, CustomerView, TenancyView, FileView]
    UnitView.related_views = [TenancyView, FileView, ComplaintView, VisitView, RepairView]
    UserView.related_views = [ComplaintView, VisitView, RepairView]
    ComplaintView.related_views = [VisitView, RepairView]
    CustomerView.related_views = [ContactView, TenancyView, FileView, DepositView]
    TenancyView.related_views = [DepositView, FitoutView, DueView, ViolationView]
    RepairView.related_views = [RepairCostView, RepairStepView, VisitView]
    FitoutView.related_views = [FitoutWorkerView, FitoutInspectionView, ViolationView, DepositView]
    VisitView.related_views = [RepairView]
    home.speakers[:] = [
        lookups_board.cards,
        handovers_board.cards,
        archive_board.cards,
        customers_board.cards,
        complaints_board.cards,
        visits_board.cards,
        repairs_board.cards,
        arrears_board.cards,
        deposits_board.cards,
        fitout_board.cards,
        notices_board.cards,
        applications_board.cards,
        moving_board.cards,
    ]
    home.days[:] = [
        complaints_board.day,
        visits_board.day,
        deposits_board.day,
        fitout_board.day,
        repairs_board.day,
        arrears_board.day,
        notices_board.day,
        applications_board.day,
        moving_board.day,
    ]
    file_page.chapters[:] = [
        arrears.chapter,
        complaints.chapter,
        repairs.chapter,
        visits.chapter,
        lookups.chapter,
        deposits.chapter,
        fitout_page.chapter,
        notices.chapter,
        applications.chapter,
        moving.chapter,
    ]
    jobs.kind("import")(lambda job, progress: exchange.run_import(job.payload, progress))
    jobs.kind("trial_message")(lambda job, _progress: trials.run(job.payload))
    exchange.start_job = trials.start_job = jobs.start
    jobs.every_minute[:] = [sending.tell]
    telling.speakers = home.speakers
    reporting.print_report = print_report
    details.words_of |= {"report": reporting.title_of, "key": file_page.code_word, "class": file_page.code_word}
    for (category, category_label), entries in MENU:
        for view, name, label, icon in entries:
            builder.add_view(view, name, label=label, icon=icon, category=category, category_label=category_label)
    for view in UNLISTED:
        builder.add_view_no_menu(view)


def print_report(shown: reporting.Shown) -> Any:
    """A report on the printing room's sheet, under the name of its site or the reader's first."""
    site = site_of(shown.asked.site_id)
    back = url_for("ReportView.show", key=shown.report.key, **shown.asked.args)
    return printed_reports.print_page(paper.told(shown), site_facts(site), site.id, by=gate.user(), back=back)
