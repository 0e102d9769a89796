"""The full house's keeper of files."""

from __future__ import annotations

from typing import Any

from app.archive.keeping import Keeper
from app.estate.models import Site
from app.kit.columns import today

SITED = {Keeper}


def furnish(site: Site, mark: str, keeper: Any) -> list[Any]:
    """Who was appointed, not yet stored."""
    key = "loan_guarantee"
    return [Keeper(scheme_key=key, site_id=site.id, user_id=keeper.id, from_on=today(), reason=f"{mark}任")]
