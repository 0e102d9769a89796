"""What a step asks for before it goes on, as a small form."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.form import BaseForm

from app.kit import fields, forms, once
from app.kit.kinds import kind, mapper_of, relation
from app.kit.moves import Move
from app.kit.several import SeveralField

LONGEST_ANSWER = 1000
NUMBERS = {"hours", "days", "quantity", "pages", "minutes"}


def form_of(view: Any, step: Move, posted: MultiDict[str, str] | None = None, prefix: str = "") -> BaseForm:
    """The step's form, filled with what was posted; `prefix` keeps the ids of several on one page apart."""
    made = {}
    for name, label in step.asks:
        field = _field(view, name.rstrip("?"), not name.endswith("?"))
        field.kwargs |= {"label": label, "id": f"{prefix}{name.rstrip('?')}"}
        made[name.rstrip("?")] = field
    form = BaseForm({**made, once.FIELD: HiddenField(id=f"{prefix}{once.FIELD}")})
    for name in made:
        form[name].masked = ""
    form.process(posted, data={once.FIELD: once.new()})
    return form


def _field(view: Any, name: str, required: bool) -> Any:
    """As the record's own form has it; else by what the name says."""
    if relation(view.model, name) is not None or (
        name in mapper_of(view.model).columns and kind(view.model, name) != "other"
    ):
        return forms.field_for(view, name, required=required)
    wanted = [fields.Filled() if required else fields.MayBeEmpty()]
    if name.endswith("_on"):
        return fields.DayField(validators=wanted)
    if name.endswith("_at"):
        return fields.MomentField(validators=wanted)
    if name.endswith("_cents"):
        return fields.MoneyField(validators=wanted)
    if name in NUMBERS:
        return fields.WholeNumberField(validators=wanted)
    return fields.LongTextField(validators=[*wanted, fields.NotLonger(LONGEST_ANSWER)])


def answers(form: BaseForm, step: Move) -> dict[str, Any]:
    """What was said, by name; words left out are "", everything else left out is None."""
    said = {}
    for name in step.asked:
        field = form[name]
        is_words = isinstance(field, fields.TextField | fields.LongTextField | fields.ChoiceField | SeveralField)
        said[name] = field.data if field.data is not None else ("" if is_words else None)
    return said
