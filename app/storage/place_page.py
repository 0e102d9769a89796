"""A place's page: where it stands, what stands and lies in it, and where it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import request, url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.archive import boxes
from app.archive.models import File
from app.archive.trails import PlaceMove
from app.estate.models import Place, Unit
from app.kit import showing
from app.kit.cells import cell, related_cell
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Link, Panel
from app.kit.session import attempt, db
from app.printing import answers, forms
from app.printing import rules as printing
from app.security import gate
from app.storage import places

MOST, MOST_MOVES, MOST_TICKS = 300, 30, 500
# what the rooms above offer to do with what lies in a place; app/joins.py lists them
openers: list[Callable[[Place], Iterable[Link]]] = []


def context(view: Any, place: Place) -> dict[str, Any]:
    """All that `storage/place.html` draws."""
    page = showing.show_page(view, place)
    standing, files, certificates = places.counts(place)
    panels = [_standing(place), _files(place), _certificates(place), _moves(place)]
    return {
        "page": page,
        "path": [related_cell(each) for each in places.path(place)[:-1]],
        "counts": [(_l("Places"), standing), (_l("Files"), files), (_l("Certificates"), certificates)],
        "panels": [panel for panel in panels if panel is not None],
        "links": [*page.links, *_links(place), *(link for offer in openers for link in offer(place))],
        "labels_url": _labels_url(place, standing),
    }


def _links(place: Place) -> list[Link]:
    if place.state != "used" or place.kind in boxes.NOT_FOR_FILES or not gate.may("put_in", "Place"):
        return []
    return [Link(_l("Put files in"), url_for("PlaceView.fill", pk=place.id), style="primary")]


def _labels_url(place: Place, standing: int) -> str:
    return url_for("PlaceView.labels", pk=place.id) if standing and gate.may("print", "Place") else ""


def _standing(place: Place) -> Panel:
    query = select(Place).where(Place.parent_id == place.id).order_by(Place.code).limit(MOST)
    rows = [
        [related_cell(one), cell(one, "kind"), cell(one, "floor"), cell(one, "state")]
        for one in db.session.scalars(query.options(joinedload(Place.floor)))
    ]
    links = []
    if place.state == "used" and gate.may("add", "Place"):
        asked: dict[str, Any] = {"parent": place.id, "site": place.site_id}
        links.append(Link(_l("New place"), url_for("PlaceView.add", **asked)))
    heads = [_l("Place"), _l("Kind"), _l("For floor"), _l("State")]
    return Panel(_l("Stands in it"), heads, rows, _l("Nothing stands in it."), links, key="places")


def _files(place: Place) -> Panel | None:
    if place.kind in boxes.NOT_FOR_FILES or not gate.may("list", "File"):
        return None
    files = boxes.kept_in(place)[:MOST]
    gate.foresee(files)
    rows = [
        [related_cell(one), cell(one, "unit"), cell(one, "customer"), cell(one, "state"), cell(one, "place")]
        for one in files
    ]
    heads = [_l("File"), _l("Unit"), _l("Customer"), _l("State"), _l("Kept in")]
    return Panel(_l("Files that lie in it"), heads, rows, _l("No files lie in it."), key="files")


def _certificates(place: Place) -> Panel | None:
    found = places.certificates_in(place)[:MOST] if gate.may("list", "Certificate") else []
    gate.foresee(found)
    rows = [
        [related_cell(one), cell(one, "kind"), cell(one, "state"), cell(one, "keeper"), cell(one, "place")]
        for one in found
    ]
    if not rows and not places.is_in_a_safe(place):
        return None
    links = []
    if place.state == "used" and gate.may("add", "Certificate") and places.is_in_a_safe(place):
        links.append(Link(_l("New certificate"), url_for("CertificateView.add", place=place.id)))
    heads = [_l("Certificate"), _l("Kind"), _l("State"), _l("Keeper"), _l("Kept in")]
    return Panel(
        _l("Certificates that lie in it"), heads, rows, _l("No certificates lie in it."), links, key="certificates"
    )


def _moves(place: Place) -> Panel | None:
    """Where the place itself was, and what came and went, the newest first."""
    if not gate.may("list", "PlaceMove"):
        return None
    mine = or_(PlaceMove.moved_id == place.id, PlaceMove.from_place_id == place.id, PlaceMove.to_place_id == place.id)
    names = (PlaceMove.moved, PlaceMove.file, PlaceMove.from_place, PlaceMove.to_place, PlaceMove.user)
    query = select(PlaceMove).where(mine).order_by(PlaceMove.id.desc()).limit(MOST_MOVES)
    rows = [
        [
            cell(line, "moved_at"),
            cell(line, "moved" if line.moved_id else "file"),
            cell(line, "from_place"),
            cell(line, "to_place"),
            cell(line, "user"),
            cell(line, "reason"),
        ]
        for line in db.session.scalars(query.options(*[joinedload(name) for name in names]))
    ]
    heads = [_l("Moved at"), _l("Place or file"), _l("From place"), _l("To place"), _l("Moved by"), _l("Reason")]
    return Panel(_l("What was moved"), heads, rows, _l("Nothing was moved yet."), key="moves")


# --- putting many files in at once ---


def fill_context(place: Place, problem: Any = "") -> dict[str, Any]:
    """The files that could go in, each with a tick; `problem` and what was ticked after a refusal."""
    files = boxes.to_be_boxed(place, MOST_TICKS)
    gate.foresee(files)
    rows = [
        (one.id, [related_cell(one), cell(one, "unit"), cell(one, "customer"), cell(one, "closed_on")]) for one in files
    ]
    return {
        "place": place,
        "rows": rows,
        "problem": problem,
        "ticked": set(request.form.getlist("file")),
        "numbers": request.form.get("numbers", ""),
        "reason": request.form.get("reason", ""),
    }


def fill(place: Place) -> int:
    """Put what was ticked or typed into the place, all of it or nothing; how many files."""
    chosen = list(dict.fromkeys([*_ticked(place), *_typed(place, request.form.get("numbers", ""))]))
    with attempt():
        return boxes.put_all(chosen, place, by=gate.user(), reason=request.form.get("reason", ""))


def _ticked(place: Place) -> list[File]:
    keys = [int(key) for key in request.form.getlist("file") if key.isascii() and key.isdigit() and len(key) < 10]
    query = select(File).where(File.id.in_(keys), File.site_id == place.site_id).order_by(File.number)
    return list(db.session.scalars(gate.scope(query, File).options(joinedload(File.unit).joinedload(Unit.floor))))


def _typed(place: Place, numbers: str) -> list[File]:
    """The files of the numbers typed or scanned, a number a line; RuleError names the first that is none."""
    found = []
    for number in numbers.replace("\x00", "").split():
        query = select(File).where(File.site_id == place.site_id, File.number == number)
        file = db.session.scalar(gate.scope(query, File))
        if file is None:
            raise RuleError(_l("There is no file %(number)s here.", number=number[:60]), field="numbers")
        found.append(file)
    return found


# --- many labels at once ---


def print_labels(place: Place) -> Any:
    """The labels of everything that stands in it, twelve to a page."""
    query = select(Place).where(Place.id.in_(boxes.inside(place)), Place.id != place.id, Place.state == "used")
    found = list(db.session.scalars(query.order_by(Place.code)))
    form = forms.by_key("place_labels")
    assert form is not None
    back = url_for("PlaceView.show", pk=place.id)
    return answers.pdf(lambda: printing.print_list(form, found, by=gate.user(), language=answers.language()), back)
