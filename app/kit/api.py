"""The record API: a room declares what of its records other programs may have; everything else is the screen's.

Filters, orders, rules and rights are those of the screen of the same records, so that there is one answer to
"who may ask what". What leaves is named here, column by column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import Response, abort, current_app, request, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.security.decorators import permission_name
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.kit import api_reading, as_json, forms, listing, once, openapi, refusals, saving
from app.kit.cells import view_of
from app.kit.choosing import find
from app.kit.declaring import DeclarationError
from app.kit.filters import Asked
from app.kit.guard import foresee, gate
from app.kit.kinds import keys_of, relation
from app.kit.labels import _l, column_info, label
from app.kit.loading import loads
from app.kit.problems import PREFIX, Refused
from app.kit.reading import LARGEST_INTEGER
from app.kit.records import RecordView
from app.kit.session import attempt, db

Names = Sequence[str]
ROOT = f"{PREFIX}v1"
OTHER_BODY = _l("This Idempotency-Key was sent before, with something else.")


class RecordApi(BaseView):
    """One resource. `list_columns` of many, `show_columns` of one record, `add_columns` of what may be sent (none:
    nothing may be added). `examples` are invented values for the description."""

    screen: ClassVar[type[RecordView]]
    resource: ClassVar[str]
    list_columns: ClassVar[Names] = ()
    show_columns: ClassVar[Names] = ()
    add_columns: ClassVar[Names] = ()
    examples: ClassVar[Mapping[str, Any]] = {}
    model: Any

    def __init__(self) -> None:
        self.model = self.screen.datamodel.obj
        self.route_base = f"{ROOT}/{self.resource}"
        self.exclude_route_methods = set() if self.add_columns else {"add"}
        super().__init__()
        check(self)

    def create_blueprint(self, *args: Any, **kwargs: Any) -> Any:
        """Known to who checks tokens and to the description; a token is no cookie, so no form's token is asked for."""
        blueprint = super().create_blueprint(*args, **kwargs)
        current_app.extensions.setdefault("record_apis", {})[self.endpoint] = self
        current_app.extensions["csrf"].exempt(blueprint)
        return blueprint

    def url(self, endpoint: str, **args: Any) -> str:
        return url_for(f"{self.endpoint}.{endpoint}", **args)

    def described(self) -> Sequence[Any]:
        """What the description tells of: this resource. One that exists as data only tells of several."""
        return [self]

    @property
    def schema_name(self) -> str:
        return str(self.model.__name__)

    @property
    def view(self) -> RecordView:
        """The screen of the same records."""
        found: RecordView = view_of(self.model)
        return found

    @expose("")
    @has_access
    def list(self) -> Any:
        """A page of records. It leaves the house: noted as an export, which opens no filed file."""
        asked = api_reading.read_list(self.view, request.args)
        gate.note_read(self.model, "export")
        return as_json.answer(page(self, asked))

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """One record of the caller's sites, opened."""
        record = (find(self.model, pk) if pk <= LARGEST_INTEGER else None) or abort(404)
        return one(self, record)

    @expose("", methods=["POST"])
    @has_access
    def add(self) -> Any:
        """A new record by the screen's own rules; the same Idempotency-Key again answers what was made."""
        sent, slip = api_reading.read_object(), slip_of(self, api_reading.read_key())
        return one(self, replayed(self, slip) or store(self, slip, sent), 201)


class ApiView(BaseView):
    """What the interface offers, for programs and for who writes them."""

    route_base = ROOT
    class_permission_name = "Api"
    default_view = "describe"

    @expose("/openapi.json")
    @has_access
    @permission_name("show")
    def describe(self) -> Any:
        more = current_app.extensions.get("declared_apis", {})
        apis = [*current_app.extensions.get("record_apis", {}).values(), *more.values()]
        return as_json.answer(openapi.document(told for api in apis for told in api.described()))


