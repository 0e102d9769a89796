"""G5: the audit cannot be switched off, nor altered unseen; each attack, and the same without the guard."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Text, delete, func, insert, select, type_coerce, update
from sqlalchemy.exc import OperationalError

from app.demo import makers
from app.kit.session import AppendOnlyError, attempt, db, finish_work
from app.security import audit, chain, verify
from app.security.models import AuditLine, canonical

LINES: Any = AuditLine.__table__


def write(count: int = 10) -> list[int]:
    """So many lines, committed one by one; answers their numbers."""
    for number in range(count):
        audit.write("edit", None, {"number": number})
        finish_work()
    return list(db.session.scalars(select(LINES.c.id).order_by(LINES.c.id)))


def breaks() -> list[int]:
    return [broken.line for broken in verify.verify().breaks]


def test_a_chain_that_nobody_touched_is_whole(head: Path) -> None:
    numbers = write()
    report = verify.verify()
    assert report.ok and report.lines == len(numbers)
    assert chain.anchored() == (numbers[-1], db.session.scalar(select(LINES.c.mac).where(LINES.c.id == numbers[-1])))


def test_numbers_have_no_gaps(head: Path) -> None:
    numbers = write()
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    "change",
    [
        {"username": "somebody"},
        {"user_id": 99},
        {"action": "open"},
        {"subject_type": "File"},
        {"subject_id": 7},
        {"subject_site_id": 7},
        {"detail": {"number": 99}},
        {"ip": "192.0.2.1"},
        {"mac": "0" * 64},
        {"previous_mac": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_line_is_found(head: Path, change: dict[str, Any]) -> None:
    line = write()[-5]
    db.session.execute(update(LINES).where(LINES.c.id == line).values(**change))
    assert line in breaks()


def test_an_edited_moment_is_found(head: Path) -> None:
    line = write()[-5]
    at = db.session.scalar(select(LINES.c.at).where(LINES.c.id == line))
    db.session.execute(update(LINES).where(LINES.c.id == line).values(at=at.replace(year=2001)))
    assert breaks() == [line]


def test_a_deleted_line_is_found(head: Path) -> None:
    line = write()[-5]
    db.session.execute(delete(LINES).where(LINES.c.id == line))
    assert line in breaks()


def test_two_swapped_lines_are_found(head: Path) -> None:
    *_before, first, second, _last = write()
    swap(first, second)
    assert {first, second} <= set(breaks())


def swap(first: int, second: int) -> None:
    for line, number in ((first, -1), (second, first), (-1, second)):
        db.session.execute(update(LINES).where(LINES.c.id == line).values(id=number))


@pytest.mark.parametrize("cut", [1, 4])
def test_a_cut_tail_is_found(head: Path, cut: int) -> None:
    numbers = write()
    db.session.execute(delete(LINES).where(LINES.c.id > numbers[-1] - cut))
    assert breaks() == [numbers[-cut]]


def test_without_the_head_outside_a_cut_tail_would_not_be_found(head: Path) -> None:
    """The negative control: the chain alone does not know how long it was."""
    numbers = write()
    db.session.execute(delete(LINES).where(LINES.c.id > numbers[-5]))
    mac = db.session.scalar(select(LINES.c.mac).where(LINES.c.id == numbers[-5]))
    head.write_text(f"{numbers[-5]} {mac}\n")
    assert verify.verify().ok


def test_a_cut_tail_is_still_found_after_new_lines_grew_over_it(head: Path) -> None:
    numbers = write()
    db.session.execute(delete(LINES).where(LINES.c.id > numbers[-4]))
    grown = write(8)
    assert len(grown) > len(numbers)
    assert not verify.verify().ok


def test_a_head_that_was_removed_is_missed_and_not_made_again(head: Path) -> None:
    write()
    os.remove(head)
    assert not verify.verify().ok
    write()
    assert not head.exists()


def test_an_unreadable_head_is_a_break(head: Path) -> None:
    write()
    head.write_text("what")
    assert not verify.verify().ok


def seal_anew(sealing: Callable[[str, list[Any], str], str]) -> None:
    """Change a line, then give it and every line after it a fitting seal."""
    numbers = write()
    db.session.execute(update(LINES).where(LINES.c.id == numbers[3]).values(username="nobody"))
    columns = [LINES.c[name] for name in chain.SEALED_COLUMNS]
    rows = db.session.execute(select(*columns, type_coerce(LINES.c.detail, Text)).order_by(LINES.c.id)).all()
    previous = chain.START.mac
    for row in rows:
        mac = sealing(previous, list(row[:-1]), row[-1])
        db.session.execute(update(LINES).where(LINES.c.id == row[0]).values(previous_mac=previous, mac=mac))
        previous = mac


def test_a_chain_sealed_anew_without_the_key_is_found(head: Path) -> None:
    seal_anew(lambda before, fields, detail: chain.seal(b"another key", before, fields, detail))
    assert not verify.verify().ok


def test_a_plain_hash_chain_would_not_notice_that_it_was_made_anew(head: Path, monkeypatch: Any) -> None:
    """The negative control: anybody can compute a hash."""

    def plain(_key: bytes, before: str, fields: Any, detail: str) -> str:
        return hashlib.sha256(str([before, *map(chain.plain, fields), detail]).encode()).hexdigest()

    monkeypatch.setattr(chain, "seal", plain)
    seal_anew(lambda before, fields, detail: plain(b"", before, fields, detail))
    last = db.session.execute(select(LINES.c.id, LINES.c.mac).order_by(LINES.c.id.desc()).limit(1)).one()
    head.write_text(f"{last.id} {last.mac}\n")
    assert verify.verify().ok


def test_a_chain_sealed_anew_with_the_key_is_found_by_its_head(head: Path, app: Flask) -> None:
    seal_anew(lambda before, fields, detail: chain.seal(chain.key(), before, fields, detail))
    assert not verify.verify().ok


def test_lines_are_never_edited_or_deleted_by_the_console(head: Path) -> None:
    number = write()[-1]
    line = db.session.get(AuditLine, number)
    assert line is not None
    line.username = "nobody"
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()
    db.session.delete(db.session.get(AuditLine, number))
    with pytest.raises(AppendOnlyError):
        db.session.flush()


def test_what_is_rolled_back_leaves_no_line(head: Path) -> None:
    before = len(write(1))
    audit.write("edit", None, {})
    db.session.rollback()
    assert len(write(1)) == before + 1


def test_what_a_refused_attempt_noted_is_forgotten(head: Path) -> None:
    audit.write("edit", None, {"kept": 1})
    with pytest.raises(ValueError), attempt():
        audit.write("edit", None, {"kept": 0})
        raise ValueError
    with attempt():
        audit.write("edit", None, {"kept": 1})
    finish_work()
    newest = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc()).limit(3)).all()
    assert [line.detail.get("kept") for line in newest[:2]] == [1, 1]
    assert "kept" not in newest[2].detail


def test_a_line_is_found_before_the_commit_by_whoever_looks(head: Path, cast: Any) -> None:
    audit.write("reveal", cast["clerk"], {"column": "phone"}, by=cast["manager"])
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line is not None
    assert (line.action, line.subject_type, line.subject_id) == ("reveal", "User", cast["clerk"].id)
    assert (line.user_id, line.username, line.detail) == (cast["manager"].id, "manager", {"column": "phone"})
    audit.write("edit", None, {})
    assert db.session.scalar(select(func.count(AuditLine.id))) == line.id + 1


def test_a_new_records_key_is_in_its_line(head: Path, site: Any) -> None:
    unit = makers.make_unit(site=site)
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line is not None
    assert (line.subject_type, line.subject_id, line.subject_site_id) == ("Unit", unit.id, site.id)


def test_the_command_tells_the_broken_line_and_fails(head: Path, app: Flask) -> None:
    write()
    run = app.test_cli_runner()
    assert run.invoke(args=["audit", "verify"]).exit_code == 0
    db.session.execute(update(LINES).where(LINES.c.id == 3).values(ip="192.0.2.9"))
    answer = run.invoke(args=["audit", "verify"])
    assert answer.exit_code == 1 and "line 3" in answer.output
    told = json.loads(run.invoke(args=["audit", "verify", "--json"]).output)
    assert told["ok"] is False and told["breaks"][0]["line"] == 3


def test_a_million_lines_are_checked_in_a_minute(head: Path) -> None:
    """A fiftieth of them in a fiftieth of the time."""
    start = len(write(1))
    secret, count = chain.key(), 20_000
    last = chain.Head(*db.session.execute(select(LINES.c.id, LINES.c.mac).order_by(LINES.c.id.desc()).limit(1)).one())
    rows = []
    at = db.session.scalar(select(LINES.c.at).where(LINES.c.id == last.id))
    for number in range(last.id + 1, last.id + 1 + count):
        values = dict.fromkeys(chain.SEALED_COLUMNS) | {"id": number, "at": at, "user_id": 1}
        values |= {"username": "clerk", "action": "open", "subject_type": "File", "ip": "192.0.2.1"}
        detail = {"reason": "核对合同"}
        mac = chain.seal(secret, last.mac, [values[name] for name in chain.SEALED_COLUMNS], canonical(detail))
        rows.append(values | {"detail": detail, "previous_mac": last.mac, "mac": mac})
        last = chain.Head(number, mac)
    db.session.execute(insert(LINES), rows)
    spent = []
    for _ in range(3):  # the best of three: what else the machine does slows a core, too
        began = time.process_time()
        report = verify.verify()
        spent.append(time.process_time() - began)
        assert report.ok and report.lines == start + count
    assert min(spent) * 1_000_000 / count < 60


def test_many_writers_at_once_make_one_chain(own_app: Flask) -> None:
    failures: list[Exception] = []

    def desk(name: str) -> None:
        try:
            for number in range(10):
                with own_app.app_context():
                    audit.write("edit", None, {"desk": name, "number": number})
                    finish_work()
        except Exception as error:
            failures.append(error)

    desks = [threading.Thread(target=desk, args=(str(number),)) for number in range(6)]
    for thread in desks:
        thread.start()
    for thread in desks:
        thread.join()
    assert not failures
    with own_app.app_context():
        report = verify.verify()
        head = chain.anchored()
        assert report.ok and head is not None and head.id == report.lines
        told = db.session.scalars(select(AuditLine).where(AuditLine.action == "edit")).all()
        assert len({(line.detail["desk"], line.detail["number"]) for line in told}) == 60


# --- no line, no data ---------------------------------------------------------------------------------------

SECRET = "欧阳修远"


@pytest.fixture
def addresses(site: Any, cast: Any) -> list[tuple[str, str, dict[str, str]]]:
    """Every way to a customer's data that is written down: method, address, what is sent."""
    file = makers.make_file(makers.make_unit(site=site), by=cast["archivist"])
    file.customer.representative, file.customer.id_number = SECRET, "110101198001010002"
    db.session.commit()
    return [
        ("GET", f"/files/{file.id}", {}),
        ("GET", f"/customers/{file.customer_id}", {}),
        ("GET", f"/customers/{file.customer_id}/edit", {}),
        ("GET", "/customers/export.csv", {}),
        ("GET", "/files/export.xlsx", {}),
        ("POST", f"/customers/{file.customer_id}/reveal/id_number", {"reason": "核对"}),
    ]


