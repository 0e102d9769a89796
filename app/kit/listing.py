"""Lists: the rows asked for, a page at a time, drawn through the gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app.kit import paging, printable, walking
from app.kit.cells import cell, name_of, opener
from app.kit.declaring import listed
from app.kit.filters import Asked, parent_of, parent_relations
from app.kit.guard import foresee, gate
from app.kit.kinds import FIGURES, kind, target
from app.kit.labels import _l, label
from app.kit.loading import loads
from app.kit.pages import Column, Link, ListPage, Row
from app.kit.session import db

RELATED_ROWS = 10


def list_page(view: Any, args: MultiDict[str, str]) -> ListPage:
    """The whole page of a view's list as the address asks for it."""
    asked = Asked.read(view, args)
    total = count(asked)
    place = asked.place.clamped(total)
    records, before, behind = walking.read(asked, place, listed(view), walked=total is None)
    parent = parent_of(asked)
    return ListPage(
        title=f"{view.titles.many} · {name_of(parent)}" if parent is not None else view.titles.many,
        columns=columns(asked),
        rows=rows(view, records),
        search_form=asked.form if view.search_columns else None,
        total=total,
        first=place.offset if place.page else None,
        is_end=place.last,
        pages=page_links(asked, place, total, [record.id for record in records], before, behind),
        links=add_links(view, asked.parents, parent),
        prints=[*(print_links(view, asked.url("print_list")) if records else []), *printable.of_list(view.model)],
        exports=export_links(asked),
        empty=_l("Nothing matches.") if asked.is_searched else "",
        searched=asked.is_searched,
    )


def page_links(
    asked: Asked, place: paging.Place, total: int | None, keys: list[int], before: bool, behind: bool
) -> list[Link]:
    """The ways to other pages: numbered where the rows are counted, else from row to row."""

    def url_of(page: Any, **more: Any) -> str:
        return asked.url(**({"page": page} if page else {}), **more)

    if total is None:
        return paging.walked_links(place, keys, before, behind, url_of)
    return paging.links(place, total, behind, url_of)


def related_page(view: Any, parent: Any, back: str) -> ListPage | None:
    """What of `view` belongs to `parent`, at most ten rows; None where the reader may not list it."""
    name = next((each for each in parent_relations(view) if target(view.model, each) is type(parent)), None)
    if name is None or not gate.may("list", view.class_permission_name):
        return None
    asked = Asked.read(view, MultiDict({name: str(parent.id)}))
    records = fetch(asked, 0, RELATED_ROWS + 1)
    links = add_links(view, asked.parents, parent, next=back)
    if len(records) > RELATED_ROWS:
        links.append(Link(_l("Show all"), asked.url()))
    return ListPage(
        title=view.titles.many,
        columns=[Column(each, label(view.model, each), kind=_kind(view, each)) for each in listed(view)],
        rows=rows(view, records[:RELATED_ROWS]),
        links=links,
    )


def count(asked: Asked) -> int | None:
    """How many rows there are; None above `paging.COUNT_UP_TO`, where counting costs more than it tells."""
    some = asked.query().with_only_columns(asked.view.model.id).limit(paging.COUNT_UP_TO + 1).subquery()
    found = int(db.session.scalar(select(func.count()).select_from(some)) or 0)
    return found if found <= paging.COUNT_UP_TO else None


def fetch(asked: Asked, offset: int, limit: int) -> list[Any]:
    """Rows in order, with the related records their cells name."""
    view = asked.view
    query = asked.query().order_by(*asked.ordering()).options(*loads(view.model, listed(view)))
    return list(db.session.scalars(query.offset(offset).limit(limit)))


def rows(view: Any, records: Sequence[Any]) -> list[Row]:
    """Records as rows of cells, through the gate."""
    foresee(records)
    names, opens = listed(view), opener(view.model)
    return [
        Row(record.id, opens.url("show", pk=record.id) if opens else None, [cell(record, name) for name in names])
        for record in records
    ]


def columns(asked: Asked) -> list[Column]:
    """The heads of a list; those of `order_columns` sort, first upwards, then downwards."""
    view, heads = asked.view, []
    current, direction = (asked.order, asked.direction) if asked.order else view.base_order
    for name in listed(view):
        head = Column(name, label(view.model, name), kind=_kind(view, name))
        if name in view.order_columns:
            head.order = direction if name == current else ""
            head.sort_url = asked.url(order=name, dir="desc" if head.order == "asc" else "asc")
        heads.append(head)
    return heads


def _kind(view: Any, name: str) -> str:
    found = kind(view.model, name)
    return found if found in FIGURES else "text"


def add_links(view: Any, parents: dict[str, int], parent: Any, **more: str) -> list[Link]:
    """The way to a new record, with the parent filled in; none where the parent takes no more."""
    if not view.add_names or not gate.may("add", view.class_permission_name):
        return []
    takes = view.rule("parent_takes")
    if takes is not None and parent is not None and not takes(parent):
        return []
    return [Link(view.titles.new, view.url("add", **parents, **more), style="primary")]


def export_links(asked: Asked) -> list[Link]:
    """The list as files, as it is filtered and sorted now."""
    if not gate.may("export", asked.view.class_permission_name):
        return []
    return [Link(words, asked.url("export", ending=ending)) for ending, words in (("xlsx", "Excel"), ("csv", "CSV"))]


def print_links(view: Any, url: str) -> list[Link]:
    """What stands on the screen, on paper."""
    return [Link(_l("As shown here"), url, "post")] if gate.may("print", view.class_permission_name) else []
