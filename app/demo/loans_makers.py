"""Makers of loans and incidents for tests and the demo: each fills in what is not said."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User

from app.archive import approvals
from app.archive.models import File
from app.demo import makers
from app.incidents import rules as incidents
from app.incidents.models import Incident
from app.kit.moves import walk
from app.kit.session import db
from app.loans import rules as loans
from app.loans.models import Loan, LoanLine
from app.security import audit

WHO = {"asked": "supervisor", "passed": "manager", "raised": "director"}


def make_loan(file: File | None, by: User, days: int = 3, **more: Any) -> Loan:
    """A loan that waits for its first approval."""
    return loans.ask(Loan(file=file, days=days, **{"purpose": "核对租赁合同附件", **more}), by=by)


def approve_loan(loan: Loan) -> Loan:
    """Everybody of its chain agrees."""
    while loan.state in approvals.WAITING:
        walk(loans.MOVES, loan, approvals.VERBS[loan.state], by=makers.user(WHO[loan.state]), write=audit.write)
        db.session.flush()
    return loan


def make_loan_out(file: File | None, by: User, days: int = 3, *, keeper: User | None = None, **more: Any) -> Loan:
    """A loan that was agreed to and handed out by the keeper, signed on paper."""
    loan = approve_loan(make_loan(file, by, days, **more))
    signed = {"is_signed_on_paper": True}
    walk(loans.MOVES, loan, "hand_out", by=keeper or makers.user("archivist"), write=audit.write, **signed)
    db.session.flush()
    return loan


def add_to_loan(loan: Loan, file: File) -> LoanLine:
    """One more file on a loan that nobody has decided on."""
    borrower = loan.borrower
    with db.session.no_autoflush:
        return loans.add_line(LoanLine(loan=loan, file=file), by=borrower)


def give_back(loan: Loan, *, keeper: User | None = None, result: str = "") -> Loan:
    """All of it comes back complete."""
    pages = sum(line.pages for line in loan.lines if line.state == "out")
    said: dict[str, Any] = {"pages": pages, "is_checked": True, "result": result}
    walk(loans.MOVES, loan, "take_back", by=keeper or makers.user("archivist"), write=audit.write, **said)
    db.session.flush()
    return loan


def make_incident(file: File | None = None, kind: str = "loss", *, by: Any = None, **more: Any) -> Incident:
    """An incident with a file that waits for a decision."""
    said = {"what_happened": "盘点时发现档案不在柜中，登记簿上无出借记录。", **more}
    return incidents.open_incident(Incident(file=file or makers.make_file(), kind=kind, **said), by=by)
