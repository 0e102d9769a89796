"""Files attached to entries: by content, through the gate, written down."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from sqlalchemy import select

from app.archive import scans
from app.kit.session import db
from app.registers.models import EntryAttachment
from app.security.models import AuditLine
from tests.registers.test_screens import Login, add


def drawn() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "white").save(out, "PDF")
    return out.getvalue()


PDF = drawn()


def attach(client: Any, entry: Any, content: bytes, name: str) -> Any:
    data = {"attachment": (io.BytesIO(content), name)}
    return client.post(f"/registers/spot_checks/{entry.id}/attach", data=data, follow_redirects=True)


def test_a_file_goes_with_an_entry_and_comes_back_through_the_gate(spot_checks: Any, login: Login) -> None:
    clerk, stranger = login("clerk"), login("stranger")
    entry = add(clerk, topic="柜门未锁")
    assert "三楼.pdf" in attach(clerk, entry, PDF, "三楼.pdf").text
    refused = attach(clerk, entry, b"MZ\x90\x00 no picture", "照片.png").text
    kept = db.session.scalars(select(EntryAttachment)).all()
    assert len(kept) == 1 and "照片.png" in refused
    url = f"/registers/spot_checks/attachments/{kept[0].id}"
    answer = clerk.get(url)
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    assert "attachment" in answer.headers["Content-Disposition"]
    codes = set(db.session.scalars(select(AuditLine.action)))
    assert {"attach", "download"} <= codes
    assert stranger.get(url).status_code == 404
    assert clerk.get(url.replace("spot_checks", "other")).status_code == 404
    assert attach(stranger, entry, PDF, "x.pdf").status_code == 404
    assert attach(login("technician"), entry, PDF, "x.pdf").status_code == 403  # reads, and does not write
    assert kept[0] in [one for model in scans.keepers() for one in db.session.scalars(select(model))]


def test_an_entry_that_is_over_takes_none(spot_checks: Any, login: Login) -> None:
    clerk, supervisor = login("clerk"), login("supervisor")
    entry = add(clerk, topic="柜门未锁")
    clerk.post(f"/registers/spot_checks/{entry.id}/move/correct", data={"outcome": "已换锁"})
    supervisor.post(f"/registers/spot_checks/{entry.id}/move/close")
    told = attach(clerk, entry, PDF, "x.pdf").text
    assert "This entry is over" in told and "Attach files" not in told
    assert db.session.scalar(select(EntryAttachment)) is None
