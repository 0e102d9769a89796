"""A job's page with its bar, and how far it is as JSON."""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify
from flask_appbuilder import BaseView, expose, has_access

from app.jobs.models import JOB_STATES, Job
from app.jobs.rules import progress
from app.kit.session import db
from app.security import gate

LARGEST_KEY = 2**31 - 1


class JobView(BaseView):
    """Own work only: a job belongs to who started it."""

    route_base = "/jobs"
    class_permission_name = "Job"
    default_view = "show"

    @expose("/<int:pk>")
    @has_access
    def show(self, pk: int) -> Any:
        """The bar; a script asks `progress` and goes on when the work is done."""
        return self.render_template("jobs/show.html", job=own_job(pk), words=JOB_STATES)

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


def own_job(pk: int) -> Job:
    """The job, if the acting user started it; 404 otherwise."""
    user = gate.user()
    job = db.session.get(Job, pk) if pk <= LARGEST_KEY else None
    if job is None or user is None or job.owner_id != user.id:
        abort(404)
    return job
