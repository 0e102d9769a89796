"""The skin's own files: addressed by digest, small, and nothing fetched from outside."""

from __future__ import annotations

import gzip
import hashlib
import re

import pytest
from flask.testing import FlaskClient

from app.kit import assets

pytestmark = pytest.mark.once

MOST_BYTES = 35 * 1024


@pytest.mark.no_app
def test_an_address_carries_the_digest_of_what_is_sent() -> None:
    for name, asset in assets.assets().items():
        digest = hashlib.sha256(asset.content).hexdigest()[:12]
        stem, _, ending = name.rpartition(".")
        assert asset.address == f"{stem}-{digest}.{ending}"


def test_a_file_is_sent_for_ever_under_its_digest(client: FlaskClient) -> None:
    asset = assets.assets()["hudang.css"]
    answer = client.get(f"/static/{asset.address}")
    assert answer.status_code == 200
    assert answer.data == asset.content
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.content_type.startswith("text/css")


def test_another_digest_is_not_found(client: FlaskClient) -> None:
    assert client.get("/static/hudang-000000000000.css").status_code == 404
    assert client.get("/static/hudang.css").status_code == 404
    assert client.get("/static/css/tokens.css").status_code == 404


@pytest.mark.no_app
def test_style_and_script_together_stay_small() -> None:
    sent = [assets.assets()[name].content for name in ("hudang.css", "hudang.js")]
    assert sum(len(gzip.compress(content)) for content in sent) < MOST_BYTES


@pytest.mark.no_app
def test_nothing_is_fetched_from_outside() -> None:
    for name in ("hudang.css", "hudang.js"):
        text = assets.assets()[name].content.decode()
        addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text))
        assert addresses <= {"http://www.w3.org"}, name
        assert "@import" not in text


@pytest.mark.no_app
def test_every_part_of_a_bundle_is_sent_in_its_order() -> None:
    for name, parts in assets.BUNDLES.items():
        content = assets.assets()[name].content
        places = [content.find((assets.FOLDER / part).read_bytes()) for part in parts]
        assert -1 not in places
        assert places == sorted(places)


@pytest.mark.no_app
def test_every_style_and_script_is_in_a_bundle() -> None:
    written = {str(path.relative_to(assets.FOLDER)) for path in assets.FOLDER.glob("*/*.*")}
    assert written == {part for parts in assets.BUNDLES.values() for part in parts if "/" in part}


@pytest.mark.no_app
@pytest.mark.parametrize("name", ["home", "folder", "lock", "alert", "right", "dot"])
def test_an_icon_is_decoration_unless_it_is_named(name: str) -> None:
    assert 'aria-hidden="true"' in assets.icon(name)
    named = assets.icon(name, 'a "b"')
    assert 'role="img"' in named
    assert 'aria-label="a &#34;b&#34;"' in named


@pytest.mark.no_app
def test_an_unknown_icon_draws_a_dot() -> None:
    assert assets.icon("no-such-thing") == assets.icon("dot")
