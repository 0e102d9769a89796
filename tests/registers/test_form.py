"""A register is declared with a form: rows that come and go, errors in their row, nothing lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from werkzeug.datastructures import MultiDict

from app.archive import schemes
from app.archive.opening import open_subject_file
from app.demo import makers
from app.kit import once
from app.kit.session import db
from app.registers import declaring, form_page, scheme, shipping
from app.registers.checking import parse
from app.registers.form_fields import DeclarationForm
from app.registers.sample import SAMPLE
from tests.registers.conftest import BODY
from tests.registers.test_screens import Login, add

NEW = "/registers/declared/new"


def sent_of(form: DeclarationForm) -> MultiDict[str, str]:
    """What a browser sends of the form."""
    sent: MultiDict[str, str] = MultiDict()
    for each in form.forms():
        for it in each:
            if it.type == "TickField":
                sent.update({it.name: "y"} if it.data else {})
            elif it.type == "SeveralField":
                sent.setlist(it.name, it.data.split())
            else:
                sent.add(it.name, it.data or "")
    return sent


def bodies() -> list[dict[str, Any]]:
    found = [parse(path.read_text(encoding="utf-8")) for path in shipping.shipped()]
    for path in schemes.shipped():
        found += schemes.read(path).get("registers", [])
    return [BODY, parse(SAMPLE), *found]


def plain(body: Any) -> Any:
    """Without what is only said to be not so, and with roles in their usual order."""
    if isinstance(body, dict):
        said = {name: plain(value) for name, value in body.items() if value is not False or name.startswith("sealed_w")}
        return {name: sorted(value) if name == "roles" else value for name, value in said.items()}
    return [plain(each) for each in body] if isinstance(body, list) else body


def test_every_declaration_goes_through_the_form_unchanged(app: Any) -> None:
    with app.test_request_context():
        for body in bodies():
            sent = sent_of(form_page.of_body(body, ""))
            form = form_page.of_sent(sent, "")
            assert plain(form_page.body_if_right(form)) == plain(body), list(form.wrong())


@pytest.fixture
def typed(app: Any) -> MultiDict[str, str]:
    with app.test_request_context():
        return sent_of(form_page.of_body(BODY, ""))


def test_rows_come_and_go_without_script(login: Login, typed: MultiDict[str, str]) -> None:
    manager = login("manager")
    more = manager.post(NEW, data={**typed.to_dict(False), "how": "add:fields"}).text
    assert 'name="fields-8-key"' in more and "autofocus" in more and "抽查事项" in more
    moved = manager.post(NEW, data={**typed.to_dict(False), "how": "down:fields:0"}).text
    assert moved.index('name="fields-1-key"') < moved.index('name="fields-0-key"') < moved.index('name="fields-2-key"')
    gone = manager.post(NEW, data={**typed.to_dict(False), "how": "remove:states:2"}).text
    assert 'name="states-2-key"' not in gone and 'name="states-1-key"' in gone
    assert declaring.current("spot_checks") is None


def test_what_is_wrong_is_said_in_its_row_and_what_was_typed_stays(login: Login, typed: MultiDict[str, str]) -> None:
    typed.update({"how": ""})
    for name, text in {"fields-1-label_en": "", "fields-2-words": "轻微", "moves-0-from": "没有的状态",
                       "name_zh_Hans": "", "moves-0-asks": "Outcome、Nothing"}.items():  # fmt: skip
        typed[name] = text
    refused = login("manager").post(NEW, data=typed)
    assert refused.status_code == 422
    for name in ("fields-1-label_en", "fields-2-words", "moves-0-from", "moves-0-asks", "name_zh_Hans"):
        assert f'id="{name}-error"' in refused.text, name
    assert "There is no state 没有的状态." in refused.text and "There is no field Nothing." in refused.text
    assert 'value="没有的状态"' in refused.text and "抽查事项" in refused.text
    assert refused.text.count('<p class="error" id=') == 5


def test_a_register_is_declared_tried_and_revised_with_the_form(login: Login, typed: MultiDict[str, str]) -> None:
    manager = login("manager")
    tried = manager.post(NEW, data={**typed.to_dict(False), "how": "try"})
    assert tried.status_code == 200 and "Nothing is stored yet" in tried.text
    assert manager.post(NEW, data=typed).status_code == 302
    assert declaring.current("spot_checks").body == BODY  # type: ignore[union-attr]
    again = manager.post(NEW, data={**typed.to_dict(False), once.FIELD: once.new()})
    assert again.status_code == 422 and 'id="key-error"' in again.text
    del typed["fields-7-sealed"], typed["fields-2-searched"]
    more = {"fields-90-label_zh_Hans": "楼层", "fields-90-label_en": "Floor", "fields-90-kind": "choice",
            "fields-90-words": "一层 | First\nhigh = 高层 | 高層 | High", "fields-90-in_list": "y",
            "fields-90-searched": "y"}  # fmt: skip
    url, typed[once.FIELD] = "/registers/declared/spot_checks/new-version", ""
    assert manager.post(url, data={**typed.to_dict(False), **more}).status_code == 302
    body = declaring.current("spot_checks").body  # type: ignore[union-attr]
    floor = body["fields"][-1]
    assert (floor["key"], floor["label"]["zh_Hant"], list(floor["words"])) == ("floor", "樓層", ["first", "high"])
    assert body["list"] == [*BODY["list"], "floor"] and body["moves"] == BODY["moves"]
    clerk = login("clerk")
    add(clerk, topic="三楼", floor="high")
    listed = clerk.get("/registers/spot_checks/").text
    assert 'name="floor"' in listed and 'name="grade"' not in listed  # searched by the one, no more by the other
    typed["fields-3-kind"] = "date"
    changed = manager.post(url, data=typed)
    assert changed.status_code == 422 and 'id="fields-3-kind-error"' in changed.text


def test_text_and_form_take_each_others_words_along(login: Login, typed: MultiDict[str, str]) -> None:
    manager = login("manager")
    typed["name_en"] = "Another name"
    text = manager.post(NEW, data={**typed.to_dict(False), "how": "to_text"}).text
    assert "Another name" in text and "<textarea" in text and 'name="fields-0-key"' not in text
    source = yaml.safe_dump({**BODY, "held_by": "owner"}, allow_unicode=True)
    form = manager.post(NEW, data={"text": source, "how": "to_form"}).text
    assert 'name="fields-0-key"' in form and "held_by" in form
    assert manager.post(NEW, data={"text": "key: [a", "how": "to_form"}).status_code == 422


def test_rubbish_in_what_the_form_carries_is_refused_in_words(login: Login, typed: MultiDict[str, str]) -> None:
    for name, text in (("rest", '{"print": {"columns": 5}, "list": 7, "held_by": {}}'), ("rest", "[1]"),
                       ("fields-0-rest", '{"kind": {}, "hint": 5}'), ("moves-0-rest", '{"not_who": {"a": 1}}'),
                       ("rest", "{"), ("single", "y"), ("fields-0-kind", "nothing")):  # fmt: skip
        sent = MultiDict(typed)
        sent[name] = text
        assert login("manager").post(NEW, data={**sent.to_dict(False), "how": "try"}).status_code in (200, 422), text


def test_extra_fields_of_a_schemes_files_are_declared_from_its_page(login: Login, site: Any) -> None:
    """From the scheme's page to the form, and from there onto the page of every file of the scheme."""
    makers.make_scheme()
    file = open_subject_file(schemes.current("mining_sales"), site, customer=makers.make_customer(site=site))
    key = schemes.current("mining_sales").id
    db.session.commit()
    manager, clerk = login("manager"), login("clerk")
    assert f"{NEW}?scheme=mining_sales" in manager.get(f"/schemes/{key}").text
    asked = manager.get(f"{NEW}?scheme=mining_sales").text
    assert '<option selected value="mining_sales">' in asked and '<option selected value="file">' in asked
    sent = {"name_zh_Hans": "矿点资料", "name_en": "Mine", "entry_zh_Hans": "矿点", "entry_en": "Mine",
            "bound": "file", "scheme": "mining_sales", "single": "y", "read": "everyone", "write": "clerk",
            "fields-0-label_zh_Hans": "年产能", "fields-0-label_en": "Output", "fields-0-kind": "number"}  # fmt: skip
    assert manager.post(f"{NEW}?scheme=mining_sales", data=sent).status_code == 302
    found = declaring.current("mine")
    assert found is not None and found.schemes == "mining_sales" and found.body["name"]["zh_Hant"] == "礦點資料"
    assert "New: Mine" in clerk.get(f"/files/{file.id}").text
    assert "Mine" in manager.get(f"/schemes/{key}").text


def test_a_schemes_next_version_leaves_alone_what_the_house_changed(app: Any) -> None:
    scheme.bring_in("office_tower", {"registers": [BODY]})
    mine = {**BODY, "about": BODY["name"]}
    declaring.declare(mine)
    scheme.bring_in("office_tower", {"registers": [BODY]})
    assert declaring.current("spot_checks").body == mine  # type: ignore[union-attr]
    newer = {**BODY, "number": "CC-{sequence:04d}"}
    scheme.bring_in("office_tower", {"registers": [newer]})
    assert declaring.current("spot_checks").body == newer  # type: ignore[union-attr]


def test_an_empty_form_declares_nothing(login: Login) -> None:
    manager = login("manager")
    refused = manager.post(NEW, data={"name_en": ""})
    assert refused.status_code == 422 and "A register has at least one field." in refused.text
    assert manager.post(NEW).status_code == 422 and declaring.current("visitors_to_the_archive") is None
