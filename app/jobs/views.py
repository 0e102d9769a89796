"""A job's page with its bar, and how far it is as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, jsonify, redirect, url_for
from flask_appbuilder import BaseView, expose, has_access

from app.jobs import rules
from app.jobs.models import JOB_STATES, Job
from app.jobs.rules import progress
from app.kit.errors import RuleError
from app.kit.session import db
from app.security import gate

LARGEST_KEY = 2**31 - 1


class JobView(BaseView):
    """Own work only: a job belongs to who started it."""

    route_base = "/jobs"
    class_permission_name = "Job"
    default_view = "list"

    @expose("/")
    @has_access
    def list(self) -> Any:
        """The newest pieces of work of the acting user."""
        jobs = [(job, rules.label_of(job)) for job in rules.mine(gate.user())]
        return self.render_template("jobs/list.html", jobs=jobs, words=JOB_STATES)

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """The bar; a script asks `progress` and goes on when the work is done."""
        job = own_job(pk)
        return self.render_template("jobs/show.html", job=job, label=rules.label_of(job), words=JOB_STATES)

    @expose("/<int:pk>/progress")
    @has_access
    def progress(self, pk: int) -> Any:
        """`state` is a key of JOB_STATES, `label` its word; `next_url` is "" until there is somewhere to go on to."""
        job = own_job(pk)
        done, total = progress(job)
        return jsonify(
            state=job.state,
            label=str(JOB_STATES[job.state]),
            done=done,
            total=total,
            message=job.message,
            next_url=job.result.get("url", "") if job.state == "done" else "",
        )

    @expose("/<int:pk>/stop", methods=["POST"])
    @has_access
    def stop(self, pk: int) -> Any:
        return told_back(own_job(pk), rules.stop)

    @expose("/<int:pk>/again", methods=["POST"])
    @has_access
    def again(self, pk: int) -> Any:
        return told_back(own_job(pk), rules.again)


def told_back(job: Job, do: Callable[[Job], None]) -> Any:
    """Do it, and go back to the job's page; what is refused is told there."""
    try:
        do(job)
    except RuleError as refusal:
        flash(str(refusal), "danger")
    return redirect(url_for("JobView.show", pk=job.id))


def own_job(pk: int) -> Job:
    """The job, if the acting user started it; 404 otherwise."""
    user = gate.user()
    job = db.session.get(Job, pk) if pk <= LARGEST_KEY else None
    if job is None or user is None or job.owner_id != user.id:
        abort(404)
    return job
