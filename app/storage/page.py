"""What the storage room says on a file's page: its certificates, and the numbers it had."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from app.archive.alarms import Alarm
from app.archive.models import LIVE_STATES, File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Link, Panel
from app.kit.session import db
from app.security import gate
from app.storage.models import Certificate

SHOWN = 20


def chapter(file: File) -> Chapter:
    """The file's certificates: where they are."""
    if not gate.may("list", "Certificate"):
        return Chapter()
    found = _of(file)
    gate.foresee(found)
    if not found and not _openers(file):
        return Chapter()
    return Chapter(panel=_panel(file, found))


def _mine(file: File) -> tuple[ColumnElement[bool], ...]:
    return (Certificate.site_id == file.site_id, Certificate.number == file.number)


ALARMS = [
    Alarm(
        "Certificate",
        lambda file: select(Certificate.id).where(
            *_mine(file), Certificate.state == "lent", Certificate.due_on < today()
        ),
        lambda _key: (_l("A certificate is not back in time."), None),
    ),
    Alarm(
        "Certificate",
        lambda file: select(Certificate.id).where(*_mine(file), Certificate.state == "gone"),
        lambda _key: (_l("A certificate is missing."), None),
    ),
]


def _of(file: File) -> list[Certificate]:
    mine = select(Certificate).where(*_mine(file))
    along = (joinedload(Certificate.place), joinedload(Certificate.keeper))
    return list(db.session.scalars(mine.order_by(Certificate.id).limit(SHOWN).options(*along)))


def _panel(file: File, found: list[Certificate]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", address("CertificateView.show", pk=one.id)),
            cell(one, "kind"),
            cell(one, "holder"),
            cell(one, "place"),
            cell(one, "state"),
        ]
        for one in found
    ]
    heads = [_l("Number"), _l("Kind"), _l("Holder"), _l("Kept in"), _l("State")]
    return Panel(_l("Certificates"), heads, rows, _l("No certificates."), _openers(file), key="certificates")


def _openers(file: File) -> list[Link]:
    if file.state not in LIVE_STATES or not gate.may("add", "Certificate"):
        return []
    return [Link(_l("New certificate"), url_for("CertificateView.add", file=file.id))]
