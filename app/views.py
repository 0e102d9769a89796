"""The whole menu as the desk sees it, top to bottom; and where neighbouring rooms are joined."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_appbuilder import AppBuilder, IndexView, expose

from app import home
from app.archive import board as archive_board
from app.archive import page as file_page
from app.archive.views import DocumentView, FileView, ScanView
from app.customers import board as customers_board
from app.customers.views import ContactView, CustomerView, TenancyView
from app.deposits import page as deposits
from app.deposits.views import DepositLineView
from app.estate.views import BuildingView, FloorView, PlaceView, SiteUserView, SiteView, UnitView
from app.exchange import views as exchange
from app.exchange.views import ImportView
from app.handovers import board as handovers_board
from app.handovers.views import HandoverLineView, HandoverSignatureView, HandoverView
from app.home import HomeBoard
from app.jobs import rules as jobs
from app.jobs.views import JobView
from app.kit.labels import _l
from app.kit.pages import Link
from app.lookups import board as lookups_board
from app.lookups import page as lookups
from app.lookups.views import LookupRequestView
from app.printing import forms
from app.printing import rules as printing
from app.printing.views import PrintLineView, PrintView
from app.search.views import SearchView
from app.security import details, gate
from app.security.views import AuditLineView, LoginView, PasswordView, RoleView, UserView

MENU: list[tuple[Any, list[tuple[type, str, Any, str]]]] = [
    (
        ("Desk", _l("Front desk")),
        [
            (FileView, "Files", _l("Files"), "folder"),
            (CustomerView, "Customers", _l("Customers"), "people"),
            (TenancyView, "Tenancies", _l("Tenancies"), "key"),
            (DepositLineView, "Deposits", _l("Deposits"), "coins"),
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
            (ImportView, "Bring in a roster", _l("Bring in a roster"), "upload"),
            (UnitView, "Units", _l("Units"), "grid"),
            (FloorView, "Floors", _l("Floors"), "layers"),
            (BuildingView, "Buildings", _l("Buildings"), "building"),
            (PlaceView, "Places", _l("Places"), "cabinet"),
        ],
    ),
    (
        ("System", _l("System")),
        [
            (SiteView, "Sites", _l("Sites"), "map"),
            (UserView, "Users", _l("Users"), "user"),
            (SiteUserView, "Assignments", _l("Assignments"), "link"),
            (RoleView, "Roles", _l("Roles"), "shield"),
            (AuditLineView, "Audit", _l("Audit"), "list"),
        ],
    ),
]
UNLISTED = [
    ContactView,
    HandoverLineView,
    HandoverSignatureView,
    JobView,
    LoginView,
    PasswordView,
    PrintView,
    ScanView,
    SearchView,
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
    UnitView.related_views = [TenancyView, FileView]
    CustomerView.related_views = [ContactView, TenancyView, FileView]
    home.speakers[:] = [
        lookups_board.cards,
        handovers_board.cards,
        archive_board.cards,
        customers_board.cards,
    ]
    home.days[:] = []
    file_page.chapters[:] = [lookups.chapter, deposits.chapter]
    jobs.kind("import")(lambda job, progress: exchange.run_import(job.payload, progress))
    exchange.start_job = jobs.start
    details.words_of |= {"key": file_page.code_word, "class": file_page.code_word}
    for (category, category_label), entries in MENU:
        for view, name, label, icon in entries:
            builder.add_view(view, name, label=label, icon=icon, category=category, category_label=category_label)
    for view in UNLISTED:
        builder.add_view_no_menu(view)


def prints_of_list(model: type) -> list[Link]:
    """The registers that can be printed from a list: those of this month."""
    return [
        Link(form.title(), url_for("PrintView.print_list", key=form.key), "post")
        for form in forms.for_list(model)
        if gate.may("print", form.permission)
    ]


def prints_for(record: Any) -> list[Link]:
    """The forms that can be printed from a record's page."""
    return [
        Link(
            form.title(),
            url_for("PrintView.print_form", key=form.key, pk=record.id, about=form.about(type(record))),
            "post",
        )
        for form in printing.offered(record)
    ]
