"""Makers of holders, fonds, items, transfers and openings; each fills in what is not said. They feed the tests too."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import select

from app.archive import scans
from app.archive.models import Document, Scheme
from app.archive.rules import add_document
from app.demo import makers
from app.estate.models import Site
from app.fonds import filing, keeping, opening, rules, transfers
from app.fonds.models import ArchivalItem, Fonds, Holder, Keeping
from app.fonds.sets import Opening, OpeningLine, Transfer
from app.handovers import rules as handovers
from app.kit.moves import Move, walk
from app.kit.session import db
from app.security import audit

_numbers = itertools.count(1)
TINY = b"\xff\xd8\xff\xd9"
ITEM_MOVES = [*filing.MOVES, *opening.ITEM_MOVES]
CONTAINERS = "box cover contents reference"
WAY = {"collected": "classify", "classified": "give_period", "timed": "arrange", "bound": "file_item"}


def make_holder(site: Site | None = None, name: str = "", **more: Any) -> Holder:
    holder = rules.add_holder(Holder(site=site or makers.make_site(), name=name or f"市档案馆{next(_numbers)}", **more))
    db.session.add(holder)
    db.session.flush()
    return holder


def make_fonds(site: Site | None = None, *, holder: Holder | None = None, **more: Any) -> Fonds:
    """A fonds of a street office; its number is made unique."""
    if db.session.scalar(select(Scheme.id).where(Scheme.key == "street_transfer").limit(1)) is None:
        makers.make_scheme()
    usual = {"number": f"Z{100 + next(_numbers)}", "title": "临湖街道办事处", "organisation": "临湖街道办事处",
             "scheme_key": "street_transfer"}  # fmt: skip
    fonds = rules.begin(Fonds(holder=holder or make_holder(site), **{**usual, **more}))
    db.session.add(fonds)
    db.session.flush()
    return fonds


def make_item(fonds: Fonds | None = None, *, state: str = "filed", **more: Any) -> ArchivalItem:
    """An item that has come so far on its way into the archive."""
    usual = {"kind": "document", "year": 2011, "period": "Y", "body": "办公室",
             "title": f"关于工作安排的通知{next(_numbers)}", "responsible": "临湖街道办事处", "day": "20110309",
             "pages": 6, "carriers": "paper", "shelf_mm": 2}  # fmt: skip
    item = filing.collect(ArchivalItem(fonds=fonds or make_fonds(), **{**usual, **more}))
    bring_to(item, state)
    return item


def bring_to(item: ArchivalItem, state: str) -> None:
    """Walk an item on until it is in that state."""
    while item.state != state:
        step = WAY[item.state]
        asked = {"period": item.period} if step == "give_period" else {}
        take(ITEM_MOVES, item, step, makers.user("archivist"), **asked)


def make_volume(
    fonds: Fonds | None = None, titles: tuple[str, ...] = ("施工许可", "竣工图"), **more: Any
) -> ArchivalItem:
    """A volume with items in it, all filed."""
    said = {"level": "volume", "kind": "technical", "title": "社区服务中心工程案卷", "year": 2008, "day": "",
            "shelf_mm": 30, "pages": 0, **more}  # fmt: skip
    volume = make_item(fonds, state="bound", **said)
    for number, title in enumerate(titles, 1):
        make_item(volume.fonds, state="bound", volume=volume, title=title, day=f"2008{number:02d}15", shelf_mm=0,
                  kind="technical", year=2008)  # fmt: skip
    db.session.refresh(volume)
    for item in (*volume.contents, volume):
        bring_to(item, "filed")
    return volume


def make_paper(fonds: Fonds, content: bytes = b"") -> Document:
    """A paper in a file of the fonds, with one digital copy."""
    if fonds.file is None:
        rules.open_own_file(fonds, by=makers.user("archivist"))
    paper = add_document(Document(file=fonds.file, paper_class="document", ink_is_good=True, is_complete=True))
    scans.keep(paper, scans.Ready("扫描件.jpg", "image/jpeg", content or TINY + str(next(_numbers)).encode()))
    return paper


def make_copied_item(fonds: Fonds, **more: Any) -> ArchivalItem:
    """A filed item with a digital copy."""
    return make_item(fonds, document=make_paper(fonds), **more)


def take(table: list[Move], record: Any, step: str, by: Any, **form: Any) -> None:
    """One step of one of the room's records."""
    walk(table, record, step, by=by, write=audit.write, **form)
    db.session.flush()


def make_keeping(fonds: Fonds, owner: Holder | None = None, **more: Any) -> Keeping:
    """A fonds that its holder wants to keep for another."""
    owner = owner or make_holder(fonds.site, name=f"区档案馆{next(_numbers)}")
    asked = keeping.ask(Keeping(fonds=fonds, keeper=fonds.holder, owner=owner, **{"reason": "工作需要", **more}))
    db.session.add(asked)
    db.session.flush()
    return asked


def make_transfer(fonds: Fonds | None = None, receiver: Holder | None = None, **more: Any) -> Transfer:
    """A list of everything of the fonds that its holder keeps."""
    if fonds is None:
        fonds = make_fonds()
        make_copied_item(fonds)
    receiver = receiver or make_holder(fonds.site, name=f"区档案馆{next(_numbers)}")
    usual = {"containers": CONTAINERS, "giver_handler": "周宁", "giver_head": "陆青", "receiver_head": "方遥"}
    return transfers.draw_up(
        Transfer(fonds=fonds, giver=fonds.holder, receiver=receiver, **{**usual, **more}), by=makers.user("archivist")
    )


def hand_over(transfer: Transfer, *, missing: int = 0, to_the_end: bool = True) -> Transfer:
    """Completed, checked line by line, signed by all three, registered; `missing` of the last lines are not there."""
    archivist, supervisor = makers.user("archivist"), makers.user("supervisor")
    take(transfers.MOVES, transfer, "complete", archivist)
    take(transfers.MOVES, transfer, "hand_over", archivist, receiver_handler="何远", supervisor=supervisor)
    drawn = transfer.handover
    assert drawn is not None
    take(handovers.MOVES, drawn, "close_list", archivist)
    for line in drawn.lines[len(drawn.lines) - missing :]:
        line.found = "missing"
    take(handovers.MOVES, drawn, "all_present", archivist)
    take(handovers.MOVES, drawn, "checked", archivist)
    take(handovers.MOVES, drawn, "sign", archivist)
    take(handovers.MOVES, drawn, "sign_receiver", archivist, receiver_signature="M20 60L90 30L160 70L280 40")
    take(handovers.MOVES, drawn, "sign", supervisor)
    if to_the_end:
        take(transfers.MOVES, transfer, "register", archivist)
    return transfer


def make_opening(site: Site, items: list[ArchivalItem], title: str = "第一批开放档案") -> Opening:
    """A batch with these items, judged before."""
    archivist = makers.user("archivist")
    drawn = opening.draw_up(Opening(site=site, title=title), by=archivist)
    for item in items:
        if item.open_state != "may_open":
            take(ITEM_MOVES, item, "judge_openness", archivist, open_state="may_open", period="", reason="满二十五年")
        line = OpeningLine(opening=drawn, item=item)
        db.session.add(line)
        opening.add_line(line)
        db.session.flush()
    return drawn


def publish(batch: Opening) -> Opening:
    """Agreed to by manager and director, published."""
    for step, name in (
        ("submit", "archivist"),
        ("approve", "manager"),
        ("approve_high", "director"),
        ("publish", "archivist"),
    ):
        take(opening.MOVES, batch, step, makers.user(name))
    return batch
