"""Every table of the console. Alembic reads this page."""

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla import models as _accounts  # noqa: F401

from app import orders
from app.applications.models import Application, GoodsLine
from app.archive.custody import CustodyLine
from app.archive.keeping import AccessRule, Keeper, SchemeLimit
from app.archive.models import Approval, Document, File, Scan, Scheme
from app.archive.trails import FileNumber, PlaceMove
from app.arrears.models import Due, DuePayment, Violation
from app.campaigns.ledgers import (
    AcceptanceExpert,
    AcceptanceItem,
    CampaignCost,
    CampaignTask,
    PartyCheck,
    ScoreLine,
)
from app.campaigns.models import Campaign, CampaignParty, CampaignPhase, ExpectedPaper, Submission, SubmissionLine
from app.complaints.models import Complaint, ComplaintPromise
from app.customers.models import Contact, Customer, Tenancy
from app.deposits.models import Deposit, DepositDeduction, DepositLine, DepositRefund
from app.estate.models import Building, CalendarDay, Counter, Floor, Place, Site, SiteUser, Unit
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.fonds.models import ArchivalItem, Fonds, FondsNote, Holder, Keeping, NumberChange
from app.fonds.sets import Opening, OpeningLine, Transfer, TransferLine
from app.handovers.models import Clearance, Handover, HandoverLine, HandoverSignature
from app.incidents.models import Incident, PenaltyBound
from app.jobs.models import Job
from app.kit.once import OnceKey
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
from app.registers.models import Entry, EntryAttachment, EntryReading, EntryStep, Register
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
from app.trades.blanks import BlankIssue
from app.trades.followed import EventSheet, FollowUp
from app.trades.models import Allocation, AllocationPolicy, ContactSheet, DutyHolder
from app.visits.models import CalendarKey, Visit, VisitPlan

metadata = Model.metadata
orders.put_on(metadata)

__all__ = [
    "AcceptanceExpert",
    "AcceptanceItem",
    "AccessRule",
    "Account",
    "Allocation",
    "AllocationPolicy",
    "AnswerLink",
    "ApiToken",
    "Application",
    "Appraisal",
    "AppraisalItem",
    "AppraisalMember",
    "Approval",
    "ArchivalItem",
    "AuditLine",
    "BlankIssue",
    "Building",
    "CalendarDay",
    "CalendarKey",
    "Campaign",
    "CampaignCost",
    "CampaignParty",
    "CampaignPhase",
    "CampaignTask",
    "Certificate",
    "CertificateLine",
    "Clearance",
    "ClimateReading",
    "Complaint",
    "ComplaintPromise",
    "Consent",
    "Contact",
    "ContactSheet",
    "CorrectiveAction",
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
    "DutyHolder",
    "Entry",
    "EntryAttachment",
    "EntryReading",
    "EntryStep",
    "Evaluation",
    "EventSheet",
    "ExpectedPaper",
    "File",
    "FileNumber",
    "Fitout",
    "FitoutInspection",
    "FitoutWorker",
    "Floor",
    "FollowUp",
    "Fonds",
    "FondsNote",
    "GoodsLine",
    "GradeChange",
    "Handover",
    "HandoverLine",
    "HandoverSignature",
    "HeldKey",
    "Holder",
    "Incident",
    "Inspection",
    "InspectionLine",
    "Job",
    "Keeper",
    "Keeping",
    "LegalHold",
    "LetterTemplate",
    "Loan",
    "LoanLine",
    "LoanReminder",
    "LoanReturn",
    "LoginFailure",
    "LoginSession",
    "LookupRequest",
    "MarketProfile",
    "Moving",
    "MovingItem",
    "Notice",
    "NoticeReceipt",
    "NumberChange",
    "OnceKey",
    "Opening",
    "OpeningLine",
    "PaperChange",
    "PartyCheck",
    "PenaltyBound",
    "Place",
    "PlaceMove",
    "PrintLine",
    "ProfileDatum",
    "QualityNote",
    "Register",
    "RegisterReview",
    "Repair",
    "RepairCost",
    "RepairKind",
    "RepairPicture",
    "RepairStep",
    "RetentionRule",
    "Sale",
    "SalePayment",
    "Scan",
    "Scheme",
    "SchemeLimit",
    "ScoreLine",
    "SearchEntry",
    "Setup",
    "Site",
    "SiteUser",
    "StockTake",
    "StockTakeLine",
    "StoreEntry",
    "StoreRoom",
    "Submission",
    "SubmissionLine",
    "Survey",
    "SurveyAnswer",
    "TellingChoice",
    "TellingLine",
    "Tenancy",
    "TermRequest",
    "Transfer",
    "TransferLine",
    "Unit",
    "Violation",
    "Visit",
    "VisitPlan",
    "metadata",
]
