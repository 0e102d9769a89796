"""篇七: the payment record with deposits and the papers of a fit-out, walked over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive import rules as archive
from app.archive.models import Document
from app.arrears.models import Violation
from app.demo import makers
from app.deposits import ledger
from app.deposits.models import Deposit, DepositRefund
from app.fitout.models import Fitout, FitoutWorker
from app.kit.columns import today
from app.kit.session import db

Login = Callable[..., FlaskClient]


def post(client: FlaskClient, url: str, **form: Any) -> None:
    answer = client.post(url, data=form)
    assert answer.status_code == 302, answer.get_data(as_text=True)[:3000]


def only(model: type) -> Any:
    db.session.expire_all()
    return db.session.scalars(select(model)).one()


def test_p07_02_a_whole_fit_out_is_settled_out_of_its_deposit_and_lies_in_the_file(login: Login, site: Any) -> None:
    """Applied for, deposit received in two parts, permitted, a violation, accepted, refunded less the deduction."""
    clerk, supervisor, manager = login("clerk"), login("supervisor"), login("manager")
    file = makers.make_file(makers.make_unit("2806", site=site))
    unit, span = file.unit_id, {"starts_on": today(), "ends_on": today() + dt.timedelta(days=20)}
    post(clerk, "/fitouts/add", unit=unit, firm="精工装饰", head="石大勇", scope="隔墙吊顶", **span)
    fitout = only(Fitout)
    url = f"/fitouts/{fitout.id}"
    post(supervisor, f"{url}/move/review", deposit_cents="20000", review="同意")
    deposit = only(Deposit)
    assert f"/deposits/{deposit.id}" in clerk.get(url).get_data(as_text=True)

    post(clerk, "/deposit-lines/add", deposit=deposit.id, amount_cents="8000", method="cash")
    manager.post(f"{url}/move/permit")
    assert only(Fitout).state == "reviewed"  # the deposit comes first
    post(clerk, "/deposit-lines/add", deposit=deposit.id, amount_cents="12000", method="transfer")
    post(manager, f"{url}/move/permit")
    assert only(Fitout).permit_number
    post(clerk, f"{url}/move/start")
    post(clerk, "/papers/add", file=file.id, paper_class="fitout", title="平面图", pages=2, copy_kind="copy")
    post(clerk, "/fitout-workers/add", fitout=fitout.id, name="祝安", trade="painter")
    post(clerk, "/fitout-inspections/add", fitout=fitout.id, finding="通道堆料", is_ok="")

    post(
        clerk,
        "/violations/add",
        fitout=fitout.id,
        unit=unit,
        what="fire_exit",
        description="通道堆料",
        found_on=today(),
    )
    violation = only(Violation)
    broken = f"/violations/{violation.id}/move"
    post(clerk, f"{broken}/notify", demand="清空通道", rectify_by_on=today())
    post(clerk, f"{broken}/rectify", rectified_on=today())
    post(supervisor, f"{broken}/close", deduction_cents="500")

    post(clerk, f"{url}/move/finish")
    post(supervisor, f"{url}/move/accept", acceptance="合格")
    worker = only(FitoutWorker)
    post(clerk, f"/fitout-workers/{worker.id}/edit", version=worker.version, trade="painter",
         valid_until_on=worker.valid_until_on, returned_on=today())  # fmt: skip

    post(clerk, "/deposit-refunds/add", deposit=deposit.id, reason="验收合格")
    refund = only(DepositRefund)
    assert (refund.asked_cents, refund.deductions[0].violation_id) == (19_500_00, violation.id)
    post(supervisor, f"/deposit-refunds/{refund.id}/move/check")
    post(manager, f"/deposit-refunds/{refund.id}/move/approve")
    post(clerk, f"/deposit-refunds/{refund.id}/move/pay", method="transfer")

    assert (only(Fitout).state, only(Deposit).state, ledger.held(only(Deposit))) == ("settled", "returned", 0)
    papers = {paper.paper_class for paper in db.session.scalars(select(Document).where(Document.file_id == file.id))}
    assert {"fitout", "violation"} <= papers
    page = clerk.get(f"/files/{file.id}").get_data(as_text=True)
    assert all(words in page for words in (deposit.number, fitout.number, "8,000.00", "12,000.00", "19,500.00"))
    assert not any(fitout.number in str(why) for why in archive.in_the_way(file.tenancy))
