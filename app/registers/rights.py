"""Who may do what with a register: asked by the gate, answered from the declaration's roles."""

from __future__ import annotations

from typing import Any

from app.registers import known
from app.security import gate

COARSE = {"list", "show", "add", "edit", "print", "export"}


def may(user: Any, verb: str, key: str) -> bool:
    """The declaration names one of the user's roles, and the role may use registers in this way at all."""
    coarse = verb if verb in COARSE else "show"
    register = known.find(key)
    if register is None or not gate.may(coarse, "Entry"):
        return False
    return register.declared.allows(verb, (role.name for role in user.roles))
