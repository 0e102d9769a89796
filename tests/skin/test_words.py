"""Templates: every word is marked for translation, no style and no handler stands in the markup, every icon exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.kit import assets

pytestmark = pytest.mark.once

APP = Path(__file__).resolve().parents[2] / "app"
TEMPLATES = sorted(path for path in APP.glob("*/templates/**/*.html"))
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-none", "data-failed", "label")
# What is the same in every language.
PLAIN = {"Ctrl", "Enter", "SHA-256", "SVG", "KB"}


def name_of(path: Path) -> str:
    return str(path.relative_to(APP))


def bare(text: str) -> str:
    """The template without comments, expressions, statements, scripts and drawings."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", "", text, flags=re.DOTALL)
    return re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)


def unmarked(text: str) -> list[str]:
    """Words between tags or in attributes that are read aloud, outside any expression."""
    without = bare(text)
    spoken = re.findall(rf'\s(?:{"|".join(SPOKEN)})="([^"]*)"', without)
    between = re.sub(r"<[^>]*>", "\n", without, flags=re.DOTALL).split("\n")
    pieces = [re.sub(r"&\w+;", "", piece).strip() for piece in [*between, *spoken]]
    return [piece for piece in pieces if re.search(r"[A-Za-z\u4e00-\u9fff]", piece) and piece not in PLAIN]


@pytest.mark.no_app
@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_word_of_a_template_is_marked(path: Path) -> None:
    assert unmarked(path.read_text(encoding="utf-8")) == []


@pytest.mark.no_app
def test_an_unmarked_word_is_found() -> None:
    assert unmarked("<p>Hello</p>") == ["Hello"]
    assert unmarked('<p>{{ _("Hello") }} 你好</p>') == ["你好"]
    assert unmarked('<a aria-label="Close" href="/x">{{ icon("close") }}</a>') == ["Close"]


@pytest.mark.no_app
@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_style_and_no_handler_stands_in_the_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.no_app
@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_icon_of_a_template_is_drawn(path: Path) -> None:
    asked = set(re.findall(r"\bicon\(\"([a-z-]+)\"", path.read_text(encoding="utf-8")))
    assert asked <= set(assets.drawings())


@pytest.mark.no_app
def test_every_icon_of_the_menu_is_drawn() -> None:
    listed = set(re.findall(r'_l\("[^"]+"\), "([a-z-]+)"\)', (APP / "views.py").read_text(encoding="utf-8")))
    assert len(listed) > 10
    assert listed <= set(assets.drawings())


@pytest.mark.no_app
@pytest.mark.parametrize("path", sorted(assets.FOLDER.glob("js/*.js")), ids=lambda path: str(path.name))
def test_scripts_speak_no_language(path: Path) -> None:
    """What a script says comes from data attributes of the page."""
    text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
    said = re.findall(r"""(?:textContent|title|placeholder)\s*=\s*["']([^"']*[A-Za-z\u4e00-\u9fff][^"']*)["']""", text)
    assert said == []
    assert not re.search(r"\.innerHTML|eval\(|\balert\(|\bconfirm\(|\.style\.", text)
