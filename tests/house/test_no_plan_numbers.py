"""No room knows a plan's number: what differs between trades is data; docstrings may name where a rule comes from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import config

pytestmark = [pytest.mark.no_app, pytest.mark.once]
APP = Path(config.ROOT) / "app"
NUMBER = re.compile(r"\bP\d{1,2}\.\d{1,2}\b|篇[一二三四五六七八九十]+|\bplan_?\d+\b", re.IGNORECASE)


def docstrings(tree: ast.AST) -> set[int]:
    """The constants that are docstrings, by identity."""
    homes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, homes)]
    first = [body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)]
    return {id(value) for value in first if isinstance(value, ast.Constant)}


def said_in(text: str) -> Iterator[str]:
    """Names and words of the code that carry a plan's number."""
    tree = ast.parse(text)
    told = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from NUMBER.findall(node.value)
        elif isinstance(node, ast.Name):
            yield from NUMBER.findall(node.id)
        elif isinstance(node, ast.Attribute):
            yield from NUMBER.findall(node.attr)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield from NUMBER.findall(node.name)


def test_no_room_knows_a_plans_number() -> None:
    found = {
        str(path.relative_to(APP)): sorted(said)
        for path in APP.rglob("*.py")
        if (said := set(said_in(path.read_text("utf-8"))))
    }
    assert not found


def test_no_page_knows_a_plans_number() -> None:
    pages = [
        path
        for path in APP.rglob("*.html")
        if NUMBER.search(re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S))
    ]
    assert not [str(path.relative_to(APP)) for path in pages]


def test_no_code_asks_which_scheme_it_is() -> None:
    """Only the archive names the scheme of the house; no other code compares with a scheme's key."""
    keys = {path.stem for path in (APP / "archive" / "schemes").glob("*.yaml")}
    found = []
    for path in APP.rglob("*.py"):
        if path.parts[-2] == "demo" or path.name == "rules.py" and path.parts[-2] == "archive":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in keys:
                found.append(f"{path.relative_to(APP)}: {node.value}")
    assert not found


def test_the_search_finds_what_it_looks_for() -> None:
    """The control."""
    assert list(said_in('if plan == "P3.06":\n    plan_7()\n')) == ["P3.06", "plan_7"]
    assert list(said_in('"""As P3.06 says."""\n')) == []
