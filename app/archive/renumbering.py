"""Another number for a file; the concordance keeps what it was (P2.08)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, exists, or_, select

from app.archive import numbering
from app.archive.models import File
from app.archive.trails import FileNumber
from app.kit.columns import DESK_TIME, now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db


def renumber(file: File, *, by: Any = None, number: str = "", reason: str = "") -> None:
    """Filed files, too. The old number still finds it; its label is to be printed again; certificates follow."""
    number, old = number.strip(), file.number
    if not number or number == old:
        raise RuleError(_l("Type the new number."), field="number")
    if not reason.strip():
        raise RuleError(_l("Say why it is renumbered."), field="reason")
    if is_taken(file, number):
        raise RuleError(_l("This number is, or was, another file's."), field="number")
    numbering.follow(file, old, number)
    file.number, file.label_name = number, ""
    line = FileNumber(
        site_id=file.site_id, file=file, old=old, new=number, changed_at=now(), user_id=getattr(by, "id", None),
        reason=reason.strip()[:300],
    )  # fmt: skip
    db.session.add(line)
    db.session.flush()


def is_taken(file: File, number: str) -> bool:
    """Another file of the site has, or once had, that number: two papers must never be found under one."""
    has_it = select(File.id).where(File.site_id == file.site_id, File.id != file.id, File.number == number)
    had_it = select(FileNumber.id).where(
        FileNumber.site_id == file.site_id, FileNumber.file_id != file.id, FileNumber.old == number
    )
    return bool(db.session.scalar(select(or_(exists(has_it), exists(had_it)))))


def was_used(site_id: int, number: str) -> bool:
    """The concordance knows the number: it is not given to a new file."""
    query = select(FileNumber.id).where(FileNumber.site_id == site_id, FileNumber.old == number).limit(1)
    return db.session.scalar(query) is not None


def renumbered(first: dt.date, last: dt.date) -> Select[tuple[FileNumber]]:
    """The lines of the concordance of these days, in order."""
    begin = dt.datetime.combine(first, dt.time(), tzinfo=DESK_TIME)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=DESK_TIME)
    lines = select(FileNumber).where(FileNumber.changed_at >= begin, FileNumber.changed_at < end)
    return lines.order_by(FileNumber.site_id, FileNumber.id)
