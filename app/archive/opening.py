"""Opening a file about a customer, a project or a year of a fonds, and how a unit's begins (`rules.open_file`)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from app.archive import keepers, renumbering, stages
from app.archive.models import LIVE_STATES, File, Scheme
from app.customers.models import Customer
from app.estate import numbers
from app.estate.models import Place, Site, Unit
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.fresh import Make, made
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit, gate

# What stands in the way of opening a file, in words: asked of the rooms above, e.g. that nobody verified it (P13.01).
may_open: list[Callable[[File], Iterable[Any]]] = []


def of_unit(unit: Unit, scheme: Scheme, number: str, place: Place, *, by: Any = None, make: Make = made) -> File:
    """A unit's file as it is opened, not yet stored: empty, kept by who opens it."""
    return make(
        File, site_id=unit.site_id, unit_id=unit.id, unit=unit, scheme_id=scheme.id, scheme=scheme,
        scheme_key=scheme.key, subject="unit", stage=stages.first(scheme), state="open", opened_on=today(),
        number=number, place_id=place.id, place=place, custodian_id=getattr(by, "id", None), label_name="", remark="",
    )  # fmt: skip


def open_subject_file(
    scheme: Scheme,
    site: Site,
    *,
    customer: Customer | None = None,
    title: str = "",
    responsible: Any = None,
    deputy: Any = None,
    by: Any = None,
) -> File:
    """The one live file of this subject under the scheme; RuleError beside `customer` or `title` where it cannot be.

    It is kept by who is responsible for the project, else by whom the director appointed, else by who opens it.
    """
    file = File(
        site_id=site.id, site=site, scheme_id=scheme.id, scheme=scheme, scheme_key=scheme.key,
        subject=scheme.body["subject"], customer=customer, title=title.strip(), state="open", opened_on=today(),
        responsible=responsible, deputy=deputy, stage=stages.first(scheme),
    )  # fmt: skip
    file.customer_id, file.responsible_id = getattr(customer, "id", None), getattr(responsible, "id", None)
    file.deputy_id, file.stage_on = getattr(deputy, "id", None), today() if file.stage else None
    with db.session.no_autoflush:
        _check(file)
        file.custodian_id = getattr(responsible, "id", None) or keepers.for_new(file) or getattr(by, "id", None)
        file.number = next_number(file)
    db.session.add(file)
    db.session.flush()
    audit.write("open_file", file, {"number": file.number}, by=by)
    return file


def open_typed(file: File, scheme: Scheme, *, by: Any = None) -> File:
    """A file asked for on screen about something else than a unit."""
    site = file.customer.site if file.customer is not None else _only_site()
    return open_subject_file(
        scheme, site, customer=file.customer, title=file.title or "", responsible=file.responsible,
        deputy=file.deputy, by=by,
    )  # fmt: skip


def _only_site() -> Site:
    sites = gate.site_ids()
    if len(sites) != 1:
        raise RuleError(_l("Choose a customer: who works for several sites must say which one."), field="customer")
    return db.session.get_one(Site, sites[0])


def _check(file: File) -> None:
    """The subject is named as the scheme asks, has no live file yet, and nothing above stands in the way."""
    if file.subject == "customer" and file.customer is None:
        raise RuleError(_l("Choose the customer."), field="customer")
    if file.subject in ("project", "fonds") and not file.title:
        raise RuleError(_l("Say what the file is about."), field="title")
    if file.responsible is not None and file.responsible is file.deputy:
        raise RuleError(_l("The deputy is somebody else."), field="deputy")
    mine = File.customer_id == file.customer_id if file.subject == "customer" else File.title == file.title
    live = (File.site_id == file.site_id, File.scheme_key == file.scheme_key, File.state.in_(LIVE_STATES))
    if db.session.scalar(select(File.id).where(mine, *live)) is not None:
        field = "customer" if file.subject == "customer" else "title"
        raise RuleError(_l("There is a live file of this already."), field=field)
    if why := "；".join(str(reason) for ask in may_open for reason in ask(file)):
        raise RuleError(why, field="customer")


def _series(scheme_key: str) -> str:
    """A scheme's series in the ten characters that a counter has for it."""
    return f"F{zlib.crc32(scheme_key.encode()):08x}"


def next_number(file: File) -> str:
    """The template filled in; `sequence` runs without gaps, within the year where the template names it."""
    template: str = file.scheme.body["file_number"]
    year = today().year if "{year" in template else 0
    while True:
        sequence = numbers.next_number(file.site_id, _series(file.scheme_key), year or 1)
        number = template.format(site=file.site.short_name or file.site.id, year=today().year, sequence=sequence)
        taken = select(File.id).where(File.site_id == file.site_id, File.number == number)
        if db.session.scalar(taken) is None and not renumbering.was_used(file.site_id, number):
            return number
