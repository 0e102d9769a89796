"""Long work: ordered with the transaction, done once, told of, and found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.jobs import bars, rules
from app.jobs.models import Job
from app.kit.errors import RuleError
from app.kit.session import abandon_work, db, finish_work
from app.security import gate


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], str]:
    """`kind(run)`: a kind of work for this test only; answers its name."""

    def declare(run: Any) -> str:
        monkeypatch.setitem(rules._kinds, "test", rules.Kind(run, "Test work", ("apply", "Import")))
        return "test"

    return declare


@pytest.fixture
def held(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Orders stay here instead of being done at once."""
    orders: list[int] = []
    monkeypatch.setitem(app.extensions, "run_job", orders.append)
    yield orders


def job(pk: int) -> Job:
    found = db.session.get(Job, pk, populate_existing=True)
    assert found is not None
    return found


def test_work_begins_only_when_its_order_is_committed(kind: Any, held: list[int], cast: Any) -> None:
    ordered = rules.start(kind(lambda _job, _tell: {}), cast["clerk"], {})
    assert held == []
    finish_work()
    assert held == [ordered.id]


def test_an_order_that_is_rolled_back_is_never_done(kind: Any, held: list[int], cast: Any) -> None:
    finish_work()
    rules.start(kind(lambda _job, _tell: {}), cast["clerk"], {})
    abandon_work()
    finish_work()
    assert held == []


def test_unknown_work_is_refused(cast: Any) -> None:
    with pytest.raises(LookupError):
        rules.start("no such work", cast["clerk"], {})


def test_done_work_keeps_its_result_and_how_far_it_came(kind: Any, cast: Any) -> None:
    def run(work: Job, tell: rules.Progress) -> dict[str, Any]:
        tell(3, 3)
        return {"url": "/x", "seen": work.payload["number"]}

    pk = rules.start(kind(run), cast["clerk"], {"number": 7}).id
    finish_work()
    done = job(pk)
    assert (done.state, done.result, done.done, done.total) == ("done", {"url": "/x", "seen": 7}, 3, 3)
    assert done.finished_at is not None


def test_the_work_acts_for_its_owner_through_the_gate(kind: Any, cast: Any) -> None:
    seen: list[Any] = []

    def run(_job: Job, _tell: rules.Progress) -> dict[str, Any]:
        seen.extend([gate.user().username, gate.may("list", "Customer"), gate.may("edit", "User")])
        return {}

    rules.start(kind(run), cast["clerk"], {})
    finish_work()
    assert seen == ["clerk", True, False]


def test_a_refusal_is_told_in_its_own_words(kind: Any, cast: Any) -> None:
    def run(_job: Job, _tell: rules.Progress) -> dict[str, Any]:
        raise RuleError("The sheet has no heading.")

    pk = rules.start(kind(run), cast["clerk"], {}).id
    finish_work()
    assert (job(pk).state, job(pk).message) == ("failed", "The sheet has no heading.")


def test_an_error_is_told_without_its_details_and_changes_nothing(kind: Any, cast: Any, site: Any) -> None:
    def run(_job: Job, _tell: rules.Progress) -> dict[str, Any]:
        site.short_name = "half done"
        db.session.flush()
        raise ValueError("secret 110101199001010007")

    before = site.short_name
    pk = rules.start(kind(run), cast["clerk"], {}).id
    finish_work()
    assert job(pk).state == "failed"
    assert job(pk).message and "secret" not in job(pk).message
    db.session.refresh(site)
    assert site.short_name == before


def test_one_job_is_done_once_however_often_it_is_ordered(kind: Any, held: list[int], cast: Any) -> None:
    times: list[int] = []

    def run(work: Job, _tell: rules.Progress) -> dict[str, Any]:
        times.append(work.id)
        return {}

    pk = rules.start(kind(run), cast["clerk"], {}).id
    finish_work()
    rules.run(pk)
    rules.run(pk)
    rules.run(999_999)
    assert times == [pk]


def test_what_a_dead_worker_left_is_done_again_and_fails_the_second_time(kind: Any, held: list[int], cast: Any) -> None:
    pk = rules.start(kind(lambda _job, _tell: {}), cast["clerk"], {}).id
    finish_work()
    assert rules._claim(pk) is not None
    held.clear()
    assert rules.recover() == 1
    assert (job(pk).state, held) == ("waiting", [pk])
    assert rules._claim(pk) is not None
    held.clear()
    assert rules.recover() == 0
    assert (job(pk).state, held) == ("failed", [])
    assert job(pk).message


def test_a_starting_worker_leaves_the_jobs_of_another_machine_alone(kind: Any, held: list[int], cast: Any) -> None:
    other = rules.start(kind(lambda _job, _tell: {}), cast["clerk"], {})
    other.queue = "elsewhere"
    finish_work()
    assert rules._claim(other.id) is not None
    assert rules.recover() == 0
    assert job(other.id).state == "running"


def test_an_order_that_could_not_be_put_in_the_queue_is_found_later(
    app: Flask, kind: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_job_id: int) -> None:
        raise OSError("disk full")

    orders: list[int] = []
    monkeypatch.setitem(app.extensions, "run_job", broken)
    pk = rules.start(kind(lambda _job, _tell: {}), cast["clerk"], {}).id
    finish_work()
    assert job(pk).state == "waiting"
    monkeypatch.setitem(app.extensions, "run_job", orders.append)
    assert rules.order_waiting() == 1
    assert orders == [pk]


