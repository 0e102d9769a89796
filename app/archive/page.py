"""The whole of a file on one page, as far as its reader may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, g, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.archive import access, alarms, ending, page_papers, rules, seals, stages
from app.archive.models import Document, File, Scheme
from app.customers.models import CONTACT_ROLES, Contact, Customer
from app.estate.models import Unit
from app.kit.addresses import address
from app.kit.cells import cell
from app.kit.columns import DESK_TIME, today
from app.kit.labels import _l, label
from app.kit.language import say
from app.kit.pages import Cell, Chapter, Event, Link, Panel
from app.kit.reading import LARGEST_INTEGER
from app.kit.session import db
from app.security import gate

# Rooms above the archive speak on its page: of the desk's day, and on a second tab of custody; app/joins.py lists them.
Speaks = Callable[[File], Chapter]
chapters: list[Speaks] = []
of_units: list[Speaks] = []  # those of them that speak of a unit's file only
custody: list[Speaks] = []


@dataclass
class FilePage:
    """Everything `archive/file.html` draws."""

    file: File
    sealed: bool
    grant: Any
    state: Cell
    completeness: int
    facts: list[tuple[Any, Cell]]
    daily: list[Contact]
    former: list[Contact]
    sections: list[tuple[str, list[page_papers.PaperLine]]]
    catalogue: list[page_papers.Paper]
    panels: list[Panel]
    timeline: list[Event]
    warnings: list[tuple[Any, Link | None]]
    openers: list[Link]


def shown(view: Any, pk: int, speakers: Sequence[Speaks]) -> dict[str, Any]:
    """What a tab of the file's page draws; opening it is a line. 404 outside the reader's scope."""
    file = fetch(pk) or abort(404)
    gate.note_read(file, "open")
    return {"moves": view.move_links(file), "prints": view.print_links(file), **context(file, speakers)}


def context(file: File, speakers: Sequence[Speaks]) -> dict[str, Any]:
    """All that `archive/file.html` and its second tab are given besides the buttons."""
    live = file.state in rules.LIVE_STATES and file.seal == "none"
    built = build(file, speakers)
    links = []
    if live and gate.may("add", "Document"):
        links.append(Link(_l("Add a paper"), url_for("DocumentView.add", file=file.id)))
    if file.customer and not gate.is_filed(file) and gate.may("edit", "Customer"):
        links.append(Link(_l("Amend the customer"), address("CustomerView.edit", pk=file.customer_id)))
    if file.customer and gate.may("add", "Contact"):
        links.append(Link(_l("New contact"), url_for("ContactView.add", customer=file.customer_id)))
    if gate.may("of_file", "Seen"):
        links.append(Link(_l("Who saw this file"), address("SeenView.of_file", pk=file.id)))
    may_ask = built.sealed and file.is_shut and file.state != "destroyed" and gate.may("add", "LookupRequest")
    return {
        "page": built,
        "links": links,
        "ask_url": url_for("LookupRequestView.add", file=file.id) if may_ask else "",
        "can_add_paper": live and gate.may("add", "Document"),
        "can_scan": live and gate.may("add", "Scan"),
        "contact_role": contact_role,
    }


def fetch(pk: int) -> File | None:
    """A file of a site the reader works for, with all that its page tells of: in a handful of statements."""
    if pk > LARGEST_INTEGER:
        return None
    to_one = [File.site, File.scheme, File.tenancy, File.place, File.custodian, File.responsible, File.deputy]
    along = [
        *[joinedload(relation) for relation in to_one],
        joinedload(File.unit).options(joinedload(Unit.floor), joinedload(Unit.building)),
        joinedload(File.customer).joinedload(Customer.contacts),
        selectinload(File.documents).joinedload(Document.scans),
    ]
    query = gate.scope(select(File).where(File.id == pk), File).options(*along)
    file = db.session.scalars(query).unique().one_or_none()
    if file is not None:
        scans = [scan for document in file.documents for scan in document.scans]
        told = (file, file.customer, file.tenancy, *file.documents, *scans)
        gate.foresee([record for record in told if record is not None])
    return file


def build(file: File, speakers: Sequence[Speaks]) -> FilePage:
    """Collect the page; what the gate seals is never drawn into it."""
    sealed = gate.is_sealed(file)
    told = [speak(file) for speak in speakers if file.unit_id is not None or speak not in of_units]
    contacts = file.customer.contacts if file.customer and gate.may("list", "Contact") else []
    drawn = page_papers.of_papers(file, rules.ordered(file))
    return FilePage(
        file=file,
        sealed=sealed,
        grant=gate.grant_of(file),
        state=cell(file, "state"),
        completeness=rules.completeness(file),
        facts=_facts(file),
        daily=[c for c in contacts if c.is_current],
        former=[] if sealed else [c for c in contacts if not c.is_current],
        sections=page_papers.sections(file, drawn),
        catalogue=drawn,
        panels=[panel for chapter in told for panel in (chapter.panel, *chapter.more_panels) if panel is not None],
        timeline=timeline(file, sealed, [event for chapter in told for event in chapter.events]),
        warnings=[*_warnings(file), *alarms.told(file), *(warning for chapter in told for warning in chapter.warnings)],
        openers=[link for chapter in told for link in chapter.openers],
    )


def _facts(file: File) -> list[tuple[Any, Cell]]:
    """Who is in the unit: (label, value) pairs read where the columns stand."""
    wanted: list[tuple[Any, list[str]]] = [
        (file, ["title", "stage", "stage_on", "ended_on", "responsible", "deputy"]),
        (file.customer, ["name", "name_en", "licence_number", "industry", "representative", "id_number"]),
        (file.tenancy, ["starts_on", "ends_on", "rent_cents", "nameboard", "parking"]),
        (file.unit, ["floor", "area_dm2", "use"]),
        (file, ["opened_on", "filed_at", "custodian", "place", "scheme"]),
        (file.customer, ["remark"]),
        (file.tenancy, ["remark"]),
    ]
    return [
        (label(type(record), name), cell(record, name))
        for record, names in wanted
        if record is not None
        for name in names
        if getattr(record, name) not in (None, "")
    ]


def _warnings(file: File) -> list[tuple[Any, Link | None]]:
    """What the reader should do something about, at the head of the page."""
    found: list[tuple[Any, Link | None]] = list(_seal(file))
    if file.state in rules.LIVE_STATES and file.label_is_wrong:
        found.append((_label_words(file), _label_link(file)))
    found += [(words, None) for words in _of_stages(file)]
    if file.tenancy and file.tenancy.state == "live" and file.tenancy.ends_on and file.tenancy.ends_on < today():
        found.append((_l("The lease ended on %(day)s.", day=file.tenancy.ends_on), None))
    replaced = {document.replaces_id for document in file.documents}
    for document in file.documents:
        expired = page_papers.tone(document.valid_until) == "bad" and document.id not in replaced
        if expired and file.state in rules.LIVE_STATES:
            found.append((_l("A paper of this file has expired: %(what)s", what=class_name(document)), None))
    return found


def _of_stages(file: File) -> Iterable[Any]:
    """What the stage so far still lacks, and by when an ended project is to be with its keeper."""
    if file.stage and file.state == "open" and (missing := stages.gaps(file)):
        what = "、".join(say(paper["name"]) for paper in missing)
        yield _l("Missing in this stage: %(what)s", what=what)
    if (due := ending.due_on(file)) is not None:
        late = due < today()
        yield (
            _l("It was to be handed to its keeper by %(day)s.", day=due)
            if late
            else _l("To be handed to its keeper by %(day)s.", day=due)
        )


def _seal(file: File) -> Iterable[tuple[Any, Link | None]]:
    """What a further seal means, why it is there, and who can let somebody read (P1.07)."""
    if file.seal != "none":
        who = access.approvers(file)
        yield seals.MEANS[file.seal], None
        yield _l("Reason: %(why)s. Approvals needed to read: %(who)s.", why=file.seal_reason, who=who), None


def _label_words(file: File) -> Any:
    if not file.label_name:
        return _l("The label has not been printed yet.")
    return _l("The label says “%(old)s”, the customer is now “%(new)s”.", old=file.label_name, new=file.current_name)


def _label_link(file: File) -> Link | None:
    if not gate.may("print", "File"):
        return None
    return Link(_l("Print the label"), url_for("PrintView.print_form", key="file_label", pk=file.id), "post")


def class_name(document: Document) -> str:
    """The class of a paper in the reader's language."""
    for paper in rules.classes(document.file):
        if paper["key"] == document.paper_class:
            return say(paper["name"])
    return document.paper_class


