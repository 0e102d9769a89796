"""A column that is looked at row by row, so that no index is chosen for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class looked_at(FunctionElement[Any]):  # noqa: N801
    """SQLite's unary plus. PostgreSQL counts its rows and finds its way without being told."""

    inherit_cache = True
    name = "looked_at"

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(looked_at)
def _plain(element: Any, compiler: Any, **how: Any) -> str:
    return str(compiler.process(element.clauses, **how))


@compiles(looked_at, "sqlite")
def _with_a_plus(element: Any, compiler: Any, **how: Any) -> str:
    return "+" + str(compiler.process(element.clauses, **how))
