"""Drawing up an appraisal list, signing it, and the two who agree to it (P4.11)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from app.archive import approvals
from app.archive import rules as archive
from app.archive.models import Document, File
from app.estate.numbers import numbered
from app.kit.columns import now, today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.retention import due, periods
from app.retention.judging import AXES, NOT_DRAFT, is_draft, judge_rest
from app.retention.models import Appraisal, AppraisalItem, AppraisalMember
from app.security import audit

FEWEST_MEMBERS = 2
MOST_LISTED = 500
CHAIN = ("manager", "director")


def draw_up(appraisal: Appraisal, *, by: Any) -> Appraisal:
    """A new empty list."""
    if appraisal.site is None:
        raise RuleError(_l("Choose a site."), field="site")
    appraisal.site_id, appraisal.state = appraisal.site.id, "draft"
    appraisal.drawn_by_id, appraisal.drawn_on = by.id, today()
    appraisal.number = numbered(appraisal.site_id, "JD")
    db.session.add(appraisal)
    db.session.flush()
    audit.write("draw_up", appraisal, {"number": appraisal.number}, by=by)
    return appraisal


def amend(appraisal: Appraisal, *, by: Any = None) -> None:
    """The group's opinion is written while the list is a draft."""
    if not is_draft(appraisal):
        raise RuleError(NOT_DRAFT)


def join_group(member: AppraisalMember, *, by: Any = None) -> AppraisalMember:
    """One more appraiser."""
    appraisal = member.appraisal
    with db.session.no_autoflush:
        if appraisal is None or not is_draft(appraisal):
            raise RuleError(NOT_DRAFT)
        if member.user is None or any(o.user_id == member.user.id for o in appraisal.members if o is not member):
            raise RuleError(_l("Choose somebody who is not in the group yet."), field="user")
    member.site_id, member.user_id = appraisal.site_id, member.user.id
    db.session.add(member)
    db.session.flush()
    return member


def add_item(item: AppraisalItem, *, by: Any = None) -> AppraisalItem:
    """A file as a whole, or each paper of a class of it (按件); the first of what was added is answered."""
    with db.session.no_autoflush:
        appraisal, file, wanted = item.appraisal, item.file, item.paper_class
        if appraisal is None or not is_draft(appraisal):
            raise RuleError(NOT_DRAFT)
        if file is None or file.site_id != appraisal.site_id or file.state == "destroyed":
            raise RuleError(_l("Choose a file of the list's site."), field="file")
        if item in appraisal.items:
            appraisal.items.remove(item)
    if item in db.session:
        db.session.expunge(item)
    papers = [d for d in file.documents if d.paper_class == wanted and d.destroyed_on is None] if wanted else [None]
    made = [put_on(appraisal, file, paper) for paper in papers if not _is_on(appraisal, file, paper)]
    if not made:
        raise RuleError(_l("Nothing of this kind is left to put on the list."), field="file")
    return made[0]


def _is_on(appraisal: Appraisal, file: File, paper: Document | None) -> bool:
    key = paper.id if paper is not None else None
    mine = [item.document_id for item in appraisal.items if item.file_id == file.id]
    return bool(mine) if key is None else any(on_list in (key, None) for on_list in mine)


def put_on(appraisal: Appraisal, file: File, paper: Document | None = None) -> AppraisalItem:
    """One line: what it is, and until when the table keeps it."""
    record = paper if paper is not None else file
    item = AppraisalItem(
        site_id=appraisal.site_id,
        appraisal=appraisal,
        position=1 + max((other.position for other in appraisal.items), default=0),
        file=file,
        document=paper,
        paper_class=paper.paper_class if paper is not None else "",
        title=title_of(file, paper),
        due_on=_due_or_none(record),
        secrecy="secret" if appraisal.is_classified else "none",
    )
    db.session.add(item)
    db.session.flush()
    return item


def title_of(file: File, paper: Document | None) -> str:
    """What a line says: the unit and its tenant; of a single paper its class, never its own words."""
    if paper is None:
        return file.about
    day = f" {paper.issued_on}" if paper.issued_on else ""
    return f"{file.unit_number or file.number} {archive.usual_title(paper) or paper.paper_class}{day}"


def _due_or_none(record: File | Document) -> Any:
    try:
        return periods.due_on(record)
    except RuleError:
        return None


