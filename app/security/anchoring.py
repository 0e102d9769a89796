"""A machine that newly shares the database, or was restored, begins to keep a head of the audit of its own (G5)."""

from __future__ import annotations

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import after_commit, db
from app.security import audit, chain, verify


def begin() -> chain.Head:
    """Look through the whole audit, and from its newest line on keep the head here. A line says so."""
    if not verify.verify(outside=False).ok:
        raise RuleError(_l("The audit does not hold: no machine begins with it before that is explained."))
    audit.write("anchor_audit", None, {})
    audit.settle(db.session())
    head, _trusted = db.session().info[audit.MOVE]
    after_commit(lambda: chain.begin_anchor(head))
    return chain.Head(*head)
