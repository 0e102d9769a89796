"""`flask files`: what nobody knows is cleared away, what is kept is compared with its checksum."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.archive import scans
from app.archive.commands import files
from app.archive.models import Document
from app.kit.session import db
from tests.archive import hostile, stored_files
from tests.archive.conftest import Send, stored

LONG_AGO = 2 * scans.AN_HOUR


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(files, words, catch_exceptions=False)


def put(shelf: Path, name: str, age: int = LONG_AGO) -> Path:
    path = shelf / name
    path.write_bytes(b"left behind")
    age_of(path, age)
    return path


def age_of(path: Path, age: int = LONG_AGO) -> None:
    os.utime(path, (time.time() - age,) * 2)


@pytest.fixture
def kept(send: Send, paper: Document) -> Path:
    """A scan's file, long on its shelf."""
    send(hostile.pdf(), "营业执照.pdf")
    path = stored_files.path_of(stored(paper)[0])
    age_of(path)
    return path


def test_what_no_record_knows_is_deleted_after_an_hour(app: Flask, shelf: Path, kept: Path) -> None:
    old = [put(shelf, "a" * 48), put(shelf, "b" * 48 + ".part"), put(shelf, "stray.txt")]
    young = [put(shelf, "c" * 48, 60), put(shelf, "d" * 48 + ".part", 60)]
    done = run(app, "sweep")
    assert done.exit_code == 0 and "3 deleted, 0 recovered" in done.output
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in [*young, kept])


def test_a_folder_in_the_folder_is_left_alone(shelf: Path, kept: Path) -> None:
    (shelf / "lost+found").mkdir()
    age_of(shelf / "lost+found")
    assert scans.sweep().removed == [] and (shelf / "lost+found").is_dir()


def test_a_committed_scan_that_lacks_its_name_gets_it(app: Flask, kept: Path) -> None:
    """The power went between the commit and the name."""
    content = kept.read_bytes()
    kept.rename(kept.with_suffix(".part"))
    age_of(kept.with_suffix(".part"))
    assert run(app, "verify").exit_code == 1
    assert "0 deleted, 1 recovered" in run(app, "sweep").output
    assert kept.read_bytes() == content and run(app, "verify").exit_code == 0


def test_half_of_a_committed_scan_does_not_get_its_name(kept: Path) -> None:
    partial = kept.with_suffix(".part")
    partial.write_bytes(kept.read_bytes()[:100])
    kept.unlink()
    age_of(partial)
    assert scans.sweep().named == [] and not kept.exists()


def test_a_whole_scan_is_never_replaced_by_a_part(kept: Path) -> None:
    partial = kept.with_suffix(".part")
    partial.write_bytes(kept.read_bytes())
    age_of(partial)
    assert scans.sweep().removed == [partial.name] and kept.exists()


def test_another_databases_files_are_not_deleted(app: Flask, shelf: Path) -> None:
    path = put(shelf, "e" * 48)
    done = run(app, "sweep")
    assert done.exit_code == 1 and "knows no scan" in done.output and path.exists()


def test_files_that_are_whole_are_said_to_be(app: Flask, kept: Path) -> None:
    done = run(app, "verify")
    assert (done.exit_code, done.output) == (0, "all whole\n")


def test_one_flipped_bit_anywhere_is_noticed(app: Flask, kept: Path, paper: Document) -> None:
    whole, scan = kept.read_bytes(), stored(paper)[0]
    for at in range(0, len(whole), 37):
        broken = bytearray(whole)
        broken[at] ^= 1
        kept.write_bytes(broken)
        assert [(each.id, why) for each, why in scans.damaged()] == [(scan.id, "changed")]
    done = run(app, "verify")
    assert done.exit_code == 1 and f"scan {scan.id} of paper {paper.id}: changed" in done.output
    kept.write_bytes(whole)
    assert run(app, "verify").exit_code == 0


def test_a_lost_file_is_named(app: Flask, kept: Path, paper: Document) -> None:
    kept.unlink()
    done = run(app, "verify")
    assert done.exit_code == 1 and f"scan {stored(paper)[0].id} of paper {paper.id}: missing" in done.output
    assert "营业执照" not in done.output
    db.session.rollback()
