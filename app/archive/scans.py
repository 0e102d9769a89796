"""Stored files: cleaned, under opaque names, and served through a checked view only (FAB.md 10, G14).

Scans of papers, and whatever else is kept the same way: every table with a `blob` and its `sha256`, on disk or in a
bucket (`app.kit.stored`). A file is written first and finished once its record is committed. A destroyed paper's
scans go the other way: the record stays, the file is deleted once that is committed. `sweep` clears away what was
left, `damaged` compares every file with its checksum.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from flask_appbuilder.models.sqla import Model
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.archive import seals
from app.archive.cleaning import cleaned
from app.archive.models import LIVE_STATES, Document, Scan
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.reading import LARGEST_INTEGER
from app.kit.session import after_commit, db
from app.kit.stored import PARTIAL, Store, StoreFailure, sha256_of
from app.kit.stored import store as store_of
from app.security import audit, gate

LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
AN_HOUR = 3600
ENDINGS = {"application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}


# why a scan of this paper may not be kept, or not be shown, in words: asked of the rooms above
may_keep: list[Callable[[Document], Iterable[Any]]] = []
may_show: list[Callable[[Document], Iterable[Any]]] = []


class StrangeDatabase(RuntimeError):
    """The database at hand knows none of the stored files: it is another one's folder."""


@dataclass
class Swept:
    """What `sweep` did, by the names of the files: those that nobody knew, and those that lacked only their name."""

    removed: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


def shelf() -> Store:
    """Where stored files lie."""
    return store_of("scans")


def keepers() -> list[Any]:
    """Every model whose records name a stored file: found, so that no room's files are ever swept away."""
    models = [mapper.class_ for mapper in Model.registry.mappers if {"blob", "sha256"} <= set(mapper.columns.keys())]
    return sorted(models, key=lambda model: str(model.__tablename__))


def fetch(pk: int) -> Scan | None:
    """A scan of a site the reader works for, unless a room above holds it back."""
    if pk > LARGEST_INTEGER:
        return None
    scan: Scan | None = db.session.scalar(gate.scope(select(Scan).where(Scan.id == pk), Scan))
    return scan if scan is not None and is_shown(scan.document) else None


def is_shown(document: Document) -> bool:
    """No room above holds the paper's scans back."""
    return not any(reason for ask in may_show for reason in ask(document))


def fetch_document(pk: int) -> Document | None:
    """A paper of a site the reader works for."""
    if pk > LARGEST_INTEGER:
        return None
    return db.session.scalar(gate.scope(select(Document).where(Document.id == pk), Document))


@dataclass(frozen=True)
class Ready:
    """An uploaded file, cleaned, and how it is called."""

    name: str
    media_type: str
    content: bytes


def make_ready(upload: FileStorage) -> Ready:
    """Read and clean one uploaded file; a RuleError for what is not kept. Takes seconds, and asks no database."""
    content = upload.stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise RuleError(_l("The file is larger than 20 MB."))
    media_type, clean = cleaned(content)
    return Ready(shown_name(upload.filename or "", media_type), media_type, clean)


def keep(document: Document, ready: Ready, *, by: Any = None) -> Scan:
    """Keep a file as a scan of a paper of a live file."""
    if document.file.state not in LIVE_STATES:
        raise RuleError(_l("Papers are added to a live file."))
    seals.refuse_shut(document.file)
    if why := "；".join(str(reason) for ask in may_keep for reason in ask(document)):
        raise RuleError(why)
    scan = Scan(site_id=document.site_id, document=document, **store(ready))
    db.session.add(scan)
    db.session.flush()
    audit.write("add_scan", document.file, {"scan": scan.id, "sha256": scan.sha256}, by=by)
    return scan


def store(ready: Ready) -> dict[str, Any]:
    """Write a cleaned file down; answers the columns of the record that names it."""
    blob = secrets.token_hex(24)
    where = shelf()
    where.offer(blob, ready.content)
    after_commit(lambda: where.finish(blob))
    return {
        "blob": blob,
        "original_name": ready.name,
        "media_type": ready.media_type,
        "size": len(ready.content),
        "sha256": hashlib.sha256(ready.content).hexdigest(),
    }


