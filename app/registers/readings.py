"""Who has read an entry that everybody of some roles must have read, and who has not yet (P2.10)."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import and_, func, or_, select

from app.estate.models import SiteUser
from app.kit.columns import now
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.registers import known
from app.registers.declaration import Declaration
from app.registers.models import Entry, EntryReading
from app.registers.shape import EVERYONE
from app.security import audit, gate, roles

NO_PERSON = "admin"  # opens nothing: has nothing to read either


def asks(record: Entry, declared: Declaration) -> bool:
    """The entry is to be read now by those whom the declaration names."""
    asked: dict[str, Any] | None = declared.body.get("acknowledge")
    return asked is not None and (not asked.get("states") or record.state in asked["states"])


def readers(record: Entry, declared: Declaration) -> list[User]:
    """Whoever must read it: those of the named roles who work at its site."""
    named = set(declared.roles("acknowledge"))
    names = [name for name in roles.ROLES if name != NO_PERSON and (EVERYONE in named or name in named)]
    here = select(SiteUser.user_id).where(SiteUser.site_id == record.site_id)
    query = select(User).where(User.active, User.id.in_(here), User.roles.any(Role.name.in_(names)))
    return list(db.session.scalars(query.order_by(User.last_name, User.id)))


def readings(record: Entry) -> dict[int, EntryReading]:
    """Who has read the version that counts now."""
    query = select(EntryReading).where(EntryReading.entry_id == record.id, EntryReading.edition == record.read_edition)
    return {line.user_id: line for line in db.session.scalars(query)}


def may_confirm(record: Entry, declared: Declaration, user: Any) -> bool:
    """It is asked of this user, and they have not confirmed this version."""
    if user is None or not asks(record, declared):
        return False
    named = declared.allows("acknowledge", (role.name for role in user.roles))
    return named and user.id not in readings(record)


def confirm(record: Entry, declared: Declaration, *, by: Any) -> None:
    """Somebody says that they have read it; said twice it counts once."""
    if not asks(record, declared) or not declared.allows("acknowledge", (role.name for role in by.roles)):
        raise RuleError(_l("This is not asked of you."))
    if by.id in readings(record):
        return
    line = EntryReading(
        site_id=record.site_id, entry_id=record.id, user_id=by.id, edition=record.read_edition, at=now()
    )
    db.session.add(line)
    db.session.flush()
    audit.write("confirm_read", record, {"edition": record.read_edition}, by=by)


def waiting_for(user: Any) -> dict[str, int]:
    """How many entries of each register a user still has to read: one statement."""
    names = [role.name for role in user.roles]
    asked = [each.declared for each in known.offered() if each.declared.body.get("acknowledge")]
    wanted = [_wanted(declared) for declared in asked if declared.allows("acknowledge", names)]
    if not wanted:
        return {}
    mine = select(EntryReading.id).where(
        EntryReading.entry_id == Entry.id, EntryReading.user_id == user.id, EntryReading.edition == Entry.read_edition
    )
    counts: Any = select(Entry.register_key, func.count())
    query = gate.scope(counts, Entry)
    counted = query.where(or_(*wanted), ~mine.exists()).group_by(Entry.register_key)
    return {str(key): int(count) for key, count in db.session.execute(counted)}


def _wanted(declared: Declaration) -> Any:
    states = declared.body["acknowledge"].get("states")
    mine = Entry.register_key == declared.key
    return and_(mine, Entry.state.in_(states)) if states else mine
