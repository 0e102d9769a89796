"""What several roles may do alike."""

from __future__ import annotations

EVERYBODY = {
    "Password": "change",
    "Job": "list show progress stop again",
    "Api": "show",
    "TellingChoice": "list show add edit delete trial",
    "TellingLine": "list show",
}
SEARCH = {"Search": "results suggest"}
# campaigns as everybody sees them who has a part in them
CAMPAIGNS = {
    "Campaign": "list show",
    "CampaignPhase": "list show",
    "CampaignParty": "list show",
    "ExpectedPaper": "list show",
    "Submission": "list show",
    "SubmissionLine": "list show",
    "CampaignTask": "list show",
    "CampaignCost": "list show",
    "ScoreLine": "list show",
    "PartyCheck": "list show",
    "AcceptanceItem": "list show",
    "AcceptanceExpert": "list show",
}
ESTATE = {
    "Building": "list show",
    "Floor": "list show",
    "Unit": "list show",
    "Place": "list show",
    "CalendarDay": "list show",
}
