"""HTML to PDF. Nothing is fetched, no font of the machine is used, and a missing glyph is an error (PAPER, G13)."""

from __future__ import annotations

import gc
import logging
import os
import re
import threading
import urllib.request
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from flask import current_app

from app.printing import crew, fonts, joining

HERE = Path(__file__).parent
VARIANT = "pdf/a-2u"
DOCTYPE = re.compile(r"\s*(<!--.*?-->)?\s*<!doctype html>\s*", re.IGNORECASE | re.DOTALL)
VOID = re.compile(r"<(br|col|hr|img|meta)\b([^>]*?)/?>")
PICTURE = re.compile(r"<svg(?![^>]*\sxmlns=)")
QUICK = 1  # of zlib's nine levels: an eighth larger, a fifth of the time
INLINE = "data:image/svg+xml"
Tell = Callable[[int], object]
Sheet = str | ElementTree.Element
_one_at_a_time = threading.Lock()


class PrintError(RuntimeError):
    """The sheet cannot be made as it must be: a glyph is missing, or a form asks for something outside."""


class _Ear(logging.Handler):
    """Hears what the layout engine only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@cache
def _engine(folder: Path) -> Any:
    """WeasyPrint, imported after fontconfig was told where to look (an absolute path, else it falls back)."""
    os.environ["FONTCONFIG_FILE"] = str(fonts.write_config(folder).resolve())
    import weasyprint
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration

    if harfbuzz_subset is None:
        raise fonts.FontsMissing(f"libharfbuzz-subset is missing. Please run once:  sudo {fonts.APT}")
    return weasyprint, FontConfiguration()


@cache
def _style(folder: Path, name: str) -> Any:
    """One of the style sheets, parsed once a process."""
    weasyprint, config = _engine(folder)
    text = (HERE / "sheet" / name).read_text(encoding="utf-8")
    return weasyprint.CSS(string=text, font_config=config, url_fetcher=Nothing())


def _laid_out(folder: Path, sheet: Sheet, fetcher: Nothing) -> Any:
    """The pages of one sheet, laid out by our rules for its elements; a tree is taken as it is, text as HTML."""
    weasyprint, config = _engine(folder)
    if isinstance(sheet, str):
        page = weasyprint.HTML(string=sheet, url_fetcher=fetcher, base_url=None)
    else:
        from cssselect2 import ElementWrapper

        page = weasyprint.HTML.__new__(weasyprint.HTML)
        page.base_url, page.url_fetcher, page.media_type = None, fetcher, "print"
        page.wrapper_element = ElementWrapper.from_html_root(sheet, content_language=None)
        page.etree_element = sheet
    page._ua_stylesheets = lambda forms=False: [_style(folder, "elements.css")]
    styles = [_style(folder, "sheet.css")]
    return _in_one_stack(lambda: page.render(font_config=config, stylesheets=styles, pdf_variant=VARIANT))


def _in_one_stack(work: Callable[[], Any]) -> Any:
    """Have the interpreter set aside at once what frames the engine's deep calls take.

    Else it asks the system for 16 KB and gives them back at every call that crosses their end: a fifth of the time,
    for who is unlucky with how deep they were called.
    """
    return work()


_in_one_stack.__code__ = _in_one_stack.__code__.replace(co_stacksize=33_000)


def _written(document: Any, finisher: Callable[[Any, Any], None] | None = None) -> bytes:
    def finish(which: Any, pdf: Any) -> None:
        _press(which, pdf)
        if finisher is not None:
            finisher(which, pdf)

    said = {"pdf_variant": VARIANT, "uncompressed_pdf": True, "finisher": finish}
    made: bytes = _in_one_stack(lambda: document.write_pdf(**said))
    return made


def parsed(text: str) -> ElementTree.Element | None:
    """The sheet as a tree, ten times as fast as by the rules of HTML; None where it is not well-formed."""
    text = VOID.sub(r"<\1\2/>", DOCTYPE.sub("", text, count=1).replace("&nbsp;", "\u00a0"))
    text = PICTURE.sub('<svg xmlns="http://www.w3.org/2000/svg"', text)
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - a sheet of ours: every value in it is escaped
    except ElementTree.ParseError:
        return None


class Nothing:
    """A fetcher that fetches nothing: only pictures written into the sheet itself are let through."""

    _fail_on_errors = False  # read by the layout engine: one picture less is no reason to stop, `denied` is

    def __init__(self) -> None:
        self.denied: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        from weasyprint.urls import URLFetcherResponse

        if not url.startswith(INLINE):
            self.denied.append(url)
            raise PrintError("nothing is fetched for a sheet")
        with urllib.request.DataHandler().data_open(urllib.request.Request(url)) as answer:  # noqa: S310
            return URLFetcherResponse(url, answer.read(), {"Content-Type": "image/svg+xml"})

    __call__ = fetch


def folder() -> Path:
    """DATA_DIR/fonts of this app, prepared."""
    return fonts.prepare(Path(current_app.config["DATA_DIR"]))


def make_pdf(sheets: Sequence[str], *, where: Path | None = None, tell: Tell | None = None) -> bytes:
    """One PDF/A-2u of all sheets, each with page numbers of its own. Raises PrintError, FontsMissing.

    Long ones are made in pieces, on every core. `tell(pages)` hears how many pages are laid out; whatever it raises
    ends the work.
    """
    where = where or folder()
    weasyprint, config = _engine(where)
    fetcher = Nothing()
    read = [root if (root := parsed(sheet)) is not None else sheet for sheet in sheets]
    with _one_at_a_time, _listening() as ear:
        press = joining.Press(
            lambda sheet: _laid_out(where, sheet, fetcher),
            _written,
            lambda: _refuse(ear.heard, fetcher.denied),
            lambda: _part_from(config),
        )
        try:
            pdf = joining.in_pieces(read, press, tell or _nobody) or _in_one_go(read, press, tell)
        except (weasyprint.urls.URLFetchingError, crew.PieceFailed) as error:
            press.check()
            raise PrintError(f"the sheet could not be made: {error}") from error
        press.check()
    return pdf


def _nobody(_pages: int) -> None:
    """Hears nothing."""


def _in_one_go(sheets: Sequence[Sheet], press: joining.Press, tell: Tell | None) -> bytes:
    with _telling(tell):
        laid_out = [press.lay(sheet) for sheet in sheets]
    return _written(laid_out[0].copy([page for document in laid_out for page in document.pages]))


def _part_from(config: Any) -> None:
    """In a forked child: the typefaces are asked for on a thread of its own.

    Pango (since 1.52) asks fontconfig on a thread that belongs to the map of typefaces; a fork leaves it behind, and
    who asks would wait for ever. The map it was made for is kept: its end would wait, too.
    """
    from weasyprint.text.ffi import ffi, gobject, pangoft2

    config.left_behind = config.font_map
    config.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
    pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", config.font_map), config._config)
    config.strut_layouts = {}


def _press(_document: Any, pdf: Any) -> None:
    """Compress what is to be: the engine's own way takes the slowest level."""
    import pydyf

    for stream in (each for each in pdf.objects if isinstance(each, pydyf.Stream) and "Filter" not in each.extra):
        if stream.extra.get("Type") == "/Metadata":
            continue  # PDF/A: the metadata stays readable
        text = b"\n".join(item if isinstance(item, bytes) else str(item).encode("ascii") for item in stream.stream)
        stream.stream, stream.extra["Filter"] = [zlib.compress(text, QUICK)], "/FlateDecode"


