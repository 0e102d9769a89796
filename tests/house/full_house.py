"""A house in which every list has rows, with words in every column that the gate keeps back."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import event, select

from app.applications.models import Application, GoodsLine
from app.archive.custody import CustodyLine
from app.archive.keeping import AccessRule, SchemeLimit
from app.archive.models import Document, File, Scan, Scheme
from app.archive.trails import FileNumber, PlaceMove
from app.arrears.models import Due, DuePayment, Violation
from app.campaigns.ledgers import AcceptanceExpert
from app.complaints.models import Complaint, ComplaintPromise
from app.customers.models import Contact, Customer, Tenancy
from app.demo import makers
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.estate import rules as estate
from app.estate.models import Building, CalendarDay, Floor, Place, Site, SiteUser, Unit
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.handovers.models import Clearance, Handover, HandoverLine, HandoverSignature
from app.incidents.models import Incident, PenaltyBound
from app.kit.columns import now, today
from app.kit.kinds import is_kept_back, mapper_of
from app.kit.records import RecordView
from app.kit.session import db
from app.loans.models import Loan, LoanLine, LoanReminder, LoanReturn
from app.lookups.models import LookupRequest, PaperChange, RegisterReview
from app.market.models import (
    GradeChange,
    MarketProfile,
    ProfileDatum,
    QualityNote,
    Sale,
    SalePayment,
    TermRequest,
)
from app.market.survey_models import AnswerLink, CorrectiveAction, Evaluation, Survey, SurveyAnswer
from app.moving.models import HeldKey, Moving, MovingItem
from app.notices.models import LetterTemplate, Notice, NoticeReceipt
from app.printing.models import PrintLine
from app.privacy.models import Consent, DataRequest, DataTask
from app.repairs.models import Repair, RepairCost, RepairKind, RepairPicture, RepairStep
from app.retention.models import (
    Appraisal,
    AppraisalItem,
    AppraisalMember,
    Destruction,
    DestructionItem,
    LegalHold,
    RetentionRule,
)
from app.security.models import ApiToken, AuditLine
from app.storage.models import (
    Certificate,
    CertificateLine,
    ClimateReading,
    Inspection,
    StockTake,
    StoreEntry,
    StoreRoom,
)
from app.telling.models import TellingChoice, TellingLine
from app.visits.models import Visit, VisitPlan
from tests.house import (
    archive_house,
    campaigns_house,
    deposits_house,
    fonds_house,
    handovers_house,
    loans_house,
    lookups_house,
    market_house,
    moving_house,
    privacy_house,
    registers_house,
    repairs_house,
    retention_house,
    storage_house,
    trades_house,
    visits_house,
)

numbers = itertools.count(1)
EMPTY = "0" * 64
OURS, THEIRS = "甲", "乙"
MAY_CHANGE = re.compile(r"audit_line|login_session|login_failure|search_\w+")


class Held(MutableMapping[Any, Any]):
    """Records by their model or name, read when asked for: what a test holds is read anew at every request."""

    def __init__(self, made: Mapping[Any, Any]) -> None:
        self.at = {name: (type(record), record.id) for name, record in made.items()}

    def copy(self) -> Held:
        """For a test that holds others besides."""
        copied = Held({})
        copied.at.update(self.at)
        return copied

    def __getitem__(self, name: Any) -> Any:
        return db.session.get(*self.at[name])

    def __setitem__(self, name: Any, record: Any) -> None:
        self.at[name] = (type(record), record.id)

    def __delitem__(self, name: Any) -> None:
        del self.at[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.at)

    def __len__(self) -> int:
        return len(self.at)


def record_views(app: Flask) -> list[RecordView]:
    return [view for view in app.extensions["appbuilder"].baseviews if isinstance(view, RecordView)]


def furnish(site: Site, mark: str, *, filed: bool = True) -> dict[type, Any]:
    """One record of each kind in `site`; `mark` is in all their names and in all that is kept back."""
    number = next(numbers)
    clerk, archivist = makers.user("clerk"), makers.user("archivist")
    building = estate.find_or_add_building(site, f"{mark}楼")
    unit = makers.make_unit(f"{mark}{number}", floor=estate.find_or_add_floor(building, f"{mark}层"))
    kept = {"representative": f"{mark}代{number}", "remark": f"{mark}秘{number}", "id_number": id_number(number)}
    customer = makers.make_customer(f"{mark}公司{number}", site=site, **kept)
    tenancy = makers.make_tenancy(unit, customer, rent_cents=1_234_500 + number)
    file = makers.make_file(unit, tenancy, by=archivist)
    file.remark, file.label_name = f"{mark}卷{number}", f"{mark}签"
    paper = makers.make_document(file, title=f"{mark}证{number}", remark=f"{mark}注{number}")
    scan = Scan(
        site_id=site.id, document=paper, blob=f"b{number:047x}", original_name=f"{mark}扫{number}.pdf",
        media_type="application/pdf", size=1, sha256=EMPTY,
    )  # fmt: skip
    deposit = DepositLine(site_id=site.id, tenancy=tenancy, amount_cents=777_700 + number, booked_on=today(),
                          remark=f"{mark}押{number}")  # fmt: skip
    contact = Contact(site_id=site.id, customer=customer, name=f"{mark}人{number}", phone="1990008888")
    if filed:
        file.state, file.filed_at = "filed", now()
    request = LookupRequest(
        site_id=site.id,
        number=f"{mark}阅{number}",
        file=file,
        requester_id=clerk.id,
        purpose=f"{mark}因",
        hours=8,
        chain="supervisor manager",
    )
    sheet = PrintLine(
        serial=f"DY-1999-{number:06d}", site_id=site.id, form_key="file_cover", form_digest=EMPTY,
        subject_type="file", subject_id=None, pdf_sha256=EMPTY, content_hash=EMPTY, printed_at=now(),
    )  # fmt: skip
    made = [scan, deposit, contact, request, sheet]
    db.session.add_all(made)  # the rooms' own makers flush
    made += repairs_house.furnish(site, tenancy, mark, number)
    made += deposits_house.furnish(site, tenancy, mark, number)
    made += moving_house.furnish(site, tenancy, mark, number)
    made += visits_house.furnish(site, tenancy, mark, number)
    made += retention_house.furnish(site, file, mark, number)
    made += privacy_house.furnish(site, customer, mark, number)
    made += storage_house.furnish(site, tenancy, mark, number, file)
    made += handovers_house.furnish(site, file, mark, number)
    made += loans_house.furnish(site, file, mark, number, clerk, archivist)
    made += archive_house.furnish(site, mark, archivist)
    made += campaigns_house.furnish(site, mark, number, archivist)
    made += trades_house.furnish(site, file, mark, number, clerk, archivist)
    made += lookups_house.furnish(site, paper, mark, number, clerk, makers.user("manager"))
    made += fonds_house.furnish(site, paper, mark, number)
    made += registers_house.furnish(site, file, mark, number, clerk)
    made += market_house.furnish(site, customer, mark, number, clerk, makers.user("manager"))
    db.session.add_all(made)
    db.session.flush()
    assigned = db.session.query(SiteUser).filter_by(site_id=site.id).first()
    every = [*made, building, unit, unit.floor, customer, tenancy, file, paper, file.place, site, assigned]
    return {type(record): record for record in every if record is not None}


def id_number(sequence: int) -> str:
    """An invented number with a right check digit; the sequence is 000, the birthday tells them apart."""
    day = dt.date(1970, 1, 1) + dt.timedelta(days=sequence)
    body = f"110101{day:%Y%m%d}000"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def kept_back(model: type) -> list[str]:
    """The columns of a model that the gate keeps back."""
    return [attribute.key for attribute in mapper_of(model).column_attrs if is_kept_back(model, attribute.key)]


def every_right(app: Flask) -> frozenset[tuple[str, str]]:
    """All that any view offers, and to read what lies in files; not to see every site."""
    offered = {
        (name, view.class_permission_name)
        for view in app.extensions["appbuilder"].baseviews
        for name in view.base_permissions or []
    }
    return frozenset({*offered, ("can_open", "File"), ("can_print", "File"), ("can_print", "Customer")})


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every SQL statement that is run meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SELECT PG_ADVISORY")):
            seen.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def count(ask: Callable[[], Any], status: int = 200) -> int:
    """How many statements an answer takes, with nothing at hand from before."""
    db.session.expunge_all()
    with statements() as seen:
        answer = ask()
        answer.get_data()
    assert answer.status_code == status
    return len(seen)


def tables() -> dict[str, str]:
    """A digest of every table that reading must not touch."""
    db.session.expire_all()
    return {
        name: hashlib.sha256(repr(sorted(map(repr, db.session.execute(select(table)).all()))).encode()).hexdigest()
        for name, table in Model.metadata.tables.items()
        if not MAY_CHANGE.fullmatch(name)
    }


# by the models whose rows are read by right alone, whatever the site
WITHOUT_SITE = {
    AccessRule, Scheme, SchemeLimit,
    CalendarDay, ComplaintPromise, RepairKind, RetentionRule, ApiToken, User, AuditLine, TellingChoice, TellingLine,
}  # fmt: skip
SITED = {
    *archive_house.SITED,
    *campaigns_house.SITED,
    *trades_house.SITED,
    *fonds_house.SITED,
    Clearance, CustodyLine,
    Appraisal, AppraisalItem, AppraisalMember, Destruction, DestructionItem, LegalHold,
    Certificate, CertificateLine, ClimateReading, FileNumber, Inspection, PlaceMove, StockTake, StoreEntry, StoreRoom,
    Building, Contact, Customer, DepositLine, Document, File, Floor, Handover, HandoverLine, HandoverSignature,
    LookupRequest, PaperChange, RegisterReview, Place, PrintLine, Scan, Site, SiteUser, Tenancy, Unit,
    Complaint, Visit, VisitPlan,
    Due, DuePayment, Repair, RepairCost, RepairPicture, RepairStep, Violation,
    Deposit, DepositDeduction, DepositRefund, Fitout, FitoutInspection, FitoutWorker,
    Application, GoodsLine, HeldKey, LetterTemplate, Moving, MovingItem, Notice, NoticeReceipt,
    AnswerLink, CorrectiveAction, Evaluation, GradeChange, MarketProfile, ProfileDatum, QualityNote, Sale, SalePayment,
    Survey, SurveyAnswer, TermRequest,
    Loan, LoanLine, LoanReminder, LoanReturn, Incident, PenaltyBound, Consent, DataRequest, DataTask,
}  # fmt: skip
# what staff signed over many files: no tenant's file seals it, but who opens no files sees none of it
OF_NO_FILE = {AcceptanceExpert, Destruction, Handover, HandoverSignature, Loan}
