"""Who a row of a roster means: renamed or another, a namesake, sealed; and what is said of what is not kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.archive import rules as archive
from app.customers import firms
from app.customers.models import Contact, Customer
from app.demo.names import Inventor
from app.estate.models import Unit
from app.exchange import planning
from app.exchange.rules import Outcome, import_roster
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db
from app.security import audit
from app.security.actor import acting_as
from tests.exchange import houses
from tests.exchange.test_rules import basic, counts, lines_of, reasons, tenancy_of

pytestmark = pytest.mark.usefixtures("read_here")

HEADS = ["单元号", "租户名称", "身份证号", "电话", "月租金", "备注"]


def bring(site: Any, path: Path, *lines: list[Any], heads: list[Any] | None = None) -> Outcome:
    return import_roster(houses.write(path, {"S": [heads or HEADS, *lines]}), site)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("瑞恒科技有限公司", "嘉泽科技有限公司", False),
        ("北京瑞恒贸易有限公司", "北京嘉泽文化传播有限公司", False),
        ("北京科技有限公司", "上海贸易有限公司", False),
        ("Ruiheng Trading Co., Ltd.", "Jiaze Trading Co., Ltd.", False),
        ("张伟", "张伟明", False),
        ("瑞恒科技有限公司", "北京瑞恒信息技术股份有限公司", True),
        ("瑞恒文化传播有限公司", "瑞恒国际传媒有限责任公司", True),
        ("瑞恒", "瑞恒科技", True),
        ("北京科技有限公司", "北京科技有限责任公司", True),
        ("Ruiheng Trading Co., Ltd.", "Ruiheng Trading (Shanghai) Limited", True),
        ("張偉", "张伟", True),
    ],
)
def test_names_are_compared_by_what_tells_firms_apart(old: str, new: str, same: bool) -> None:
    assert firms.is_alike(old, new) is same and firms.is_alike(new, old) is same


@pytest.mark.parametrize(
    "names", [("瑞恒科技有限公司", "嘉泽科技有限公司"), ("北京瑞恒贸易有限公司", "北京嘉泽文化传播有限公司")]
)
def test_another_firm_of_the_same_trade_is_not_the_old_one_renamed(
    site: Any, tmp_path: Path, names: tuple[str, str]
) -> None:
    bring(site, tmp_path / "a.xlsx", ["0501", names[0]])
    assert counts(bring(site, tmp_path / "b.xlsx", ["0501", names[1]])) == (0, 0, 0, 1, 0)
    assert tenancy_of(site, "0501").customer.name == names[0]


def test_a_rename_is_a_warning_that_names_the_unit(site: Any, tmp_path: Path) -> None:
    bring(site, tmp_path / "a.xlsx", ["0501", "瑞恒科技有限公司"])
    outcome = bring(site, tmp_path / "b.xlsx", ["0501", "瑞恒信息技术有限公司"])
    assert counts(outcome) == (0, 1, 0, 0, 0)
    (told,) = reasons(outcome)
    assert "0501" in told and tenancy_of(site, "0501").customer.name == "瑞恒信息技术有限公司"


def test_namesakes_with_different_identity_numbers_are_two(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(31)
    lines = [[unit, "张伟", inventor.identity_number(), inventor.telephone()] for unit in ("0501", "0502")]
    assert counts(bring(site, tmp_path / "a.xlsx", *lines)) == (2, 0, 0, 0, 0)
    one, other = (tenancy_of(site, unit).customer for unit in ("0501", "0502"))
    assert one.id != other.id and one.id_number_index != other.id_number_index
    assert counts(bring(site, tmp_path / "a.xlsx", *lines)) == (0, 0, 2, 0, 0)
    third = ["0503", "张伟", lines[1][2], lines[1][3]]
    bring(site, tmp_path / "b.xlsx", third)
    assert tenancy_of(site, "0503").customer_id == other.id


def test_an_identity_number_said_by_a_later_row_still_tells_namesakes_apart(site: Any, tmp_path: Path) -> None:
    inventor = Inventor(32)
    numbers = ["", inventor.identity_number(), inventor.identity_number()]
    lines = [[f"050{place}", "张伟", number] for place, number in enumerate(numbers, start=1)]
    bring(site, tmp_path / "a.xlsx", *lines)
    assert tenancy_of(site, "0501").customer_id == tenancy_of(site, "0502").customer_id
    assert tenancy_of(site, "0503").customer_id != tenancy_of(site, "0502").customer_id


def test_what_another_row_says_otherwise_is_not_dropped_without_a_word(site: Any, tmp_path: Path) -> None:
    lines = [["0501", "张伟", "", "19900001111"], ["0502", "张伟", "", "19900002222"]]
    outcome = bring(site, tmp_path / "a.xlsx", *lines)
    assert counts(outcome) == (2, 0, 0, 0, 0)
    ((row, problem),) = outcome.problems()
    assert (row.number, problem.level, problem.column) == (3, "warning", "电话")
    assert list(db.session.scalars(select(Contact.phone).where(Contact.site_id == site.id))) == ["19900001111"]
    lines[1][3] = lines[0][3]
    assert not reasons(bring(site, tmp_path / "b.xlsx", *lines))


@pytest.mark.parametrize("head", ["租赁押金", "财务电话", "车位号", "水牌名称", "英文名称"])
def test_a_row_without_a_name_that_says_something_is_not_just_vacant(site: Any, tmp_path: Path, head: str) -> None:
    cell: Any = 30000 if head == "租赁押金" else "19900001111"
    outcome = bring(site, tmp_path / "a.xlsx", ["0501", "", cell], heads=["单元号", "租户名称", head])
    assert counts(outcome) == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(("head", "cell"), [("租赁押金", 30000), ("月租金", 9000), ("备注", "钥匙在物业")])
def test_a_vacant_row_with_an_amount_or_a_remark_is_a_warning(site: Any, tmp_path: Path, head: str, cell: Any) -> None:
    heads = ["单元号", "租户名称", head]
    outcome = bring(site, tmp_path / "a.xlsx", ["0501", "空置", cell], ["0502", "空置", ""], heads=heads)
    assert counts(outcome) == (0, 0, 0, 0, 2)
    ((row, problem),) = outcome.problems()
    assert (row.number, problem.level, problem.column) == (2, "warning", head)


@pytest.mark.parametrize("batch", [1, 250])
def test_a_row_of_several_units_goes_in_whole_or_not_at_all(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    from app.deposits import sheets as last_room

    real = last_room.apply

    def fails_at_0502(row: Any, known: Any, **more: Any) -> None:
        real(row, known, **more)
        if row.get("unit") == "0502":
            raise RuleError("no")

    monkeypatch.setattr(last_room, "apply", fails_at_0502)
    monkeypatch.setattr(planning, "BATCH", batch)
    outcome = bring(site, tmp_path / "a.xlsx", ["0501-0503", "甲有限公司"], ["0601", "乙有限公司"])
    assert counts(outcome) == (1, 0, 0, 1, 0)
    assert list(db.session.scalars(select(Unit.number).where(Unit.site_id == site.id))) == ["0601"]
    assert db.session.scalar(select(func.count(Customer.id)).where(Customer.site_id == site.id)) == 1


def filed(site: Any, tmp_path: Path, cast: Any, *line: Any) -> None:
    """A unit brought in whose file is filed: its customer is sealed."""
    bring(site, tmp_path / "filed.xlsx", list(line))
    file = archive.live_file(tenancy_of(site, "0501").unit)
    walk(archive.MOVES, file, "file", by=cast["archivist"], write=audit.write)
    db.session.flush()


def test_an_import_does_not_tell_whether_a_sealed_value_was_guessed(site: Any, tmp_path: Path, cast: Any) -> None:
    inventor = Inventor(33)
    right, guess = inventor.identity_number(), inventor.identity_number()
    filed(site, tmp_path, cast, "0501", "瑞恒科技有限公司", right)
    for name in ("瑞恒信息技术有限公司", "嘉泽科技有限公司"):
        told = []
        for number in (right, guess):
            path = houses.write(tmp_path / "g.xlsx", {"S": [HEADS, ["0501", name, number]]})
            outcome = import_roster(path, site, dry_run=True)
            told.append((counts(outcome), reasons(outcome)))
        assert told[0] == told[1], name


def test_a_sealed_customer_is_not_let_into_a_further_unit_by_a_person(site: Any, tmp_path: Path, cast: Any) -> None:
    inventor = Inventor(34)
    right, guess = inventor.identity_number(), inventor.identity_number()
    filed(site, tmp_path, cast, "0501", "张伟", right)
    for number in (right, guess):
        path = houses.write(tmp_path / "f.xlsx", {"S": [HEADS, ["0502", "张伟", number]]})
        with acting_as(cast["clerk"]):
            outcome = import_roster(path, site)
        assert counts(outcome) == (0, 0, 0, 1, 0)
        assert [one.column for _row, one in outcome.problems() if one.level == "wrong"] == ["租户名称"]
    assert counts(bring(site, tmp_path / "c.xlsx", ["0502", "张伟", right])) == (1, 0, 0, 0, 0)
    assert tenancy_of(site, "0502").customer_id == tenancy_of(site, "0501").customer_id


def test_what_an_import_changes_is_in_the_audit_by_name_only(site: Any, tmp_path: Path) -> None:
    heads = ["单元号", "租户名称", "面积", "用途", "月租金", "到期日", "备注"]
    bring(site, tmp_path / "a.xlsx", ["0501", "甲有限公司", 100, "办公", 9000, "2027-12-31", ""], heads=heads)
    bring(site, tmp_path / "b.xlsx", ["0501", "甲有限公司", 120, "商铺", 9500, "2028-12-31", "续租"], heads=heads)
    written = lines_of(site)
    assert ("amend", "Unit", {"columns": ["area_dm2", "use"]}) in written
    assert ("amend", "Tenancy", {"columns": ["ends_on", "remark", "rent_cents"]}) in written


def test_a_waiting_file_that_gets_its_tenant_is_taken_in(site: Any, tmp_path: Path) -> None:
    bring(site, tmp_path / "a.xlsx", ["0501", "空置"])
    unit = db.session.scalar(select(Unit).where(Unit.site_id == site.id, Unit.number == "0501"))
    assert unit is not None
    archive.open_file(unit)
    before = len(lines_of(site))
    import_roster(basic(tmp_path / "b.xlsx", houses.one()), site)
    written = [action for action, _kind, _detail in lines_of(site)[before:]]
    assert "take_in" in written and "name" not in written and "open_file" not in written
    file = archive.live_file(unit)
    assert file is not None and file.tenancy is not None and file.customer is tenancy_of(site, "0501").customer
