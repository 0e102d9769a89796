"""Stages of a file: papers are gathered as the work goes on, and a stage ends when its papers are there (P12.01)."""

from __future__ import annotations

from typing import Any

from app.archive.models import File, Scheme
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.language import say
from app.kit.moves import Move
from app.security import audit


def of(scheme: Scheme) -> list[dict[str, Any]]:
    """The scheme's stages in order; [] where it has none."""
    found: list[dict[str, Any]] = scheme.body.get("stages", [])
    return found


def first(scheme: Scheme) -> str:
    return str(of(scheme)[0]["key"]) if of(scheme) else ""


def reached(file: File) -> set[str]:
    """The stages that the file has entered."""
    keys = [stage["key"] for stage in of(file.scheme)]
    return set(keys[: keys.index(file.stage) + 1]) if file.stage in keys else set(keys)


def is_due(file: File, paper: dict[str, Any]) -> bool:
    """A required class of paper that ought to be there by now."""
    return bool(paper.get("required")) and ("stage" not in paper or paper["stage"] in reached(file))


def gaps(file: File) -> list[dict[str, Any]]:
    """Required classes of the stages so far that are not in the file."""
    there = {document.paper_class for document in file.documents}
    return [paper for paper in file.scheme.body["papers"] if is_due(file, paper) and paper["key"] not in there]


def advance(file: File, *, by: Any = None, reason: str = "") -> None:
    """On to the next stage; refused with gaps, or for a reason that is kept where the scheme only warns (P12.01)."""
    keys = [stage["key"] for stage in of(file.scheme)]
    if missing := "、".join(paper["name"]["zh_Hans"] for paper in gaps(file)):
        if file.scheme.body.get("gaps", "refuse") == "refuse":
            raise RuleError(_l("This stage does not end yet, papers are missing: %(what)s.", what=missing))
        if not reason.strip():
            raise RuleError(_l("Papers are missing: %(what)s. Say why it goes on.", what=missing), field="reason")
    before = file.stage
    file.stage, file.stage_on = keys[keys.index(file.stage) + 1], today()
    told = {"from_stage": before, "to_stage": file.stage, "missing": missing, "reason": reason.strip()[:300]}
    audit.write("advance_stage", file, told, by=by)


def _has_next(file: File, _user: Any) -> None:
    keys = [stage["key"] for stage in of(file.scheme)]
    if file.stage not in keys[:-1]:
        raise RuleError(_l("This file has no further stage."))


def words_of(file: Any) -> list[tuple[str, str]]:
    """The stages by key, in the reader's language."""
    scheme = getattr(file, "scheme", None)
    return [(stage["key"], say(stage["name"])) for stage in of(scheme)] if scheme is not None else []


ADVANCE = Move(
    "advance", {"open"}, None, "File:advance", _l("Next stage"), advance, guard=_has_next,
    asks=(("reason?", _l("Reason, where papers are missing")),), style="primary",
)  # fmt: skip
