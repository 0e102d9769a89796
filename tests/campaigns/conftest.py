"""A campaign under way whose receiver is the archivist."""

from __future__ import annotations

from typing import Any

import pytest

from app.demo import campaigns_makers as makers
from app.demo.makers import user
from app.estate.rules import find_site
from tests.conftest import SITE
from tests.standing import Made, Standing


@pytest.fixture(scope="module")
def _running(standing: Standing) -> Made:
    def write() -> Any:
        keeper = user("archivist")
        return makers.make_running(find_site(SITE), keeper, by=keeper)

    return standing(write)


@pytest.fixture
def running(_running: Made) -> Any:
    """A village owes a report and its land titles (a key paper) of 2020 to 2022."""
    return _running()
