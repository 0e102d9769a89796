"""On which terms files are lent: what the access policy says of each, and what keeps a file or a person from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from app.archive import access
from app.archive.boxes import kept_in
from app.archive.keeping import AccessRule
from app.archive.models import File
from app.estate.models import Place
from app.incidents.rules import missing
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.loans.models import Loan, LoanLine
from app.trades.followed import FollowUp

MODE = "take_away"
HOURS_A_DAY = 24
MOST_DAYS, MOST_FILES = 365, 200


def agreed_on(files: Sequence[File], days: int) -> tuple[set[str], bool]:
    """Who has to agree to lending these files for so many days, and whether they must be back the same day.

    A policy that allows less than a day means the same day: until the desk's day ends (P1.15).
    """
    roles: set[str] = set()
    is_same_day = False
    for rule in _rules_of(files):
        usual = rule.longest_hours
        if usual is not None and usual < HOURS_A_DAY and days <= 1:
            is_same_day, hours = True, usual
        else:
            _refuse_more_than_a_day(rule, days)
            hours = days * HOURS_A_DAY
        roles |= access.chain_for([rule], hours, field="days")
    return roles, is_same_day


def _refuse_more_than_a_day(rule: AccessRule, days: int) -> None:
    """Where not even a second approval gives a day, say so in days rather than in hours."""
    most = (rule.utmost_hours if rule.beyond else None) or rule.longest_hours
    if most is not None and most < HOURS_A_DAY and days > 1:
        raise RuleError(_l("Such a file goes back the same day: ask for 1 day."), field="days")


def _rules_of(files: Sequence[File]) -> list[AccessRule]:
    """The policy's lines for all these files, each once."""
    met = [rule for file in files for rule in access.rules_for(file, MODE)]
    return list({rule.id: rule for rule in met}.values())


def refuse_late(borrower: Any) -> None:
    """Who is late with one loan has no other (P7.08); the number of the late one is all that is said."""
    late = select(Loan.number).where(Loan.borrower_id == borrower.id, Loan.state == "out", Loan.due_on < today())
    number = db.session.scalar(late.order_by(Loan.due_on).limit(1))
    if number is not None:
        raise RuleError(_l("Loan %(number)s is overdue: it comes back first.", number=number))


def due_follow_ups(query: Select[Any]) -> Select[Any]:
    """The follow-ups for which a file may be borrowed."""
    return query.where(FollowUp.state == "due")


def on_loan(file: File) -> LoanLine | None:
    """The line under which the file is out now."""
    return db.session.scalar(select(LoanLine).where(LoanLine.file_id == file.id, LoanLine.state == "out"))


def why_not(file: File) -> Any:
    """Why this file cannot be lent at all now, in words; "" where it can."""
    if file.state == "destroyed":
        return _l("This file is destroyed.")
    if on_loan(file) is not None:
        return _l("This file is on loan.")
    if (incident := missing(file)) is not None:
        return _l("This file is missing: incident %(number)s.", number=incident.number)
    return ""


def lendable(file: File) -> None:
    """RuleError in words where the file cannot be lent now."""
    if why := why_not(file):
        raise RuleError(why, field="file")


def of_place(place: Place, days: int) -> tuple[list[File], str]:
    """The files kept in a place that can be lent, and in words which are left out and why."""
    files, left = [], []
    for file in kept_in(place):
        why = why_not(file) if file.site_id == place.site_id else _l("This file is not one of this site.")
        why = why or _against(file, days)
        if why:
            left.append(f"{file.number}: {why}")
        else:
            files.append(file)
    return files, "；".join(left)[:2000]


def _against(file: File, days: int) -> Any:
    """What the access policy has against lending this file for so long; "" where nothing."""
    try:
        agreed_on([file], days)
    except RuleError as error:
        return error.message
    return ""
