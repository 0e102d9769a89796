"""Makers for retention: what is long due, judged, approved and listed for destruction; they feed the tests too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from app.archive.models import File
from app.demo.makers import user
from app.estate.models import Site
from app.kit import moves
from app.kit.session import db
from app.retention import destroying, holds, judging, rules
from app.retention.models import Appraisal, AppraisalItem, AppraisalMember, Destruction, LegalHold
from app.security import audit

GROUP = ("archivist", "supervisor")


def make_hold(file: File, by: Any = None, reason: str = "租赁纠纷诉讼", until_on: dt.date | None = None) -> LegalHold:
    """A file held by the manager."""
    return holds.place(LegalHold(file=file, reason=reason, until_on=until_on), by=by or user("manager"))


def make_appraisal(site: Site, files: Sequence[File] = (), group: Sequence[str] = GROUP, **more: Any) -> Appraisal:
    """A list with a group and these files on it as a whole."""
    drawn = rules.draw_up(Appraisal(site=site, opinion="保管期满，无继续保存价值", **more), by=user("archivist"))
    for name in group:
        rules.join_group(AppraisalMember(appraisal=drawn, user=user(name)))
    for file in files:
        rules.put_on(drawn, file)
    return drawn


def make_item(appraisal: Appraisal, file: File, paper_class: str = "") -> AppraisalItem:
    """A file, or the papers of a class of it, on a list."""
    return rules.add_item(AppraisalItem(appraisal=appraisal, file=file, paper_class=paper_class))


def judge(item: AppraisalItem, verdict: str = "destroy", by: str = "archivist", **more: Any) -> AppraisalItem:
    """An item judged on all four axes."""
    said = {"verdict": verdict, "may_open": "no", "digitise": "no", "declassify": "no"} | more
    for name, value in said.items():
        setattr(item, name, value)
    judging.judge(item, by=user(by))
    db.session.flush()
    return item


def take(record: Any, step: str, by: str, **form: Any) -> None:
    """One step of an appraisal or a destruction."""
    table = rules.MOVES if isinstance(record, Appraisal) else destroying.MOVES
    moves.walk(table, record, step, by=user(by), write=audit.write, **form)
    db.session.flush()


def agree(appraisal: Appraisal) -> None:
    """Signed by the group, then by manager and director."""
    take(appraisal, "close_list", "archivist")
    for name in GROUP:
        take(appraisal, "sign", name)
    take(appraisal, "approve", "manager")
    take(appraisal, "approve_high", "director")


def make_approved_appraisal(site: Site, files: Sequence[File], **more: Any) -> Appraisal:
    """Everything on it is to be destroyed: signed by the group, agreed to by manager and director."""
    drawn = make_appraisal(site, files, **more)
    for item in drawn.items:
        judge(item)
    agree(drawn)
    return drawn


def make_destruction(appraisal: Appraisal, **more: Any) -> Destruction:
    """Drawn up by the archivist; the clerk carries it out, supervisor and archivist witness."""
    people = {
        "carrier": user("clerk"),
        "first_witness": user("supervisor"),
        "second_witness": user("archivist"),
    }
    said: dict[str, Any] = {"method": "shredded", "venue": "B1 碎纸间", "appraisal": appraisal} | people | more
    return destroying.draw_up(Destruction(**said), by=user("archivist"))


def make_destroyed(appraisal: Appraisal) -> Destruction:
    """By the book, to the end."""
    drawn = make_destruction(appraisal)
    take(drawn, "submit", "archivist")
    take(drawn, "approve_high", "director")
    take(drawn, "witness", "supervisor", first_signature="M20 60L90 30L160 70L280 40")
    take(drawn, "witness_too", "archivist")
    take(drawn, "carry_out", "clerk")
    return drawn
