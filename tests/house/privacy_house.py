"""The full house's consents, requests about data and tasks."""

from __future__ import annotations

from typing import Any

from app.customers.models import Customer
from app.estate.models import Site
from app.kit.columns import now, today
from app.privacy.models import Consent, DataRequest, DataTask


def furnish(site: Site, customer: Customer, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    common: dict[str, Any] = {"site_id": site.id, "customer": customer}
    consent = Consent(
        **common, number=f"{mark}同{number}", purpose="contacting", way="screen", notice_version=1,
        client_signature=f"M2 2L{number % 300} 88.8", said_at=now(),
    )  # fmt: skip
    request = DataRequest(
        **common, number=f"{mark}权{number}", kind="correct", asker=f"{mark}问{number}", wanted=f"{mark}要{number}",
        correct_column="customer.representative", correct_value=f"{mark}正{number}", received_on=today(),
        due_on=today(), state="refused", reason=f"{mark}辞{number}",
    )  # fmt: skip
    task = DataTask(
        **common, kind="stop_using", state="done", consent=consent, due_on=today(), outcome=f"{mark}办{number}"
    )
    return [consent, request, task]
