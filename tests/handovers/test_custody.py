"""The ledger of custody balances whatever happens to files, and says so where it does not."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from app.archive import custody
from app.archive import rules as archive
from app.archive.custody import CustodyLine
from app.archive.models import LIVE_STATES, File, Scheme
from app.archive.reports.custody_balance import balances
from app.customers.rules import live_tenancy
from app.demo import makers
from app.handovers import rules
from app.handovers.models import Handover
from app.kit import columns
from app.kit.session import AppendOnlyError, db
from app.reporting import rules as reporting
from app.reporting.asked import Asked, usual_days
from app.retention import locks
from tests.handovers.conftest import Step, sign_all

Acting = Callable[[Any], AbstractContextManager[None]]
STEPS = 60


def kinds_of(file: File) -> list[tuple[str, int]]:
    lines = select(CustodyLine).where(CustodyLine.file_id == file.id).order_by(CustodyLine.id)
    return [(line.kind, line.amount) for line in db.session.scalars(lines)]


def destroy(file: File) -> None:
    """What the witnessed list does to a file in the end."""
    with locks.destroying():
        file.state = "destroyed"
        db.session.flush()


def test_every_way_of_a_file_is_written_down(site: Any, cast: Any) -> None:
    file = makers.make_file(makers.make_unit(site=site), by=cast["clerk"])
    db.session.flush()
    archive.file_away(file, by=cast["archivist"])
    file.state = "filed"
    db.session.flush()
    file.state = "closed"
    db.session.flush()
    custody.enter(file, "destroyed", by=cast["archivist"], cause="XH-2026-00001")
    destroy(file)
    told = kinds_of(file)
    assert told[-5:] == [("given", -1), ("received", 1), ("moved", -1), ("moved", 1), ("destroyed", -1)]
    assert told[0] == ("opened", 1) and sum(amount for _kind, amount in told) == 0
    last = db.session.scalars(select(CustodyLine).order_by(CustodyLine.id.desc())).first()
    assert last is not None and (last.cause, last.holder_id) == ("XH-2026-00001", cast["archivist"].id)


def test_a_line_of_the_ledger_never_changes(site: Any, cast: Any) -> None:
    makers.make_file(makers.make_unit(site=site), by=cast["clerk"])
    db.session.flush()
    line = db.session.scalars(select(CustodyLine)).first()
    assert line is not None
    for change in (lambda: setattr(line, "amount", 2), lambda: db.session.delete(line)):
        with pytest.raises(AppendOnlyError), db.session.begin_nested():
            change()
            db.session.flush()


def test_a_hand_over_is_the_cause(handover: Handover, files: list[File], step: Step) -> None:
    step(handover, "close_list", "archivist")
    step(handover, "all_present", "supervisor")
    step(handover, "checked", "supervisor")
    sign_all(step, handover)
    causes = set(db.session.scalars(select(CustodyLine.cause).where(CustodyLine.kind.in_(("given", "received")))))
    assert handover.number in causes


def act_at_random(chance: random.Random, site: Any, cast: Any, step: Step) -> None:
    """One thing that a house does to its files."""
    people = [cast[name] for name in ("clerk", "archivist", "supervisor")]
    files = list(db.session.scalars(select(File).where(File.site_id == site.id, File.state != "destroyed")))
    kind = chance.choice(("open", "hand_over", "file", "close", "destroy", "open"))
    if kind == "open" or not files:
        makers.make_file(makers.make_unit(site=site), by=chance.choice(people))
    elif kind == "hand_over":
        giver, receiver = chance.sample(people, 2)
        hand_over(site, giver, receiver, cast["manager"], step, chance)
    elif kind == "file":
        file = chance.choice(files)
        if file.state == "open" and file.tenancy_id:
            archive.file_away(file, by=chance.choice(people))
            file.state = "filed"
    elif kind == "close":
        file = chance.choice(files)
        if file.state in LIVE_STATES and file.tenancy_id and live_tenancy(file.unit):
            file.state = "closed"
    elif kind == "destroy":
        file = chance.choice(files)
        if file.state == "closed":
            destroy(file)
    db.session.flush()


def hand_over(site: Any, giver: Any, receiver: Any, manager: Any, step: Step, chance: random.Random) -> None:
    handover = makers.make_handover(site, giver, receiver, manager)
    if not rules.list_all_of(handover, by=giver):
        step(handover, "give_up", giver.username)
        return
    step(handover, "close_list", giver.username)
    for line in handover.lines:
        line.found = chance.choice(("present", "present", "missing"))
    step(handover, "checked", receiver.username)
    sign_all(step, handover, giver.username, receiver.username)


def the_balance(acting: Acting, cast: Any, site: Any) -> list[int]:
    """The differences of the report, line by line."""
    with acting(cast["auditor"]):
        found = balances(Asked(*usual_days("past"), site.id))
    return [balance.difference for balance in found.values()]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_the_ledger_balances(
    site: Any, cast: Any, step: Step, acting: Acting, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Random openings, hand-overs, filings, removals and destructions over a year; then a line is lost and told."""
    chance, clock = random.Random(seed), columns.clock
    db.session.execute(update(Scheme).values(effective_from=dt.date(2000, 1, 1)))
    for day in range(STEPS):
        at = clock() - dt.timedelta(days=6 * (STEPS - day - 1))
        monkeypatch.setattr(columns, "clock", lambda at=at: at)
        act_at_random(chance, site, cast, step)
    monkeypatch.setattr(columns, "clock", clock)
    differences = the_balance(acting, cast, site)
    assert len(differences) > 2 and not any(differences)
    assert state_of_files() == state_of_ledger()

    last = db.session.scalar(select(func.max(CustodyLine.id)).where(CustodyLine.amount == 1))
    db.session.execute(delete(CustodyLine).where(CustodyLine.id == last))
    assert any(the_balance(acting, cast, site))


