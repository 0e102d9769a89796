"""Numbers, hashes, reprints and the log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.archive import rules as archive
from app.customers.models import Contact
from app.demo import makers
from app.handovers import rules as handovers
from app.handovers.models import HandoverLine
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.language import CODES
from app.kit.moves import walk
from app.kit.session import AppendOnlyError, db, finish_work
from app.printing import engine, finding, forms, rules
from app.printing.forms import Form
from app.printing.models import PrintLine
from app.security import audit
from app.security.models import AuditLine

RARE_NAME = "逄亓翀犇𬱖𫖯䶮有限公司"


def form(key: str) -> Form:
    found = forms.by_key(key)
    assert found is not None
    return found


@pytest.fixture
def file(site: Any, cast: dict[str, Any]) -> Any:
    """An open file with a tenant, a contact, deposits and two papers."""
    unit = makers.make_unit("2806", floor=makers.make_floor(site, "28F"))
    customer = makers.make_customer(
        RARE_NAME, site=site, name_en="“Rare” Name Ltd.", id_number="110101199001010000", representative="欧阳𫖯"
    )
    db.session.add(Contact(site_id=site.id, customer=customer, role="emergency", name="亓䶮", phone="19900000001"))
    made = makers.make_file(tenancy=makers.make_tenancy(unit, customer, rent_cents=1000050), by=cast["clerk"])
    makers.make_deposit(made.tenancy, cents=3000005, received=3000005)
    makers.make_document(made, "lease", title="租赁合同", pages=24, issued_on=today())
    makers.make_document(made, "licence", title="营业执照", pages=2)
    db.session.flush()
    db.session.expire_all()
    return made


@pytest.fixture
def handover(site: Any, cast: dict[str, Any], file: Any) -> Any:
    made = makers.make_handover(site, cast["clerk"], cast["archivist"], cast["supervisor"])
    add(made, file=file)
    add(made, title="钥匙", quantity=2)
    return made


def add(handover: Any, **more: Any) -> None:
    with db.session.no_autoflush:
        handovers.add_line(HandoverLine(handover=handover, **more))


@pytest.fixture
def request_(file: Any, cast: dict[str, Any]) -> Any:
    archive.file_away(file)
    file.state = "filed"
    db.session.flush()
    return makers.make_request(file, cast["clerk"])


@pytest.mark.parametrize("language", ["zh_Hans", *(pytest.param(one, marks=pytest.mark.once) for one in CODES[1:])])
def test_every_form_renders_a_real_record(
    language: str, file: Any, handover: Any, request_: Any, cast: dict[str, Any], text_of: Callable[[bytes], str]
) -> None:
    said = {
        "customer_registration": (file, [RARE_NAME, "¥30,000.05", "110***********0000", "亓䶮", "欧阳𫖯"]),
        "file_cover": (file, [RARE_NAME, "2806-01"]),
        "file_label": (file, [RARE_NAME, "2806", "2806-01"]),
        "file_contents": (file, ["租赁合同", "营业执照", "25-26", f"{today():%Y%m%d}"]),
        "lookup_request": (request_, [request_.number, "核对合同", RARE_NAME]),
        "handover_receipt": (handover, [handover.number, "钥匙", "2806-01"]),
    }
    for key, (record, wanted) in said.items():
        text = text_of(rules.print_record(form(key), record, by=cast["clerk"], language=language).pdf)
        for words in wanted:
            assert words in text, (key, words)
    register = rules.print_list(form("lookup_register"), [request_], by=cast["clerk"], language=language)
    assert request_.number in text_of(register.pdf)


def test_the_registration_says_the_deposit_in_capitals(file: Any, text_of: Callable[[bytes], str]) -> None:
    text = text_of(rules.print_record(form("customer_registration"), file, by=None).pdf)
    assert "人民币壹万元零伍角整" in text and "人民币叁万元零伍分" in text


def test_a_customer_prints_the_same_registration_as_their_file(file: Any, text_of: Callable[[bytes], str]) -> None:
    registration = form("customer_registration")
    assert registration.about(type(file)) is None and registration.about(type(file.customer)) == "customer"
    text = text_of(rules.print_record(registration, file.customer, by=None).pdf)
    assert RARE_NAME in text and "¥30,000.05" in text
    assert finding.record(registration, file.customer.id, "customer") is file.customer
    assert finding.record(registration, file.id) is file


def test_paper_never_carries_an_identity_number_even_for_a_command(file: Any, text_of: Callable[[bytes], str]) -> None:
    assert "199001010000" not in text_of(rules.print_record(form("customer_registration"), file, by=None).pdf)


def test_each_copy_has_its_number_and_all_have_one_content(handover: Any, cast: dict[str, Any]) -> None:
    printed = rules.print_record(form("handover_receipt"), handover, by=cast["clerk"])
    first, second = printed.lines
    assert (first.copy_no, second.copy_no, first.copies) == (1, 2, 2)
    assert int(second.serial[-6:]) == int(first.serial[-6:]) + 1
    assert first.content_hash == second.content_hash
    assert first.pdf_sha256 == second.pdf_sha256 == hashlib.sha256(printed.pdf).hexdigest()
    assert first.form_digest == form("handover_receipt").digest
    assert first.printed_by is cast["clerk"] and first.site_id == handover.site_id


def test_the_content_changes_with_the_list_and_with_nothing_else(handover: Any, cast: dict[str, Any]) -> None:
    receipt = form("handover_receipt")
    before = rules.print_record(receipt, handover, by=cast["clerk"]).lines[0].content_hash
    assert rules.print_record(receipt, handover, by=cast["archivist"], language="en").lines[0].content_hash == before
    add(handover, title="印章")
    db.session.expire(handover)
    assert rules.print_record(receipt, handover, by=cast["clerk"]).lines[0].content_hash != before


def test_a_second_print_is_a_reprint_and_says_so(file: Any, text_of: Callable[[bytes], str]) -> None:
    cover = form("file_cover")
    first, second = (rules.print_record(cover, file, by=None) for _ in range(2))
    assert [first.lines[0].times_printed, second.lines[0].times_printed] == [1, 2]
    assert "补打" not in text_of(first.pdf) and "补打" in text_of(second.pdf)
    assert rules.print_record(form("file_contents"), file, by=None).lines[0].times_printed == 1


def test_a_register_is_a_reprint_only_when_it_says_the_same(request_: Any, file: Any, cast: dict[str, Any]) -> None:
    register = form("lookup_register")
    times = [rules.print_list(register, [request_], by=None).lines[0].times_printed for _ in range(2)]
    other = makers.make_request(file, cast["archivist"])
    assert [*times, rules.print_list(register, [request_, other], by=None).lines[0].times_printed] == [1, 2, 1]


def test_an_empty_register_is_not_printed() -> None:
    with pytest.raises(RuleError):
        rules.print_list(form("lookup_register"), [], by=None)


def test_numbers_have_no_gap_when_a_print_is_undone(file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cover = form("file_cover")
    first = rules.print_record(cover, file, by=None).lines[0].serial
    inside = db.session.begin_nested()
    rules.print_record(cover, file, by=None)
    inside.rollback()

    def broken(*_args: Any, **_more: Any) -> bytes:
        raise engine.PrintError("no glyph")

    with monkeypatch.context() as patched:
        patched.setattr(engine, "make_pdf", broken)
        with pytest.raises(RuleError):
            rules.print_record(cover, file, by=None)
    second = rules.print_record(cover, file, by=None).lines[0].serial
    assert int(second[-6:]) == int(first[-6:]) + 1
    assert second.startswith(f"DY-{today().year}-")


def test_the_label_says_the_new_name_once_it_is_printed(file: Any) -> None:
    assert file.label_is_wrong
    rules.print_record(form("file_cover"), file, by=None)
    assert file.label_is_wrong
    rules.print_record(form("file_label"), file, by=None)
    assert not file.label_is_wrong and file.label_name == RARE_NAME


def test_a_line_of_the_log_never_changes(file: Any) -> None:
    [line] = rules.print_record(form("file_cover"), file, by=None).lines
    line.copies = 9
    with pytest.raises(AppendOnlyError):
        db.session.flush()
    db.session.rollback()


def test_a_print_is_in_the_audit_too_without_personal_data(file: Any, cast: dict[str, Any]) -> None:
    rules.print_record(form("customer_registration"), file, by=cast["clerk"])
    finish_work()
    actions = list(db.session.scalars(select(AuditLine).where(AuditLine.action.in_(["print_form", "print"]))))
    assert {line.action for line in actions} == {"print_form", "print"}
    assert all(RARE_NAME not in str(line.detail) for line in actions)


def test_a_signed_receipt_shows_who_signed_and_when(
    handover: Any, cast: dict[str, Any], text_of: Callable[[bytes], str]
) -> None:
    for step, by in (("close_list", "clerk"), ("all_present", "archivist"), ("checked", "archivist")):
        walk(handovers.MOVES, handover, step, by=cast[by], write=audit.write)
    db.session.flush()
    handovers.sign(handover, by=cast["clerk"])
    db.session.expire(handover)
    text = text_of(rules.print_record(form("handover_receipt"), handover, by=cast["clerk"]).pdf)
    assert text.count("已电子签署") == 2  # once on each copy
    assert handover.digest in text


def test_an_unknown_language_is_refused(file: Any) -> None:
    with pytest.raises(RuleError):
        rules.print_record(form("file_cover"), file, by=None, language="fr")
    assert db.session.scalar(select(func.count(PrintLine.id))) == 0
