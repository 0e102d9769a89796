"""The certificates somebody keeps: asked when work passes to another, and before an account is closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.held import Holding
from app.kit.session import db
from app.printing.subjects import in_all_languages
from app.storage import certificates
from app.storage.models import CERTIFICATE_KINDS, Certificate


def held_by(user: Any) -> Iterator[Holding]:
    """The certificates in the safe or lent out that `user` answers for."""
    query = (
        select(Certificate)
        .where(Certificate.keeper_id == user.id, Certificate.state.in_(("held", "lent")))
        .options(joinedload(Certificate.file))
        .order_by(Certificate.number, Certificate.id)
    )
    for one in db.session.scalars(query):
        kind = in_all_languages(CERTIFICATE_KINDS[one.kind])["zh_Hans"]
        yield Holding("certificate", one.id, one.site_id, f"{one.number} {kind}", one.file, pages=one.pages)


def pass_on(key: int, receiver: Any, *, by: Any) -> None:
    """The certificate is the receiver's to keep."""
    certificates.keep(db.session.get_one(Certificate, key), receiver, by=by)
