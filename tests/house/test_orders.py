"""Whatever a list may be sorted by has an index to walk along; a list too long to be counted links to its ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint, select, text

from app.demo import makers
from app.kit import paging
from app.kit.kinds import mapper_of
from app.kit.session import db, finish_work
from app.security import gate
from tests.house.full_house import OURS, furnish, record_views, statements

Login = Callable[..., FlaskClient]


def heads(table: Any) -> set[str]:
    """The columns that lead an index or a key of the whole table."""
    led = [key for key in table.constraints if isinstance(key, UniqueConstraint | PrimaryKeyConstraint)]
    led += [key for key in table.indexes if key.dialect_options["sqlite"]["where"] is None]
    return {
        list(key.columns)[0].name for key in led if isinstance(key, UniqueConstraint | PrimaryKeyConstraint | Index)
    }


def test_every_offered_order_leads_an_index(app: Flask) -> None:
    asked = {(view.model, name) for view in record_views(app) for name in [*view.order_columns, view.base_order[0]]}
    without = sorted(
        f"{model.__table__.name}.{name}"
        for model, name in asked
        if mapper_of(model).columns[name].name not in heads(model.__table__)
    )
    assert len(asked) > 150 and without == []


def test_a_long_list_is_walked_along_its_index_and_links_to_its_ends(
    app: Flask, login: Login, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "COUNT_UP_TO", 20)
    for number in range(30):
        makers.make_customer(f"走廊{number:02d}", site=site)
    finish_work()
    keeper = login("supervisor")
    with statements() as seen:
        first = keeper.get("/customers/").text
    asked = next(said for said in seen if "ORDER BY customer.name" in said)
    assert "site_id IN" in asked  # one of two sites: the filter is there, but only looked at
    assert ("+customer.site_id" in asked) == (db.session.get_bind().dialect.name == "sqlite")
    assert 'rel="last"' in first and 'rel="next"' in first
    last = keeper.get(re.findall(r'href="([^"]+)" rel="last"', first)[0].replace("&amp;", "&")).text
    assert "走廊29" in last and 'rel="next"' not in last and 'rel="prev"' in last


def test_who_works_everywhere_is_asked_for_no_site(app: Flask, login: Login, site: Any, cast: Any) -> None:
    """And asked again at once where a site is added."""
    from app.estate import rules as estate

    keeper, other = login("supervisor"), db.session.scalars(text("SELECT id FROM site ORDER BY id")).all()
    for key in other:
        if key != site.id:
            estate.assign(db.session.get_one(type(site), key), makers.user("supervisor"))
    finish_work()
    with statements() as seen:
        keeper.get("/customers/")
    assert not any("customer.site_id IN" in said for said in seen)
    estate.add_site("新址大厦")
    finish_work()
    with statements() as seen:
        keeper.get("/customers/")
    assert any("customer.site_id IN" in said for said in seen)
    assert gate.EVERYWHERE == "everywhere"


def test_a_file_has_the_same_values_whether_columns_or_cells_are_told(
    app: Flask, login: Login, site: Any, all_rights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is decided once for a column is what the gate says of each value; what it keeps back goes cell by cell."""
    from app.kit import plain_rows

    furnish(site, OURS)
    finish_work()
    manager = login("manager")
    with app.test_request_context("/"):
        swift = [view for view in record_views(app) if plain_rows.are_enough(view, list(view.list_columns))]
    full = [view for view in swift if db.session.scalar(select(view.model.id).limit(1))]
    told = {view: manager.get(f"{view.route_base}/export.csv").text for view in full}
    monkeypatch.setattr(plain_rows, "are_enough", lambda *_asked: False)
    assert {view: manager.get(f"{view.route_base}/export.csv").text for view in full} == told
    assert len([view for view in full if told[view].count("\n") > 1]) > 10


def test_the_first_page_counts_no_further_than_lists_do(
    app: Flask, login: Login, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.kit import counting

    unit = makers.make_unit("计1", floor=makers.make_floor(site))
    for _ in range(4):
        makers.make_repair(unit)
    finish_work()
    monkeypatch.setattr(counting, "COUNT_UP_TO", 2)
    monkeypatch.setitem(app.jinja_env.globals, "most_counted", 2)
    with statements() as seen:
        page = login("manager").get("/").text
    assert "<strong>2+</strong>" in re.sub(r"\s+", "", page)
    assert [said for said in seen if "count(" in said and "repair" in said and "LIMIT" not in said.upper()] == []