def code_word(code: str) -> str:
    """What a scheme, class of paper, stage or limit is called; the code where nobody knows it."""
    if "scheme_names" not in g:
        g.scheme_names = {each["key"]: each["name"] for scheme in access.newest() for each in _named(scheme)}
    names = g.scheme_names.get(code)
    return say(names) if names else code


def _named(scheme: Scheme) -> list[dict[str, Any]]:
    """Whatever has a key and a name in a scheme: itself, its classes of paper, stages and limits."""
    itself = {"key": scheme.key, "name": scheme.body["name"]}
    return [itself, *(each for name in ("papers", "stages", "limits") for each in scheme.body.get(name, []))]


def timeline(file: File, sealed: bool, more: list[Event]) -> list[Event]:
    """What happened, in the scheme's order (P10.04); a sealed file tells only its own opening and filing."""
    told = list(own_events(file))
    if not sealed:
        told += more
    newest_first = file.scheme.body["order"] == "newest_first"
    return sorted(told, key=lambda event: moment(event.at), reverse=newest_first)


def moment(at: dt.date | dt.datetime) -> dt.datetime:
    """A date as the desk's midnight, so that dates and moments sort together."""
    return at if isinstance(at, dt.datetime) else dt.datetime.combine(at, dt.time(), tzinfo=DESK_TIME)


def own_events(file: File) -> Iterable[Event]:
    yield Event(file.opened_on, _l("File opened"), file.number)
    if file.filed_at:
        yield Event(file.filed_at, _l("File sealed"), "", tone="good")
    if file.closed_on:
        yield Event(file.closed_on, _l("Tenant moved out"), "", tone="quiet")


def papers(file: File) -> Chapter:
    """What the archive itself says of the desk's day: each paper in its time."""
    papers = [document for document in file.documents if not document.source]
    return Chapter(events=[event for document in papers for event in _document_events(document)])


def _document_events(document: Document) -> Iterable[Event]:
    if gate.is_sealed(document):
        return
    own_title = "" if document.title == rules.usual_title(document) else document.title
    url = address("DocumentView.show", pk=document.id)
    yield Event(document.issued_on or document.created_at, class_name(document), own_title, url)


def contact_role(contact: Contact) -> Any:
    return CONTACT_ROLES[contact.role]


def class_choices(document: Any) -> list[tuple[str, str]]:
    """The classes of paper of the file that a form is about; of the home scheme before a file is chosen."""
    file = getattr(document, "file", None)
    body = (file.scheme if file is not None else rules.schemes.current(rules.HOME_SCHEME)).body
    return [(paper["key"], say(paper["name"])) for paper in body["papers"]]


def url_of_paper(document: Document) -> str:
    """After a paper is added the desk goes on in its file."""
    return address("FileView.show", pk=document.file_id)
