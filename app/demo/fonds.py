"""The made-up archives: three holders, a street office's fonds on its way to the district, a batch that is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import select

from app.demo import fonds_makers as makers
from app.demo.desk import Desk
from app.fonds import keeping, rules, transfers
from app.fonds.models import ArchivalItem, Fonds, FondsNote, Holder
from app.kit.columns import today
from app.kit.session import db

HOLDERS = (
    ("市档案馆", "archive"),
    ("机关档案管理中心", "centre"),
    ("民族工商业档案馆", "special"),
    ("街道档案室", "room"),
)
CATALOGUE = "市档案馆"
LETTERS = (
    (1985, "19850601", "关于成立湖滨居民委员会的批复", "C"),
    (1986, "19860312", "一九八六年工作要点", "C"),
    (2011, "20110309", "关于2011年重点工作安排的通知", "Y"),
    (2011, "20110620", "关于表彰先进社区的决定", "D30"),
    (2018, "20180115", "关于垃圾分类试点的实施意见", "Y"),
    (2019, "20190702", "社区服务中心启用公告", "D30"),
)
STATEMENT = "机构变动前形成的全部档案，一次移交。"
INTRODUCTION = "临湖街道办事处1998年设立，2024年6月行政区划调整后撤销，档案以件为单位整理，工程材料按卷整理。"


def live_fonds(desk: Desk, days: int) -> Iterator[tuple[float, Callable[[], None]]]:
    """(days before the end, what happens then)."""
    if days < 60:
        return
    yield 55, partial(_begin, desk)
    yield 48, partial(_collect, desk)
    yield 40, partial(_close, desk)
    yield 34, partial(_open_some, desk)
    yield 20, partial(_transfer, desk)
    yield 6, partial(_in_hand, desk)


def _holder(desk: Desk, name: str) -> Holder:
    return db.session.scalars(select(Holder).where(Holder.site_id == desk.site.id, Holder.name == name)).one()


def _fonds(desk: Desk, number: str) -> Fonds:
    return db.session.scalars(select(Fonds).where(Fonds.site_id == desk.site.id, Fonds.number == number)).one()


def _begin(desk: Desk) -> None:
    """Four holders, four fonds."""
    for name, kind in HOLDERS:
        by = dt.date(today().year, 12, 31) if name == CATALOGUE else None
        makers.make_holder(desk.site, name, kind=kind, covered_by_on=by)
    for number, title, holder, scheme in (
        ("Z109", "临湖街道办事处", "街道档案室", "street_transfer"),
        ("Z012", "市轻工业局", "市档案馆", "city_archive"),
        ("M003", "永昌纺织厂", "民族工商业档案馆", "city_archive"),
        ("G001", "示例科技有限公司", "机关档案管理中心", "company_archive"),
    ):
        makers.make_fonds(
            holder=_holder(desk, holder), number=number, title=title, organisation=title, scheme_key=scheme
        )


def _collect(desk: Desk) -> None:
    """Letters, a volume, photographs, films and prizes, all filed."""
    street, city, mill, firm = (_fonds(desk, number) for number in ("Z109", "Z012", "M003", "G001"))
    for year, day, title, period in LETTERS:
        makers.make_copied_item(street, year=year, day=day, title=title, period=period)
    makers.make_volume(street)
    makers.make_copied_item(street, kind="photo", title="街道揭牌照片", photo_count=12, carriers="film", pages=0)
    for number in range(1, 6):
        makers.make_volume(city, titles=(), title=f"生产计划 第{number}卷", year=1962 + number, shelf_mm=35, pages=180)
    makers.make_item(city, state="bound", kind="document", title="", year=1971, day="", pages=0)
    makers.make_item(city, state="bound", kind="notarial", title="", year=1988, day="", pages=0)
    makers.make_item(mill, kind="object", title="永昌牌布匹注册商标铜版", object_count=1, carriers="object", pages=0,
                     year=1936, day="", origin="donated", responsible="永昌纺织厂")  # fmt: skip
    makers.make_item(mill, kind="audiovisual", title="老职工口述录音", audio_count=4, carriers="digital", pages=0,
                     year=2016, day="20160518", origin="collected", responsible="征集编研处")  # fmt: skip
    makers.make_item(firm, kind="award", title="高新技术企业奖牌", object_count=1, carriers="object", pages=0,
                     responsible="市科技局", year=2021, day="20211208")  # fmt: skip


def _close(desk: Desk) -> None:
    """The street office ends: one whole from now on, kept for the district until it is transferred."""
    street, archivist = _fonds(desk, "Z109"), desk.people["archivist"]
    note = FondsNote(fonds=street, kind="introduction", title="全宗介绍", said=INTRODUCTION, author=str(archivist))
    db.session.add(rules.write_note(note))
    makers.take(rules.MOVES, street, "close_fonds", archivist, closed_on=today(), reason="行政区划调整")
    kept = makers.make_keeping(street, _holder(desk, "市档案馆"), reason="移交前整理需要")
    makers.take(
        keeping.MOVES, kept, "consent", desk.people["director"], consent_number="区档函〔2026〕7号",
        consent_by="区档案局", consent_on=today(), reach_on=today() + dt.timedelta(days=45),
    )  # fmt: skip


def _open_some(desk: Desk) -> None:
    """What is older than twenty-five years is opened to the public."""
    old = select(ArchivalItem).where(ArchivalItem.fonds_id == _fonds(desk, "Z109").id, ArchivalItem.year < 1990)
    makers.publish(makers.make_opening(desk.site, list(db.session.scalars(old.order_by(ArchivalItem.number)))))


def _transfer(desk: Desk) -> None:
    """The whole of it is listed; it waits to be looked through."""
    drawn = makers.make_transfer(_fonds(desk, "Z109"), _holder(desk, "市档案馆"), statement=STATEMENT)
    for line in drawn.lines:
        if "paper" in line.item.carriers and not line.item.copies and line.item.level == "item":
            makers.take(
                makers.ITEM_MOVES,
                line.item,
                "record_no_copy",
                desk.people["archivist"],
                reason="工程图纸幅面过大，另行扫描",
            )
    makers.take(transfers.MOVES, drawn, "complete", desk.people["archivist"])


def _in_hand(desk: Desk) -> None:
    """What came in last is on its way into the archive."""
    firm = _fonds(desk, "G001")
    for state, title in (("collected", "董事会会议纪要"), ("classified", "设备采购合同"), ("timed", "年度审计报告")):
        makers.make_item(firm, state=state, title=title, responsible="示例科技有限公司", year=2025, day="20251110")
