"""The view of a register's entries, made of its declaration. FAB never sees it: `EntryView` hands requests to it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from flask import current_app, url_for
from sqlalchemy import Select, false

from app.archive.models import File
from app.kit.kinds import target
from app.kit.labels import _l
from app.kit.records import RecordView, Titles
from app.registers import rules, steps
from app.registers.declaration import Body, Declaration
from app.registers.models import Entry
from app.security import gate

SEARCHED = {"text", "choice", "number", "money", "date", "moment", "flag"}
SORTED = {"text", "number", "money", "date", "moment", "flag", "choice"}
ENDPOINT = "EntryView"
CALLED = {
    "move": "EntryView.step", "choose": "EntryView.choices", "export": "EntrySheetView.export",
    "print_list": "EntrySheetView.print_list", "print_record": "EntrySheetView.print_record",
    "bring": "EntrySheetView.bring",
}  # fmt: skip  # what the mounted views call these addresses


class BoundView(RecordView):
    """A record view of one register: the same list, form, page, moves and exports as of any room's records."""

    declared: Declaration
    schemes: frozenset[str]
    api_columns: list[str]

    def __init__(self) -> None:
        self.appbuilder = current_app.appbuilder  # type: ignore[attr-defined]
        self.endpoint, self.route_base = ENDPOINT, f"/registers/{self.declared.key}"
        super().__init__()

    def url(self, endpoint: str, **args: Any) -> str:
        return url_for(CALLED.get(endpoint, f"{ENDPOINT}.{endpoint}"), key=self.declared.key, **args)

    def shown_with(self) -> list[type]:
        """On whose pages the register's entries are listed: of what it is bound to, and of entries that it names."""
        named = [key for key, field in self.declared.fields.items() if field["kind"] in ("entry", "customer", "unit")]
        bound = [self.declared.bound] if self.declared.bound not in ("nothing", "file") else []
        return [target(self.model, name) for name in [*bound, *named]]


def view_of(declared: Declaration, model: type[Entry], schemes: frozenset[str], *, takes: bool) -> BoundView:
    """The bound view of a declaration."""
    columns = declared.columns
    attributes: dict[str, Any] = {
        "declared": declared,
        "schemes": schemes,
        "datamodel": SimpleNamespace(obj=model),
        "class_permission_name": declared.permission,
        "titles": titles(declared),
        "list_columns": ["site", *columns] if "site" not in columns else columns,
        "search_columns": searched(declared),
        "order_columns": ordered(declared),
        "base_order": base_order(declared),
        "fieldsets": fieldsets(declared),
        "show_fieldsets": [*fieldsets(declared), (_l("How it stands"), standing(declared))],
        "add_columns": form_names(declared) if takes else [],
        "edit_columns": [name for name in form_names(declared) if name not in ("site", "file", "customer", "unit")],
        "edit_states": still_changing(declared),
        "on_add": rules.adder(declared, schemes),
        "on_edit": rules.editor(declared),
        "known": rules.known_of(declared),
        "moves": steps.moves_of(declared),
        "among": among(declared, schemes, model),
        "api_columns": api_columns(declared),
        "export_columns": api_columns(declared),
        "print_columns": declared.body.get("print", {}).get("columns"),
        "print_copies": declared.body.get("print", {}).get("copies", []),
    }
    return type("BoundView", (BoundView,), attributes)()


def titles(declared: Declaration) -> Titles:
    return Titles(declared.entry, declared.name, _l("New: %(what)s", what=declared.entry))


def form_names(declared: Declaration) -> list[str]:
    """What a new entry asks: what it belongs to, then the fields but those that a step asks."""
    belongs = "site" if declared.bound == "nothing" else declared.bound
    later = {name.rstrip("?") for move in declared.moves for name in move.get("asks", [])}
    first = {key for key, field in declared.fields.items() if field.get("required")}
    return [belongs, *(key for key in declared.fields if key not in later or key in first)]


def fieldsets(declared: Declaration) -> list[tuple[Any, list[str]]]:
    belongs = [] if declared.bound == "nothing" else [declared.bound]
    return [(declared.entry, [*belongs, *declared.fields])]


def standing(declared: Declaration) -> list[str]:
    """What every entry says of itself."""
    numbered = ["number"] if declared.numbered else []
    return [*numbered, *(["state"] if declared.states else []), "site"]


def api_columns(declared: Declaration) -> list[str]:
    """What another program is told of an entry; a drawn signature stays in the house."""
    fields = [key for key, field in declared.fields.items() if field["kind"] != "signature"]
    belongs = [] if declared.bound == "nothing" else [declared.bound]
    return list(dict.fromkeys([*standing(declared), *belongs, *fields]))


def searched(declared: Declaration) -> list[str]:
    """Fields that a list is searched by; never one that is sealed."""
    fields = [key for key, field in declared.fields.items() if _is_searched(field)]
    numbered, states = (["number"] if declared.numbered else []), (["state"] if declared.states else [])
    return [*numbered, *states, *fields, *(["is_over"] if declared.due else [])]


def _is_searched(field: Body) -> bool:
    return field["kind"] in SEARCHED and field.get("searched", True) and not field.get("sealed")


def ordered(declared: Declaration) -> list[str]:
    fields = [key for key, field in declared.fields.items() if field["kind"] in SORTED and not field.get("sealed")]
    return [*(["number"] if declared.numbered else []), *(["state"] if declared.states else []), *fields]


def base_order(declared: Declaration) -> tuple[str, str]:
    order = declared.body.get("order")
    return (order["by"], "desc" if order.get("down") else "asc") if order else ("id", "desc")


def still_changing(declared: Declaration) -> frozenset[str] | None:
    """An entry that is over is not edited any more."""
    if not declared.states:
        return None
    return frozenset(state["key"] for state in declared.states) - declared.over


Among = Callable[[Select[Any]], Select[Any]]


def among(declared: Declaration, schemes: frozenset[str], model: type[Entry]) -> dict[str, Among]:
    """What may be chosen: files of the register's schemes, people who work here, entries of registers one may read."""
    found: dict[str, Among] = {}
    if declared.bound == "file" and schemes:
        found["file"] = lambda query: query.where(File.scheme_key.in_(sorted(schemes)))
    for key, field in declared.fields.items():
        if field["kind"] == "entry":
            found[key] = _readable(field["register"])
        elif field["kind"] == "person":
            found[key] = rules.active_people
    return found


def _readable(register_key: str) -> Among:
    def only(query: Select[Any]) -> Select[Any]:
        if not gate.may("list", f"Register:{register_key}"):
            return query.where(false())
        return query.where(Entry.register_key == register_key)

    return only
