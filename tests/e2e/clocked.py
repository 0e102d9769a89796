"""The console with a clock that a test moves: `python -m tests.e2e.clocked` serves as `run.py` does.

The file `CLOCK_FILE` holds by how many seconds the console's clock is ahead.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import run
from app.kit import columns

real, ahead = columns.clock, Path(os.environ["CLOCK_FILE"])


def moved() -> dt.datetime:
    """This moment, so many seconds later."""
    return real() + dt.timedelta(seconds=float(ahead.read_text() if ahead.exists() else 0))


if __name__ == "__main__":
    columns.clock = moved
    run.main()
