"""What is kept of an upload: the dots of a picture, the pages of a PDF, and nothing that acts or tells (G14)."""

from __future__ import annotations

import io
import time

import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from app.archive.cleaning import cleaned
from app.kit.errors import RuleError
from tests.archive import hostile

pytestmark = [pytest.mark.no_app, pytest.mark.once]


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("name", hostile.NEITHER)
def test_what_is_no_whole_picture_or_pdf_is_refused(name: str) -> None:
    began = time.perf_counter()
    with pytest.raises(RuleError):
        cleaned(hostile.NEITHER[name])
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_unpacks_to_millions_of_dots_is_refused_at_its_head(kind: str) -> None:
    began = time.perf_counter()
    with pytest.raises(RuleError):
        cleaned(hostile.with_large_head(kind))
    assert time.perf_counter() - began < 0.2
    assert cleaned(hostile.picture(kind))[0] == f"image/{kind.lower()}"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_does_not_tell_where_it_was_taken(kind: str) -> None:
    dirty = hostile.with_gps(kind)
    assert opened(dirty).getexif().get_ifd(0x8825)[1] == "N" and hostile.PHONE.encode() in dirty
    clean = cleaned(dirty)[1]
    assert not dict(opened(clean).getexif()) and b"Exif" not in clean and hostile.PHONE.encode() not in clean


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_taken_sideways_stands_upright(kind: str) -> None:
    assert opened(hostile.with_gps(kind)).size == (64, 48)
    assert opened(cleaned(hostile.with_gps(kind))[1]).size == (48, 64)


@pytest.mark.parametrize(
    "dirty",
    [
        hostile.picture("JPEG", comment=hostile.SCRIPT),
        hostile.picture("JPEG") + hostile.SCRIPT,
        hostile.picture("PNG") + hostile.SCRIPT,
        hostile.picture("JPEG", icc_profile=hostile.SCRIPT),
        hostile.picture("JPEG", xmp=hostile.SCRIPT),
        hostile.picture("PNG", icc_profile=hostile.SCRIPT),
        hostile.picture("JPEG") + hostile.packed("boo.exe", b"MZ") + hostile.SCRIPT,
    ],
    ids=["comment", "behind jpeg", "behind png", "profile", "xmp", "png profile", "archive"],
)
def test_nothing_rides_along_with_a_picture(dirty: bytes) -> None:
    clean = cleaned(dirty)[1]
    assert b"BOO" not in clean and b"PK\x03\x04" not in clean
    assert abs(opened(clean).convert("RGB").getpixel((5, 5))[0] - 200) < 8  # the picture itself is there


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_every_kind_of_png_is_kept(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (9, 9)).save(out, "PNG")
    assert cleaned(out.getvalue())[0] == "image/png"


def test_the_pictures_of_telephones_and_presses_are_kept() -> None:
    several, press = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (9, 9)).save(several, "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    Image.new("CMYK", (9, 9)).save(press, "JPEG")
    for content in (several, press):
        kind, clean = cleaned(content.getvalue())
        assert kind == "image/jpeg" and opened(clean).format == "JPEG" and opened(clean).mode == "RGB"


@pytest.mark.parametrize("name", hostile.SPOILED)
def test_whatever_acts_in_a_pdf_is_gone(name: str) -> None:
    dirty = hostile.pdf(hostile.SPOILED[name])
    assert hostile.found_in(dirty), "the test itself finds it before"
    kind, clean = cleaned(dirty)
    assert kind == "application/pdf" and hostile.found_in(clean) == []
    assert b"(GOOD) Tj" in hostile.spelled_out(clean)


def test_all_at_once_is_gone_too() -> None:
    def everything(made: Pdf) -> None:
        for spoil in hostile.SPOILED.values():
            spoil(made)

    assert len(hostile.found_in(hostile.pdf(everything))) > 15
    assert hostile.found_in(cleaned(hostile.pdf(everything))[1]) == []


def test_what_was_taken_out_of_a_pdf_does_not_lie_in_it_still() -> None:
    dirty = hostile.revised()
    assert b"BOO" in dirty and hostile.found_in(dirty) == []
    assert b"BOO" not in cleaned(dirty)[1]


def test_html_beside_a_pdf_is_gone() -> None:
    dirty = hostile.pdf().replace(b"%PDF-", b"%PDF-", 1) + b"\n" + hostile.SCRIPT
    head, rest = dirty.split(b"\n", 1)
    assert b"<script" not in cleaned(head + b"\n%" + hostile.SCRIPT + b"\n" + rest)[1]


@pytest.mark.parametrize("name", hostile.UNREADABLE)
def test_a_pdf_that_cannot_be_read_whole_is_refused_soon(name: str) -> None:
    content = hostile.UNREADABLE[name]()
    began = time.perf_counter()
    with pytest.raises(RuleError, match="cannot be read"):
        cleaned(content)
    assert time.perf_counter() - began < 5


def test_a_pdf_that_only_forbids_is_kept_without_the_lock() -> None:
    with Pdf.open(io.BytesIO(cleaned(hostile.locked(user=""))[1])) as kept:
        assert not kept.is_encrypted and len(kept.pages) == 1


def test_a_stamp_stays_to_be_seen() -> None:
    """Seals and filled in fields are annotations: what they show becomes part of the page."""

    def stamp(made: Pdf) -> None:
        seal = made.make_stream(b"BT /F1 9 Tf (SEAL) Tj ET")
        seal.Type, seal.Subtype, seal.BBox = Name.XObject, Name.Form, [0, 0, 80, 30]
        hostile.annotate(made, Subtype=Name.Stamp, F=4, AP=Dictionary(N=seal), A=hostile.script())

    clean = cleaned(hostile.pdf(stamp))[1]
    assert hostile.found_in(clean) == [] and b"(SEAL)" in hostile.spelled_out(clean)


def test_pages_keep_what_they_inherit() -> None:
    def share(made: Pdf) -> None:
        page = made.pages[0].obj
        made.Root.Pages.Resources, made.Root.Pages.Rotate = page.Resources, 90
        del page["/Resources"]

    with Pdf.open(io.BytesIO(cleaned(hostile.pdf(share))[1])) as kept:
        assert "/F1" in kept.pages[0].resources.Font and kept.pages[0].obj.Rotate == 90


def test_layers_that_are_off_stay_off() -> None:
    def layer(made: Pdf) -> None:
        hidden = made.make_indirect(Dictionary(Type=Name.OCG, Name="walls"))
        made.pages[0].obj.Resources.Properties = Dictionary(L1=hidden)
        made.Root.OCProperties = Dictionary(OCGs=[hidden], D=Dictionary(OFF=[hidden]))

    with Pdf.open(io.BytesIO(cleaned(hostile.pdf(layer))[1])) as kept:
        hidden = kept.pages[0].resources.Properties.L1
        assert kept.Root.OCProperties.D.OFF[0].objgen == hidden.objgen


def test_cleaning_twice_changes_nothing_that_is_seen() -> None:
    once = cleaned(hostile.pdf())[1]
    assert cleaned(once)[0] == "application/pdf" and b"(GOOD) Tj" in hostile.spelled_out(cleaned(once)[1])