def shown_name(name: str, media_type: str) -> str:
    """The original name, only ever shown: without path and control characters, with an ending that fits the content.

    Saved by a reader, `contract.pdf.exe` or a picture called `page.html` would be run by their machine.
    """
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    said = "".join(c for c in bare if c.isprintable()).strip() or "scan"
    endings = ENDINGS[media_type]
    ending = next((said[-len(each) :] for each in endings if said.lower().endswith(each)), "")
    stem = said.removesuffix(ending)
    ending = ending or endings[0]
    return stem[: LONGEST_NAME - len(ending)] + ending


def remove(scan: Scan) -> None:
    """Have a destroyed paper's scan go with the commit; its record stays, with size and checksum."""
    where, blob = shelf(), scan.blob
    after_commit(lambda: _delete(where, blob))


def _delete(where: Store, blob: str) -> None:
    """The destruction is committed: a store that does not answer now is asked again by `sweep`."""
    try:
        where.delete(blob)
    except StoreFailure:
        current_app.logger.exception("stored file %s could not be deleted", blob)


def is_destroyed(kept: Any) -> bool:
    """The paper was destroyed by the book: no bytes of it are kept."""
    return isinstance(kept, Scan) and kept.document.destroyed_on is not None


def destroyed_blobs() -> set[str]:
    """The names under which the scans of destroyed papers once lay."""
    gone = select(Scan.blob).join(Document, Scan.document_id == Document.id).where(Document.destroyed_on.is_not(None))
    return set(db.session.scalars(gone))


def stored_copies(checksums: set[str]) -> list[str]:
    """The names of all files that lie here with one of these checksums, known to a record or not."""
    where = shelf()
    return [kept.name for kept in where.listed() if sha256_of(where, kept.name) in checksums]


def read(kept: Any) -> bytes | None:
    """The bytes that were kept; None, and a line in the log, where they are lost or no longer the same.

    None without a word for what was destroyed.
    """
    if is_destroyed(kept):
        return None
    content = shelf().get(kept.blob)
    if content is None or hashlib.sha256(content).hexdigest() != kept.sha256:
        current_app.logger.error("%s (%s) is missing or changed", called(kept), kept.blob)
        return None
    return content


def called(kept: Any) -> str:
    """A stored file's record for the administrator, by its key: names of files are not told."""
    paper = f" of paper {kept.document_id}" if isinstance(kept, Scan) else ""
    return f"{type(kept).__tablename__.replace('_', ' ')} {kept.id}{paper}"


def damaged() -> Iterator[tuple[Any, str]]:
    """Every record whose file is not what was kept: (record, "missing", "changed" or "not destroyed")."""
    destroyed, where = destroyed_blobs(), shelf()
    for model in keepers():
        for kept in db.session.scalars(select(model).order_by(model.id).execution_options(yield_per=500)):
            found = sha256_of(where, kept.blob)
            if kept.blob in destroyed:
                if found is not None:
                    yield kept, "not destroyed"
            elif found != kept.sha256:
                yield kept, "missing" if found is None else "changed"


def sweep(older_than: int = AN_HOUR) -> Swept:
    """Delete files that no record knows, untouched for so many seconds.

    A `.part` whose record was committed only lacks its name (the power went): it gets it. StrangeDatabase where no
    record knows any file but named files lie there. The file of a destroyed paper goes too, should it still be there.
    """
    known = {blob: sha for model in keepers() for blob, sha in db.session.execute(select(model.blob, model.sha256))}
    is_strange = not known
    for blob in destroyed_blobs():
        known.pop(blob, None)
    done, where = Swept(), shelf()
    for name, age in where.listed():
        blob, partial = name.removesuffix(PARTIAL), name.endswith(PARTIAL)
        if age < older_than or name in known:
            continue
        if partial and blob in known and sha256_of(where, blob) is None and sha256_of(where, name) == known[blob]:
            where.finish(blob)
            done.named.append(blob)
        elif not partial and is_strange:
            raise StrangeDatabase(f"the database knows no scan, but {name} lies here")
        else:
            where.delete(name)
            done.removed.append(name)
    return done
