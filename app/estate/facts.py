"""What the estate says on paper, for the rooms above."""

from __future__ import annotations

from app.estate.models import Site, Unit
from app.printing.subjects import Facts, read

PARTS = {"site": Site, "unit": Unit}


def site_facts(site: Site) -> Facts:
    return read(site, "name", "short_name", "address", "telephone", "manager_firm")


def unit_facts(unit: Unit | None) -> Facts:
    return read(unit, "number", "building", "floor", "area_dm2", "use")
