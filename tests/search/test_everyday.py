"""What very many entries have is met without gathering all of them, and answers as ever."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from app.demo import makers
from app.estate.models import Site
from app.kit.session import db, finish_work
from app.search import asking, everyday, rules
from app.search.declared import declared
from tests.house.full_house import statements

MANY, WANTED = 130, 20


@pytest.fixture
def few_looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two entries of all are looked at."""
    monkeypatch.setattr(everyday, "WINDOWS", 2)
    monkeypatch.setattr(everyday, "OF_EACH", 1)
    for cached in (everyday.some_entries, rules._query):
        cached.cache_clear()
    yield
    for cached in (everyday.some_entries, rules._query):
        cached.cache_clear()


@pytest.fixture
def crowd(site: Site) -> Iterator[Site]:
    """Many firms with one ending, and one of another site; the database has looked at them."""
    for number in range(MANY):
        makers.make_customer(f"甲{number}贸易有限公司", site=site)
    makers.make_customer("别处有限公司", site=makers.make_site())
    makers.make_customer("有限公司", site=site)
    finish_work()
    rules.find(db.session(), "甲", [site.id], list(declared.kinds))
    if db.engine.name == "postgresql":
        db.session.execute(text("ANALYZE search_entry"))
    everyday._known.clear()
    yield site
    everyday._known.clear()


def find(typed: str, sites: list[int], most: int = WANTED) -> tuple[list[rules.Found], bool]:
    """(what is found, whether it was asked of some entries)."""
    with statements() as seen:
        found = rules.find(db.session(), typed, sites, list(declared.kinds), most)
    return found, any("some_entries" in said for said in seen)


def test_a_common_ending_is_met_soon_and_the_best_still_comes_first(crowd: Site) -> None:
    found, sampled = find("有限公司", [crowd.id])
    assert sampled is (db.engine.name == "postgresql")
    assert (found[0].title, found[0].rank) == ("有限公司", 0)
    assert len(found) == WANTED and all(one.title.endswith("贸易有限公司") for one in found[1:])


def test_a_rare_word_is_asked_of_the_index_alone(crowd: Site) -> None:
    found, sampled = find("甲77", [crowd.id])
    assert [one.title for one in found] == ["甲77贸易有限公司"] and not sampled


@pytest.mark.usefixtures("few_looked_at")
def test_where_those_looked_at_are_too_few_all_are_asked(crowd: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the database takes for everyday, nothing is missed and nothing of another site is met."""
    every = list(db.session.scalars(select(Site.id)))
    asked = {"别处": every, "甲7": [crowd.id], "1234": every, "贸易": [crowd.id]}
    usual = {typed: find(typed, sites, MANY)[0] for typed, sites in asked.items()}
    assert [one.title for one in usual["别处"]] == ["别处有限公司"] and len(usual["贸易"]) == MANY
    monkeypatch.setattr(everyday, "is_of", lambda _asked, _words: True)
    assert {typed: find(typed, sites, MANY)[0] for typed, sites in asked.items()} == usual
    assert find("别处", [crowd.id])[0] == []


def test_which_questions_are_of_everyday_words_alone() -> None:
    asked = asking.read("有限公司").part()
    assert everyday.is_of(asked, frozenset({"有限", "限公", "公司"}))
    assert not everyday.is_of(asked, frozenset({"有限", "公司"}))
    either = asking.some([asking.Term("甲"), asking.Term("乙")])
    assert everyday.is_of(either, frozenset({"乙"})) and not everyday.is_of(either, frozenset())
    assert not everyday.is_of(asking.Group("and", ()), frozenset())
