"""Files opened past the unit of work, as a roster opens them by the thousand: ledger and search follow them, too."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.archive import custody, opening, rules, schemes
from app.archive.models import File
from app.customers.models import Customer, Tenancy
from app.demo import makers as make
from app.estate.rules import place_of_floor
from app.kit import fresh
from app.kit.session import db
from app.search.following import catch_up
from app.search.models import SearchEntry
from app.security import actor


def test_the_ledger_of_custody_and_the_search_follow(site: Any) -> None:
    unit = make.make_unit(site=site)
    customer = fresh.new(Customer, site=site, name="瑞恒科技有限公司")
    tenancy = fresh.new(Tenancy, site_id=site.id, unit=unit, customer=customer, state="live")
    scheme = schemes.current(rules.HOME_SCHEME)
    number = rules.next_number(unit, scheme)
    file = opening.of_unit(unit, scheme, number, place_of_floor(unit.floor), make=fresh.new)
    rules.name_tenant(file, tenancy)
    fresh.write(db.session())
    stored = db.session.get_one(File, file.id)
    assert custody.position(stored) == (None, "live") and stored.tenancy is not None
    catch_up(db.session())
    found = select(SearchEntry.opens_id, SearchEntry.subtitle).where(
        SearchEntry.kind == "customer", SearchEntry.record_id == stored.customer_id
    )
    assert db.session.execute(found).one() == (file.id, unit.number)


def test_what_the_gate_had_found_out_is_asked_anew_once_files_are_written(site: Any, app: Any) -> None:
    with app.test_request_context():
        notes = actor.notes()
        notes["sealed", "File", 1] = True
        fresh.new(Customer, site=site, name="瑞恒科技有限公司")
        fresh.write(db.session())
        assert not notes
