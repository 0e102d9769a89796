"""What a customer says on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.customers.models import Contact, Customer, Tenancy
from app.estate import facts as estate
from app.printing.subjects import Facts, read, read_all, subject

PARTS: dict[str, type] = {**estate.PARTS, "customer": Customer, "contacts": Contact, "tenancies": Tenancy}


@subject("customer", Customer, parts=PARTS)
def customer_facts(customer: Customer) -> Facts:
    """A customer with the tenancies they have now, or had last."""
    live = [tenancy for tenancy in customer.tenancies if tenancy.state == "live"]
    return about(customer, live or customer.tenancies[-1:]) | {"site": estate.site_facts(customer.site)}


def about(customer: Customer | None, tenancies: Iterable[Tenancy]) -> Facts:
    """The customer, who to call now, and the leases."""
    columns = ("kind", "name", "name_en", "licence_number", "industry", "representative", "id_number", "remark")
    contacts = [contact for contact in customer.contacts if contact.is_current] if customer else []
    leases = [_lease(tenancy) for tenancy in tenancies]
    return {
        "customer": read(customer, *columns),
        "contacts": read_all(contacts, "role", "name", "phone", "email"),
        "tenancies": leases,
        "rent_total": total(lease["rent_cents"] for lease in leases),
    }


def total(amounts: Iterable[Any]) -> Any:
    """The sum of amounts in cents; "" when there is none, and what is sealed seals the sum."""
    given = [amount for amount in amounts if amount != ""]
    sealed = [amount for amount in given if not isinstance(amount, int)]
    return sealed[0] if sealed else sum(given) if given else ""


def _lease(tenancy: Tenancy) -> Facts:
    lease = read(tenancy, "unit", "starts_on", "ends_on", "rent_cents", "parking", "nameboard")
    return lease | read(tenancy.unit, "area_dm2", "floor")
