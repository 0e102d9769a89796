"""Consents, requests and erasure as rules."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from app.archive import scans
from app.archive.held import everything_held_by
from app.archive.models import Scan
from app.customers import rules as customers
from app.demo import makers
from app.deposits.models import DepositLine
from app.estate.rules import find_site
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import AppendOnlyError, db, finish_work
from app.privacy import bundle, consents, erasing, reach, tasks
from app.privacy.models import DataTask
from app.privacy.notices import current
from app.security import gate
from app.security.models import AuditLine
from app.storage.models import Certificate
from tests.archive import stored_files
from tests.conftest import SITE
from tests.privacy import people
from tests.privacy.people import CONTACT, ID_NUMBER, NAME, WORDS, approved, ask, consent, step
from tests.standing import Made, Standing


@pytest.fixture(scope="module")
def _file(standing: Standing) -> Made:
    return standing(lambda: people.a_person(find_site(SITE)))


@pytest.fixture
def file(_file: Made) -> Any:
    return _file()


def daily(file: Any) -> Any:
    return customers.current_contact(file.customer, "daily")


# --- consents ---


def test_a_consent_keeps_which_words_were_shown(file: Any, cast: Any) -> None:
    line = consent(file.customer, cast["clerk"], "news", contact=daily(file))
    assert (line.notice_version, line.notice_digest) == (current("news").version, current("news").digest)
    assert line.number.startswith("TY-") and line.taken_by_id == cast["clerk"].id and line.site_id == file.site_id
    assert consents.lives(file.customer, "news", daily(file)) and not consents.lives(file.customer, "news")


def test_a_consent_is_a_line_that_stays(file: Any, cast: Any) -> None:
    line = consent(file.customer, cast["clerk"])
    line.verdict = "withdrawn"
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.expire(line)


def test_a_consent_ends_with_a_withdrawal_and_may_be_given_anew(file: Any, cast: Any) -> None:
    clerk = cast["clerk"]
    for verdict, lives in (("given", True), ("withdrawn", False), ("given", True)):
        consent(file.customer, clerk, "news", verdict)
        assert consents.lives(file.customer, "news") is lives
    assert [line.verdict for line in consents.standing(file.customer_id)] == ["given"]


def test_what_was_never_given_is_not_withdrawn(file: Any, cast: Any) -> None:
    with pytest.raises(RuleError):
        consent(file.customer, cast["clerk"], "news", "withdrawn")


def test_a_consent_on_screen_needs_the_signature(file: Any, cast: Any) -> None:
    with pytest.raises(RuleError) as refused:
        consent(file.customer, cast["clerk"], way="screen")
    assert refused.value.field == "client_signature"


def test_a_contact_of_another_customer_is_refused(file: Any, cast: Any, site: Any) -> None:
    with pytest.raises(RuleError):
        consent(makers.make_customer(site=site), cast["clerk"], contact=daily(file))


def test_a_withdrawal_is_a_task_in_the_hands_of_who_took_it_down(file: Any, cast: Any) -> None:
    consent(file.customer, cast["clerk"], "news")
    consent(file.customer, cast["clerk"], "news", "withdrawn")
    task = db.session.scalars(select(DataTask)).one()
    assert (task.kind, task.state, task.due_on) == ("stop_using", "open", today() + dt.timedelta(days=tasks.DAYS))
    assert [(one.kind, one.key) for one in everything_held_by(cast["clerk"])] == [("data_task", task.id)]
    tasks.pass_on(task.id, cast["supervisor"], by=cast["clerk"])
    with pytest.raises(RuleError):
        step(task, "finish", cast["supervisor"], tasks.MOVES, outcome=" ")
    step(task, "finish", cast["supervisor"], tasks.MOVES, outcome="已从名单中删除")
    assert task.state == "done" and not list(tasks.held_by(cast["supervisor"]))


def test_a_picture_of_an_identity_card_needs_its_own_consent(file: Any, cast: Any) -> None:
    paper = makers.make_document(file, "identity")
    ready = scans.Ready("card.png", "image/png", b"1")
    consent(file.customer, cast["clerk"])  # to be contacted: not the same
    consent(file.customer, cast["clerk"], "identity_scan", contact=daily(file))  # another person's
    with pytest.raises(RuleError):
        scans.keep(paper, ready, by=cast["clerk"])
    consent(file.customer, cast["clerk"], "identity_scan")
    assert scans.keep(paper, ready, by=cast["clerk"]).sha256
    assert scans.keep(makers.make_document(file, "licence"), ready).sha256  # other papers need none


def test_after_the_withdrawal_the_picture_is_shown_no_more_and_removed_by_its_task(file: Any, cast: Any) -> None:
    paper = people.a_picture(file, cast["clerk"])
    scan = paper.scans[0]
    path = stored_files.path_of(scan)
    assert scans.fetch(scan.id) is not None and path.exists()
    consent(file.customer, cast["clerk"], "identity_scan", "withdrawn")
    assert scans.fetch(scan.id) is None and path.exists()
    task = db.session.scalars(select(DataTask).where(DataTask.kind == "remove_scans")).one()
    checksum = scan.sha256
    step(task, "finish", cast["clerk"], tasks.MOVES)
    finish_work()
    assert not path.exists() and paper.scans == [] and db.session.scalar(select(Scan)) is None
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "remove_scan")).one()
    assert line.detail["sha256"] == checksum


# --- requests ---


def test_a_request_is_due_in_fifteen_days_and_goes_through_three_hands(file: Any, cast: Any) -> None:
    request = ask(file.customer, cast["clerk"])
    assert request.number.startswith("GR-") and request.due_on == today() + dt.timedelta(days=15)
    with pytest.raises(RuleError):
        step(request, "verify", cast["supervisor"], proof="")
    step(request, "verify", cast["supervisor"], proof="identity_card")
    for nobody in ("clerk", "supervisor"):
        with pytest.raises(RuleError):
            step(request, "approve", cast[nobody])
    step(request, "approve", cast["manager"])
    with pytest.raises(RuleError):  # nothing was handed out
        step(request, "carry_out", cast["supervisor"])


def test_nothing_is_handed_out_before_the_approval(file: Any, cast: Any) -> None:
    from app.privacy import rules

    request = ask(file.customer, cast["clerk"])
    with pytest.raises(RuleError):
        rules.hand_out(request, by=cast["supervisor"])


def test_a_refusal_says_why(file: Any, cast: Any) -> None:
    request = ask(file.customer, cast["clerk"])
    with pytest.raises(RuleError):
        step(request, "refuse", cast["manager"], reason=" ")
    step(request, "refuse", cast["manager"], reason="身份无法核实")
    assert request.state == "refused"


def unpacked(packed: bytes) -> tuple[dict[str, Any], Any]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("data.xlsx")))
        return json.loads(archive.read("data.json")), book


def test_the_export_holds_what_every_room_keeps_but_no_internal_note(file: Any, cast: Any) -> None:
    people.known_everywhere(file, cast)
    told, book = unpacked(bundle.packed(file.customer, None))
    kinds = {kind["kind"]: kind["rows"] for kind in told["kinds"]}
    wanted = {"customer", "contact", "tenancy", "file", "document", "complaint", "repair", "visit", "application"}
    assert wanted | {"deposit", "deposit_line", "notice", "violation", "fitout", "held_key"} <= set(kinds)
    assert kinds["customer"][0]["id_number"] == ID_NUMBER and kinds["contact"][0]["name"] == CONTACT
    assert kinds["deposit_line"][0]["amount_cents"] == "300.00" and kinds["deposit_line"][0]["payer"] == NAME
    words = json.dumps(told, ensure_ascii=False)
    for internal in ("常出差", "难缠", "交来", "的钥匙"):
        assert internal not in words
    assert "blob" not in words and "id_number_index" not in words and "created_by" not in words
    cells = {cell.value for sheet in book for row in sheet for cell in row}
    assert {NAME, ID_NUMBER} <= cells
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}  # n: an empty cell


def test_the_export_survives_its_round_trip(file: Any, cast: Any) -> None:
    """G12: what is exported is read back equal, and no cell of it is a formula."""
    for words in ("=1+1", "+SUM(A1)", "@cmd", "-2", "＝HYPERLINK(1)"):
        makers.make_complaint(file.unit, complainant=NAME, content=words)
    told, book = unpacked(bundle.packed(file.customer, None))
    part = next(kind for kind in told["kinds"] if kind["kind"] == "complaint")
    sheet = next(sheet for sheet in book if sheet.title.endswith(" complaint"))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    said = [["" if value is None else str(value) for value in row.values()] for row in part["rows"]]
    assert [["" if cell is None else cell.removeprefix("'") for cell in row] for row in rows] == said
    assert not any(cell.data_type == "f" for row in sheet for cell in row)


def test_another_tenants_records_stay_out_of_the_export(file: Any, cast: Any, site: Any) -> None:
    """A repair next door that was born of this tenant's complaint belongs to the neighbour."""
    complaint = makers.make_complaint(file.unit, complainant=NAME)
    next_door = makers.make_tenancy(makers.make_unit("1205", site=site), makers.make_customer("邻居公司", site=site))
    repair = makers.make_repair(next_door.unit, reporter="欧阳邻", complaint=complaint)
    reached = reach.rows_of(file.customer)
    assert complaint.id in reached["complaint"] and repair.id not in reached.get("repair", set())
    assert file.customer_id in reached["customer"] and next_door.customer_id not in reached["customer"]


