"""The user guide: a page a plan in three languages, as `guide.yaml` says, each picture there."""

from __future__ import annotations

import pytest

from tests.e2e import guide

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def test_every_page_of_the_guide_is_as_written() -> None:
    stale = [str(path) for path, text in guide.pages() if not path.exists() or path.read_text("utf-8") != text]
    assert not stale, "run `make guide`"


def test_the_guide_has_a_chapter_for_every_shipped_scheme() -> None:
    shipped = {path.stem for path in (guide.ROOT / "app" / "archive" / "schemes").glob("*.yaml")}
    assert {chapter["scheme"] for chapter in guide.chapters()} == shipped and len(shipped) == 13


def test_every_picture_of_the_guide_is_there() -> None:
    wanted = {path for language in guide.LANGUAGES for _step, path in guide.wanted((), language)}
    there = set((guide.GUIDE / "pictures").rglob("*.png"))
    assert wanted == there and len(wanted) >= 13 * 3


def test_some_pictures_are_taken_alone() -> None:
    names = ["market_customers", "mining_sales-2"]
    taken = [path.stem for _step, path in guide.wanted(names, "en")]
    assert taken == ["market_customers-1", "market_customers-2", "market_customers-3", "mining_sales-2"]


def test_every_chapter_tells_in_three_languages_what_is_asked_and_how() -> None:
    for chapter in guide.chapters():
        for told in [chapter["asks"], *(step["say"] for step in chapter["steps"])]:
            assert set(told) == set(guide.LANGUAGES) and all(len(text.strip()) > 5 for text in told.values())
        assert len(chapter["steps"]) >= 3 and any("at" in step for step in chapter["steps"])
