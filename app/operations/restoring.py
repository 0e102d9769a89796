"""A backup on an empty machine: looked through whole before anything is written, checked afterwards (G16)."""

from __future__ import annotations

import hmac
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import inspect

from app.archive import scans
from app.kit import stored
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db, finish_work
from app.operations import backup, readiness
from app.security import audit, chain, verify


def restore(folder: Path, pg_bin: Path | None = None) -> dict[str, Any]:
    """Bring a backup in; answers its manifest. RuleError, and nothing written, where it is damaged or does not fit."""
    said = _manifest(folder)
    if damaged := next(_damage(folder, said), None):
        raise RuleError(_l("The backup is damaged: %(name)s.", name=damaged))
    _refuse_unless_empty()
    _bring_database(folder / backup.DATABASES[said["engine"]], pg_bin)
    shelf = scans.shelf()
    for name, _sum in backup.listed(folder):
        stored.put(shelf, name, (folder.parent / backup.POOL / name).read_bytes())
    if (folder / backup.HEAD).exists():
        shutil.copyfile(folder / backup.HEAD, chain.head_file())
    audit.write("restore_backup", None, {"made_at": said["made_at"]})
    finish_work()
    return said


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / backup.MANIFEST).read_text(encoding="ascii"))
        seal, engine, key = said["seal"], said["engine"], said["field_key"]
    except (OSError, ValueError, KeyError) as error:
        raise RuleError(_l("This is no finished backup.")) from error
    if not hmac.compare_digest(seal, backup.seal(said)):
        raise RuleError(_l("The manifest was changed, or AUDIT_KEY is not the one of the backup."))
    if not hmac.compare_digest(key, backup.fingerprint(current_app.config["FIELD_KEY"])):
        raise RuleError(_l("FIELD_KEY is not the one of the backup: identity numbers could not be read."))
    if engine != db.engine.dialect.name:
        raise RuleError(_l("The backup is one of %(engine)s: set DATABASE_URL accordingly.", engine=engine))
    if said["revision"] != readiness.known_revisions()[-1]:
        raise RuleError(_l("The backup is one of another version: restore it with that version, then upgrade."))
    return said


def _damage(folder: Path, said: dict[str, Any]) -> Iterator[str]:
    """What is not as it was, by name."""
    there = [(folder / name, digest) for name, digest in said["sums"].items()]
    for path, digest in there:
        if not path.is_file() or backup.sha256(path) != digest:
            yield path.name
            return
    for name, digest in backup.listed(folder):
        path = folder.parent / backup.POOL / name
        if not path.is_file() or backup.sha256(path) != digest:
            yield name
            return


def _refuse_unless_empty() -> None:
    """Nothing is ever written over."""
    there = inspect(db.session.connection()).get_table_names()
    db.session.rollback()
    if there or next(scans.shelf().listed(), None) is not None or chain.head_file().exists():
        raise RuleError(_l("A backup is restored to an empty database and an empty store of files only."))


def _bring_database(source: Path, pg_bin: Path | None) -> None:
    db.session.remove()
    url = db.engine.url
    db.engine.dispose()
    if source.suffix == ".dump":
        backup.run_pg("pg_restore", pg_bin, ["--no-owner", "--exit-on-error", "--single-transaction", str(source)])
        return
    target = Path(url.database or "")
    for left in ("-wal", "-shm"):  # of the empty database that was looked into
        target.with_name(target.name + left).unlink(missing_ok=True)
    partial = target.with_suffix(".part")
    shutil.copyfile(source, partial)
    partial.chmod(0o600)
    os.replace(partial, target)


def wrong() -> Iterator[str]:
    """What does not hold in the database and the store at hand: lines of the audit, stored files."""
    for broken in verify.verify().breaks:
        yield f"audit, line {broken.line}: {broken.reason}"
    for kept, reason in scans.damaged():
        yield f"{scans.called(kept)}: {reason}"
