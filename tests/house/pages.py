"""The pages of docs/ that are made from the code, and what must be said in the others.

`python -m tests.house.pages` checks; `--write` writes docs/PLANS.md and docs/MOVES.md.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CAPABILITIES = 149
PLAN_ID = re.compile(r"(?<![a-z0-9])p(\d{1,2})_(\d\d)")


def plan_tests() -> dict[str, list[tuple[str, str]]]:
    """Plan id -> [(what the test shows, where)], from the names and docstrings in tests/plans/."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((ROOT / "tests" / "plans").glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_p"):
                said = (ast.get_docstring(node) or node.name.replace("_", " ")).splitlines()[0]
                for plan, number in PLAN_ID.findall(node.name):
                    found.setdefault(f"P{int(plan)}.{number}", []).append(
                        (said, f"tests/plans/{path.name}::{node.name}")
                    )
    return found


def plans_page() -> str:
    """docs/PLANS.md."""
    tests = plan_tests()
    lines = [
        "# What the thirteen plans ask, and the test that shows it",
        "",
        "Made from `tests/plans/` by `make docs`. An id without a line is not built yet.",
        "",
        f"**{len(tests)} of {CAPABILITIES}**",
        "",
        "| id | what is shown | test |",
        "|---|---|---|",
    ]
    for plan_id in sorted(tests, key=lambda each: tuple(int(part) for part in each[1:].split("."))):
        for said, where in tests[plan_id]:
            lines.append(f"| {plan_id} | {said} | `{where}` |")
    return "\n".join(lines) + "\n"


def moves_page() -> str:
    """docs/MOVES.md: every state machine, drawn from the table of the view that has it."""
    from flask_babel import force_locale

    from app.kit.moves import draw

    app = _app()
    views = [view for view in app.extensions["record_views"].values() if view.moves]
    lines = ["# State machines", "", "Drawn from the tables in the rules by `make docs`.", ""]
    with app.test_request_context():
        for view in views:
            with force_locale("en"):
                name = str(view.titles.one)
            with force_locale("zh_Hans"):
                name += f" {view.titles.one}"
            lines += [f"## {name}", "", "```mermaid", draw(view.moves).strip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _app() -> Any:
    """The console with nothing behind it: only its declarations are read."""
    import tempfile

    import config
    from app import create_app

    with tempfile.TemporaryDirectory() as folder:
        return create_app(config.load({"DATA_DIR": folder, "SECRET_KEY": "only-for-the-docs-" + "0" * 32}))


PAGES = {"PLANS.md": plans_page, "MOVES.md": moves_page}


def problems() -> Iterator[str]:
    """Pages that do not say what the code says."""
    for name, make in PAGES.items():
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != make():
            yield f"docs/{name} is out of date: run `make docs`"
    yield from _unsaid_settings()
    yield from _unsaid_commands()
    yield from _unsaid_rooms()


def _unsaid_settings() -> Iterator[str]:
    import config

    text = (DOCS / "OPERATIONS.md").read_text(encoding="utf-8")
    for setting in config.SETTINGS:
        if f"`{setting.name}`" not in text:
            yield f"docs/OPERATIONS.md does not say what {setting.name} is"


def _unsaid_commands() -> Iterator[str]:
    from click import Context

    from app import cli

    rooms = cli.RoomCommands("commands")
    text = (DOCS / "OPERATIONS.md").read_text(encoding="utf-8")
    for found in cli.COMMANDS:
        group = rooms.get_command(Context(rooms), found)
        if group is None or group.name != found:
            yield f"app/cli.py: {found} is called otherwise in its room"
            continue
        names = getattr(group, "commands", {}) if found != "db" else {"upgrade": group}  # Flask-Migrate has more
        for name in names or [""]:
            if f"{group.name} {name}".strip() not in text:
                yield f"docs/OPERATIONS.md does not say what `{group.name} {name}` does"


def _unsaid_rooms() -> Iterator[str]:
    text = (DOCS / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for folder in sorted((ROOT / "app").iterdir()):
        if (folder / "__init__.py").exists() and folder.name not in text:
            yield f"docs/ARCHITECTURE.md does not name the room {folder.name}"


def main() -> int:
    if "--write" in sys.argv:
        for name, make in PAGES.items():
            (DOCS / name).write_text(make(), encoding="utf-8")
    found = list(problems())
    for line in found:
        sys.stdout.write(line + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
