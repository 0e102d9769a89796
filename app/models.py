"""Every table of the console. Alembic reads this page."""

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla import models as _accounts  # noqa: F401

from app.applications.models import Application, GoodsLine
from app.archive.custody import CustodyLine
from app.archive.keeping import AccessRule, Keeper, SchemeLimit
from app.archive.models import Approval, Document, File, Scan, Scheme
from app.archive.trails import FileNumber, PlaceMove
from app.arrears.models import Due, DuePayment, Violation
from app.complaints.models import Complaint, ComplaintPromise
from app.customers.models import Contact, Customer, Tenancy
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.estate.models import Building, CalendarDay, Counter, Floor, Place, Site, SiteUser, Unit
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.handovers.models import Clearance, Handover, HandoverLine, HandoverSignature
from app.incidents.models import Incident, PenaltyBound
from app.jobs.models import Job
from app.kit.once import OnceKey
from app.loans.models import Loan, LoanLine, LoanReminder, LoanReturn
from app.lookups.models import LookupRequest, PaperChange, RegisterReview
from app.moving.models import HeldKey, Moving, MovingItem
from app.notices.models import LetterTemplate, Notice, NoticeReceipt
from app.printing.models import PrintLine
from app.privacy.models import Consent, DataRequest, DataTask
from app.registers.models import Entry, EntryReading, EntryStep, Register
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
from app.search.models import SearchEntry
from app.security.models import Account, ApiToken, AuditLine, LoginFailure, LoginSession, Setup
from app.storage.models import (
    Certificate,
    CertificateLine,
    ClimateReading,
    Inspection,
    InspectionLine,
    StockTake,
    StockTakeLine,
    StoreEntry,
    StoreRoom,
)
from app.telling.models import TellingChoice, TellingLine
from app.visits.models import CalendarKey, Visit, VisitPlan

metadata = Model.metadata

__all__ = [
    "AccessRule",
    "Account",
    "ApiToken",
    "Application",
    "Appraisal",
    "AppraisalItem",
    "AppraisalMember",
    "Approval",
    "AuditLine",
    "Building",
    "CalendarDay",
    "CalendarKey",
    "Certificate",
    "CertificateLine",
    "Clearance",
    "ClimateReading",
    "Complaint",
    "ComplaintPromise",
    "Consent",
    "Contact",
    "Counter",
    "CustodyLine",
    "Customer",
    "DataRequest",
    "DataTask",
    "Deposit",
    "DepositDeduction",
    "DepositLine",
    "DepositRefund",
    "Destruction",
    "DestructionItem",
    "Document",
    "Due",
    "DuePayment",
    "Entry",
    "EntryReading",
    "EntryStep",
    "File",
    "FileNumber",
    "Fitout",
    "FitoutInspection",
    "FitoutWorker",
    "Floor",
    "GoodsLine",
    "Handover",
    "HandoverLine",
    "HandoverSignature",
    "HeldKey",
    "Incident",
    "Inspection",
    "InspectionLine",
    "Job",
    "Keeper",
    "LegalHold",
    "LetterTemplate",
    "Loan",
    "LoanLine",
    "LoanReminder",
    "LoanReturn",
    "LoginFailure",
    "LoginSession",
    "LookupRequest",
    "Moving",
    "MovingItem",
    "Notice",
    "NoticeReceipt",
    "OnceKey",
    "PaperChange",
    "PenaltyBound",
    "Place",
    "PlaceMove",
    "PrintLine",
    "Register",
    "RegisterReview",
    "Repair",
    "RepairCost",
    "RepairKind",
    "RepairPicture",
    "RepairStep",
    "RetentionRule",
    "Scan",
    "Scheme",
    "SchemeLimit",
    "SearchEntry",
    "Setup",
    "Site",
    "SiteUser",
    "StockTake",
    "StockTakeLine",
    "StoreEntry",
    "StoreRoom",
    "TellingChoice",
    "TellingLine",
    "Tenancy",
    "Unit",
    "Violation",
    "Visit",
    "VisitPlan",
    "metadata",
]
