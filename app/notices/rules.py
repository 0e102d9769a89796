"""Writing, issuing, signing for and closing notices (P7.01)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from app.archive.dayrecords import file_record, number_it, settle_place
from app.customers.models import Tenancy
from app.estate.models import Unit
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move, walk
from app.kit.session import db
from app.notices.models import Notice, NoticeReceipt
from app.security import audit

DAYS_TO_SIGN = 3
PAPER_CLASSES = {"arrears": "violation", "violation": "violation"}


def write(notice: Notice, *, by: Any = None) -> Notice:
    """A new draft to one unit's tenant, to a floor or to everybody."""
    with db.session.no_autoflush:
        _settle(notice)
        number_it(notice, "HZ")
    db.session.add(notice)
    db.session.flush()
    audit.write("draw_up", notice, {"number": notice.number, "kind": notice.kind, "scope": notice.scope}, by=by)
    return notice


def amend(notice: Notice, *, by: Any = None) -> None:
    """A draft may be written anew; what was issued stays as the tenants signed it."""
    if notice.state != "draft":
        raise RuleError(_l("This notice was issued: it stays as it is."))
    _settle(notice)


def _settle(notice: Notice) -> None:
    """Whom it goes to follows from the scope; nothing else of an address is kept."""
    if not (notice.title or "").strip() or not (notice.body or "").strip():
        raise RuleError(_l("A notice needs a heading and a text."), field="title" if not notice.title else "body")
    if notice.scope == "unit":
        notice.floor = notice.floor_id = None
        if notice.unit is None and notice.tenancy is None:
            raise RuleError(_l("Choose a unit."), field="unit")
        settle_place(notice)
        if notice.tenancy is None:
            raise RuleError(_l("Nobody is in this unit."), field="unit")
        return
    notice.unit = notice.unit_id = notice.tenancy = notice.tenancy_id = None
    if notice.scope == "floor":
        if notice.floor is None:
            raise RuleError(_l("Choose a floor."), field="floor")
        notice.site = notice.floor.site
    else:
        notice.floor = notice.floor_id = None
    settle_place(notice)


def addressees(notice: Notice) -> list[Tenancy]:
    """The tenants a notice goes to now, by unit."""
    query = select(Tenancy).join(Unit, Tenancy.unit_id == Unit.id).where(Tenancy.state == "live")
    if notice.scope == "unit":
        query = query.where(Tenancy.id == notice.tenancy_id)
    elif notice.scope == "floor":
        query = query.where(Unit.floor_id == notice.floor_id)
    else:
        query = query.where(Tenancy.site_id == notice.site_id)
    return list(db.session.scalars(query.order_by(Unit.number, Tenancy.id)))


def issue(notice: Notice, *, by: Any = None) -> list[NoticeReceipt]:
    """Who issues signs: name and moment stay on the notice; each tenant gets a receipt to sign."""
    tenants = addressees(notice)
    if not tenants:
        raise RuleError(_l("Nobody is there to receive this notice."))
    notice.issued_on, notice.issued_at, notice.issued_by_id = today(), now(), getattr(by, "id", None)
    notice.sign_by_on = notice.sign_by_on or today() + dt.timedelta(days=DAYS_TO_SIGN)
    receipts = [
        NoticeReceipt(
            site_id=notice.site_id,
            notice=notice,
            unit_id=tenancy.unit_id,
            tenancy_id=tenancy.id,
            tenancy=tenancy,
            due_on=notice.sign_by_on,
        )
        for tenancy in tenants
    ]
    db.session.add_all(receipts)
    db.session.flush()
    return receipts


def withdraw(notice: Notice, *, by: Any = None, reason: str = "") -> None:
    """Take a notice back, for a reason; who has not signed yet need not."""
    if not reason.strip():
        raise RuleError(_l("Say why it is taken back."), field="reason")
    notice.reason = reason.strip()
    for receipt in notice.receipts:
        if receipt.state == "open":
            receipt.state = "void"


def _all_answered(notice: Notice, _user: Any = None) -> None:
    if left := unanswered(notice):
        raise RuleError(_l("%(count)s have not signed yet.", count=left))


def unanswered(notice: Notice) -> int:
    """How many receipts are still open."""
    query = select(func.count(NoticeReceipt.id)).where(
        NoticeReceipt.notice_id == notice.id, NoticeReceipt.state == "open"
    )
    return int(db.session.scalar(query) or 0)


# --- receipts ---


def sign(receipt: NoticeReceipt, *, by: Any = None) -> None:
    """The receipt's form: signed on screen, or on paper and ticked."""
    if not receipt.client_signature and not receipt.is_signed_on_paper:
        raise RuleError(_l("Let them sign here, or tick that they signed on paper."), field="client_signature")
    walk(RECEIPT_MOVES, receipt, "receive", by=by, write=audit.write, received_by=receipt.received_by)


def receive(receipt: NoticeReceipt, *, by: Any = None, received_by: str = "") -> None:
    """Who receives signs, with name and moment; the receipt is filed into the tenant's file."""
    if not received_by.strip():
        raise RuleError(_l("Say who received it."), field="received_by")
    receipt.received_by = received_by.strip()
    receipt.is_signed_on_paper = receipt.is_signed_on_paper or not receipt.client_signature
    _answer(receipt, "received", by)


def refuse(receipt: NoticeReceipt, *, by: Any = None, remark: str = "") -> None:
    """The tenant does not accept it; what was said, and who stood by, is kept and filed."""
    if not remark.strip():
        raise RuleError(_l("Say why it was not accepted, and who stood by."), field="remark")
    receipt.remark = remark.strip()
    _answer(receipt, "refused", by)


def _answer(receipt: NoticeReceipt, state: str, by: Any) -> None:
    """File the answer; the last one closes the notice."""
    notice = receipt.notice
    receipt.received_at, receipt.state = now(), state
    db.session.flush()
    file_record(receipt, PAPER_CLASSES.get(notice.kind, "letter"), notice.title, on=notice.issued_on, by=by)
    if not unanswered(notice):
        walk(MOVES, notice, "close", by=by, write=audit.write)
        db.session.flush()


_WHY = (("reason", _l("Reason")),)
MOVES = [
    Move("issue", {"draft"}, "issued", "Notice:issue", _l("Issue and sign"), issue, style="primary"),
    Move("close", {"issued"}, "closed", "Notice:close", _l("All have signed"), guard=_all_answered),
    Move(
        "withdraw",
        {"draft", "issued"},
        "withdrawn",
        "Notice:withdraw",
        _l("Take the notice back"),
        withdraw,
        asks=_WHY,
        style="danger",
    ),
]
RECEIPT_MOVES = [
    Move(
        "receive",
        {"open"},
        "received",
        "NoticeReceipt:sign",
        _l("Signed on paper"),
        receive,
        asks=(("received_by", _l("Received by")),),
        style="primary",
    ),
    Move(
        "refuse",
        {"open"},
        "refused",
        "NoticeReceipt:sign",
        _l("Not accepted"),
        refuse,
        asks=(("remark", _l("Why, and who stood by")),),
        style="danger",
    ),
]
