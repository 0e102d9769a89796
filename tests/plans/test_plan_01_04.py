"""What of plan 1 the property desk uses already: versions of the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import rules as archive
from app.archive import schemes
from app.demo import makers
from app.handovers.models import HandoverLine
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.session import AppendOnlyError, db
from app.printing.models import PrintLine

Login = Callable[..., FlaskClient]


def test_p01_22_a_new_version_of_the_rules_holds_from_its_day_and_old_files_keep_theirs(
    site: Any, tmp_path: Any
) -> None:
    """A scheme is loaded by version with the day it takes effect; files keep the version they were made under."""
    old = makers.make_file(makers.make_unit(site=site))
    body = yaml.safe_load(next(schemes.shipped()).read_text(encoding="utf-8"))
    path = tmp_path / "office_tower.yaml"
    changed = {**body, "order": "oldest_first"}
    path.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RuleError, match="office_tower"):
        schemes.load(path)
    tomorrow = today() + dt.timedelta(days=1)
    for revision, begins in ((3, today()), (4, tomorrow)):
        told = {**changed, "revision": revision, "effective_from": begins.isoformat()}
        path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        schemes.load(path)
    new = makers.make_file(makers.make_unit(site=site))
    assert (old.scheme.revision, new.scheme.revision) == (2, 3)
    assert archive.schemes.current("office_tower").revision == 3


def test_p04_09_a_hand_over_is_signed_by_three_and_printed_in_two_equal_copies(
    login: Login, site: Any, cast: Any
) -> None:
    """Two numbered copies with one content hash; after both sides and the supervisor have signed nothing changes."""
    handover = makers.make_handover(site, cast["archivist"], cast["supervisor"], cast["manager"])
    file = makers.make_filed_file(makers.make_unit(site=site), by=cast["archivist"])
    archivist, url = login("archivist"), f"/handovers/{handover.id}"
    assert archivist.post("/handover-lines/add", data={"handover": handover.id, "file": file.id}).status_code == 302
    archivist.post(f"{url}/move/close_list")
    for name in ("manager", "archivist", "supervisor", "manager"):  # the manager comes too early once
        login(name).post(f"{url}/move/sign")
    db.session.refresh(handover)
    assert (handover.state, len(handover.signatures)) == ("done", 3)
    assert [signature.role for signature in handover.signatures] == ["giver", "receiver", "supervisor"]
    db.session.refresh(file)
    assert file.custodian_id == cast["supervisor"].id

    assert archivist.post(f"/print/handover_receipt/{handover.id}").data.startswith(b"%PDF-")
    copies = list(db.session.scalars(select(PrintLine).where(PrintLine.form_key == "handover_receipt")))
    assert [(copy.copy_no, copy.copies) for copy in copies] == [(1, 2), (2, 2)]
    assert len({copy.content_hash for copy in copies}) == 1

    refused = archivist.post("/handover-lines/add", data={"handover": handover.id, "title": "钥匙"})
    assert refused.status_code == 422
    line = db.session.scalars(select(HandoverLine).where(HandoverLine.handover_id == handover.id)).one()
    line.remark = "改"
    with pytest.raises(AppendOnlyError), db.session.begin_nested():
        db.session.flush()
