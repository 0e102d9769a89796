"""Paper: ours as a reader gets it, with number, hash and log, beside Chromium's print of the same sheets."""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

import config
from app.archive.models import File
from app.customers.models import Tenancy
from app.demo import makers
from app.deposits.models import DepositLine
from app.kit.session import db, finish_work
from app.printing import engine, fonts
from tests.bench import house, serving
from tests.bench.report import Line
from tests.e2e import chromium as browsers

CHROMIUM = "Chromium"
READER = "clerk"  # of one site: as many files a day as one wants to print
TIMES = 7
HERE = Path(engine.__file__).parent / "sheet"


class Printed:
    """What the console was asked to print, and the sheets it made the PDF of."""

    def __init__(self) -> None:
        self.sheets: list[str] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep the pages that are handed to the engine."""
        usual = engine.make_pdf

        def make(sheets: Sequence[str], **more: Any) -> bytes:
            self.sheets = list(sheets)
            return usual(sheets, **more)

        engine.make_pdf = make
        try:
            yield
        finally:
            engine.make_pdf = usual


def timed(act: Callable[[], Any], times: int = TIMES) -> float:
    """Median ms, warm."""
    act()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def as_page(sheet: str) -> str:
    """A sheet as a browser can print it: with our rules and typefaces written into it."""
    faces = "".join(
        f'@font-face {{ font-family: "{cut.family}"; font-weight: {700 if cut.weight == "Bold" else 400};'
        f' src: url("file://{(config.ROOT / "var" / "fonts" / cut.file)}") }}\n'
        for cut in fonts.cuts()
    )
    style = f"<style>{faces}{(HERE / 'sheet.css').read_text(encoding='utf-8')}</style>"
    head, body = sheet.split("</head>", 1) if "</head>" in sheet else ("", sheet)
    return f"{head}{style}</head>{body}" if head else style + body


@contextmanager
def chromium(folder: Path) -> Iterator[Callable[[Sequence[str], int], float | None]]:
    """A warm browser that prints sheets one after the other; answers None where there is no browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.stderr.write("Chromium is not measured: Playwright is missing\n")
        yield lambda _sheets, _times: None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.command(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()

        def print_all(sheets: Sequence[str], times: int) -> float:
            paths = []
            for number, sheet in enumerate(sheets):
                paths.append(folder / f"sheet-{number}.html")
                paths[-1].write_text(as_page(sheet), encoding="utf-8")

            def act() -> None:
                for path in paths:
                    page.goto(f"file://{path}")
                    page.pdf(prefer_css_page_size=True, print_background=True)

            return timed(act, times)

        yield print_all
        browser.close()


def receipt_key(app: Flask) -> int:
    """A receipt to print; made by the rules where there is none yet."""
    with app.app_context():
        query = select(DepositLine.id).where(DepositLine.receipt_number != "").order_by(DepositLine.id).limit(1)
        if db.session.scalar(query) is None:
            makers.make_deposit(db.session.get_one(Tenancy, 1), received=1_000_000)
            finish_work()
        found = db.session.scalar(query)
        db.session.remove()
    assert found is not None
    return int(found)


def since(app: Flask, wanted: int, *where: Any) -> tuple[dt.date, int]:
    """(day, how many): the files opened since that day are as many as wanted, or a few more."""
    newest = select(File.opened_on).where(*where).order_by(File.opened_on.desc())
    with app.app_context():
        day = db.session.scalar(newest.offset(wanted - 1).limit(1))
        if day is None:
            day = db.session.scalar(select(func.min(File.opened_on)).where(*where))
        count = db.session.scalar(select(func.count(File.id)).where(*where, File.opened_on >= day)) or 0
        db.session.remove()
    assert day is not None
    return day, int(count)


def asked(browser: FlaskClient, address: str) -> Callable[[], Any]:
    def act() -> Any:
        answer = browser.post(address)
        if answer.mimetype != "application/pdf":
            raise RuntimeError(f"{address} answers {answer.status_code} {answer.mimetype}")
        return answer

    return act


def receipt(app: Flask, browser: FlaskClient, print_all: Any) -> Iterator[Line]:
    """One page as the engine makes it, and all three copies as the desk gets them."""
    printed, address = Printed(), f"/print/deposit_receipt/{receipt_key(app)}"
    with printed.listening():
        asked(browser, address)()
    sheet = printed.sheets[:1]
    with app.app_context():
        where = engine.folder()
        ours = timed(lambda: engine.make_pdf(sheet, where=where), 15)
    theirs = print_all(sheet, 15)
    beside = {CHROMIUM: theirs} if theirs else {}
    yield Line("receipt", "receipt, one page, warm", ours, peers=beside).against_peer(CHROMIUM, 0.4, also=120)
    whole, theirs = timed(asked(browser, address)), print_all(printed.sheets, TIMES)
    note = "with numbers, hash and log; Chromium prints the ready pages"
    yield Line("receipt_whole", "receipt, three copies, as asked for", whole,
               peers={CHROMIUM: theirs} if theirs else {}, against=CHROMIUM, note=note)  # fmt: skip


def catalogue(app: Flask, browser: FlaskClient, print_all: Any) -> Iterator[Line]:
    """The ledger of files: 1,500 rows and 10,000."""
    day, count = since(app, 1500, File.site_id == 1)
    printed, address = Printed(), f"/print/file_ledger?from={day}"
    with printed.listening():
        asked(browser, address)()
    ours, theirs = timed(asked(browser, address), 3) / 1000, print_all(printed.sheets, 3)
    line = Line("catalogue", f"catalogue of {count:,} rows", ours, "s", {CHROMIUM: theirs / 1000} if theirs else {})
    yield line.against_peer(CHROMIUM, 1)


def long_catalogue(app: Flask, folder: Path) -> Iterator[Line]:
    """10,000 rows by the command, which tells the time and memory of the whole of it; and a fifth of them."""
    count, took, most = _ledger(app, folder, 10_000)
    fifth, _took, few = _ledger(app, folder, 2_000)
    yield Line("long_catalogue", f"catalogue of {count:,} rows, from the command line", took, "s")
    note = f"{few:.0f} MB for {fifth:,} rows"
    line = Line("long_catalogue_memory", "memory of it, all processes", most, "MB", note=note)
    line.reach, line.reached = "flat (≤ 1.25 × that of a fifth)", most <= 1.25 * few
    yield line


def _ledger(app: Flask, folder: Path, rows: int) -> tuple[int, float, float]:
    """(rows, seconds, MB) of the ledger of files since there were so many."""
    day, count = since(app, rows)
    command = [sys.executable, "-m", "flask", "--app", "run", "forms", "print", "file_ledger"]
    command += ["--out", str(folder / "ledger.pdf"), "--from", str(day), "--to", str(dt.date.today())]
    environ = house.environ(Path(app.config["DATA_DIR"]), app.config["SQLALCHEMY_DATABASE_URI"])
    took, most, _said = serving.run_watched(command, config.ROOT, environ)
    return count, took, most


def labels(app: Flask, browser: FlaskClient) -> Iterator[Line]:
    """Many labels in one go."""
    day, count = since(app, 288, File.site_id == 1)
    ours = timed(asked(browser, f"/print/file_labels?from={day}"), 3) / 1000
    yield Line("labels", f"{count} labels in one go", ours, "s").at_most(3)


def all_of(app: Flask, folder: Path) -> Iterator[Line]:
    """Everything on paper."""
    browser = house.client(app, READER)
    with chromium(folder) as print_all:
        yield from receipt(app, house.client(app), print_all)
        yield from catalogue(app, browser, print_all)
    yield from labels(app, browser)
    yield from long_catalogue(app, folder)
