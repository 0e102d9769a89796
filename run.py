"""Start the console: `python run.py`. `flask --app run …` gives the same app to commands."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

import config

ROOT = Path(__file__).resolve().parent
PREPARING = 0x5052_4550  # any number of our own
AFTER_THE_FIRST = 2.0  # seconds that whoever waits for the first page has the machine to themselves


def create_app(settings: dict[str, Any] | None = None) -> Any:
    """The app as the environment or `settings` describe it; `flask --app run` looks for this name.

    All of it stays until the end: looking through it for rubbish meanwhile takes a third of the time.
    """
    gc.disable()
    try:
        from app import create_app as wire

        return wire(settings)
    finally:
        gc.freeze()
        gc.enable()


def main() -> None:
    """Prepare what is missing, then serve until stopped."""
    began = time.monotonic()
    settings = config.load()
    _prepare_metrics(settings)
    app = create_app()
    _prepare_fonts(settings)
    with app.app_context():
        from app.security import setup

        prepare_database(app)
        if setup.nobody_yet():
            print(f"First administrator: {settings['PUBLIC_URL']}/setup  code {setup.first_admin_code()}", flush=True)
    _greet(app, began)
    _serve(app)


def prepare_database(app: Any) -> None:
    """Migrate, settle permissions, schemes and kinds of repair, and load the made-up tower into an empty database."""
    from app.kit.session import db

    with one_at_a_time(db.engine):
        _prepare_tables(app)
    db.session.remove()
    db.engine.dispose()


def one_at_a_time(engine: Any) -> Any:
    """Of several machines that start at once, one prepares the database they share; SQLite has one machine only."""
    from sqlalchemy import text

    @contextmanager
    def locked() -> Iterator[None]:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": PREPARING})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": PREPARING})

    return locked() if engine.dialect.name == "postgresql" else nullcontext()


def _prepare_tables(app: Any) -> None:
    from app.archive import schemes
    from app.complaints import promises
    from app.kit.session import db, finish_work
    from app.operations import readiness
    from app.repairs import kinds
    from app.security import setup

    standing = readiness.standing()
    db.session.remove()
    if standing == "newer":  # an upgrade goes round: the newer console has settled everything
        print("The database was prepared by a newer console.", flush=True)
        return
    if standing != "current":
        from flask_migrate import upgrade

        print("Preparing the database …", flush=True)
        upgrade(directory=str(ROOT / "migrations"))
    setup.sync_permissions(app)
    schemes.load_shipped()
    promises.put_in()
    kinds.default_kinds()
    finish_work()
    if app.config["DEMO"]:
        _prepare_demo(app.config)
        finish_work()


def _prepare_demo(settings: Mapping[str, Any]) -> None:
    """The made-up tower where there is nothing yet (its makers are read then only), else its people's password."""
    from app.demo import cast
    from app.security import setup

    if setup.nobody_yet():
        from app.demo import tower

        if tower.is_empty():
            print("Making up a tower and a year of work in it (about a minute) …", flush=True)
            tower.load(settings["DEMO_PASSWORD"], days=settings["DEMO_DAYS"], trades=settings["DEMO_TRADES"])
    elif settings["DEMO_PASSWORD_SAID"]:
        cast.set_passwords(settings["DEMO_PASSWORD"])


def _prepare_fonts(settings: dict[str, Any]) -> None:
    from app.printing import fonts

    fonts.prepare(Path(settings["DATA_DIR"]))


def _prepare_metrics(settings: dict[str, Any]) -> None:
    """Where the workers write their figures, said before prometheus_client is loaded; emptied at each start."""
    if settings["METRICS_TOKEN"]:
        folder = Path(settings["DATA_DIR"]) / "metrics"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _greet(app: Any, began: float) -> None:
    from app.demo.cast import CAST

    url = f"http://{app.config['HOST']}:{app.config['PORT']}"
    print(f"\nHudang 户档 is ready at {url}  (after {time.monotonic() - began:.1f} s; stop with Ctrl+C)")
    if app.config["DEMO"]:
        print(f"Log in as {', '.join(CAST)}  password: {app.config['DEMO_PASSWORD']}")
    print(flush=True)


def _serve(app: Any) -> None:
    """gunicorn with sync workers, and one worker for long work beside it."""
    from gunicorn.app.base import BaseApplication

    _leave_connections(app, close=True)

    class Server(BaseApplication):
        """The app, loaded before the workers fork."""

        def load_config(self) -> None:
            self.cfg.set("bind", f"{app.config['HOST']}:{app.config['PORT']}")
            self.cfg.set("workers", app.config["WEB_WORKERS"])
            self.cfg.set("worker_class", "sync")
            self.cfg.set("timeout", 120)
            self.cfg.set("max_requests", 5000)
            self.cfg.set("max_requests_jitter", 500)
            self.cfg.set("limit_request_line", 8190)
            self.cfg.set("preload_app", True)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("when_ready", lambda _server: _start_jobs())
            self.cfg.set("post_fork", lambda _server, _worker: _leave_connections(app, close=False))
            self.cfg.set("post_worker_init", lambda _worker: _warm(app))
            self.cfg.set("on_exit", lambda _server: _stop_jobs())
            self.cfg.set("child_exit", lambda _server, worker: _forget_figures(worker.pid))
            if app.config["LOG_FORMAT"] == "json":
                self.cfg.set("logger_class", _PlainLogger)

        def load(self) -> Any:
            return app

    Server().run()


def _leave_connections(app: Any, *, close: bool) -> None:
    """Each process opens its own: two that are forked with an open one read each other's answers on it."""
    from app.kit.session import db

    with app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=close)


class _PlainLogger(Logger):
    """gunicorn's own messages go where all others go."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def _forget_figures(pid: int) -> None:
    """A worker that is gone has no connections open any more."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(pid)


def _warm(app: Any) -> None:
    """Have a new process ready to print once it has answered; what is loaded by then is not looked at again."""
    from app.printing import engine
    from app.search import pinyin

    def load() -> None:
        with app.app_context():
            engine.warm()
            pinyin.readings("户档", False)
        gc.freeze()

    warm = threading.Timer(AFTER_THE_FIRST, load)
    warm.daemon, warm.name = True, "warm"
    warm.start()


_stopping = threading.Event()
_jobs: list[threading.Thread] = []


def _start_jobs() -> None:
    """Long work is done by a process of its own, which is started again should it ever end."""
    _jobs.append(threading.Thread(target=_keep_working, name="jobs"))
    _jobs[0].start()


def _keep_working() -> None:
    command = [sys.executable, "-m", "flask", "--app", "run", "jobs", "work"]
    _stopping.wait(AFTER_THE_FIRST)
    while not _stopping.is_set():
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        while process.poll() is None and not _stopping.wait(1):
            pass
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        _stopping.wait(1)


def _stop_jobs() -> None:
    _stopping.set()
    for thread in _jobs:
        thread.join(15)


if __name__ == "__main__":
    main()
