"""G5: no line leaves the audit that must still be kept, and what is left is verifiable from its anchored head."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select

import config
from app.kit import columns
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import db, finish_work
from app.security import audit, chain, purge, verify
from app.security.models import AuditLine
from tests.standing import Made, Standing

LINES: Any = AuditLine.__table__
LONG_AGO = 4 * 365


@pytest.fixture(scope="module")
def _aged(standing: Standing) -> Made:
    def write() -> None:
        begun = columns.clock()
        db.session.execute(delete(LINES))
        chain.head_file().unlink()
        with pytest.MonkeyPatch.context() as patched:
            for month in range(49):
                patched.setattr(columns, "clock", lambda at=begun - dt.timedelta(days=LONG_AGO - 30 * month): at)
                audit.write("edit", None, {"month": month})
                finish_work()

    return standing(write)


@pytest.fixture
def aged(_aged: Made, head: Path) -> list[int]:
    """Lines of four years, one each month; their numbers."""
    return numbers()


def numbers() -> list[int]:
    return list(db.session.scalars(select(LINES.c.id).order_by(LINES.c.id)))


def before(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def test_what_is_older_than_three_years_leaves_and_the_rest_is_whole(aged: list[int], app: Flask) -> None:
    assert app.config["AUDIT_KEEP_DAYS"] == 3 * 365
    gone = purge.purge(purge.latest_day())
    finish_work()
    kept = numbers()
    assert gone.lines == gone.through == 13 and kept == [*aged[13:], aged[-1] + 1]
    assert verify.verify().ok and chain.anchored() == (kept[-1], db.session.get(AuditLine, kept[-1]).mac)  # type: ignore[union-attr]
    line = db.session.get(AuditLine, kept[-1])
    assert line is not None and line.action == "purge_audit" and line.detail["through"] == 13
    assert line.detail["lines"] == 13 and line.detail["before"] == purge.latest_day().isoformat()


def test_new_lines_grow_on_what_is_left_and_it_is_purged_again(aged: list[int], monkeypatch: Any) -> None:
    purge.purge(before(LONG_AGO - 100))
    finish_work()
    audit.write("edit", None, {})
    finish_work()
    second = purge.purge(purge.latest_day())
    finish_work()
    assert second.lines == 13 - 4 and second.through == 13 and verify.verify().ok
    far = columns.now() + dt.timedelta(days=9 * 365)
    monkeypatch.setattr(columns, "clock", lambda: far)
    assert purge.purge(purge.latest_day()).lines == 39  # both earlier purge lines are among them
    finish_work()
    assert len(numbers()) == 1 and numbers()[0] > aged[-1] and verify.verify().ok


@pytest.mark.parametrize("days, keep", [(1094, 1095), (0, 1095), (-5, 1095), (179, 180), (0, 0), (179, -9)])
def test_what_must_be_kept_is_not_purged(
    aged: list[int], app: Flask, monkeypatch: pytest.MonkeyPatch, days: int, keep: int
) -> None:
    """Whatever the setting says, half a year is the least."""
    monkeypatch.setitem(app.config, "AUDIT_KEEP_DAYS", keep)
    with pytest.raises(RuleError):
        purge.purge(before(days))
    db.session.rollback()
    assert numbers() == aged


def test_the_negative_control_half_a_year_may_be_purged_where_it_is_set(
    aged: list[int], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "AUDIT_KEEP_DAYS", 180)
    assert purge.purge(before(180)).lines == 43


def test_a_shorter_time_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(config.UnsafeSettings, match="AUDIT_KEEP_DAYS"):
        config.load({"DATA_DIR": str(tmp_path), "AUDIT_KEEP_DAYS": "179"})
    assert config.load({"DATA_DIR": str(tmp_path), "AUDIT_KEEP_DAYS": "180"})["AUDIT_KEEP_DAYS"] == 180


def test_nothing_to_purge_writes_no_line(aged: list[int]) -> None:
    assert purge.purge(before(9 * 365)) == purge.Purged(0, 0)
    finish_work()
    assert numbers() == aged


def test_a_clock_that_was_set_back_lets_nothing_younger_leave(aged: list[int], monkeypatch: Any) -> None:
    """An old date behind younger lines: the chain is cut at its beginning only."""
    back = columns.now() - dt.timedelta(days=LONG_AGO)
    with monkeypatch.context() as patched:
        patched.setattr(columns, "clock", lambda: back)
        audit.write("edit", None, {"clock": "back"})
        finish_work()
    assert purge.purge(purge.latest_day()).lines == 13


def test_a_chain_that_does_not_hold_is_not_purged(aged: list[int]) -> None:
    db.session.execute(delete(LINES).where(LINES.c.id == 5))
    with pytest.raises(RuleError, match="does not hold|校验不通过"):
        purge.purge(purge.latest_day())


def test_lines_taken_away_without_a_purge_are_missed(aged: list[int]) -> None:
    db.session.execute(delete(LINES).where(LINES.c.id <= 13))
    assert [broken.line for broken in verify.verify().breaks] == [1]


@pytest.mark.parametrize("more", [1, 20])
def test_more_than_was_purged_is_missed(aged: list[int], more: int) -> None:
    purge.purge(purge.latest_day())
    finish_work()
    db.session.execute(delete(LINES).where(LINES.c.id <= 13 + more))
    report = verify.verify()
    assert [(broken.line, broken.reason) for broken in report.breaks] == [
        (14, f"lines are missing before line {14 + more}")
    ]


def test_purged_lines_that_are_put_back_are_noticed(aged: list[int]) -> None:
    kept = db.session.execute(select(LINES).where(LINES.c.id == 13)).mappings().one()
    purge.purge(purge.latest_day())
    finish_work()
    db.session.execute(insert(LINES).values(**kept))
    assert not verify.verify().ok


def test_a_forged_purge_line_excuses_nothing(aged: list[int]) -> None:
    """Without the key nobody seals one, however well it names what is missing."""
    last = db.session.execute(select(LINES).where(LINES.c.id == aged[-1])).mappings().one()
    taken = db.session.scalar(select(LINES.c.mac).where(LINES.c.id == 13))
    forged = dict(last) | {"id": aged[-1] + 1, "action": "purge_audit", "detail": {"through": 13, "seal": taken}}
    db.session.execute(insert(LINES).values(**forged))
    db.session.execute(delete(LINES).where(LINES.c.id <= 13))
    assert {1, aged[-1] + 1} <= {broken.line for broken in verify.verify().breaks}


def test_the_command_purges_what_it_may_and_says_so(aged: list[int], app: Flask) -> None:
    run = app.test_cli_runner()
    refused = run.invoke(args=["audit", "purge", "--before", today().isoformat()])
    assert refused.exit_code == 1 and numbers() == aged
    assert "13 lines purged, up to line 13" in run.invoke(args=["audit", "purge"]).output
    assert run.invoke(args=["audit", "verify"]).exit_code == 0
    assert "0 lines purged" in run.invoke(args=["audit", "purge"]).output


def test_an_undone_purge_leaves_every_line(aged: list[int]) -> None:
    purge.purge(purge.latest_day())
    db.session.rollback()
    assert numbers() == aged and verify.verify().ok
    assert db.session.scalar(select(func.count()).select_from(LINES)) == 49
