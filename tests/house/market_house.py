"""The full house's customers in the market: what is said of them, sold to them and asked of them."""

from __future__ import annotations

from typing import Any

from app.archive import schemes
from app.customers.models import Customer
from app.estate.models import Site
from app.kit.columns import now, today
from app.market.links import hashed
from app.market.models import (
    GradeChange,
    MarketProfile,
    ProfileDatum,
    QualityNote,
    Sale,
    SalePayment,
    TermRequest,
)
from app.market.survey_models import AnswerLink, CorrectiveAction, Evaluation, Survey, SurveyAnswer

SCHEME = "mining_sales"


def furnish(site: Site, customer: Customer, mark: str, number: int, clerk: Any, manager: Any) -> list[Any]:
    """One of each, not yet stored; the link was answered, so that every column has words."""
    scheme = schemes.current(SCHEME)
    profile = MarketProfile(
        site_id=site.id, customer=customer, scheme=scheme, scheme_key=SCHEME, facets="trade.power", source="visit",
        grade="ordinary", credit_grade="trusted", credit_limit_cents=666_600 + number,
        outstanding_cents=555_500 + number, payment_mode="cash", terms=f"{mark}账{number}",
        credit_handling=f"{mark}勘{number}", fresh_on=today(), stale_on=today(), state="verified",
    )  # fmt: skip
    of: dict[str, Any] = {"site_id": site.id, "customer": customer, "profile": profile, "scheme_key": SCHEME}
    sale = Sale(
        **of, number=f"{mark}售{number}", sold_on=today(), product="精煤", region="华东", quantity=1,
        amount_cents=444_400 + number, payment_mode="cash", over_limit_reason=f"{mark}超{number}",
    )  # fmt: skip
    survey = Survey(
        site_id=site.id, number=f"{mark}煤{number}", scheme=scheme, scheme_key=SCHEME, kind="satisfaction",
        year=today().year, closes_on=today(), target=85, score="80.0", state="acting",
    )  # fmt: skip
    token = f"{mark}密{number}"
    link = AnswerLink(
        **of, kind="survey", survey=survey, token=token, token_hash=hashed(token), expires_on=today(), state="taken",
        answered_at=now(), filled_by=f"{mark}填{number}", answers={},
    )  # fmt: skip
    answer = SurveyAnswer(
        site_id=site.id, customer=customer, survey=survey, link=link, answered_on=today(), scores={"quality": 4},
        score=f"{mark}赊{number}"[:8], words=f"{mark}语{number}", filled_by=f"{mark}矿{number}",
    )  # fmt: skip
    return [
        profile, sale, survey, link, answer,
        GradeChange(**of, before="", after="ordinary", changed_on=today(), sales_cents=333_300 + number),
        ProfileDatum(
            **of, field="reach.person", value=f"{mark}知{number}", source="visit", said_on=today(),
            author_name=f"{mark}述{number}",
        ),
        SalePayment(
            site_id=site.id, customer=customer, sale=sale, paid_on=today(), amount_cents=222_200 + number,
            remark=f"{mark}贷{number}备",
        ),
        TermRequest(
            **of, number=f"{mark}款{number}", payment_mode="account", credit_limit_cents=111_100 + number,
            terms=f"{mark}炉{number}", why=f"{mark}渠{number}", chain="director", state="raised", asked_by_id=clerk.id,
        ),
        QualityNote(
            **of, number=f"{mark}质{number}", product="精煤", noted_on=today(), observed=f"{mark}汇{number}",
            outcome=f"{mark}铁{number}",
        ),
        CorrectiveAction(
            site_id=site.id, number=f"{mark}纠{number}", survey=survey, question="satisfaction.quality", score="80.0",
            target=85, responsible_id=clerk.id, due_on=today(),
        ),
        Evaluation(
            site_id=site.id, number=f"{mark}评{number}", scheme=scheme, scheme_key=SCHEME, due_on=today(),
            author_id=clerk.id, reader_id=manager.id, figures={},
        ),
    ]  # fmt: skip
