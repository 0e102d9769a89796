"""The market as other programs may read it: where a customer stands, what was sold, how the surveys went."""

from __future__ import annotations

from app.kit.api import RecordApi
from app.market.survey_views import SurveyView
from app.market.views import MarketProfileView, SaleView


class MarketProfileApi(RecordApi):
    """One a customer: grade, credit, and how fresh what is known of them is."""

    screen = MarketProfileView
    class_permission_name = "MarketProfile"
    resource = "market-profiles"
    list_columns = ["site", "customer", "scheme_key", "grade", "credit_grade", "is_over_limit", "stale_on", "state"]
    show_columns = [
        *list_columns, "facets", "is_prospect", "potential", "since_on", "next_review_on", "graded_on",
        "credit_limit_cents", "outstanding_cents", "payment_mode", "terms", "source", "verified_at", "fresh_on",
    ]  # fmt: skip
    examples = {"grade": "key", "credit_limit_cents": 50_000_000, "outstanding_cents": 12_000_000}


class SaleApi(RecordApi):
    """Transactions; a mistake is put right by a sale that names the one it corrects."""

    screen = SaleView
    class_permission_name = "Sale"
    resource = "sales"
    list_columns = ["number", "profile", "sold_on", "product", "region", "quantity", "amount_cents"]
    show_columns = [*list_columns, "customer", "payment_mode", "over_limit_reason", "corrects"]
    add_columns = [
        "profile", "sold_on", "product", "region", "quantity", "amount_cents", "payment_mode", "over_limit_reason",
        "corrects",
    ]  # fmt: skip
    examples = {"number": "XS-2026-00001", "product": "精煤", "region": "华东", "amount_cents": 4_800_000}


class SurveyApi(RecordApi):
    """The surveys of the years: how many answered, and with which result."""

    screen = SurveyView
    class_permission_name = "Survey"
    resource = "surveys"
    list_columns = ["number", "site", "kind", "year", "is_full", "closes_on", "invited", "answered", "score", "state"]
    show_columns = [*list_columns, "scheme_key", "target", "closed_on", "responsible"]
    examples = {"number": "DC-2026-00001", "score": "86.7", "target": 85}
