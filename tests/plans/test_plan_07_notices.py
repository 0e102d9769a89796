"""篇七, the notices log: who issues signs, who receives signs, filed; walked over HTTP."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import Document
from app.demo import makers
from app.kit.columns import today
from app.kit.session import db
from app.notices.models import Notice

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def move(client: FlaskClient, url: str, name: str, **form: Any) -> None:
    answer = client.post(f"{url}/move/{name}", data=form, follow_redirects=True)
    assert answer.status_code == 200


def test_p07_01_a_notice_is_signed_by_who_issues_and_by_who_receives_and_filed(login: Login, site: Any) -> None:
    """A circular to a floor: drafted, issued with a name, signed on screen and on paper, filed with each tenant."""
    clerk, supervisor = login("clerk"), login("supervisor")
    floor = makers.make_floor(site, "28F")
    files = [makers.make_file(makers.make_unit(number, floor=floor)) for number in ("2801", "2802")]
    form = {"scope": "floor", "floor": floor.id, "site": site.id, "kind": "circular", "title": "外墙清洗通报",
            "body": "请关闭窗户。"}  # fmt: skip
    assert clerk.post("/notices/add", data=form).status_code == 302
    notice = db.session.scalars(select(Notice)).one()
    url = f"/notices/{notice.id}"
    assert clerk.post(f"{url}/move/issue").status_code == 403
    move(supervisor, url, "issue")
    db.session.refresh(notice)
    first, second = notice.receipts
    assert "Not signed yet" in page(clerk, url)
    signed = {"version": first.version, "received_by": "林晚", "client_signature": "M10 60L40 10L90 60"}
    assert clerk.post(f"/notice-receipts/{first.id}/edit", data=signed).status_code == 302
    move(clerk, f"/notice-receipts/{second.id}", "receive", received_by="司徒静")
    db.session.expire_all()
    assert notice.state == "closed"
    assert [(one.state, one.is_signed_on_paper, one.received_at is not None) for one in notice.receipts] == [
        ("received", False, True), ("received", True, True),
    ]  # fmt: skip
    for file in files:
        shown = page(clerk, f"/files/{file.id}")
        assert "外墙清洗通报" in shown and notice.number in shown
        assert [paper.paper_class for paper in file.documents] == ["letter"]
    sheet = clerk.post(f"/print/notice_receipt/{notice.id}")
    assert sheet.data.startswith(b"%PDF-")


def test_p07_11_a_licence_that_runs_out_becomes_a_letter(login: Login, site: Any) -> None:
    """The annual check: who is due is found, one letter each is written, issued, printed and filed."""
    clerk, supervisor = login("clerk"), login("supervisor")
    for number, days in (("0501", 20), ("0502", 200), ("0503", -3)):
        file = makers.make_file(makers.make_unit(number, site=site))
        makers.make_document(file, "licence", valid_until=today() + dt.timedelta(days=days))
    preview = page(clerk, "/letters/?kind=licence")
    assert "0501" in preview and "0503" in preview and "0502" not in preview
    words = {"title": "年审提醒", "body": "{customer}：{licence} 有效期至 {valid_until}。"}
    made = clerk.post("/letters/make", data={"kind": "licence", "tenancy": ticks(preview), **words})
    assert made.status_code == 302
    batch = made.headers["Location"]
    assert page(clerk, batch).count("年审提醒") >= 2
    assert clerk.post(f"{batch}/issue").status_code == 403
    assert supervisor.post(f"{batch}/issue").status_code == 302
    pdf = clerk.post(f"{batch}/print")
    assert pdf.data.startswith(b"%PDF-")
    notices = list(db.session.scalars(select(Notice).order_by(Notice.number)))
    assert [(one.state, one.scope) for one in notices] == [("issued", "unit")] * 2
    assert str(today() + dt.timedelta(days=20)) in notices[0].body
    for notice in notices:
        move(clerk, f"/notice-receipts/{notice.receipts[0].id}", "receive", received_by="林晚")
    filed = db.session.scalars(select(Document).where(Document.source == "NoticeReceipt"))
    assert [paper.title for paper in filed] == ["年审提醒"] * 2


def ticks(html: str) -> list[str]:
    """The tenancies that are ticked on the page."""
    return re.findall(r'name="tenancy" value="(\d+)"', html)
