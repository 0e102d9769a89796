"""What look-up requests say on paper: one request, and the register of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.archive import approvals, papers
from app.archive.models import APPROVER_WORDS, VERDICTS, Approval, File
from app.estate import facts as estate
from app.lookups import reviews
from app.lookups.models import LookupRequest
from app.printing.subjects import Facts, in_all_languages, read, subject

COLUMNS = (
    "number", "file", "requester", "purpose", "mode", "hours", "state", "created_at", "decided_by", "decided_at",
    "reason", "expires_at",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "file": File, "request": LookupRequest}


@subject("lookup_request", LookupRequest, parts=PARTS)
def request_facts(request: LookupRequest) -> Facts:
    names = {paper["key"]: dict(paper["name"]) for paper in papers.classes(request.file)}
    return {
        "request": read(request, *COLUMNS),
        "classes": [names[key] for key in request.classes.split() if key in names],
        "spared": [names[key] for key in request.spared.split() if key in names],
        "opinions": _opinions(request),
        "file": read(request.file, "number", "state", "current_name", "place", "seal"),
        "unit": estate.unit_facts(request.file.unit),
        "site": estate.site_facts(request.file.site),
    }


EMPTY: Facts = {"verdict": "", "user": "", "decided_at": "", "reason": ""}


def _opinions(request: LookupRequest) -> list[Facts]:
    """A box for each who has decided, and an empty one for each who still has to."""
    decided = approvals.decisions(request)
    waiting = [role for role in request.chain.split() if role not in {line.role for line in decided}]
    if request.state not in approvals.WAITING:
        waiting = []
    return [*(_opinion(line) for line in decided), *(EMPTY | {"role": _role(role)} for role in waiting)]


def _opinion(line: Approval) -> Facts:
    told = read(line, "user", "decided_at", "reason")
    return told | {"role": _role(line.role), "verdict": in_all_languages(VERDICTS[line.verdict])}


def _role(role: str) -> Any:
    return in_all_languages(APPROVER_WORDS[role])


@subject("lookup_register", LookupRequest, parts={**PARTS, "requests": LookupRequest}, many=True)
def register_facts(requests: Sequence[LookupRequest]) -> Facts:
    """The register: the requests in the order they were asked, the days they span, and who signed the month."""
    rows = [
        read(request, *COLUMNS)
        | {"position": position, "asked_on": read(request, "created_at")["created_at"][:10]}
        | {"customer": f"{request.file.unit_number} {read(request.file, 'current_name')['current_name']}".strip()}
        for position, request in enumerate(sorted(requests, key=lambda each: each.number), 1)
    ]
    days = sorted(row["asked_on"] for row in rows)
    site = estate.site_facts(requests[0].file.site) if requests else {"name": "", "manager_firm": ""}
    first, last = (days[0], days[-1]) if days else ("", "")
    signed = _signed(requests[0].site_id, first, last) if requests else {}
    return {"requests": rows, "first_day": first, "last_day": last, "site": site, "signed": signed}


def _signed(site_id: int, first: str, last: str) -> Facts:
    """Who signed the register of the month that the days lie in."""
    review = reviews.signed(site_id, "lookups", first[:7]) if first[:7] == last[:7] else None
    if review is None:
        return {}
    told = read(review, "signed_by", "signed_at")
    return {"name": told["signed_by"], "at": told["signed_at"]}
