"""Asking for files, agreeing, handing them out on a slip that both sign; `returning.py` takes them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.archive import approvals
from app.archive.models import File
from app.customers.models import Tenancy
from app.estate.numbers import numbered
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.loans import returning, terms
from app.loans.models import Loan, LoanLine
from app.security import audit

SERIES = "CJ"


def ask(loan: Loan, *, by: Any) -> Loan:
    """A new loan of `by`: of one file, or of everything kept in a place (P7.08, P11.08)."""
    with db.session.no_autoflush:
        files = _files_of(loan)
        _settle_follow_up(loan)
        _check(loan, by)
        roles, loan.is_same_day = terms.agreed_on(files, loan.days)
        loan.site_id, loan.borrower_id = files[0].site_id, by.id
        approvals.begin(loan, roles)
        loan.number = numbered(loan.site_id, SERIES)
    db.session.add(loan)
    db.session.flush()
    for file in files:
        _put_on(loan, file)
    audit.write("ask", loan, {"number": loan.number, "days": loan.days, "files": len(files)}, by=by)
    return loan


def _files_of(loan: Loan) -> list[File]:
    """The file that was named, or those of the place; RuleError where none can be lent."""
    if (loan.file is None) == (loan.place is None):
        raise RuleError(_l("Choose a file, or a place whose files are all borrowed."), field="file")
    if not 1 <= (loan.days or 0) <= terms.MOST_DAYS:
        raise RuleError(_l("A loan lasts at least 1 day."), field="days")
    if loan.file is not None:
        terms.lendable(loan.file)
        return [loan.file]
    files, loan.left_out = terms.of_place(loan.place, loan.days)  # type: ignore[arg-type]
    if not files:
        raise RuleError(_l("No file kept there can be borrowed. %(why)s", why=loan.left_out), field="place")
    if len(files) > terms.MOST_FILES:
        raise RuleError(_l("At most %(count)s files at once.", count=terms.MOST_FILES), field="place")
    return files


def _settle_follow_up(loan: Loan) -> None:
    """A loan for a follow-up is for that customer's file, while it is due (P1.15)."""
    follow_up = loan.follow_up
    if follow_up is None:
        return
    if follow_up.state != "due" or loan.file is None or loan.file.customer_id != follow_up.customer_id:
        raise RuleError(_l("This follow-up is over, or is about another customer."), field="follow_up")
    loan.follow_up_id, loan.purpose_kind = follow_up.id, "follow_up"
    loan.purpose = loan.purpose or f"{follow_up.number} {follow_up.purpose}"[:300]


def note_follow_up(follow_up: Any, *, by: Any = None) -> None:
    """What came of a follow-up is what came of the loan that was made for it (P1.16)."""
    theirs = select(Loan).where(Loan.follow_up_id == follow_up.id, Loan.state == "out")
    for loan in db.session.scalars(theirs).all():
        loan.result = follow_up.result[:500]


def _check(loan: Loan, by: Any) -> None:
    if not (loan.purpose or "").strip():
        raise RuleError(_l("Say what the files are needed for."), field="purpose")
    terms.refuse_late(by)


def _put_on(loan: Loan, file: File) -> LoanLine:
    """One more line of the loan."""
    line = LoanLine(
        site_id=loan.site_id, loan=loan, file=file, position=1 + len(loan.lines), pages=pages_of(file), state="asked"
    )
    db.session.add(line)
    db.session.flush()
    return line


def pages_of(file: File) -> int:
    """How many pages the file holds by its catalogue."""
    return sum(paper.pages or 0 for paper in file.documents)


def takes_lines(loan: Loan) -> bool:
    """More files go on a loan until somebody has decided on it."""
    return loan.state in approvals.WAITING and not approvals.decisions(loan)


