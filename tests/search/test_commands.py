"""`flask search …`."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from sqlalchemy import delete

from app.demo import makers
from app.kit.session import db, finish_work
from app.search.commands import search
from app.search.models import SearchEntry


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(search, words, catch_exceptions=False)


def test_find_prints_hits_as_json(app: Flask, site: Any) -> None:
    customer = makers.make_customer("命令行客户", site=site)
    finish_work()
    told = json.loads(run(app, "find", "命令行", "--json").output)
    assert [(hit["kind"], hit["record_id"], hit["title"]) for hit in told["hits"]] == [
        ("customer", customer.id, "命令行客户")
    ]


def test_rebuild_brings_back_what_was_lost(app: Flask, site: Any) -> None:
    makers.make_customer("失而复得", site=site)
    finish_work()
    db.session.execute(delete(SearchEntry.__table__))
    finish_work()
    assert "失而复得" not in run(app, "find", "失而复得").output
    output = run(app, "rebuild").output
    assert "customer: " in output and "entries: " in output
    assert "失而复得" in run(app, "find", "失而复得").output
