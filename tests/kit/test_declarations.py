"""A view that asks for what must not be does not start."""

from __future__ import annotations

from typing import Any

import pytest
from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.customers.models import Customer
from app.kit import guard
from app.kit.declaring import DeclarationError
from app.kit.records import RecordView, Titles
from tests.kit import views

pytestmark = pytest.mark.once


def declared(**attributes: Any) -> RecordView:
    given = {"datamodel": SQLAInterface(Customer), "class_permission_name": "X", "titles": Titles("o", "m", "n")}
    return type("XView", (RecordView,), {**given, **attributes})()


@pytest.mark.parametrize("name", ["id_number", "representative", "id_number_index", "remark"])
@pytest.mark.parametrize("where", ["search_columns", "order_columns"])
def test_what_is_kept_back_is_neither_searched_nor_sorted_by(app: Any, where: str, name: str) -> None:
    with pytest.raises(DeclarationError, match=name):
        declared(**{where: ["name", name]})


def test_a_list_is_not_usually_ordered_by_what_is_kept_back(app: Any) -> None:
    with pytest.raises(DeclarationError, match="id_number"):
        declared(base_order=("id_number", "asc"))


@pytest.mark.parametrize("where", ["search_columns", "order_columns"])
@pytest.mark.parametrize("name", ["site", "contacts", "nothing", "site.name"])
def test_relations_and_unknown_names_are_neither_searched_nor_sorted_by(app: Any, where: str, name: str) -> None:
    with pytest.raises(DeclarationError):
        declared(**{where: [name]})


@pytest.mark.parametrize("name", ["contacts", "nothing"])
def test_a_form_has_fields_for_columns_and_single_relations(app: Any, name: str) -> None:
    with pytest.raises((DeclarationError, LookupError)):
        declared(fieldsets=[("x", [name])])


def test_a_good_declaration_starts(app: Any) -> None:
    view = declared(
        search_columns=["name"], order_columns=["name"], fieldsets=[("x", ["site", "name"])], edit_columns=[]
    )
    assert view.add_names == ["site", "name"] and view.edit_names == []
    assert {"add", "edit"} & view.exclude_route_methods == {"edit"}


def test_a_view_is_known_by_its_model(app: Any) -> None:
    assert isinstance(app.extensions["record_views"][Customer], views.CustomerView)


def test_no_endpoint_of_fabs_own_views_leaks_through(app: Any) -> None:
    own = {
        rule.endpoint.split(".")[1] for rule in app.url_map.iter_rules() if rule.endpoint.startswith("CustomerView.")
    }
    assert own == {
        *("list", "show", "add", "edit", "delete", "choose", "export", "reveal", "print_list", "print_record"),
    }


def test_nothing_is_written_without_the_audit() -> None:
    real = guard._handed_in.real, guard._handed_in.write
    guard.hand_in(object())
    try:
        with pytest.raises(RuntimeError, match="audit"):
            guard.audit_write("add", None, {})
    finally:
        guard.hand_in(*real)
