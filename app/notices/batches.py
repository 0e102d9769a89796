"""Many letters at once: one notice a tenant, issued together, printed as one file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.customers.models import Tenancy
from app.estate.models import Site
from app.estate.numbers import numbered
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import walk
from app.kit.session import db
from app.notices import letters, rules
from app.notices.addressed import Addressee
from app.notices.letters import Wording
from app.notices.models import Notice
from app.printing import forms
from app.printing import rules as printing
from app.security import audit, gate

FORM = "notice_letter"


def write_to_several(
    kind: str, said: Wording, addressed: Sequence[Addressee], *, site: Site, sign_by_on: dt.date | None = None,
    by: Any = None,
) -> str:  # fmt: skip
    """One draft for each addressee; answers the number they were written together as."""
    letters.check(said, kind)
    if not addressed:
        raise RuleError(_l("Nobody is chosen."))
    batch = numbered(site.id, "HZP")
    for each in addressed:
        _write(kind, letters.fill(said, each.values), each.tenancy, batch, sign_by_on, by)
    return batch


def _write(kind: str, said: Wording, tenancy: Tenancy, batch: str, sign_by_on: dt.date | None, by: Any) -> None:
    notice = Notice(
        kind=kind,
        scope="unit",
        unit=tenancy.unit,
        tenancy=tenancy,
        title=said.title,
        title_en=said.title_en,
        body=said.body,
        body_en=said.body_en,
        batch=batch,
        sign_by_on=sign_by_on,
        state="draft",
    )
    rules.write(notice, by=by)


def of_batch(batch: str) -> list[Notice]:
    """The notices written together, in the reader's scope, by number."""
    query = select(Notice).where(Notice.batch == batch, Notice.batch != "").order_by(Notice.number)
    along = (joinedload(Notice.unit), joinedload(Notice.tenancy).joinedload(Tenancy.customer), joinedload(Notice.site))
    found = list(db.session.scalars(gate.scope(query, Notice).options(*along)))
    gate.foresee(found)
    return found


def issue_all(notices: Sequence[Notice], *, by: Any) -> int:
    """Issue every draft among them; how many that were. Whose tenant has left meanwhile is withdrawn."""
    issued = 0
    for notice in notices:
        if notice.state != "draft":
            continue
        if notice.tenancy is None or notice.tenancy.state != "live":
            walk(rules.MOVES, notice, "withdraw", by=by, write=audit.write, reason=str(_l("The tenant has moved out.")))
            continue
        walk(rules.MOVES, notice, "issue", by=by, write=audit.write)
        issued += 1
    db.session.flush()
    return issued


def print_all(notices: Sequence[Notice], *, by: Any, language: str) -> bytes:
    """Every issued letter of them, each with its own number in the print log, as one PDF."""
    form = forms.by_key(FORM)
    ready = [each for each in notices if each.state in ("issued", "closed")]
    if form is None or not ready:
        raise RuleError(_l("None of these letters is issued yet."))
    readable = [each for each in ready if not printing.shows_too_much(form, each)]
    if not readable:
        raise RuleError(_l("These letters lie in sealed files."))
    return _joined([printing.print_record(form, each, by=by, language=language).pdf for each in readable])


def _joined(parts: Sequence[bytes]) -> bytes:
    import pikepdf

    whole = pikepdf.Pdf.new()
    for part in parts:
        with pikepdf.open(io.BytesIO(part)) as one:
            whole.pages.extend(one.pages)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
