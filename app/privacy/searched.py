"""Requests about data in the search box: by number alone, nobody's name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.kit.labels import _l
from app.kit.session import db
from app.privacy.models import Consent, DataRequest
from app.search.declared import By, Entry, Searched


def requests(keys: Sequence[int]) -> list[Entry]:
    """By their numbers."""
    return _numbered(DataRequest, keys)


def consents(keys: Sequence[int]) -> list[Entry]:
    """By their numbers."""
    return _numbered(Consent, keys)


def _numbered(model: type[DataRequest] | type[Consent], keys: Sequence[int]) -> list[Entry]:
    query = select(model.id, model.site_id, model.number).where(model.id.in_(keys))
    return [Entry(pk, site_id, number, numbers=[number]) for pk, site_id, number in db.session.execute(query)]


SEARCHED = [
    Searched(
        kind="data_request",
        label=_l("Request about data"),
        model=DataRequest,
        permission="DataRequest",
        view="DataRequestView.show",
        entries=requests,
        weight=5,
        is_numbered=True,
        touched_by=[By(DataRequest, only=("number", "site_id"))],
    ),
    Searched(
        kind="consent",
        label=_l("Consent"),
        model=Consent,
        permission="Consent",
        view="ConsentView.show",
        entries=consents,
        weight=4,
        is_numbered=True,
        touched_by=[By(Consent, only=("number", "site_id"))],
    ),
]
