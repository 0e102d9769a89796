"""One form a kind: the view narrowed to what the kind asks for, and the page on which the kind is chosen."""

from __future__ import annotations

from copy import copy
from typing import Any

from flask import request, url_for

from app.applications.models import APPLICATION_KINDS, Application
from app.applications.rules import FIELDS
from app.kit import showing
from app.kit.labels import _l
from app.kit.pages import ShowPage
from app.kit.records import Titles

WHO = ("unit", "applicant", "phone")
ICONS = {
    "lock": "key",
    "phone": "phone",
    "parking": "map",
    "nameboard": "paper",
    "overtime": "clock",
    "goods_release": "box",
}


def asked() -> str:
    """The kind that the address or else the form asks for; "" where neither does."""
    kind = request.args.get("kind") or request.form.get("kind", "")
    return kind if kind in APPLICATION_KINDS else ""


def narrowed(view: Any, kind: str) -> Any:
    """The view as it is for one kind of application: its own short form, its own page."""
    words, names = APPLICATION_KINDS[kind], FIELDS[kind]
    own = copy(view)
    own.titles = Titles(one=words, many=view.titles.many, new=words)
    own.fieldsets = [(_l("Who asks"), list(WHO)), (words, [*names, "kind"])]
    own.add_names = [*WHO, *names, "kind"]
    own.edit_names = [*WHO[1:], *names]
    own.form_choices = {"kind": lambda _draft: [(kind, words)]}
    own.show_fieldsets = [
        (words, ["number", "unit", "tenancy", "applicant", "phone", *names, "asked_on"]),
        (_l("Decision"), ["decided_by", "decided_at", "reason", "given", "done_on"]),
    ]
    own.related_views = view.related_views if kind == "goods_release" else []
    return own


def of_record(view: Any, record: Application) -> Any:
    return narrowed(view, record.kind)


def page_of(view: Any, record: Application) -> ShowPage:
    """The record's page with what its kind asks for."""
    return showing.show_page(of_record(view, record), record)


def chooser() -> list[tuple[Any, str, str]]:
    """(words, address, icon) of each kind's form; what was known already is handed on."""
    known: dict[str, Any] = {name: value for name, value in request.args.items() if name in ("unit", "next")}
    return [
        (words, url_for("ApplicationView.add", kind=kind, **known), ICONS[kind])
        for kind, words in APPLICATION_KINDS.items()
    ]
