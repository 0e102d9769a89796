"""What the notices room counts on the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select

from app.kit.columns import today
from app.kit.labels import _l
from app.kit.pages import Card, Event
from app.kit.session import db
from app.notices.models import Notice, NoticeReceipt
from app.security import gate


def cards(user: Any) -> Iterable[Card]:
    """Receipts that nobody has signed in time, and drafts for who may issue them."""
    if gate.may("sign", "NoticeReceipt"):
        yesterday = today() - dt.timedelta(days=1)
        late = select(func.count(NoticeReceipt.id)).where(
            NoticeReceipt.state == "open", NoticeReceipt.due_on <= yesterday
        )
        url = url_for("NoticeReceiptView.list", state="open", due_on_to=yesterday)
        count = _count(late, NoticeReceipt)
        yield Card(_l("Notices not signed for in time"), count, url, "warn" if count else "", group="overdue")
    if gate.may("issue", "Notice"):
        drafts = select(func.count(Notice.id)).where(Notice.state == "draft")
        yield Card(_l("Notices to issue"), _count(drafts, Notice), url_for("NoticeView.list", state="draft"))


def day(user: Any, day: dt.date) -> Iterable[Event]:
    """The notices that are to be signed for by that day."""
    if not gate.may("list", "Notice"):
        return
    query = select(Notice).where(Notice.state == "issued", Notice.sign_by_on == day).order_by(Notice.number)
    for notice in db.session.scalars(gate.scope(query, Notice).limit(20)):
        url = url_for("NoticeView.show", pk=notice.id)
        yield Event(day, _l("To be signed for: %(title)s", title=notice.title), notice.number, url)


def _count(query: Select[Any], model: type) -> int:
    return int(db.session.scalar(gate.scope(query, model)) or 0)
