"""A year of look-ups in the made-up tower: asked for and decided, a file sealed, papers changed, registers signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import ColumnElement, select

from app.archive import approvals, seals
from app.archive.models import Document, File
from app.demo.desk import Desk
from app.kit.columns import today
from app.kit.session import db
from app.lookups import changes, reviews, rules
from app.lookups.models import LookupRequest, PaperChange, RegisterReview

Work = Iterator[tuple[float, Callable[[], None]]]
PURPOSES = (
    "核对续租合同押金条款",
    "核对铭牌申请",
    "配合营业执照年审",
    "查证装修图纸",
    "处理投诉，核对往来函",
    "核对紧急联络人",
)
ASKERS = ("clerk", "clerk", "archivist", "supervisor")


def live_lookups(desk: Desk, days: int) -> Work:
    """(days before the end, what happens then): every week somebody asks, and the manager signs once a month."""
    for ago in range(days - 4, 0, -7):
        yield ago + 0.3, partial(_ask, desk)
    for ago in range(days - 20, 0, -45):
        yield ago + 0.4, partial(_change, desk)
    for ago in range(days - 1, -1, -1):
        yield ago + 0.2, partial(_sign, desk)
    yield min(days - 2, 25) + 0.35, partial(_seal, desk)


def _file(desk: Desk, *besides: ColumnElement[bool]) -> File | None:
    """One of the filed files that nobody has sealed further."""
    mine = (File.site_id == desk.site.id, File.state == "filed", File.seal == "none", *besides)
    files = list(db.session.scalars(select(File).where(*mine).order_by(File.id)))
    return desk.chance.choice(files) if files else None


def _ask(desk: Desk) -> None:
    """Most are agreed to within the day; one in six is refused."""
    file, who = _file(desk), desk.chance.choice(ASKERS)
    if file is None:
        return
    mode, classes = desk.chance.choice((("read_in_office", ""), ("read_in_office", "identity"), ("copy", "")))
    wanted = LookupRequest(file=file, mode=mode, classes=classes, purpose=desk.chance.choice(PURPOSES), hours=8)
    request = rules.ask(wanted, by=desk.people[who])
    refused = desk.chance.random() < 1 / 6
    for hours, role in enumerate(approvals.left(request), 1):
        verb = approvals.VERBS[approvals.WAITS[role]]
        if refused and hours == 2:
            desk.later(hours, rules.MOVES, request, "refuse", role, reason="用途不明，请先与客户核实")
            break
        desk.later(hours, rules.MOVES, request, verb, role)


def _change(desk: Desk) -> None:
    """A paper of an open file has a next version, with the manager's consent."""
    mine = (Document.site_id == desk.site.id, File.state == "open", File.seal == "none", Document.source == "")
    papers = select(Document).join(Document.file).where(*mine, Document.replaces_id.is_(None)).order_by(Document.id)
    paper = next((one for one in db.session.scalars(papers.limit(20)) if not one.replaced_by), None)
    if paper is not None:
        said = PaperChange(paper=paper, what="补入附件一页", why="客户补交材料", pages=paper.pages + 1)
        change = changes.ask(said, by=desk.people["clerk"])
        desk.later(5, changes.MOVES, change, "agree", "manager")


def _seal(desk: Desk) -> None:
    """One file is in dispute, and none that somebody waits for: who has asked would have to ask anew."""
    waited_for = select(LookupRequest.file_id).where(LookupRequest.state.in_(approvals.WAITING))
    if (file := _file(desk, File.id.not_in(waited_for))) is not None:
        desk.walk(seals.MOVES, file, "seal", "manager", reason="租赁合同争议，配合法务保全")


def _sign(desk: Desk) -> None:
    """On the third of each month the manager signs last month's register."""
    month = reviews.last_month()
    if today().day == 3 and reviews.signed(desk.site.id, "lookups", month) is None:
        reviews.sign(RegisterReview(site=desk.site, register="lookups", month=month), by=desk.people["manager"])
