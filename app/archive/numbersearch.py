"""How the search box finds what has nothing but a number: loans, incidents, lists, requests; nobody's name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.archive.models import File
from app.kit.session import db
from app.search.declared import By, Entry, Searched


@dataclass(frozen=True)
class _Finding:
    model: Any
    badges: Mapping[str, Any]
    over: Collection[str]
    beside: str
    of_file: bool

    @property
    def columns(self) -> list[str]:
        more = [*(["state"] if self.badges else []), *([self.beside] if self.beside else [])]
        return ["site_id", "number", *more]

    def entries(self, keys: Sequence[int]) -> list[Entry]:
        """What the box reads of these records."""
        query = select(self.model.id, *(getattr(self.model, name) for name in self.columns))
        if self.of_file:
            query = query.add_columns(File.number.label("file")).outerjoin(File, self.model.file_id == File.id)
        rows = db.session.execute(query.where(self.model.id.in_(keys)))
        return [self.entry(row) for row in rows.mappings()]

    def entry(self, row: Mapping[str, Any]) -> Entry:
        file, state = row.get("file") or "", row.get("state", "")
        return Entry(
            row["id"],
            row["site_id"],
            row["number"],
            file or row.get(self.beside, ""),
            numbers=[row["number"]],
            also=[file] if file else [],
            is_live=state not in self.over,
            badge=state if state in self.badges else "",
        )


def by_number(
    label: Any,
    model: Any,
    *,
    badges: Mapping[str, Any] | None = None,
    over: Collection[str] = (),
    beside: str = "",
    of_file: bool = False,
    weight: int = 4,
) -> Searched:
    """One kind of record as the box finds it: by its number and, where `of_file`, that of its file.

    `badges` are the states that are said, those in `over` rank lower; `beside` is the column that stands beside.
    """
    finding = _Finding(model, badges or {}, over, beside, of_file)
    touched = [By(model, only=(*finding.columns, *(["file_id"] if of_file else [])))]
    if of_file:
        touched.append(By(File, where=model.file_id, gives=model.id, only=("number",)))
    return Searched(
        kind=str(model.__tablename__),
        label=label,
        model=model,
        permission=model.__name__,
        view=f"{model.__name__}View.show",
        entries=finding.entries,
        touched_by=touched,
        weight=weight,
        badges=finding.badges,
        is_numbered=True,
    )
