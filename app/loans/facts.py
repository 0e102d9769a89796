"""What loans say on paper: the slip that both sign, and the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Select, select

from app.archive import approvals
from app.archive.keeping import AccessRule
from app.archive.models import Approval, File
from app.estate import facts as estate
from app.kit.columns import DESK_TIME
from app.kit.session import db
from app.loans.models import Loan, LoanLine, LoanReturn
from app.loans.terms import MODE
from app.printing.subjects import Facts, read, subject

COLUMNS = (
    "number", "borrower", "department", "purpose_kind", "purpose", "days", "is_same_day", "state", "due_on",
    "handed_out_at", "handed_out_by", "borrower_signature", "keeper_signature", "is_signed_on_paper", "result",
    "returned_on", "is_checked", "created_at", "left_out",
)  # fmt: skip
ROW = ("number", "borrower", "department", "purpose", "due_on", "handed_out_by", "state", "result")
RETURNED = ("returned_at", "pages", "condition", "received_by")
PARTS: dict[str, type] = {**estate.PARTS, "loan": Loan, "lines": LoanLine, "file": File, "returns": LoanReturn}


@subject("loan", Loan, parts={**PARTS, "approvals": Approval})
def loan_facts(loan: Loan) -> Facts:
    """The loan with its files, who agreed, and the signatures already given."""
    returned = _returns([loan.id])
    lines = [_line(line, returned.get(line.id)) for line in loan.lines]
    return {
        "loan": read(loan, *COLUMNS),
        "lines": lines,
        "page_total": sum(line["pages"] for line in lines),
        "approvals": [_approval(one) for one in approvals.decisions(loan)],
        "site": estate.site_facts(loan.site),
    }


def _line(line: LoanLine, back: LoanReturn | None) -> Facts:
    """A file of the loan, and how it came back."""
    file, returned = read(line.file, "number", "current_name", "seal"), read(back, *RETURNED)
    return read(line, "position", "pages") | {
        "file": file["number"],
        "title": f"{line.file.unit_number} {file['current_name']}".strip(),
        "seal": "" if file["seal"] == "none" else file["seal"],
        "returned_on": returned["returned_at"][:10],
        "counted": returned["pages"],
        "condition": returned["condition"],
        "received_by": returned["received_by"],
    }


def _approval(one: Approval) -> Facts:
    return read(one, "role", "user", "verdict", "decided_at", "reason")


def _returns(loans: Sequence[int]) -> dict[int, LoanReturn]:
    """How the files of these loans came back, by their lines."""
    query = select(LoanReturn).where(LoanReturn.loan_id.in_(loans))
    return {one.line_id: one for one in db.session.scalars(query)}


def among(first: dt.date, last: dt.date) -> Select[tuple[Loan]]:
    """The loans asked for on these days."""
    begin = dt.datetime.combine(first, dt.time(), tzinfo=DESK_TIME)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=DESK_TIME)
    return select(Loan).where(Loan.created_at >= begin, Loan.created_at < end).order_by(Loan.id)


REGISTER: dict[str, type] = {**PARTS, "rows": Loan, "rule": AccessRule}


@subject("loan_register", Loan, parts=REGISTER, many=True, among=among)
def register_facts(loans: Sequence[Loan]) -> Facts:
    """The register: a line a file, in the order they were asked for (P7.08)."""
    returned, agreed = _returns([loan.id for loan in loans]), _last_approvals(loans)
    rows: list[Facts] = []
    for loan in sorted(loans, key=lambda each: each.id):
        told = read(loan, *ROW) | {"day": read(loan, "created_at")["created_at"][:10], "mode": MODE}
        told["agreed_by"] = read(agreed.get(loan.id), "user")["user"]
        for line in loan.lines:
            rows.append(_line(line, returned.get(line.id)) | told | {"position": len(rows) + 1})
    days = sorted(row["day"] for row in rows)
    site = estate.site_facts(loans[0].site) if loans else {"name": "", "manager_firm": ""}
    return {"rows": rows, "first_day": days[0] if days else "", "last_day": days[-1] if days else "", "site": site}


def _last_approvals(loans: Sequence[Loan]) -> dict[int, Approval]:
    """The last agreement to each loan."""
    query = select(Approval).where(
        Approval.subject_type == "Loan",
        Approval.verdict == "agreed",
        Approval.subject_id.in_([one.id for one in loans]),
    )
    return {one.subject_id: one for one in db.session.scalars(query.order_by(Approval.id))}
