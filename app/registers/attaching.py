"""Files attached to entries: cleaned, under opaque names, among the archive's stored files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.archive import scans
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.reading import LARGEST_INTEGER
from app.kit.session import db
from app.registers.declaration import Declaration
from app.registers.models import Entry, EntryAttachment
from app.security import audit, gate

MOST = 20
KILO = 1024


@dataclass(frozen=True)
class Shown:
    """One attachment as its reader may see it; `size` in KB."""

    name: Any
    size: int
    kept_at: Any
    url: str


def fetch(key: str, pk: int) -> EntryAttachment | None:
    """An attachment of an entry of this register, at a site the reader works for."""
    if pk > LARGEST_INTEGER:
        return None
    query = select(EntryAttachment).join(Entry, EntryAttachment.entry_id == Entry.id)
    mine = query.where(EntryAttachment.id == pk, Entry.register_key == key)
    return db.session.scalar(gate.scope(mine, EntryAttachment))


def of(entry: Entry) -> list[EntryAttachment]:
    query = select(EntryAttachment).where(EntryAttachment.entry_id == entry.id)
    return list(db.session.scalars(query.order_by(EntryAttachment.id)))


def takes(entry: Entry, declared: Declaration) -> bool:
    """The entry is not over, and nothing that it lies in is shut."""
    return entry.state not in declared.over and not gate.is_filed(entry)


def keep(entry: Entry, declared: Declaration, ready: scans.Ready, *, by: Any = None) -> EntryAttachment:
    """Keep a file with an entry that is still worked on."""
    if not takes(entry, declared):
        raise RuleError(_l("This entry is over: it is not changed any more."))
    if len(of(entry)) >= MOST:
        raise RuleError(_l("An entry has at most %(count)s attachments.", count=MOST))
    attachment = EntryAttachment(site_id=entry.site_id, entry_id=entry.id, **scans.store(ready))
    db.session.add(attachment)
    db.session.flush()
    audit.write("attach", entry, {"attachment": attachment.id, "sha256": attachment.sha256}, by=by)
    return attachment


def context(view: Any, entry: Entry) -> dict[str, Any]:
    """What an entry's page shows of its attachments, and where new ones are sent."""
    declared: Declaration = view.declared
    kept = of(entry)
    sealed = bool(kept) and gate.is_sealed(kept[0])
    may_add = not sealed and takes(entry, declared) and gate.may("edit", declared.permission)
    add_url = url_for("EntryAttachmentView.add", key=declared.key, pk=entry.id) if may_add else ""
    shown = [] if sealed else [_shown(one, declared) for one in kept]
    return {"attachments": shown, "attachments_are_sealed": sealed, "attach_url": add_url}


def _shown(one: EntryAttachment, declared: Declaration) -> Shown:
    url = url_for("EntryAttachmentView.download", key=declared.key, pk=one.id)
    return Shown(gate.value(one, "original_name"), -(-one.size // KILO), one.created_at, url)
