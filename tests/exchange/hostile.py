"""Files that mean harm or are broken, made when they are needed (SAFETY G11)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from tests.exchange import houses

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<?xml version="1.0"?><workbook {MAIN} xmlns:r="{OFFICE}">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
BOOK_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
EVIL_DTD = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)
FILE_DTD = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
NET_DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def sheet(body: str, before: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>'


def text_cell(at: str, words: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


HEAD = (
    '<row r="1">'
    + "".join(text_cell(f"{c}1", w) for c, w in zip("ABC", ("单元号", "租户名称", "备注"), strict=True))
    + "</row>"
)


def book(sheet_xml: str | bytes, more: dict[str, bytes] | None = None, workbook: str = BOOK) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("xl/workbook.xml", workbook)
        archive.writestr("xl/_rels/workbook.xml.rels", BOOK_RELS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def good(tmp: Path) -> bytes:
    return houses.write(tmp / "good.xlsx", {"S": [houses.BASIC, houses.one()]}).read_bytes()


def zipped_zeros(tmp: Path) -> bytes:
    return book(sheet("") + " " * 300_000_000)


def million_rows(tmp: Path) -> bytes:
    return book(sheet(HEAD + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 1_000_001))))


def many_shared_strings(tmp: Path) -> bytes:
    strings = f"<sst {MAIN}>" + "<si><t>x</t></si>" * 9_000_000 + "</sst>"
    return book(sheet(HEAD), {"xl/sharedStrings.xml": strings.encode()})


def wide_row(tmp: Path) -> bytes:
    return book(sheet(HEAD + '<row r="2">' + "<c><v>1</v></c>" * 4_000_000 + "</row>"))


def merged_everywhere(tmp: Path) -> bytes:
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 200_001))
    return book(sheet(HEAD).replace("</sheetData>", f"</sheetData><mergeCells>{areas}</mergeCells>"))


def deep_xml(tmp: Path) -> bytes:
    return book(sheet(HEAD + "<row r='2'>" + "<a>" * 200_000 + "</a>" * 200_000 + "</row>"))


def lying_sizes(tmp: Path) -> bytes:
    content = bytearray(good(tmp))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def encrypted_entry(tmp: Path) -> bytes:
    content = bytearray(good(tmp))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def thousands_of_entries(tmp: Path) -> bytes:
    return book(sheet(HEAD), {f"xl/media/{n}": b"" for n in range(5000)})


def macro_sheet(tmp: Path) -> bytes:
    return book(sheet(HEAD), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100})


REFUSED: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "nothing": ("a.xlsx", lambda tmp: b""),
    "zeros": ("a.xlsx", lambda tmp: b"\x00" * 5000),
    "a picture": ("a.xlsx", lambda tmp: b"\x89PNG\r\n\x1a\n" + b"x" * 500),
    "an old workbook": ("a.xls", lambda tmp: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000),
    "a workbook with a password": (
        "a.xlsx",
        lambda tmp: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 99,
    ),
    "a web page called xls": ("a.xls", lambda tmp: b"<html><table><tr><td>1</td></tr></table></html>"),
    "a web page called csv": ("a.csv", lambda tmp: b"<!DOCTYPE html><table><tr><td>1</td></tr></table>"),
    "text called xlsx": ("a.xlsx", lambda tmp: "单元号,租户名称\n0501,甲".encode()),
    "a cut zip": ("a.xlsx", lambda tmp: good(tmp)[:3000]),
    "a zip cut at the end": ("a.xlsx", lambda tmp: good(tmp)[:-30]),
    "a zip of something else": ("a.xlsx", lambda tmp: _zip({"readme.txt": b"x"})),
    "a text document": ("a.xlsx", lambda tmp: _zip({"word/document.xml": b"<x/>"})),
    "an open document": ("a.ods", lambda tmp: _zip({"mimetype": b"application/vnd.oasis", "content.xml": b"<x/>"})),
    "a binary workbook": ("a.xlsb", lambda tmp: _zip({"xl/workbook.bin": b"x"})),
    "a bomb of blanks": ("a.xlsx", zipped_zeros),
    "a million rows": ("a.xlsx", million_rows),
    "nine million shared strings": ("a.xlsx", many_shared_strings),
    "a row of four million cells": ("a.xlsx", wide_row),
    "merged areas everywhere": ("a.xlsx", merged_everywhere),
    "entities that multiply": ("a.xlsx", lambda tmp: book(sheet(text_cell("A1", "&c;"), EVIL_DTD))),
    "an entity that reads a file": ("a.xlsx", lambda tmp: book(sheet(text_cell("A1", "&c;"), FILE_DTD))),
    "a document type from the net": ("a.xlsx", lambda tmp: book(sheet(HEAD, NET_DTD))),
    "a document type in UTF-16": (
        "a.xlsx",
        lambda tmp: book(sheet(HEAD, FILE_DTD).replace("UTF-8", "UTF-16").encode("utf-16")),
    ),
    "a document type in the workbook": (
        "a.xlsx",
        lambda tmp: book(sheet(HEAD), workbook=BOOK.replace("?>", "?>" + FILE_DTD)),
    ),
    "broken XML": ("a.xlsx", lambda tmp: book(sheet(HEAD)[:-30])),
    "a shared string that is not there": (
        "a.xlsx",
        lambda tmp: book(sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')),
    ),
    "a row number that is none": ("a.xlsx", lambda tmp: book(sheet('<row r="abc"><c r="A1"><v>1</v></c></row>'))),
    "an entry with a password": ("a.xlsx", encrypted_entry),
    "an entry that lies about its size": ("a.xlsx", lying_sizes),
    "thousands of entries": ("a.xlsx", thousands_of_entries),
    "binary called csv": ("a.csv", lambda tmp: bytes(range(256)) * 40),
    "a cell as long as a book": ("a.csv", lambda tmp: b"a,b\n" + b"x" * 5_000_000),
    "an open quote": ("a.csv", lambda tmp: b'"' + b"x,\n" * 2_000_000),
    "a million lines": ("a.csv", lambda tmp: b"1,2\n" * 1_000_000),
}


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_formulas(path: Path) -> Path:
    """Formulas with what they last came to, one of them a command."""
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet("S")
    for column, head in enumerate(("单元号", "租户名称", "备注")):
        page.write_string(0, column, head)
    page.write_formula(1, 0, '="05"&"01"', value="0501")
    page.write_string(1, 1, "甲乙有限公司")
    page.write_formula(1, 2, "=cmd|' /C calc'!A0", value='=HYPERLINK("http://x")')
    made.close()
    return path
