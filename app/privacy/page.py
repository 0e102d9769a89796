"""What the room says on a file's page: which consents hold, and what is missing."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select

from app.archive.alarms import Alarm
from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Link, Panel
from app.privacy import consents
from app.privacy.models import Consent
from app.security import gate


def chapter(file: File) -> Chapter:
    """The tenant's consents as they stand, and the way to write one down."""
    if file.customer_id is None or not gate.may("list", "Consent"):
        return Chapter()
    standing = consents.standing(file.customer_id)
    return Chapter(panel=_panel(file, standing))


def _panel(file: File, standing: list[Consent]) -> Panel:
    rows = [
        [
            Cell(line.number, "link", address("ConsentView.show", pk=line.id)),
            cell(line, "contact") if line.contact else Cell(_l("Person in charge")),
            cell(line, "purpose"),
            cell(line, "verdict"),
            Cell(line.said_at, "moment"),
        ]
        for line in standing
    ]
    heads = [_l("Number"), _l("Which person"), _l("Purpose of use"), _l("Consent"), _l("Said at")]
    return Panel(_l("Consents"), heads, rows, _l("Nobody has consented to anything yet."), _add(file), key="consents")


def _add(file: File) -> list[Link]:
    if file.state == "destroyed" or not gate.may("add", "Consent"):
        return []
    back = address("FileView.show", pk=file.id)
    return [Link(_l("Write down a consent"), url_for("ConsentView.add", customer=file.customer_id, next=back))]


def _missing(file: File) -> Select[Any] | None:
    """Pictures of an identity card that lie here without the consent they need."""
    if not any(paper.scans and consents.is_sensitive(paper) for paper in file.documents):
        return None
    said = select(Consent.verdict).where(
        Consent.customer_id == file.customer_id, Consent.purpose == consents.PICTURE, Consent.contact_id.is_(None)
    )
    last = func.coalesce(said.order_by(Consent.id.desc()).limit(1).scalar_subquery(), "")
    return select(File.id).where(File.id == file.id, last != "given")


def _warn(_key: int) -> tuple[Any, Link | None]:
    return _l("Pictures of an identity card lie here without a separate consent: they are not shown."), None


ALARM = Alarm("Consent", _missing, _warn)
