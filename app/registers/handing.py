"""From an address to the bound view that answers it."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from werkzeug.wrappers import Response

from app.kit import listing
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Link
from app.registers import attaching, entry_page, known
from app.security import gate


def bound(key: str, verb: str) -> Any:
    """The register's own view; 404 where there is none, 403 for who may not do so with its entries."""
    view = known.view_of(key) or abort(404)
    gate.demand(verb, view.class_permission_name)
    return view


def hand_on(key: str, method: str, **args: Any) -> Any:
    """Have the register's own view answer, which asks for its right; 404 for what is not there or not offered."""
    view = known.view_of(key) or abort(404)
    if method in view.exclude_route_methods:
        abort(404)
    return getattr(view, method)(**args)


def list_entries(key: str) -> str:
    """The register's list, with the way to bring in a sheet."""
    view = bound(key, "list")
    page = listing.list_page(view, request.args)
    if view.add_names and gate.may("add", view.class_permission_name):
        page.links.append(Link(_l("Bring in a sheet"), view.url("bring")))
    return str(view.render_template("hudang/list.html", page=page))


def show_entry(key: str, pk: int) -> str:
    """An entry's page."""
    view = bound(key, "show")
    entry = view.fetch(pk)
    shown = {"page": entry_page.page_of(view, entry), **attaching.context(view, entry)}
    return str(view.render_template("registers/entry.html", **shown))


def confirm_read(key: str, pk: int) -> Response:
    """Who pressed the button has read it."""
    view = bound(key, "show")
    record = view.fetch(pk)
    try:
        answer = entry_page.confirm(view, record)
    except RuleError as error:
        flash(error.message, "danger")
        return redirect(view.url("show", pk=pk))
    flash(_l("Saved"), "success")
    return redirect(answer)
