"""A long sheet made in pieces is the sheet it would be in one go, on every core, and one bad piece stops it all."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from app.printing import crew, engine, joining, pieces
from app.printing.engine import PrintError

pytestmark = [pytest.mark.no_app, pytest.mark.once]

WATERMARK = (
    "background: url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='90' height='60'%3E"
    "%3Ctext y='30' font-family='Hudang Hei'%3E密%3C/text%3E%3C/svg%3E\");"
)
SHEET = (
    '<!doctype html><html lang="zh-Hans"><head><title>台账</title><style>@page {{ size: 148mm 105mm; {page} }}</style>'
    '</head><body><div class="foot"><div class="foot-page"><span class="page-of"></span></div><b>DY-1</b></div>'
    '<div class="edge">存</div><h1><span class="title">台账</span></h1><main><h2>各户</h2>'
    '<table class="lines" style="margin-top: 4mm"><colgroup><col class="w20"/><col/><col class="w28"/></colgroup>'
    "<thead><tr><th>户号</th><th>客户</th><th>状态</th></tr></thead><tbody>{rows}</tbody></table>{tail}</main></body></html>"
)
LABELS = (
    '<!doctype html><html lang="zh-Hans"><head><title>标牌</title>'
    "<style>@page {{ size: 90mm 40mm; margin: 4mm }}</style></head><body>"
    "<style>.turn {{ break-after: page }}</style>{labels}</body></html>"
)
SIGNED = '<table class="signatures"><tr><td class="sign"><div class="name">签字</div></td></tr></table>'


def ledger(count: int, *, page: str = "", tail: str = SIGNED, last: str = "") -> str:
    """Rows of one line, of several, of several kinds, with rare characters and with words in two languages."""
    rows = []
    for n in range(count):
        if n % 23 == 0:
            rows.append(f'<tr class="group"><td colspan="3">第 <b>{n}</b> 行起</td></tr>')
        name = (
            f"第{n}号瑞恒𬱖科技文化传播有限公司" * (1 + n % 7 // 3)
            if n % 5
            else f'<span class="latin">“Blue” {n}</span>'
        )
        state = '在档 <span class="two">Filed at the desk</span>' if n % 3 else "在档"
        rows.append(f'<tr><td>{n:04d}</td><td>{name}</td><td class="middle">{state}</td></tr>')
    return SHEET.format(rows="".join(rows) + last, tail=tail, page=page)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are long from few rows on, and two processes make their pieces on any machine."""
    for name, value in (("LONG", 30), ("LEAVES", 6), ("FEW", 3), ("PAGES", 3)):
        monkeypatch.setattr(pieces, name, value)
    monkeypatch.setattr(crew, "hands", lambda: 2)


@pytest.fixture
def in_one_go(monkeypatch: pytest.MonkeyPatch, font_folder: Path) -> Callable[[list[str]], bytes]:
    def make(sheets: list[str]) -> bytes:
        with monkeypatch.context() as patched:
            patched.setattr(joining, "in_pieces", lambda *_told: None)
            return engine.make_pdf(sheets, where=font_folder)

    return make


@pytest.fixture
def never_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_in_one_go", lambda *_told: pytest.fail("it did not come out as planned"))


def looks(pdf: bytes) -> list[tuple[str, bytes]]:
    """Of each page its words and its picture."""
    with pymupdf.open(stream=pdf) as document:
        return [(page.get_text(), page.get_pixmap(dpi=70).samples) for page in document]


