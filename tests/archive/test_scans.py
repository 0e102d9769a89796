"""Scans over HTTP: brought in inert, kept under opaque names, let out through the gate only (FAB.md 10, G14)."""

from __future__ import annotations

import hashlib
import io
import re
import stat
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from PIL import ImageFile
from sqlalchemy import func, select

from app.archive import scans
from app.archive.models import Document, File, Scan
from app.demo import makers
from app.kit.session import db, finish_work
from app.kit.stored import PARTIAL
from app.security import audit
from app.security.models import AuditLine
from tests.archive import hostile, stored_files
from tests.archive.conftest import Send, grant, stored

OPAQUE = re.compile(r"[0-9a-f]{48}")
HUGE = [2**31, 2**63, 10**30]


def lines(action: str) -> list[AuditLine]:
    return list(db.session.scalars(select(AuditLine).where(AuditLine.action == action).order_by(AuditLine.id)))


def one(paper: Document) -> Scan:
    (scan,) = stored(paper)
    return scan


@pytest.fixture(autouse=True)
def _after_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is once the process has printed something: WeasyPrint lets pictures pass that were cut off."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


@pytest.mark.parametrize("name", hostile.NEITHER)
@pytest.mark.parametrize("claimed", [("营业执照.pdf", "application/pdf"), ("photo.jpg", "image/jpeg")])
def test_what_is_no_picture_or_pdf_leaves_nothing(
    send: Send, paper: Document, shelf: Path, name: str, claimed: tuple[str, str]
) -> None:
    page = send(hostile.NEITHER[name], *claimed)
    assert stored(paper) == [] and list(shelf.iterdir()) == []
    if hostile.NEITHER[name]:
        assert "are kept" in page or "cannot be read" in page
        assert claimed[0] in page


@pytest.mark.parametrize("name", hostile.UNREADABLE)
def test_a_pdf_that_cannot_be_read_leaves_nothing(send: Send, paper: Document, shelf: Path, name: str) -> None:
    assert "The PDF cannot be read." in send(hostile.UNREADABLE[name](), "x.pdf", "application/pdf")
    assert stored(paper) == [] and list(shelf.iterdir()) == []


