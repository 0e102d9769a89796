"""The retention table 保管期限表 that a scheme ships (P2.02).

`paper`: a class of the scheme, left out for the whole file. `clock`: when the time begins. One of years, months,
days or permanent; none of them: the source lost the number, it must be filled in ([LOST]). `ordinary`: the papers
may be torn up instead of shredded (P7.09).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.archive.schemes.parts import Part
from app.archive.schemes.shape import KEY, listed, record
from app.kit.labels import _l
from app.retention import periods
from app.retention.models import CLOCKS

LENGTH = {"type": "integer", "minimum": 1}
LINE = record(
    [],
    paper=KEY,
    clock={"enum": sorted(CLOCKS)},
    permanent={"type": "boolean"},
    years=LENGTH,
    months=LENGTH,
    days=LENGTH,
    ordinary={"type": "boolean"},
    basis={"type": "string"},
    source={"type": "string"},
)


def check(body: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Each line is about a class of the scheme, and says one length at most."""
    papers = {paper["key"] for paper in body["papers"]}
    for place, line in enumerate(body["retention"]):
        if "paper" in line and line["paper"] not in papers:
            yield ("retention", place, "paper"), _l("there is no class of paper %(key)s", key=line["paper"])
        if sum(name in line for name in ("permanent", "years", "months", "days")) > 1:
            yield ("retention", place), _l("one length at most")


PART = Part("retention", listed(LINE, minItems=1), check, periods.bring_in)
