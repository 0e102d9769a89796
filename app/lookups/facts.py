"""What look-up requests say on paper: one request, and the register of many."""

from __future__ import annotations

from collections.abc import Sequence

from app.archive.models import File
from app.estate import facts as estate
from app.lookups.models import LookupRequest
from app.printing.subjects import Facts, read, subject

COLUMNS = (
    "number", "file", "requester", "purpose", "mode", "hours", "state", "created_at",
    "passed_by", "passed_at", "decided_by", "decided_at", "reason", "expires_at",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "file": File, "request": LookupRequest}


@subject("lookup_request", LookupRequest, parts=PARTS)
def request_facts(request: LookupRequest) -> Facts:
    return {
        "request": read(request, *COLUMNS),
        "file": read(request.file, "number", "state", "current_name", "place"),
        "unit": estate.unit_facts(request.file.unit),
        "site": estate.site_facts(request.file.site),
    }


@subject("lookup_register", LookupRequest, parts={**PARTS, "requests": LookupRequest}, many=True)
def register_facts(requests: Sequence[LookupRequest]) -> Facts:
    """The register: the requests in the order they were asked, and the days they span."""
    rows = [
        read(request, *COLUMNS)
        | {"position": position, "asked_on": read(request, "created_at")["created_at"][:10]}
        | {"customer": f"{request.file.unit.number} {read(request.file, 'current_name')['current_name']}".strip()}
        for position, request in enumerate(sorted(requests, key=lambda each: each.number), 1)
    ]
    days = sorted(row["asked_on"] for row in rows)
    site = estate.site_facts(requests[0].file.site) if requests else {"name": "", "manager_firm": ""}
    return {"requests": rows, "first_day": days[0] if days else "", "last_day": days[-1] if days else "", "site": site}
