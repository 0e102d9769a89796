"""Pictures of before and after: cleaned, under opaque names, among the archive's stored files."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.archive import scans
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.reading import LARGEST_INTEGER
from app.kit.session import db
from app.repairs.models import STAGES, Repair, RepairPicture
from app.security import audit, gate

MOST = 20
SMALL = 480  # shown 160 wide, sharp on any screen


def fetch(pk: int) -> RepairPicture | None:
    """A picture of a site the reader works for."""
    query = gate.scope(select(RepairPicture).where(RepairPicture.id == pk), RepairPicture)
    return db.session.scalar(query) if pk <= LARGEST_INTEGER else None


def fetch_repair(pk: int) -> Repair | None:
    """A repair of a site the reader works for."""
    query = gate.scope(select(Repair).where(Repair.id == pk), Repair)
    return db.session.scalar(query) if pk <= LARGEST_INTEGER else None


def make_ready(upload: FileStorage) -> scans.Ready:
    """Clean an uploaded picture; a RuleError for anything but a JPEG or PNG."""
    ready = scans.make_ready(upload)
    if not ready.media_type.startswith("image/"):
        raise RuleError(_l("Only JPEG and PNG pictures are kept."))
    return ready


def keep(repair: Repair, stage: str, ready: scans.Ready, *, by: Any = None) -> RepairPicture:
    """Keep a picture of a repair that is not over."""
    if not takes_pictures(repair):
        raise RuleError(_l("The repair is over: it takes no more pictures."))
    if stage not in STAGES:
        raise RuleError(_l("Say whether the picture is of before or after the work."), field="stage")
    if len(repair.pictures) >= MOST:
        raise RuleError(_l("A repair has at most %(count)s pictures.", count=MOST))
    picture = RepairPicture(site_id=repair.site_id, repair=repair, stage=stage, **scans.store(ready))
    db.session.add(picture)
    db.session.flush()
    audit.write("add_picture", repair, {"picture": picture.id, "sha256": picture.sha256}, by=by)
    return picture


def small(content: bytes) -> bytes:
    """A stored picture as a JPEG of at most `SMALL` pixels a side."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (SMALL, SMALL))
        shown = picture.convert("RGB")
    shown.thumbnail((SMALL, SMALL))
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=80)
    return out.getvalue()


def takes_pictures(repair: Repair) -> bool:
    return repair.state not in Repair.OVER
