"""What a destruction list and an appraisal say on paper."""

from __future__ import annotations

from typing import Any

from app.archive import approvals
from app.estate import facts as estate
from app.printing.subjects import Facts, primitive, read, subject
from app.retention.models import Appraisal, AppraisalItem, Destruction, DestructionItem


@subject(
    "destruction",
    Destruction,
    parts={**estate.PARTS, "lines": DestructionItem, "appraisal": Appraisal},
)
def destruction_facts(destruction: Destruction) -> Facts:
    """The cover and the lines 销毁清册; the number of the site's archive stands for 全宗号."""
    columns = (
        "number", "appraisal", "method", "venue", "state", "drawn_by", "drawn_on", "approved_on", "carrier", "done_at",
        "first_witness", "first_signed_at", "first_signature",
        "second_witness", "second_signed_at", "second_signature", "digest",
    )  # fmt: skip
    names = ("position", "title", "year", "period", "kept", "pages", "scan_count", "remark")
    lines = [read(line, *names) | {"file": line.file.number} for line in destruction.items]
    return {
        "destruction": read(destruction, *columns),
        "site": estate.site_facts(destruction.site),
        "fonds": f"{destruction.site.short_name or destruction.site.name}",
        "lines": lines,
        "file_count": sum(line.document_id is None for line in destruction.items),
        "item_count": len(lines),
        "page_total": sum(line.pages for line in destruction.items),
        "scan_total": sum(line.scan_count for line in destruction.items),
        "lead": primitive(destruction.appraisal.drawn_by),
        "approver": _approver(destruction),
    }


def _approver(record: Any) -> Facts:
    """The last who agreed, with the day; empty while nobody has."""
    agreed = [line for line in approvals.decisions(record) if line.verdict == "agreed"]
    if not agreed:
        return {"name": "", "at": ""}
    return {"name": primitive(agreed[-1].user), "at": primitive(agreed[-1].decided_at)}


@subject("appraisal", Appraisal, parts={**estate.PARTS, "lines": AppraisalItem})
def appraisal_facts(appraisal: Appraisal) -> Facts:
    """The group's opinion, every item on its four axes, and who agreed."""
    names = (
        "position", "title", "due_on", "verdict", "keep_until", "may_open", "digitise", "secrecy", "declassify",
        "verdict_remark",
    )  # fmt: skip
    return {
        "appraisal": read(appraisal, "number", "opinion", "state", "drawn_by", "drawn_on", "approved_on", "digest"),
        "site": estate.site_facts(appraisal.site),
        "lines": [read(line, *names) | {"file": line.file.number} for line in appraisal.items],
        "members": [
            {"name": primitive(member.user), "at": primitive(member.signed_at)} for member in appraisal.members
        ],
        "decisions": [
            {"role": line.role, "name": primitive(line.user), "at": primitive(line.decided_at), "said": line.reason}
            for line in approvals.decisions(appraisal)
        ],
    }
