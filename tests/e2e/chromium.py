"""The browser of the tests: the system's Chromium, best the one that never opens a window, else Playwright's own."""

from __future__ import annotations

import shutil
import sys

COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser")


def command() -> str | None:
    """Where the browser is; None where only Playwright knows."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)


if __name__ == "__main__":
    if "--names" in sys.argv:
        sys.stdout.write(", ".join(COMMANDS) + "\n")
    else:
        sys.exit(command() is None)