def add_line(line: LoanLine, *, by: Any) -> LoanLine:
    """One more file on one's own loan; who has to agree is asked anew of the policy."""
    with db.session.no_autoflush:
        loan, file = line.loan, line.file
        if loan is None or not takes_lines(loan):
            raise RuleError(_l("Somebody has decided on this loan: no file is added."), field="loan")
        if by is not None and by.id != loan.borrower_id:
            raise RuleError(_l("Only who asked adds files to the loan."), field="loan")
        _check_file(loan, file)
        files = [other.file for other in loan.lines if other is not line]
        roles, loan.is_same_day = terms.agreed_on([*files, file], loan.days)
        approvals.begin(loan, roles)
        line.site_id, line.position, line.pages, line.state = loan.site_id, len(files) + 1, pages_of(file), "asked"
    db.session.add(line)
    db.session.flush()
    audit.write("add_line", loan, {"file": file.number}, by=by)
    return line


def _check_file(loan: Loan, file: File | None) -> None:
    if file is None or file.site_id != loan.site_id:
        raise RuleError(_l("Choose a file of the loan's site."), field="file")
    if any(other.file_id == file.id for other in loan.lines if other.id is not None):
        raise RuleError(_l("This file is on the loan already."), field="file")
    terms.lendable(file)


def note_result(loan: Loan, *, by: Any) -> None:
    """What came of it is written by who borrowed (P1.15, P1.16)."""
    if by is not None and by.id != loan.borrower_id:
        raise RuleError(_l("Only who borrowed writes what came of it."))


def agreed(loan: Loan, *, by: Any) -> None:
    """The last of the chain has agreed: the files may be fetched."""
    loan.approved_at = now()


def _another_hand(loan: Loan, user: Any) -> None:
    """Nobody hands out to themselves."""
    if user is not None and user.id == loan.borrower_id:
        raise RuleError(_l("Nobody hands files out to themselves."))


def hand_out(
    loan: Loan, *, by: Any, borrower_signature: str = "", keeper_signature: str = "", is_signed_on_paper: bool = False
) -> None:
    """The keeper gives the files out; both have signed, on screen or on paper. The days begin now."""
    if not is_signed_on_paper and not (borrower_signature and keeper_signature):
        raise RuleError(_l("Both sign, on screen or on paper."), field="borrower_signature")
    terms.refuse_late(loan.borrower)
    roles, loan.is_same_day = terms.agreed_on([line.file for line in loan.lines], loan.days)
    if roles - set(loan.chain.split()):
        raise RuleError(_l("The access policy asks for more approvals now: ask anew."))
    for line in loan.lines:
        terms.lendable(line.file)
        line.pages, line.state = pages_of(line.file), "out"
    loan.borrower_signature, loan.keeper_signature = borrower_signature or "", keeper_signature or ""
    loan.is_signed_on_paper = bool(is_signed_on_paper)
    loan.handed_out_at, loan.handed_out_by_id = now(), by.id
    loan.due_on = today() if loan.is_same_day else today() + dt.timedelta(days=loan.days)
    db.session.flush()


def in_the_way(tenancy: Tenancy) -> Iterator[Any]:
    """Files of the tenant that are on loan: nobody moves out before they are back."""
    out = select(Loan.number).join(LoanLine, LoanLine.loan_id == Loan.id).join(File, File.id == LoanLine.file_id)
    for number in db.session.scalars(out.where(File.tenancy_id == tenancy.id, LoanLine.state == "out")):
        yield _l("The file is on loan (%(number)s)", number=number)


def keeps(file: File) -> Iterator[Any]:
    """What keeps a file from being destroyed: somebody has it."""
    line = terms.on_loan(file)
    if line is not None:
        yield _l("The file is on loan (%(number)s)", number=line.loan.number)


_SIGNED = (
    ("borrower_signature?", _l("Signature of the borrower")),
    ("keeper_signature?", _l("Signature of the keeper")),
    ("is_signed_on_paper?", _l("Both signed on paper")),
)
MOVES = [
    *approvals.moves("Loan", agreed),
    Move("hand_out", {"approved"}, "out", "Loan:hand_out", _l("Hand the files out"), hand_out, asks=_SIGNED,
         guard=_another_hand, style="primary"),
    Move("give_up", {"approved"}, "withdrawn", "Loan:withdraw", _l("Not needed any more"),
         guard=approvals.only_the_asker),
    *returning.MOVES,
]  # fmt: skip
