"""Which customer a roster row means, what it changes about them, and writing that (used by `sheets.py`)."""

from __future__ import annotations

from typing import Any

from app.customers import firms, rules
from app.customers.models import CONTACT_ROLES, Contact, Customer, Tenancy
from app.customers.parties import Known, Party, add_party, mark, namesakes
from app.estate.models import Unit
from app.exchange import words
from app.exchange.fields import Row
from app.kit import fresh
from app.kit.labels import _l, column_info, label
from app.security import crypto, gate, masks

OF_CUSTOMER = {
    "name_en": "name_en",
    "licence": "licence_number",
    "industry": "industry",
    "representative": "representative",
    "id_number": "id_number",
}
OF_TENANCY = {
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "rent": "rent_cents",
    "parking": "parking",
    "nameboard": "nameboard",
}
BLANK = {"parking": "", "nameboard": ""}
ROLES = ("daily", "emergency", "finance")


# ---- planning -------------------------------------------------------------------------------------------------------


def live(row: Row, known: Known) -> Tenancy | None:
    """Who is in the row's unit now."""
    unit: Unit | None = row.plan.get("unit")
    return known.live.get(unit.id) if unit is not None else None


def plan(row: Row, known: Known) -> None:
    """A tenant moves in, is renamed, is brought up to date, or is another one than the row says."""
    tenancy = live(row, known)
    row.plan["tenancy"] = tenancy
    if tenancy is None:
        row.is_new = True
        found = find_party(row, known)
        if found is not None and is_sealed(found, known) and gate.user() is not None:
            row.wrong(_l("This customer's file is sealed: let them in on screen, under a granted look-up."), "name")
            return
        said = Party(row.get("licence"), row.get("representative"), _index(row))
        row.plan["party"] = found or add_party(known, row.get("name"), row.get("licence"), said)
        _compare_customer(row, known)
        return
    party = known.by_customer[tenancy.customer_id]
    row.plan["party"] = party
    if row.get("name") and not is_same_tenant(row, party, tenancy, known):
        row.wrong(_l("The unit is let to another tenant: move them out first."), "name")
        return
    _compare_customer(row, known)
    _compare_tenancy(row, tenancy, known)


def find_party(row: Row, known: Known) -> Party | None:
    """The customer of this site whom the row means: by licence, else by name where nothing speaks against it."""
    licence = row.get("licence")
    if licence and (found := known.by_licence.get(mark(licence))) is not None:
        return found
    return next((party for party in namesakes(known, row.get("name")) if not _is_another(row, party, known)), None)


def _is_another(row: Row, party: Party, known: Known) -> bool:
    """A namesake. To whom looks on, sealed values must not answer by what becomes of the row."""
    if row.get("licence") and party.has("licence"):
        return party.differs("licence", row.get("licence"))
    if is_sealed(party, known) and gate.user() is not None:
        return False
    if row.get("id_number") and party.has("id_index"):
        return party.differs("id_index", _index(row))
    named = row.get("representative")
    return bool(named and party.has("representative") and party.differs("representative", named))


def is_sealed(party: Party, known: Known) -> bool:
    return party.customer is not None and party.customer.id in known.sealed_customers


def _index(row: Row) -> str:
    return crypto.blind_index("customer.id_number", row.get("id_number"))


def is_same_tenant(row: Row, party: Party, tenancy: Tenancy, known: Known) -> bool:
    """The same tenant, perhaps under a new name; never a different one who moved in."""
    assert party.customer is not None
    old, new = words.fold(party.customer.name), words.fold(row.get("name"))
    if old == new:
        return True
    licences = row.get("licence"), party.customer.licence_number
    if all(licences):
        return licences[0] == licences[1]
    if tenancy.starts_on and row.get("starts_on", None) and row.get("starts_on") > tenancy.starts_on:
        return False
    if not is_sealed(party, known):
        if row.get("id_number") and party.customer.id_number_index:
            return _index(row) == party.customer.id_number_index
        if row.get("representative") and party.customer.representative:
            return bool(row.get("representative") == party.customer.representative)
    return firms.is_alike(party.customer.name, row.get("name"))


def _compare_customer(row: Row, known: Known) -> None:
    """What the row changes about the customer; the first row of an import that says a thing settles it."""
    party: Party = row.plan["party"]
    customer = party.customer
    sealed = is_sealed(party, known)
    known.sealed_rows += sealed
    wanted: dict[str, Any] = {}
    for key, column in {"name": "name", **OF_CUSTOMER}.items():
        value = row.get(key)
        hidden = sealed and column_info(Customer, column).get("sealed")
        if not value or hidden or _is_settled(row, party, key, value):
            continue
        if customer is None or not _says_same(customer, column, value):
            wanted[column] = value
            if customer is not None:
                _change(row, customer, column, value)
    if not sealed and not party.has("id_index"):
        party.learn("id_index", _index(row))
    row.plan["customer_values"] = wanted
    row.plan["contacts"] = [found for role in ROLES if (found := _compare_contact(row, party, role, known))]


def _is_settled(row: Row, party: Party, key: str, value: str) -> bool:
    """Another row has said it: the first one counts, and one that differs is told so."""
    is_same = party.settles(key, words.fold(value))
    if is_same is False and value:
        row.warn(_l("Another row says something else of this tenant: this value was not kept."), key)
    return is_same is not None


def _change(row: Row, customer: Customer, column: str, value: str) -> None:
    """Say what changes; a new name is also a warning, for it could be another tenant's."""
    row.change(label(Customer, column), _shortened(column, getattr(customer, column)), _shortened(column, value))
    if column == "name":
        taken = _l(
            "Unit %(unit)s: the tenant is taken to have a new name. Check that it is no other tenant.",
            unit=row.get("unit"),
        )
        row.warn(taken, "name")


