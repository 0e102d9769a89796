"""Choosing a related record: one page of names at a time, searched on the server, inside the reader's scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, false, or_, select

from app.kit import kinds
from app.kit.cells import name_of, spoken, view_of
from app.kit.fields import RemoteSelect
from app.kit.guard import foresee, gate
from app.kit.kinds import is_kept_back, kind, mapper_of, relation
from app.kit.loading import loads
from app.kit.reading import LARGEST_INTEGER
from app.kit.session import db

Among = Callable[[Select[Any]], Select[Any]]
PAGE = 20
LONGEST_SEARCH = 100
NAMES = ("name", "first_name", "last_name", "username", "number", "code")


def field_for(view: Any, name: str, common: dict[str, Any], validators: list[Any]) -> Any:
    """The unbound field of a relation."""
    target = kinds.target(view.model, name)
    among = view.among.get(name, everything)
    return RemoteSelect(
        validators=validators,
        find=lambda key: find(target, key, among),
        first=lambda: first(target, among),
        name_of=name_of,
        url=view.url("choose", relation=name),
        **common,
    )


def asked(view: Any, name: str, typed: str, number: int) -> tuple[list[tuple[int, str]], bool]:
    """A page for a field of the view's forms; 404 for anything else, 403 for who fills in no form."""
    found = relation(view.model, name)
    steps = [step for step in view.moves if name in step.asked]
    if found is None or (name not in {*view.add_names, *view.edit_names} and not steps):
        abort(404)
    rights = [("add", view.class_permission_name), ("edit", view.class_permission_name)]
    if not any(gate.may(verb, of) for verb, of in [*rights, *((s.permission[1], s.permission[0]) for s in steps)]):
        abort(403)
    return page(kinds.target(view.model, name), typed, number, view.among.get(name, everything))


def everything(query: Select[Any]) -> Select[Any]:
    """All that the reader's scope holds may be chosen."""
    return query


def find(target: type, key: int, among: Among = everything) -> Any:
    """The record of that key, if it may be chosen and the reader's scope holds it."""
    return db.session.scalar(among(gate.scope(select(target).where(target.id == key), target)))  # type: ignore[attr-defined]


def first(target: type, among: Among = everything) -> tuple[list[tuple[int, str]], bool]:
    """The first page of (key, name), and whether it is all there is."""
    found, more = page(target, "", 1, among)
    return found, not more


def page(target: type, typed: str, number: int, among: Among = everything) -> tuple[list[tuple[int, str]], bool]:
    """One page of (key, name) of the records whose names hold every word of `typed`, and whether there is more."""
    number = min(max(number, 1), LARGEST_INTEGER // PAGE)
    along = {"site"} if tells_site(target) else set()
    query = ordered(among(gate.scope(select(target), target)), target).options(*loads(target, spoken(target) | along))
    for word in typed.replace("\x00", "")[:LONGEST_SEARCH].split():
        query = query.where(said(target, word))
    records = list(db.session.scalars(query.offset((number - 1) * PAGE).limit(PAGE + 1)))
    foresee(records[:PAGE])
    return [(record.id, choice_of(record)) for record in records[:PAGE]], len(records) > PAGE


def tells_site(target: type) -> bool:
    """Who works for several sites must know of which site a unit or file is."""
    return relation(target, "site") is not None and len(gate.site_ids()) > 1


def choice_of(record: Any) -> str:
    """A record as it stands among others to choose from."""
    return f"{name_of(record)} · {record.site}" if tells_site(type(record)) else name_of(record)


def ordered(query: Select[Any], target: type) -> Select[Any]:
    """In the order of the target's own list, by key where it has none."""
    view = view_of(target)
    key: Any = target.id  # type: ignore[attr-defined]
    return query.order_by(*view.default_order()) if view is not None else query.order_by(key)


def said(target: type, word: str, depth: int = 2) -> ColumnElement[bool]:
    """`word` is in what the record calls itself, or in what the record it speaks of calls itself."""
    conditions: list[ColumnElement[bool]] = []
    for name in sorted(named_by(target)):
        found, attribute = relation(target, name), getattr(target, name)
        if found is None:
            conditions.append(attribute.icontains(word, autoescape=True))
        elif depth:
            inner = said(found.mapper.class_, word, depth - 1)
            conditions.append(attribute.any(inner) if found.uselist else attribute.has(inner))
    return or_(*conditions) if conditions else false()


def named_by(target: type) -> set[str]:
    """The text columns and relations that make a record's name, without those that are kept back."""
    names = spoken(target) or {name for name in NAMES if name in mapper_of(target).columns}
    view = view_of(target)
    names = names | set(view.search_columns if view is not None else ())
    names |= {"site"} if tells_site(target) else set()
    return {name for name in names if kind(target, name) in ("text", "relation") and not is_kept_back(target, name)}
