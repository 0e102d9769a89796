"""Forms keep what was typed, say what is wrong beside the field, and leave nothing behind when they refuse."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.archive.models import Document, File
from app.customers.models import Contact, Customer, Tenancy
from app.deposits.models import DepositLine
from app.estate.models import Building, Site, Unit
from app.kit import choosing, saving
from app.kit.session import db
from tests.kit.conftest import make_contact, make_customer, make_file, make_unit, world


def count(model: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def fresh(record: Any) -> Any:
    db.session.expire_all()
    return db.session.get(type(record), record.id)


def form_of(record: Any, **typed: Any) -> dict[str, Any]:
    return {"version": record.version, **typed}


# --- adding ---------------------------------------------------------------------------------------------------


def test_what_is_typed_is_stored_and_its_page_opens(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    answer = desk.post("/customers/add", data={"site": world.site, "kind": "firm", "name": " 瑞恒 ", "id_number": "11"})
    made = db.session.scalars(select(Customer)).one()
    assert (answer.status_code, answer.location) == (302, f"/customers/{made.id}")
    assert (made.name, made.id_number, made.site_id) == ("瑞恒", "11", world.site)
    assert ("add", made) in [line[:2] for line in lines]


def test_saving_says_so(desk: Any, drawn: list[Any]) -> None:
    desk.post("/sites/add", data={"name": "新"})
    with desk.session_transaction() as session:
        assert ("success", "Saved") in [(kind, str(words)) for kind, words in session["_flashes"]]


def test_a_missing_field_is_told_beside_it_and_the_rest_is_kept(desk: Any, drawn: list[Any]) -> None:
    answer = desk.post("/customers/add", data={"site": world.site, "kind": "firm", "name": "", "name_en": "Typed"})
    page = drawn[-1]
    assert answer.status_code == 422 and page.form["name"].errors and page.form["name_en"].data == "Typed"
    assert count(Customer) == 0


def test_a_rule_speaks_beside_its_field(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer()
    answer = desk.post(
        "/contacts/add", data={"customer": customer.id, "role": "daily", "name": "refused", "phone": "123"}
    )
    page = drawn[-1]
    assert answer.status_code == 422 and page.form["name"].errors == ["not this name"]
    assert page.form["phone"].data == "123" and page.form["customer"].data == customer
    assert count(Contact) == 0


def test_a_rule_speaks_for_the_whole_record_on_top(desk: Any, drawn: list[Any]) -> None:
    contact = make_contact(make_customer())
    answer = desk.post(f"/contacts/{contact.id}/edit", data=form_of(contact, name="refused", phone="456"))
    assert answer.status_code == 422 and drawn[-1].problem == "not this name"
    assert drawn[-1].form["phone"].data == "456"


def test_a_refused_edit_leaves_nothing_behind(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    contact = make_contact(make_customer(), "张三")
    desk.post(f"/contacts/{contact.id}/edit", data=form_of(contact, name="refused", phone="456"))
    assert not db.session.dirty
    db.session.commit()
    assert (fresh(contact).name, fresh(contact).phone) == ("张三", "") and "edit" not in [line[0] for line in lines]


def test_a_refused_add_leaves_nothing_behind(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer()
    desk.post("/contacts/add", data={"customer": customer.id, "role": "daily", "name": "refused"})
    assert not db.session.new
    db.session.commit()
    assert count(Contact) == 0


def test_a_taken_name_is_told_beside_the_field_without_sql(desk: Any, drawn: list[Any]) -> None:
    db.session.add(Site(name="占用"))
    db.session.commit()
    answer = desk.post("/sites/add", data={"name": "占用", "short_name": "短"})
    page = drawn[-1]
    with force_locale("en"):
        told = [str(error) for error in page.form["name"].errors]
    assert answer.status_code == 422 and told == ["This is taken already."]
    assert page.form["short_name"].data == "短" and "INSERT" not in str(page) and "UNIQUE" not in str(page)


def test_a_taken_pair_is_told_beside_the_field_that_is_typed(desk: Any, drawn: list[Any]) -> None:
    unit = make_unit("0512")
    building = unit.building_id
    data = {"floor": unit.floor_id, "building": building, "number": "0512", "use": "office"}
    answer = desk.post("/units/add", data=data)
    assert answer.status_code == 422 and (drawn[-1].form["number"].errors or "Site" in str(drawn[-1].problem))


def test_what_no_rule_fills_in_is_told(desk: Any, drawn: list[Any]) -> None:
    unit = make_unit()
    answer = desk.post("/tenancies/add", data={"unit": unit.id, "customer": make_customer().id})
    assert answer.status_code == 422 and "Site" in str(drawn[-1].problem)
    assert count(Tenancy) == 0


@pytest.mark.parametrize("typed", ["", "abc", "-1", "0", "99999999999", "1.5", "\x00", "1 OR 1=1"])
def test_a_nonsense_key_is_refused_beside_the_relation(desk: Any, drawn: list[Any], typed: str) -> None:
    answer = desk.post("/contacts/add", data={"customer": typed, "role": "daily", "name": "张三"})
    assert answer.status_code == 422 and drawn[-1].form["customer"].errors


def test_a_key_of_another_site_is_refused_beside_the_relation(desk: Any, drawn: list[Any]) -> None:
    foreign = make_customer("别处的", site=world.other)
    answer = desk.post("/contacts/add", data={"customer": foreign.id, "role": "daily", "name": "张三"})
    assert answer.status_code == 422 and drawn[-1].form["customer"].errors
    assert count(Contact) == 0 and "别处的" not in str(drawn[-1].form["customer"]())


def test_another_site_itself_is_refused(desk: Any, drawn: list[Any]) -> None:
    assert desk.post("/customers/add", data={"site": world.other, "kind": "firm", "name": "甲"}).status_code == 422
    assert drawn[-1].form["site"].errors


def test_an_edit_cannot_move_a_record_to_a_foreign_relation(desk: Any, drawn: list[Any]) -> None:
    contact, foreign = make_contact(make_customer()), make_customer(site=world.other)
    answer = desk.post(f"/contacts/{contact.id}/edit", data=form_of(contact, customer=foreign.id))
    assert answer.status_code == 422 and fresh(contact).customer_id != foreign.id


def test_columns_outside_the_form_are_not_stored(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer("甲")
    answer = desk.post(
        f"/customers/{customer.id}/edit",
        data=form_of(customer, remark="x", id="9", id_number_index="x", created_by_id="1"),
    )
    assert answer.status_code == 302
    assert (fresh(customer).remark, fresh(customer).id_number_index) == ("", "")


@pytest.mark.parametrize(
    ("path", "field", "typed"),
    [
        ("units", "area_dm2", "many"), ("units", "area_dm2", "99999999999"), ("units", "use", "castle"),
        ("units", "number", "x" * 21), ("units", "number", "a\x00b"), ("contacts", "from_on", "2025-02-30"),
        ("contacts", "phone", "call me"), ("units", "remark", "x" * 501),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_beside_its_field_and_kept(
    desk: Any, drawn: list[Any], path: str, field: str, typed: str
) -> None:
    record = make_unit() if path == "units" else make_contact(make_customer())
    answer = desk.post(f"/{path}/{record.id}/edit", data=form_of(record, **{field: typed}))
    shown = drawn[-1].form[field]
    assert answer.status_code == 422 and shown.errors
    assert field == "use" or shown._value() == typed


def test_check_boxes_may_stay_empty(desk: Any, drawn: list[Any]) -> None:
    file = make_file()
    data = {"file": file.id, "paper_class": "b", "title": "纸", "pages": "1"}
    assert desk.post("/papers/add", data=data).status_code == 302
    paper = db.session.scalars(select(Document)).one()
    assert paper.ink_is_good is False and paper.paper_class == "b"
    desk.post(f"/papers/{paper.id}/edit", data=form_of(paper, ink_is_good="y"))
    assert fresh(paper).ink_is_good is True
    desk.post(f"/papers/{paper.id}/edit", data=form_of(fresh(paper)))
    assert fresh(paper).ink_is_good is False


def test_a_tick_and_a_number_take_their_default(desk: Any, drawn: list[Any]) -> None:
    desk.post("/papers/add", data={"file": make_file().id, "paper_class": "a", "title": "纸", "pages": ""})
    assert db.session.scalars(select(Document)).one().pages == 1


def test_choices_follow_what_is_typed_elsewhere(desk: Any, drawn: list[Any]) -> None:
    desk.get("/papers/add")
    assert [choice.value for choice in drawn[-1].form["paper_class"].iter_choices()] == ["", "a"]
    desk.get(f"/papers/add?file={make_file().id}")
    assert [choice.value for choice in drawn[-1].form["paper_class"].iter_choices()] == ["", "a", "b"]


def test_a_rule_may_answer_another_record(desk: Any, drawn: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.kit import views

    other = make_unit("0999")
    monkeypatch.setattr(
        views.BuildingView, "on_add", staticmethod(lambda building, *, by: other.building), raising=False
    )
    answer = desk.post("/buildings/add", data={"site": world.site, "name": "新楼"})
    assert answer.location == f"/buildings/{other.building_id}"
    assert db.session.scalar(select(Building).where(Building.name == "新楼")) is None


def test_after_add_may_lead_elsewhere(desk: Any, drawn: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.kit import views

    monkeypatch.setattr(views.SiteView, "after_add", staticmethod(lambda site: f"/there/{site.name}"))
    assert desk.post("/sites/add", data={"name": "a"}).location == "/there/a"


# --- prefilling and going on ----------------------------------------------------------------------------------


def test_the_address_fills_in_the_form(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer()
    desk.get(f"/contacts/add?customer={customer.id}&role=finance&name=张三&from_on=2025-07-01")
    form = drawn[-1].form
    assert (form["customer"].data, form["role"].data, form["name"].data) == (customer, "finance", "张三")
    assert form["from_on"].data == dt.date(2025, 7, 1)


def test_the_address_fills_in_nothing_that_does_not_fit(desk: Any, drawn: list[Any]) -> None:
    foreign = make_customer(site=world.other)
    answer = desk.get(f"/contacts/add?customer={foreign.id}&role=king&name={'x' * 99}&from_on=heute&phone=%00")
    form = drawn[-1].form
    assert answer.status_code == 200 and not any(field.errors for field in form)
    assert (form["customer"].data, form["role"].data, form["name"].data) == (None, "daily", None)


def test_the_address_fills_in_nothing_that_is_kept_back(desk: Any, drawn: list[Any]) -> None:
    desk.get("/customers/add?id_number=11&representative=x")
    assert not drawn[-1].form["id_number"].data and not drawn[-1].form["representative"].data


@pytest.mark.parametrize("address", ["/files/1", "/contacts/?customer=1"])
def test_next_is_followed_on_this_host(desk: Any, drawn: list[Any], address: str) -> None:
    desk.get(f"/sites/add?next={address.replace('?', '%3F')}")
    assert drawn[-1].form["next"].data == address and drawn[-1].cancel_url == address
    assert desk.post("/sites/add", data={"name": "a", "next": address}).location == address


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "///evil.example",
     "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
     "javascript:alert(1)", "http:evil.example", " /x", "/x\r\ny"],
)  # fmt: skip
def test_next_never_leads_away(desk: Any, drawn: list[Any], address: str) -> None:
    location = desk.post("/sites/add", data={"name": "a", "next": address}).location
    assert location.startswith("/sites/")
    with desk.application.test_request_context():
        assert saving.safe_address(address) == ""


# --- the optimistic lock --------------------------------------------------------------------------------------


def test_two_people_at_once_see_both_values(desk: Any, drawn: list[Any]) -> None:
    contact = make_contact(make_customer(), "张三", phone="111")
    stale = form_of(contact, name="李四", phone="111")
    desk.post(f"/contacts/{contact.id}/edit", data=form_of(contact, name="王五", phone="111"))
    answer = desk.post(f"/contacts/{contact.id}/edit", data=stale)
    page = drawn[-1]
    assert answer.status_code == 409 and "Someone changed this meanwhile" in str(page.problem)
    assert [(str(a), b.value, c.value) for a, b, c in page.conflict] == [("Name", "王五", "李四")]
    assert page.form["name"].data == "李四" and fresh(contact).name == "王五"
    again = {"version": page.form["version"].data, "name": "李四", "phone": "111"}
    assert desk.post(f"/contacts/{contact.id}/edit", data=again).status_code == 302
    assert fresh(contact).name == "李四"


@pytest.mark.parametrize("version", ["", "abc", "0", "99999999999999999999"])
def test_an_edit_without_its_version_is_a_conflict(desk: Any, drawn: list[Any], version: str) -> None:
    contact = make_contact(make_customer())
    assert desk.post(f"/contacts/{contact.id}/edit", data={"version": version, "name": "x"}).status_code == 409


def test_being_overtaken_while_storing_is_a_conflict_too(
    desk: Any, drawn: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.kit import views

    contact = make_contact(make_customer(), "张三")

    def overtake(record: Any, *, by: Any) -> None:
        table = Contact.__table__
        db.session.execute(table.update().where(table.c.id == record.id).values(version=99))

    monkeypatch.setattr(views.ContactView, "on_edit", staticmethod(overtake))
    answer = desk.post(f"/contacts/{contact.id}/edit", data=form_of(contact, name="李四"))
    assert answer.status_code == 409 and drawn[-1].form["name"].data == "李四"
    assert fresh(contact).name == "张三"


def test_an_edit_writes_the_names_of_what_changed(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    contact, other = make_contact(make_customer(), "张三", phone="110"), make_customer("乙")
    desk.post(f"/contacts/{contact.id}/edit", data=form_of(contact, name="李四", phone="110", customer=other.id))
    assert [(action, detail) for action, _subject, detail in lines] == [("edit", {"columns": ["customer", "name"]})]
    assert fresh(contact).customer_id == other.id


def test_an_edit_that_changes_nothing_writes_no_line(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    contact = make_contact(make_customer(), "张三")
    assert desk.post(f"/contacts/{contact.id}/edit", data=form_of(contact, name="张三")).status_code == 302
    assert lines == [] and fresh(contact).version == 1


# --- masked and sealed ----------------------------------------------------------------------------------------


def test_a_masked_value_never_gets_into_the_form(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer(id_number="110101200001010000")
    desk.get(f"/customers/{customer.id}/edit")
    field = drawn[-1].form["id_number"]
    assert field.masked == "11***" and not field.data and "clear_id_number" in drawn[-1].form
    assert "110101200001010000" not in str(drawn[-1]) + str(field()) + str(drawn[-1].form.data)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"id_number": ""}, "11"), ({}, "11"), ({"id_number": "22"}, "22"), ({"clear_id_number": "y"}, ""),
        ({"id_number": "22", "clear_id_number": "y"}, "22"),
    ],
)  # fmt: skip
def test_a_masked_column_is_left_replaced_or_cleared(
    desk: Any, drawn: list[Any], typed: dict[str, str], kept: str
) -> None:
    customer = make_customer("甲", id_number="11")
    assert desk.post(f"/customers/{customer.id}/edit", data=form_of(customer, name="甲", **typed)).status_code == 302
    assert fresh(customer).id_number == kept


def test_a_sealed_record_is_neither_edited_nor_deleted(desk: Any, drawn: list[Any], sealed: set[Any]) -> None:
    customer = make_customer("甲")
    sealed.add((Customer, customer.id))
    assert desk.get(f"/customers/{customer.id}/edit").status_code == 403
    assert desk.post(f"/customers/{customer.id}/edit", data=form_of(customer, name="乙")).status_code == 403
    assert desk.post(f"/customers/{customer.id}/delete").status_code == 403
    desk.get(f"/customers/{customer.id}")
    assert drawn[-1].links == []


def test_what_is_sealed_is_not_shown(desk: Any, drawn: list[Any], sealed: set[Any]) -> None:
    customer = make_customer("甲", representative="王五", id_number="110101")
    sealed.add((Customer, customer.id))
    desk.get(f"/customers/{customer.id}")
    assert "王五" not in str(drawn[-1].groups) and "110101" not in str(drawn[-1].groups)


def test_a_record_is_not_called_by_what_is_sealed(desk: Any, drawn: list[Any], sealed: set[Any]) -> None:
    paper = Document(site_id=world.site, file=make_file(), paper_class="a", title="秘密")
    db.session.add(paper)
    db.session.commit()
    sealed.add((Document, paper.id))
    desk.get(f"/papers/{paper.id}")
    assert drawn[-1].title == f"One {paper.id}"


# --- deleting -------------------------------------------------------------------------------------------------


def test_a_record_is_deleted_by_post_only_and_written_down(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    contact = make_contact(make_customer())
    assert desk.get(f"/contacts/{contact.id}/delete").status_code == 405
    assert desk.post(f"/contacts/{contact.id}/delete").location == "/contacts/"
    assert count(Contact) == 0 and [line[0] for line in lines] == ["delete"]


def test_what_others_belong_to_is_not_deleted(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    contact = make_contact(make_customer())
    answer = desk.post(f"/customers/{contact.customer_id}/delete")
    assert answer.location == f"/customers/{contact.customer_id}" and count(Customer) == 1 and count(Contact) == 1
    with desk.session_transaction() as session:
        assert "Other records belong" in str(session["_flashes"])


def test_where_nothing_is_offered_there_is_no_address(app: Any, desk: Any, drawn: list[Any]) -> None:
    rules = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert "SiteView.delete" not in rules and "SiteView.reveal" not in rules and "SiteView.move" not in rules
    assert {"CustomerView.delete", "CustomerView.reveal", "FileView.move"} <= rules


def test_ledger_lines_are_neither_edited_nor_deleted(app: Any, desk: Any, drawn: list[Any]) -> None:
    rules = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert "DepositLineView.add" in rules and not {"DepositLineView.edit", "DepositLineView.delete"} & rules
    tenancy = Tenancy(site_id=world.site, unit=make_unit(), customer=make_customer())
    line = DepositLine(site_id=world.site, tenancy=tenancy, amount_cents=1, booked_on=dt.date(2025, 7, 1))
    db.session.add(line)
    db.session.commit()
    desk.get(f"/deposits/{line.id}")
    assert drawn[-1].links == []


def test_who_may_only_read_writes_nothing(login: Any) -> None:
    contact = make_contact(make_customer())
    reader = login("reader")
    for path in ("edit", "delete", "move/file"):
        base = "/files" if path.startswith("move") else "/contacts"
        record = make_file() if path.startswith("move") else contact
        assert reader.post(f"{base}/{record.id}/{path}").status_code == 403


# --- choosing -------------------------------------------------------------------------------------------------


def test_a_relation_is_chosen_by_paged_search(desk: Any, drawn: list[Any]) -> None:
    for number in range(25):
        make_customer(f"客户{number:02d}")
    make_customer("别处客户", site=world.other)
    first = desk.get("/contacts/choose/customer?q=客户").get_json()
    second = desk.get("/contacts/choose/customer?q=客户&page=2").get_json()
    assert len(first["results"]) == choosing.PAGE and first["more"] and not second["more"]
    texts = [each["text"] for each in first["results"] + second["results"]]
    assert texts == sorted(texts) and len(set(texts)) == 25 and "别处客户" not in texts


def test_a_relation_is_found_by_what_it_calls_itself(desk: Any) -> None:
    for number, name in (("0513", "别家"), ("0512", "瑞恒")):
        tenancy = Tenancy(site_id=world.site, unit=make_unit(number), customer=make_customer(name))
        db.session.add(tenancy)
        db.session.commit()
    found = desk.get("/deposits/choose/tenancy?q=0512 瑞恒").get_json()
    assert found == {"results": [{"id": tenancy.id, "text": "0512 · 瑞恒"}], "more": False}
    assert desk.get("/deposits/choose/tenancy?q=0512 别家").get_json()["results"] == []


def test_people_are_found_by_their_names(desk: Any) -> None:
    found = desk.get("/files/choose/custodian?q=read").get_json()["results"]
    assert [each["text"].strip() for each in found] == ["reader"]


def test_choosing_is_no_way_to_what_is_sealed(desk: Any, sealed: set[Any]) -> None:
    assert choosing.named_by(Document) == {"paper_class"}


@pytest.mark.parametrize(
    "asked", ["q=%25", "q=%00", "q=_", "page=abc", "page=99999999999", "page=-1", "q=" + "长 " * 999]
)
def test_no_argument_breaks_choosing(desk: Any, asked: str) -> None:
    make_customer()
    answer = desk.get(f"/contacts/choose/customer?{asked}")
    assert answer.status_code == 200
    if asked in ("q=%25", "q=_"):
        assert answer.get_json()["results"] == []


def test_only_relations_of_the_forms_are_chosen(desk: Any, login: Any) -> None:
    for path in (
        "contacts/choose/name",
        "contacts/choose/nothing",
        "contacts/choose/site",
        "customers/choose/contacts",
    ):
        assert desk.get(f"/{path}").status_code == 404
    assert login("reader").get("/contacts/choose/customer").status_code == 403


def test_a_form_costs_few_statements_however_many_can_be_chosen(
    desk: Any, drawn: list[Any], statements: list[str]
) -> None:
    counts = []
    for more in (3, 60):
        for number in range(more):
            make_unit(f"{more}{number}")
        del statements[:]
        desk.get("/tenancies/add")
        str(drawn[-1].form["unit"]())
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_a_chosen_record_beyond_the_first_page_stays_chosen(desk: Any, drawn: list[Any]) -> None:
    for number in range(30):
        make_customer(f"客户{number:02d}")
    last = make_customer("最后")
    contact = make_contact(last)
    desk.get(f"/contacts/{contact.id}/edit")
    html = str(drawn[-1].form["customer"]())
    assert f'<option selected value="{last.id}">最后</option>' in html and html.count("<option") == choosing.PAGE + 2
    assert "/contacts/choose/customer" in html


def test_errors_of_the_database_are_told_without_its_words() -> None:
    from app.kit.refusals import words

    text = "CHECK constraint failed: secret_table"
    assert "secret" not in str(words(IntegrityError("INSERT secret", {}, Exception(text)), Unit)[1])


def test_a_stored_file_keeps_what_its_form_does_not_show(desk: Any, drawn: list[Any]) -> None:
    file = make_file(label_name="标签")
    assert desk.post(f"/files/{file.id}/edit", data=form_of(file, remark="好")).status_code == 302
    assert (fresh(file).remark, fresh(file).label_name, count(File)) == ("好", "标签", 1)