def check(api: RecordApi) -> None:
    """Refuse an interface that gives away what is hidden, or names what is not there."""
    name = type(api).__name__
    for column in {*api.list_columns, *api.show_columns}:
        label(api.model, column)
        if column_info(api.model, column).get("hidden"):
            raise DeclarationError(f"{name}: {column} is hidden")
        if relation(api.model, column) is not None and not keys_of(api.model, column):
            raise DeclarationError(f"{name}: {column} is a list of records: give it a resource of its own")
    if api.class_permission_name != api.screen.class_permission_name:
        raise DeclarationError(f"{name}: the right is the screen's, {api.screen.class_permission_name}")


def page(api: RecordApi, asked: Asked) -> dict[str, Any]:
    """One page, whether there is more, and how much there is in all (null where counting costs too much)."""
    place, names = asked.place, api.list_columns
    query = asked.query().order_by(*asked.ordering()).options(*loads(api.model, names))
    records = list(db.session.scalars(query.offset(place.offset).limit(place.size + 1)))
    shown = records[: place.size]
    foresee(shown)
    more: dict[str, Any] = {**asked.args, "page": place.page + 1, "size": place.size}
    return {
        "items": [as_json.body(record, names) for record in shown],
        "page": place.page,
        "size": place.size,
        "total": listing.count(asked),
        "next": api.url("list", **more) if len(records) > place.size else None,
    }


def one(api: RecordApi, record: Any, status: int = 200) -> Response:
    """A record with its version as ETag; only its key for who may add and not read."""
    if gate.may("show", api.class_permission_name):
        gate.note_read(record, "open")
        answer = as_json.answer(as_json.body(record, api.show_columns))
    else:
        answer = as_json.answer(as_json.body(record, ()))
    answer.status_code = status
    answer.set_etag(str(record.version))
    if status == 201:
        answer.headers["Location"] = url_of(api, record)
    return answer


def url_of(api: RecordApi, record: Any) -> str:
    return str(api.url("show", pk=record.id))


def store(api: RecordApi, slip: str | None, sent: dict[str, Any]) -> Any:
    """Fill in the screen's form with what was sent and store it as the screen would; 422 with the reasons."""
    form = filled_in(api.view, api_reading.as_typed(api.view, api.add_columns, sent))
    if not form.validate():
        raise Refused(422, errors=[(field.name, reason) for field in form for reason in field.errors[:1]])
    try:
        with attempt(), db.session.no_autoflush:
            once.claim(slip)
            record = saving.store_new(api.view, form)
            once.answered(slip, f"{url_of(api, record)}#{digest(request.get_data())}")
    except refusals.REFUSALS as error:
        if (before := replayed(api, slip)) is not None:  # the same key at the same moment
            return before
        raise refused(api, error) from None
    return record


def filled_in(view: RecordView, posted: MultiDict[str, str]) -> BaseForm:
    """The screen's form; what follows from the chosen unit stands where nothing was sent."""
    form = forms.form_for(view, view.add_names)
    forms.fill_in(form, view, view.add_names, None, posted)
    if (known := view.rule("known")) is not None:
        for name, value in known(forms.draft_of(form, view)).items():
            if name in form and name not in posted and value not in (None, ""):
                form[name].process(None, data=value)
    return form


def refused(api: RecordApi, error: Exception) -> Refused:
    """A rule's refusal, beside the fields it blames."""
    blamed, reason = refusals.words(error, api.model)
    code = 409 if refusals.is_stale(error) else 422
    return Refused(code, None if blamed else reason, [(field, reason) for field in blamed])


def slip_of(api: RecordApi, key: str | None) -> str | None:
    """The key as it is kept: one caller's key for one resource."""
    return digest(f"{api.resource} {key}".encode()) if key is not None else None


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def replayed(api: RecordApi, slip: str | None) -> Any:
    """What this key made before, None where it is new; 422 where something else was sent with it."""
    kept = once.replayed(slip)
    if kept is None:
        return None
    url, _, before = kept.partition("#")
    if before != digest(request.get_data()):
        raise Refused(422, OTHER_BODY)
    return find(api.model, int(url.rpartition("/")[2])) or abort(404)
