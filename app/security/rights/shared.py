"""What several roles may do alike."""

from __future__ import annotations

EVERYBODY = {
    "Password": "change",
    "Job": "show progress",
    "Api": "show",
    "TellingChoice": "list show add edit delete trial",
    "TellingLine": "list show",
}
SEARCH = {"Search": "results suggest"}
ESTATE = {
    "Building": "list show",
    "Floor": "list show",
    "Unit": "list show",
    "Place": "list show",
    "CalendarDay": "list show",
}
