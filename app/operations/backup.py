"""Backups: the database as it stood at one moment, every stored file, and the end of the audit (G16).

`OUT/<moment>/` holds one backup, `OUT/files/` the stored files of all of them: their names are drawn and their bytes
never change, so that each is copied once. Taken while people work: the audit's head first, which may only lag behind
the database, then the database, then the files, which are all there before their records are.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import make_url

import config
from app.archive import scans
from app.kit import stored
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db, finish_work
from app.operations import readiness
from app.security import audit, chain

MANIFEST, LIST, HEAD, POOL = "manifest.json", "files.sha256", "audit-head", "files"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
BLOCK = 1024 * 1024
Tell = Callable[[int], None]


def make(out: Path, pg_bin: Path | None = None, tell: Tell = lambda _done: None) -> Path:
    """One more backup in `out`; answers its folder. What is unfinished has no manifest, and is no backup."""
    revision = _revision()
    audit.write("back_up", None, {})
    finish_work()
    folder = out / now().strftime("%Y%m%dT%H%M%S.%fZ")
    folder.mkdir(mode=0o700, parents=True)
    if chain.head_file().exists():
        shutil.copyfile(chain.head_file(), folder / HEAD)
    engine = db.engine.dialect.name
    _copy_database(folder / DATABASES[engine], pg_bin)
    count = _copy_files(out / POOL, folder / LIST, _sums_before(out, folder), tell)
    said = {
        "made_at": now().isoformat(timespec="seconds"),
        "engine": engine,
        "revision": revision,
        "stored_files": count,
        "field_key": fingerprint(current_app.config["FIELD_KEY"]),
        "sums": {path.name: sha256(path) for path in sorted(folder.iterdir())},
    }
    stored.put(stored.Folder(folder), MANIFEST, json.dumps(said | {"seal": seal(said)}, indent=1).encode())
    return folder


def _revision() -> str:
    if readiness.standing() != "current":
        raise RuleError(_l("The database is not the one of this version: upgrade it first."))
    db.session.rollback()
    return readiness.known_revisions()[-1]


def _copy_database(target: Path, pg_bin: Path | None) -> None:
    if db.engine.dialect.name == "postgresql":
        run_pg("pg_dump", pg_bin, ["--format=custom", f"--file={target}"])
    else:
        module = config.sqlite_module()
        with closing(module.connect(db.engine.url.database)) as live, closing(module.connect(target)) as copy:
            live.backup(copy)  # in one step: writers go on meanwhile, beside what is read
    target.chmod(0o600)


def run_pg(program: str, pg_bin: Path | None, options: list[str]) -> None:
    """One of PostgreSQL's own programs on our database; its password is told to it alone."""
    found = shutil.which(program, path=str(pg_bin) if pg_bin is not None else None)
    if found is None:
        raise RuleError(_l("%(program)s is not installed.", program=program))
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).set(drivername="postgresql")
    told = {"PGPASSWORD": str(url.password)} if url.password else {}
    address = f"--dbname={url._replace(password=None).render_as_string()}"
    done = subprocess.run(
        [found, address, *options], env=os.environ | told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        current_app.logger.error("%s: %s", program, done.stderr[-2000:])
        raise RuleError(_l("%(program)s failed; the log says why.", program=program))


def _copy_files(pool: Path, listed: Path, sums: dict[str, str], tell: Tell) -> int:
    """What is not in the pool yet goes there; every name is listed with its checksum."""
    pool.mkdir(mode=0o700, exist_ok=True)
    shelf, count = scans.shelf(), 0
    with listed.open("w", encoding="ascii") as out:
        for name in sorted(kept.name for kept in shelf.listed()):
            if name not in sums or not (pool / name).exists():
                content = shelf.get(name)
                if content is None:  # destroyed, or given its name, since it was listed
                    continue
                stored.put(stored.Folder(pool), name, content)
                sums[name] = hashlib.sha256(content).hexdigest()
            out.write(f"{sums[name]}  {name}\n")
            count += 1
            tell(count)
    return count


def _sums_before(out: Path, folder: Path) -> dict[str, str]:
    """Checksums that the newest finished backup lists."""
    before = [path for path in finished(out) if path != folder]
    return dict(listed(before[-1])) if before else {}


def finished(out: Path) -> list[Path]:
    """The backups in a folder, oldest first."""
    return sorted(path.parent for path in out.glob(f"*/{MANIFEST}"))


def listed(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, checksum) of every stored file of a backup."""
    with (folder / LIST).open(encoding="ascii") as lines:
        for line in lines:
            digest, _, name = line.rstrip("\n").partition("  ")
            yield name, digest


def thin_out(out: Path, keep: int) -> int:
    """Only the newest so many stay; a stored file leaves with the last backup that lists it. Answers how many left."""
    gone = finished(out)[:-keep]
    for folder in gone:
        shutil.rmtree(folder)
    named = {name for folder in finished(out) for name, _sum in listed(folder)} if gone else set()
    for path in (out / POOL).iterdir() if gone else ():
        if path.name not in named:
            path.unlink()
    return len(gone)


def seal(said: dict[str, Any]) -> str:
    """Only who has AUDIT_KEY can write a manifest that is believed."""
    plain = json.dumps({key: value for key, value in said.items() if key != "seal"}, sort_keys=True)
    return hmac.digest(chain.key(), f"backup {plain}".encode(), "sha256").hex()


def fingerprint(key: str) -> str:
    """Which FIELD_KEY it was, told without telling it."""
    return hmac.digest(key.encode(), b"backup", "sha256").hex()


def sha256(path: Path) -> str:
    with path.open("rb") as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest()
