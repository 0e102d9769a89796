"""Requests about data and consents in the search box: by number alone, nobody's name."""

from __future__ import annotations

from app.archive.numbersearch import by_number
from app.kit.labels import _l
from app.privacy.models import Consent, DataRequest

SEARCHED = [by_number(_l("Request about data"), DataRequest, weight=5), by_number(_l("Consent"), Consent)]
