"""The pages of a hand-over and of a clearance: the check line by line, what varies, who still has to sign."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from wtforms.form import BaseForm

from app.archive import held
from app.archive.held import HOLDING_KINDS
from app.handovers import checking, clearing, listing, signing
from app.handovers.checking import Said
from app.handovers.facts import title_for_reader
from app.handovers.models import FOUND, UNFINISHED, Clearance, Handover, HandoverLine
from app.kit import moves, showing
from app.kit.cells import cell
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Link
from app.kit.reading import read_number
from app.kit.session import attempt, db
from app.kit.strokes import SignatureField
from app.security import audit, gate


def context(view: Any, handover: Handover, problem: Any = "", typed: bool = False) -> dict[str, Any]:
    """All that `handovers/show.html` draws; `typed` puts what was posted back into the check."""
    can_check = handover.state == "checking" and gate.may("sign", "Handover") and checking.checks(handover, gate.user())
    page = showing.show_page(view, handover)
    page.groups = [(title, pairs) for title, pairs in page.groups if any(told.value for _label, told in pairs)]
    return {
        "page": page,
        "handover": handover,
        "problem": problem,
        "can_check": can_check,
        "found_words": FOUND,
        "lines": [_line(line, request.form if typed else None) for line in handover.lines],
        "unchecked": sum(line.found == "unchecked" for line in handover.lines),
        "variances": len(checking.variances(handover)),
        "categories": listing.reconcile(handover) if handover.state == "draft" else [],
        "twice": listing.twice(handover) if handover.state == "draft" else [],
        "links": _line_links(handover),
        "may_draw": _may_sign(handover),
        "form": sign_form(),
    }


def _line(line: HandoverLine, typed: Any) -> dict[str, Any]:
    values = {
        "found": line.found,
        "counted": "" if line.counted is None else str(line.counted),
        "pages": "" if line.counted_pages is None else str(line.counted_pages),
        "finding": line.finding,
    }
    if typed is not None and f"version-{line.id}" in typed:
        values = {name: typed.get(f"{name}-{line.id}", "") for name in values}
    return {
        "line": line,
        "kind": HOLDING_KINDS[line.kind],
        "state": cell(line, "found"),
        "url": url_for("HandoverLineView.show", pk=line.id) if gate.may("show", "HandoverLine") else "",
        "file_url": url_for("FileView.show", pk=line.file_id) if line.file_id and gate.may("show", "File") else "",
        **values,
    }


def _home(handover: Handover) -> str:
    return url_for("HandoverView.show", pk=handover.id)


def _line_links(handover: Handover) -> list[Link]:
    if not listing.takes_lines(handover) or not gate.may("add", "HandoverLine"):
        return []
    url = url_for("HandoverLineView.add", handover=handover.id, next=_home(handover))
    return [Link(_l("New line"), url)]


def _may_sign(handover: Handover) -> bool:
    if handover.state != "signing" or not gate.may("sign", "Handover"):
        return False
    try:
        signing.may_sign(handover, gate.user())
    except RuleError:
        return False
    return True


def sign_form() -> BaseForm:
    """The sheet to draw a signature on."""
    form = BaseForm({"drawn": SignatureField(_l("Signature"))})
    form.process(request.form if request.method == "POST" else None)
    return form


def answers(handover: Handover) -> dict[int, Said]:
    """What was posted, by the lines' keys; RuleError for a count that is no number."""
    return {line.id: _answer(line) for line in handover.lines if f"version-{line.id}" in request.form}


def _answer(line: HandoverLine) -> Said:
    said = {
        name: request.form.get(f"{name}-{line.id}", "").strip() for name in ("found", "counted", "pages", "finding")
    }
    if any("\x00" in words for words in said.values()) or len(said["finding"]) > 200:
        raise RuleError(_l("%(what)s: this is too long.", what=line.title))
    try:
        counted, pages = (read_number(said[name]) if said[name] else None for name in ("counted", "pages"))
        version = int(request.form[f"version-{line.id}"])
    except ValueError:
        raise RuleError(_l("%(what)s: type a whole number.", what=line.title)) from None
    return Said(said["found"] or "unchecked", counted, pages, said["finding"], version)


def check(handover: Handover) -> None:
    """Keep the posted check, or nothing of it."""
    with attempt():
        checking.check(handover, answers(handover), by=gate.user())


def sign(view: Any, handover: Handover) -> None:
    """The drawn signature of whoever is on the list; RuleError where the drawing is none."""
    form = sign_form()
    if not form.validate() or not form["drawn"].data:
        raise RuleError(_l("Let them sign here."))
    with attempt():
        drawn = form["drawn"].data
        moves.walk(view.moves, handover, "sign", by=gate.user(), write=audit.write, drawn=drawn)
        db.session.flush()


def clearance_context(view: Any, clearance: Clearance) -> dict[str, Any]:
    """All that `handovers/clearance.html` draws."""
    things = clearing.holdings(clearance.user) if clearance.state == "open" else []
    return {
        "page": showing.show_page(view, clearance),
        "clearance": clearance,
        "counts": clearing.counts(clearance.user) if clearance.state == "open" else [],
        "things": [(HOLDING_KINDS[t.kind], title_for_reader(t), held.holders[t.kind][1] is None) for t in things],
        "handovers": [_handover(handover) for handover in clearance.handovers],
        "taken": [(line, HOLDING_KINDS[line.kind], title_for_reader(line)) for line in clearing.taken_over(clearance)],
    }


def _handover(handover: Handover) -> dict[str, Any]:
    url = _home(handover) if gate.may("show", "Handover") else ""
    is_open = handover.state in UNFINISHED
    return {"handover": handover, "url": url, "state": cell(handover, "state"), "is_open": is_open}
