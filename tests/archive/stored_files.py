"""Where stored files lie in tests: a folder of DATA_DIR."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.archive import scans
from app.kit import stored


def folder(where: stored.Store | None = None) -> Path:
    """Of scans, unless another shelf is named."""
    found = where if where is not None else scans.shelf()
    assert isinstance(found, stored.Folder)
    return found.path("")


def path_of(kept: Any) -> Path:
    """The file of a scan, or of any other record with a `blob`."""
    return folder() / kept.blob


def find_unfinished(monkeypatch: Any) -> None:
    """Nothing is committed in a test, so stored files still wait for their names: they are found beside."""
    found = stored.Folder.path

    def beside(where: stored.Folder, name: str) -> Path:
        path, partial = found(where, name), found(where, name + stored.PARTIAL)
        return partial if name and not path.exists() and partial.exists() else path

    monkeypatch.setattr(stored.Folder, "path", beside)
