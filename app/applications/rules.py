"""Applications: written down, decided by another person, carried out, filed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.applications.models import APPLICATION_KINDS, Application, GoodsLine
from app.archive.dayrecords import file_record, number_it, settle_place
from app.customers.models import Tenancy
from app.customers.rules import caller_of
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit

# Which fields each kind fills in, in the order of its form; every form begins with who asks.
FIELDS: dict[str, tuple[str, ...]] = {
    "lock": ("what", "quantity", "fee_cents"),
    "phone": ("what", "quantity", "fee_cents"),
    "parking": ("plate", "quantity", "what", "fee_cents"),
    "nameboard": ("wanted_words", "what", "fee_cents"),
    "overtime": ("from_at", "until_at", "what", "fee_cents"),
    "goods_release": ("from_at", "until_at", "plate", "what"),
}
NEEDED = {"lock": "what", "phone": "what", "parking": "plate", "nameboard": "wanted_words", "overtime": "until_at"}
SPANS = {"overtime", "goods_release"}
PAPER_CLASSES = {"nameboard": "nameboard"}
LONGEST_PLACE = 100


def ask(application: Application, *, by: Any = None) -> Application:
    """Write an application down for a unit's tenant."""
    with db.session.no_autoflush:
        check(application)
        settle_place(application)
        if application.tenancy is None:
            raise RuleError(_l("Nobody is in this unit."), field="unit")
        application.asked_on = application.asked_on or today()
        number_it(application, "SQ")
    db.session.add(application)
    db.session.flush()
    audit.write("ask", application, {"number": application.number, "kind": application.kind}, by=by)
    return application


def amend(application: Application, *, by: Any = None) -> None:
    """Only what nobody has decided on yet changes."""
    if application.state != "asked":
        raise RuleError(_l("This application was decided: it stays as it is."))
    check(application)


def check(application: Application) -> None:
    """What each kind must say."""
    if application.unit is None:
        raise RuleError(_l("Choose a unit."), field="unit")
    needed = NEEDED.get(application.kind)
    if needed and getattr(application, needed) in (None, ""):
        raise RuleError(_l("Please fill this in."), field=needed)
    if application.quantity is not None and application.quantity < 1:
        raise RuleError(_l("The quantity is at least one."), field="quantity")
    if application.kind in SPANS:
        if application.from_at is None:
            raise RuleError(_l("Please fill this in."), field="from_at")
        if application.until_at is not None and application.until_at <= application.from_at:
            raise RuleError(_l("It ends before it begins."), field="until_at")
    if (application.fee_cents or 0) < 0:
        raise RuleError(_l("An amount is not below nothing."), field="fee_cents")


def known(draft: Any) -> dict[str, Any]:
    """Who asks, from the unit's daily contact."""
    contact = caller_of(getattr(draft, "unit", None))
    return {"applicant": contact.name, "phone": contact.phone} if contact is not None else {}


def add_line(line: GoodsLine, *, by: Any = None) -> GoodsLine:
    """One more thing on a goods release that is not decided yet."""
    if line.application is None or not takes_lines(line.application):
        raise RuleError(_l("Goods are listed on a release that is not decided yet."), field="application")
    amend_line(line)
    line.site_id = line.application.site_id
    db.session.add(line)
    db.session.flush()
    audit.write("add_line", line.application, {"line": line.id}, by=by)
    return line


def amend_line(line: GoodsLine, *, by: Any = None) -> None:
    if not takes_lines(line.application):
        raise RuleError(_l("This application was decided: it stays as it is."))
    line.quantity = 1 if line.quantity is None else line.quantity
    if line.quantity < 1:
        raise RuleError(_l("The quantity is at least one."), field="quantity")


def takes_lines(application: Application) -> bool:
    """Only a goods release that waits for a decision takes more goods."""
    return application.kind == "goods_release" and application.state == "asked"


def approve(application: Application, *, by: Any = None) -> None:
    """Another person than who wrote it down says yes."""
    if application.kind == "goods_release" and not application.lines:
        raise RuleError(_l("List the goods first."))
    _decide(application, by)


def refuse(application: Application, *, by: Any = None, reason: str = "") -> None:
    """Another person says no, and why."""
    if not reason.strip():
        raise RuleError(_l("Say why it is refused."), field="reason")
    application.reason = reason.strip()
    _decide(application, by)


def withdraw(application: Application, *, by: Any = None, reason: str = "") -> None:
    """The tenant no longer wants it."""
    application.reason = reason.strip() or application.reason


def finish(application: Application, *, by: Any = None, given: str = "", on: dt.date | None = None) -> None:
    """It is carried out: the tenancy learns of its name board or parking space, and the paper is filed."""
    application.given = given.strip()[:LONGEST_PLACE]
    application.done_on = on or today()
    tenancy = application.tenancy
    if tenancy is not None and tenancy.state == "live":
        _tell_tenancy(application, tenancy, by)
    db.session.flush()
    paper_class = PAPER_CLASSES.get(application.kind, "application")
    file_record(application, paper_class, title_of(application), on=application.asked_on, by=by)


def title_of(application: Application) -> str:
    """What its paper is called in the file, in the archive's language."""
    from flask_babel import force_locale

    with force_locale("zh_Hans"):
        return f"{APPLICATION_KINDS[application.kind]} {application.number}"


def _tell_tenancy(application: Application, tenancy: Tenancy, by: Any) -> None:
    if application.kind == "nameboard":
        _set(tenancy, "nameboard", application.wanted_words, by)
    elif application.kind == "parking":
        given, held = application.given or application.plate, tenancy.parking
        if given not in held:
            _set(tenancy, "parking", "、".join(filter(None, (held, given)))[:LONGEST_PLACE], by)


def _set(tenancy: Tenancy, column: str, value: str, by: Any) -> None:
    if getattr(tenancy, column) != value:
        setattr(tenancy, column, value)
        audit.write("edit", tenancy, {"columns": [column]}, by=by)


def _decide(application: Application, by: Any) -> None:
    application.decided_by_id, application.decided_at = getattr(by, "id", None), now()


def _another(application: Application, user: Any) -> None:
    if user is not None and application.created_by_id == user.id:
        raise RuleError(_l("Who wrote an application down does not decide on it."))


MOVES = [
    Move(
        "approve",
        {"asked"},
        "approved",
        "Application:approve",
        _l("Approve"),
        approve,
        guard=_another,
        style="primary",
    ),
    Move(
        "refuse",
        {"asked"},
        "refused",
        "Application:approve",
        _l("Refuse"),
        refuse,
        asks=(("reason", _l("Reason")),),
        guard=_another,
        style="danger",
    ),
    Move(
        "finish",
        {"approved"},
        "done",
        "Application:edit",
        _l("Carried out"),
        finish,
        asks=(("given?", _l("What was given (number, place)")),),
        style="primary",
    ),
    Move(
        "withdraw",
        {"asked", "approved"},
        "withdrawn",
        "Application:edit",
        _l("Withdraw"),
        withdraw,
        asks=(("reason?", _l("Reason")),),
        style="danger",
    ),
]
