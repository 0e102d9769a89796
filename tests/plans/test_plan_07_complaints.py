"""篇七: complaints, walked over HTTP from the telephone to the tenant's file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import rules as archive
from app.archive.models import Document
from app.complaints.models import Complaint
from app.customers import rules as customers
from app.demo import makers
from app.kit.session import db
from app.visits.models import Visit

Login = Callable[..., FlaskClient]


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.get_data(as_text=True)


def move(client: FlaskClient, url: str, name: str, **said: Any) -> None:
    assert client.post(f"{url}/move/{name}", data=said).status_code == 302, name


def test_p07_03_a_complaint_goes_from_the_telephone_into_the_tenants_file(login: Login, site: Any, cast: Any) -> None:
    """Logged from the file's page, assigned, answered, solved, visited, judged by another, and filed."""
    file = makers.make_file(makers.make_unit("0512", site=site))
    customers.set_contact(file.customer, "daily", "林晚", "19900001234")
    clerk, supervisor = login("clerk"), login("supervisor")
    opener = f"/complaints/add?unit={file.unit_id}"
    assert opener in page(clerk, f"/files/{file.id}")
    assert 'value="林晚"' in page(clerk, opener)
    typed = {"unit": file.unit_id, "complainant": "林晚", "phone": "19900001234", "kind": "complaint"}
    typed |= {"urgency": "urgent", "content": "走廊三盏灯不亮"}
    assert clerk.post(opener, data=typed).status_code == 302
    complaint = db.session.scalars(select(Complaint)).one()
    url = f"/complaints/{complaint.id}"
    move(supervisor, url, "assign", assignee=cast["clerk"].id)
    move(clerk, url, "answer", answer="工程十分钟内到")
    move(clerk, url, "solve", solution="更换灯管三支")
    visit = db.session.scalars(select(Visit).where(Visit.complaint_id == complaint.id)).one()
    move(clerk, f"/visits/{visit.id}", "finish", result="satisfied", opinion="修好了")
    clerk.post(f"{url}/move/close", data={"verdict": "A"})
    db.session.refresh(complaint)
    assert complaint.state == "visited"
    move(supervisor, url, "close", verdict="A")
    db.session.refresh(complaint)
    assert (complaint.state, complaint.verdict) == ("closed", "A")
    in_file = db.session.scalars(select(Document).where(Document.file_id == file.id).order_by(Document.id)).all()
    assert [(one.paper_class, one.reference) for one in in_file] == [
        ("visit", visit.number),
        ("complaint", complaint.number),
    ]
    assert complaint.number in page(login("archivist"), f"/files/{file.id}")


def test_p07_03_what_is_reopened_counts_and_is_solved_again(login: Login, site: Any, cast: Any) -> None:
    """A tenant who is not content calls again: the same complaint goes on, with a new promise and a new visit."""
    unit = makers.make_file(makers.make_unit(site=site)).unit
    complaint = makers.make_complaint(unit, by=cast["clerk"])
    clerk, supervisor, url = login("clerk"), login("supervisor"), f"/complaints/{complaint.id}"
    for again in (False, True):
        if again:
            move(supervisor, url, "reopen", reason="又不亮了")
        move(clerk, url, "answer", answer="马上去")
        move(clerk, url, "solve", solution="换灯管")
        open_ones = select(Visit).where(Visit.complaint_id == complaint.id, Visit.state == "planned")
        move(clerk, f"/visits/{db.session.scalars(open_ones).one().id}", "finish", result="unsatisfied")
        move(supervisor, url, "close", verdict="B")
    db.session.refresh(complaint)
    assert (complaint.state, complaint.reopened) == ("closed", 1)
    file = archive.live_file(unit)
    assert file is not None
    assert sorted(one.paper_class for one in file.documents) == ["complaint", "visit", "visit"]
