"""Destruction by the book (P4.13, P7.09): listed from an appraisal, approved, witnessed by two, done, locked."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from app.archive import approvals, custody, scans
from app.archive import rules as archive
from app.archive.models import Document, File, Scan
from app.estate.numbers import numbered
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.retention import judging, locks, periods
from app.retention.models import Appraisal, AppraisalItem, Destruction, DestructionItem
from app.security import audit

CHAIN = ("director",)
CALLED_OFF = ("refused", "withdrawn")


def draw_up(destruction: Destruction, *, by: Any) -> Destruction:
    """A list of everything that an approved appraisal wants destroyed and that is on no other list."""
    appraisal = destruction.appraisal
    if appraisal is None or appraisal.state != "approved":
        raise RuleError(_l("Choose an approved appraisal."), field="appraisal")
    _check_people(destruction, appraisal)
    items = _left_of(appraisal)
    if not items:
        raise RuleError(_l("Nothing of this appraisal is left to destroy."), field="appraisal")
    destruction.site_id, destruction.state = appraisal.site_id, "draft"
    destruction.drawn_by_id, destruction.drawn_on = by.id, today()
    destruction.number = numbered(destruction.site_id, "XH")
    db.session.add(destruction)
    db.session.flush()
    for position, item in enumerate(items, 1):
        destruction.items.append(_line(item, position))
    _check_method(destruction)
    db.session.flush()
    audit.write("draw_up", destruction, {"number": destruction.number, "items": len(items)}, by=by)
    return destruction


def _left_of(appraisal: Appraisal) -> list[AppraisalItem]:
    listed = set(
        db.session.scalars(
            select(DestructionItem.item_id)
            .join(Destruction, DestructionItem.destruction_id == Destruction.id)
            .where(Destruction.appraisal_id == appraisal.id, Destruction.state.not_in(CALLED_OFF))
        )
    )
    return [item for item in appraisal.items if item.verdict == "destroy" and item.id not in listed]


def _line(item: AppraisalItem, position: int) -> DestructionItem:
    record = item.document if item.document is not None else item.file
    rule = periods.rule_for(record)
    papers = papers_of(item.file, item.document)
    began = periods.began_on(record, rule)
    return DestructionItem(
        site_id=item.site_id,
        position=position,
        item=item,
        file=item.file,
        document=item.document,
        title=item.title,
        year=periods.made_on(record).year,
        period=periods.in_chinese(rule),
        kept=periods.kept_in_chinese(began, today()) if began is not None else "",
        pages=sum(paper.pages for paper in papers),
        scan_count=sum(len(paper.scans) for paper in papers),
        remark=item.verdict_remark,
    )


def papers_of(file: File, document: Document | None) -> list[Document]:
    """The papers a line stands for, without those destroyed before."""
    if document is not None:
        return [document]
    return [each for each in in_order(file) if each.destroyed_on is None]


def in_order(file: File) -> list[Document]:
    """A file's papers as they were put in: a digest must not depend on how the database answers."""
    return sorted(file.documents, key=lambda paper: paper.id)


def _check_people(destruction: Destruction, appraisal: Appraisal) -> None:
    """The witnesses are two, neither carry it out nor approved the appraisal."""
    people = [destruction.carrier, destruction.first_witness, destruction.second_witness]
    if None in people or len({person.id for person in people}) != len(people):
        raise RuleError(_l("Who carries it out and the two witnesses are three different people."), field="carrier")
    approvers = {line.user_id for line in approvals.decisions(appraisal)}
    for name in ("first_witness", "second_witness"):
        if getattr(destruction, name).id in approvers:
            raise RuleError(_l("Who approved does not witness."), field=name)


def _check_method(destruction: Destruction) -> None:
    """Tenant files are confidential and shredded; ordinary papers in number may be torn up (P7.09)."""
    if destruction.method == "shredded":
        return
    for line in destruction.items:
        records: list[File | Document] = [line.document] if line.document else [line.file, *line.file.documents]
        if any(periods.rule_for(record).is_confidential for record in records):
            raise RuleError(_l("Confidential papers are shredded: %(what)s", what=line.title), field="method")


def amend(destruction: Destruction, *, by: Any = None) -> None:
    """Method, place and people change while the list is a draft."""
    if destruction.state != "draft":
        raise RuleError(judging.NOT_DRAFT)
    _check_people(destruction, destruction.appraisal)
    _check_method(destruction)


def submit(destruction: Destruction, *, by: Any) -> None:
    """The list goes to the director as it is now."""
    _check_nothing_in_the_way(destruction)
    destruction.digest = digest(destruction)
    approvals.begin(destruction, CHAIN)


def _check_nothing_in_the_way(destruction: Destruction) -> None:
    for line in destruction.items:
        if why := "；".join(map(str, judging.in_the_way(line.file, line.document))):
            raise RuleError(_l("%(what)s cannot be destroyed: %(why)s", what=line.title, why=why))


