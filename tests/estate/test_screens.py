"""Lists name the site where a reader works for several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.demo import makers
from app.estate import rules as estate


@pytest.mark.parametrize("several", [False, True])
def test_the_site_stands_in_a_list_only_for_who_works_for_several(
    login: Callable[..., FlaskClient], site: Any, cast: Any, several: bool
) -> None:
    makers.make_unit("0777", site=site)
    if several:
        estate.assign(makers.make_site("第二大厦"), cast["clerk"])
    page = login("clerk").get("/units/?number=0777").get_data(as_text=True)
    assert "0777" in page
    assert (site.name in page.split("<tbody", 1)[1]) is several
    filed = login("clerk").get(f"/units/?site={site.id}").get_data(as_text=True)
    assert "0777" in filed
