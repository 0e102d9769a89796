"""Templates are compiled once for every process, and nothing of one environment is taken for another's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.kit.compiled import CompiledTemplates

pytestmark = [pytest.mark.no_app, pytest.mark.once]
PAGES = {"page": "{{ word }}!", "prying": "{{ word.__class__.__mro__ }}"}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CompiledTemplates:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    cache = CompiledTemplates()
    cache.directory = str(tmp_path / "templates")
    return cache


def drawn(kept: CompiledTemplates, name: str = "page", pages: dict[str, str] = PAGES, **options: bool) -> str:
    """As another process draws it."""
    environment = Environment(loader=DictLoader(pages), bytecode_cache=kept, **options)  # type: ignore[arg-type]  # noqa: S701
    return environment.get_template(name).render(word="<户>")


def files(kept: CompiledTemplates) -> list[Path]:
    return sorted(Path(kept.directory).glob("*"))


def test_a_template_is_compiled_once(kept: CompiledTemplates, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(kept) == "<户>!"
    assert len(files(kept)) == 1
    monkeypatch.setattr(Environment, "compile", None)
    assert drawn(kept) == "<户>!"
    with pytest.raises(TypeError):
        drawn(kept, pages={"page": "{{ word }}?"})


def test_a_changed_template_is_compiled_anew(kept: CompiledTemplates) -> None:
    assert drawn(kept) == "<户>!"
    assert drawn(kept, pages={"page": "{{ word }}?"}) == "<户>?"
    assert len(files(kept)) == 1


def test_what_escapes_and_what_does_not_are_two(kept: CompiledTemplates) -> None:
    assert drawn(kept) == "<户>!"
    assert drawn(kept, autoescape=True) == "&lt;户&gt;!"
    assert drawn(kept) == "<户>!"


def test_nothing_crosses_into_the_sandbox(kept: CompiledTemplates) -> None:
    assert "object" in drawn(kept, "prying")
    boxed = ImmutableSandboxedEnvironment(loader=DictLoader(PAGES), bytecode_cache=kept)
    with pytest.raises(SecurityError):
        boxed.get_template("prying").render(word="户")


def test_nothing_is_kept_where_python_keeps_nothing(kept: CompiledTemplates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert drawn(kept) == "<户>!"
    assert files(kept) == []


def test_a_folder_that_cannot_be_written_is_no_error(kept: CompiledTemplates) -> None:
    kept.directory = "/proc/nowhere"
    assert drawn(kept) == "<户>!"
