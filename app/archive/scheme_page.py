"""A scheme told in words on one page."""

from __future__ import annotations

from typing import Any

import yaml
from flask import url_for

from app.archive import access
from app.archive.models import APPROVER_WORDS, MODES, SEALS, SUBJECTS, Scheme
from app.archive.schemes import parts
from app.kit.cells import cell
from app.kit.labels import _l, label
from app.kit.language import say
from app.kit.pages import Link
from app.security import gate

ORDERS = {
    "newest_first": _l("Newest first"),
    "oldest_first": _l("Oldest first"),
    "as_listed": _l("As the list of papers says"),
}
YES = "✓"


def shown(view: Any, scheme: Scheme) -> dict[str, Any]:
    """What `archive/scheme.html` draws."""
    body = scheme.body
    links = [Link(_l("Export"), url_for("SchemeView.export_text", pk=scheme.id))]
    if scheme.state == "draft" and gate.may("edit", "Scheme"):
        links.insert(0, Link(_l("Edit the draft"), url_for("SchemeView.edit", pk=scheme.id)))
    return {
        "scheme": scheme,
        "name": say(body["name"]),
        "about": say(body["about"]) if "about" in body else "",
        "facts": [*((label(Scheme, name), cell(scheme, name)) for name in ("revision", "effective_from", "state"))],
        "said": _said(body),
        "moves": view.move_links(scheme),
        "prints": view.print_links(scheme),
        "links": links,
        "papers": _papers(body),
        "access": _access(body),
        "said_above": [(part.key, _text(body[part.key])) for part in parts.found() if part.key in body],
        "kept_above": [link for part in parts.found() if part.links is not None for link in part.links(scheme.key)],
    }


def _said(body: dict[str, Any]) -> list[tuple[Any, str]]:
    """What is said in a word each."""
    keepers = "、".join(say(name) for name in body.get("keepers", []))
    stages = " → ".join(say(stage["name"]) for stage in body.get("stages", []))
    told = [
        (_l("File of"), str(SUBJECTS[body["subject"]])),
        (_l("Number of a file"), body["file_number"]),
        (_l("Order in the file"), str(ORDERS[body["order"]])),
        (_l("Who keeps"), keepers),
        (_l("Stages"), stages),
    ]
    return [(name, said) for name, said in told if said]


def _papers(body: dict[str, Any]) -> list[tuple[str, list[dict[str, str]]]]:
    """The classes of paper by section."""
    stages = {stage["key"]: say(stage["name"]) for stage in body.get("stages", [])}
    return [
        (
            say(section["name"]),
            [_paper(paper, stages) for paper in body["papers"] if paper["section"] == section["key"]],
        )
        for section in body["sections"]
    ]


def _paper(paper: dict[str, Any], stages: dict[str, str]) -> dict[str, str]:
    marks = {
        name: YES if paper.get(name) else "" for name in ("required", "expires", "sensitive", "signed", "numbered")
    }
    return {"name": say(paper["name"]), "stage": stages.get(paper.get("stage", ""), "")} | marks


def _access(body: dict[str, Any]) -> list[dict[str, str]]:
    """Who lets read, as shipped; what holds now is the access policy."""
    names = {paper["key"]: say(paper["name"]) for paper in body["papers"]}
    return [
        {
            "paper": names.get(line.get("paper", ""), str(_l("The whole file"))),
            "mode": str(MODES[line["mode"]]),
            "seal": str(SEALS[line.get("seal", "none")]),
            "chain": " → ".join(str(APPROVER_WORDS[role]) for role in line.get("chain", [])) or "—",
            "hours": str(line.get("longest_hours") or "—"),
        }
        for line in body.get("access", [])
    ]


def _text(part: Any) -> str:
    return str(yaml.safe_dump(part, allow_unicode=True, sort_keys=False, width=100))


def limit_words(_record: Any = None) -> list[tuple[str, str]]:
    """The limits of all schemes by key."""
    named = {line["key"]: line["name"] for scheme in access.newest() for line in scheme.body.get("limits", [])}
    return [(key, say(name)) for key, name in named.items()]
