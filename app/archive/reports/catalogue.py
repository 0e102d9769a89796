"""The catalogue of files in four orders: by number, by floor, by box, by year (P7.07, P10.06)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, extract, select
from sqlalchemy.orm import joinedload

from app.archive import boxes
from app.archive.models import FILE_STATES, File
from app.estate.models import Floor, Place, Unit
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked, Choice
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table, Tile

ORDER = Choice(
    "by",
    _l("In the order of"),
    [("file", _l("File numbers")), ("floor", _l("Floors")), ("box", _l("Boxes and cabinets")), ("year", _l("Years"))],
)
KEPT = Choice(
    "state",
    _l("Which files"),
    [("all", _l("All but destroyed ones")), ("live", _l("Of tenants now")), ("closed", _l("Moved out"))],
)
STATES = {"all": ("open", "filed", "closed"), "live": ("open", "filed"), "closed": ("closed",)}
MOST = 5000


@report(
    _l("Catalogue of files"),
    group="files",
    permission="File",
    about=_l("Every file with its papers and pages, and where it lies: by number, floor, box or year."),
    choices=[ORDER, KEPT],
)
def catalogue(asked: Asked) -> Table:
    by = asked.chosen["by"]
    query = asked.inside(_query(by, STATES[asked.chosen["state"]]), File)
    files = list(db.session.scalars(query.limit(MOST)))
    counted = boxes.counted(files)
    lines = [_line(by, file, *counted.get(file.id, (0, 0))) for file in files]
    papers, pages = (sum(each[at] for each in counted.values()) for at in (0, 1))
    return Table(
        [
            Head(ORDER.words[[key for key, _words in ORDER.words].index(by)][1]), Head(_l("File number")),
            Head(_l("Unit")), Head(_l("Customer")), Head(_l("Opened on"), "date"), Head(_l("Closed on"), "date"),
            Head(_l("State")), Head(_l("Kept in")), Head(_l("Papers"), "number"), Head(_l("Pages"), "number"),
        ],
        lines,
        [_l("Total"), len(files), "", "", "", "", "", "", papers, pages],
        tiles=[Tile(_l("Files"), len(files)), Tile(_l("Papers"), papers), Tile(_l("Pages"), pages)],
        notes=[_l("At most %(count)s files at once.", count=MOST)] if len(files) == MOST else (),
    )  # fmt: skip


def _query(by: str, states: tuple[str, ...]) -> Select[tuple[File]]:
    """The files in the order asked for; those of one floor or box stand by unit."""
    year = extract("year", File.opened_on)
    order: dict[str, list[Any]] = {
        "file": [File.number],
        "floor": [Unit.building_id, Floor.level, Floor.name, Unit.number],
        "box": [Place.code, Floor.level, Unit.number],
        "year": [year, File.number],
    }
    query = select(File).outerjoin(Unit, Unit.id == File.unit_id).outerjoin(Floor, Floor.id == Unit.floor_id)
    query = query.outerjoin(Place, Place.id == File.place_id).where(File.state.in_(states))
    along = (joinedload(File.unit).joinedload(Unit.floor), joinedload(File.customer), joinedload(File.place))
    return query.order_by(File.site_id, *order[by], File.id).options(*along)


def _line(by: str, file: File, papers: int, pages: int) -> Line:
    box = str(file.place) if file.place else ""
    first = {
        "file": file.number,
        "floor": str(file.unit.floor) if file.unit else "",
        "box": box,
        "year": str(file.opened_on.year),
    }[by]
    cells = [
        first, file.number, file.unit_number, file.current_name, file.opened_on, file.closed_on,
        FILE_STATES[file.state], box, papers, pages,
    ]  # fmt: skip
    return Line(cells, list_url("FileView.show", pk=file.id))
