"""The console as a newcomer starts it, and a real browser in front of it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import scratch
from tests.e2e import chromium

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Demo-Tower-2026!"
PICTURES = ROOT / "var" / "pictures"
FAILED = pytest.StashKey[bool]()
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
    # no page stays so long that its last compiler pays, and the other core is another worker's
    "--js-flags=--no-turbofan --single-threaded-gc",
]  # fmt: skip
SHARED_ROSTER = ROOT.parent / "shared" / "data" / "租户信息一览表.xlsx"


@dataclass
class Server:
    """A running console: its address and the folder it keeps everything in."""

    url: str
    data_dir: Path
    env: dict[str, str]
    process: subprocess.Popen[bytes]
    entered: dict[str, Any] = field(default_factory=dict)
    spare: dict[str, list[Page]] = field(default_factory=dict)

    def kill(self) -> None:
        """End it without taking leave, and what it started."""
        os.killpg(self.process.pid, signal.SIGKILL)

    def flask(self, *words: str) -> str:
        """Run `flask --app run …` beside the server; returns what it printed."""
        command = [sys.executable, "-m", "flask", "--app", "run", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def serving(
    folder: Path, *, program: tuple[str, ...] = ("run.py",), patience: int = 90, **more: str
) -> Iterator[Server]:
    """`python run.py` in an empty data folder until it answers, `patience` seconds at most; stopped at the end."""
    port = free_port()
    scratch.share_fonts(folder)
    env = (
        os.environ
        | {
            "DEMO_DAYS": "20",
            "DATA_DIR": str(folder),
            "PORT": str(port),
            "DEMO_PASSWORD": PASSWORD,
            "PYTHONPATH": str(ROOT),
        }
        | more
    )
    log = (folder / "server.log").open("w")
    command = [sys.executable, *program]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, folder / "server.log", patience)
        yield Server(url, folder, env, process)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path, patience: int) -> None:
    for _ in range(patience * 10):
        if process.poll() is not None:
            raise AssertionError(f"the console stopped:\n{log.read_text()[-3000:]}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"no answer:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a console that was started as people start it and made up its tower; once a run."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "tower"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            made = tmp_path_factory.mktemp("made")
            with serving(made) as running:
                running.kill()  # before it is ready for work that nobody does
            made.rename(folder)
    return folder


def copy_of(tower: Path, folder: Path) -> Path:
    """The tower in a folder of a console's own; the typefaces are shared."""
    shutil.copytree(tower, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("fonts", "*.log"))
    return folder


@pytest.fixture(scope="session")
def server(tower: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The console with the made-up tower."""
    with serving(copy_of(tower, tmp_path_factory.mktemp("console"))) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.command(), args=QUIET)
        yield opened
        opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Let fixtures know that the test failed, so that the windows can be photographed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@contextlib.contextmanager
def windows(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a browser window in which somebody has logged in; photographs them all when the test failed.

    A window costs as much as six pages: who has one in this test goes on in it, and what one test leaves the next one
    takes, without its cookies. A test that listens to its window asks for one of its `own`.
    """
    opened: dict[str, Page] = {}

    def open_window(
        name: str, language: str = "en-GB", *, password: str = PASSWORD, own: bool = False, **options: Any
    ) -> Page:
        kind = f"{language} {sorted(options.items())}{' own' * own}"
        page = opened.get(f"{name} {kind}")
        if page is None:
            spare = server.spare.get(kind)
            page = spare.pop() if spare else _new_window(browser, server, language, options)
            opened[f"{name} {kind}"] = page
        come_in(page, server, name, password)
        return page

    yield open_window
    failed = request.node.stash.get(FAILED, False)
    for place, (key, page) in enumerate(opened.items()):
        if failed:
            page.context.pages[-1].screenshot(path=PICTURES / f"{request.node.name}-{place}.png", full_page=True)
        if failed or key.endswith(" own") or len(page.context.pages) > 1:
            page.context.close()
        else:
            server.spare.setdefault(key.split(" ", 1)[1], []).append(page)


def _new_window(browser: Browser, server: Server, language: str, options: dict[str, Any]) -> Page:
    context = browser.new_context(locale=language, base_url=server.url, accept_downloads=True, **options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def come_in(page: Page, server: Server, name: str, password: str = PASSWORD) -> None:
    """Log in. Who has logged in once comes in with the cookie, as long as it is good for anything."""
    kept = server.entered.get(name, [])
    page.context.clear_cookies()
    page.context.add_cookies(kept)
    if kept:
        page.goto("/")
    if not kept or not page.locator("nav#rail").count():
        page.goto("/login")
        page.fill("[name=username]", name)
        page.fill("[name=password]", password)
        page.keyboard.press("Enter")
        page.wait_for_selector("nav#rail", state="attached")
        server.entered[name] = [one for one in page.context.cookies() if one["name"] not in ("language", "rail")]


@pytest.fixture
def enter(request: pytest.FixtureRequest, server: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`enter("clerk", "zh-CN")`: a fresh browser window in which that person has logged in."""
    with windows(request, server, browser) as open_window:
        yield open_window


@pytest.fixture(scope="session")
def roster(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The roster of a real house where it is at hand, else one of its kind."""
    if SHARED_ROSTER.exists():
        return SHARED_ROSTER
    path = tmp_path_factory.mktemp("roster") / "roster.xlsx"
    server.flask("demo", "roster", str(path))
    return path
