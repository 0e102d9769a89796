"""What the plans share with the rooms' own tests."""

from tests.retention.conftest import moved_out, on_disk

__all__ = ["moved_out", "on_disk"]