def warm() -> None:
    """Load the engine and the typefaces, so that the first sheet of a process does not wait for them."""
    make_pdf(['<!doctype html><html lang="zh-Hans"><title>-</title><p>户档 <b>户档</b> <span lang="en">Hudang</span>'])


@contextmanager
def _listening() -> Iterator[_Ear]:
    """Collector off while rendering (a third faster); warnings of the engine are kept."""
    ear, log, collected = _Ear(), logging.getLogger("weasyprint"), gc.isenabled()
    log.addHandler(ear)
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            yield ear
    finally:
        log.removeHandler(ear)
        if collected:
            gc.enable()


class _Counter(logging.Handler):
    """Hears of each page that is laid out; unlike other handlers it lets errors through."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(logging.INFO)
        self.tell, self.pages = tell, 0

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("Step 5 - Creating layout - Page"):
            self.pages += 1
            self.tell(self.pages)


@contextmanager
def _telling(tell: Tell | None) -> Iterator[None]:
    """Have the engine's own log of its steps counted."""
    if tell is None:
        yield
        return
    log, counter = logging.getLogger("weasyprint.progress"), _Counter(tell)
    before = log.level, log.propagate
    log.addHandler(counter)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(counter)
        log.level, log.propagate = before


def _refuse(heard: Sequence[str], denied: Sequence[str]) -> None:
    if denied:
        raise PrintError(f"the form asks for something outside: {denied[0][:100]}")
    for line in heard:
        if ".notdef" in line:
            raise PrintError(f"a character has no glyph: {line}. Is fonts-hanazono installed?  sudo {fonts.APT}")
