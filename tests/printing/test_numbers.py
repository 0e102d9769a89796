"""Two desks print at the same moment: no number twice, none left out."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

pytestmark = pytest.mark.live


def test_desks_that_print_together_share_out_the_numbers(app: Flask) -> None:
    """Real transactions on real connections; one desk of the four gives up every other print."""
    from app.kit.session import db
    from app.printing import rules
    from app.printing.models import PrintLine

    with app.app_context():
        before = set(db.session.scalars(select(PrintLine.serial)))
        db.session.remove()
    problems: list[Exception] = []

    def desk(number: int) -> None:
        with app.app_context():
            for turn in range(5):
                try:
                    [serial] = rules.next_serials(1)
                    db.session.add(a_line(db, serial))
                    db.session.flush()
                    if number == 0 and turn % 2:
                        db.session.rollback()
                    else:
                        db.session.commit()
                except Exception as problem:
                    db.session.rollback()
                    problems.append(problem)
            db.session.remove()

    desks = [threading.Thread(target=desk, args=(number,)) for number in range(4)]
    for each in desks:
        each.start()
    for each in desks:
        each.join(60)
    assert not problems
    with app.app_context():
        given = sorted(db.session.scalars(select(PrintLine.serial).where(PrintLine.serial.not_in(before))))
        db.session.execute(delete(PrintLine.__table__).where(PrintLine.serial.in_(given)))  # nothing rolls it back
        db.session.commit()
        db.session.remove()
    counted = [int(serial[-6:]) for serial in given]
    assert len(counted) == 18 and counted == list(range(counted[0], counted[0] + 18))


def a_line(db: Any, serial: str) -> Any:
    from app.estate.models import Site
    from app.kit.columns import now
    from app.printing.models import PrintLine

    site = db.session.scalars(select(Site.id).order_by(Site.id).limit(1)).one()
    empty = "0" * 64
    return PrintLine(
        serial=serial, site_id=site, form_key="file_cover", form_digest=empty, subject_type="file", subject_id=None,
        pdf_sha256=empty, content_hash=empty, printed_at=now(),
    )  # fmt: skip
