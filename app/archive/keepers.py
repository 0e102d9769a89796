"""Who keeps a scheme's files at a site: appointed by the director, one at a time, with the history (P11.01, P3.12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.keeping import Keeper
from app.archive.models import File
from app.estate.rules import sites_of
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit


def current(site_id: int, scheme_key: str) -> Keeper | None:
    """The appointment that holds now."""
    mine = (Keeper.site_id == site_id, Keeper.scheme_key == scheme_key, Keeper.until_on.is_(None))
    return db.session.scalar(select(Keeper).where(*mine).order_by(Keeper.id.desc()).limit(1))


def for_new(file: File) -> int | None:
    """Who keeps a new file; RuleError where the scheme asks for an appointment and there is none (P11.01)."""
    found = current(file.site_id, file.scheme_key)
    if found is None and file.scheme.body.get("needs_appointed_keeper"):
        raise RuleError(_l("The director has appointed nobody to keep these files yet."))
    return found.user_id if found is not None else None


def appoint(keeper: Keeper, *, by: Any = None) -> None:
    """A new keeper from today; the one before ends."""
    if keeper.user is not None and keeper.site is not None and keeper.site.id not in sites_of(keeper.user):
        raise RuleError(_l("This person does not work for the site."), field="user")
    if keeper.site is None or keeper.user is None:
        raise RuleError(_l("Choose site and keeper."), field="user" if keeper.user is None else "site")
    with db.session.no_autoflush:
        before = current(keeper.site.id, keeper.scheme_key)
    if before is not None:
        end(before, by=by)
    keeper.site_id, keeper.user_id = keeper.site.id, keeper.user.id
    keeper.from_on, keeper.appointed_by_id = today(), getattr(by, "id", None)
    db.session.add(keeper)
    db.session.flush()
    audit.write("appoint_keeper", keeper, {"scheme": keeper.scheme_key, "to": keeper.user_id}, by=by)


def end(keeper: Keeper, *, by: Any = None) -> None:
    """The appointment ends today; what is still held is handed over like anything else."""
    keeper.until_on = today()


MOVES = [
    Move("end", {"live"}, None, "Keeper:end", _l("End the appointment"), end, leads_to=("ended",), style="danger"),
]
