"""The full house's register: one entry of a file, with what is sealed in it, a step it took and who has read it."""

from __future__ import annotations

from typing import Any

from app.archive.models import File
from app.demo.registers_makers import make_entry
from app.estate.models import Site
from app.kit.columns import now
from app.kit.session import db
from app.registers import declaring
from app.registers.models import Entry, EntryAttachment, EntryReading, EntryStep

KEY = "house_remarks"


def named(words: str) -> dict[str, str]:
    return dict.fromkeys(("zh_Hans", "zh_Hant", "en"), words)


BODY: dict[str, Any] = {
    "key": KEY,
    "name": named("户档附注"),
    "entry": named("附注"),
    "read": ["everyone"],
    "write": ["clerk", "supervisor", "manager"],
    "number": "FZ-{sequence:04d}",
    "bound": "file",
    "fields": [
        {"key": "topic", "kind": "text", "label": named("事项")},
        {"key": "secret", "kind": "text", "sealed": True, "label": named("内情")},
        {"key": "fee", "kind": "money", "sealed": True, "label": named("内部金额")},
        {"key": "drawn", "kind": "signature", "label": named("签名")},
    ],
    "states": [{"key": "open", "name": named("待办")}, {"key": "done", "name": named("已办"), "over": True}],
    "moves": [
        {"key": "finish", "name": named("办结"), "from": ["open"], "to": "done", "roles": ["clerk"], "reason": True}
    ],
    "acknowledge": {"roles": ["clerk"]},
}


def furnish(site: Site, file: File, mark: str, number: int, reader: Any) -> list[Any]:
    """One of each; the file may be filed: what lies in it was written before."""
    declaring.declare(BODY)
    state, file.state = file.state, "open"
    entry: Entry = make_entry(
        KEY, site, file=file, topic=f"{mark}附{number}", secret=f"{mark}情{number}", fee=555_500 + number,
        drawn=f"M4 4L{number % 300} 44.4",
    )  # fmt: skip
    file.state = state
    db.session.flush()
    of = {"site_id": site.id, "entry_id": entry.id, "at": now()}
    return [
        entry,
        EntryStep(**of, name="finish", from_state="open", to_state="done", reason=f"{mark}缘新{number}"),
        EntryReading(**of, user_id=reader.id),
        EntryAttachment(
            site_id=site.id,
            entry_id=entry.id,
            blob=f"{number:047x}e",
            original_name=f"{mark}附件{number}.pdf",
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
        ),
    ]
