"""What the moving room says on a file's page."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import func, select

from app.archive.models import File
from app.customers.models import Tenancy
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.moving import rules
from app.moving.models import MOVING_KINDS, MOVING_STATES, HeldKey, Moving
from app.security import gate

SHOWN, MOST = 5, 20
TONES = {"open": "warn", "checked": "warn", "closed": "good"}


def chapter(file: File) -> Chapter:
    """The tenant's moves with what is out of keys and cards, and the ways to move out and to hand out keys."""
    if file.tenancy_id is None or not gate.may("list", "Moving"):
        return Chapter()
    found = [tuple(row) for row in db.session.execute(_query(file.tenancy_id))]
    moves = [moving for moving, _keys, _cards in found if moving is not None]
    keys, cards = found[0][1:] if found else (0, 0)
    gate.foresee(moves)
    return Chapter(
        panel=_panel(moves, keys, cards),
        events=[_event(moving) for moving in moves],
        openers=_openers(file, moves),
        warnings=[_warning(moving) for moving in moves if _is_late(moving)],
    )


def _query(tenancy_id: int) -> Any:
    """One row a move of the tenancy, one without any where it has none; beside each what is out."""

    def out(kind: str) -> Any:
        sum_ = select(func.coalesce(func.sum(HeldKey.quantity), 0))
        return sum_.where(HeldKey.tenancy_id == tenancy_id, HeldKey.kind == kind).scalar_subquery()

    return (
        select(Moving, out("key"), out("card"))
        .select_from(Tenancy)
        .outerjoin(Moving, Moving.tenancy_id == Tenancy.id)
        .where(Tenancy.id == tenancy_id)
        .order_by(Moving.id.desc())
        .limit(MOST)
    )


def _openers(file: File, moves: list[Moving]) -> list[Link]:
    tenancy, links = file.tenancy, []
    if tenancy is None or tenancy.state != "live":
        return []
    is_leaving = any(moving.kind == "out" and moving.state not in Moving.OVER for moving in moves)
    if not is_leaving and gate.may("add", "Moving"):
        links.append(Link(_l("Move out"), url_for("MovingView.add", unit=file.unit_id, kind="out"), key="m"))
    if gate.may("add", "HeldKey"):
        back = address("FileView.show", pk=file.id)
        links.append(Link(_l("Hand out keys"), url_for("HeldKeyView.add", tenancy=tenancy.id, next=back), key="k"))
    return links


def _panel(moves: list[Moving], keys: int, cards: int) -> Panel:
    rows = [
        [
            Cell(moving.number, "link", address("MovingView.show", pk=moving.id)),
            cell(moving, "kind"),
            Cell(moving.closed_on or moving.planned_on, "date"),
            cell(moving, "state"),
        ]
        for moving in moves[:SHOWN]
    ]
    title = _l("Moving in and out")
    if keys or cards:
        title = _l("Moving in and out · keys out: %(keys)s, cards out: %(cards)s", keys=keys, cards=cards)
    heads = [_l("Number"), _l("In or out"), _l("Date"), _l("State")]
    return Panel(title, heads, rows, _l("No moves."), key="moves")


def _event(moving: Moving) -> Event:
    what = f"{MOVING_KINDS[moving.kind]} · {MOVING_STATES[moving.state]}"
    url = address("MovingView.show", pk=moving.id)
    return Event(moving.closed_on or moving.asked_on, what, moving.number, url, TONES.get(moving.state, ""))


def _is_late(moving: Moving) -> bool:
    return moving.kind == "out" and moving.state in ("open", "checked") and rules.is_late(moving)


def _warning(moving: Moving) -> tuple[Any, Link | None]:
    link = Link(_l("Open"), address("MovingView.show", pk=moving.id))
    return _l("The move-out was planned for %(day)s.", day=moving.planned_on), link
