"""Rosters of several houses brought in: what is new, changed, same, wrong and vacant, and what ends up where."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.archive import rules as archive
from app.archive.models import File
from app.customers import rules as customers
from app.customers.models import Contact, Customer, Tenancy
from app.demo import roster as sheets
from app.demo.names import Inventor
from app.deposits import ledger
from app.deposits.models import Deposit, DepositLine
from app.estate.models import Unit
from app.exchange import planning
from app.exchange.rules import Outcome, import_roster
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from app.security.models import AuditLine
from tests.exchange import houses

pytestmark = pytest.mark.usefixtures("read_here")

SHARED = Path(__file__).parents[3] / "shared" / "data" / "租户信息一览表.xlsx"


def counts(outcome: Outcome) -> tuple[int, ...]:
    """(new, changed, same, wrong, vacant)"""
    return tuple(outcome.counts().values())


def reasons(outcome: Outcome) -> list[str]:
    return [str(problem.reason) for _row, problem in outcome.problems()]


def tenancy_of(site: Any, number: str) -> Tenancy:
    found = db.session.scalar(
        select(Tenancy)
        .join(Unit, Tenancy.unit_id == Unit.id)
        .where(Unit.site_id == site.id, Unit.number == number, Tenancy.state == "live")
    )
    assert found is not None, number
    return found


def lines_of(site: Any) -> list[tuple[str, str, dict[str, Any]]]:
    """(what was done, to what kind of record, details) of each line about the site's records, in order."""
    query = select(AuditLine.action, AuditLine.subject_type, AuditLine.detail).order_by(AuditLine.id)
    return [tuple(line) for line in db.session.execute(query.where(AuditLine.subject_site_id == site.id))]


def basic(path: Path, *lines: list[Any]) -> Path:
    return houses.write(path, {"名单": [houses.BASIC, *lines]})


def test_the_roster_gives_what_it_holds_and_changes_nothing_the_second_time(site: Any, tmp_path: Path) -> None:
    path = SHARED
    if not path.exists():
        path = tmp_path / "roster.xlsx"
        sheets.write(path)
    first = import_roster(path, site)
    assert (first.wrong, first.changed, first.same) == (0, 0, 0)
    assert first.new + first.vacant == 288
    if path == SHARED:
        assert counts(first) == (252, 0, 0, 0, 36)
    assert db.session.scalar(select(func.count(File.id)).where(File.site_id == site.id)) == first.new
    before = db.session.scalar(select(func.count(DepositLine.id)))
    assert counts(import_roster(path, site)) == (0, 0, first.new, 0, first.vacant)
    assert db.session.scalar(select(func.count(DepositLine.id))) == before


@pytest.mark.parametrize("seed", [1, 2])
def test_a_made_up_roster_comes_in_without_a_wrong_row(site: Any, tmp_path: Path, seed: int) -> None:
    sheets.write(tmp_path / "r.xlsx", 5, seed)
    outcome = import_roster(tmp_path / "r.xlsx", site)
    assert outcome.wrong == 0 and outcome.new + outcome.vacant == 60


def test_everything_a_row_says_is_kept(site: Any, tmp_path: Path) -> None:
    import_roster(houses.two_rows_of_heads(tmp_path / "two.xlsx"), site)
    tenancy = tenancy_of(site, "1202")
    assert tenancy.unit.floor.name == "12F" and tenancy.unit.area_dm2 == 12000
    assert (tenancy.starts_on, tenancy.ends_on) == (dt.date(2024, 3, 1), dt.date(2027, 2, 28))
    assert tenancy.customer.licence_number and customers.current_contact(tenancy.customer, "daily") is not None
    assert ledger.balances(tenancy) == {"rent": 5_400_000}
    assert tenancy.remark == "押金装修押金：已退"
    file = archive.live_file(tenancy.unit)
    assert file is not None and file.tenancy is tenancy and file.customer is tenancy.customer
    assert file.scheme_key == archive.HOME_SCHEME