def test_progress_is_seen_while_the_work_runs(kind: Any, held: list[int], cast: Any, login: Any) -> None:
    told: list[tuple[int, int]] = []

    def run(work: Job, tell: rules.Progress) -> dict[str, Any]:
        tell(2, 8)
        told.append(rules.progress(work))
        return {}

    pk = rules.start(kind(run), cast["clerk"], {}).id
    finish_work()
    rules.run(pk)
    assert told == [(2, 8)]


def test_the_owner_reads_how_far_it_is_and_nobody_else(kind: Any, cast: Any, login: Callable[..., FlaskClient]) -> None:
    pk = rules.start(kind(lambda _job, _tell: {"url": "/files/"}), cast["clerk"], {}).id
    finish_work()
    told = login("clerk").get(f"/jobs/{pk}/progress").get_json()
    assert told == {"state": "done", "label": "Done", "done": 0, "total": 0, "message": "", "next_url": "/files/"}
    assert login("clerk").get(f"/jobs/{pk}").status_code == 200
    for name in ("supervisor", "admin", "stranger"):
        assert login(name).get(f"/jobs/{pk}/progress").status_code == 404
        assert login(name).get(f"/jobs/{pk}").status_code == 404


def test_a_key_beyond_all_numbers_is_not_found(login: Callable[..., FlaskClient]) -> None:
    for key in (0, 2**31, 2**63, 10**30):
        assert login("clerk").get(f"/jobs/{key}/progress").status_code == 404


def test_what_waits_is_stopped_before_it_begins(kind: Any, held: list[int], cast: Any, login: Any) -> None:
    begun: list[int] = []

    def run(work: Job, _tell: rules.Progress) -> dict[str, Any]:
        begun.append(work.id)
        return {}

    pk = rules.start(kind(run), cast["clerk"], {}).id
    finish_work()
    assert login("supervisor").post(f"/jobs/{pk}/stop").status_code == 404
    assert login("clerk").post(f"/jobs/{pk}/stop").location == f"/jobs/{pk}"
    rules.run(pk)
    assert (job(pk).state, begun) == ("stopped", [])
    assert "over already" in login("clerk").post(f"/jobs/{pk}/stop", follow_redirects=True).text


def test_running_work_stops_at_its_next_step_leaves_nothing_and_is_done_again(
    kind: Any, held: list[int], cast: Any, site: Any, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bars, "TOLD_EVERY", 0.0)
    before, wishes = site.short_name, [True, False]

    def run(work: Job, tell: rules.Progress) -> dict[str, Any]:
        tell(1, 9)
        site.short_name = "half"
        db.session.flush()
        if wishes.pop(0):
            bars.wish_to_stop(work.id)
        tell(2, 9)
        return {}

    pk = rules.start(kind(run), cast["supervisor"], {}).id
    finish_work()
    rules.run(pk)
    db.session.refresh(site)
    assert (job(pk).state, site.short_name, job(pk).done, job(pk).total) == ("stopped", before, 2, 9)
    supervisor = login("supervisor")
    assert "Do it again" in supervisor.get(f"/jobs/{pk}").text and "Test work" in supervisor.get("/jobs/").text
    held.clear()
    assert supervisor.post(f"/jobs/{pk}/again").status_code == 302
    assert (job(pk).state, held) == ("waiting", [pk])
    rules.run(pk)
    assert (job(pk).state, job(pk).attempts) == ("done", 1)
    assert "done again" in supervisor.post(f"/jobs/{pk}/again", follow_redirects=True).text


def test_work_that_a_role_no_longer_includes_is_not_done_again(
    kind: Any, held: list[int], cast: Any, login: Any
) -> None:
    pk = rules.start(kind(lambda _job, _tell: {}), cast["auditor"], {}).id
    rules.stop(job(pk))
    finish_work()
    answer = login("auditor").post(f"/jobs/{pk}/again", follow_redirects=True).text
    assert "no longer includes" in answer and job(pk).state == "stopped"


def test_a_worker_that_was_thought_dead_keeps_nothing(kind: Any, held: list[int], cast: Any, site: Any) -> None:
    """Its work was given to another one meanwhile: what it wrote is undone, and the job stays the other's."""
    before = site.short_name

    def run(_work: Job, _tell: rules.Progress) -> dict[str, Any]:
        site.short_name = "twice"
        assert rules.recover() == 1  # nobody saw a sign of life; it commits what was written so far
        assert rules._claim(pk) is not None
        site.short_name = "three times"
        return {}

    pk = rules.start(kind(run), cast["clerk"], {}).id
    finish_work()
    rules.run(pk)
    db.session.refresh(site)
    assert (job(pk).state, job(pk).attempts, site.short_name) == ("running", 2, "twice") and before != "twice"


def test_a_refused_job_leads_nowhere(kind: Any, cast: Any, login: Callable[..., FlaskClient]) -> None:
    def run(_job: Job, _tell: rules.Progress) -> dict[str, Any]:
        raise RuleError("No.")

    pk = rules.start(kind(run), cast["clerk"], {}).id
    finish_work()
    told = login("clerk").get(f"/jobs/{pk}/progress").get_json()
    assert (told["state"], told["message"], told["next_url"]) == ("failed", "No.", "")
