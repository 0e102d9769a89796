"""What the room draws besides its records: the register, the words that were shown, what is held about a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, url_for

from app.estate.facts import site_facts
from app.estate.papers import site_of
from app.kit import exports
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.language import say
from app.kit.pages import Cell, Column, Link, ListPage, Row, ShowPage
from app.kit.session import before_commit
from app.printing import reports as printed_reports
from app.privacy import bundle, notices
from app.privacy import register as registered
from app.privacy.models import Consent, DataRequest
from app.security import audit, gate

TITLE = _l("Register of personal data")
HEADS = [
    _l("Kind of record"),
    _l("Field"),
    _l("Purpose of processing"),
    _l("Legal basis"),
    _l("Kept how long"),
    _l("Sensitive"),
    _l("Shown"),
    _l("Who may see it"),
]


def _rows() -> Iterator[list[str]]:
    for line in registered.lines():
        sensitive = _l("yes") if line.sensitive else _l("no")
        said = (line.kind, line.label, line.purpose, line.basis, line.retention, sensitive, line.shown, line.readers)
        yield [str(each) for each in said]


def register() -> ListPage:
    """The whole register on one page; it names columns and holds nobody's data."""
    rows = [Row(number, None, [Cell(each) for each in said]) for number, said in enumerate(_rows(), 1)]
    prints, files = [], []
    if gate.may("print", "PersonalData"):
        prints = [Link(TITLE, url_for("PersonalDataView.print"), "post")]
    if gate.may("export", "PersonalData"):
        files = [
            Link(words, url_for("PersonalDataView.export", ending=ending))
            for ending, words in (("xlsx", "Excel"), ("csv", "CSV"))
        ]
    columns = [Column(str(at), head) for at, head in enumerate(HEADS)]
    return ListPage(TITLE, columns, rows, total=len(rows), first=1, prints=prints, exports=files)


def exported(ending: str) -> Response:
    """The register as a file."""
    person = gate.user()
    before_commit(lambda: audit.write("export", audit.Subject("PersonalData", None, None), {}, by=person))
    parts: Any = (exports.csv_parts if ending == "csv" else exports.xlsx_parts)([str(head) for head in HEADS], _rows())
    made = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    answer = Response(made, mimetype=exports.MEDIA_TYPES[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="personal-data-{today():%Y%m%d}.{ending}"'
    return answer


def printed() -> Any:
    """The record of processing on paper, numbered and in the print log."""
    site = site_of(None)
    page: Mapping[str, Any] = {
        "title": TITLE,
        "words": [],
        "pictures": [],
        "heads": [(head, False) for head in HEADS],
        "rows": list(_rows()),
        "totals": None,
        "notes": [],
    }
    return printed_reports.print_page(page, site_facts(site), site.id, by=gate.user(), back=url_for(".list"))


def with_words(page: ShowPage, consent: Consent) -> ShowPage:
    """The notice in the reader's language, as that version said it."""
    notice = notices.shown(consent.purpose, consent.notice_version)
    if notice is not None:
        page.groups.append((_l("Words shown"), [(_l("Words of the notice"), Cell(say(notice.words)))]))
    return page


def with_holdings(page: ShowPage, request: DataRequest) -> ShowPage:
    """The way to what is held, and to the data itself once it may leave."""
    page.links.append(Link(_l("What is held about the person"), url_for("DataRequestView.holdings", pk=request.id)))
    if request.kind == "access" and request.state == "approved" and gate.may("bundle", "DataRequest"):
        page.moves.insert(0, Link(_l("Hand out the data"), url_for("DataRequestView.bundle", pk=request.id), "post"))
    return page


def holdings(request: DataRequest) -> ListPage:
    """Kinds of record, how many, and which fields of each: what an export would hold, without any value."""
    told = list(bundle.parts(request.customer, request.contact))
    rows = [
        Row(
            part.key,
            None,
            [Cell(part.title), Cell(len(part.rows), "number"), Cell(str(_l(", ")).join(part.heads))],
        )
        for part in told
    ]
    columns = [
        Column("kind", _l("Kind of record")),
        Column("count", _l("How many"), kind="number"),
        Column("fields", _l("Fields")),
    ]
    back = [Link(request.number, url_for("DataRequestView.show", pk=request.id))]
    return ListPage(_l("What is held about the person"), columns, rows, total=len(rows), first=1, links=back)
