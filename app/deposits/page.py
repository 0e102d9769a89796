"""What the deposits room says on a file's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import LIVE_STATES, File
from app.deposits.models import DEPOSIT_KINDS, LINE_REASONS, Deposit, DepositLine
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.labels import _l
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.session import db
from app.security import gate

MOST = 50


def chapter(file: File) -> Chapter:
    """Each deposit and what is held by kind; every line of the ledger is an event; one statement."""
    if file.tenancy is None or not gate.may("list", "Deposit"):
        return Chapter()
    newest = select(Deposit).where(Deposit.tenancy_id == file.tenancy_id).order_by(Deposit.id.desc()).limit(MOST)
    deposits = list(db.session.scalars(newest.options(joinedload(Deposit.lines))).unique())
    lines = [line for deposit in deposits for line in deposit.lines]
    gate.foresee([*deposits, *lines])
    return Chapter(_panel(file, deposits), [_event(line) for line in lines], _openers(file), _warnings(file, deposits))


def _panel(file: File, deposits: Sequence[Deposit]) -> Panel:
    heads = [_l("Kind of deposit"), _l("Number"), _l("To be paid (yuan)"), _l("Held (yuan)"), _l("State")]
    rows: list[list[Cell]] = []
    by_kind = sorted(deposits, key=lambda deposit: (list(DEPOSIT_KINDS).index(deposit.kind), deposit.id))
    for kind, same in groupby(by_kind, key=lambda deposit: deposit.kind):
        rows += _rows(file, kind, list(same))
    links = []
    if (asked := _new(file)) is not None:
        links.append(asked)
    return Panel(_l("Deposits held"), heads, rows, _l("No deposits."), links, key="deposits")


def _rows(file: File, kind: str, deposits: Sequence[Deposit]) -> Iterator[list[Cell]]:
    """The deposits of a kind; where there are several, what is held of them together."""
    for deposit in deposits:
        link = Cell(deposit.number, "link", address("DepositView.show", pk=deposit.id))
        money = [cell(deposit, "payable_cents"), cell(deposit, "held_cents")]
        yield [Cell(DEPOSIT_KINDS[kind]), link, *money, cell(deposit, "state")]
    if len(deposits) > 1:
        held = [gate.value(deposit, "held_cents") for deposit in deposits]
        total = Cell(gate.SEALED, "sealed") if gate.SEALED in held else Cell(sum(held), "money")
        yield [Cell(DEPOSIT_KINDS[kind]), Cell(_l("together")), Cell(""), total, Cell("")]


def _event(line: DepositLine) -> Event:
    what = f"{DEPOSIT_KINDS[line.kind]} · {LINE_REASONS[line.reason]}"
    return Event(line.booked_on, what, cell(line, "amount_cents"), address("DepositLineView.show", pk=line.id))


def _new(file: File, key: str = "") -> Link | None:
    if file.state not in LIVE_STATES or not gate.may("add", "Deposit"):
        return None
    here = address("FileView.show", pk=file.id)
    return Link(_l("New deposit"), url_for("DepositView.add", unit=file.unit_id, next=here), key=key)


def _openers(file: File) -> list[Link]:
    opener = _new(file, "d")
    return [opener] if opener is not None else []


def _warnings(file: File, deposits: Sequence[Deposit]) -> list[tuple[Any, Link | None]]:
    """Somebody who has moved out still has something with us."""
    tenancy = file.tenancy
    if tenancy is None or tenancy.state == "live" or not sum(deposit.held_cents for deposit in deposits):
        return []
    rest = next(deposit for deposit in deposits if deposit.held_cents)
    link = Link(_l("Open the deposit"), address("DepositView.show", pk=rest.id))
    return [(_l("The tenant has moved out, and a deposit of theirs is still held."), link)]
