"""What a reader asks of a report: site, days, and the choices that the report offers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import ColumnElement, select
from wtforms.form import BaseForm

from app.kit import fields
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.reporting import months
from app.security import gate

MOST_MONTHS = 60


@dataclass(frozen=True)
class Choice:
    """One more parameter: its name in the address, what it is called, and (value, words); the first one is usual."""

    name: str
    label: Any
    words: Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Asked:
    """The parameters as they were understood. `site_id` None: all sites of the reader."""

    first: dt.date
    last: dt.date
    site_id: int | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    words: Sequence[tuple[Any, Any]] = ()
    form: BaseForm | None = None
    args: Mapping[str, str] = field(default_factory=dict)

    def inside(self, query: Any, model: Any) -> Any:
        """`query` with only those rows of `model` that the reader may see, of the site asked for."""
        query = gate.scope(query, model)
        if self.site_id is not None:
            column = model.__table__.c.id if model.__tablename__ == "site" else model.__table__.c.site_id
            query = query.where(column == self.site_id)
        return query

    def during(self, column: Any) -> ColumnElement[bool]:
        """WHERE for the days asked for."""
        return months.within(column, self.first, self.last)

    @property
    def months(self) -> list[str]:
        return list(months.months(self.first, self.last))


def sites() -> list[tuple[int, str]]:
    """(key, name) of the reader's sites, by name."""
    table = Model.metadata.tables["site"]
    query = select(table.c.id, table.c.name).where(table.c.id.in_(gate.site_ids())).order_by(table.c.name)
    return [(int(key), str(name)) for key, name in db.session.execute(query)]


def usual_days(period: str) -> tuple[dt.date, dt.date]:
    """The last twelve months, or with `ahead` the next twelve."""
    if period == "ahead":
        return today().replace(day=1), months.next_month(today(), 12) - dt.timedelta(days=1)
    return months.next_month(today(), -11), today()


def read(period: str, choices: Sequence[Choice], args: Mapping[str, str]) -> Asked:
    """Only what the report offers is heard; what makes no sense is told beside its field and the usual is taken."""
    here = sites()
    form = BaseForm(_fields(period, choices, here))
    first, last = usual_days(period)
    usual = {"from": first, "to": last, **{choice.name: str(choice.words[0][0]) for choice in choices}}
    form.process(_Sent(args), data={name: value for name, value in usual.items() if name in form})
    form.validate()
    data = {each.name: each.data for each in form if each.data not in (None, "") and not each.errors}
    first, last = _days(form, data.get("from", first), data.get("to", last))
    site_id = next((key for key, _name in here if str(key) == data.get("site")), None)
    chosen = {choice.name: str(data.get(choice.name, usual[choice.name])) for choice in choices}
    sent = {each.name: args[each.name] for each in form if args.get(each.name) and not each.errors}
    words = list(_words(period, choices, here, Asked(first, last, site_id, chosen)))
    return Asked(first, last, site_id, chosen, words, form, sent)


class _Sent(dict[str, str]):
    """The arguments as WTForms reads them; an empty one counts as not sent."""

    def __init__(self, args: Mapping[str, str]) -> None:
        super().__init__({name: value for name, value in args.items() if value.strip()})

    def getlist(self, name: str) -> list[str]:
        return [self[name]] if name in self else []


def _fields(period: str, choices: Sequence[Choice], here: Sequence[tuple[int, str]]) -> dict[str, Any]:
    optional = [fields.MayBeEmpty()]
    made: dict[str, Any] = {}
    if len(here) > 1:
        words = [("", _l("All sites")), *((str(key), name) for key, name in here)]
        made["site"] = fields.ChoiceField(_l("Site"), optional, words=words)
    if period:
        made["from"] = fields.DayField(_l("From"), optional)
        made["to"] = fields.DayField(_l("Until"), optional)
    for choice in choices:
        made[choice.name] = fields.ChoiceField(choice.label, optional, words=choice.words)
    return made


def _days(form: BaseForm, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """In order, and no more months than a picture holds."""
    if first > last:
        first, last = last, first
    earliest = months.next_month(last, 1 - MOST_MONTHS)
    if first < earliest:
        if "from" in form:
            form["from"].errors = [_l("At most five years at once.")]
        first = earliest
    return first, last


def _words(
    period: str, choices: Sequence[Choice], here: Sequence[tuple[int, str]], asked: Asked
) -> list[tuple[Any, Any]]:
    """The parameters as a heading says them."""
    found: list[tuple[Any, Any]] = []
    names = [name for key, name in here if asked.site_id in (None, key)]
    found.append((_l("Site"), names[0] if len(names) == 1 else _l("All sites")))
    if period:
        found.append((_l("Period"), f"{asked.first} – {asked.last}"))
    else:
        found.append((_l("As of"), f"{today()}"))
    for choice in choices:
        found.append((choice.label, dict(choice.words)[asked.chosen[choice.name]]))
    return found
