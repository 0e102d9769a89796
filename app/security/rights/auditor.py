"""Reads the lines, changes nothing."""

from __future__ import annotations

from app.security.rights.shared import EVERYBODY, SEARCH

AUDITOR = (
    EVERYBODY
    | SEARCH
    | {
        "AuditLine": "list show print export",
        "PrintLine": "list show print export",
        "LookupRequest": "list show print export",
        "Seen": "of_file of_person export print",
        "AccessRule": "list show",
        "Scheme": "list show print export",
        "SchemeLimit": "list show print export",
        "Keeper": "list show print export",
        "PaperChange": "list show",
        "RegisterReview": "list show print export",
        "Loan": "list show print export",
        "LoanLine": "list show",
        "LoanReturn": "list show",
        "LoanReminder": "list show",
        "Incident": "list show print export",
        "PenaltyBound": "list show",
        "Handover": "list show print export",
        "HandoverLine": "list show",
        "Clearance": "list show print export",
        "CustodyLine": "list show print export",
        "Place": "list show",
        "PlaceMove": "list show print export",
        "FileNumber": "list show print export",
        "Certificate": "list show",
        "CertificateLine": "list show",
        "StoreRoom": "list show",
        "ClimateReading": "list show print export",
        "Inspection": "list show print export",
        "StockTake": "list show print export",
        "StoreEntry": "list show print export",
        "HandoverSignature": "list show",
        "Consent": "list show",
        "DataRequest": "list show",
        "DataTask": "list show",
        "PersonalData": "list print export",
        "Entry": "list show print export",
        "Register": "list show",
        "RetentionRule": "list show print export",
        "LegalHold": "list show print export",
        "Appraisal": "list show print export",
        "AppraisalItem": "list show print export",
        "AppraisalMember": "list show",
        "Destruction": "list show print export",
        "DestructionItem": "list show print export",
        "File": "list show",
        "User": "list show",
        "Role": "list show",
        "ApiToken": "list show",
    }
)
