"""The page of a move: what stands in the way, the checklist as one form, the meters, and the keys."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from sqlalchemy import select

from app.archive import rules as archive
from app.archive.models import File
from app.kit import showing
from app.kit.cells import cell
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.pages import Cell, Link, Panel
from app.kit.reading import read_number
from app.kit.session import attempt, db
from app.moving import checklists, keys, meters, rules
from app.moving.models import HELD_KINDS, ITEM_GROUPS, WAYS, Moving
from app.moving.rules import Answer
from app.security import gate

WITH_QUANTITY = {"keys", "cards"}


def context(view: Any, moving: Moving, problem: Any = "", typed: bool = False) -> dict[str, Any]:
    """All that `moving/show.html` draws; `typed` puts what was posted back into the checklist."""
    can_tick = rules.takes_items(moving) and gate.may("edit", "Moving") and not gate.is_filed(moving)
    adding: dict[str, Any] = {"moving": moving.id, "next": url_for("MovingView.show", pk=moving.id)}
    may_add = can_tick and gate.may("add", "MovingItem")
    return {
        "page": showing.show_page(view, moving),
        "moving": moving,
        "problem": problem,
        "warnings": _warnings(moving),
        "in_the_way": _in_the_way(moving),
        "groups": _groups(moving, request.form if typed else None),
        "left": sum(not item.is_done for item in moving.items),
        "can_tick": can_tick,
        "add_url": url_for("MovingItemView.add", **adding) if may_add else "",
        "meters": _meters(moving),
        "held": _held(moving),
        "files": _files(moving),
    }


def _warnings(moving: Moving) -> list[Any]:
    if moving.state in ("open", "checked") and rules.notice_is_short(moving):
        return [_l("Notice was given less than %(days)s days before the move.", days=rules.NOTICE_DAYS)]
    return []


def _in_the_way(moving: Moving) -> list[str] | None:
    """Live, from every room; None where nobody is about to leave."""
    if moving.kind != "out" or moving.state in Moving.OVER or moving.tenancy is None:
        return None
    return [str(reason) for reason in archive.in_the_way(moving.tenancy)]


def _groups(moving: Moving, typed: Any) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The checklist by section, in the sections' order."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for item in moving.items:
        lines.setdefault(item.section, []).append(_line(item, typed))
    return [(words, lines[section]) for section, words in ITEM_GROUPS.items() if section in lines]


def _line(item: Any, typed: Any) -> dict[str, Any]:
    values = {
        "done": item.is_done,
        "quantity": "" if item.quantity is None else str(item.quantity),
        "reading": item.reading,
        "remark": item.remark,
    }
    if typed is not None and f"version-{item.id}" in typed:
        values = {name: typed.get(f"{name}-{item.id}", "") for name in values}
    return {
        "item": item,
        "words": checklists.said(item),
        "asks_quantity": item.section in WITH_QUANTITY,
        "asks_reading": item.section == "meters",
        "done_by": cell(item, "done_by"),
        "done_on": item.done_on,
        **values,
    }


def answers(moving: Moving) -> dict[int, Answer]:
    """What was posted, by the lines' keys; RuleError for a quantity that is no number."""
    return {item.id: _answer(item) for item in moving.items if f"version-{item.id}" in request.form}


def _answer(item: Any) -> Answer:
    said = {name: request.form.get(f"{name}-{item.id}", "").strip() for name in ("quantity", "reading", "remark")}
    if any("\x00" in words for words in said.values()) or len(said["reading"]) > 30 or len(said["remark"]) > 200:
        raise RuleError(_l("%(what)s: this is too long.", what=checklists.said(item)))
    try:
        quantity = read_number(said["quantity"]) if said["quantity"] else None
        version = int(request.form[f"version-{item.id}"])
    except ValueError:
        raise RuleError(_l("%(what)s: type a whole number.", what=checklists.said(item))) from None
    return Answer(bool(request.form.get(f"done-{item.id}")), quantity, said["reading"], said["remark"], version)


def tick(moving: Moving) -> int:
    """Keep the posted checklist, or nothing of it."""
    with attempt():
        return rules.tick(moving, answers(moving), by=gate.user())


def _meters(moving: Moving) -> list[tuple[str, str, str, str]]:
    if moving.tenancy_id is None:
        return []
    found = meters.of_tenancy(moving.tenancy_id)
    return [(say(meter.words), meter.at_in, meter.at_out, meter.used) for meter in found]


def _held(moving: Moving) -> Panel | None:
    """The keys and cards of the tenancy, line by line, with what is out."""
    if moving.tenancy is None or not gate.may("list", "HeldKey"):
        return None
    lines = keys.lines_of(moving.tenancy)
    gate.foresee(lines)
    rows = [
        [
            Cell(line.booked_on, "date"),
            Cell(HELD_KINDS[line.kind]),
            Cell(WAYS[line.way]),
            Cell(abs(line.quantity), "number"),
            cell(line, "to_whom"),
        ]
        for line in lines
    ]
    out = keys.held(moving.tenancy)
    title = _l("Keys and cards: %(keys)s and %(cards)s out", keys=out.get("key", 0), cards=out.get("card", 0))
    heads = [_l("Date"), _l("Key or card"), _l("Out or back"), _l("Quantity"), _l("To or from whom")]
    return Panel(title, heads, rows, _l("No keys or cards were handed out."), _key_links(moving), key="keys")


def _key_links(moving: Moving) -> list[Link]:
    if moving.state in Moving.OVER or not gate.may("add", "HeldKey"):
        return []
    asked: dict[str, Any] = {"tenancy": moving.tenancy_id, "next": url_for("MovingView.show", pk=moving.id)}
    return [
        Link(_l("Hand out"), url_for("HeldKeyView.add", way="out", **asked)),
        Link(_l("Take back"), url_for("HeldKeyView.add", way="back", **asked)),
    ]


def _files(moving: Moving) -> list[tuple[str, str, Any]]:
    """(number, address, state) of the tenant's file and of the unit's live one."""
    if not gate.may("show", "File") or moving.unit_id is None:
        return []
    query = select(File).where(File.unit_id == moving.unit_id).order_by(File.id.desc()).limit(20)
    found = [
        file
        for file in db.session.scalars(query)
        if file.tenancy_id == moving.tenancy_id or file.state in archive.LIVE_STATES
    ]
    return [(file.number, url_for("FileView.show", pk=file.id), cell(file, "state")) for file in found]