def list_due(appraisal: Appraisal, *, by: Any) -> None:
    """Everything at the site whose clock has passed, in one click."""
    if appraisal.is_classified:
        raise RuleError(_l("Classified files are put on their list one by one."))
    files = due.listed(due.files_due(), [appraisal.site_id], MOST_LISTED)
    papers = due.listed(due.papers_due(), [appraisal.site_id], MOST_LISTED)
    if not files and not papers:
        raise RuleError(_l("Nothing is due for appraisal."))
    for file in files:
        put_on(appraisal, file)
    for paper in papers:
        put_on(appraisal, paper.file, paper)


def close_list(appraisal: Appraisal, *, by: Any) -> None:
    """Complete: a group, an opinion, and every item judged on every axis."""
    if len(appraisal.members) < FEWEST_MEMBERS:
        raise RuleError(_l("At least %(count)s people appraise.", count=FEWEST_MEMBERS))
    if not appraisal.items:
        raise RuleError(_l("An empty list cannot be signed."))
    if not appraisal.opinion.strip():
        raise RuleError(_l("Write down the opinion of the group first."))
    left = [item for item in appraisal.items if not all(getattr(item, axis) for axis in AXES)]
    if left:
        raise RuleError(_l("%(count)s items are not judged on every axis yet.", count=len(left)))
    if any(item.secrecy != "none" and item.classified_by_id is None for item in appraisal.items):
        raise RuleError(_l("Say of each classified item who classified it."))
    appraisal.digest = digest(appraisal)


def digest(appraisal: Appraisal) -> str:
    """SHA-256 over what the group signs and the two above agree to."""
    columns = (*AXES, *(f"{axis}_remark" for axis in ("verdict", "open", "digitise", "declassify")), "secrecy")
    content = {
        "number": appraisal.number,
        "opinion": appraisal.opinion,
        "members": sorted(member.user_id for member in appraisal.members),
        "items": [
            [i.position, i.file_id, i.document_id, i.title, str(i.due_on), str(i.keep_until), i.classified_by_id]
            + [getattr(i, name) for name in columns]
            for i in appraisal.items
        ],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _own_line(appraisal: Appraisal, user: Any) -> AppraisalMember:
    mine = [m for m in appraisal.members if m.signed_at is None and user is not None and m.user_id == user.id]
    if not mine:
        raise RuleError(_l("Only the group of appraisers signs, each once."))
    return mine[0]


def _may_sign(appraisal: Appraisal, user: Any) -> None:
    _own_line(appraisal, user)


def sign(appraisal: Appraisal, *, by: Any) -> None:
    """One of the group signs; after the last the list waits for the manager."""
    if digest(appraisal) != appraisal.digest:
        raise RuleError(_l("The list is not the one that was signed before."))
    line = _own_line(appraisal, by)
    line.signed_at, line.digest = now(), appraisal.digest
    if all(member.signed_at is not None for member in appraisal.members):
        approvals.begin(appraisal, CHAIN)
    db.session.flush()


def _not_of_the_group(appraisal: Appraisal, user: Any) -> None:
    approvals.another(appraisal, user)
    if user is not None and any(member.user_id == user.id for member in appraisal.members):
        raise RuleError(_l("Who appraised does not approve."))


def _approved(appraisal: Appraisal, *, by: Any) -> None:
    if digest(appraisal) != appraisal.digest:
        raise RuleError(_l("The list is not the one that was signed before."))
    appraisal.approved_on = today()


def _chain() -> Iterator[Move]:
    """The steps of the approvals that there are: the manager's, the director's, a refusal, a withdrawal."""
    for step in approvals.moves("Appraisal", _approved):
        source = set(step.source) & {"passed", "raised"}
        if step.name in ("approve", "approve_high", "refuse"):
            yield dataclasses.replace(step, source=source, guard=_not_of_the_group)
        elif source:
            yield dataclasses.replace(step, source=source | {"draft", "appraised"})


MOVES = [
    Move("list_due", {"draft"}, None, "Appraisal:list_due", _l("List everything that is due"), list_due),
    Move(
        "judge_rest",
        {"draft"},
        None,
        "Appraisal:judge",
        _l("Destroy all that is not judged"),
        judge_rest,
        asks=(("reason", _l("Reason")),),
    ),
    Move(
        "close_list",
        {"draft"},
        "appraised",
        "Appraisal:close_list",
        _l("List is complete"),
        close_list,
        style="primary",
    ),
    Move(
        "sign",
        {"appraised"},
        None,
        "Appraisal:sign",
        _l("Sign"),
        sign,
        guard=_may_sign,
        style="primary",
        leads_to=("appraised", "passed"),
    ),
    *_chain(),
]
