"""The screens on which the desk writes to several tenants: what was asked, the letters as they would be, the batch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import get_locale, ngettext
from wtforms.form import BaseForm

from app.estate.models import Site
from app.kit import choosing, fields, forms, once
from app.kit.cells import cell, view_of
from app.kit.errors import RuleError
from app.kit.labels import _l, label
from app.kit.pages import Column, Link, ListPage, Row
from app.kit.paging import whole_number
from app.kit.session import attempt
from app.notices import addressed, batches, letters
from app.notices.addressed import Addressee, Reach
from app.notices.letters import Wording
from app.notices.models import LETTER_KINDS, Notice
from app.security import gate

CHOICES = ("kind", "site", "floor", "units", "sign_by_on")
WORDS = ("title", "body", "title_en", "body_en")


@dataclass
class Asked:
    """What was chosen on the screen so far; what makes no sense is told beside its field."""

    form: BaseForm
    site: Site
    kind: str

    @classmethod
    def read(cls) -> Asked:
        offered = kinds()
        form = _form(offered)
        form.process(request.values, data={"kind": next(iter(offered))})
        form.validate()
        kind = form["kind"].data if form["kind"].data in offered else next(iter(offered))
        return cls(form, form["site"].data or _first_site(), kind)

    @property
    def sign_by_on(self) -> dt.date | None:
        day: dt.date | None = None if self.form["sign_by_on"].errors else self.form["sign_by_on"].data
        return day

    def found(self) -> list[Addressee]:
        floor, units = self.form["floor"].data, addressed.numbers_in(self.form["units"].data or "")
        return addressed.find(self.kind, Reach(self.site, floor, units), self.sign_by_on)

    def wording(self) -> Wording:
        """As it was typed; the site's own wording before anything is."""
        if "body" in request.form:
            return Wording(**{name: self.form[name].data or "" for name in WORDS})
        said = letters.wording(self.site.id, self.kind, str(get_locale()))
        for name in WORDS:
            self.form[name].data = getattr(said, name)
        return said


def kinds() -> dict[str, Any]:
    """The letters whose reason the reader may know of."""
    sources = addressed.SOURCES
    return {
        kind: words
        for kind, words in LETTER_KINDS.items()
        if kind not in sources or gate.may("list", gate.permission_of(sources[kind]))
    }


def _form(offered: dict[str, Any]) -> BaseForm:
    view = view_of(Notice)
    made = {name: forms.field_for(view, name, required=False) for name in ("site", "floor", "sign_by_on", *WORDS)}
    optional, hint = (
        [fields.MayBeEmpty(), fields.NotLonger(1000)],
        _l("Numbers of units; empty for everybody concerned."),
    )
    made["kind"] = fields.ChoiceField(_l("Letter"), words=list(offered.items()))
    made["units"] = fields.TextField(_l("Only these units"), optional, description=hint)
    form = BaseForm(made)
    for field in form:
        field.masked = ""
    return form


def _first_site() -> Site:
    keys = gate.site_ids()
    found: Site | None = choosing.find(Site, keys[0]) if keys else None
    return found if found is not None else abort(404)


def page(problem: RuleError | None = None) -> dict[str, Any]:
    """All that `notices/write.html` draws: the choices, the wording, and everybody's letter."""
    asked = Asked.read()
    said = asked.wording()
    problem = problem or _problem(said, asked.kind)
    if problem is not None and problem.field in asked.form:
        asked.form[problem.field].errors = [problem.message]
    ticked = {whole_number(key) for key in request.form.getlist("tenancy")}
    return {
        "asked": asked,
        "choices": CHOICES,
        "words": WORDS,
        "held": {name: request.values.get(name, "") for name in CHOICES},
        "known": letters.known(asked.kind),
        "problem": problem,
        "letters": [(each, letters.fill(said, each.values)) for each in asked.found()],
        "ticked": ticked if "body" in request.form else None,
        "wordings": url_for("LetterTemplateView.list") if gate.may("list", "LetterTemplate") else "",
    }


def _problem(said: Wording, kind: str) -> RuleError | None:
    try:
        letters.check(said, kind)
    except RuleError as error:
        return error
    return None


def make() -> Any:
    """Write the letters to whoever is ticked, once; answers where they stand together."""
    key = request.form.get(once.FIELD)
    if before := once.replayed(key):
        return redirect(before)
    asked = Asked.read()
    ticked = {whole_number(each) for each in request.form.getlist("tenancy")}
    chosen = [each for each in asked.found() if each.tenancy.id in ticked]
    with attempt():
        once.claim(key)
        batch = batches.write_to_several(
            asked.kind, asked.wording(), chosen, site=asked.site, sign_by_on=asked.sign_by_on, by=gate.user()
        )
        url = url_for("LetterView.batch", batch=batch)
        once.answered(key, url)
    return redirect(url)


def batch_page(batch: str) -> dict[str, Any]:
    """The letters written together, each with what has become of it."""
    notices = batches.of_batch(batch) or abort(404)
    drafts = sum(notice.state == "draft" for notice in notices)
    issued = sum(notice.state in ("issued", "closed") for notice in notices)
    links, prints = [], []
    if drafts and gate.may("issue", "Letters"):
        links.append(Link(_l("Issue and sign all"), url_for("LetterView.issue", batch=batch), "post", "primary"))
    if issued and gate.may("print_all", "Letters"):
        prints.append(Link(_l("All letters"), url_for("LetterView.print_all", batch=batch), "post"))
    names = ("number", "unit", "tenancy", "title", "issued_on", "state")
    rows = [_row(each, names) for each in notices]
    columns = [Column(name, label(Notice, name)) for name in names]
    table = ListPage(LETTER_KINDS.get(notices[0].kind, _l("Letters")), columns, rows, total=len(rows))
    return {"batch": batch, "page": table, "links": links, "prints": prints, "drafts": drafts, "issued": issued}


def _row(notice: Notice, names: tuple[str, ...]) -> Row:
    return Row(notice.id, url_for("NoticeView.show", pk=notice.id), [cell(notice, name) for name in names])


def issued_words(count: int) -> str:
    return str(ngettext("%(num)s letter was issued.", "%(num)s letters were issued.", count))
