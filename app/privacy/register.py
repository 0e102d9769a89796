"""The register of personal columns: what each is kept for, on which legal basis, how long, masked how, seen by whom.

What is said in `register.yaml` is compared with the models by a test; label, mask and readers are read from where
they stand: the column, and the roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import JSON, Date, MetaData, String, Table
from sqlalchemy.types import TypeDecorator

from app.kit import yamls
from app.kit.kinds import mapper_of
from app.kit.labels import _l
from app.kit.language import say
from app.security import roles
from app.security.audit_words import SUBJECTS
from app.security.gate import permission_of

HERE = Path(__file__).parent
BASES = {
    "contract": _l("Needed for the contract (PIPL 13.2)"),
    "duty": _l("Legal duty (PIPL 13.3)"),
    "consent": _l("Consent (PIPL 13.1)"),
    "staff": _l("Management of staff (PIPL 13.2)"),
    "emergency": _l("Emergency (PIPL 13.4)"),
}
# columns of tables that have no words of their own: FAB's, and those no screen shows
LABELS = {
    "ab_register_user.email": _l("Mail address"),
    "ab_register_user.first_name": _l("Given name"),
    "ab_register_user.last_name": _l("Name"),
    "ab_register_user.username": _l("User name"),
    "login_failure.key": _l("Name or address of the attempt"),
    "login_session.data": _l("What the session keeps"),
}
BIRTH = ("birth", "born")


@dataclass(frozen=True)
class Entry:
    """One column of the register, as data says it."""

    table: str
    column: str
    purpose: str
    sensitive: bool = False
    internal: bool = False
    of_person: bool = False
    kept: bool = False


@dataclass(frozen=True)
class Line:
    """One column of the register, in words."""

    name: str
    kind: Any
    label: Any
    purpose: str
    basis: Any
    retention: str
    sensitive: bool
    shown: Any
    readers: str


@cache
def _said() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yamls.read((HERE / "register.yaml").read_text(encoding="utf-8"))
    return read


@cache
def entries() -> dict[str, Entry]:
    """Each entry by its "table.column"."""
    found = {}
    for name, said in _said()["columns"].items():
        more = {"purpose": said} if isinstance(said, str) else said
        if more["purpose"] not in _said()["purposes"]:
            raise LookupError(f"{name} is kept for {more['purpose']!r}, which is no purpose")
        table, column = name.split(".")
        found[name] = Entry(table, column, **more)
    return found


def personal(table: str) -> dict[str, Entry]:
    """The personal columns of one table by name."""
    return {entry.column: entry for entry in entries().values() if entry.table == table}


def impersonal() -> set[str]:
    """Columns said to hold nothing personal; `*.name` holds of every table."""
    return {f"{table}.{column}" for table, columns in _said()["impersonal"].items() for column in columns}


# --- compared with the models ---


def unnamed(metadata: MetaData) -> list[str]:
    """Columns that could hold something personal and stand nowhere; kept back ones must be in the register."""
    nothing, there = impersonal(), entries()
    return sorted(
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if (_is_kept_back(column) or _could_be_personal(column)) and f"{table.name}.{column.name}" not in there
        if _is_kept_back(column) or not {f"{table.name}.{column.name}", f"*.{column.name}"} & nothing
    )


def strangers(metadata: MetaData) -> list[str]:
    """Names in the register or in the list of impersonal columns that no table has."""
    known = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    anywhere = {f"*.{name.split('.')[1]}" for name in known}
    return sorted((set(entries()) | impersonal()) - known - anywhere)


def _is_kept_back(column: Any) -> bool:
    return bool(column.info.get("mask") or column.info.get("sealed"))


def _could_be_personal(column: Any) -> bool:
    """Words, numbers kept as words, data in JSON, and dates of birth; a choice of given words says nobody's name."""
    bare = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(column.type, Date):
        return any(word in column.name for word in BIRTH)
    return isinstance(bare, String | JSON) and "choices" not in column.info


# --- in words ---


def lines() -> Iterator[Line]:
    """The register as people read it, table by table."""
    models = {table_of(model): model for model in all_models()}
    for name, entry in sorted(entries().items()):
        if (model := models.get(entry.table)) is not None:
            yield _line(name, entry, model)


def all_models() -> Iterable[Any]:
    """One a table: classes that share a table with others (registers) are found by their records."""
    return [
        mapper.class_ for mapper in Model.registry.mappers if isinstance(mapper.local_table, Table) if not mapper.single
    ]


def attribute_of(model: Any, column: str) -> str | None:
    """What a record of this class calls a column of its table; None where it knows none of that name."""
    found = (each.key for each in mapper_of(model).column_attrs if each.columns[0].name == column)
    return next(found, None)


def table_of(model: Any) -> str:
    return str(model.__table__.name)


def _line(name: str, entry: Entry, model: Any) -> Line:
    purpose = _said()["purposes"][entry.purpose]
    info = model.__table__.columns[entry.column].info
    return Line(
        name=name,
        kind=SUBJECTS.get(model.__name__, model.__name__),
        label=info.get("label") or LABELS[name],
        purpose=say(purpose),
        basis=BASES[purpose["basis"]],
        retention=say(_said()["retentions"][purpose["retention"]]),
        sensitive=entry.sensitive,
        shown=_shown(info),
        readers=_readers(model, bool(info.get("sealed"))),
    )


def _shown(info: Mapping[str, Any]) -> Any:
    if info.get("hidden"):
        return _l("Never shown")
    if info.get("mask"):
        return _l("Shortened; whole for a reason that is kept")
    return _l("Sealed with the file") if info.get("sealed") else _l("Plain")


def _readers(model: Any, is_sealed: bool) -> str:
    """The roles that may open such a record; what is sealed only those that open files."""
    permission = permission_of(model)
    may = [role for role in roles.ROLES if roles.may(role, "show", permission) or roles.may(role, "list", permission)]
    if is_sealed:
        may = [role for role in may if roles.may(role, "open", "File")]
    return str(_l(", ")).join(str(roles.ROLES[role]) for role in may) or "—"
