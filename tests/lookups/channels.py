"""Every way by which something of a file could leave, over HTTP."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.archive.models import Scan
from app.kit.session import db
from app.printing import engine
from tests.api.conftest import forced, speaking
from tests.archive import hostile
from tests.lookups.walking import SECRET, World

Pages = dict[str, tuple[str, str]]


def by_http(app: Flask, login: Any, monkeypatch: Any) -> list[Callable[..., None]]:
    """The channels; what is printed is read as the page that is laid out."""
    monkeypatch.setattr(engine, "make_pdf", lambda pages: "".join(pages).encode())

    def screens(world: World, _acting: Any, reader: str) -> None:
        _told(world, login(reader), reader, "read", _pages(world))

    def sheets(world: World, _acting: Any, reader: str) -> None:
        client = login(reader)
        for url in (f"/files/{world.file.id}/print", f"/papers/{world.records['licence'].id}/print",
                    f"/complaints/{world.records['complaint'].id}/print", "/papers/print",
                    f"/print/file_contents/{world.file.id}"):  # fmt: skip
            _no_more(world, reader, "print", client.post(url).get_data(as_text=True))

    def lists(world: World, _acting: Any, reader: str) -> None:
        client = login(reader)
        for url in ("/papers/", "/customers/", "/complaints/", "/search/?q=密", "/search/suggest?q=密"):
            _no_more(world, reader, "read", client.get(url).get_data(as_text=True))
        for url in ("/papers/export.csv", "/customers/export.csv", "/complaints/export.csv"):
            _no_more(world, reader, "never", client.get(url).get_data(as_text=True))

    def programs(world: World, _acting: Any, reader: str) -> None:
        client = speaking(app, forced(world.cast[reader]))
        for url in (f"customers/{world.file.customer_id}", "customers", "complaints", f"files/{world.file.id}"):
            _no_more(world, reader, "download", client.get(f"/api/v1/{url}").get_data(as_text=True))

    def scans(world: World, _acting: Any, reader: str) -> None:
        client, scan = login(reader), _scan_of(world)
        if client.get("/").status_code == 200:
            world.check(reader, "licence", "read", client.get(f"/scans/{scan}/read").status_code == 200)
            world.check(reader, "licence", "download", client.get(f"/scans/{scan}").status_code == 200)

    return [screens, sheets, lists, programs, scans]


def _pages(world: World) -> dict[str, str]:
    return {
        "company": f"/files/{world.file.id}",
        "licence": f"/papers/{world.records['licence'].id}",
        "identity": f"/papers/{world.records['identity'].id}",
        "complaint": f"/complaints/{world.records['complaint'].id}",
    }


def _told(world: World, client: FlaskClient, reader: str, way: str, pages: dict[str, str]) -> None:
    """Each page says its own secret exactly where it may, and no other one that it may not."""
    for name, url in pages.items():
        answer = client.get(url)
        text = answer.get_data(as_text=True)
        _no_more(world, reader, way, text)
        if answer.status_code == 200:
            world.check(reader, name, way, getattr(world.records[name], SECRET[name]) in text)


def _no_more(world: World, reader: str, way: str, text: str) -> None:
    """Nothing that this reader may not have this way is in the text."""
    for name, column in SECRET.items():
        if getattr(world.records[name], column) in text and not world.allows(reader, name, way):
            world.check(reader, name, way, True)


def _scan_of(world: World) -> int:
    """A scan of the licence, brought in once while its file is taken for open."""
    paper = world.records["licence"]
    if not paper.scans:
        from werkzeug.datastructures import FileStorage

        from app.archive import scans

        ready = scans.make_ready(FileStorage(io.BytesIO(hostile.picture()), "a.jpg"))
        db.session.add(Scan(site_id=paper.site_id, document=paper, **scans.store(ready)))
        db.session.commit()
    return int(paper.scans[0].id)
