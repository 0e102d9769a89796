"""A clerk's program reads what a clerk may read, column by column, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import File
from app.demo import makers
from app.deposits.models import DepositLine
from app.estate.models import Site
from app.estate.rules import find_site
from app.kit import columns
from app.kit.labels import column_info
from app.kit.session import db
from app.security.models import ApiToken, AuditLine
from tests.api.conftest import of_rooms
from tests.conftest import SITE
from tests.house.full_house import count, furnish
from tests.standing import Made, Standing

Program = Callable[..., FlaskClient]
READ = ["customers", "units", "files", "deposit-lines"]


@pytest.fixture(scope="module")
def _line(standing: Standing) -> Made:
    def write() -> DepositLine:
        site = find_site(SITE)
        customer = makers.make_customer(
            "瑞恒科技有限公司", site=site, representative="王小明", id_number="110101199001010007"
        )
        tenancy = makers.make_tenancy(makers.make_unit("0501", site=site), customer)
        makers.make_file(tenancy=tenancy)
        line = DepositLine(site_id=site.id, tenancy=tenancy, kind="key", amount_cents=20_000, booked_on=columns.today())
        db.session.add(line)
        return line

    return standing(write)


@pytest.fixture
def house(_line: Made) -> dict[str, Any]:
    """An open file with a customer, and their key deposit."""
    line: DepositLine = _line()
    (file,) = db.session.scalars(select(File).where(File.tenancy_id == line.tenancy_id))
    return {"customers": line.tenancy.customer, "units": file.unit, "files": file, "deposit-lines": line}


@pytest.mark.parametrize("resource", READ)
def test_a_clerks_program_lists_and_opens(program: Program, house: Any, resource: str) -> None:
    clerk = program()
    page = clerk.get(f"/api/v1/{resource}").json
    assert [item["id"] for item in page["items"]] == [house[resource].id]
    assert (page["page"], page["size"], page["total"], page["next"]) == (1, 25, 1, None)
    one = clerk.get(f"/api/v1/{resource}/{house[resource].id}")
    assert one.status_code == 200 and one.json["id"] == house[resource].id
    assert one.headers["ETag"] == f'"{one.json["version"]}"' and one.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in one.headers


def test_values_are_plain(program: Program, house: Any) -> None:
    clerk = program()
    unit = clerk.get(f"/api/v1/units/{house['units'].id}").json
    assert unit["area_dm2"] == 12_345 and unit["use"] == "office" and unit["floor"]["name"] == "5F"
    line = clerk.get(f"/api/v1/deposit-lines/{house['deposit-lines'].id}").json
    assert line["amount_cents"] == 20_000 and line["booked_on"] == columns.today().isoformat()
    file = clerk.get(f"/api/v1/files/{house['files'].id}").json
    assert file["customer"] == {"id": house["customers"].id, "name": "瑞恒科技有限公司"}
    assert file["filed_at"] is None and file["sealed"] == []


def test_an_identity_number_never_leaves_whole(program: Program, house: Any) -> None:
    answer = program().get(f"/api/v1/customers/{house['customers'].id}")
    assert answer.json["id_number"] == "110***********0007"
    assert "110101199001010007" not in answer.text


def test_what_is_sealed_is_null_and_named(program: Program, site: Any) -> None:
    """Of each resource: once its file is filed and the work over, the manager's program reads none of it."""
    made, manager, tried = furnish(site, "甲"), program("manager"), set()
    for api in of_rooms().values():
        record = made[api.model]
        sealed = {name for name in api.show_columns if column_info(api.model, name).get("sealed")}
        values = {str(getattr(record, name)) for name in sealed if getattr(record, name)}
        one = manager.get(f"/api/v1/{api.resource}/{record.id}")
        assert set(one.json["sealed"]) == sealed, api.resource
        assert all(one.json[name] is None for name in sealed)
        page = manager.get(f"/api/v1/{api.resource}").text
        assert not [value for value in values if value in one.text or value in page], api.resource
        tried |= {f"{api.resource}.{name}" for name in sealed}
    assert {
        "customers.id_number",
        "deposits.held_cents",
        "repairs.fault",
        "complaints.content",
        "visits.opinion",
    } <= tried


def test_the_same_is_read_while_nothing_seals_it(program: Program, site: Any) -> None:
    """The negative control."""
    made, manager = furnish(site, "甲", filed=False), program("manager")
    for name in ("customers", "repairs", "complaints", "deposit-lines"):
        record = made[of_rooms()[name].model]
        assert manager.get(f"/api/v1/{name}/{record.id}").json["sealed"] == []


def test_a_list_says_what_is_sealed_too(program: Program, site: Any) -> None:
    furnish(site, "甲")
    line = program().get("/api/v1/deposit-lines").json["items"][0]
    assert line["amount_cents"] is None and line["sealed"] == ["amount_cents"]


