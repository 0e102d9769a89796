"""What a consent says on paper."""

from __future__ import annotations

from app.customers.models import Contact, Customer
from app.estate import facts as estate
from app.printing.subjects import Facts, read, subject
from app.privacy import notices
from app.privacy.models import Consent

COLUMNS = (
    "number", "purpose", "verdict", "way", "notice_version", "notice_digest", "said_at", "taken_by", "client_signature",
)  # fmt: skip
PARTS: dict[str, type] = {"site": estate.PARTS["site"], "consent": Consent, "customer": Customer, "contact": Contact}


@subject("consent", Consent, parts=PARTS)
def consent_facts(consent: Consent) -> Facts:
    """The consent, whose it is, and the words that were shown, in every language of the paper."""
    notice = notices.shown(consent.purpose, consent.notice_version) or notices.current(consent.purpose)
    customer = consent.customer
    person = read(consent.contact, "name")["name"] if consent.contact else _in_charge(customer)
    return {
        "consent": read(consent, *COLUMNS),
        "customer": read(customer, "name"),
        "contact": read(consent.contact, "name", "phone"),
        "person": person,
        "notice": notice.words,
        "site": estate.site_facts(consent.site),
    }


def _in_charge(customer: Customer) -> object:
    """The person in charge as the reader may see them; a person is their own."""
    return (
        read(customer, "name")["name"]
        if customer.kind == "person"
        else read(customer, "representative")["representative"]
    )
