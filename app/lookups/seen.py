"""Who saw a file, and what a person saw: read from the lines of the audit (P9.03)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm

from app.archive.models import Document, File, Scan
from app.customers.models import Contact, Customer, Tenancy
from app.estate.models import SiteUser
from app.kit import paging
from app.kit.cells import cell, show_url
from app.kit.errors import RuleError
from app.kit.fields import DayField, MayBeEmpty
from app.kit.kinds import mapper_of
from app.kit.labels import _l, label
from app.kit.pages import Column, Link, ListPage, Row
from app.kit.reading import LARGEST_INTEGER
from app.kit.session import db
from app.lookups.models import PaperChange
from app.lookups.reviews import moments
from app.security import gate
from app.security.models import AuditLine

READINGS = ("open", "download", "print", "reveal", "export")
SHOWN = ("at", "username", "action", "subject_type", "subject_id", "details", "ip")
MOST_ROWS = 20_000
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2999, 12, 31)


@dataclass(frozen=True)
class Seen:
    """What is asked about: a file or a person, with the days and the page that the address names."""

    what: str
    about: Any
    form: BaseForm
    args: dict[str, str]

    @property
    def title(self) -> Any:
        if self.what == "file":
            return _l("Who saw this file: %(what)s", what=self.about)
        return _l("What this person saw: %(what)s", what=self.about)

    def url(self, endpoint: str = "", **more: Any) -> str:
        name = endpoint or f"of_{self.what}"
        more |= {"what": self.what} if endpoint else {}
        return url_for(f"SeenView.{name}", pk=self.about.id, **{**self.args, **more})

    def query(self) -> Select[Any]:
        """The lines of readings within these days."""
        begin, end = moments(self.form["from"].data or FIRST_DAY, self.form["to"].data or LAST_DAY)
        mine = of_file(self.about) if self.what == "file" else AuditLine.user_id == self.about.id
        return select(AuditLine).where(AuditLine.action.in_(READINGS), AuditLine.at >= begin, AuditLine.at < end, mine)


def ask(what: str, pk: int, args: MultiDict[str, str]) -> Seen | None:
    """The file of that key inside the reader's scope, or the person; None for any other."""
    model: Any = File if what == "file" else User
    if pk > LARGEST_INTEGER:
        return None
    about = db.session.scalar(gate.scope(select(model).where(model.id == pk), model))
    form = BaseForm({"from": DayField(_l("From"), [MayBeEmpty()]), "to": DayField(_l("Until"), [MayBeEmpty()])})
    form.process(args)
    form.validate()
    kept = {field.name: args[field.name] for field in form if field.data is not None and not field.errors}
    return Seen(what, about, form, kept) if about is not None else None


def of_file(file: File) -> ColumnElement[bool]:
    """Lines about the file, what lies in it, its tenant and the tenant's records; and whole lists that held them."""
    kinds = dict(_keys(file))
    each = [and_(AuditLine.subject_type == kind, AuditLine.subject_id.in_(keys)) for kind, keys in kinds.items()]
    colleagues = select(SiteUser.user_id).where(SiteUser.site_id == file.site_id)
    lists = and_(AuditLine.subject_id.is_(None), AuditLine.subject_type.in_(kinds), AuditLine.user_id.in_(colleagues))
    return or_(*each, lists)


def _keys(file: File) -> Iterator[tuple[str, Select[Any]]]:
    """(kind, keys) of everything that belongs to the file."""
    papers = select(Document.id).where(Document.file_id == file.id)
    yield "File", select(File.id).where(File.id == file.id)
    yield "Document", papers
    yield "Scan", select(Scan.id).where(Scan.document_id.in_(papers))
    yield "PaperChange", select(PaperChange.id).where(PaperChange.paper_id.in_(papers))
    yield "Customer", select(Customer.id).where(Customer.id == file.customer_id)
    yield "Contact", select(Contact.id).where(Contact.customer_id == file.customer_id)
    yield "Tenancy", select(Tenancy.id).where(Tenancy.id == file.tenancy_id)
    yield from _records(file)


def _records(file: File) -> Iterator[tuple[str, Select[Any]]]:
    """The tenant's records of the day, found by what they are filed as; their lines by the record they belong to."""
    models = {mapper.class_ for mapper in Model.registry.mappers}
    filed = {model for model in models if getattr(model, "filed_as", "")} - {Customer, Contact, Tenancy}
    direct = {model for model in filed if "tenancy_id" in mapper_of(model).columns}
    by_table = {model.__table__: model for model in direct}
    for model in sorted(direct, key=lambda each: each.__name__):
        yield model.__name__, select(model.id).where(model.tenancy_id == file.tenancy_id)
    for model in sorted(filed - direct, key=lambda each: each.__name__):
        for key in model.__table__.foreign_keys:
            if (parent := by_table.get(key.column.table)) is not None:
                theirs = select(parent.id).where(parent.tenancy_id == file.tenancy_id)
                yield model.__name__, select(model.id).where(key.parent.in_(theirs))
                break


def list_page(seen: Seen, args: MultiDict[str, str]) -> ListPage:
    """The lines, the newest first."""
    query, place = seen.query(), paging.Place.read(args.get("page"), args.get("psize"))
    total = int(db.session.scalar(select(func.count()).select_from(query.subquery())) or 0)
    place = place.clamped(total)
    lines = db.session.scalars(query.order_by(AuditLine.id.desc()).offset(place.offset).limit(place.size))
    return ListPage(
        title=seen.title,
        columns=[Column(name, label(AuditLine, name)) for name in SHOWN],
        rows=[Row(line.id, show_url(line), [cell(line, name) for name in SHOWN]) for line in lines],
        search_form=seen.form,
        total=total,
        first=place.offset,
        pages=paging.links(place, total, False, lambda page: seen.url(page=page)),
        links=[Link(str(seen.about), url, style="quiet")] if (url := show_url(seen.about)) else [],
        exports=_exports(seen),
        prints=[Link(_l("As shown here"), seen.url("print"), "post")] if gate.may("print", "Seen") else [],
        empty=_l("Nobody has read it in these days."),
        searched=bool(seen.args),
    )


def _exports(seen: Seen) -> list[Link]:
    if not gate.may("export", "Seen"):
        return []
    return [Link(words, seen.url("export", ending=ending)) for ending, words in (("xlsx", "Excel"), ("csv", "CSV"))]


def rows(seen: Seen) -> list[list[Any]]:
    """Every line as cells. RuleError where there are too many for one file or sheet."""
    lines = list(db.session.scalars(seen.query().order_by(AuditLine.id.desc()).limit(MOST_ROWS + 1)))
    if len(lines) > MOST_ROWS:
        raise RuleError(_l("At most %(number)s rows at once. Please narrow the days.", number=MOST_ROWS))
    return [[cell(line, name) for name in SHOWN] for line in lines]


def heads() -> list[Any]:
    return [label(AuditLine, name) for name in SHOWN]


def links_of(user: Any) -> list[Link]:
    """From a user's page to what that person saw."""
    if not gate.may("of_person", "Seen"):
        return []
    return [Link(_l("What did this person see"), url_for("SeenView.of_person", pk=user.id))]
