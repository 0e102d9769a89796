"""What the signatures stand for, as one number: the same on both copies (P4.09)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.handovers.models import Handover, HandoverLine


def digest(handover: Handover) -> str:
    """SHA-256 over the list as it is signed. What a list does not say is left out, so older digests stay right."""
    content: dict[str, Any] = {
        "number": handover.number,
        "date": str(handover.handed_on),
        "people": [handover.giver_id, handover.receiver_id, handover.supervisor_id],
        "departments": [handover.giver_department, handover.receiver_department],
        "reason": handover.reason,
        "lines": [_line(line) for line in handover.lines],
    }
    if handover.kind != "people":
        content["kind"] = handover.kind
        content["organisations"] = [
            handover.giver_organisation,
            handover.receiver_organisation,
            handover.receiver_name,
        ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _line(line: HandoverLine) -> list[Any]:
    listed = [line.position, line.file.number if line.file else "", line.title, line.quantity, line.pages, line.remark]
    if line.found == "unchecked":
        return listed
    return [*listed, line.kind, line.found, line.counted, line.counted_pages, line.finding]
