"""Leases that end, and units without a tenant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.customers.models import Tenancy
from app.estate.models import Unit
from app.kit.columns import today
from app.kit.counting import all_of, count
from app.kit.labels import _l
from app.kit.looked_at import looked_at
from app.kit.pages import Card
from app.security import gate


def cards(user: Any) -> Iterator[Card]:
    """Leases ending in 90 days; vacant units."""
    if gate.may("list", "Tenancy"):
        end = today() + dt.timedelta(days=90)
        number = count(Tenancy, looked_at(Tenancy.state) == "live", Tenancy.ends_on >= today(), Tenancy.ends_on <= end)
        url = url_for("TenancyView.list", state="live", ends_on_from=today(), ends_on_to=end)
        yield Card(_l("Leases ending in 90 days"), number, url, group="coming")
    if gate.may("list", "Unit"):
        number = all_of(Unit) - all_of(Tenancy, Tenancy.state == "live")  # a unit is let once at a time
        hint, url = _l("without a tenant"), url_for("UnitView.list")
        yield Card(_l("Vacant units"), number, url, hint=hint, group="estate")
