"""A fit-out's own page with its drawings, and what the room says on a file's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.dayrecords import file_of
from app.archive.models import LIVE_STATES, Document, File
from app.fitout.models import FITOUT_STATES, FITOUT_TONES, Fitout
from app.kit import showing
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.labels import _l, label
from app.kit.pages import Cell, Chapter, Column, Event, Link, ListPage, Panel, Row, ShowPage
from app.kit.session import db
from app.security import gate

DRAWINGS = ("fitout", "contractor")
SHOWN, MOST = 5, 50


def show_page(view: Any, fitout: Fitout) -> ShowPage:
    """The record's page, with the drawings and the contractor's papers of the tenant's file."""
    page = showing.show_page(view, fitout)
    page.links += list(_links(fitout))
    file = file_of(fitout)
    if file is not None and gate.may("list", "Document"):
        page.lists.insert(0, _drawings(file, fitout))
    return page


def _drawings(file: File, fitout: Fitout) -> ListPage:
    papers = select(Document).where(Document.file_id == file.id, Document.paper_class.in_(DRAWINGS))
    found = list(db.session.scalars(papers.order_by(Document.id.desc()).limit(MOST)))
    names = ["paper_class", "title", "issued_on", "copy_kind", "pages"]
    links = []
    if file.state in LIVE_STATES and gate.may("add", "Document"):
        here = address("FitoutView.show", pk=fitout.id)
        url = url_for("DocumentView.add", file=file.id, paper_class="fitout", next=here)
        links.append(Link(_l("Add a drawing"), url))
    return ListPage(
        title=_l("Drawings and papers"),
        columns=[Column(name, label(Document, name)) for name in names],
        rows=_rows(found, names),
        links=links,
    )


def _rows(found: list[Document], names: list[str]) -> list[Row]:
    gate.foresee(found)
    return [Row(one.id, address("DocumentView.show", pk=one.id), [cell(one, name) for name in names]) for one in found]


def _links(fitout: Fitout) -> Iterator[Link]:
    """What the desk does from here: take the deposit, write down a violation."""
    here = address("FitoutView.show", pk=fitout.id)
    if fitout.state in ("reviewed", "permitted") and gate.may("add", "Deposit"):
        yield Link(_l("New deposit"), url_for("DepositView.add", fitout=fitout.id, next=here))


def chapter(file: File) -> Chapter:
    """The tenant's fit-outs, each with where it stands; one statement."""
    if file.tenancy_id is None or not gate.may("list", "Fitout"):
        return Chapter()
    theirs = select(Fitout).where(Fitout.tenancy_id == file.tenancy_id).order_by(Fitout.id.desc()).limit(MOST)
    found = list(db.session.scalars(theirs.options(joinedload(Fitout.unit))))
    gate.foresee(found)
    return Chapter(_panel(found), [e for one in found for e in _events(one)], _openers(file), _warnings(found))


def _panel(found: list[Fitout]) -> Panel:
    heads = [_l("Number"), _l("Contractor"), _l("Permit valid until"), _l("State")]
    rows = [
        [
            Cell(one.number, "link", address("FitoutView.show", pk=one.id)),
            cell(one, "firm"),
            cell(one, "until_on"),
            cell(one, "state"),
        ]
        for one in found[:SHOWN]
    ]
    return Panel(_l("Fit-outs"), heads, rows, _l("No fit-outs."), key="fitouts")


def _events(fitout: Fitout) -> Iterator[Event]:
    url = address("FitoutView.show", pk=fitout.id)
    steps = [
        (fitout.applied_on, _l("Fit-out applied for"), ""),
        (fitout.permitted_on, _l("Fit-out permitted"), "info"),
        (fitout.accepted_on, _l("Fit-out accepted"), "good"),
    ]
    yield from (Event(day, what, fitout.number, url, tone) for day, what, tone in steps if day is not None)
    if fitout.state in ("refused", "cancelled"):
        yield Event(fitout.updated_at, FITOUT_STATES[fitout.state], fitout.number, url, FITOUT_TONES[fitout.state])


def _openers(file: File) -> list[Link]:
    if file.state not in LIVE_STATES or not gate.may("add", "Fitout"):
        return []
    here = address("FileView.show", pk=file.id)
    return [Link(_l("New fit-out"), url_for("FitoutView.add", unit=file.unit_id, next=here), key="z")]


def _warnings(found: list[Fitout]) -> list[tuple[Any, Link | None]]:
    late = [one for one in found if one.state in ("permitted", "working", "rectifying") and one.until_on < today()]
    return [
        (
            _l("The permit of fit-out %(number)s has ended.", number=one.number),
            Link(_l("Open the fit-out"), address("FitoutView.show", pk=one.id)),
        )
        for one in late
    ]
