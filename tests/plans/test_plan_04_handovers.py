"""Plan 4, handing over: counted, checked line by line, signed in two equal copies, and nobody walks off half-way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.demo import makers
from app.estate.models import SiteUser
from app.handovers.models import Handover, HandoverLine
from app.kit.session import AppendOnlyError, db
from app.printing.models import PrintLine

Login = Callable[..., FlaskClient]
DRAWING = "M20 60L60 20L95 70"


@pytest.fixture
def listed(login: Login, site: Any, cast: Any) -> Handover:
    """Three files of the archivist, listed in one go for the supervisor."""
    for number in ("0801", "0802", "0803"):
        makers.make_file(makers.make_unit(number, site=site), by=cast["archivist"])
    handover = makers.make_handover(site, cast["archivist"], cast["supervisor"], cast["manager"])
    login("archivist").post(f"/handovers/{handover.id}/move/list_all")
    db.session.refresh(handover)
    return handover


def checked(handover: Handover, **said: str) -> dict[str, str]:
    """The check's form: what is not said of a line by its number is present."""
    form = {}
    for line in handover.lines:
        found = said.get(f"line{line.position}", "present")
        form |= {f"version-{line.id}": str(line.version), f"found-{line.id}": found}
    return form


def test_p04_06_a_list_leaves_nothing_out_and_names_nothing_twice(login: Login, listed: Handover) -> None:
    """The page counts the list against what is held by kind; a number named twice is refused."""
    archivist, url = login("archivist"), f"/handovers/{listed.id}"
    first = listed.lines[0]
    archivist.post(f"/handover-lines/{first.id}/delete")
    page = archivist.get(url).get_data(as_text=True)
    assert "Counted against what is held" in page and '<span class="tone-warn">1</span>' in page
    twice = db.session.scalars(select(HandoverLine).where(HandoverLine.position == 2)).one().file.number  # type: ignore[union-attr]
    archivist.post("/handover-lines/add", data={"handover": listed.id, "title": twice, "quantity": 1})
    archivist.post(f"{url}/move/close_list")
    db.session.refresh(listed)
    assert listed.state == "draft" and f"names twice: {twice}" in archivist.get(url).get_data(as_text=True)


def test_p04_08_the_receiver_checks_line_by_line_and_what_is_missing_stays(
    login: Login, listed: Handover, cast: Any
) -> None:
    """Nobody but the receiver checks, nothing is signed unchecked, variances are told on the page and on paper."""
    archivist, supervisor, url = login("archivist"), login("supervisor"), f"/handovers/{listed.id}"
    archivist.post(f"{url}/move/close_list")
    lost = listed.lines[1]
    form = checked(listed, line2="missing") | {f"finding-{lost.id}": "柜内未见"}
    assert archivist.post(f"{url}/check", data=form).status_code == 422
    supervisor.post(f"{url}/move/checked")
    db.session.refresh(listed)
    assert listed.state == "checking"
    assert supervisor.post(f"{url}/check", data=form | {f"counted-{lost.id}": "viele"}).status_code == 422
    assert supervisor.post(f"{url}/check", data=form).status_code == 302
    supervisor.post(f"{url}/move/checked")
    for name in ("archivist", "supervisor", "manager"):
        login(name).post(f"{url}/move/sign")
    db.session.expire_all()
    assert listed.state == "done"
    keepers = [line.file.custodian_id for line in listed.lines if line.file]
    assert keepers == [cast["supervisor"].id, cast["archivist"].id, cast["supervisor"].id]
    assert "1 line is not as listed" in archivist.get(url).get_data(as_text=True)
    with pymupdf.open(stream=archivist.post(f"/print/handover_receipt/{listed.id}").data) as paper:
        assert "柜内未见" in "".join("".join(sheet.get_text() for sheet in paper).split())


def test_p04_09_a_hand_over_is_signed_by_three_and_printed_in_two_equal_copies(login: Login, listed: Handover) -> None:
    """Two numbered copies with one content hash; after both sides and the supervisor have signed nothing changes."""
    archivist, url = login("archivist"), f"/handovers/{listed.id}"
    archivist.post(f"{url}/move/close_list")
    for step in ("all_present", "checked"):
        login("supervisor").post(f"{url}/move/{step}")
    login("manager").post(f"{url}/move/sign")  # too early: the supervisor of it signs last
    assert archivist.post(f"{url}/sign", data={"drawn": "M<script>"}).status_code == 422
    assert archivist.post(f"{url}/sign", data={"drawn": DRAWING}).status_code == 302
    for name in ("supervisor", "manager"):
        login(name).post(f"{url}/move/sign")
    db.session.refresh(listed)
    assert (listed.state, [signature.role for signature in listed.signatures]) == (
        "done",
        ["giver", "receiver", "supervisor"],
    )
    assert listed.signatures[0].drawn == DRAWING

    assert archivist.post(f"/print/handover_receipt/{listed.id}").data.startswith(b"%PDF-")
    copies = list(db.session.scalars(select(PrintLine).where(PrintLine.form_key == "handover_receipt")))
    assert [(copy.copy_no, copy.copies) for copy in copies] == [(1, 2), (2, 2)]
    assert len({copy.content_hash for copy in copies}) == 1

    refused = archivist.post("/handover-lines/add", data={"handover": listed.id, "title": "钥匙"})
    assert refused.status_code == 422
    listed.lines[0].remark = "改"
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        db.session.flush()


def test_p04_10_nobody_leaves_the_work_before_a_successor_has_it(
    login: Login, listed: Handover, site: Any, cast: Any
) -> None:
    """An assignment does not end over holdings or an unfinished hand-over; another receiver may be named."""
    admin = login("admin")

    def take_off(who: str) -> SiteUser | None:
        mine = select(SiteUser).where(SiteUser.site_id == site.id, SiteUser.user_id == cast[who].id)
        line = db.session.scalars(mine).one()
        admin.post(f"/site-users/{line.id}/delete")
        db.session.expire_all()
        return db.session.scalars(mine).one_or_none()

    assert take_off("archivist") is not None and take_off("supervisor") is not None
    login("archivist").post(f"/handovers/{listed.id}/move/succeed", data={"receiver": cast["clerk"].id})
    assert take_off("supervisor") is None