def test_traditional_headings_with_an_english_line_are_read(site: Any, tmp_path: Path) -> None:
    path = houses.traditional(tmp_path / "t.xlsx")
    assert counts(import_roster(path, site)) == (4, 0, 0, 0, 1)
    tenancy = tenancy_of(site, "0802")
    daily, emergency = (customers.current_contact(tenancy.customer, role) for role in ("daily", "emergency"))
    assert daily is not None and emergency is not None
    assert (emergency.name, emergency.phone) == (daily.name, daily.phone)
    assert tenancy.ends_on == dt.date(2027, 12, 31) and ledger.balances(tenancy) == {"rent": 5_400_000}
    assert counts(import_roster(path, site)) == (0, 0, 4, 0, 1)


def test_owner_and_tenant_on_two_rows_are_one_unit(site: Any, tmp_path: Path) -> None:
    path = houses.owners(tmp_path / "o.xlsx")
    assert counts(import_roster(path, site)) == (3, 0, 0, 0, 0)
    tenancy = tenancy_of(site, "101")
    assert tenancy.unit.building.name == "A座"
    assert tenancy.unit.remark.startswith("业主：") and tenancy.customer.kind == "person"
    assert tenancy.customer.name not in tenancy.unit.remark
    assert tenancy_of(site, "103").remark == "自住"
    assert counts(import_roster(path, site)) == (0, 0, 3, 0, 0)


def test_several_sheets_with_their_own_columns_are_one_roster(site: Any, tmp_path: Path) -> None:
    path = houses.several_sheets(tmp_path / "s.xlsx")
    outcome = import_roster(path, site)
    assert counts(outcome) == (4, 0, 0, 0, 0)
    assert [name for name, _why in outcome.skipped] == ["说明"]
    assert ledger.balances(tenancy_of(site, "302")) == {"rent": 4_000_000}
    assert tenancy_of(site, "401").rent_cents == 1_200_000 and tenancy_of(site, "401").unit.floor.name == "4F"
    assert counts(import_roster(path, site)) == (0, 0, 4, 0, 0)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_text_table_comes_in(site: Any, tmp_path: Path, encoding: str) -> None:
    path = houses.write_csv(tmp_path / "名单.csv", [houses.BASIC, houses.one(unit="0501"), ["0502", "空置"]], encoding)
    assert counts(import_roster(path, site)) == (1, 0, 0, 0, 1)
    assert tenancy_of(site, "0501").unit.floor.name == "5F"


def test_floors_written_once_reach_down_and_sums_are_no_rows(site: Any, tmp_path: Path) -> None:
    lines = [
        ["楼层", "单元号", "租户名称"],
        ["三层", "301", "甲有限公司"],
        ["", "302", "乙有限公司"],
        ["合计", "", "2户"],
        ["注：无", "", ""],
        ["楼层", "单元号", "租户名称"],
        ["B1", "B101", "丙有限公司"],
    ]
    assert counts(import_roster(houses.write(tmp_path / "f.xlsx", {"S": lines}), site)) == (3, 0, 0, 0, 0)
    assert tenancy_of(site, "302").unit.floor.name == "3F" and tenancy_of(site, "B101").unit.floor.level == -1


def test_a_unit_number_is_found_whichever_way_it_is_written(site: Any, tmp_path: Path) -> None:
    line = houses.one()
    import_roster(basic(tmp_path / "a.xlsx", line), site)
    for other in (501, "501", "501室", "０５０１"):
        assert counts(import_roster(basic(tmp_path / "b.xlsx", [other, *line[1:]]), site)) == (0, 0, 1, 0, 0), other
    assert db.session.scalar(select(func.count(Unit.id)).where(Unit.site_id == site.id)) == 1


