"""Who works on a fit-out, and what is found on rounds through it."""

from __future__ import annotations

from typing import Any

from app.estate.numbers import numbered
from app.fitout.models import Fitout, FitoutInspection, FitoutWorker
from app.fitout.rules import BETWEEN_INSPECTIONS, under_way
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.security import audit

PASSES = "CR"


def give_pass(worker: FitoutWorker, *, by: Any = None) -> FitoutWorker:
    """A pass for one worker, valid no longer than the permit."""
    with db.session.no_autoflush:
        fitout = _open_fitout(worker.fitout)
    worker.site_id, worker.fitout_id, worker.tenancy_id = fitout.site_id, fitout.id, fitout.tenancy_id
    worker.valid_until_on = worker.valid_until_on or fitout.until_on
    check_pass(worker)
    worker.pass_number = numbered(fitout.site_id, PASSES)
    db.session.add(worker)
    db.session.flush()
    db.session.expire(fitout, ["workers"])
    audit.write("give_pass", worker, {"number": worker.pass_number}, by=by)
    return worker


def _open_fitout(fitout: Fitout | None) -> Fitout:
    if fitout is None:
        raise RuleError(_l("Choose a fit-out."), field="fitout")
    if not under_way(fitout):
        raise RuleError(_l("This fit-out has no permit, or it is over."), field="fitout")
    return fitout


def check_pass(worker: FitoutWorker, *, by: Any = None) -> None:
    """A pass ends with the permit; one that came back stays back."""
    if not (worker.name or "").strip():
        raise RuleError(_l("Say whose pass it is."), field="name")
    if worker.valid_until_on > worker.fitout.until_on:
        raise RuleError(_l("A pass ends with the permit, on %(day)s.", day=worker.fitout.until_on),
                        field="valid_until_on")  # fmt: skip
    if worker.returned_on is not None and worker.returned_on > today():
        raise RuleError(_l("A pass is not returned before it is."), field="returned_on")


def inspect(inspection: FitoutInspection, *, by: Any = None) -> FitoutInspection:
    """A round through the works; the next one is due a week later."""
    with db.session.no_autoflush:
        fitout = _open_fitout(inspection.fitout)
    if not (inspection.finding or "").strip():
        raise RuleError(_l("Say what was found."), field="finding")
    inspection.inspected_on = inspection.inspected_on or today()
    if inspection.inspected_on > today():
        raise RuleError(_l("Nothing is found before its day."), field="inspected_on")
    inspection.site_id, inspection.fitout_id = fitout.site_id, fitout.id
    inspection.tenancy_id, inspection.inspector_id = fitout.tenancy_id, getattr(by, "id", None)
    if fitout.inspect_by_on is not None:
        fitout.inspect_by_on = max(fitout.inspect_by_on, inspection.inspected_on + BETWEEN_INSPECTIONS)
    db.session.add(inspection)
    db.session.flush()
    db.session.expire(fitout, ["inspections"])
    audit.write("inspect", fitout, {"line": inspection.id}, by=by)
    return inspection
