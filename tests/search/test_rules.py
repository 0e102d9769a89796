"""What is typed finds what was meant, best first, and nothing that may not be seen."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select

from app.archive import rules as archive
from app.archive.models import File
from app.customers import rules as customers
from app.customers.models import Customer
from app.demo import makers
from app.estate.models import Site, Unit
from app.estate.rules import find_site
from app.kit.moves import walk
from app.kit.session import db, finish_work
from app.search import following, rules
from app.search.declared import declared
from app.search.models import SearchEntry
from app.security import audit
from tests.conftest import SITE
from tests.standing import Made, Standing


def find(typed: str, *sites: Site, most: int = rules.MOST) -> list[rules.Found]:
    keys = [site.id for site in sites] or list(db.session.scalars(select(Site.id)))
    return rules.find(db.session(), typed, keys, list(declared.kinds), most)


def titles(typed: str, *sites: Site) -> list[str]:
    return [found.title for found in find(typed, *sites)]


@pytest.fixture(scope="module")
def _firm(standing: Standing) -> Made:
    def write() -> Customer:
        site = find_site(SITE)
        customer = makers.make_customer(
            "瑞恒科技有限公司", site=site, name_en="Ruiheng Info-Tech Co., Ltd.", licence_number="91110105MA00ABCD1X"
        )
        makers.make_file(tenancy=makers.make_tenancy(makers.make_unit("0512", site=site), customer))
        customers.set_contact(customer, "daily", "仇小明", "19900001234")
        return customer

    return standing(write)


@pytest.fixture
def firm(_firm: Made) -> Customer:
    """瑞恒科技有限公司 in 0512 with a file."""
    found: Customer = _firm()
    return found


@pytest.mark.parametrize("typed", ["0512", "512", "5-12", "05-12", "5-0512", "０５１２", " 0512 ", "512室"])
def test_a_unit_is_found_first_in_every_style_of_its_number(firm: Customer, typed: str) -> None:
    found = find(typed)
    assert (found[0].kind, found[0].title, found[0].rank) == ("unit", "0512", 0)


@pytest.mark.parametrize(
    "typed",
    ["瑞", "恒", "技", "瑞恒", "恒科", "科技有限", "瑞恒科技有限公司", "瑞恆", "瑞恆科技有限公司", "瑞 技", "「瑞恒」"],
)  # fmt: skip
def test_any_part_of_a_chinese_name_finds_it_in_either_script(firm: Customer, typed: str) -> None:
    assert "瑞恒科技有限公司" in titles(typed)


@pytest.mark.parametrize("typed", ["恒瑞", "瑞科", "瑞恒有限公司", "科技公司"])
def test_characters_that_do_not_follow_one_another_are_no_part(firm: Customer, typed: str) -> None:
    assert titles(typed) == []


def test_a_phrase_whose_pairs_stand_apart_is_no_hit(site: Site) -> None:
    makers.make_customer("科技有限与有限公司", site=site)
    assert titles("技有限公") == []
    assert titles("技有限与") == ["科技有限与有限公司"]


@pytest.mark.parametrize("stored, typed", [("余华", "餘華"), ("陳後生", "陈后生"), ("馬雲", "马云"), ("马云", "馬雲")])
def test_scripts_are_folded_for_search_and_never_stored(site: Site, stored: str, typed: str) -> None:
    customer = makers.make_customer(stored, site=site, kind="person")
    assert titles(typed) == [stored]
    assert customer.name == stored


@pytest.mark.parametrize(
    "typed",
    ["ruiheng", "ruihengkeji", "RuiHeng", "rui", "r", "rui heng", "rui'heng", "hengkeji", "keji", "ｒｕｉ", "rh",
     "rhkj", "rhkjyxgs", "hkj", "ruihengkejiyouxiangongsi"],
)  # fmt: skip
def test_pinyin_and_initials_find_a_name(firm: Customer, typed: str) -> None:
    assert "瑞恒科技有限公司" in titles(typed)


@pytest.mark.parametrize(
    "name, typed",
    [("仇英", "qiuying"), ("曾国强", "zengguoqiang"), ("单雄信", "shanxiongxin"), ("解缙", "xiejin"),
     ("区大伟", "oudawei"), ("查良", "zhaliang"), ("朴树", "piaoshu"), ("翟志刚", "zhaizhigang"),
     ("盖叫天", "gejiaotian"), ("缪斯", "miaosi"), ("单于明", "chanyuming"), ("吕布", "lvbu"), ("吕布", "lubu"),
     ("吕布", "lyubu"), ("吕布", "lübu"), ("尉迟恭", "yuchigong"), ("仇英", "qy"), ("單小明", "sxm")],
)  # fmt: skip
def test_surnames_are_found_as_they_are_read(site: Site, name: str, typed: str) -> None:
    makers.make_customer(name, site=site, kind="person")
    assert titles(typed) == [name]


@pytest.mark.parametrize("name, typed", [("重庆长城", "chongqingchangcheng"), ("厦门银行", "xiamenyinhang")])
def test_words_are_read_as_words(site: Site, name: str, typed: str) -> None:
    makers.make_customer(name, site=site)
    assert titles(typed) == [name]


@pytest.mark.parametrize("typed", ["ruiheng info", "INFO", "tech", "info-tech", "infotech", "Ltd", "ruiheng inf"])
def test_the_beginning_of_english_words_finds_a_name(firm: Customer, typed: str) -> None:
    assert "瑞恒科技有限公司" in titles(typed)


def test_the_middle_of_an_english_word_is_no_hit(firm: Customer) -> None:
    assert titles("nfo") == []


@pytest.mark.parametrize(
    "typed",
    ["19900001234", "199 0000 1234", "199-0000-1234", "+86 19900001234", "8619900001234", "01234", "1234", "234",
     "199000"],
)  # fmt: skip
def test_a_telephone_is_found_whole_and_by_its_last_digits(firm: Customer, typed: str) -> None:
    found = find(typed)
    assert [(one.kind, one.title) for one in found] == [("contact", "仇小明")]


def test_two_last_digits_are_too_few(firm: Customer) -> None:
    assert "仇小明" not in titles("34")


@pytest.mark.parametrize("typed", ["91110105MA00ABCD1X", "91110105ma00abcd1x", "91110105"])
def test_a_licence_number_finds_its_firm(firm: Customer, typed: str) -> None:
    assert titles(typed) == ["瑞恒科技有限公司"]


def test_a_file_is_found_by_its_number_and_by_parts_of_it(firm: Customer) -> None:
    file = db.session.scalars(select(File).where(File.customer_id == firm.id)).one()
    found = find(file.number)
    assert (found[0].kind, found[0].title, found[0].rank) == ("file", file.number, 0)
    assert file.id in [one.opens_id for one in find(file.number.replace("-", "")) if one.opens == "file"]


@pytest.mark.parametrize("typed", ["0512 瑞恒", "瑞恒 512", "rhkj 0512", "0512瑞恒", "瑞恒科技 0512 ruiheng"])
def test_all_words_must_match(firm: Customer, typed: str) -> None:
    assert "瑞恒科技有限公司" in titles(typed)
    assert titles(typed + " 不在") == []


def test_an_exact_number_comes_before_a_beginning_before_any_part(site: Site) -> None:
    makers.make_customer("北京瑞恒", site=site)
    makers.make_customer("瑞恒贸易", site=site)
    makers.make_customer("瑞恒", site=site)
    assert titles("瑞恒", site) == ["瑞恒", "瑞恒贸易", "北京瑞恒"]
    makers.make_unit("0888", site=site)
    makers.make_customer("0888汽车服务", site=site)
    assert titles("0888", site)[0] == "0888"


def test_unit_customer_and_contact_open_the_live_file_once(firm: Customer) -> None:
    file = db.session.scalars(select(File).where(File.customer_id == firm.id)).one()
    for typed in ("0512", "瑞恒", "19900001234"):
        assert [(one.opens, one.opens_id) for one in find(typed)] == [("file", file.id)], typed


def test_without_a_live_file_a_hit_opens_the_record_itself(site: Site) -> None:
    unit, customer = makers.make_unit("0777", site=site), makers.make_customer("独立客户", site=site)
    customers.set_contact(customer, "daily", "赵某", "19900007777")
    assert [(one.opens, one.opens_id) for one in find("0777")] == [("unit", unit.id)]
    assert [(one.opens, one.opens_id) for one in find("独立")] == [("customer", customer.id)]
    assert [(one.opens, one.opens_id) for one in find("19900007777")] == [("customer", customer.id)]


def test_what_is_written_is_found_in_the_same_transaction_and_gone_with_it(site: Site) -> None:
    finish_work()
    customer = makers.make_customer("转瞬即逝", site=site)
    assert titles("转瞬") == ["转瞬即逝"]
    key = customer.id
    db.session.rollback()
    assert titles("转瞬") == []
    assert db.session.scalar(select(SearchEntry.id).filter_by(kind="customer", record_id=key)) is None


def test_a_rolled_back_savepoint_leaves_nothing_and_keeps_what_was_before(site: Site) -> None:
    makers.make_customer("先来的客户", site=site)
    savepoint = db.session.begin_nested()
    makers.make_customer("后来的客户", site=site)
    savepoint.rollback()
    assert titles("来的客户") == ["先来的客户"]


def test_the_commit_prepares_what_nobody_searched_for(site: Site) -> None:
    customer = makers.make_customer("提交时准备", site=site)
    finish_work()
    stored = select(SearchEntry.title).filter_by(kind="customer", record_id=customer.id)
    assert db.session.scalar(stored) == "提交时准备"


def test_a_renamed_customer_is_found_by_the_new_name_wherever_it_is_told(firm: Customer) -> None:
    assert titles("瑞恒")
    customers.rename(firm, "嘉泽文化")
    finish_work()
    assert titles("瑞恒") == []
    assert titles("嘉泽") == ["嘉泽文化"]
    told = {row.kind: row.subtitle for row in db.session.execute(select(SearchEntry.kind, SearchEntry.subtitle))}
    assert "嘉泽文化" in told["unit"] and "嘉泽文化" in told["contact"] and "嘉泽文化" in told["file"]
    assert not any("瑞恒" in subtitle for subtitle in told.values())


def test_a_new_floor_building_or_site_name_reaches_the_units(site: Site) -> None:
    unit = makers.make_unit("0901", site=site)
    finish_work()
    unit.floor.name, unit.building.name = "九层", "东塔"
    finish_work()
    assert find("0901 东塔")[0].subtitle == f"{site.name} · 东塔 · 九层"


def test_a_renumbered_unit_takes_its_tenant_and_file_along(firm: Customer) -> None:
    unit = db.session.scalars(select(Unit).where(Unit.number == "0512")).one()
    finish_work()
    unit.number = "0613"
    finish_work()
    assert "瑞恒科技有限公司" in titles("瑞恒 0613")
    assert titles("瑞恒 0512") == []


def test_a_tenant_who_moved_out_ranks_below_and_the_unit_opens_the_new_file(
    firm: Customer, site: Site, cast: dict[str, Any]
) -> None:
    old = db.session.scalars(select(File).where(File.customer_id == firm.id)).one()
    makers.make_moving(old.tenancy, checked=True)
    walk(archive.MOVES, old, "close", by=cast["supervisor"], write=audit.write)
    makers.make_customer("很长的名字瑞恒科技", site=site)
    new = db.session.scalars(select(File).where(File.unit_id == old.unit_id, File.id != old.id)).one()
    assert (find("0512")[0].opens, find("0512")[0].opens_id) == ("file", new.id)
    found = {one.kind: one for one in find("瑞恒科技") if one.title != "很长的名字瑞恒科技"}
    assert (found["customer"].badge, found["customer"].opens) == ("former", "customer")
    assert (found["file"].badge, found["file"].opens_id) == ("closed", old.id)
    by_part = [(one.title, one.badge) for one in find("科技")]
    assert by_part[0] == ("很长的名字瑞恒科技", "")


def test_a_replaced_contact_is_found_no_more(firm: Customer) -> None:
    customers.set_contact(firm, "daily", "仇大明", "19900005678")
    assert find("仇大明")[0].title == "仇大明"
    assert find("仇小明") == []


def test_a_file_that_changes_hands_leaves_nothing_with_the_customer_before(firm: Customer, site: Site) -> None:
    file = db.session.scalars(select(File).where(File.customer_id == firm.id)).one()
    other = makers.make_customer("接手公司", site=site)
    finish_work()
    file.customer, file.tenancy = other, None
    finish_work()
    assert find("接手")[0].opens == "file"
    assert {one.kind: one.opens for one in find("瑞恒科技")}["customer"] == "customer"


def test_a_deleted_record_is_found_no_more(site: Site) -> None:
    customer = makers.make_customer("删除对象", site=site)
    assert titles("删除")
    db.session.delete(customer)
    db.session.flush()
    assert titles("删除") == []


def test_sealed_and_masked_columns_are_not_indexed(site: Site) -> None:
    makers.make_customer(
        "密封公司", site=site, representative="秘密人物", id_number="110101199001010007", remark="机密备注"
    )
    for typed in ("秘密", "mimirenwu", "110101199001010007", "0007", "机密"):
        assert titles(typed) == [], typed


def test_records_of_another_site_leave_no_trace(firm: Customer, site: Site) -> None:
    elsewhere = makers.make_site()
    assert find("瑞恒", elsewhere) == []
    assert rules.find(db.session(), "瑞恒", [], list(declared.kinds)) == []
    for number in range(12):
        makers.make_customer(f"瑞恒{number}", site=elsewhere)
    assert len(find("瑞恒", site, most=5)) == len(find("瑞恒", site))


def test_kinds_that_may_not_be_seen_leave_no_trace(firm: Customer, site: Site) -> None:
    found = rules.find(db.session(), "瑞恒", [site.id], ["unit"])
    assert found == []


NAUGHTY = [
    "", " ", "'", '"', '""', "*", "^", "a*", '"a" OR', "NEAR(a b)", "a NEAR b", "AND", "OR", "NOT", "a AND", "-", "--",
    ":", "%", "_", "\\", "\\'", "%_\\", "\0", "a\0b", "(", ")", "{a}", "tokens:a", "a & b | !c", "<->", ":*", "a:*",
    "'a':*", "@1", "+", "=512", "x" * 10_000, "瑞" * 10_000, "瑞恒 " * 3_000, "\ud800", "🏢", "e\u0301", "\u202e瑞",
    "½ ① ㍿", "İ", "; DROP TABLE search_entry", "${7*7}", "‮", "ﷺ", "𬱖𫖯䶮", "9" * 400, "1-" * 200, "1 " * 200,
]  # fmt: skip


@pytest.mark.parametrize("typed", NAUGHTY, ids=range(len(NAUGHTY)))
def test_anything_may_be_typed(firm: Customer, typed: str) -> None:
    find(typed)
    assert titles("瑞恒")


def test_signs_that_mean_something_to_a_database_find_nothing(firm: Customer) -> None:
    for typed in ("*", "%", "_", "+", "-", "=512", "^瑞%%", ":*"):
        assert "瑞恒科技有限公司" not in titles(typed) or "瑞" in typed, typed


def test_rare_characters_are_found(site: Site) -> None:
    makers.make_customer("𬱖𫖯䶮商行", site=site)
    assert titles("𫖯") == titles("𬱖𫖯䶮") == ["𬱖𫖯䶮商行"]


def entries() -> list[Any]:
    columns = [column for column in SearchEntry.__table__.columns if column.name != "id"]
    return sorted(tuple(map(str, row)) for row in db.session.execute(select(*columns)))


def test_a_rebuild_says_what_the_steps_before_it_said(firm: Customer, cast: dict[str, Any]) -> None:
    customers.rename(firm, "嘉泽文化")
    file = db.session.scalars(select(File).where(File.customer_id == firm.id)).one()
    makers.make_moving(file.tenancy, checked=True)
    walk(archive.MOVES, file, "close", by=cast["supervisor"], write=audit.write)
    finish_work()
    step_by_step = entries()
    db.session.execute(delete(SearchEntry.__table__))
    db.session.execute(
        SearchEntry.__table__.insert().values(
            kind="customer", record_id=999_999, site_id=1, opens="customer", opens_id=1, title="x", subtitle="",
            badge="", weight=0, folded="x", tokens="x", digest="x",
        )
    )  # fmt: skip
    told: list[tuple[str, int, int]] = []
    count = following.rebuild(db.session(), finish_work, lambda *step: told.append(step))
    assert entries() == step_by_step
    assert count == len(step_by_step)
    assert {kind for kind, _done, _total in told} >= {"unit", "customer", "contact", "file"}
    assert all(done <= total for _kind, done, total in told)
    assert titles("嘉泽")


def test_bulk_writes_are_told_of_by_touch(site: Site) -> None:
    customer = makers.make_customer("旁路之前", site=site)
    finish_work()
    db.session.execute(Customer.__table__.update().where(Customer.id == customer.id).values(name="旁路之后"))
    assert titles("旁路之后") == []
    following.touch(db.session(), "customer", [customer.id])
    assert titles("旁路之后") == ["旁路之后"]


def test_who_sees_every_site_finds_the_same_and_no_more(firm: Customer, site: Site, app: Any) -> None:
    """`everywhere` spares a database the sites; those that are not named stay out all the same."""
    makers.make_customer("瑞恒物流有限公司", site=(elsewhere := makers.make_site()))
    sites, kinds = list(db.session.scalars(select(Site.id))), list(declared.kinds)
    for typed in ("瑞恒", "有限公司", "rhkj", "0512", "1234"):
        usual = rules.find(db.session(), typed, sites, kinds)
        assert usual and rules.find(db.session(), typed, sites, kinds, everywhere=True) == usual
    here = [key for key in sites if key != elsewhere.id]
    for everywhere in (False, True):
        found = rules.find(db.session(), "瑞恒", here, kinds, everywhere=everywhere)
        assert found and "瑞恒物流有限公司" not in [one.title for one in found]
