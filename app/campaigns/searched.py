"""Campaigns in the search box: by number, with the title beside it."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.campaigns.models import CAMPAIGN_STATES, Campaign
from app.kit.labels import _l

SEARCHED = [
    by_number(_l("Campaign"), Campaign, badges=CAMPAIGN_STATES, over={"closed", "called_off"}, beside="title", weight=3)
]
