"""What happens to an entry when it is written: its site, number, name and due day follow from the declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, select

from app.archive.models import File
from app.estate.models import Site, SiteUser
from app.estate.numbers import next_number
from app.kit.cells import name_of
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.kinds import is_kept_back, relation
from app.kit.labels import _l
from app.kit.session import db
from app.registers.declaration import Declaration
from app.registers.models import Entry, Register
from app.security import gate

Rule = Callable[..., None]
ONE_RUN = 1  # the year of numbers that do not begin anew each year
LONGEST_TITLE = 200


def adder(declared: Declaration, schemes: frozenset[str]) -> Rule:
    """`on_add` of a register's view."""

    def add(record: Entry, *, by: Any = None) -> None:
        settle_site(record, declared)
        settle_file(record, declared, schemes)
        record.register_key, record.state = declared.key, record.state or declared.first_state
        if declared.is_single:
            record.only_one = only_one(record, declared)
        derive(record, declared)
        if declared.numbered and not record.number:
            record.number = number_of(record, declared)

    return add


def editor(declared: Declaration) -> Rule:
    """`on_edit` of a register's view."""

    def edit(record: Entry, *, by: Any = None) -> None:
        if record.state in declared.over:
            raise RuleError(_l("This entry is over: it is not changed any more."))
        derive(record, declared)

    return edit


def known_of(declared: Declaration) -> Any:
    """`known` of a register's view: who works for one site need not choose it."""
    if declared.bound != "nothing":
        return None

    def known(draft: Any) -> dict[str, Any]:
        sites = gate.site_ids()
        return {"site": db.session.get(Site, sites[0])} if len(sites) == 1 else {}

    return known


def settle_site(record: Entry, declared: Declaration) -> None:
    """An entry is of the site of what it belongs to; of the one that was chosen, or the only one, otherwise."""
    owner = getattr(record, declared.bound) if declared.bound != "nothing" else None
    if declared.bound != "nothing" and owner is None:
        raise RuleError(_l("Please fill this in."), field=declared.bound)
    if owner is not None:
        record.site_id, record.site = owner.site_id, owner.site
    elif record.site is not None:
        record.site_id = record.site.id
    elif len(sites := gate.site_ids()) == 1:
        record.site_id = sites[0]
    else:
        raise RuleError(_l("Please choose a site."), field="site")


def settle_file(record: Entry, declared: Declaration, schemes: frozenset[str]) -> None:
    """A scheme's register is of the files of that scheme; what lies in a filed file takes no more."""
    file: File | None = record.file
    if declared.bound != "file" or file is None:
        return
    if schemes and file.scheme_key not in schemes:
        raise RuleError(_l("This file is of another scheme."), field="file")
    if file.state == "destroyed":
        raise RuleError(_l("This file has been destroyed."), field="file")
    if file.is_shut and declared.body.get("sealed_with_file", True):
        raise RuleError(_l("This file is filed: nothing is added to it."), field="file")


def only_one(record: Entry, declared: Declaration) -> str:
    """What makes a second entry of a single register impossible, at the same moment too."""
    owner = getattr(record, declared.bound)
    mark = f"{declared.key}:{declared.bound}:{owner.id}"
    if db.session.scalar(select(Entry.id).where(Entry.only_one == mark)) is not None:
        raise RuleError(_l("There is one already: change it instead."), field=declared.bound)
    return mark


def derive(record: Entry, declared: Declaration) -> None:
    """What follows from the fields: how the entry is called, when it is due, whether it is over."""
    record.declared_in = revision_of(declared)
    record.caption = " ".join(part for key in declared.called if (part := _word(record, key)))[:LONGEST_TITLE]
    if (after := declared.body.get("due_after")) and getattr(record, declared.due) is None:
        begun = getattr(record, after["field"])
        setattr(record, declared.due, begun + dt.timedelta(days=after["days"]) if begun else None)
    record.due_on = getattr(record, declared.due) if declared.due else None
    record.is_over = record.state in declared.over
    version = declared.body.get("acknowledge", {}).get("version", "")
    record.read_edition = str(getattr(record, version) or "")[:100] if version else ""


def revision_of(declared: Declaration) -> int:
    query = select(Register.revision).where(Register.key == declared.key, Register.is_current.is_(True))
    return int(db.session.scalar(query) or 1)


def _word(record: Entry, key: str) -> str:
    """A field of the entry's name. What is sealed never gets into it; a choice is named in the house's language."""
    model, value = type(record), getattr(record, key)
    if value in (None, "") or is_kept_back(model, key):
        return ""
    if relation(model, key) is not None:
        return name_of(value)
    words = model.told[key].get("choices", {})
    return str(words.get(value, value))


def number_of(record: Entry, declared: Declaration) -> str:
    """The next number of the register at the entry's site; with a year in it, of this year."""
    template, year = declared.numbered, today().year
    series = db.session.scalar(
        select(Register.series).where(Register.key == declared.key, Register.is_current.is_(True))
    )
    sequence = next_number(record.site_id, str(series), year if "{year" in template else ONE_RUN)
    site = db.session.get_one(Site, record.site_id)
    return template.format(sequence=sequence, year=year, site=site.short_name or site.name)


def active_people(query: Select[Any]) -> Select[Any]:
    """Of a query for users those who are at work at one of the reader's sites."""
    here = select(SiteUser.user_id).where(SiteUser.site_id.in_(gate.site_ids()))
    return query.where(User.active, User.id.in_(here))
