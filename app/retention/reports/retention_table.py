"""The retention table 保管期限表 as it is in force today: to read, to print, to take along (P2.02)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive.models import Scheme
from app.kit.labels import _l
from app.kit.language import say
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table
from app.retention.models import CLOCKS, RetentionRule
from app.retention.periods import in_words


@report(
    _l("Retention table"),
    group="files",
    permission="RetentionRule",
    about=_l("How long each class of paper is kept, counted from when, and on what basis."),
)
def retention_table(asked: Asked) -> Table:
    """The same for every site: the table belongs to the scheme."""
    named = {scheme.key: scheme for scheme in db.session.scalars(select(Scheme).order_by(Scheme.key, Scheme.revision))}
    rules = db.session.scalars(select(RetentionRule).order_by(RetentionRule.scheme_key, RetentionRule.id))
    return Table(
        [
            Head(_l("Scheme")), Head(_l("Class of paper")), Head(_l("How long")), Head(_l("Counted from")),
            Head(_l("Basis")), Head(_l("Source")),
        ],
        [Line(_line(rule, named), list_url("RetentionRuleView.show", pk=rule.id)) for rule in rules],
        notes=[_l("A scheme's own revision is told beside its name; each change of a period is a line in the audit.")],
    )  # fmt: skip


def _line(rule: RetentionRule, named: dict[str, Scheme]) -> list[Any]:
    scheme = named.get(rule.scheme_key)
    classes = {paper["key"]: say(paper["name"]) for paper in scheme.body["papers"]} if scheme else {}
    name = f"{say(scheme.body['name'])} {scheme.revision}" if scheme else rule.scheme_key
    paper = classes.get(rule.paper_class, rule.paper_class) if rule.paper_class else _l("The whole file")
    return [name, paper, in_words(rule), CLOCKS[rule.clock], rule.basis, rule.source]
