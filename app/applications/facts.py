"""What an application says on paper."""

from __future__ import annotations

from app.applications.models import Application, GoodsLine
from app.estate import facts as estate
from app.printing.subjects import Facts, read, read_all, subject

COLUMNS = (
    "number", "kind", "applicant", "phone", "what", "quantity", "from_at", "until_at", "plate", "wanted_words",
    "fee_cents", "given", "state", "asked_on", "decided_by", "decided_at", "reason", "done_on",
)  # fmt: skip
PARTS: dict[str, type] = {**estate.PARTS, "lines": GoodsLine}


@subject("application", Application, parts=PARTS, fits=lambda record, key: key == f"application_{record.kind}")
def application_facts(application: Application) -> Facts:
    """The application, whose it is, and the goods of a release."""
    tenancy = application.tenancy
    return {
        "application": read(application, *COLUMNS),
        "site": estate.site_facts(application.site),
        "unit": estate.unit_facts(application.unit),
        "customer": read(tenancy.customer if tenancy else None, "name", "name_en"),
        "lines": read_all(application.lines, "title", "quantity", "remark"),
    }