def _says_same(customer: Customer, column: str, value: str) -> bool:
    if column == "id_number":
        return customer.id_number_index == crypto.blind_index("customer.id_number", value)
    stored = getattr(customer, column)
    return bool(stored == value) or words.fold(stored) == words.fold(value)


def _shortened(column: str, value: Any) -> str:
    kind = column_info(Customer, column).get("mask")
    return masks.mask(kind, value) if kind else str(value or "")


def _compare_contact(row: Row, party: Party, role: str, known: Known) -> tuple[str, str, str] | None:
    """(role, name, telephone) when the row names another person or number than the current line."""
    name, phone = row.get(f"{role}_name"), row.get(f"{role}_phone")
    if not (name or phone):
        return None
    settled = [_is_settled(row, party, key, row.get(key)) for key in (f"{role}_name", f"{role}_phone")]
    if any(settled):
        return None
    old = known.contacts.get((party.customer.id, role)) if party.customer is not None else None
    if old is None:
        if party.customer is not None:
            row.change(CONTACT_ROLES[role], "", f"{name} {phone}".strip())
        return role, name, phone
    same_person = not name or words.fold(name) == words.fold(old.name)
    name = old.name if same_person else name
    phone = phone or (old.phone if same_person else "")
    if (name, phone) == (old.name, old.phone):
        return None
    row.change(CONTACT_ROLES[role], f"{old.name} {old.phone}".strip(), f"{name} {phone}".strip())
    return role, name, phone


def _compare_tenancy(row: Row, tenancy: Tenancy, known: Known) -> None:
    wanted: dict[str, Any] = {}
    for key, column in OF_TENANCY.items():
        value, old = row.get(key, None), getattr(tenancy, column)
        if value in (None, "") or value == old:
            continue
        if tenancy.id in known.sealed_tenancies and column_info(Tenancy, column).get("sealed"):
            continue
        wanted[column] = value
        row.change(label(Tenancy, column), _spoken(column, old), _spoken(column, value))
    remark = remark_of(row)
    if remark and not all(part in tenancy.remark for part in remark.split("；")):
        wanted["remark"] = remark
        row.change(label(Tenancy, "remark"), tenancy.remark, remark)
    starts, ends = wanted.get("starts_on", tenancy.starts_on), wanted.get("ends_on", tenancy.ends_on)
    if starts and ends and ends < starts and not row.is_wrong:
        row.wrong(_l("The lease ends before it begins."), "ends_on")
    row.plan["tenancy_values"] = wanted


def _spoken(column: str, value: Any) -> str:
    if value is None:
        return ""
    return f"{value / 100:,.2f}" if column.endswith("_cents") else str(value)


def remark_of(row: Row) -> str:
    """The sheet's remark and what has no column of its own."""
    return "；".join(dict.fromkeys(part for part in (row.get("remark"), *row.notes) if part))[:500]


# ---- writing --------------------------------------------------------------------------------------------------------


def apply(row: Row, known: Known, *, by: Any = None) -> None:
    """Write the customer, their contacts and the tenancy as planned."""
    party: Party = row.plan["party"]
    customer = party.record()
    if customer is None:
        customer = _add_customer(row, party, known)
    else:
        _amend_customer(row, customer, by)
    tenancy: Tenancy | None = row.plan["tenancy"]
    if tenancy is None:
        row.plan["tenancy"] = _move_in(row, customer)
        return
    values = row.plan["tenancy_values"]
    for column, value in values.items():
        setattr(tenancy, column, value)
    if values:
        row.note("amend", tenancy, {"columns": sorted(values)})


def _add_customer(row: Row, party: Party, known: Known) -> Customer:
    assert known.site is not None
    everything = {column: row.get(key) for key, column in OF_CUSTOMER.items()}
    kind = "firm" if row.get("licence") or len(row.get("name")) > 4 or firms.FIRM.search(row.get("name")) else "person"
    customer = fresh.new(Customer, site=known.site, kind=kind, name=row.get("name"), remark="", **everything)
    rules.keep_customer(customer)
    row.note("add", customer, {})
    party.customer = customer
    known.fresh.append(party)
    _add_contacts(row, customer)
    return customer


def _add_contacts(row: Row, customer: Customer) -> None:
    """The first of their roles: nobody is replaced."""
    for role, name, phone in row.plan["contacts"]:
        fresh.new(Contact, site_id=customer.site_id, customer=customer, role=role, name=name, phone=phone)


def _amend_customer(row: Row, customer: Customer, by: Any) -> None:
    values = dict(row.plan["customer_values"])
    if "name" in values:
        rules.rename(customer, values.pop("name"), by=by)
    for column, value in values.items():
        setattr(customer, column, value)
    if "id_number" in values:
        rules.keep_customer(customer)
    if values:
        row.note("amend", customer, {"columns": sorted(values)})
    if fresh.is_fresh(customer):
        _add_contacts(row, customer)
        return
    for role, name, phone in row.plan["contacts"]:
        rules.set_contact(customer, role, name, phone, by=by)


def _move_in(row: Row, customer: Customer) -> Tenancy:
    unit: Unit = row.plan["unit"]
    everything = {column: row.get(key, None) or BLANK.get(column) for key, column in OF_TENANCY.items()}
    told = {"state": "live", "remark": remark_of(row), **everything}
    tenancy = fresh.new(Tenancy, site_id=unit.site_id, unit=unit, customer=customer, **told)
    rules.check_dates(tenancy)
    row.note("move_in", tenancy, {"unit": unit.number})
    return tenancy