def digest(destruction: Destruction) -> str:
    """SHA-256 over the list, the people named on it, and the checksums of every scan that goes."""
    content = {
        "number": destruction.number,
        "appraisal": destruction.appraisal.number,
        "method": destruction.method,
        "where": destruction.venue,
        "people": [destruction.carrier_id, destruction.first_witness_id, destruction.second_witness_id],
        "items": [
            [line.position, line.file.number, line.document_id, line.title, line.year, line.period, line.pages]
            + [scan.sha256 for scan in scans_of(line)]
            for line in destruction.items
        ],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def scans_of(line: DestructionItem) -> list[Scan]:
    """The scans that a line destroys, or has destroyed."""
    when = line.destruction.done_at
    papers = [line.document] if line.document is not None else in_order(line.file)
    gone = locks.day_of(when) if when is not None else None
    return [scan for paper in papers if paper.destroyed_on in (None, gone) for scan in paper.scans]


def _same_as_submitted(destruction: Destruction) -> None:
    if digest(destruction) != destruction.digest:
        raise RuleError(_l("The list is not the one that was signed before."))


def _approver_is_another(destruction: Destruction, user: Any) -> None:
    approvals.another(destruction, user)
    if user is not None and user.id in people_of(destruction):
        raise RuleError(_l("Who carries it out or witnesses does not approve."))


def people_of(destruction: Destruction) -> tuple[int, int, int]:
    """Who carries it out, and the two witnesses, by key."""
    return destruction.carrier_id, destruction.first_witness_id, destruction.second_witness_id


def _approved(destruction: Destruction, *, by: Any) -> None:
    _same_as_submitted(destruction)
    destruction.approved_on = today()


def _is_witness(which: str, destruction: Destruction, user: Any) -> None:
    """Only the one named, once, and never who approved, on this list or on its appraisal."""
    if user is None or getattr(destruction, f"{which}_witness_id") != user.id:
        raise RuleError(_l("Only the witness named on the list signs here."))
    if getattr(destruction, f"{which}_signed_at") is not None:
        raise RuleError(_l("You have signed already."))
    lines = [*approvals.decisions(destruction), *approvals.decisions(destruction.appraisal)]
    if user.id in {line.user_id for line in lines}:
        raise RuleError(_l("Who approved does not witness."))


def witness(which: str, destruction: Destruction, *, by: Any, **drawn: str | None) -> None:
    """One of the two was there and signs, drawn on screen or by pressing; after both it may be carried out."""
    _same_as_submitted(destruction)
    setattr(destruction, f"{which}_signed_at", now())
    setattr(destruction, f"{which}_signature", drawn.get(f"{which}_signature") or "")
    if destruction.first_signed_at is not None and destruction.second_signed_at is not None:
        destruction.state = "witnessed"
    db.session.flush()


def _is_carrier(destruction: Destruction, user: Any) -> None:
    if user is None or destruction.carrier_id != user.id:
        raise RuleError(_l("Only who carries it out says that it is done."))


def carry_out(destruction: Destruction, *, by: Any) -> None:
    """Done: what was said of the papers stays, their scans go from disk with the commit, whole files are destroyed."""
    _same_as_submitted(destruction)
    _check_nothing_in_the_way(destruction)
    with locks.destroying(), custody.because(destruction.number):
        for line in destruction.items:
            for paper in papers_of(line.file, line.document):
                _destroy_paper(paper, destruction, by)
            if line.document is None:
                _destroy_file(line.file, destruction, by)
        destruction.done_at, destruction.state = now(), "done"
        db.session.flush()


def _destroy_paper(paper: Document, destruction: Destruction, by: Any) -> None:
    paper.destroyed_on = today()
    for scan in paper.scans:
        scans.remove(scan)
    told = {"list": destruction.number, "document": paper.id, "sha256": [scan.sha256 for scan in paper.scans]}
    audit.write("destroy_paper", paper.file, told, by=by)
    for follow in archive.paper_destroyed:
        follow(paper, by=by)


def _destroy_file(file: File, destruction: Destruction, by: Any) -> None:
    """Its place is empty from now on."""
    file.state, file.place, file.place_id = "destroyed", None, None
    db.session.flush()
    audit.write("destroy", file, {"list": destruction.number, "papers": len(file.documents)}, by=by)
    for follow in archive.destroyed:
        follow(file, by=by)


def _chain() -> Iterator[Move]:
    """The director's step, a refusal, a withdrawal by who drew it up."""
    for step in approvals.moves("Destruction", _approved):
        if step.name == "approve_high":
            yield dataclasses.replace(step, guard=_approver_is_another)
        elif step.name == "refuse":
            yield dataclasses.replace(step, source={"raised"}, guard=_approver_is_another)
        elif step.name == "withdraw":
            yield dataclasses.replace(step, source={"draft", "raised", "approved", "witnessed"})


def _witness_move(name: str, which: str, label: Any, column: Any) -> Move:
    return Move(
        name,
        {"approved"},
        None,
        "Destruction:witness",
        label,
        partial(witness, which),
        asks=((f"{which}_signature?", column),),
        guard=partial(_is_witness, which),
        style="primary",
        leads_to=("approved", "witnessed"),
    )


MOVES = [
    Move("submit", {"draft"}, None, "Destruction:submit", _l("List is complete"), submit, style="primary",
         leads_to=("raised",)),
    *_chain(),
    _witness_move("witness", "first", _l("Sign as the first witness"), _l("Signature of the first witness")),
    _witness_move("witness_too", "second", _l("Sign as the second witness"), _l("Signature of the second witness")),
    Move("carry_out", {"witnessed"}, None, "Destruction:carry_out", _l("Destroyed"), carry_out, guard=_is_carrier,
         style="danger", leads_to=("done",)),
]  # fmt: skip
