"""The engine: nothing fetched (G13), every glyph there, in two renderers, quickly."""

from __future__ import annotations

import http.server
import io
import shutil
import socketserver
import subprocess
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pypdf
import pytest

from app.printing import engine, fonts, qr
from app.printing.engine import PrintError

pytestmark = [pytest.mark.no_app, pytest.mark.once]

HEI = "<style>body{font-family:'Hudang Hei','Hudang Hei Rare',HanaMinA,HanaMinB}</style>"
RARE = "逄亓翀犇𬱖𫖯䶮"
PAGE = '<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def page(body: str = "", *, head: str = "", lang: str = "zh-Hans", title: str = "试") -> str:
    return PAGE.format(body=body, head=head, lang=lang, title=title)


class Trap(http.server.BaseHTTPRequestHandler):
    """Counts who comes."""

    hits: list[str] = []

    def do_GET(self) -> None:
        Trap.hits.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"body{color:red}")

    def log_message(self, *_args: object) -> None: ...


@pytest.fixture(scope="module")
def trap() -> Iterator[str]:
    """An address on this machine that notices every request."""
    with socketserver.TCPServer(("127.0.0.1", 0), Trap) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">SECRETWORDS</text></svg>')
    return file


WAYS = {
    "img": lambda url: page(f'<img src="{url}">'),
    "object": lambda url: page(f'<object data="{url}"></object>'),
    "embed": lambda url: page(f'<embed src="{url}">'),
    "stylesheet": lambda url: page(head=f'<link rel="stylesheet" href="{url}">'),
    "css import": lambda url: page(head=f'<style>@import url("{url}");</style>'),
    "font-face": lambda url: page(
        "字", head=f'<style>@font-face{{font-family:x;src:url("{url}")}}body{{font-family:x}}</style>'
    ),
    "background": lambda url: page("字", head=f'<style>body{{background:url("{url}")}}</style>'),
    "list bullet": lambda url: page("<ul><li>a</ul>", head=f'<style>li{{list-style-image:url("{url}")}}</style>'),
    "content": lambda url: page("<p>a", head=f'<style>p::before{{content:url("{url}")}}</style>'),
    "border image": lambda url: page("<p>a", head=f'<style>p{{border:3px solid;border-image:url("{url}") 1}}</style>'),
    "page background": lambda url: page(head=f'<style>@page{{background:url("{url}")}}</style>'),
    "svg image": lambda url: page(f'<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>'),
    "svg use": lambda url: page(f'<svg width="9" height="9"><use href="{url}#a"/></svg>'),
    "svg in data": lambda url: page(
        "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage "
        f"href='{url}' width='9' height='9'/%3E%3C/svg%3E\">"
    ),
    "attachment": lambda url: page(f'<a rel="attachment" href="{url}">a</a>'),
    "head attachment": lambda url: page(head=f'<link rel="attachment" href="{url}">'),
    "base": lambda url: page('<img src="x.png">', head=f'<base href="{url}/">'),
    "color profile": lambda url: page(
        "<p>a", head=f'<style>@color-profile --x{{src:url("{url}")}}p{{color:color(--x 0 0 0)}}</style>'
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_sheet_fetches_anything_g13(way: str, trap: str, secret: Path, font_folder: Path) -> None:
    Trap.hits.clear()
    for url in (f"{trap}/{way.replace(' ', '-')}", secret.as_uri()):
        try:
            pdf = engine.make_pdf([WAYS[way](url)], where=font_folder)
        except PrintError:
            continue  # refused as a whole: better still
        assert "SECRETWORDS" not in "".join(each.get_text() for each in pymupdf.open(stream=pdf))
        assert not pypdf.PdfReader(io.BytesIO(pdf)).attachments
        assert secret.read_bytes() not in pdf
    assert Trap.hits == []


def test_the_engine_without_our_fetcher_would_have_fetched_in_every_way_but_two(
    trap: str, secret: Path, font_folder: Path
) -> None:
    """The negative control: each way asks where nobody forbids it."""
    weasyprint, config = engine._engine(font_folder)
    silent = []
    for way, sheet in WAYS.items():
        Trap.hits.clear()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            weasyprint.HTML(string=sheet(f"{trap}/a")).write_pdf(font_config=config)
        silent += [] if Trap.hits else [way]
    assert len(WAYS) - len(silent) >= 16, silent
    pdf = weasyprint.HTML(string=WAYS["img"](secret.as_uri())).write_pdf(font_config=config)
    assert "SECRETWORDS" in "".join(each.get_text() for each in pymupdf.open(stream=pdf))


def test_an_asked_for_address_refuses_the_whole_sheet(font_folder: Path) -> None:
    with pytest.raises(PrintError):
        engine.make_pdf([WAYS["img"]("https://example.invalid/logo.png")], where=font_folder)


def test_a_character_without_a_glyph_is_an_error_not_a_box(font_folder: Path) -> None:
    with pytest.raises(PrintError, match="glyph"):
        engine.make_pdf([page("\U000f1234")], where=font_folder)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("style", ["", HEI])
def test_rare_characters_come_out_in_both_renderers(lang: str, style: str, font_folder: Path, tmp_path: Path) -> None:
    everything = RARE + "𰻝㐂𠮷龘臺灣證鑼繁體电话"
    pdf = engine.make_pdf(
        [page(f"<p>{everything}</p><p><b>{everything}</b></p>", head=style, lang=lang)], where=font_folder
    )
    (tmp_path / "a.pdf").write_bytes(pdf)
    with pymupdf.open(stream=pdf) as document:
        pymupdf.TOOLS.reset_mupdf_warnings()
        assert document[0].get_text().count(everything) == 2
        document[0].get_pixmap()
        assert "cannot render glyph" not in pymupdf.TOOLS.mupdf_warnings()
        for block in document[0].get_text("rawdict")["blocks"]:
            for span in (span for line in block["lines"] for span in line["spans"]):
                for char in span["chars"]:
                    assert ink(document[0], char["bbox"]) > 0.01, char["c"]
    if shutil.which("pdftotext"):
        read = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
        assert read.count(everything) == 2


def ink(where: pymupdf.Page, box: tuple[float, float, float, float]) -> float:
    """How much of a character's box is black: nothing for a blank, and never a lot."""
    pixels = where.get_pixmap(clip=box, dpi=150, colorspace=pymupdf.csGRAY)
    return sum(1 for value in pixels.samples if value < 128) / max(1, len(pixels.samples))


def test_simplified_and_traditional_sheets_have_their_own_shapes(font_folder: Path) -> None:
    used = {}
    for lang in ("zh-Hans", "zh-Hant"):
        pdf = engine.make_pdf([page("<p>直骨角令</p>", lang=lang)], where=font_folder)
        with pymupdf.open(stream=pdf) as document:
            used[lang] = {font[3].split("+")[-1] for font in document[0].get_fonts()}
    assert used == {"zh-Hans": {"Hudang-Song"}, "zh-Hant": {"Hudang-Song-Hant"}}


def test_every_font_is_embedded_and_the_file_is_pdf_a(font_folder: Path) -> None:
    pdf = engine.make_pdf([page(f"<h1>题</h1><p>{RARE} ABC</p>")], where=font_folder)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    fonts_there = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts_there.values():
        below = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in below["/FontDescriptor"].get_object()
        assert "/ToUnicode" in font.get_object()
    assert b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans"  # type: ignore[index]
    if shutil.which("qpdf"):
        assert subprocess.run(["qpdf", "--check", "-"], input=pdf, capture_output=True).returncode in (0, 2)


def test_page_numbers_begin_anew_on_each_sheet(font_folder: Path, text_of: Callable[[bytes], str]) -> None:
    counted = page('<div class="foot"><span class="page-of"></span></div><p>甲</p><p style="break-before:page">乙</p>')
    assert text_of(engine.make_pdf([counted, counted], where=font_folder)).count("1/2") == 2


def test_the_square_code_has_a_title_and_leads_where_it_says() -> None:
    drawn = qr.svg("https://desk.example.invalid/p/DY-2026-000001", "DY-2026-000001 <&>")
    assert "<title>DY-2026-000001 &lt;&amp;&gt;</title>" in drawn


def test_one_page_prints_warm_in_a_blink(font_folder: Path) -> None:
    """200 ms is the aim; counted in the processor's time, as a busy machine makes everybody wait."""
    rows = "".join(f"<tr><td>{n}</td><td>2806 瑞恒科技有限公司</td><td>1</td><td>28</td></tr>" for n in range(20))
    sheet = page(f'<h1>档案移交清单</h1><table class="lines">{rows}</table>')
    engine.make_pdf([sheet], where=font_folder)
    taken = []
    for _ in range(5):
        began = time.thread_time()
        engine.make_pdf([sheet], where=font_folder)
        taken.append(time.thread_time() - began)
    assert min(taken) < 0.3


def test_a_sheet_is_read_as_xml_and_one_that_is_none_as_html(
    font_folder: Path, text_of: Callable[[bytes], str]
) -> None:
    assert engine.parsed(page('<p>甲<br>乙&nbsp;丙<svg width="1"><path d=""/></svg></p>')) is not None
    assert engine.parsed(page("<p>甲<p>乙")) is None
    assert "甲乙" in text_of(engine.make_pdf([page("<p>甲<p>乙")], where=font_folder))


def test_what_is_often_used_stands_first_in_a_typeface(font_folder: Path) -> None:
    """A sheet's own cut is as long as its highest glyph number: everyday text must have low ones."""
    from fontTools.ttLib import TTFont

    for file, text in (
        ("HudangSong-Regular.ttf", "客户登记表押金合计"),
        ("HudangSongHant-Bold.ttf", "客戶登記表押金合計"),
    ):
        with TTFont(font_folder / file, lazy=True) as font:
            numbers = [font.getGlyphID(font.getBestCmap()[ord(sign)]) for sign in text + "2806"]
            assert max(numbers) < font["maxp"].numGlyphs * 0.62, file


def test_a_missing_library_names_the_one_line_that_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "LIBRARIES", ("libno-such-thing.so.9",))
    with pytest.raises(fonts.FontsMissing, match="apt-get install -y libpango"):
        fonts.prepare(tmp_path)


def test_prepared_fonts_are_found_again_at_once(font_folder: Path) -> None:
    began = time.perf_counter()
    assert fonts.prepare(font_folder.parent) == font_folder
    assert time.perf_counter() - began < 0.5


def test_the_lock_of_the_font_packages_holds_no_address() -> None:
    text = (fonts.HERE / "package-lock.json").read_text()
    assert '"resolved"' not in text and "http" not in text and text.count('"integrity"') == 5
