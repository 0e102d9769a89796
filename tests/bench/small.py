"""The bench for every run of the tests: a small house in this process, ratios of what was measured in one run.

A ratio may be twice its budget before it fails, as machines differ; statements and bytes may not be more at all.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import yaml
from flask import Flask
from flask.testing import FlaskClient

from app.kit import assets
from tests.bench import house, seed

ROWS = 5_000
TIMES = 5
BUDGETS = Path(__file__).with_name("budgets.yaml")
PAGES = {
    "home": "/",
    "list": "/customers/",
    "last_page": "/customers/?page={last}",
    "files": "/files/",
    "repairs": "/repairs/",
    "search": "/search/suggest?q=科技",
    "search_tail": "/search/suggest?q=4321",
    "form": "/tenancies/add",
    "file": "/files/2",
    "file_500": "/files/1",
    "record": "/customers/1",
    "csv": "/customers/export.csv",
}
RATIOS = {  # of the quickest of some runs of each
    "last page / first page": ("last_page", "list"),
    "search / list": ("search", "list"),
    "telephone / list": ("search_tail", "list"),
    "form / list": ("form", "list"),
    "file / list": ("file", "list"),
    "file of 500 events / usual file": ("file_500", "file"),
    "csv of 1,000 rows / list": ("csv", "list"),
}
Measured = dict[str, float]


def measure(folder: Path, rows: int) -> Measured:
    """Everything that has a budget, by its name."""
    app = house.opened(folder)
    with app.app_context():
        seed.build(app, rows)
    browser = house.client(app)
    found = {f"SQL of {name}": float(count) for name, count in counts(app, browser, rows).items()}
    quickest = times(browser, rows)
    quickest["csv"] *= 1000 / rows
    found |= {name: quickest[one] / quickest[other] for name, (one, other) in RATIOS.items()}
    found |= weights(browser)
    with app.app_context():
        house.db.engine.dispose()
    return found


def addresses(rows: int) -> dict[str, str]:
    return {name: path.format(last=-(-rows // 25)) for name, path in PAGES.items()}


def counts(app: Flask, browser: FlaskClient, rows: int) -> dict[str, int]:
    """Statements of each page, warm."""
    told = {name: path for name, path in addresses(rows).items() if name != "csv"}  # which fetches in pieces
    return {name: house.statements(app, house.asked(browser, path)) for name, path in told.items()}


def times(browser: FlaskClient, rows: int) -> dict[str, float]:
    """The least processor time of each page, asked in turn: what other programs do meanwhile hardly counts."""
    best: dict[str, float] = {}
    for _ in range(TIMES):
        for name, path in addresses(rows).items():
            began = time.thread_time()
            house.asked(browser, path)()
            best[name] = min(best.get(name, 1e9), time.thread_time() - began)
    return best


def weights(browser: FlaskClient) -> Measured:
    """KB of a page as gzip has it, and of the skin's files."""
    page = browser.get("/customers/", headers={"Accept-Encoding": "gzip"})
    sent = page.data if page.headers.get("Content-Encoding") == "gzip" else gzip.compress(page.data)
    skin = sum(len(gzip.compress(asset.content)) for asset in assets.assets().values())
    return {"KB of a list": len(sent) / 1024, "KB of a list and the skin": (len(sent) + skin) / 1024}


def budgets() -> dict[str, float]:
    found: dict[str, float] = yaml.safe_load(BUDGETS.read_text(encoding="utf-8"))
    return found


def beyond(found: Mapping[str, float], allowed: Mapping[str, float]) -> list[str]:
    """What is over its budget, in words; a measurement without a budget is, too."""
    told = [f"{name} has no budget" for name in found if name not in allowed]
    for name in found.keys() & allowed.keys():
        most = allowed[name] * (2 if name in RATIOS else 1)
        if found[name] > most:
            told.append(f"{name}: {found[name]:.2f}, at most {most:.2f}")
    return sorted(told)


def tell(found: Measured) -> int:
    """Print all, and end with 1 when something is over its budget."""
    allowed = budgets()
    for name, value in found.items():
        sys.stdout.write(f"{name:36}{value:10.2f}{allowed.get(name, 0):10.2f}\n")
    wrong = beyond(found, allowed)
    sys.stdout.write("".join(f"over its budget: {line}\n" for line in wrong))
    return 1 if wrong else 0
