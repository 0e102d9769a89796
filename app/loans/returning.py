"""Taking files back: counted, complete, in their place (P11.08); what is damaged or lost is an incident at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.incidents import rules as incidents
from app.incidents.models import Incident
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.loans.models import RESULT_NEEDED, Loan, LoanLine, LoanReturn

# What keeps a loan from being returned, in words: asked of the rooms below, which create_app() lists.
may_return: list[Callable[[Loan], Iterable[Any]]] = []


def _another_hand(loan: Loan, user: Any) -> None:
    """Who borrowed does not count what they give back."""
    if user is not None and user.id == loan.borrower_id:
        raise RuleError(_l("Nobody takes back what they borrowed themselves."))


def _another_hand_on_line(line: LoanLine, user: Any) -> None:
    _another_hand(line.loan, user)


def out_lines(loan: Loan) -> list[LoanLine]:
    """What of the loan is still out."""
    return [line for line in loan.lines if line.state == "out"]


def take_back(loan: Loan, *, by: Any, pages: int | None = None, is_checked: bool = False, result: str = "") -> None:
    """All that is still out comes back complete: the pages counted are those that were lent."""
    lines = out_lines(loan)
    loan.result = (result or "").strip() or loan.result
    _demand_check(is_checked)
    _demand_pages(pages, sum(line.pages for line in lines))
    for line in lines:
        _close(line, "back", "complete", line.pages, by)


def take_back_one(line: LoanLine, *, by: Any, pages: int | None = None, is_checked: bool = False) -> None:
    """One file comes back complete."""
    _demand_check(is_checked)
    _demand_pages(pages, line.pages)
    _close(line, "back", "complete", line.pages, by)


def take_back_damaged(line: LoanLine, *, by: Any, pages: int | None = None, reason: str = "") -> None:
    """The file comes back harmed or with pages missing: an incident in the same transaction (P1.17)."""
    if pages is None or not 0 <= pages <= line.pages:
        raise RuleError(_l("Lent were %(count)s pages.", count=line.pages), field="pages")
    _close(line, "back", "damaged", pages, by, reason)


def lose_one(line: LoanLine, *, by: Any, reason: str = "") -> None:
    """The file does not come back: an incident in the same transaction (P1.17)."""
    _close(line, "lost", "lost", 0, by, reason)


def lose(loan: Loan, *, by: Any, reason: str = "") -> None:
    """Nothing of what is still out comes back."""
    for line in out_lines(loan):
        lose_one(line, by=by, reason=reason)


def _demand_check(is_checked: bool) -> None:
    if not is_checked:
        raise RuleError(
            _l("Count it and put it back in its place first; what is not complete is taken back file by file."),
            field="is_checked",
        )


def _demand_pages(counted: int | None, lent: int) -> None:
    if counted != lent:
        raise RuleError(
            _l("%(lent)s pages were lent: take a file that is not complete back as damaged.", lent=lent), field="pages"
        )


def _close(line: LoanLine, state: str, condition: str, pages: int, by: Any, reason: str = "") -> None:
    """The line is over, for good; with the last one the loan is."""
    loan = line.loan
    if why := "；".join(str(reason) for ask in may_return for reason in ask(loan)):
        raise RuleError(why, field="result")
    if loan.purpose_kind in RESULT_NEEDED and not (loan.result or "").strip():
        raise RuleError(
            _l("Say first what came of the follow-up: without a result it is not returned."), field="result"
        )
    line.state, line.is_checked = state, condition == "complete"
    incident = _incident(line, condition, by, reason)
    back = LoanReturn(
        site_id=line.site_id, loan=loan, line=line, returned_at=now(), received_by_id=by.id, pages=pages,
        condition=condition, remark=(reason or "").strip()[:500], incident=incident,
    )  # fmt: skip
    db.session.add(back)
    db.session.flush()
    if not out_lines(loan):
        _finish(loan)


def _incident(line: LoanLine, condition: str, by: Any, reason: str) -> Incident | None:
    """What is written down of a file that is not as it was lent; the borrower answers for it."""
    if condition == "complete":
        return None
    if not (reason or "").strip():
        raise RuleError(_l("Say what happened."), field="reason")
    kind = "loss" if condition == "lost" else "damage"
    found = Incident(
        kind=kind, file=line.file, loan=line.loan, accountable_id=line.loan.borrower_id, what_happened=reason.strip()
    )
    return incidents.open_incident(found, by=by)


def _finish(loan: Loan) -> None:
    loan.is_checked = all(line.is_checked for line in loan.lines)
    loan.returned_on = today()
    loan.state = "lost" if any(line.state == "lost" for line in loan.lines) else "returned"
    db.session.flush()


_CHECKED = ("is_checked?", _l("Counted, complete and unharmed, back in its place"))
_COUNTED = ("pages", _l("Pages counted"))
_WHY = (("reason", _l("What happened")),)
MOVES = [
    Move("take_back", {"out"}, None, "Loan:take_back", _l("Take everything back"), take_back, guard=_another_hand,
         asks=(_COUNTED, ("result?", _l("Result of the loan")), _CHECKED), leads_to=("returned", "lost"),
         style="primary"),
    Move("lose", {"out"}, None, "Loan:take_back", _l("Nothing comes back"), lose, guard=_another_hand, asks=_WHY,
         leads_to=("lost",), style="danger"),
]  # fmt: skip
LINE_MOVES = [
    Move("take_back", {"out"}, None, "LoanLine:take_back", _l("Take this file back"), take_back_one,
         asks=(_COUNTED, _CHECKED), guard=_another_hand_on_line, leads_to=("back",), style="primary"),
    Move("take_back_damaged", {"out"}, None, "LoanLine:take_back", _l("Take back damaged or incomplete"),
         take_back_damaged, asks=(_COUNTED, *_WHY), guard=_another_hand_on_line, leads_to=("back",)),
    Move("lose", {"out"}, None, "LoanLine:take_back", _l("It does not come back"), lose_one, asks=_WHY,
         guard=_another_hand_on_line, leads_to=("lost",), style="danger"),
]  # fmt: skip
