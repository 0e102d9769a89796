"""The full house's notices, applications and moves: over, so that what was said in them is kept back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.applications.models import Application, GoodsLine
from app.customers.models import Tenancy
from app.estate.models import Site
from app.kit.columns import now, today
from app.kit.session import db
from app.moving.models import HeldKey, Moving, MovingItem
from app.notices.models import LetterTemplate, Notice, NoticeReceipt


def furnish(site: Site, tenancy: Tenancy, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    common: dict[str, Any] = {"site_id": site.id, "unit": tenancy.unit, "tenancy": tenancy}
    notice = Notice(
        **common, number=f"{mark}函{number}", title=f"{mark}题{number}", body=f"{mark}文{number}",
        body_en=f"{mark}英{number}", issued_on=today(), issued_at=now(), state="closed",
    )  # fmt: skip
    receipt = NoticeReceipt(
        **common, notice=notice, state="received", received_by=f"{mark}收{number}", received_at=now(),
        client_signature=f"M1 1L{number} 2", remark=f"{mark}签{number}",
    )  # fmt: skip
    application = Application(
        **common, number=f"{mark}申{number}", kind="goods_release", applicant=f"{mark}请{number}", phone="1990000000",
        what=f"{mark}事{number}", plate=f"{mark}牌{number}", reason=f"{mark}批{number}", asked_on=today(), state="done",
    )  # fmt: skip
    goods = GoodsLine(site_id=site.id, application=application, title=f"{mark}桌{number}")
    moving = Moving(
        **common, number=f"{mark}迁{number}", kind="out", asked_on=today(), contact=f"{mark}联{number}",
        phone="1990000000", forwarding=f"{mark}址{number}", remark=f"{mark}备{number}", state="closed",
    )  # fmt: skip
    item = MovingItem(site_id=site.id, moving=moving, title=f"{mark}项{number}", position=1)
    held = HeldKey(site_id=site.id, tenancy=tenancy, quantity=1, booked_on=today(), to_whom=f"{mark}领{number}")
    query = select(LetterTemplate).where(LetterTemplate.site_id == site.id)
    wording = db.session.scalar(query) or LetterTemplate(
        site_id=site.id, key="letter", title=f"{mark}式{number}", body=f"{mark}写{number}"
    )
    return [notice, receipt, application, goods, moving, item, held, wording]
