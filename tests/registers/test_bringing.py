"""A sheet whose headings are the fields' labels becomes entries; what is wrong comes back."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.kit.session import db
from app.registers.models import Entry

Login = Callable[[str], FlaskClient]


def sheet(rows: Sequence[Sequence[Any]]) -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    book.close()
    return io.BytesIO(out.getvalue()), "抽查.xlsx"


ROWS: list[list[Any]] = [
    ["2026年抽查台账"],
    ["抽查事项", "程度", "費用", "Deadline", "责任人"],
    ["三楼柜门未锁", "严重", 120.5, "2026-03-01", "林小满"],
    ["借阅漏签", "Small", "", "2026年3月5日", ""],
    ["温湿度未记", "极严重", "", "", ""],
    ["", "轻微", "", "", ""],
    ["归还超期", "", "十元", "", ""],
]


def test_good_rows_go_in_and_wrong_ones_come_back(spot_checks: Any, login: Login) -> None:
    clerk = login("clerk")
    sent = clerk.post("/registers/spot_checks/bring", data={"file": sheet(ROWS)})
    assert sent.status_code == 302, sent.text
    count = select(func.count(Entry.id))
    assert db.session.scalar(count) == 0  # nothing is stored before it was seen
    preview = clerk.get(sent.location).text
    assert "三楼柜门未锁" in preview and "极严重" in preview and "none of the words" in preview
    done = clerk.post(f"{sent.location}/apply")
    assert db.session.scalar(count) == 2
    first = db.session.scalars(select(Entry).order_by(Entry.id)).first()
    assert first is not None
    assert (first.cost, first.grade, str(first.owner), first.number[-3:]) == (12050, "grave", "林小满", "001")
    assert "Sheet brought in" in clerk.get(done.location).text
    book = load_workbook(io.BytesIO(clerk.get(f"{sent.location}/wrong.xlsx").data))
    told = [[str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert len(told) == 4 and any("极严重" in row for row in told) and any("十元" in row for row in told)
    clerk.post(f"{sent.location}/apply")
    assert db.session.scalar(count) == 2  # pressed twice, stored once


def test_only_who_may_write_brings_in_and_only_the_owner_sees_the_sheet(spot_checks: Any, login: Login) -> None:
    sent = login("clerk").post("/registers/spot_checks/bring", data={"file": sheet(ROWS)})
    assert login("manager").get(sent.location).status_code == 404
    assert login("archivist").get("/registers/spot_checks/bring").status_code == 403
    nothing = login("clerk").post("/registers/spot_checks/bring", data={"file": sheet([["甲", "乙"], ["1", "2"]])})
    assert nothing.status_code == 422 and "these headings" in nothing.text
