"""The register of holders: who holds which files, and since when (P12.09)."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select

from app.archive.custody import CustodyLine
from app.archive.models import FILE_STATES, File
from app.estate.models import Place, Unit
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url, tally
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile

SHOW = Choice("show", _l("Shown"), [("count", _l("How many each holds")), ("files", _l("Every file"))])
NOBODY = _l("Outside or nobody")


@report(
    _l("Who holds which files"),
    group="files",
    permission="CustodyLine",
    about=_l("The files in each person's keeping, and since when."),
    choices=[SHOW],
)
def file_holders(asked: Asked) -> Table:
    return _every_file(asked) if asked.chosen["show"] == "files" else _how_many(asked)


def _how_many(asked: Asked) -> Table:
    states = [File.state.in_(("open",)), File.state.in_(("filed",)), File.state.in_(("closed",))]
    query = select(File.custodian_id, func.count(File.id), *(func.count(File.id).filter(state) for state in states))
    found = tally(asked.inside(query.where(File.state != "destroyed"), File).group_by(File.custodian_id))
    people = {user.id: str(user) for user in db.session.scalars(select(User).where(User.id.in_(_keys(found))))}
    rows: list[tuple[Any, tuple[int, ...]]] = sorted(
        ((people.get(key, NOBODY), figures) for key, figures in found.items()), key=lambda row: -row[1][0]
    )
    sums = [sum(figures[place] for _name, figures in rows) for place in range(4)]
    words = [FILE_STATES[state] for state in ("open", "filed", "closed")]
    return Table(
        [Head(_l("Holder")), Head(_l("Files"), "number"), *(Head(word, "number") for word in words)],
        [Line([name, *figures]) for name, figures in rows],
        [_l("Total"), *sums],
        [Bars(_l("Files by holder"), [name for name, _figures in rows],
              [Series(_l("Files"), [figures[0] for _name, figures in rows])])],
        [Tile(_l("Files"), sums[0]), Tile(_l("Holders"), len(_keys(found)))],
    )  # fmt: skip


def _keys(found: dict[Any, Any]) -> list[int]:
    return [key for key in found if key is not None]


def _every_file(asked: Asked) -> Table:
    since = (
        select(func.max(CustodyLine.day))
        .where(CustodyLine.file_id == File.id, CustodyLine.kind.in_(("opened", "received")))
        .scalar_subquery()
    )
    query = (
        select(File.number, Unit.number, File.state, Place.name, User, since)
        .outerjoin(Unit, Unit.id == File.unit_id)
        .outerjoin(Place, Place.id == File.place_id)
        .outerjoin(User, User.id == File.custodian_id)
        .where(File.state != "destroyed")
        .order_by(User.last_name, User.id, File.number)
    )
    lines = [
        Line(
            [str(user) if user else NOBODY, number, unit, FILE_STATES[state], place or "", day],
            list_url("FileView.list", number=number),
        )
        for number, unit, state, place, user, day in db.session.execute(asked.inside(query, File))
    ]
    heads = [_l("Holder"), _l("File number"), _l("Unit"), _l("State"), _l("Kept in")]
    return Table(
        [*(Head(word) for word in heads), Head(_l("Since"), "date")], lines, tiles=[Tile(_l("Files"), len(lines))]
    )
