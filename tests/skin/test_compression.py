"""What leaves is packed where the browser unpacks it; no secret of a page repeats itself in what is packed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

from flask.testing import FlaskClient

from app.kit import assets
from app.security import form_tokens as tokens

Login = Callable[..., FlaskClient]

PACK = {"Accept-Encoding": "gzip, br"}


def test_pages_files_and_streams_are_packed_for_those_who_ask(login: Login) -> None:
    keeper = login("supervisor")
    for address in ("/customers/", "/customers/export.csv", f"/static/{assets.assets()['hudang.css'].address}"):
        plain, packed = keeper.get(address), keeper.get(address, headers=PACK)
        assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers, address
        assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) < len(plain.data) or plain.data.startswith(b"\xef\xbb\xbf")
        assert _settled(gzip.decompress(packed.data)) == _settled(plain.data), address


def test_the_first_list_weighs_sixty_kilobytes_and_the_next_fifteen(login: Login) -> None:
    keeper = login("supervisor")
    page = keeper.get("/customers/", headers=PACK).data
    once = [keeper.get(f"/static/{one.address}", headers=PACK).data for one in assets.assets().values()]
    assert len(page) < 15 * 1024
    assert len(page) + sum(len(each) for each in once) < 60 * 1024


def test_what_is_packed_already_or_refused_stays_as_it_is(login: Login, client: FlaskClient) -> None:
    refused = login("supervisor").get("/customers/", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
    assert "Content-Encoding" not in client.get("/healthz", headers=PACK).headers


def test_the_token_of_a_page_looks_different_each_time_and_is_one_on_a_page(login: Login) -> None:
    keeper = login("supervisor")
    pages = [keeper.get("/customers/").text for _ in range(2)]
    drawn = [set(re.findall(r'csrf.token" (?:content|value)="([^"]+)"', page)) for page in pages]
    assert [len(each) for each in drawn] == [1, 1]
    first, second = (each.pop() for each in drawn)
    assert first[:40] != second[:40]
    assert str(tokens.plain(first)).split(".")[0] == str(tokens.plain(second)).split(".")[0]


def test_what_is_no_token_is_none() -> None:
    for typed in ("", None, "x", "ÿ", "a" * 7, "AAAA", "=" * 9, "-_-_"):
        assert tokens.plain(typed) is None or "." not in str(tokens.plain(typed))
    assert tokens.plain(tokens.masked("payload.time.sign")) == "payload.time.sign"


def _settled(content: bytes) -> bytes:
    """Without what is made anew for each page: tokens, keys of forms, words of scripts, the time."""
    return re.sub(rb'(nonce|value|content)="[^"]*"', b"", content)