def test_a_strangers_program_sees_nothing_of_this_site(program: Program, house: Any) -> None:
    stranger = program("stranger")
    for resource, record in house.items():
        assert stranger.get(f"/api/v1/{resource}").json["items"] == []
        answer = stranger.get(f"/api/v1/{resource}/{record.id}")
        assert answer.status_code == 404 and answer.json["status"] == 404


def test_each_read_is_a_line_with_the_token(program: Program, house: Any, cast: Any) -> None:
    clerk, customer = program(), house["customers"]
    clerk.get("/api/v1/customers")
    clerk.get(f"/api/v1/customers/{customer.id}")
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc()).limit(2)).all()
    assert [(line.action, line.subject_type, line.subject_id) for line in lines] == [
        ("open", "Customer", customer.id),
        ("export", "Customer", None),
    ]
    assert {line.user_id for line in lines} == {cast["clerk"].id}
    assert {line.detail["token"] for line in lines} == {db.session.scalars(select(ApiToken.id)).one()}


def test_nothing_is_told_when_the_line_cannot_be_written(
    program: Program, house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = program()

    def broken(*_args: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("app.security.audit._store", broken)
    answer = clerk.get(f"/api/v1/customers/{house['customers'].id}")
    assert answer.status_code == 503 and answer.mimetype == "application/problem+json"
    assert "瑞恒" not in answer.text


def test_pages_follow_each_other_without_a_gap(program: Program, site: Any) -> None:
    floor = makers.make_floor(site)
    for number in range(7):
        makers.make_unit(f"05{number:02d}", floor=floor)
    db.session.commit()
    clerk, address, seen = program(), "/api/v1/units?size=3&order=number", []
    while address:
        page = clerk.get(address).json
        seen += [item["number"] for item in page["items"]]
        address = page["next"]
    assert seen == [f"05{number:02d}" for number in range(7)]


def test_a_page_holds_a_hundred_at_most(program: Program, site: Any) -> None:
    assert program().get("/api/v1/units?size=101").status_code == 400
    assert program().get("/api/v1/units?size=100").status_code == 200


def test_lists_are_filtered_as_on_screen(program: Program, site: Any) -> None:
    for name in ("瑞恒科技", "东海餐饮"):
        makers.make_customer(name, site=site, industry="餐饮" if "餐" in name else "软件")
    db.session.commit()
    clerk = program()
    assert [one["name"] for one in clerk.get("/api/v1/customers?q=瑞恒").json["items"]] == ["瑞恒科技"]
    assert [one["name"] for one in clerk.get("/api/v1/customers?industry=餐饮").json["items"]] == ["东海餐饮"]


def test_files_are_asked_for_by_their_customer(program: Program, house: Any, site: Any) -> None:
    furnish(site, "甲")
    found = program().get(f"/api/v1/files?customer={house['customers'].id}").json["items"]
    assert [one["id"] for one in found] == [house["files"].id]


def test_a_row_costs_no_statement(program: Program, site: Any) -> None:
    clerk, key, took = program(), site.id, []
    for rounds in (2, 20):
        there = db.session.get_one(Site, key)
        for number in range(rounds):
            makers.make_file(makers.make_unit(f"{rounds}{number:02d}", site=there))
        db.session.commit()
        clerk.get("/api/v1/files")
        took.append([count(lambda one=one: clerk.get(f"/api/v1/{one}")) for one in READ])
    assert took[0] == took[1]


def test_a_grant_opens_one_file_and_no_list(program: Program, site: Any, cast: Any) -> None:
    """A program whose person has a live grant reads that one record; a list never opens a filed file."""
    made = furnish(site, "甲")
    file = next(record for model, record in made.items() if model.__name__ == "File")
    request = makers.make_request(file, cast["clerk"])
    request.state, request.expires_at = "approved", columns.now() + dt.timedelta(hours=1)
    request.mode = "read_in_office"
    db.session.commit()
    assert "remark" in program().get(f"/api/v1/files/{file.id}").json["sealed"]  # what a program reads leaves the house
    request.mode = "copy"
    db.session.commit()
    clerk = program()
    assert clerk.get(f"/api/v1/files/{file.id}").json["sealed"] == []
    line = next(record for model, record in made.items() if model.__name__ == "DepositLine")
    assert clerk.get(f"/api/v1/deposit-lines/{line.id}").json["amount_cents"] == line.amount_cents
    assert clerk.get("/api/v1/deposit-lines").json["items"][0]["amount_cents"] is None


def test_the_description_names_no_record(program: Program, site: Any) -> None:
    furnish(site, "甲")
    answer = program("manager").get("/api/v1/openapi.json")
    assert answer.status_code == 200 and "甲" not in answer.text
