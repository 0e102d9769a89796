"""A file's own registers on its page: extra fields as they are, other registers with their last entries."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from app.archive.models import File
from app.kit.addresses import address
from app.kit.cells import cell, show_url
from app.kit.guard import foresee
from app.kit.labels import _l, label
from app.kit.pages import Cell, Chapter, Link, Panel
from app.kit.session import db
from app.registers import known
from app.registers.models import Entry
from app.security import gate

SHOWN = 5


def chapter(file: File) -> Chapter:
    """A panel for each register of the file's scheme; all entries are asked for in one statement."""
    mine = [each for each in known.all_of_them().values() if _is_of(each, file)]
    if not mine:
        return Chapter()
    entries = _entries(file, [each.declared.key for each in mine])
    panels = [_panel(each, file, entries[each.declared.key]) for each in mine]
    return Chapter(more_panels=[panel for panel in panels if panel.rows or panel.links])


def _is_of(register: known.Known, file: File) -> bool:
    """The register is bound to files of this one's scheme, and the reader may list it."""
    fits = not register.schemes or file.scheme_key in register.schemes
    return register.declared.bound == "file" and fits and gate.may("list", register.declared.permission)


def _entries(file: File, keys: list[str]) -> dict[str, list[Entry]]:
    query = select(Entry).where(Entry.file_id == file.id, Entry.register_key.in_(keys))
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in db.session.scalars(gate.scope(query.order_by(Entry.id.desc()), Entry)):
        found[entry.register_key].append(entry)
    foresee([entry for several in found.values() for entry in several])
    return found


def _panel(register: known.Known, file: File, entries: list[Entry]) -> Panel:
    return _fieldset(register, file, entries) if register.declared.is_single else _table(register, file, entries)


def _fieldset(register: known.Known, file: File, entries: list[Entry]) -> Panel:
    """The extra fields of the file: label and value, one a row, and the way to change them."""
    declared, view = register.declared, register.view
    rows = [[Cell(label(register.model, name)), cell(entries[0], name)] for name in declared.fields] if entries else []
    links = _add_links(register, file) if not entries else []
    if entries and not gate.is_filed(entries[0]) and gate.may("edit", declared.permission):
        links = [Link(_l("Edit"), view.url("edit", pk=entries[0].id, next=_back(file)))]
    if entries and gate.may("print", declared.permission):
        links.append(Link(_l("Print"), view.url("print_record", pk=entries[0].id), "post"))
    return Panel(declared.name, [_l("Field"), _l("Value")], rows, links=links, key=declared.key)


def _table(register: known.Known, file: File, entries: list[Entry]) -> Panel:
    """The last entries, as the register's list has them."""
    names = [name for name in register.declared.columns if name not in ("file", "site")][:SHOWN]
    heads = [label(register.model, name) for name in names]
    rows = [_row(entry, names) for entry in entries[:SHOWN]]
    links = _add_links(register, file)
    return Panel(register.declared.name, heads, rows, links=links, key=register.declared.key)


def _row(entry: Entry, names: list[str]) -> list[Cell]:
    """The first cell leads to the entry."""
    cells = [cell(entry, name) for name in names]
    if cells and cells[0].kind != "sealed" and (url := show_url(entry)) is not None:
        cells[0].url, cells[0].kind = url, "link"
    return cells


def _add_links(register: known.Known, file: File) -> list[Link]:
    view = register.view
    closed = file.is_shut and register.declared.body.get("sealed_with_file", True)
    if not view.add_names or closed or not gate.may("add", register.declared.permission):
        return []
    return [Link(view.titles.new, view.url("add", file=file.id, next=_back(file)))]


def _back(file: File) -> str:
    return address("FileView.show", pk=file.id)
