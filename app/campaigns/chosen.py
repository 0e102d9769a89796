"""The campaign that a report is about: chosen among those of the reader's sites, the newest under way first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

from sqlalchemy import case, select

from app.campaigns.models import Campaign
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.security import gate

MOST = 100


class CampaignWords(Sequence[tuple[str, Any]]):
    """(key, number and title) of the reader's campaigns, asked anew each time: they differ from reader to reader."""

    def _found(self) -> list[tuple[str, Any]]:
        running = case((Campaign.state == "running", 0), else_=1)
        query = gate.scope(select(Campaign), Campaign).order_by(running, Campaign.id.desc()).limit(MOST)
        return [(str(one.id), str(one)) for one in db.session.scalars(query)] or [("", _l("No campaign yet"))]

    def __len__(self) -> int:
        return len(self._found())

    @overload
    def __getitem__(self, place: int) -> tuple[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        return self._found()[place]

    def __iter__(self) -> Any:
        return iter(self._found())


CAMPAIGN = Choice("campaign", _l("Campaign"), CampaignWords())


def chosen(asked: Asked) -> Campaign | None:
    """The campaign asked for, of the site asked for; None where there is none."""
    key = asked.chosen["campaign"]
    query = asked.inside(select(Campaign).where(Campaign.id == int(key or 0)), Campaign)
    found: Campaign | None = db.session.scalar(query)
    return found
