"""Plan 1, leaving: nobody goes with files in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import makers
from app.handovers.models import Clearance, Handover
from app.kit.session import db
from app.printing.models import PrintLine
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]


def test_p01_20_nobody_leaves_with_full_hands_and_closing_ends_every_session(
    login: Login, site: Any, cast: Any
) -> None:
    """An account with holdings stays open; one click hands it all over; the sheet prints; then every session ends."""
    file = makers.make_file(makers.make_unit("2806", site=site), by=cast["clerk"])
    name = file.customer.name
    db.session.flush()
    leaver, admin, user = login("clerk"), login("admin"), cast["clerk"]
    form = {"full_name": str(user), "role": "clerk"}  # without the tick: may not log in any more
    refused = admin.post(f"/users/{user.id}/change", data=form)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "still holds File: 1" in page and f"/clearances/of/{user.id}" in page

    assert f"/clearances/of/{user.id}" in admin.get(f"/users/{user.id}").get_data(as_text=True)
    assert admin.get(f"/clearances/of/{user.id}").headers["Location"].endswith(f"/clearances/add?user={user.id}")
    said = {"user": user.id, "site": site.id, "reason": "个人原因", "receiver": cast["supervisor"].id}
    admin.post("/clearances/add", data=said | {"supervisor": cast["manager"].id})
    clearance = db.session.scalars(select(Clearance)).one()
    url = f"/clearances/{clearance.id}"
    page = admin.get(url).get_data(as_text=True)
    assert "2806-01" in page and name not in page  # the administrator reads numbers, no tenant's name
    assert name in login("supervisor").get(url).get_data(as_text=True)
    admin.post(f"{url}/move/close")
    db.session.refresh(user)
    assert user.active

    admin.post(f"{url}/move/hand_over")
    handover = db.session.scalars(select(Handover)).one()
    for who, step in (
        ("supervisor", "close_list"), ("supervisor", "all_present"), ("supervisor", "checked"),
        ("clerk", "sign"), ("supervisor", "sign"), ("manager", "sign"),
    ):  # fmt: skip
        login(who).post(f"/handovers/{handover.id}/move/{step}")
    db.session.refresh(file)
    assert file.custodian_id == cast["supervisor"].id
    assert leaver.get("/").status_code == 200
    admin.post(f"{url}/move/close")
    assert leaver.get("/files/").status_code == 302  # to the log-in page: the session is over
    db.session.refresh(clearance)
    assert (clearance.state, clearance.closed_by_id) == ("done", cast["admin"].id)

    assert login("manager").post(f"/print/leaver_clearance/{clearance.id}").data.startswith(b"%PDF-")
    copies = list(db.session.scalars(select(PrintLine).where(PrintLine.form_key == "leaver_clearance")))
    assert [(copy.copy_no, copy.copies) for copy in copies] == [(1, 2), (2, 2)]
    assert len({copy.content_hash for copy in copies}) == 1
    told = set(db.session.scalars(select(AuditLine.action)))
    assert {"ask", "hand_over", "keep", "deactivate", "close"} <= told
