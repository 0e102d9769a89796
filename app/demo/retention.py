"""The made-up tower's old files: what fell due is appraised and destroyed by the book, one is held, one list waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import select

from app.archive import rules as archive
from app.archive import schemes
from app.archive.models import Document, File
from app.customers.models import Customer
from app.demo import retention_makers as makers
from app.demo.desk import Desk
from app.estate.models import Unit
from app.kit.session import db
from app.retention import due
from app.retention.models import Appraisal

# former tenants, the years they stayed, and what is left of their papers
FORMER = (
    ("恒远国际货运代理有限公司", 2008, 2012, ("company", "licence", "lease", "letter")),
    ("宜和广告有限公司", 2009, 2013, ("company", "licence", "lease", "identity")),
    ("博瑞信息咨询有限公司", 2010, 2014, ("company", "lease", "letter")),
    ("万泰建筑设计事务所", 2011, 2015, ("company", "licence", "lease", "fitout")),
    ("嘉禾教育咨询有限公司", 2012, 2015, ("company", "lease", "emergency")),
)
OPINION = "鉴定小组逐件核对：保管期限已满，无未了债权债务及诉讼，无继续保存价值，同意销毁。"


def live_retention(desk: Desk, days: int) -> Iterator[tuple[float, Callable[[], None]]]:
    """What happens how many days before the end."""
    yield min(days, 240) - 1, partial(_old_files, desk)
    if days >= 200:
        yield 190, partial(_appraise, desk, "approved")
        yield 176, partial(_destroy, desk)
    yield 58, partial(_hold, desk)
    yield 21, partial(_later_files, desk)
    yield 9, partial(_appraise, desk, "passed")


def _old_files(desk: Desk) -> None:
    for place, former in enumerate(FORMER[:4]):
        _old_file(desk, place, *former)


def _later_files(desk: Desk) -> None:
    """Found in a box from before."""
    _old_file(desk, 4, *FORMER[4])


def _old_file(desk: Desk, place: int, name: str, came: int, left: int, papers: tuple[str, ...]) -> None:
    """A file kept since long before the console, brought in as moved out."""
    units = list(db.session.scalars(select(Unit).where(Unit.site_id == desk.site.id).order_by(Unit.number)))
    unit, scheme = units[(place * 17) % len(units)], schemes.current(archive.HOME_SCHEME)
    opened, closed = dt.date(came, 3, 1 + place), dt.date(left, 6, 20 + place)
    file = File(
        site_id=desk.site.id, unit=unit, scheme=scheme, number=archive.next_number(unit, scheme), state="closed",
        opened_on=opened, closed_on=closed, custodian_id=desk.people["archivist"].id,
        customer=Customer(site_id=desk.site.id, name=name, kind="firm"), label_name=name,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    for paper_class in papers:
        paper = Document(
            site_id=desk.site.id, file=file, paper_class=paper_class, issued_on=opened, copy_kind="copy",
            pages=desk.chance.randint(1, 12), ink_is_good=True,
        )  # fmt: skip
        paper.title = archive.usual_title(paper)
        db.session.add(paper)
    db.session.flush()


def _appraise(desk: Desk, stops_at: str) -> None:
    """Everything due, judged by the group; signed, and left with the manager or agreed to."""
    if not due.listed(due.files_due(), [desk.site.id], 1) and not due.listed(due.papers_due(), [desk.site.id], 1):
        return
    drawn = makers.make_appraisal(desk.site)
    drawn.opinion = OPINION
    makers.take(drawn, "list_due", "archivist")
    makers.take(drawn, "judge_rest", "archivist", reason="保管期满")
    for item in drawn.items:
        if item.verdict == "":
            makers.judge(item, "keep", verdict_remark="另有事由，续存")
    if stops_at == "approved":
        makers.agree(drawn)
        return
    makers.take(drawn, "close_list", "archivist")
    for name in makers.GROUP:
        makers.take(drawn, "sign", name)


def _destroy(desk: Desk) -> None:
    """The approved list, before two witnesses."""
    wanted = select(Appraisal).where(Appraisal.site_id == desk.site.id, Appraisal.state == "approved")
    drawn = db.session.scalars(wanted.order_by(Appraisal.id)).first()
    if drawn is not None and any(item.verdict == "destroy" for item in drawn.items):
        makers.make_destroyed(drawn)


def _hold(desk: Desk) -> None:
    """A former tenant sues: the file is kept as it is."""
    wanted = select(File).where(File.site_id == desk.site.id, File.state == "closed").order_by(File.closed_on)
    file = db.session.scalars(wanted).first()
    if file is not None:
        makers.make_hold(file, desk.people["manager"], "前租户押金纠纷，法院已立案")
