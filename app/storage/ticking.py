"""Lists that are gone through line by line: an inspection's findings, a count's files. One form for the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.kit import showing
from app.kit.cells import cell
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.pages import Cell
from app.kit.session import attempt
from app.security import gate
from app.storage import inspections, stocktakes
from app.storage.inspections import Look
from app.storage.models import COUNTED, FINDINGS, Inspection, StockTake

LONGEST_REMARK = 200


@dataclass(frozen=True)
class Tick:
    """One line as it is drawn; `words` are cells."""

    id: int
    version: int
    words: list[Cell]
    choice: str
    result: Cell
    remark: str


def inspection_context(view: Any, inspection: Inspection, problem: Any = "") -> dict[str, Any]:
    """The page of an inspection: what was found in the room, and in what lies there."""
    groups: dict[str, list[Tick]] = {}
    for line in inspection.lines:
        words = inspections.words_of(line)
        tick = _tick(line, [Cell(say(words))], "finding")
        groups.setdefault(words["section"], []).append(tick)
    told = [(inspections.SECTIONS[key], groups[key]) for key in inspections.SECTIONS if key in groups]
    is_open = inspection.state == "open" and gate.may("edit", "Inspection")
    url = url_for("InspectionView.look", pk=inspection.id)
    return _context(view, inspection, told, FINDINGS, "finding", url, is_open, problem)


def count_context(view: Any, count: StockTake, problem: Any = "") -> dict[str, Any]:
    """The page of a count: every file and certificate that should be there."""
    gate.foresee([line.file for line in count.lines if line.file is not None])
    lines = [
        _tick(line, [cell(line, _what(line)), _whose(line), cell(line, "place")], "result") for line in count.lines
    ]
    is_open = count.state == "open" and gate.may("edit", "StockTake")
    url = url_for("StockTakeView.tick", pk=count.id)
    return _context(view, count, [("", lines)] if lines else [], COUNTED, "result", url, is_open, problem)


def _what(line: Any) -> str:
    return "file" if line.file_id else "certificate"


def _whose(line: Any) -> Cell:
    """Whose file it is, or what kind of certificate."""
    return cell(line.file, "unit") if line.file_id else cell(line.certificate, "kind")


def _tick(line: Any, words: list[Cell], name: str) -> Tick:
    """What is stored, or what was just posted and refused."""
    choice, remark = getattr(line, name), line.remark
    if f"version-{line.id}" in request.form:
        choice = request.form.get(f"choice-{line.id}", "")
        remark = request.form.get(f"remark-{line.id}", "")
    return Tick(line.id, line.version, words, choice, cell(line, name), remark)


def _context(
    view: Any, record: Any, groups: list[Any], choices: Mapping[str, Any], name: str, url: str, is_open: bool,
    problem: Any,
) -> dict[str, Any]:  # fmt: skip
    ticks = [tick for _title, lines in groups for tick in lines]
    heads = [_l("To be looked at")] if name == "finding" else [_l("Number"), _l("Unit or kind"), _l("Kept in")]
    return {
        "page": showing.show_page(view, record),
        "groups": groups,
        "heads": heads,
        "choices": [(key, words) for key, words in choices.items() if key],
        "left": sum(not tick.choice for tick in ticks),
        "url": url,
        "is_open": is_open,
        "problem": problem,
    }


def looks(lines: Iterable[Any]) -> dict[int, Look]:
    """What was posted, by the lines' keys; RuleError for what no form of ours sends."""
    return {line.id: _look(line) for line in lines if f"version-{line.id}" in request.form}


def _look(line: Any) -> Look:
    remark = request.form.get(f"remark-{line.id}", "")
    version = request.form[f"version-{line.id}"]
    if "\x00" in remark or len(remark) > LONGEST_REMARK:
        raise RuleError(_l("At most %(count)s characters.", count=LONGEST_REMARK))
    if not version.isascii() or not version.isdigit():
        raise RuleError(_l("Someone changed this meanwhile. Look at both versions, then save again."))
    return Look(request.form.get(f"choice-{line.id}", ""), remark, int(version))


def keep(record: Any, rule: Callable[..., int]) -> int:
    """Keep the posted list, or nothing of it."""
    with attempt():
        return rule(record, looks(record.lines), by=gate.user())


def keep_inspection(inspection: Inspection) -> int:
    return keep(inspection, inspections.look)


def keep_count(count: StockTake) -> int:
    return keep(count, stocktakes.tick)
