"""Plan 7: what passes from hand to hand stands in a register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import makers
from app.handovers.models import Handover
from app.kit.session import db
from app.printing.models import PrintLine

Login = Callable[..., FlaskClient]


def test_p07_08_every_hand_over_stands_in_a_register_that_prints(login: Login, site: Any, cast: Any) -> None:
    """Drawn up, checked and signed: number, both sides and state in one list, on paper too, and the ledger names it."""
    file = makers.make_file(makers.make_unit("0805", site=site), by=cast["archivist"])
    db.session.flush()
    archivist = login("archivist")
    form = {"site": site.id, "kind": "departments", "reason": "部门调整", "giver": cast["archivist"].id}
    form |= {"receiver": cast["supervisor"].id, "supervisor": cast["manager"].id}
    assert archivist.post("/handovers/add", data=form).status_code == 422  # departments have names
    archivist.post("/handovers/add", data=form | {"giver_department": "档案室", "receiver_department": "客务部"})
    handover = db.session.scalars(select(Handover)).one()
    for who, step in (
        ("archivist", "list_all"), ("archivist", "close_list"), ("supervisor", "all_present"),
        ("supervisor", "checked"), ("archivist", "sign"), ("supervisor", "sign"), ("manager", "sign"),
    ):  # fmt: skip
        login(who).post(f"/handovers/{handover.id}/move/{step}")
    page = login("auditor").get("/handovers/").get_data(as_text=True)
    assert handover.number in page and "Signed and locked" in page
    assert archivist.post("/handovers/print").data.startswith(b"%PDF-")
    assert db.session.scalars(select(PrintLine)).first() is not None
    ledger = login("auditor").get(f"/custody/?cause={handover.number}").get_data(as_text=True)
    assert file.number in ledger and "Received" in ledger
