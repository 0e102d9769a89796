"""Lists hear only what their view allows, stay inside the reader's sites, and cost the same however long they are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import g

from app.customers.models import Contact, Tenancy
from app.kit import paging
from app.kit.session import db
from tests.kit.conftest import make_contact, make_customer, make_file, make_unit, world


def cells(page: Any, at: int = 0) -> list[str]:
    return [str(row.cells[at].value) for row in page.rows]


def test_a_list_shows_only_the_readers_sites(desk: Any, drawn: list[Any]) -> None:
    make_customer("本处")
    make_customer("别处", site=world.other)
    assert desk.get("/customers/").status_code == 200
    assert cells(drawn[-1]) == ["本处"] and drawn[-1].total == 1


def test_an_anonymous_visitor_is_sent_to_log_in(app: Any) -> None:
    assert app.test_client().get("/customers/").status_code == 302


def test_without_the_right_a_list_is_forbidden(login: Any) -> None:
    assert login("reader").get("/customers/add").status_code == 403
    assert login("reader").get("/customers/export.csv").status_code == 403


def test_head_is_answered_like_get(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer()
    for path in ("/customers/", f"/customers/{customer.id}", "/customers/add", "/customers/export.csv"):
        assert desk.head(path).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("name=科技", ["瑞恒科技"]),
        ("name_en=rui", ["瑞恒科技"]),
        ("name=100%25", ["100%甲"]),
        ("name=%25", ["100%甲"]),
        ("name=_", ["下_划"]),
        ("q=科技", ["瑞恒科技"]),
        ("q=瑞恒 RUI", ["瑞恒科技"]),
        ("q=瑞恒 没有", []),
        ("name=没有", []),
        ("name=%00", ["100%甲", "下_划", "瑞恒科技"]),
    ],
)
def test_text_is_searched_by_what_was_typed(desk: Any, drawn: list[Any], asked: str, found: list[str]) -> None:
    make_customer("瑞恒科技", name_en="Ruiheng")
    make_customer("100%甲")
    make_customer("下_划")
    desk.get(f"/customers/?{asked}")
    assert sorted(cells(drawn[-1])) == sorted(found)


@pytest.mark.parametrize(
    "asked",
    ["id_number=11", "representative=王", "id_number_index=a", "version=1", "site_id=2", "site=2", "id=1", "nothing=1"],
)
def test_columns_outside_search_columns_filter_nothing(desk: Any, drawn: list[Any], asked: str) -> None:
    make_customer("甲", id_number="999")
    desk.get(f"/customers/?{asked}")
    assert cells(drawn[-1]) == ["甲"] and not drawn[-1].searched


def test_choices_are_searched_by_equality(desk: Any, drawn: list[Any]) -> None:
    make_unit("A", use="shop")
    make_unit("B", use="office")
    desk.get("/units/?use=shop")
    assert cells(drawn[-1]) == ["A"]
    desk.get("/units/?use=nonsense")
    assert cells(drawn[-1]) == ["A", "B"]
    assert drawn[-1].search_form["use"].errors


def test_flags_are_searched_as_yes_or_no(desk: Any, drawn: list[Any]) -> None:
    from app.archive.models import Document

    file = make_file()
    for title, good in (("好", True), ("坏", False)):
        db.session.add(Document(site_id=world.site, file=file, paper_class="a", title=title, ink_is_good=good))
    db.session.commit()
    desk.get("/papers/?ink_is_good=0")
    assert cells(drawn[-1], 2) == ["坏"]
    desk.get("/papers/?ink_is_good=")
    assert len(drawn[-1].rows) == 2


def test_dates_are_searched_from_and_to(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer()
    for day in (1, 2, 3):
        make_contact(customer, f"{day}", from_on=dt.date(2025, 7, day))
    desk.get("/contacts/?from_on_from=2025-07-02&from_on_to=2025年7月2日")
    assert cells(drawn[-1], 1) == ["2"]
    desk.get("/contacts/?from_on_from=&from_on_to=2025-07-02")
    assert sorted(cells(drawn[-1], 1)) == ["1", "2"]


def test_areas_are_searched_in_square_metres(desk: Any, drawn: list[Any]) -> None:
    make_unit("A", area_dm2=12_050)
    make_unit("B", area_dm2=20_000)
    desk.get("/units/?area_dm2_from=120.5&area_dm2_to=120.5")
    assert cells(drawn[-1]) == ["A"]


def test_a_moment_belongs_to_its_day_at_the_desk(desk: Any, drawn: list[Any]) -> None:
    make_unit("A", created_at=dt.datetime(2025, 6, 30, 16, 0, tzinfo=dt.UTC))  # midnight of 1 July at the desk
    make_unit("B", created_at=dt.datetime(2025, 7, 1, 16, 0, tzinfo=dt.UTC))
    desk.get("/units/?created_at_from=2025-07-01&created_at_to=2025-07-01")
    assert cells(drawn[-1]) == ["A"]


@pytest.mark.parametrize(
    "asked",
    [
        "page=abc", "page=-1", "page=0", "page=99999999999999999999", "page=1000000&psize=100", "page=%00",
        "psize=100000",
        "psize=abc", "order=nothing", "order=id_number", "order=name&dir=sideways", "order=%00", "q=%00",
        "q=%ff%fe", "name=" + "长" * 5000, "q=" + "a " * 3000, "_external=1&_scheme=javascript&_anchor=x",
        "endpoint=x", "filename=x", "pk=1", "customer=99999999999999999999", "customer=abc", "customer=%00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/customers/", "/contacts/", "/customers/export.csv"])
def test_no_argument_breaks_a_list(desk: Any, drawn: list[Any], path: str, asked: str) -> None:
    make_contact(make_customer())
    answer = desk.get(f"{path}?{asked}")
    assert answer.status_code == 200 and answer.data


@pytest.mark.parametrize("typed", ["2025-02-30", "0001-01-01", "9999-12-31", "heute", "%00", "99999-01-01", "1", "-1"])
@pytest.mark.parametrize("field", ["from_on_from", "from_on_to"])
def test_impossible_dates_are_told_beside_the_field(desk: Any, drawn: list[Any], field: str, typed: str) -> None:
    make_contact(make_customer())
    assert desk.get(f"/contacts/?{field}={typed}").status_code == 200
    assert drawn[-1].search_form[field].errors and len(drawn[-1].rows) == 1


@pytest.mark.parametrize("typed", ["abc", "1e9", "99999999999999999999", "1.234", "%00"])
def test_impossible_figures_are_told_beside_the_field(desk: Any, drawn: list[Any], typed: str) -> None:
    make_unit("A")
    assert desk.get(f"/units/?area_dm2_from={typed}").status_code == 200
    assert drawn[-1].search_form["area_dm2_from"].errors and cells(drawn[-1]) == ["A"]


@pytest.mark.parametrize("key", [2**31, 2**63, 10**30, 0])
@pytest.mark.parametrize("tail", ["", "/edit"])
def test_huge_keys_are_not_found(desk: Any, key: int, tail: str) -> None:
    assert desk.get(f"/customers/{key}{tail}").status_code == 404


def test_only_order_columns_sort(desk: Any, drawn: list[Any]) -> None:
    for number, area in (("A", 3), ("B", 1), ("C", 2)):
        make_unit(number, area_dm2=area)
    desk.get("/units/?order=area_dm2&dir=desc")
    assert cells(drawn[-1]) == ["A", "C", "B"]
    desk.get("/units/?order=use&dir=desc")
    assert cells(drawn[-1]) == ["A", "B", "C"]
    heads = {column.key: column for column in drawn[-1].columns}
    assert heads["use"].sort_url is None and heads["number"].order == "asc"
    assert "dir=desc" in heads["number"].sort_url


def test_equal_rows_are_ordered_by_key_so_that_paging_is_stable(desk: Any, drawn: list[Any]) -> None:
    made = [make_customer("同名").id for _ in range(60)]
    seen = []
    for page in (1, 2, 3):
        desk.get(f"/customers/?page={page}")
        seen += [row.pk for row in drawn[-1].rows]
    assert seen == made


def test_every_list_statement_is_ordered(desk: Any, drawn: list[Any], statements: list[str]) -> None:
    make_customer()
    desk.get("/customers/")
    rows = [each for each in statements if "LIMIT" in each.upper() and "count(" not in each]
    assert rows and all("ORDER BY" in each.upper() for each in rows if "FROM customer" in each)


def test_page_sizes_are_bounded(desk: Any, drawn: list[Any]) -> None:
    for number in range(30):
        make_customer(f"客户{number:02d}")
    desk.get("/customers/?psize=100000")
    assert len(drawn[-1].rows) == 25
    desk.get("/customers/?psize=50")
    assert len(drawn[-1].rows) == 30


def test_a_page_beyond_the_last_is_the_last(desk: Any, drawn: list[Any]) -> None:
    for number in range(30):
        make_customer(f"客户{number:02d}")
    desk.get("/customers/?page=9")
    assert len(drawn[-1].rows) == 5 and drawn[-1].first == 25 and drawn[-1].total == 30


def test_paging_keeps_what_was_asked_and_nothing_else(desk: Any, drawn: list[Any]) -> None:
    for number in range(30):
        make_customer(f"客户{number:02d}")
    desk.get("/customers/?q=客户&order=name&dir=desc&_external=1&evil=1")
    last = drawn[-1].pages[-1]
    assert last.url.startswith("/customers/?") and "page=2" in last.url and "order=name" in last.url
    assert "evil" not in last.url and "_external" not in last.url


def test_counting_stops_at_a_limit(desk: Any, drawn: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNT_UP_TO", 26)
    for number in range(27):
        make_customer(f"客户{number:02d}")
    desk.get("/customers/")
    assert drawn[-1].total is None and drawn[-1].pages[-1].style == "next"
    desk.get("/customers/?page=2")
    assert drawn[-1].total is None and len(drawn[-1].rows) == 2 and drawn[-1].pages[-1].style != "next"


@pytest.mark.parametrize("path", ["/units/", "/files/", "/tenancies/", "/deposits/", "/customers/"])
def test_a_list_runs_few_statements_however_many_rows(
    desk: Any, drawn: list[Any], statements: list[str], path: str
) -> None:
    def rows(count: int) -> None:
        from app.deposits.models import DepositLine

        for _ in range(count):
            unit, customer = make_unit(), make_customer()
            tenancy = Tenancy(site_id=world.site, unit=unit, customer=customer)
            line = DepositLine(site_id=world.site, tenancy=tenancy, amount_cents=1, booked_on=dt.date(2025, 7, 1))
            db.session.add_all([tenancy, line])
            make_file(unit, customer=customer)

    counts = []
    for more in (2, 15):
        rows(more)
        db.session.expunge_all()
        g.pop("_login_user", None)
        del statements[:]
        desk.get(path)
        assert len(drawn[-1].rows) >= more
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_filters_of_one_request_are_not_those_of_the_next(desk: Any, drawn: list[Any]) -> None:
    make_customer("甲")
    make_customer("乙")
    desk.get("/customers/?name=甲")
    desk.get("/customers/")
    assert len(drawn[-1].rows) == 2 and not drawn[-1].searched


def test_masked_and_sealed_values_stay_so_in_lists(desk: Any, drawn: list[Any], sealed: set[Any]) -> None:
    plain, closed = make_customer("甲", id_number="110101"), make_customer("乙", id_number="220202")
    sealed.add((type(closed), closed.id))
    desk.get("/customers/")
    shown = {row.cells[0].value: row.cells[2] for row in drawn[-1].rows}
    assert shown["甲"].kind == "masked" and shown["甲"].value == "11***" and plain.id_number not in str(shown)
    assert shown["乙"].kind == "sealed" and str(shown["乙"].value) == ""


def test_a_parent_filters_by_its_key(desk: Any, drawn: list[Any]) -> None:
    first, second = make_customer("甲"), make_customer("乙")
    make_contact(first, "张三")
    make_contact(second, "李四")
    desk.get(f"/contacts/?customer={second.id}")
    page = drawn[-1]
    assert cells(page, 1) == ["李四"] and "乙" in page.title and page.searched
    assert f"customer={second.id}" in page.links[0].url and f"customer={second.id}" in page.exports[0].url


def test_a_parent_of_another_site_tells_nothing(desk: Any, drawn: list[Any]) -> None:
    foreign = make_customer("别处的", site=world.other)
    make_contact(foreign)
    desk.get(f"/contacts/?customer={foreign.id}")
    assert not drawn[-1].rows and "别处的" not in str(drawn[-1].title)


def test_choices_of_the_view_are_read_in_words(desk: Any, drawn: list[Any]) -> None:
    from app.archive.models import Document

    db.session.add(Document(site_id=world.site, file=make_file(), paper_class="b", title="纸"))
    db.session.commit()
    desk.get("/papers/")
    assert cells(drawn[-1], 1) == ["B"]
    desk.get("/papers/?paper_class=a")
    assert not drawn[-1].rows


def test_a_record_of_another_site_is_not_found(desk: Any) -> None:
    foreign = make_contact(make_customer(site=world.other))
    for method, path in [
        ("get", f"/contacts/{foreign.id}"), ("get", f"/contacts/{foreign.id}/edit"),
        ("post", f"/contacts/{foreign.id}/edit"), ("post", f"/contacts/{foreign.id}/delete"),
        ("post", f"/customers/{foreign.customer_id}/reveal/id_number"),
    ]:  # fmt: skip
        assert getattr(desk, method)(path, data={"reason": "x"} if method == "post" else None).status_code == 404
    assert db.session.get(Contact, foreign.id) is not None


def test_a_page_shows_what_belongs_to_it(desk: Any, drawn: list[Any]) -> None:
    customer = make_customer()
    for number in range(11):
        make_contact(customer, f"联系人{number}")
    make_contact(make_customer("别人"), "不在此")
    desk.get(f"/customers/{customer.id}")
    block = drawn[-1].lists[0]
    assert len(block.rows) == 10 and "不在此" not in str(block.rows)
    assert f"customer={customer.id}" in block.links[0].url and block.links[0].url.startswith("/contacts/add")
    assert block.links[1].url == f"/contacts/?customer={customer.id}"


def test_opening_what_is_kept_back_is_a_line(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    desk.get(f"/customers/{make_customer().id}")
    assert [line[0] for line in lines] == ["open"]
    del lines[:]
    desk.get(f"/units/{make_unit().id}")
    assert lines == []