SHEETS = {
    "a ledger": [ledger(60)],
    "a tail that needs a page": [ledger(60, tail=SIGNED * 3)],
    "a confidential one": [ledger(45, page=WATERMARK)],
    "two copies and a short sheet": [ledger(40), ledger(40), ledger(4)],
    "labels": [
        LABELS.format(labels="".join(f'<div class="turn">{n:04d} 瑞恒</div>' for n in range(9)) + "<div>末</div>")
    ],
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_in_pieces_is_the_sheet_in_one_go(
    name: str, font_folder: Path, in_one_go: Callable[[list[str]], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = in_one_go(SHEETS[name])
    heard: list[int] = []
    monkeypatch.setattr(engine, "_in_one_go", lambda *_told: pytest.fail("it did not come out as planned"))
    pdf = engine.make_pdf(SHEETS[name], where=font_folder, tell=heard.append)
    assert looks(pdf) == looks(whole)
    assert len(heard) >= 2 and heard == sorted(heard) and heard[-1] == len(looks(whole))
    assert len(pdf) < 1.5 * len(whole)


def test_typefaces_are_kept_once_and_the_file_is_still_pdf_a(font_folder: Path, never_in_one_go: None) -> None:
    with pikepdf.open(io.BytesIO(engine.make_pdf([ledger(60)], where=font_folder))) as pdf:
        assert len(pdf.pages) > 6
        kept = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]
        names = [str(each.FontName).split("+")[1] for each in kept]
        usual = [name for name in names if "Rare" not in name]
        assert len(usual) == len(set(usual)) >= 4
        assert b"pdfaid" in pdf.Root.Metadata.read_bytes() and str(pdf.Root.Lang) == "zh-Hans"
        assert str(pdf.docinfo["/Title"]) == "台账" and len(pdf.Root.OutputIntents) == 1


def test_what_a_piece_alone_needs_comes_with_it(font_folder: Path, never_in_one_go: None) -> None:
    """Characters so rare that the first pages have nothing of their typeface."""
    last = "<tr><td>9999</td><td>𬱖𫖯䶮𰻝𪚥</td><td><b>𠮷逄</b></td></tr>"
    text = "".join(words for words, _picture in looks(engine.make_pdf([ledger(50, last=last)], where=font_folder)))
    assert "𬱖𫖯䶮𰻝𪚥" in text and "𠮷逄" in text


@pytest.mark.timeout(30)
def test_a_piece_asks_for_a_typeface_that_nobody_has_asked_for(font_folder: Path, never_in_one_go: None) -> None:
    """Pango (since 1.52) asks on a thread that does not come along into a child: who asks there would wait for ever."""
    odd = f"font-size: {5 + time.time() % 1:.5f}pt; font-weight: bold; font-stretch: condensed"
    last = f'<tr style="{odd}"><td>9999</td><td class="latin">Nobody asked</td><td>末行</td></tr>'
    pdf = engine.make_pdf([ledger(120, last=last)], where=font_folder)
    assert "Nobody asked" in looks(pdf)[-1][0]


def test_a_bad_piece_stops_the_sheet_and_says_why(font_folder: Path) -> None:
    with pytest.raises(PrintError, match="glyph"):
        engine.make_pdf([ledger(50, last="<tr><td>\U000f1234</td><td></td><td></td></tr>")], where=font_folder)
    with pytest.raises(PrintError, match="outside"):
        picture = '<tr><td><img src="https://example.invalid/a.png"/></td><td></td><td></td></tr>'
        engine.make_pdf([ledger(50, last=picture)], where=font_folder)


def test_what_was_measured_wrongly_is_made_in_one_go(
    font_folder: Path, monkeypatch: pytest.MonkeyPatch, in_one_go: Callable[[list[str]], bytes]
) -> None:
    whole = in_one_go([ledger(60)])
    monkeypatch.setattr(pieces.Probe, "height", lambda *_told: 12.0)
    assert looks(engine.make_pdf([ledger(60)], where=font_folder)) == looks(whole)


def test_short_sheets_are_not_cut() -> None:
    for sheet in (ledger(20), LABELS.format(labels='<div class="turn">1</div><div>2</div>')):
        root = engine.parsed(sheet)
        assert root is not None and pieces.find(root) is None


def test_whoever_stops_it_leaves_nothing_running(font_folder: Path) -> None:
    def stop(_pages: int) -> None:
        raise KeyError("stopped")

    with pytest.raises(KeyError):
        engine.make_pdf([ledger(60)], where=font_folder, tell=stop)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_pieces_are_made_at_the_same_time_and_come_back_in_order() -> None:
    def work(number: int) -> tuple[int, float]:
        time.sleep(0.05 * (3 - number))
        return os.getpid(), number

    done = crew.share_out(work, 4, lambda _done: None)
    assert [number for _child, number in done] == [0, 1, 2, 3]
    assert len({child for child, _number in done} - {os.getpid()}) == 4


def test_a_child_that_is_killed_is_told() -> None:
    with pytest.raises(crew.PieceFailed, match="without a word"):
        crew.share_out(lambda _number: os.kill(os.getpid(), 9), 2, lambda _done: None)
