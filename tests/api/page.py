"""The table at the end of docs/API.md, made from the declarations.

`python -m tests.api.page --write` writes it.
"""

from __future__ import annotations

import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "API.md"
MARK = "<!-- from here on made from the code: python -m tests.api.page --write -->\n"


def table() -> str:
    """Each resource, what its list and one record answer, and what is sent for a new one."""
    from app import models, trade_views, views
    from app.kit.api import RecordApi

    assert models.metadata is not None  # views name each other's tables
    apis = [each for each in [*views.UNLISTED, *trade_views.UNLISTED] if issubclass(each, RecordApi)]
    lines = ["", "| name | in lists | besides, of one record | sent for a new one |", "|---|---|---|---|"]
    for api in sorted(apis, key=lambda each: each.resource):
        besides = [name for name in api.show_columns if name not in api.list_columns]
        columns = (", ".join(names) or "—" for names in (api.list_columns, besides, api.add_columns))
        lines.append(f"| `{api.resource}` | {' | '.join(columns)} |")
    return "\n".join([*lines, "", "Every record has `id`, `version` and `sealed` besides.", ""])


def as_it_should_be() -> str:
    written, mark, _table = PAGE.read_text(encoding="utf-8").partition(MARK)
    return written + mark + table()


if __name__ == "__main__" and "--write" in sys.argv:
    PAGE.write_text(as_it_should_be(), encoding="utf-8")
