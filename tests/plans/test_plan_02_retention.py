"""Plan 2, the retention part: the table is data, has its basis, is changed on the record and printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf
from flask.testing import FlaskClient

from app.kit.session import db
from app.retention import periods

Login = Callable[..., FlaskClient]


def test_p2_02_the_retention_table_is_versioned_approved_and_printable(login: Login, app: Any) -> None:
    """Shipped with its basis, amended by the manager only with old and new on record, printed as 保管期限表."""
    table = periods.table_of("office_tower")
    assert table[""].years == 10 and "10号令" in table[""].basis and table["fitout"].is_permanent
    rule = table["application"]
    form = {"version": rule.version, "clock": "made", "years": "", "days": 365, "basis": "公司档案管理制度"}
    assert login("archivist").post(f"/retention-rules/{rule.id}/edit", data=form).status_code == 403
    assert login("manager").post(f"/retention-rules/{rule.id}/edit", data=form).status_code == 302
    db.session.expire_all()
    assert periods.table_of("office_tower")["application"].length == "P365D"
    lines = login("auditor").get("/audit/?action=set_period").get_data(as_text=True)
    assert "P2Y made" in lines and "P365D made" in lines
    printed = login("manager").post("/reports/retention_table/print")
    assert printed.data.startswith(b"%PDF-")
    with pymupdf.open(stream=printed.data) as sheets:
        text = "".join("".join(sheet.get_text() for sheet in sheets).split())
    assert "10号令" in text and "365" in text
