"""Registers for other programs: each is a resource of its own under /api/v1/registers/, through the same gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort, current_app, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import permission_name

from app.kit import api as kit_api
from app.kit import api_reading, as_json
from app.kit.choosing import find
from app.kit.reading import LARGEST_INTEGER
from app.registers import known
from app.registers.handing import bound
from app.security import gate

RESOURCE = "registers"


@dataclass
class BoundApi:
    """One register as the interface has it: what its list shows, what an entry holds, what its form asks."""

    view: Any
    examples: ClassVar[dict[str, Any]] = {}
    class_permission_name: str = ""

    def __post_init__(self) -> None:
        self.class_permission_name = self.view.class_permission_name
        self.model = self.view.model
        self.list_columns: Sequence[str] = [name for name in self.view.list_columns if name != "site"]
        self.add_columns: Sequence[str] = self.view.add_names
        self.show_columns: Sequence[str] = self.view.api_columns
        self.resource = f"{RESOURCE}/{self.view.declared.key}"
        self.route_base = f"{kit_api.ROOT}/{self.resource}"
        self.schema_name = f"Entry_{self.view.declared.key}"

    def url(self, endpoint: str, **args: Any) -> str:
        return url_for(f"EntryApi.{endpoint}", key=self.view.declared.key, **args)


class EntryApi(BaseView):
    """The entries of every register that the token's account may read."""

    route_base = f"{kit_api.ROOT}/{RESOURCE}"
    class_permission_name = "Entry"
    default_view = "registers"
    resource, add_columns = RESOURCE, ("entries",)

    def create_blueprint(self, *args: Any, **kwargs: Any) -> Any:
        """Known to who checks tokens; a token is no cookie, so no form's token is asked for."""
        blueprint = super().create_blueprint(*args, **kwargs)
        current_app.extensions.setdefault("declared_apis", {})[self.endpoint] = self
        current_app.extensions["csrf"].exempt(blueprint)
        return blueprint

    def described(self) -> list[BoundApi]:
        return [BoundApi(each.view) for each in listed()]

    @expose("")
    @has_access
    @permission_name("list")
    def registers(self) -> Any:
        """The registers that may be read, by key."""
        return as_json.answer({"items": [told(each) for each in listed()]})

    @expose("/<key>")
    @has_access
    def list(self, key: str) -> Any:
        view = bound(key, "list")
        asked = api_reading.read_list(view, request.args)
        gate.note_read(view.model, "export")
        return as_json.answer(kit_api.page(BoundApi(view), asked))  # type: ignore[arg-type]

    @expose("/<key>/<int:pk>")
    @has_access
    def show(self, key: str, pk: int) -> Any:
        view = bound(key, "show")
        record = (find(view.model, pk) if pk <= LARGEST_INTEGER else None) or abort(404)
        return kit_api.one(BoundApi(view), record)  # type: ignore[arg-type]

    @expose("/<key>", methods=["POST"])
    @has_access
    def add(self, key: str) -> Any:
        view = bound(key, "add")
        if not view.add_names:
            abort(404)
        return added(BoundApi(view))


def listed() -> list[known.Known]:
    return [each for each in known.all_of_them().values() if gate.may("list", each.declared.permission)]


def told(register: known.Known) -> dict[str, Any]:
    key = register.declared.key
    return {"key": key, "name": str(register.declared.name), "revision": register.revision,
            "url": url_for("EntryApi.list", key=key)}  # fmt: skip


def added(api: Any) -> Any:
    """A new entry by the register's own rules; the same Idempotency-Key again answers what was made."""
    sent, slip = api_reading.read_object(), kit_api.slip_of(api, api_reading.read_key())
    return kit_api.one(api, kit_api.replayed(api, slip) or kit_api.store(api, slip, sent), 201)