def test_a_picture_is_kept_and_is_what_its_record_says(send: Send, paper: Document, shelf: Path) -> None:
    assert "photo.jpg" in send(hostile.with_gps("JPEG"), "photo.jpg")
    scan, (path,) = one(paper), shelf.iterdir()
    assert path.name == scan.blob and OPAQUE.fullmatch(scan.blob)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_bytes()
    assert (scan.size, scan.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert scan.media_type == "image/jpeg" and b"Exif" not in content
    assert [line.detail for line in lines("add_scan")] == [{"scan": scan.id, "sha256": scan.sha256}]


def test_an_active_pdf_is_kept_without_what_acts(send: Send, paper: Document, shelf: Path) -> None:
    dirty = hostile.pdf(hostile.SPOILED["opening action"])
    send(dirty, "合同.pdf", "application/pdf")
    assert hostile.found_in(dirty) and hostile.found_in(stored_files.path_of(one(paper)).read_bytes()) == []


def test_what_a_browser_says_about_the_file_is_not_believed(send: Send, paper: Document) -> None:
    send(hostile.picture("PNG"), "page.html", "text/html")
    assert one(paper).media_type == "image/png"


@pytest.mark.parametrize(
    "name, kept",
    [
        ("营业执照.pdf", "营业执照.pdf"), ("Scan 01 (copy).PDF", "Scan 01 (copy).PDF"), ("a.pdf.exe", "a.pdf.exe.pdf"),
        ("page.html", "page.html.pdf"), ("x.php.pdf", "x.php.pdf"), (".htaccess", ".htaccess.pdf"),
        ("../../../etc/passwd", "passwd.pdf"), ("..\\..\\boot.ini", "boot.ini.pdf"), ("C:\\fakepath\\a.pdf", "a.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"), ("..", "...pdf"), ("....//....//x.pdf", "x.pdf"), ("CON.pdf", "CON.pdf"),
        ("a\x00.pdf", "a.pdf"), ("a.pdf\x00.exe", "a.pdf.exe.pdf"), ("a\x1b[31m\x07\x7f.pdf", "a[31m.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe.pdf"), ("a\u200b\u2028b.pdf", "ab.pdf"), ("   .pdf", ".pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"), ("%2e%2e%2fx.pdf", "%2e%2e%2fx.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"), ("'; DROP TABLE scan;--.pdf", "'; DROP TABLE scan;--.pdf"),
        ("𠮷野家.pdf", "𠮷野家.pdf"), ("{{7*7}}.pdf", "{{7*7}}.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_shown_and_never_a_path(
    login: Any, paper: Document, shelf: Path, tmp_path: Path, name: str, kept: str
) -> None:
    before = set(tmp_path.rglob("*"))
    clerk, edge = login("clerk"), "----edge"
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="scan"; filename="{name.replace(chr(92), chr(92) * 2)}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode() + hostile.pdf() + f"\r\n--{edge}--\r\n".encode()  # fmt: skip
    answer = clerk.post(
        f"/scans/add/{paper.id}", data=body, content_type=f"multipart/form-data; boundary={edge}", follow_redirects=True
    )
    scan = one(paper)
    assert answer.status_code == 200 and scan.original_name == kept
    assert set(tmp_path.rglob("*")) - before == {shelf / scan.blob}
    sent = clerk.get(f"/scans/{scan.id}")
    named = sent.headers["Content-Disposition"]
    assert sent.status_code == 200 and named.startswith("attachment") and "\n" not in named
    encoded = named.rsplit("filename*=UTF-8''", 1)
    assert (unquote(encoded[1]) if len(encoded) == 2 else named.split("filename=", 1)[1].strip('"')) == kept
    if "<" in kept:
        assert "<img src=x" not in answer.get_data(as_text=True)


def test_a_scan_leaves_as_an_attachment_that_nothing_runs(send: Send, paper: Document, login: Any) -> None:
    for content, name in ((hostile.picture(), "a.jpg"), (hostile.pdf(), "b.pdf")):
        send(content, name)
    for scan in stored(paper):
        answer = login("clerk").get(f"/scans/{scan.id}")
        assert answer.data == stored_files.path_of(scan).read_bytes() and answer.mimetype == scan.media_type
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert "sandbox" in policy and "default-src 'none'" in policy and "script-src" not in policy


def test_the_name_of_a_licence_is_kept_in_chinese(send: Send, paper: Document, login: Any) -> None:
    send(hostile.pdf(), "营业执照.pdf", "application/pdf")
    answer = login("clerk").get(f"/scans/{one(paper).id}")
    assert "filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf" in answer.headers["Content-Disposition"]


def test_every_download_is_a_line(send: Send, paper: Document, login: Any) -> None:
    send(hostile.picture())
    scan = one(paper)
    for name in ("clerk", "archivist"):
        assert login(name).get(f"/scans/{scan.id}").status_code == 200
    assert [(line.username, line.subject_type, line.subject_id) for line in lines("download")] == [
        ("clerk", "Scan", scan.id), ("archivist", "Scan", scan.id),
    ]  # fmt: skip


def test_without_the_line_not_one_byte_leaves(
    send: Send, paper: Document, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(hostile.picture())
    clerk, scan = login("clerk"), one(paper)

    def broken(*_args: Any, **_more: Any) -> None:
        raise audit.AuditFailure("full")

    monkeypatch.setattr(audit, "write", broken)
    answer = clerk.get(f"/scans/{scan.id}")
    assert answer.status_code == 503 and b"JFIF" not in answer.data


@pytest.fixture
def sealed(site: Any, cast: Any) -> File:
    """A filed file whose paper has a scan."""
    made = makers.make_filed_file(makers.make_unit(site=site), by=cast["archivist"])
    finish_work()
    return made


def test_a_sealed_scan_is_refused_without_a_grant_and_leaves_a_line_with_one(
    sealed: File, login: Any, cast: Any
) -> None:
    paper = sealed.documents[0]
    login("archivist").post(f"/scans/add/{paper.id}", data={"scan": (io.BytesIO(hostile.pdf()), "a.pdf")})
    scan, clerk = one(paper), login("clerk")
    refused = clerk.get(f"/scans/{scan.id}")
    assert refused.status_code == 403 and b"%PDF" not in refused.data and lines("download") == []
    grant(sealed, cast)
    assert clerk.get(f"/scans/{scan.id}").status_code == 200
    assert [line.username for line in lines("download")] == ["clerk"]
    assert login("archivist").get(f"/scans/{scan.id}").status_code == 403  # a grant is one person's


def test_a_scan_of_another_site_is_not_there(send: Send, paper: Document, login: Any) -> None:
    send(hostile.picture())
    scan, stranger = one(paper), login("stranger")
    assert stranger.get(f"/scans/{scan.id}").status_code == 404
    form = {"scan": (io.BytesIO(hostile.picture()), "a.jpg")}
    assert stranger.post(f"/scans/add/{paper.id}", data=form).status_code == 404
    assert len(stored(paper)) == 1 and login("clerk").get(f"/scans/{scan.id}").status_code == 200


@pytest.mark.parametrize("key", HUGE)
def test_a_huge_key_is_not_there(login: Any, key: int) -> None:
    clerk = login("clerk")
    assert clerk.get(f"/scans/{key}").status_code == 404
    assert clerk.post(f"/scans/add/{key}", data={"scan": (io.BytesIO(b"x"), "a.jpg")}).status_code == 404


@pytest.mark.parametrize("name", ["supervisor", "director", "auditor", "admin"])
def test_only_who_may_reads_and_adds(send: Send, paper: Document, login: Any, name: str) -> None:
    from app.security import roles

    send(hostile.picture())
    person = login(name)
    read, added = roles.may(name, "download", "Scan"), roles.may(name, "add", "Scan")
    assert (person.get(f"/scans/{one(paper).id}").status_code == 200) == read
    person.post(f"/scans/add/{paper.id}", data={"scan": (io.BytesIO(hostile.picture()), "a.jpg")})
    assert len(stored(paper)) == 1 + added


def test_a_closed_file_takes_no_scans(file: File, paper: Document, send: Send, shelf: Path) -> None:
    file.state = "closed"
    finish_work()
    assert "live file" in send(hostile.picture())
    assert stored(paper) == [] and list(shelf.iterdir()) == []


def test_more_than_twenty_megabytes_are_refused(send: Send, paper: Document, shelf: Path) -> None:
    assert "larger than 20 MB" in send(b"%PDF-" + b" " * scans.LARGEST_BYTES, "x.pdf")
    assert stored(paper) == [] and list(shelf.iterdir()) == []


def test_good_files_are_kept_beside_refused_ones(login: Any, paper: Document) -> None:
    files = [(io.BytesIO(c), n) for c, n in ((hostile.picture(), "a.jpg"), (b"x", "b.jpg"), (hostile.pdf(), "c.pdf"))]
    page = login("clerk").post(f"/scans/add/{paper.id}", data={"scan": files}, follow_redirects=True)
    assert [scan.original_name for scan in stored(paper)] == ["a.jpg", "c.pdf"]
    assert "b.jpg: " in page.get_data(as_text=True) and "c.pdf: " not in page.get_data(as_text=True)


def test_nobody_waits_for_the_database_while_a_file_is_cleaned(
    send: Send, paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer: a large picture takes seconds."""
    real, at_work = scans.cleaned, []

    def slow(content: bytes) -> tuple[str, bytes]:
        at_work.append(db.session().in_transaction())
        return real(content)

    monkeypatch.setattr(scans, "cleaned", slow)
    send(hostile.picture())
    assert at_work == [False] and len(stored(paper)) == 1


def test_a_rolled_back_upload_leaves_no_file_with_a_name(
    send: Send, login: Any, paper: Document, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, real = login("clerk"), audit.write

    def broken(action: str, *args: Any, **more: Any) -> None:
        if action == "add_scan":
            raise audit.AuditFailure("full")
        real(action, *args, **more)

    monkeypatch.setattr(audit, "write", broken)
    form = {"scan": (io.BytesIO(hostile.picture()), "a.jpg")}
    assert clerk.post(f"/scans/add/{paper.id}", data=form).status_code == 503
    assert db.session.scalar(select(func.count(Scan.id))) == 0
    assert [path.suffix for path in shelf.iterdir()] == [PARTIAL]
    monkeypatch.undo()


def test_a_scan_whose_file_is_lost_is_not_there(send: Send, paper: Document, login: Any) -> None:
    send(hostile.picture())
    stored_files.path_of(one(paper)).unlink()
    assert login("clerk").get(f"/scans/{one(paper).id}").status_code == 404


def test_the_folder_is_the_consoles_alone(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setitem(app.config, "DATA_DIR", str(tmp_path / "fresh"))
    assert stat.S_IMODE(stored_files.folder().stat().st_mode) == 0o700


def test_a_scan_is_never_changed(send: Send, paper: Document) -> None:
    from app.kit.session import AppendOnlyError

    send(hostile.picture())
    one(paper).original_name = "other.jpg"
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()
