"""New records past the unit of work: written as a flush would write them, forgotten with their savepoint."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app.customers.models import Contact, Customer
from app.kit import fresh
from app.kit.session import attempt, db


def customer(site: Any, **said: Any) -> Customer:
    return fresh.new(Customer, site=site, name="瑞恒科技有限公司", id_number="110101199001011237", **said)


def test_a_record_is_stored_as_a_flush_stores_it(site: Any) -> None:
    usual = Customer(site=site, name="瑞恒科技有限公司", id_number="110101199001011237")
    db.session.add(usual)
    db.session.flush()
    made = customer(site)
    assert made.site_id == site.id and db.session.get(Customer, made.id) is None
    fresh.write(db.session())
    stored = db.session.get_one(Customer, made.id)
    apart = {"id", "created_at", "updated_at"}
    for column in set(Customer.__table__.c.keys()) - apart:
        assert getattr(stored, column) == getattr(usual, column), column
    query = select(Customer.__table__.c.version).where(Customer.__table__.c.id == made.id)
    assert db.session.scalar(query) == 1 and stored.created_at >= usual.created_at
    stored.name = "改"
    db.session.flush()


def test_a_flush_writes_first_what_waits_and_keys_do_not_meet(site: Any) -> None:
    made = customer(site)
    db.session.add(contact := Contact(site_id=site.id, customer_id=made.id, name="林晚"))
    db.session.add(Customer(site=site, name="另一家"))
    db.session.flush()
    later = customer(site)
    fresh.write(db.session())
    assert contact.customer is db.session.get(Customer, made.id) and later.id != made.id


def test_a_savepoint_that_is_rolled_back_takes_what_waits_along(site: Any) -> None:
    before = db.session.scalar(select(func.count(Customer.id)))
    with pytest.raises(ValueError, match="no"), attempt():
        customer(site)
        raise ValueError("no")
    fresh.write(db.session())
    assert db.session.scalar(select(func.count(Customer.id))) == before


def test_a_kept_record_is_one_of_the_session(site: Any) -> None:
    made = fresh.kept(customer(site))
    assert made in db.session and not fresh.is_fresh(made)
    db.session.add(Contact(site_id=site.id, customer=made, name="林晚"))
    db.session.flush()
    assert [one.name for one in made.contacts] == ["林晚"] and made.site is site
