"""In whose hands a file has been, on the file's page (P9.01, P12.07)."""

from __future__ import annotations

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.archive.custody import CUSTODY_KINDS, CustodyLine
from app.archive.models import File
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Panel
from app.kit.session import db
from app.security import gate

MOST = 20
TOLD = ("opened", "received", "destroyed")


def chapter(file: File) -> Chapter:
    """Who took the file over when and from whom, the newest first."""
    if not gate.may("list", "CustodyLine"):
        return Chapter()
    holder, counter = aliased(User), aliased(User)
    query = (
        select(CustodyLine, holder, counter)
        .outerjoin(holder, CustodyLine.holder_id == holder.id)
        .outerjoin(counter, CustodyLine.counter_id == counter.id)
        .where(CustodyLine.file_id == file.id, CustodyLine.kind.in_(TOLD))
        .order_by(CustodyLine.id.desc())
        .limit(MOST)
    )
    rows = [
        [Cell(line.day, "date"), Cell(CUSTODY_KINDS[line.kind]), _person(who), _person(whom), Cell(line.cause)]
        for line, who, whom in db.session.execute(query)
    ]
    heads = [_l("Date"), _l("What happened"), _l("Keeper"), _l("Taken over from"), _l("Because of")]
    return Chapter(panel=Panel(_l("Keepers of the file"), heads, rows, _l("Nobody has kept it yet."), key="keepers"))


def _person(user: User | None) -> Cell:
    return Cell(str(user) if user is not None else "")
