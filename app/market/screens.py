"""What the room draws besides its records: what is known of a customer, what is owed, who is behind a part."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.kit.cells import cell, show_url
from app.kit.columns import today
from app.kit.labels import _l, label
from app.kit.pages import Cell, Column, Link, ListPage, Row, ShowPage
from app.market import composing, grading, knowing, policy, sales
from app.market.models import MarketProfile, ProfileDatum, Sale
from app.market.shares import percent, shares
from app.security import gate

PROFILE_WORDS = {
    "facets": policy.marks,
    "grade": policy.grades,
    "credit_grade": policy.credit_grades,
    "payment_mode": policy.payment_modes,
    "source": policy.sources,
}
DRIVES = {"channel": _l("Sales channel"), "sales": _l("Sales management"), "collection": _l("Collection")}
OVER_LIMIT = _l("More is owed than the credit limit allows.")
STALE = _l("Nothing was added for longer than the scheme allows: bring the file up to date.")


def with_knowledge(page: ShowPage, profile: MarketProfile) -> ShowPage:
    """What the grade drives (P3.06), what is known now with its source (P3.02)."""
    driven = grading.drives(profile)
    page.groups.insert(2, (_l("What the grade drives"), [(words, Cell(driven[key])) for key, words in DRIVES.items()]))
    if warnings := warned(profile):
        page.groups.insert(0, (_l("To be seen to"), [(_l("Warning"), Cell(words, tone="bad")) for words in warnings]))
    page.lists.insert(0, _known(profile))
    if gate.may("add", "AnswerLink"):
        back = url_for("MarketProfileView.show", pk=profile.id)
        page.links.append(Link(_l("Send the data form"), url_for("AnswerLinkView.add", profile=profile.id, next=back)))
    return page


def warned(profile: MarketProfile) -> list[Any]:
    """The limit is passed (P3.08); nothing was added for too long (P3.09)."""
    found = [OVER_LIMIT] if profile.is_over_limit else []
    return [*found, *([STALE] if profile.stale_on <= today() else [])]


def _known(profile: MarketProfile) -> ListPage:
    """Field by field what counts now, in the order of the scheme; what nobody said yet is told, too."""
    names = ["value", "source", "said_on", "author"]
    latest = knowing.latest(profile.customer_id)
    gate.foresee(list(latest.values()))
    rows = []
    for key, words in policy.fields(profile):
        datum = latest.get(key)
        cells = [cell(datum, name) for name in names] if datum is not None else [Cell("")] * len(names)
        rows.append(Row(key, show_url(datum) if datum is not None else None, [Cell(words), *cells]))
    columns = [Column("field", label(ProfileDatum, "field")), *(Column(n, label(ProfileDatum, n)) for n in names)]
    return ListPage(_l("What is known now"), columns, rows)


def with_owed(page: ShowPage, sale: Sale) -> ShowPage:
    """What is still owed of the sale, for who may read its amount."""
    if sale.corrects_id is None:
        is_told = gate.value(sale, "amount_cents") is not gate.SEALED
        owed = Cell(sales.owed_of(sale), "money") if is_told else Cell(gate.SEALED, "sealed")
        page.groups.append((_l("Payment received"), [(_l("Still owed (yuan)"), owed)]))
    return page


def customers_of(asked: composing.Part) -> ListPage:
    """The customers behind a part, each with what it bought and its share of the part (P3.07)."""
    found = composing.customers(asked)
    gate.foresee([profile for profile, _cents, _quantity in found])
    measure = 2 if asked.by == "product" else 1
    parts = shares([row[measure] for row in found])
    rows = [
        Row(profile.id, show_url(profile), [cell(profile, "customer"), cell(profile, "grade"), *_figures(each, part)])
        for each, part in zip(found, parts, strict=True)
        for profile in (each[0],)
    ]
    columns = [
        Column("customer", _l("Customer")),
        Column("grade", _l("Grade")),
        Column("amount", _l("Amount (yuan)"), kind="money"),
        Column("quantity", _l("Quantity"), kind="number"),
        Column("share", _l("Share of the part"), kind="number"),
    ]
    what = composing.WAYS.get(asked.by, _l("Facets"))
    title = f"{what}: {composing.name_of(asked.by, asked.part)} · {asked.first} – {asked.last}"
    return ListPage(title, columns, rows, total=len(rows), first=0, empty=_l("Nobody is in this part."))


def _figures(row: tuple[MarketProfile, int, int], part: int) -> list[Cell]:
    """The figures of one customer, through the gate."""
    profile, cents, quantity = row
    if gate.value(profile, "outstanding_cents") is gate.SEALED:
        return [Cell(gate.SEALED, "sealed")] * 3
    return [Cell(cents, "money"), Cell(quantity, "number"), Cell(f"{percent(part)} %")]
