"""One record's page: what it holds, what can be done with it, and what belongs to it."""

from __future__ import annotations

from typing import Any

from app.kit.cells import cell, name_of, view_of
from app.kit.guard import gate
from app.kit.kinds import has_kept_back, mapper_of
from app.kit.labels import _l, label
from app.kit.listing import related_page
from app.kit.pages import Link, ShowPage
from app.kit.saving import is_locked


def show_page(view: Any, record: Any) -> ShowPage:
    """The page of `record`; opening one that holds what is masked or sealed is a line."""
    if has_kept_back(view.model):
        gate.note_read(record, "open")
    return ShowPage(
        title=name_of(record),
        subtitle=view.titles.one,
        badges=[cell(record, "state")] if "state" in mapper_of(view.model).columns else [],
        groups=[
            (title, [(label(view.model, name), cell(record, name)) for name in names])
            for title, names in view.show_fieldsets or view.fieldsets
        ],
        moves=view.move_links(record),
        links=change_links(view, record),
        prints=view.print_links(record),
        lists=related_pages(view, record),
    )


def change_links(view: Any, record: Any) -> list[Link]:
    """Edit and delete, where the view offers them, the role allows them, nothing is over and nothing is filed."""
    if is_locked(record):
        return []
    may, links = lambda verb: gate.may(verb, view.class_permission_name), []
    still_changes = view.edit_states is None or record.state in view.edit_states
    if view.edit_names and still_changes and may("edit"):
        links.append(Link(_l("Edit"), view.url("edit", pk=record.id)))
    if view.deletes and may("delete"):
        links.append(Link(_l("Delete"), view.url("delete", pk=record.id), "post", "danger"))
    return links


def related_pages(view: Any, record: Any) -> list[Any]:
    """What the related views list of this record."""
    back = view.url("show", pk=record.id)
    children = [view_of(child.datamodel.obj) for child in view.related()]
    pages = [related_page(child, record, back) for child in children if child is not None]
    return [page for page in pages if page is not None]
