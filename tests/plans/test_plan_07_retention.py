"""Plan 7, destruction: what is confidential is shredded, what is ordinary and many may be torn up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo.retention_makers import agree, judge, make_appraisal, make_approved_appraisal, make_item
from app.kit.session import db
from app.retention.models import Destruction

Login = Callable[..., FlaskClient]


def test_p7_09_tenant_files_are_shredded_and_ordinary_papers_may_be_torn(
    login: Login, site: Any, cast: Any, moved_out: Any
) -> None:
    """The method is recorded; tearing up a tenant's file is refused beside the field."""
    people = {"carrier": "clerk", "first_witness": "supervisor", "second_witness": "archivist"}
    form = {"venue": "B1 碎纸间"} | {place: cast[name].id for place, name in people.items()}
    archivist = login("archivist")
    whole = make_approved_appraisal(site, [moved_out("0931")])
    torn = archivist.post("/destructions/add", data=form | {"appraisal": whole.id, "method": "torn"})
    assert torn.status_code == 422 and 'id="method-error"' in torn.get_data(as_text=True)
    shredded = archivist.post("/destructions/add", data=form | {"appraisal": whole.id, "method": "shredded"})
    assert shredded.status_code == 302
    many = make_appraisal(site)
    make_item(many, moved_out("0932", visit=4, fitout=1), "visit")
    for item in many.items:
        judge(item)
    agree(many)
    answer = archivist.post("/destructions/add", data=form | {"appraisal": many.id, "method": "torn"})
    assert answer.status_code == 302
    recorded = dict(db.session.execute(select(Destruction.appraisal_id, Destruction.method)).all())
    assert recorded == {whole.id: "shredded", many.id: "torn"}
