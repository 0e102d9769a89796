"""Every table of the console. Alembic reads this page."""

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla import models as _accounts  # noqa: F401

from app.archive.models import Document, File, Scan, Scheme
from app.customers.models import Contact, Customer, Tenancy
from app.deposits.models import DepositLine
from app.estate.models import Building, CalendarDay, Counter, Floor, Place, Site, SiteUser, Unit
from app.handovers.models import Handover, HandoverLine, HandoverSignature
from app.jobs.models import Job
from app.lookups.models import LookupRequest
from app.printing.models import PrintLine
from app.search.models import SearchEntry
from app.security.models import Account, AuditLine, LoginFailure, LoginSession, Setup
from app.telling.models import TellingChoice, TellingLine

metadata = Model.metadata

__all__ = [
    "Account",
    "AuditLine",
    "Building",
    "CalendarDay",
    "Contact",
    "Counter",
    "Customer",
    "DepositLine",
    "Document",
    "File",
    "Floor",
    "Handover",
    "HandoverLine",
    "HandoverSignature",
    "Job",
    "LoginFailure",
    "LoginSession",
    "LookupRequest",
    "Place",
    "PrintLine",
    "Scan",
    "Scheme",
    "SearchEntry",
    "Setup",
    "Site",
    "SiteUser",
    "TellingChoice",
    "TellingLine",
    "Tenancy",
    "Unit",
    "metadata",
]
