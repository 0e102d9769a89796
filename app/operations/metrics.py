"""`/metrics` for Prometheus, for whoever sends METRICS_TOKEN; without one nothing is measured and nothing answers.

With several workers each writes its figures to files in PROMETHEUS_MULTIPROC_DIR (`run.py`), read together here.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, current_app, request

from app.jobs import rules as jobs
from app.kit.session import db
from app.operations import logs

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


def init_app(app: Flask) -> None:
    if not app.config.get("METRICS_TOKEN"):
        return
    from prometheus_client import CollectorRegistry, Gauge, Histogram

    registry = CollectorRegistry()
    seconds = Histogram(
        "hudang_request_seconds", "Requests by route and status", ["method", "route", "status"],
        registry=registry, buckets=BUCKETS,
    )  # fmt: skip
    pool = Gauge(
        "hudang_database_connections", "Connections of the pools, by what they do", ["state"],
        registry=registry, multiprocess_mode="livesum",
    )  # fmt: skip

    @app.after_request
    def measure(response: Response) -> Response:
        status = str(response.status_code)
        seconds.labels(request.method, logs.route(), status).observe(logs.milliseconds() / 1000)
        for state, number in _pool().items():
            pool.labels(state).set(number)
        return response

    app.extensions["metrics"] = registry
    app.add_url_rule("/metrics", "metrics", metrics)


def metrics() -> Response:
    """All figures as Prometheus reads them."""
    from prometheus_client import CollectorRegistry, generate_latest, multiprocess

    said = request.headers.get("Authorization", "")
    if not hmac.compare_digest(said.encode(), f"Bearer {current_app.config['METRICS_TOKEN']}".encode()):
        abort(403)
    registry = current_app.extensions["metrics"]
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    asked = CollectorRegistry()
    asked.register(_Asked())
    return current_app.response_class(generate_latest(registry) + generate_latest(asked), mimetype="text/plain")


class _Asked:
    """What is looked up when somebody asks, rather than counted on the way."""

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        waiting, found = (
            GaugeMetricFamily("hudang_jobs", "Long work that is not over", labels=["state"]),
            jobs.by_state(),
        )
        for state in ("waiting", "running"):
            waiting.add_metric([state], found.get(state, 0))
        yield waiting


def _pool() -> dict[str, int]:
    pool: Any = getattr(db.engine, "pool", None)
    if not hasattr(pool, "checkedout"):
        return {}
    return {"in_use": pool.checkedout(), "idle": pool.checkedin()}
