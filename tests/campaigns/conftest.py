"""A campaign under way whose receiver is the archivist."""

from __future__ import annotations

from typing import Any

import pytest

from app.demo import campaigns_makers as makers


@pytest.fixture
def running(site: Any, cast: Any) -> Any:
    """A village owes a report and its land titles (a key paper) of 2020 to 2022."""
    return makers.make_running(site, cast["archivist"], by=cast["archivist"])
