"""What a record view declares is checked when the console starts, not when somebody finds out."""

from __future__ import annotations

from typing import Any

from app.kit.guard import gate
from app.kit.kinds import is_kept_back, keys_of, kind, mapper_of, relation
from app.kit.labels import column_info, label


class DeclarationError(ValueError):
    """A view asks for what must not be, e.g. to search a masked column."""


def settle(view: Any) -> None:
    """Work out what the declaration leaves to us, and switch off the addresses of what is not offered."""
    view.model = view.datamodel.obj
    everything, is_fixed = names_of(view.fieldsets), getattr(view.model, "append_only", False)
    view.add_names = list(everything if view.add_columns is None else view.add_columns)
    view.edit_names = [] if is_fixed else list(everything if view.edit_columns is None else view.edit_columns)
    view.deletes = view.can_delete and not is_fixed
    typed = {*view.add_names, *view.edit_names, *(name for step in view.moves for name in step.asked)}
    offered = {
        "add": view.add_names,
        "known_values": view.add_names and view.known is not None,
        "edit": view.edit_names,
        "delete": view.deletes,
        "move": view.moves,
        "reveal": any(column_info(view.model, name).get("mask") for name in view.shown_columns()),
        "choose": any(relation(view.model, name) is not None for name in typed),
    }
    view.exclude_route_methods = {name for name, is_offered in offered.items() if not is_offered}


def names_of(fieldsets: Any) -> list[str]:
    """The columns of all groups in order."""
    return [name for _title, names in fieldsets for name in names]


def listed(view: Any) -> list[str]:
    """The columns of the view's list; who works for one site only need not read its name on every row."""
    return [name for name in view.list_columns if name != "site" or len(gate.site_ids()) > 1]


def on_paper(view: Any) -> list[str]:
    """The columns of the list on paper: those of the screen where nothing else is said."""
    return listed(view) if view.print_columns is None else list(view.print_columns)


def groups_of(view: Any, names: list[str]) -> list[tuple[Any, list[str]]]:
    """The fieldsets as far as a form has them; what stands in none of them comes first."""
    grouped = set(names_of(view.fieldsets))
    groups = [(view.titles.one, [name for name in names if name not in grouped])]
    groups += [(title, [name for name in group if name in names]) for title, group in view.fieldsets]
    return [(title, group) for title, group in groups if group]


def move_permissions(view: Any) -> set[str]:
    """`can_<verb>` for each move of the view's own permission, so that roles can hold them."""
    wanted = [move.permission for move in view.moves]
    return {f"can_{verb}" for name, verb in wanted if name == view.class_permission_name}


def check(view: Any) -> None:
    """Refuse a view that would search, filter or sort what is kept back, or that names what is not there."""
    for name in [*view.search_columns, *view.order_columns, view.base_order[0]]:
        _may_be_asked(view, name)
    for name in [*view.list_columns, *view.shown_columns(), *view.add_names, *view.edit_names]:
        label(view.model, name)
    for name in {*view.add_names, *view.edit_names}:
        _may_be_typed(view, name)
    if view.base_order[1] not in ("asc", "desc"):
        raise _error(view, f"base_order goes asc or desc, not {view.base_order[1]!r}")


def _may_be_asked(view: Any, name: str) -> None:
    model = view.model
    if relation(model, name) is not None:
        raise _error(view, f"{name} is a relation: it is neither searched nor sorted by")
    if name not in mapper_of(model).columns:
        raise _error(view, f"{name} is no column of {model.__name__}")
    if is_kept_back(model, name) or not gate.searchable(model, name):
        raise _error(view, f"{name} is masked, sealed or hidden: it is never searched, filtered or sorted by")


def _may_be_typed(view: Any, name: str) -> None:
    found = kind(view.model, name)
    if found == "other" or (found == "relation" and not keys_of(view.model, name)):
        raise _error(view, f"there is no field for {name}")


def _error(view: Any, words: str) -> DeclarationError:
    return DeclarationError(f"{type(view).__name__}: {words}")