def state_of_files() -> dict[Any, int]:
    query = select(File.custodian_id, func.count()).where(File.state != "destroyed").group_by(File.custodian_id)
    return {holder: int(count) for holder, count in db.session.execute(query)}


def state_of_ledger() -> dict[Any, int]:
    query = select(CustodyLine.holder_id, func.sum(CustodyLine.amount)).group_by(CustodyLine.holder_id)
    return {holder: int(count) for holder, count in db.session.execute(query) if count}


def test_a_file_that_changed_hands_behind_the_ledger_is_told(site: Any, cast: Any, acting: Acting) -> None:
    """The negative control of the check column: a keeper changed by hand in the database."""
    file = makers.make_file(makers.make_unit(site=site), by=cast["clerk"])
    db.session.flush()
    assert not any(the_balance(acting, cast, site))
    db.session.execute(update(File).where(File.id == file.id).values(custodian_id=cast["supervisor"].id))
    assert sorted(the_balance(acting, cast, site))[0::1] != [0] * len(the_balance(acting, cast, site))


@pytest.mark.parametrize("args", [{}, {"by": "holder"}, {"by": "class"}])
def test_the_balance_is_a_report(site: Any, cast: Any, acting: Acting, files: list[File], args: dict[str, str]) -> None:
    found = reporting.find("custody_balance")
    assert found is not None
    with acting(cast["archivist"]):
        table = reporting.ask(found, args).table
    assert table.totals is not None and table.totals[-2:] == [len(files), 0]
    opening, opened, received, given, moved, destroyed, closing, difference = table.totals[2:]
    assert opening + opened + received - given + moved - destroyed == closing and difference == 0


def test_the_register_of_holders_names_who_holds_which_file(
    site: Any, cast: Any, acting: Acting, files: list[File]
) -> None:
    found = reporting.find("file_holders")
    assert found is not None
    with acting(cast["supervisor"]):
        (line,) = reporting.ask(found, {}).table.lines
        assert [line.cells[0], line.cells[1]] == [str(cast["archivist"]), 3]
        every = reporting.ask(found, {"show": "files"}).table.lines
    assert [each.cells[1] for each in every] == [file.number for file in files]
    assert all(each.cells[0] == str(cast["archivist"]) and each.cells[-1] == columns.today() for each in every)