def test_numbers_are_spelled_with_the_houses_width(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(5)
    import_roster(basic(tmp_path / "a.xlsx", houses.one(inventor, "0501"), houses.one(inventor, 502)), site)
    assert tenancy_of(site, "0502")


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("0501-0503", ["0501", "0502", "0503"]),
        ("0501、0502", ["0501", "0502"]),
        ("0501/0502", ["0501", "0502"]),
        ("0501-03", ["0501", "0502", "0503"]),
        ("0501,02", ["0501", "0502"]),
        ("A-1203", ["A-1203"]),
        ("0501室、0502室", ["0501室", "0502室"]),
    ],
)
def test_one_tenant_in_several_units_is_one_row(site: Any, tmp_path: Path, cell: str, units: list[str]) -> None:
    path = basic(tmp_path / "m.xlsx", houses.one(unit=cell))
    assert counts(import_roster(path, site)) == (1, 0, 0, 0, 0)
    assert len({tenancy_of(site, unit).customer_id for unit in units}) == 1
    assert counts(import_roster(path, site)) == (0, 0, 1, 0, 0)


def test_the_same_tenant_on_several_rows_is_one_customer(site: Any, tmp_path: Path) -> None:
    line = houses.one(unit="0501")
    other = ["0601", *line[1:5], "19900007777", *line[6:]]
    path = basic(tmp_path / "s.xlsx", line, other)
    assert counts(import_roster(path, site)) == (2, 0, 0, 0, 0)
    assert tenancy_of(site, "0501").customer_id == tenancy_of(site, "0601").customer_id
    assert counts(import_roster(path, site)) == (0, 0, 2, 0, 0)


