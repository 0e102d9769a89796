"""What a room declares of its records; `RecordView` makes list, page, form, moves and exports of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_appbuilder.models.sqla.interface import SQLAInterface

from app.kit.moves import Move

Names = Sequence[str]
# views that are declared while the console runs, by the model on whose records' pages they stand; set by create_app
declared_for: Callable[[type], Sequence[type]] = lambda _model: ()  # noqa: E731
Fieldsets = Sequence[tuple[Any, Names]]


@dataclass(frozen=True)
class Titles:
    """What one record, many and a new one are called."""

    one: Any
    many: Any
    new: Any


class Declared:
    """The attributes of a record view.

    `add_columns`/`edit_columns` None: all of `fieldsets`; empty: there is no such form.
    `on_add`/`on_edit(record, by=user)` are rules; `form_choices[column](draft)` answers (value, words) pairs.
    `among[relation](query)` leaves what the relation may be chosen from, e.g. the people who repair.
    `known(draft)` answers what follows from the relations chosen so far, for fields still empty: {"phone": "…"}.
    `export_columns`, `print_columns` None: a file and a paper have what the list has. `print_copies` are the words
    of a record's copies in every language of the paper.
    `edit_states` are those in which a record still changes (None: all of them); the rule has the last word.
    `parent_takes(parent)` says whether a parent's page offers a new record; `after_add(record)` where the desk goes on.
    """

    datamodel: ClassVar[SQLAInterface]
    titles: ClassVar[Titles]
    list_columns: ClassVar[Names] = ()
    search_columns: ClassVar[Names] = ()
    order_columns: ClassVar[Names] = ()
    base_order: ClassVar[tuple[str, str]] = ("id", "desc")
    fieldsets: ClassVar[Fieldsets] = ()
    show_fieldsets: ClassVar[Fieldsets | None] = None
    add_columns: ClassVar[Names | None] = None
    edit_columns: ClassVar[Names | None] = None
    print_columns: ClassVar[Names | None] = None
    print_copies: ClassVar[Sequence[Mapping[str, str]]] = ()
    export_columns: ClassVar[Names | None] = None
    edit_states: ClassVar[Collection[str] | None] = None
    can_delete: ClassVar[bool] = False
    on_add: ClassVar[Callable[..., Any] | None] = None
    on_edit: ClassVar[Callable[..., Any] | None] = None
    after_add: ClassVar[Any] = None
    known: ClassVar[Callable[[Any], Mapping[str, Any]] | None] = None
    parent_takes: ClassVar[Callable[[Any], bool] | None] = None
    form_choices: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    among: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    moves: ClassVar[Sequence[Move]] = ()
    related_views: ClassVar[Sequence[type]] = ()
    model: Any
    add_names: Names
    edit_names: Names
    deletes: bool
    base_permissions: Any

    def related(self) -> Sequence[type]:
        """The views whose lists stand on a record's page: those named here, and those that were declared."""
        return [*self.related_views, *declared_for(self.datamodel.obj)]

    def rule(self, name: str) -> Callable[..., Any] | None:
        """`on_add`, `on_edit`, `after_add`, `known` or `parent_takes` as the plain function it is, not as a method."""
        found: Callable[..., Any] | None = getattr(type(self), name)
        return found
