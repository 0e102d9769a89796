"""Uploaded sheets between the steps of an import: the sheet, what it would do, its wrong rows, and where one is."""

from __future__ import annotations

from app.security.locker import Locker

uploads = Locker("imports")