def test_two_firms_of_one_name_but_different_licences_stay_two(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(6)
    first, second = houses.one(inventor, "0501"), houses.one(inventor, "0502")
    second[1] = first[1]
    import_roster(basic(tmp_path / "s.xlsx", first, second), site)
    assert tenancy_of(site, "0501").customer_id != tenancy_of(site, "0502").customer_id


def test_a_changed_telephone_ends_the_line_before_and_says_what_changed(site: Any, tmp_path: Path) -> None:
    line = houses.one(电话="19900001111")
    import_roster(basic(tmp_path / "a.xlsx", line), site)
    outcome = import_roster(basic(tmp_path / "b.xlsx", [*line[:5], "19900002222", *line[6:]]), site)
    assert counts(outcome) == (0, 1, 0, 0, 0)
    (change,) = outcome.rows[0].changes
    assert "19900001111" in change.old and "19900002222" in change.new
    lines = list(db.session.scalars(select(Contact).where(Contact.site_id == site.id).order_by(Contact.id)))
    assert [(c.phone, c.until_on is None) for c in lines] == [("19900001111", False), ("19900002222", True)]


def test_a_changed_name_renames_and_the_label_asks_to_be_reprinted(site: Any, tmp_path: Path) -> None:
    line = houses.one(租户名称="瑞恒文化传播有限公司")
    import_roster(basic(tmp_path / "a.xlsx", line), site)
    file = archive.live_file(tenancy_of(site, "0501").unit)
    assert file is not None
    archive.label_printed(file)
    outcome = import_roster(basic(tmp_path / "b.xlsx", [line[0], "瑞恒国际传媒有限公司", *line[2:]]), site)
    assert counts(outcome) == (0, 1, 0, 0, 0)
    assert file.label_is_wrong and file.current_name == "瑞恒国际传媒有限公司"


def test_another_tenant_in_the_unit_is_not_renamed_but_wrong(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(9)
    first, second = houses.one(inventor), houses.one(inventor)
    import_roster(basic(tmp_path / "a.xlsx", first), site)
    outcome = import_roster(basic(tmp_path / "b.xlsx", second), site)
    assert counts(outcome) == (0, 0, 0, 1, 0)
    assert tenancy_of(site, "0501").customer.name == first[1]
    assert first[1] not in reasons(outcome)[0]


def test_a_later_lease_under_another_name_is_another_tenant(site: Any, tmp_path: Path) -> None:
    line = houses.one(统一社会信用代码="", 租户名称="瑞恒文化传播有限公司", 起租日="2024-01-01")
    import_roster(basic(tmp_path / "a.xlsx", line), site)
    line[1], line[6] = "瑞恒文化传媒有限公司", "2026-01-01"
    assert counts(import_roster(basic(tmp_path / "b.xlsx", line), site)) == (0, 0, 0, 1, 0)


def test_a_blank_cell_takes_nothing_away(site: Any, tmp_path: Path) -> None:
    line = houses.one()
    import_roster(basic(tmp_path / "a.xlsx", line), site)
    bare = [line[0], line[1], "暂无", "", "", "18999999999", "", ""]
    assert counts(import_roster(basic(tmp_path / "b.xlsx", bare), site)) == (0, 0, 1, 0, 0)


def test_a_vacant_row_of_a_let_unit_is_a_warning_and_changes_nothing(site: Any, tmp_path: Path) -> None:
    import_roster(basic(tmp_path / "a.xlsx", houses.one()), site)
    outcome = import_roster(basic(tmp_path / "b.xlsx", ["0501", "空置"]), site)
    assert counts(outcome) == (0, 0, 0, 0, 1) and len(reasons(outcome)) == 1
    assert tenancy_of(site, "0501")


def test_two_tenants_of_one_unit_are_wrong_unless_they_share_it(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(12)
    heads = ["单元号", "租户名称", "备注"]
    lines = [
        heads,
        ["0501", inventor.firm()[0], ""],
        ["0501", inventor.firm()[0], ""],
        ["0601", "甲有限公司", "合租"],
        ["0601", "乙有限公司", ""],
    ]
    outcome = import_roster(houses.write(tmp_path / "c.xlsx", {"S": lines}), site)
    assert counts(outcome) == (2, 0, 0, 1, 0)
    assert "乙有限公司" in tenancy_of(site, "0601").remark


def test_a_merged_amount_is_booked_once(site: Any, tmp_path: Path) -> None:
    lines = [["单元号", "租户名称", "租赁押金"], ["0501", None, None], ["0502", None, None]]
    merges = [("S", 1, 1, 2, 1, "甲有限公司"), ("S", 1, 2, 2, 2, 90000)]
    assert counts(import_roster(houses.write(tmp_path / "m.xlsx", {"S": lines}, merges), site)) == (2, 0, 0, 0, 0)
    assert db.session.scalar(select(func.sum(DepositLine.amount_cents))) == 9_000_000


def test_wrong_rows_come_back_with_their_row_and_column_and_good_ones_go_in(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(13)
    lines = [
        ["某大厦"],
        houses.BASIC,
        houses.one(inventor, "0501"),
        [],
        houses.one(inventor, "0502", 起租日="昨天"),
        ["", *houses.one(inventor)[1:]],
    ]
    outcome = import_roster(houses.write(tmp_path / "w.xlsx", {"名单": lines}), site)
    assert counts(outcome) == (1, 0, 0, 2, 0)
    told = outcome.as_json()["rows"]
    assert [(r["sheet"], r["row"], r["column"], r["level"]) for r in told] == [
        ("名单", 5, "起租日", "wrong"),
        ("名单", 6, "单元号", "wrong"),
    ]
    assert all(isinstance(r["reason"], str) and r["reason"] for r in told)


def test_an_identity_number_kept_as_a_number_refuses_its_row_alone(site: Any, tmp_path: Path) -> None:
    lines = [
        ["单元号", "租户名称", "身份证号"],
        ["0501", "甲有限公司", 110101196409090000],
        ["0502", "乙有限公司", "110101196409090000"],
    ]
    outcome = import_roster(houses.write(tmp_path / "i.xlsx", {"S": lines}), site)
    assert counts(outcome) == (1, 0, 0, 1, 0)


def test_all_or_nothing_leaves_nothing_when_a_row_is_wrong(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(14)
    path = basic(tmp_path / "w.xlsx", houses.one(inventor, "0501"), houses.one(inventor, "0502", 起租日="昨天"))
    outcome = import_roster(path, site, all_or_nothing=True)
    assert not outcome.written and counts(outcome) == (1, 0, 0, 1, 0)
    assert db.session.scalar(select(func.count(Unit.id)).where(Unit.site_id == site.id)) == 0


def test_a_dry_run_leaves_nothing(site: Any, tmp_path: Path) -> None:
    path = basic(tmp_path / "d.xlsx", houses.one())
    assert counts(import_roster(path, site, dry_run=True)) == (1, 0, 0, 0, 0)
    assert counts(import_roster(path, None, dry_run=True)) == (1, 0, 0, 0, 0)
    assert (
        not db.session.new
        and db.session.scalar(select(func.count(Customer.id)).where(Customer.site_id == site.id)) == 0
    )


def test_a_row_that_the_database_refuses_leaves_nothing_and_the_others_go_in(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.deposits import sheets as last_room

    real = last_room.apply

    def fails_at_0502(row: Any, known: Any, **more: Any) -> None:
        real(row, known, **more)
        if row.get("unit") == "0502":
            raise RuleError("no")

    monkeypatch.setattr(last_room, "apply", fails_at_0502)
    inventor = Inventor(15)
    path = basic(tmp_path / "r.xlsx", *(houses.one(inventor, f"050{n}") for n in (1, 2, 3)))
    refused = import_roster(path, site, all_or_nothing=True)
    assert not refused.written and refused.wrong == 1
    assert db.session.scalar(select(func.count(Unit.id)).where(Unit.site_id == site.id)) == 0
    assert counts(import_roster(path, site)) == (2, 0, 0, 1, 0)
    numbers = db.session.scalars(select(Unit.number).where(Unit.site_id == site.id).order_by(Unit.number))
    assert list(numbers) == ["0501", "0503"]
    assert db.session.scalar(select(func.count(Customer.id)).where(Customer.site_id == site.id)) == 2


def test_the_sealed_columns_of_a_filed_file_are_neither_compared_nor_changed(
    site: Any, tmp_path: Path, cast: Any
) -> None:
    line = houses.one()
    import_roster(basic(tmp_path / "a.xlsx", line), site)
    tenancy = tenancy_of(site, "0501")
    file = archive.live_file(tenancy.unit)
    walk(archive.MOVES, file, "file", by=cast["archivist"], write=audit.write)
    db.session.flush()
    outcome = import_roster(basic(tmp_path / "b.xlsx", [*line[:3], "另一人", *line[4:]]), site)
    assert counts(outcome) == (0, 0, 1, 0, 0) and outcome.notes
    assert tenancy.customer.representative == line[3]


def test_a_ledger_that_has_moved_on_is_left_alone(site: Any, tmp_path: Path) -> None:
    lines = [["单元号", "租户名称", "租赁押金"], ["0501", "甲有限公司", 30000]]
    path = houses.write(tmp_path / "l.xlsx", {"S": lines})
    import_roster(path, site)
    tenancy = tenancy_of(site, "0501")
    [deposit] = db.session.scalars(select(Deposit).where(Deposit.tenancy_id == tenancy.id))
    ledger.book(DepositLine(amount_cents=-1_000_000, reason="refunded"), deposit)
    outcome = import_roster(path, site)
    assert counts(outcome) == (0, 0, 1, 0, 0) and len(reasons(outcome)) == 1
    assert ledger.balances(tenancy) == {"rent": 2_000_000}


def test_a_corrected_deposit_is_a_new_line_that_names_the_old(site: Any, tmp_path: Path) -> None:
    for amount in (30000, 25000):
        lines = [["单元号", "租户名称", "租赁押金"], ["0501", "甲有限公司", amount]]
        import_roster(houses.write(tmp_path / "l.xlsx", {"S": lines}), site)
    opening, correction = db.session.scalars(select(DepositLine).order_by(DepositLine.id))
    assert opening.deposit is correction.deposit and opening.deposit.payable_cents == 2_500_000
    assert (correction.reason, correction.amount_cents, correction.corrects) == ("correction", -500_000, opening)


def test_a_new_tenant_waits_until_the_file_of_the_one_before_is_closed(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(16)
    import_roster(basic(tmp_path / "a.xlsx", houses.one(inventor)), site)
    tenancy = tenancy_of(site, "0501")
    file = archive.live_file(tenancy.unit)
    customers.end_tenancy(tenancy)
    path = basic(tmp_path / "b.xlsx", houses.one(inventor))
    assert counts(import_roster(path, site)) == (0, 0, 0, 1, 0)
    archive.close(file)  # type: ignore[arg-type]
    assert counts(import_roster(path, site)) == (1, 0, 0, 0, 0)
    waiting = archive.live_file(tenancy.unit)
    assert (
        waiting is not None
        and waiting.tenancy is not None
        and waiting.tenancy.customer.name == tenancy_of(site, "0501").customer.name
    )


def test_progress_is_told_to_the_end(site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "BATCH", 5)
    sheets.write(tmp_path / "r.xlsx", 3)
    told: list[tuple[int, int]] = []
    import_roster(tmp_path / "r.xlsx", site, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (36, 36) and len(told) >= 7 and told == sorted(told)
    seen = told.copy()
    told.clear()
    import_roster(tmp_path / "r.xlsx", site, dry_run=True, progress=lambda done, total: told.append((done, total)))
    assert told == seen


def test_rows_that_are_done_are_let_go_and_those_with_something_to_tell_are_kept(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(17)
    lines = [houses.one(inventor, "0501"), houses.one(inventor, "0502", 起租日="昨天")]
    tried = import_roster(basic(tmp_path / "r.xlsx", *lines), site, dry_run=True)
    assert [(row.get("unit"), row.get("name"), row.state) for row in tried.rows] == [
        ("0501", lines[0][1], "new"),
        ("0502", lines[1][1], "wrong"),
    ]
    outcome = import_roster(basic(tmp_path / "r.xlsx", *lines), site)
    (row,) = outcome.rows
    assert counts(outcome) == (1, 0, 0, 1, 0) and row.raw[0] == "0502" and row.raw[6] == "昨天" and not row.plan


def test_the_number_of_statements_does_not_grow_with_the_rows(site: Any, tmp_path: Path) -> None:
    from sqlalchemy import event

    sheets.write(tmp_path / "r.xlsx", 6)
    asked: list[str] = []
    listen = lambda _c, _cur, statement, *_rest: asked.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        import_roster(tmp_path / "r.xlsx", site)
        first = len([s for s in asked if s.startswith("SELECT")])
        asked.clear()
        import_roster(tmp_path / "r.xlsx", site)
        again = len([s for s in asked if s.startswith("SELECT")])
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert first < 72 and again < 30


def test_a_file_without_a_roster_is_refused(site: Any, tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        import_roster(houses.write(tmp_path / "n.xlsx", {"S": [["姓名", "电话"], ["甲", "1"]]}), site)


def test_a_corrected_mapping_is_followed(site: Any, tmp_path: Path) -> None:
    path = houses.write(tmp_path / "m.xlsx", {"S": [["单元号", "租户名称", "代号"], ["0501", "甲有限公司", "X-1"]]})
    import_roster(path, site, mapping={"S": {2: "parking"}})
    assert tenancy_of(site, "0501").parking == "X-1"


def test_the_import_is_a_line_in_the_audit(site: Any, tmp_path: Path) -> None:
    import_roster(basic(tmp_path / "a.xlsx", houses.one()), site)
    told = [(action, kind) for action, kind, _detail in lines_of(site)]
    assert told[-4:] == [("add", "Unit"), ("add", "Customer"), ("move_in", "Tenancy"), ("open_file", "File")]
    assert db.session.scalars(select(AuditLine.action).order_by(AuditLine.id.desc())).first() == "import"
    file = archive.live_file(tenancy_of(site, "0501").unit)
    query = select(AuditLine.subject_id, AuditLine.detail).where(AuditLine.action == "open_file")
    assert file is not None and (file.id, {"number": file.number}) in db.session.execute(query).all()
