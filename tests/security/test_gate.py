"""The gate: role, rows, seal, mask, reveal, and the line for each reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from werkzeug.exceptions import HTTPException

from app.archive.models import File
from app.customers.models import Customer
from app.demo import makers
from app.estate.models import Site, Unit
from app.estate.rules import find_site
from app.kit import columns
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db, finish_work
from app.lookups.rules import MOVES
from app.security import actor, audit, gate, masks
from app.security.models import AuditLine
from tests.conftest import SITE
from tests.standing import Made, Standing

Acting = Callable[[Any], AbstractContextManager[None]]
Login = Callable[..., FlaskClient]
ID_NUMBER = "110101198001010002"


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    def write() -> File:
        made = makers.make_file(makers.make_unit(site=find_site(SITE)), by=makers.user("archivist"))
        made.customer.representative, made.customer.id_number = "欧阳修远", ID_NUMBER
        return made

    return standing(write)


@pytest.fixture
def file(_file: Made) -> File:
    found: File = _file()
    return found


@pytest.fixture
def filed(file: File, cast: Any) -> File:
    makers.make_document(file)
    file.state = "filed"
    db.session.flush()
    return file


def grant(file: File, people: Any, hours: int = 8) -> Any:
    request = makers.make_request(file, people["clerk"], hours=hours)
    walk(MOVES, request, "pass_on", by=people["supervisor"], write=audit.write)
    walk(MOVES, request, "approve", by=people["manager"], write=audit.write)
    db.session.flush()
    return request


def newest(count: int = 1) -> list[AuditLine]:
    return list(db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc()).limit(count)))


def test_the_system_sees_and_may_everything(filed: File) -> None:
    assert gate.user() is None and gate.may("anything", "Anything")
    assert gate.value(filed.customer, "id_number") == ID_NUMBER
    assert not gate.is_sealed(filed)


def test_a_visitor_may_nothing_and_sees_no_row(acting: Acting, file: File) -> None:
    with acting(None):
        assert not gate.may("list", "File") and gate.site_ids() == []
        assert db.session.scalars(gate.scope(select(File), File)).all() == []
        with pytest.raises(HTTPException) as refused:
            gate.demand("list", "File")
        assert refused.value.code == 401


def test_a_right_is_a_verb_on_a_permission(acting: Acting, cast: Any) -> None:
    with acting(cast["clerk"]):
        assert gate.may("edit", "Customer") and not gate.may("approve", "LookupRequest")
        assert gate.may("menu_access", "Files") and not gate.may("menu_access", "Users")
        with pytest.raises(HTTPException) as refused:
            gate.demand("approve", "LookupRequest")
        assert refused.value.code == 403


def test_a_deactivated_person_may_nothing(acting: Acting, cast: Any) -> None:
    cast["clerk"].active = False
    with acting(cast["clerk"]):
        assert gate.user() is None and not gate.may("list", "File")


def test_rights_are_read_once_a_request(acting: Acting, cast: Any) -> None:
    statements: list[str] = []
    record = lambda *args: statements.append(args[2])  # noqa: E731
    with acting(cast["clerk"]):
        gate.may("list", "File")
        connection = db.session.connection()
        event.listen(connection, "before_cursor_execute", record)
        for _ in range(30):
            gate.may("list", "File")
            gate.may("menu_access", "Users")
        event.remove(connection, "before_cursor_execute", record)
    assert statements == []


def test_a_right_that_is_taken_away_is_gone_at_the_next_request(acting: Acting, cast: Any) -> None:
    with acting(cast["clerk"]):
        assert gate.may("add", "Customer")
    cast["clerk"].roles = []
    db.session.flush()
    with acting(cast["clerk"]):
        assert not gate.may("add", "Customer")


def test_rows_of_other_sites_are_not_there(acting: Acting, cast: Any, file: File) -> None:
    mine = select(func.count(File.id)).where(File.id == file.id)
    with acting(cast["clerk"]):
        assert db.session.scalar(gate.scope(mine, File)) == 1
        assert [site.id for site in db.session.scalars(gate.scope(select(Site), Site))] == [file.site_id]
    with acting(cast["stranger"]):
        assert db.session.scalar(gate.scope(mine, File)) == 0
        assert file.site_id not in gate.site_ids()


def test_the_administrator_sees_every_site_but_may_open_no_file(acting: Acting, cast: Any, file: File) -> None:
    with acting(cast["admin"]):
        assert len(gate.site_ids()) == db.session.scalar(select(func.count(Site.id)))
        assert not any(gate.may(verb, "File") for verb in ("list", "show", "open", "print", "export"))


def test_a_unit_is_scoped_by_its_site(acting: Acting, cast: Any, file: File) -> None:
    one = select(Unit).where(Unit.id == file.unit_id)
    with acting(cast["stranger"]):
        assert db.session.scalar(gate.scope(one, Unit)) is None
    with acting(cast["clerk"]):
        assert db.session.scalar(gate.scope(one, Unit)) is file.unit


def test_a_number_is_masked_for_everybody(acting: Acting, cast: Any, file: File) -> None:
    for name in ("clerk", "supervisor", "manager", "director", "archivist"):
        with acting(cast[name]):
            assert gate.value(file.customer, "id_number") == "110***********0002"


def test_what_is_filed_is_sealed_for_everybody(acting: Acting, cast: Any, filed: File) -> None:
    for name in ("clerk", "supervisor", "manager", "director", "archivist", "auditor", "admin"):
        with acting(cast[name]):
            assert gate.is_sealed(filed) and gate.is_sealed(filed.documents[0]) and gate.is_sealed(filed.customer)
            assert gate.value(filed.customer, "representative") is gate.SEALED
            assert gate.value(filed.customer, "id_number") is gate.SEALED
            assert gate.value(filed, "remark") is gate.SEALED
            assert gate.value(filed.customer, "name") == filed.customer.name


def test_a_role_that_opens_no_files_reads_an_open_one_as_sealed(acting: Acting, cast: Any, file: File) -> None:
    with acting(cast["auditor"]):
        assert gate.is_sealed(file) and gate.value(file.customer, "representative") is gate.SEALED
        assert not gate.is_sealed(file.unit)
    with acting(cast["clerk"]):
        assert not gate.is_sealed(file) and gate.value(file.customer, "representative") == "欧阳修远"


def test_sealed_says_nothing() -> None:
    assert str(gate.SEALED) == "" and not gate.SEALED and f"{gate.SEALED}" == ""


def test_a_grant_opens_the_file_for_its_reader_alone_and_leaves_a_line(acting: Acting, cast: Any, filed: File) -> None:
    grant(filed, cast)
    finish_work()
    with acting(cast["clerk"]):
        assert not gate.is_sealed(filed) and gate.grant_of(filed) is not None
        for _ in range(3):
            assert gate.value(filed.customer, "representative") == "欧阳修远"
            assert gate.value(filed.customer, "id_number") == "110***********0002"
        finish_work()
    with acting(cast["supervisor"]):
        assert gate.is_sealed(filed) and gate.grant_of(filed) is None
    line, before = newest(2)
    assert (line.action, line.subject_type, line.subject_id, line.username) == ("open", "File", filed.id, "clerk")
    assert before.action != "open"


@pytest.mark.parametrize("seconds, sealed", [(-1, False), (0, True), (1, True)])
def test_a_grant_ends_to_the_second(
    acting: Acting, cast: Any, filed: File, monkeypatch: pytest.MonkeyPatch, seconds: int, sealed: bool
) -> None:
    end = grant(filed, cast).expires_at
    with acting(cast["clerk"]):
        assert not gate.is_sealed(filed)
        monkeypatch.setattr(columns, "clock", lambda: end + dt.timedelta(seconds=seconds))
        assert gate.is_sealed(filed) is sealed


def test_a_revoked_grant_ends_at_once(acting: Acting, cast: Any, filed: File) -> None:
    request = grant(filed, cast)
    with acting(cast["clerk"]):
        assert not gate.is_sealed(filed)
        walk(MOVES, request, "revoke", by=cast["manager"], write=audit.write, reason="用毕")
        db.session.flush()
        assert gate.is_sealed(filed)


def test_an_export_opens_no_filed_file(acting: Acting, cast: Any, filed: File) -> None:
    grant(filed, cast)
    with acting(cast["clerk"]):
        gate.note_read(Customer, "export")
        assert gate.value(filed.customer, "representative") is gate.SEALED


def test_many_records_are_asked_about_at_once(
    acting: Acting, cast: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_second", lambda: 1)  # a grant is asked for anew every second
    files = [makers.make_file(makers.make_unit(site=site)) for _ in range(6)]
    files[0].state = files[1].state = "filed"
    db.session.flush()
    grant(files[0], cast)
    customers = [file.customer for file in files]
    statements: list[str] = []
    record = lambda *args: statements.append(args[2])  # noqa: E731
    with acting(cast["clerk"]):
        gate.may("open", "File")
        gate.foresee(customers)
        connection = db.session.connection()
        event.listen(connection, "before_cursor_execute", record)
        sealed = [gate.is_sealed(customer) for customer in customers]
        event.remove(connection, "before_cursor_execute", record)
    assert sealed == [False, True, False, False, False, False] and statements == []


def test_a_reveal_needs_right_reason_and_grant_and_leaves_a_line(acting: Acting, cast: Any, file: File) -> None:
    customer = file.customer
    with acting(cast["archivist"]), pytest.raises(HTTPException):
        gate.reveal(customer, "id_number", "核对")
    with acting(cast["clerk"]):
        with pytest.raises(RuleError):
            gate.reveal(customer, "id_number", "  ")
        assert gate.reveal(customer, "id_number", "核对证件") == ID_NUMBER
        with pytest.raises(HTTPException):
            gate.reveal(customer, "id_number_index", "核对")
    line = newest()[0]
    assert (line.action, line.username) == ("reveal", "clerk")
    assert line.detail == {"column": "id_number", "reason": "核对证件"}
    makers.make_document(file)
    file.state = "filed"
    db.session.flush()
    with acting(cast["clerk"]), pytest.raises(HTTPException):
        gate.reveal(customer, "id_number", "核对")


def test_a_hidden_column_is_shown_to_nobody(acting: Acting, cast: Any, file: File) -> None:
    with acting(cast["manager"]):
        assert gate.value(file.customer, "id_number_index") is gate.SEALED
        assert gate.value(cast["clerk"], "password") is gate.SEALED


@pytest.mark.parametrize(
    "column, is_searchable",
    [
        ("name", True),
        ("licence_number", True),
        ("id_number", False),
        ("representative", False),
        ("id_number_index", False),
    ],
)
def test_what_is_kept_back_is_not_searched(column: str, is_searchable: bool) -> None:
    assert gate.searchable(Customer, column) is is_searchable


def test_one_reading_is_one_line_a_request(login: Login, file: File) -> None:
    clerk = login("clerk")
    for _ in range(2):
        before = db.session.scalar(select(func.count(AuditLine.id)))
        assert clerk.get(f"/files/{file.id}").status_code == 200
        lines = db.session.scalars(select(AuditLine).where(AuditLine.id > before)).all()
        assert [(line.action, line.subject_type, line.subject_id) for line in lines] == [("open", "File", file.id)]


def test_work_done_for_somebody_is_theirs(cast: Any, filed: File) -> None:
    with actor.acting_as(cast["clerk"]):
        assert gate.user() is cast["clerk"] and gate.value(filed.customer, "representative") is gate.SEALED
        assert not gate.may("approve", "LookupRequest")
    assert gate.user() is None


@pytest.mark.parametrize(
    "kind, value, shown",
    [
        ("id_number", ID_NUMBER, "110***********0002"),
        ("id_number", "E12345678", "*********"),
        ("phone", "19900001234", "199******34"),
        ("phone", "010-1990 0001", "010-**** **01"),
        ("phone", "12345", "*****"),
        ("generic", "欧阳修远", "欧****"),
        ("of no such kind", "secret", "****"),
        ("id_number", "", ""),
        ("id_number", None, ""),
    ],
)
def test_masks(kind: str, value: Any, shown: str) -> None:
    assert masks.mask(kind, value) == shown
