"""The laws of DESIGN as tests: borders, sizes, one commit, rules without web, views without SQL."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
SOURCES = sorted(APP.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW, LONGEST_RECORD_VIEW = 300, 40, 60, 150
BANNED_NAMES = {"utils", "helpers", "common", "base", "services"}
pytestmark = pytest.mark.no_app
once = pytest.mark.once


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(node: ast.AST) -> int:
    return int(node.end_lineno or 0) - int(node.lineno) + 1  # type: ignore[attr-defined]


def too_long(longest: int, kinds: tuple[type, ...], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{node.name} {lines(node)}"
        for path in paths
        for node in ast.walk(tree(path))
        if isinstance(node, kinds) and lines(node) > longest
    ]


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of every import in a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.module or "", alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ""


@once
def test_rooms_only_look_down() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@once
def test_no_file_is_longer_than_a_sitting() -> None:
    long = [f"{p.relative_to(ROOT)} {n}" for p in SOURCES if (n := len(p.read_text().splitlines())) > LONGEST_FILE]
    assert not long


@once
def test_no_function_is_longer_than_a_screen() -> None:
    assert not too_long(LONGEST_FUNCTION, (ast.FunctionDef, ast.AsyncFunctionDef), SOURCES)


@once
def test_a_view_is_a_declaration() -> None:
    views = [path for path in SOURCES if path.name == "views.py"]
    assert not too_long(LONGEST_VIEW, (ast.ClassDef,), views)
    assert len((APP / "kit" / "records.py").read_text().splitlines()) <= LONGEST_RECORD_VIEW


@once
def test_views_write_no_sql() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}: {module}.{name}"
        for path in SOURCES
        if path.name == "views.py" and path.parent != APP
        for module, name in imported(path)
        if module.startswith("sqlalchemy") and name in {"select", "text", "func", "update", "delete", "insert"}
    ]
    assert not guilty


@once
def test_rules_know_no_web() -> None:
    web = {"request", "session", "g", "flash", "redirect", "url_for", "render_template", "abort"}
    guilty = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        if path.name == "rules.py"
        for module, name in imported(path)
        if module == "flask" and name in web
    ]
    assert not guilty


@once
def test_one_place_commits() -> None:
    allowed = {"app/kit/session.py", "app/security/sessions.py"}
    guilty = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if str(path.relative_to(ROOT)) not in allowed
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert not guilty


@once
def test_no_room_is_called_utils() -> None:
    assert not [path for path in SOURCES if path.stem in BANNED_NAMES or path.parent.name in BANNED_NAMES]


@once
def test_every_room_says_what_it_is_about() -> None:
    rooms = list(APP.glob("*/__init__.py"))
    assert rooms
    assert not [str(path) for path in rooms if not ast.get_docstring(tree(path))]


@once
def test_every_act_has_a_word_in_the_audit() -> None:
    from app.security.audit_words import ACTIONS

    said = {
        str(node.args[0].value)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        if ast.unparse(node.func) in ("audit.write", "audit_write", "Move")
    }
    assert len(said) > 20
    assert not said - set(ACTIONS)


@once
def test_no_registry_is_named_in_a_committed_file() -> None:
    names = ("pypi" + ".org", "files.pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    guilty = []
    for name in filter(None, listed):
        path = ROOT / name
        if path.is_file() and any(host in path.read_text(encoding="utf-8", errors="ignore") for host in names):
            guilty.append(name)
    assert not guilty


def test_the_locks_name_the_same_versions() -> None:
    """`make` brings what runs and what tests at the same time: neither may mend what the other brings."""
    run, dev = (pins((ROOT / name).read_text()) for name in ("requirements.lock", "requirements-dev.lock"))
    assert len(run) > 50 and run.items() <= dev.items()


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE))
