"""Holders and fonds: begun, closed as one whole, renumbered; and the fonds' own file 全宗卷."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from sqlalchemy import select

from app.archive import opening, schemes
from app.fonds import numbering, whole
from app.fonds.models import ArchivalItem, Fonds, FondsNote, Holder, NumberChange
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit

NUMBER = re.compile(r"[A-Z][A-Z0-9]{0,3}[0-9]{1,6}|[0-9]{1,6}")
OWN_FILE = "全宗卷"
WHOLE = "机构变动前形成的全部档案为一个整体，不得分散。"


def add_holder(holder: Holder, *, by: Any = None) -> Holder:
    """An archive, a centre or a room of this site."""
    if holder.site is None:
        raise RuleError(_l("Choose a site."), field="site")
    holder.site_id = holder.site.id
    return holder


def begin(fonds: Fonds, *, by: Any = None) -> Fonds:
    """A new fonds of a holder; its number is its own."""
    if fonds.holder is None:
        raise RuleError(_l("Choose who keeps it."), field="holder")
    fonds.site_id, fonds.state = fonds.holder.site_id, "open"
    fonds.number = (fonds.number or "").strip().upper()
    fonds.spelling = fonds.spelling or "codes"
    with db.session.no_autoflush:
        numbering.part_of(fonds)
        _check_number(fonds, fonds.number)
    return fonds


def _check_number(fonds: Fonds, number: str) -> None:
    """A letter for the period and digits, like Z109; no other fonds of the site has it or had it (P5.07)."""
    if not NUMBER.fullmatch(number):
        raise RuleError(_l("A letter and digits, like Z109."), field="number")
    others = select(Fonds.id).where(Fonds.site_id == fonds.site_id, Fonds.number == number)
    if fonds.id is not None:
        others = others.where(Fonds.id != fonds.id)
    if db.session.scalar(others.limit(1)) is not None or _was_used(fonds, number):
        raise RuleError(_l("This number is, or was, another fonds'."), field="number")


def _was_used(fonds: Fonds, number: str) -> bool:
    had = select(NumberChange.id).where(
        NumberChange.site_id == fonds.site_id, NumberChange.old == number, NumberChange.item_id.is_(None)
    )
    if fonds.id is not None:
        had = had.where(NumberChange.fonds_id != fonds.id)
    return db.session.scalar(had.limit(1)) is not None


def amend(fonds: Fonds, *, by: Any = None) -> None:
    """Its words change; number, state and what lies in it do not."""
    numbering.part_of(fonds)


def close(fonds: Fonds, *, by: Any = None, closed_on: dt.date | None = None, reason: str = "") -> None:
    """机构变动: from here on everything in it is one whole (P4.03)."""
    if closed_on is None or closed_on > today():
        raise RuleError(_l("Choose a day that is not in the future."), field="closed_on")
    if not reason.strip():
        raise RuleError(_l("Say why."), field="reason")
    later = select(ArchivalItem.id).where(ArchivalItem.fonds_id == fonds.id, ArchivalItem.year > closed_on.year)
    if db.session.scalar(later.limit(1)) is not None:
        raise RuleError(_l("Something in it was made after that day."), field="closed_on")
    fonds.closed_on, fonds.close_reason = closed_on, reason.strip()[:300]
    tell(
        fonds,
        "arranging",
        "全宗封闭",
        f"{closed_on} {fonds.close_reason}：{WHOLE}",
    )


def renumber(fonds: Fonds, *, by: Any = None, number: str = "", reason: str = "") -> int:
    """Another number for the fonds and so for all that lies in it; the concordance keeps both (P5.07)."""
    new, old = number.strip().upper(), fonds.number
    if new == old:
        raise RuleError(_l("Type the new number."), field="number")
    if not reason.strip():
        raise RuleError(_l("Say why it is renumbered."), field="reason")
    _check_number(fonds, new)
    fonds.number = new
    whole.note_number(fonds, old, new, by=by, reason=reason)
    tell(fonds, "arranging", "全宗号调整", f"{old} → {new}：{reason.strip()}")
    db.session.flush()
    mine = select(ArchivalItem).where(ArchivalItem.fonds_id == fonds.id).order_by(ArchivalItem.volume_id.is_not(None))
    return whole.renumber(list(db.session.scalars(mine.order_by(ArchivalItem.id))), by=by, reason=reason)


def tell(fonds: Fonds, kind: str, title: str, said: str, author: str = "") -> FondsNote:
    """One more sheet of the fonds' own file, by what happened to it."""
    note = FondsNote(
        site_id=fonds.site_id, fonds=fonds, kind=kind, title=title, said=said[:2000], made_on=today(), author=author
    )
    db.session.add(note)
    return note


def write_note(note: FondsNote, *, by: Any = None) -> FondsNote:
    """A sheet that people write: introduction, history of the organisation, how it was arranged (P5.06)."""
    if note.fonds is None:
        raise RuleError(_l("Choose a fonds."), field="fonds")
    note.site_id, note.fonds_id = note.fonds.site_id, note.fonds.id
    note.made_on = note.made_on or today()
    return note


def open_own_file(fonds: Fonds, *, by: Any = None) -> None:
    """The paper file 全宗卷 of the fonds, kept like any other file (P4.07, P5.06)."""
    if fonds.file_id is not None:
        raise RuleError(_l("It has a file of its own already."))
    scheme = schemes.current(fonds.scheme_key)
    file = opening.open_subject_file(scheme, fonds.site, title=f"{fonds.number} {OWN_FILE}", by=by)
    fonds.file, fonds.file_id = file, file.id
    audit.write("open_own_file", fonds, {"file": file.number}, by=by)


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move(
        "close_fonds", {"open"}, "closed", "Fonds:close_fonds", _l("Close: the organisation ends"), close,
        asks=(("closed_on", _l("Fonds closed on")), *_WHY), style="danger",
    ),
    Move(
        "renumber_fonds", {"open", "closed"}, None, "Fonds:renumber_fonds", _l("Renumber"), renumber,
        asks=(("number", _l("New fonds number")), *_WHY),
    ),
    Move(
        "open_own_file", {"open", "closed"}, None, "Fonds:open_own_file", _l("Open the fonds' own file"),
        open_own_file,
    ),
]  # fmt: skip