def test_one_contacts_share_is_what_names_that_contact(file: Any, cast: Any) -> None:
    people.known_everywhere(file, cast)
    about = reach.rows_about(file.customer, daily(file))
    assert about["contact"] == {daily(file).id} and about["complaint"] and about["visit"] and about["held_key"]
    assert "application" not in about and "customer" not in about
    words = json.dumps([part.rows for part in bundle.parts(file.customer, daily(file))], ensure_ascii=False)
    assert CONTACT in words and ID_NUMBER not in words


def test_a_correction_leaves_a_digest_of_what_was_wrong(file: Any, cast: Any) -> None:
    right = "司马清和"
    contact = customers.current_contact(file.customer, "other")
    request = approved(
        file.customer, cast, "correct", contact, correct_column="contact.name", correct_value=right
    )  # fmt: skip
    step(request, "carry_out", cast["supervisor"])
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "correct_data")).one()
    assert contact.name == right and request.correct_value == ""
    assert line.detail["column"] == "name" and len(line.detail["before"]) == 64
    assert NAME not in str(line.detail) and right not in str(line.detail)


def test_a_corrected_identity_number_is_found_again(file: Any, cast: Any) -> None:
    before = file.customer.id_number_index
    wanted = {"correct_column": "customer.id_number", "correct_value": "110101198001010010"}
    with pytest.raises(RuleError):  # the check digit
        ask(file.customer, cast["clerk"], "correct", **wanted | {"correct_value": "110101198001010011"})
    wanted["correct_value"] = "11010119800101" + "000" + "2"
    request = approved(file.customer, cast, "correct", **wanted)
    step(request, "carry_out", cast["supervisor"])
    assert file.customer.id_number == wanted["correct_value"] and file.customer.id_number_index == before


