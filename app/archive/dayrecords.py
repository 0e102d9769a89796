"""What happens to a unit between moving in and moving out: numbered, placed, and filed into the unit's file."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.archive import born, rules
from app.archive.models import Document, File
from app.customers.models import Tenancy
from app.customers.rules import live_tenancy
from app.estate.models import Site, Sited, Unit
from app.estate.numbers import numbered
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import gate


class DayRecord(Sited):
    """Mixin: a record of the day. Until it reaches one of the states `OVER` it is daily work, which nothing seals;
    then its sealed columns lie with the tenant's file.
    """

    OVER: ClassVar[frozenset[str]] = frozenset()

    number: Mapped[str] = mapped_column(String(30), nullable=False, default="", info={"label": _l("Number")})

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return (UniqueConstraint("site_id", "number"),)

    @declared_attr
    def unit_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("unit.id"), index=True, info={"label": _l("Unit")})

    @declared_attr
    def tenancy_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})

    @declared_attr
    def site(cls) -> Mapped[Site]:
        return relationship(Site, info={"label": _l("Site"), "required": False})  # follows from the unit

    @declared_attr
    def unit(cls) -> Mapped[Unit | None]:
        return relationship(Unit, info={"label": _l("Unit")})

    @declared_attr
    def tenancy(cls) -> Mapped[Tenancy | None]:
        return relationship(Tenancy, info={"label": _l("Tenancy")})

    @property
    def is_daily_work(self) -> bool:
        """Still in hand: asked by the gate before it seals anything."""
        return getattr(self, "state", None) not in self.OVER

    def __str__(self) -> str:
        return self.number


def settle_place(record: Any) -> None:
    """Site and tenancy follow from the unit; what concerns no unit belongs to the one site its writer works for."""
    if record.tenancy is not None and record.unit is None:
        record.unit = record.tenancy.unit
    if record.unit is not None:
        record.unit_id, record.site_id, record.site = record.unit.id, record.unit.site_id, record.unit.site
        record.tenancy = record.tenancy or live_tenancy(record.unit)
        record.tenancy_id = record.tenancy.id if record.tenancy else None
        if record.tenancy is not None and record.tenancy.unit_id != record.unit_id:
            raise RuleError(_l("This tenant is not in that unit."), field="unit")
        return
    sites = [record.site.id] if record.site is not None else gate.site_ids()
    if len(sites) != 1:
        raise RuleError(_l("Choose a unit or a site."), field="unit")
    record.site_id = sites[0]


def number_it(record: Any, series: str) -> None:
    """Give the record the next number of its site's series, once."""
    if not record.number:
        record.number = numbered(record.site_id, series)


def file_of(record: Any) -> File | None:
    """The live file of the record's tenant; None for a vacant unit or a common part."""
    if record.tenancy_id is None:
        return None
    query = select(File).where(File.tenancy_id == record.tenancy_id, File.state.in_(rules.LIVE_STATES))
    return db.session.scalar(query)


def file_record(
    record: Any, paper_class: str, title: str, *, on: dt.date | None = None, by: Any = None
) -> Document | None:
    """Put what is over into the tenant's file as a paper, once (P7.03, P7.06); None where there is no file."""
    return born.put_in(file_of(record), record, paper_class, title, on=on, by=by)
