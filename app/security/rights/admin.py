"""Accounts and structure; opens no file."""

from __future__ import annotations

from app.security.rights.shared import EVERYBODY, SEARCH

ADMIN = (
    EVERYBODY
    | SEARCH
    | {
        "Site": "list show add edit every_site",
        "SiteUser": "list show add delete",
        "Building": "list show add edit",
        "Floor": "list show add edit",
        "CalendarDay": "list show add edit delete",
        "User": "list show add edit unlock new_password",
        "PersonalData": "list print export",
        "Role": "list show",
        "Register": "list show declare withdraw",
        "Clearance": "list show add edit hand_over close give_up print",
        "ApiToken": "list show add revoke",
        "Operations": "show rebuild_search",
    }
)