def test_a_restriction_restricts_the_files(file: Any, cast: Any) -> None:
    step(approved(file.customer, cast, "restrict"), "carry_out", cast["supervisor"])
    assert file.seal == "restricted" and file.seal_reason.startswith("GR-")


# --- erasure ---


def test_a_tenant_in_the_house_is_not_erased(file: Any, cast: Any) -> None:
    request = approved(file.customer, cast, "erase")
    with pytest.raises(RuleError):
        step(request, "carry_out", cast["supervisor"])
    assert file.customer.name == NAME


def test_a_period_of_keeping_and_a_legal_hold_stand_in_the_way(file: Any, cast: Any) -> None:
    from app.retention.holds import place
    from app.retention.models import LegalHold

    people.moved_out_long_ago(file, years=0)
    assert erasing.in_the_way(file.customer, None)
    people.moved_out_long_ago(file)
    assert erasing.in_the_way(file.customer, None) == []
    place(LegalHold(file=file, reason="诉讼"), by=cast["manager"])
    assert erasing.in_the_way(file.customer, None)
    former = daily(file)
    former.until_on = today()
    assert erasing.in_the_way(file.customer, former)


def test_a_contact_who_still_speaks_for_the_tenant_is_erased_after_the_withdrawal_only(file: Any, cast: Any) -> None:
    contact = daily(file)
    assert erasing.in_the_way(file.customer, contact)
    consent(file.customer, cast["clerk"], contact=contact)
    assert erasing.in_the_way(file.customer, contact)
    consent(file.customer, cast["clerk"], verdict="withdrawn", contact=contact)
    assert erasing.in_the_way(file.customer, contact) == []


def erased(file: Any, cast: Any, contact: Any = None) -> Any:
    request = approved(file.customer, cast, "erase", contact)
    step(request, "carry_out", cast["supervisor"])
    return request


