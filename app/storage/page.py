"""What the storage room says on a file's page: its certificates, and the numbers it had."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import LIVE_STATES, File
from app.kit.cells import cell
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Link, Panel
from app.kit.session import db
from app.security import gate
from app.storage.models import Certificate

SHOWN = 20


def chapter(file: File) -> Chapter:
    """The file's certificates: where they are, and which one is late."""
    if not gate.may("list", "Certificate"):
        return Chapter()
    found = _of(file)
    gate.foresee(found)
    late = [one for one in found if one.state == "lent" and one.due_on is not None and one.due_on < today()]
    gone = [one for one in found if one.state == "gone"]
    warnings: list[tuple[Any, Link | None]] = [(_l("A certificate is not back in time."), None) for _one in late[:1]]
    warnings += [(_l("A certificate is missing."), None) for _one in gone[:1]]
    if not found and not _openers(file):
        return Chapter()
    return Chapter(panel=_panel(file, found), warnings=warnings)


def _of(file: File) -> list[Certificate]:
    mine = select(Certificate).where(Certificate.site_id == file.site_id, Certificate.number == file.number)
    along = (joinedload(Certificate.place), joinedload(Certificate.keeper))
    return list(db.session.scalars(mine.order_by(Certificate.id).limit(SHOWN).options(*along)))


def _panel(file: File, found: list[Certificate]) -> Panel:
    rows = [
        [
            Cell(one.number, "link", url_for("CertificateView.show", pk=one.id)),
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