def test_when_no_line_can_be_written_nothing_is_shown(
    addresses: Any, login: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise OperationalError("INSERT INTO audit_line", {}, Exception("disk full"))

    supervisor = login("supervisor")
    monkeypatch.setattr(audit, "_store", fail)
    for method, address, form in addresses:
        answer = supervisor.open(address, method=method, data=form or None)
        body = answer.get_data(as_text=True)
        assert answer.status_code == 503, address
        assert SECRET not in body and "110101" not in body and "瑞恒" not in body
        assert answer.headers["Cache-Control"] == "no-store"


def test_when_lines_can_be_written_the_same_addresses_answer(addresses: Any, login: Callable[..., FlaskClient]) -> None:
    """The negative control; and each of them leaves a line."""
    supervisor = login("supervisor")
    for method, address, form in addresses:
        before = db.session.scalar(select(func.count(AuditLine.id)))
        answer = supervisor.open(address, method=method, data=form or None)
        assert answer.status_code == 200, address
        answer.get_data()
        lines = db.session.scalars(select(AuditLine).where(AuditLine.id > before)).all()
        assert [line.username for line in lines] == ["supervisor"], address
    assert lines[-1].detail == {"column": "id_number", "reason": "核对"}


def test_a_database_that_does_not_answer_is_a_503(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").status_code == 200

    def fail(*_args: Any, **_more: Any) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(db.session, "execute", fail)
    answer = client.get("/healthz")
    assert answer.status_code == 503 and "gone" not in answer.get_data(as_text=True)