def test_after_the_erasure_nothing_says_who_it_was(
    file: Any, cast: Any, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    """G20: 0 raw hits in every cell of every table, word index included, in the scans, the log and what is left of
    temporary files; money and custody stay.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    people.known_everywhere(file, cast)
    people.a_picture(file, cast["clerk"])
    before = people.hits(WORDS)
    assert len({hit.split(".")[0] for hit in before}) >= 14 and people.in_files(
        data_dir / "scans", WORDS
    )  # the control
    people.moved_out_long_ago(file)
    bundle.packed(file.customer, None)
    erased(file, cast)
    finish_work()
    assert people.hits(WORDS) == []
    assert people.in_files(data_dir / "scans", WORDS) == people.in_files(tmp_path, WORDS) == []
    assert not [word for word in WORDS if word in caplog.text]
    line = db.session.scalars(select(DepositLine)).first()
    assert line is not None and line.amount_cents == 30_000 and line.payer == ""
    assert file.customer.id_number_index == "" and file.customer.name == erasing.ERASED
    assert db.session.scalar(select(DataTask).where(DataTask.kind == "look_through")) is None


def test_without_the_blanks_the_same_look_goes_red(file: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of G20: an erasure that blanks nothing leaves hits."""
    people.known_everywhere(file, cast)
    people.moved_out_long_ago(file)
    monkeypatch.setattr(erasing, "_store", lambda _record, _values: None)
    erased(file, cast)
    assert people.hits(WORDS)


def test_one_contact_is_erased_and_the_others_stay(file: Any, cast: Any) -> None:
    people.known_everywhere(file, cast)
    contact = daily(file)
    customers.set_contact(file.customer, "daily", "尉迟新", "19900005555")
    erased(file, cast, contact)
    assert people.hits((CONTACT, people.CONTACT_PHONE, people.EMAIL)) == []
    assert people.hits((NAME,)) and people.hits(("尉迟新",)) and file.customer.id_number == ID_NUMBER


def test_what_elsewhere_names_the_person_becomes_a_task(file: Any, cast: Any, site: Any) -> None:
    neighbour = makers.make_tenancy(makers.make_unit("1205", site=site), makers.make_customer("邻居公司", site=site))
    complaint = makers.make_complaint(neighbour.unit, complainant="欧阳邻", content=f"{NAME} 太吵")
    people.moved_out_long_ago(file)
    erased(file, cast)
    task = db.session.scalars(select(DataTask).where(DataTask.kind == "look_through")).one()
    assert f"complaint.content: {complaint.id}" in task.found_in and NAME not in task.found_in
    assert complaint.content == f"{NAME} 太吵"


def test_a_firms_own_name_stays(site: Any, cast: Any) -> None:
    firm = makers.make_customer("瑞恒科技有限公司", site=site, representative=NAME, id_number=ID_NUMBER)
    file = makers.make_file(tenancy=makers.make_tenancy(makers.make_unit("0801", site=site), firm))
    people.moved_out_long_ago(file)
    erased(file, cast)
    assert firm.name == "瑞恒科技有限公司" and firm.representative == "" and firm.id_number == ""


def test_what_is_over_is_sealed_with_the_customers_files(file: Any, cast: Any, acting: Any) -> None:
    """A request in hand is daily work; once answered its words lie with the file, as a consent's signature does."""
    signed = consent(file.customer, cast["clerk"], "news", way="screen", client_signature="M1 1L2 2")
    request = ask(file.customer, cast["clerk"])
    file.state = "filed"
    db.session.flush()
    with acting(cast["clerk"]):
        assert gate.value(request, "asker") == NAME
        assert gate.value(signed, "client_signature") is gate.SEALED
    request.state = "done"
    db.session.flush()
    with acting(cast["clerk"]):
        assert gate.value(request, "asker") is gate.SEALED


def test_a_key_of_several_columns_is_one_key(file: Any, site: Any) -> None:
    """A certificate names its file by site and number: those of the site's other files are other people's."""
    other = makers.make_file(makers.make_unit("1207", site=site))
    for one in (file, other):
        said = {"registered_number": one.number, "holder": NAME, "place_id": one.place_id, "received_on": today()}
        db.session.add(Certificate(site_id=site.id, number=one.number, **said))
    db.session.flush()
    (reached,) = reach.rows_of(file.customer)["certificate"]
    assert db.session.get_one(Certificate, reached).number == file.number
