"""How choices are written: a list's filters have a hundred options, and WTForms writes each attribute by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape
from wtforms.widgets import Select, html_params


class Options(Select):
    """A <select> of words that the code declares: options without attributes of their own, and no groups."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs = {"id": field.id, "name": field.name} | kwargs
        kwargs |= {name: True for name in self.validation_attrs if getattr(field.flags, name, False)}
        return _select(kwargs, ((each.value, each.label, each.selected) for each in field.iter_choices()))


class RemoteOptions:
    """A plain <select> with the first page of options; the script searches `data-remote` for the others."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs = {"id": field.id, "name": field.name, "data-remote": field.url, **(field.render_kw or {}), **kwargs}
        if field.flags.required:
            kwargs["required"] = True
        return _select(kwargs, field.options())


def _select(attributes: dict[str, Any], options: Iterable[tuple[Any, Any, bool]]) -> Markup:
    """Options are (value, words, whether it is chosen)."""
    written = "".join(
        f'<option {"selected " if chosen else ""}value="{escape(value)}">{escape(words)}</option>'
        for value, words, chosen in options
    )
    return Markup(f"<select {html_params(**attributes)}>{written}</select>")
