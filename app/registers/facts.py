"""What an entry says on a wall (制度上墙, P2.10). Every entry prints as its page shows it, beside this."""

from __future__ import annotations

from typing import Any

from app.estate.facts import site_facts
from app.kit.cells import cell
from app.kit.kinds import kind
from app.kit.labels import label
from app.kit.shown import shown
from app.printing.subjects import SEALED, Facts, in_all_languages, subject
from app.registers import known
from app.registers.models import Entry
from app.security import gate

WALL = "wall_rule"
SHORT = ("text", "date", "number")


def _fits(record: Any, form_key: str) -> bool:
    return form_key != WALL or bool(known.of(record).declared.body.get("wall"))


@subject("entry", Entry, fits=_fits)
def entry_facts(record: Entry) -> Facts:
    """What the entry is called, its short fields, and its text in paragraphs."""
    declared = known.of(record).declared
    gate.demand("print", declared.permission)
    text = str(declared.body.get("wall", ""))
    told = cell(record, text) if text else None
    body = SEALED if told is not None and told.kind == "sealed" else str(told.value or "") if told is not None else ""
    lines = body.split("\n") if isinstance(body, str) else body
    return {
        "site": site_facts(record.site),
        "name": record.caption,
        "number": record.number or "",
        "facts": [_pair(record, key) for key in declared.columns if _is_short(record, declared.fields, key)],
        "lines": lines,
    }


def _is_short(record: Entry, fields: dict[str, Any], key: str) -> bool:
    mine = key in fields and not fields[key].get("sealed") and fields[key]["kind"] in SHORT
    return mine and getattr(record, key) not in (None, "")


def _pair(record: Entry, key: str) -> list[Any]:
    model = type(record)
    return [in_all_languages(label(model, key)), shown(getattr(record, key), kind(model, key))]
