"""Where the tests write: into memory where there is room, for nothing of it outlives the run.

On a disk, though nobody asks it to sync, a run on PostgreSQL takes a twelfth longer.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import config

MEMORY = Path("/dev/shm")
ROOM = 1 << 30  # bytes, several times what a run takes; a container often has 64 MB


def use_memory() -> None:
    """For the temporary files of this process and of those that it starts. Who has set TMPDIR has chosen."""
    if "TMPDIR" not in os.environ and is_roomy(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def is_roomy(folder: Path) -> bool:
    """Whether it can be written to, and ROOM bytes of it are free."""
    return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free >= ROOM


def for_sockets(name: str) -> Path:
    """A folder that is not made yet. The path of a socket has at most 107 characters."""
    here = tempfile.gettempdir()
    return Path(here if len(here) < 40 else "/tmp") / name


def share_fonts(folder: Path) -> None:
    """The typefaces that were cut for the developer's console, under the DATA_DIR `folder` that has none."""
    cut = config.ROOT / "var" / "fonts"
    if cut.is_dir() and not (folder / "fonts").exists():
        shutil.copytree(cut, folder / "fonts", copy_function=os.symlink)
