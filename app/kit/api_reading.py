"""What another program asks for and sends: read strictly, so that rubbish is told and never does something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from app.kit import forms
from app.kit.filters import Asked, parent_relations
from app.kit.kinds import kind
from app.kit.labels import _l
from app.kit.paging import Place
from app.kit.problems import Refused

USUAL_SIZE, LARGEST_SIZE, LAST_PAGE = 25, 100, 1_000_000
LARGEST_BODY = 64 * 1024
LONGEST_KEY = 200
TYPES: dict[str, tuple[Any, Any]] = {
    "flag": (bool, _l("Send true or false.")),
    "relation": (int, _l("Send the key of a record, a whole number.")),
    "number": (int, _l("Send a whole number.")),
    "money": (int, _l("Send a whole number of cents.")),
    "area": (int, _l("Send a whole number of hundredths of a square metre.")),
}
TEXT = (str, _l("Send a text."))
SHAPES = {
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), _l("Send a date like 2026-03-01.")),
    "moment": (
        re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)"),
        _l("Send a moment with its zone like 2026-03-01T09:30:00+08:00."),
    ),
}
UNKNOWN = _l("There is nothing of this name.")
Errors = list[tuple[str, Any]]


def read_list(view: Any, args: MultiDict[str, str]) -> Asked:
    """The list of `view` as the address asks for it; 400 for anything that is not understood."""
    filters = MultiDict((name, value) for name, value in args.items() if name not in ("page", "psize", "size"))
    asked = Asked.read(view, filters)
    wrong: Errors = [(field.name, field.errors[0]) for field in asked.form if field.errors]
    wrong += [(name, _l("Send the key of a record, a whole number.")) for name in _bad_parents(asked, filters)]
    if "order" in args and not asked.order:
        wrong.append(("order", UNKNOWN))
    if args.get("dir", "asc") not in ("asc", "desc"):
        wrong.append(("dir", UNKNOWN))
    known = {*parent_relations(view), *(field.name for field in asked.form), "order", "dir", "page", "size"}
    wrong += [(name, UNKNOWN) for name in args if name not in known]
    page, size = _number(args, "page", LAST_PAGE, 1, wrong), _number(args, "size", LARGEST_SIZE, USUAL_SIZE, wrong)
    if wrong:
        raise Refused(400, errors=wrong)
    asked.place = Place(page, size)
    return asked


def _bad_parents(asked: Asked, args: MultiDict[str, str]) -> Iterator[str]:
    for name in parent_relations(asked.view):
        if name in args and name not in asked.parents:
            yield name


def _number(args: MultiDict[str, str], name: str, largest: int, usual: int, wrong: Errors) -> int:
    typed = args.get(name, str(usual))
    if re.fullmatch(r"[0-9]{1,9}", typed) and 1 <= int(typed) <= largest:
        return int(typed)
    wrong.append((name, _l("Send a whole number from 1 to %(largest)s.", largest=largest)))
    return usual


def read_key() -> str | None:
    """The request's Idempotency-Key; 400 for one that is none."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not re.fullmatch(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}", key):
        raise Refused(400, errors=[("Idempotency-Key", _l("Send 1 to %(most)s plain signs.", most=LONGEST_KEY))])
    return key


def read_object() -> dict[str, Any]:
    """The JSON object that was sent; 415, 413 or 400 otherwise."""
    if request.mimetype != "application/json":
        raise Refused(415, _l("Send application/json."))
    request.max_content_length = LARGEST_BODY
    raw = request.get_data()
    if len(raw) >= LARGEST_BODY:  # of a body without a length only so much was read
        raise Refused(413)
    try:
        sent = json.loads(raw.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise Refused(400, _l("Send one JSON object in UTF-8."))
    return sent


def _once_each(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    pairs = list(pairs)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def as_typed(view: Any, allowed: Iterable[str], sent: dict[str, Any]) -> MultiDict[str, str]:
    """What was sent as the screen's form would have been filled in; 422 with the reasons beside the fields."""
    allowed, wrong = list(allowed), []
    posted: MultiDict[str, str] = MultiDict()
    for name, value in sent.items():
        try:
            if name not in allowed:
                raise ValueError(UNKNOWN)
            posted[name] = _typed(kind(view.model, name), value)
        except ValueError as error:
            wrong.append((name if _is_storable(name) else "", error.args[0]))
    if wrong:
        raise Refused(422, errors=wrong)
    for name in view.add_names:
        if kind(view.model, name) == "flag":
            _tick(posted, name, bool(forms.default_of(view.model, name)))
    return posted


def _tick(posted: MultiDict[str, str], name: str, default: bool) -> None:
    """A box that is not ticked is not sent at all."""
    if posted.get(name, "1" if default else "") != "1":
        posted.pop(name, None)
    else:
        posted[name] = "1"


def _typed(of: str, value: Any) -> str:
    if value is None:
        return ""
    wanted, words = TYPES.get(of, TEXT)
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is int):
        raise ValueError(words)
    if of in ("money", "area"):
        return f"{Decimal(value) / 100:.2f}" if abs(value) < 10**15 else "9" * 19
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else "9" * 19
    if not _is_storable(value):
        raise ValueError(_l("This contains a character that cannot be stored."))
    shape = SHAPES.get(of)
    if shape is not None and value and not shape[0].fullmatch(value):
        raise ValueError(shape[1])
    return value


def _is_storable(text: str) -> bool:
    """No NUL, and no half of a pair of surrogates."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
