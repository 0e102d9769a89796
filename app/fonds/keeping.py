"""Keeping a fonds for another holder 代为保管: with written consent only, until a day on which it must go (P4.04)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, select

from app.fonds.models import ArchivalItem, Fonds, Holder, Keeping
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db

SOON = dt.timedelta(days=30)


def ask(keeping: Keeping, *, by: Any = None) -> Keeping:
    """The written request: which fonds, kept by whom, for whom, why."""
    fonds, keeper, owner = keeping.fonds, keeping.keeper, keeping.owner
    if fonds is None:
        raise RuleError(_l("Choose a fonds."), field="fonds")
    if keeper is None or owner is None or keeper.id == owner.id:
        raise RuleError(_l("Who keeps it and for whom are two."), field="owner")
    with db.session.no_autoflush:
        if fonds.holder_id != keeper.id and not _has_some(keeper, fonds):
            raise RuleError(_l("Nothing of this fonds is kept there."), field="keeper")
        if _live(fonds) is not None:
            raise RuleError(_l("This fonds is kept for another already."), field="fonds")
    keeping.site_id, keeping.fonds_id, keeping.state = fonds.site_id, fonds.id, "asked"
    keeping.keeper_id, keeping.owner_id = keeper.id, owner.id
    keeping.consent_number, keeping.consent_on = "", None
    return keeping


def _has_some(keeper: Holder, fonds: Fonds) -> bool:
    mine = (ArchivalItem.fonds_id == fonds.id, ArchivalItem.holder_id == keeper.id)
    return db.session.scalar(select(ArchivalItem.id).where(*mine).limit(1)) is not None


def _live(fonds: Fonds) -> Keeping | None:
    live = Keeping.state.in_(("asked", "consented"))
    return db.session.scalar(select(Keeping).where(Keeping.fonds_id == fonds.id, live))


def consent(
    keeping: Keeping,
    *,
    by: Any = None,
    consent_number: str = "",
    consent_by: str = "",
    consent_on: dt.date | None = None,
    reach_on: dt.date | None = None,
) -> None:
    """The archives bureau agreed in writing: its number, its day, and until when. A later consent moves the day."""
    if not consent_number.strip():
        raise RuleError(_l("Type the number of the written consent."), field="consent_number")
    if not consent_by.strip():
        raise RuleError(_l("Say who agreed."), field="consent_by")
    if consent_on is None or consent_on > today():
        raise RuleError(_l("Choose a day that is not in the future."), field="consent_on")
    if reach_on is None or reach_on <= consent_on:
        raise RuleError(_l("Choose a day after the consent."), field="reach_on")
    if keeping.state == "consented" and consent_number.strip() == keeping.consent_number:
        raise RuleError(_l("Keeping it longer needs another written consent."), field="consent_number")
    keeping.consent_number, keeping.consent_by = consent_number.strip()[:60], consent_by.strip()[:100]
    keeping.consent_on, keeping.reach_on = consent_on, reach_on


def end(keeping: Keeping, *, by: Any = None) -> None:
    """Over only once everything is with whom it was kept for."""
    if _has_some(keeping.keeper, keeping.fonds):
        raise RuleError(_l("It is still here: transfer it first."))
    keeping.ended_on = today()


def follow(fonds: Fonds, giver: Holder, *, by: Any = None) -> None:
    """A transfer took everything away: the task is done."""
    live = _live(fonds)
    if live is not None and live.keeper_id == giver.id and not _has_some(giver, fonds):
        live.state, live.ended_on = "ended", today()


def due(until: dt.date | None = None) -> Select[tuple[Keeping]]:
    """What must be transferred by then, the most urgent first; by today where nothing is said."""
    last = until if until is not None else today()
    live = (Keeping.state == "consented", Keeping.reach_on <= last)
    return select(Keeping).where(*live).order_by(Keeping.reach_on, Keeping.id)


_CONSENT = (
    ("consent_number", _l("Number of the written consent")),
    ("consent_by", _l("Consent given by")),
    ("consent_on", _l("Consent of")),
    ("reach_on", _l("To be transferred by")),
)
MOVES = [
    Move(
        "consent", {"asked"}, "consented", "Keeping:consent", _l("Written consent is there"), consent, asks=_CONSENT,
        style="primary",
    ),
    Move("consent_anew", {"consented"}, None, "Keeping:consent", _l("Another consent: longer"), consent, asks=_CONSENT),
    Move("refuse", {"asked"}, "refused", "Keeping:consent", _l("Refuse"), asks=(("reason", _l("Reason")),)),
    Move("end_keeping", {"consented"}, "ended", "Keeping:end_keeping", _l("Everything is transferred"), end),
]  # fmt: skip
