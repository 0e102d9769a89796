"""Parses one sheet file in a process of its own, under limits. Run by `reading.py`, imports nothing of the console.

Reads the file's bytes from standard input and writes JSON lines: one head per sheet, its rows, its merges; a refusal
is `{"refused": <key>}`, put into words by `reading.py`. Usage: child.py NAME MEGABYTES CPU_SECONDS MAX_ROWS.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

MOST_ENTRIES = 2000
MOST_BYTES = 400_000_000
MOST_RATIO = 200
RATIO_FROM = 8_000_000
MOST_COLUMNS = 256
MOST_SHEETS = 60
MOST_MERGES = 50_000
MOST_TEXT = 160_000_000
LONGEST_CELL = 32_767
NEEDED_PARTS = ("[content_types].xml", "xl/workbook", "xl/worksheets/", "xl/sharedstrings", "xl/styles", "_rels/")
COMMON = set(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表"
    "間這個國來時們說產為發經過對會後動學業開還點機關體電單稅樓層戶編號積名稱統信用代碼負責聯繫絡電話緊急租約押金裝修車備註東區門"
    "公司有限科技上海北京單元建筑面积统社会信用代码行业负责人联系急络身份证号姓名电话起到期日租赁押金装修车位水牌备注楼层序座室户主"
)


class Refused(Exception):
    """The file is not read; the argument is a key of `reading.REFUSALS`."""


def main(name: str, megabytes: int, cpu_seconds: int, max_rows: int) -> int:
    limit(megabytes, cpu_seconds)
    out = sys.stdout
    try:
        content = sys.stdin.buffer.read()
        told = 0
        for line in lines(name.lower(), content, max_rows):
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            told += len(text)
            if told > MOST_TEXT:
                raise Refused("too_large")
            out.write(text + "\n")
        out.write('{"end":true}\n')
        return 0
    except Refused as refusal:
        out.write("\n" + json.dumps({"refused": str(refusal)}) + "\n")
    except MemoryError:
        out.write("\n" + json.dumps({"refused": "too_large"}) + "\n")
    except RecursionError:
        out.write("\n" + json.dumps({"refused": "broken"}) + "\n")
    except Exception:  # a hostile file may raise anything inside the parser
        out.write("\n" + json.dumps({"refused": "broken"}) + "\n")
    return 3


def limit(megabytes: int, cpu_seconds: int) -> None:
    """Memory, time, no files written, no core dump."""
    wanted = {
        resource.RLIMIT_AS: megabytes * 1024 * 1024,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for what, value in wanted.items():
        resource.setrlimit(what, (value, value))
    sys.setrecursionlimit(500)


def lines(name: str, content: bytes, max_rows: int) -> Iterator[dict[str, Any]]:
    """What kind of file is it? By its bytes; the name only tells text from text."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused("empty")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from workbook(content, max_rows)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused("locked" if locked else "old_excel")
    elif name.endswith((".xlsx", ".xlsm")):
        raise Refused("not_a_workbook")
    elif name.endswith((".xls", ".et", ".ods", ".xlsb", ".xml")):
        raise Refused("old_excel")
    else:
        yield from text_sheet(content, max_rows)


# ---- workbooks ----------------------------------------------------------------------------------------------------


def workbook(content: bytes, max_rows: int) -> Iterator[dict[str, Any]]:
    check_zip(content, max_rows)
    import warnings

    from openpyxl import load_workbook
    from openpyxl.worksheet._reader import WorkSheetParser

    warnings.simplefilter("ignore")
    book: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_get_source")]
    if len(sheets) > MOST_SHEETS:
        raise Refused("too_many_sheets")
    left = max_rows
    for sheet in sheets:
        yield {"sheet": sheet.title, "hidden": sheet.sheet_state != "visible"}
        with sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for number, cells in parser.parse():
                row = {c["column"] - 1: plain(c["value"]) for c in cells if 0 < c["column"] <= MOST_COLUMNS}
                row = {column: value for column, value in row.items() if value not in (None, "")}
                if row:
                    left -= 1
                    if left < 0:
                        raise Refused("too_many_rows")
                    yield {"r": number, "c": dense(row)}
            yield {"merges": merges(parser.merged_cells)}


def dense(row: dict[int, Any]) -> list[Any]:
    return [row.get(column) for column in range(max(row) + 1)]


def merges(found: Any) -> list[list[int]]:
    """Merged areas as [top, left, bottom, right], rows from 1, columns from 0."""
    areas = list(found.mergeCell) if found is not None else []
    return [
        [a.min_row, a.min_col - 1, a.max_row, min(a.max_col - 1, MOST_COLUMNS)]
        for a in areas
        if a.min_col <= MOST_COLUMNS
    ]


def plain(value: Any) -> Any:
    """A cell as JSON: dates as {"d": "2026-11-01"}, errors and times as their text."""
    if isinstance(value, str):
        return value[:LONGEST_CELL].replace("_x000D_", "")
    if isinstance(value, dt.datetime | dt.date):
        return {"d": value.isoformat()[:10]}
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:LONGEST_CELL]


def check_zip(content: bytes, max_rows: int) -> None:
    """Refuse bombs, locked archives, other formats and XML with a document type before anything is parsed."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("broken") from error
    names = {entry.filename.lower() for entry in entries}
    if len(entries) > MOST_ENTRIES:
        raise Refused("bomb")
    if "xl/workbook.bin" in names or "mimetype" in names or "word/document.xml" in names:
        raise Refused("old_excel")
    if "xl/workbook.xml" not in names and not any(n.startswith("xl/workbook") for n in names):
        raise Refused("not_a_workbook")
    if len(names) != len(entries):
        raise Refused("broken")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused("bomb")
    for entry in entries:
        check_entry(archive, entry, max_rows)


def check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, max_rows: int) -> None:
    if entry.flag_bits & 0x1:
        raise Refused("locked")
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        raise Refused("bomb")
    name = entry.filename.lower()
    if not any(part in name for part in NEEDED_PARTS) or not name.endswith((".xml", ".rels")):
        return
    rows = areas = 0

    def no_doctype(*_args: Any) -> None:
        raise Refused("doctype")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = no_doctype
    parser.EntityDeclHandler = no_doctype
    try:
        with archive.open(entry) as source:
            while chunk := source.read(1 << 18):
                rows += chunk.count(b"<row")
                areas += chunk.count(b"<mergeCell ")
                if areas > MOST_MERGES:
                    raise Refused("too_large")
                if rows > max_rows + 50_000:
                    raise Refused("too_many_rows")
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise Refused("broken") from error
    except Exception as error:
        raise error if isinstance(error, Refused) else Refused("broken") from error


# ---- text ---------------------------------------------------------------------------------------------------------


def text_sheet(content: bytes, max_rows: int) -> Iterator[dict[str, Any]]:
    text = decoded(content)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise Refused("old_excel")
    if text.count("\n") > max_rows + 50_000:
        raise Refused("too_many_rows")
    yield {"sheet": "", "hidden": False}
    csv.field_size_limit(LONGEST_CELL * 4)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)), start=1):
            if number > max_rows:
                raise Refused("too_many_rows")
            row = {column: value[:LONGEST_CELL] for column, value in enumerate(cells[:MOST_COLUMNS]) if value.strip()}
            if row:
                yield {"r": number, "c": dense(row)}
    except csv.Error as error:
        raise Refused("broken") from error
    yield {"merges": []}


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16, GB18030 or Big5; of the last two the one that reads as common words."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return strict(content, encoding) or refuse("encoding")
    head = content[:4096]
    if b"\x00" in head:
        encoding = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        text = strict(content, encoding)
        return text if text and "\x00" not in text else refuse("binary")
    text = strict(content, "utf-8")
    if text is not None:
        return printable(text)
    tried = [
        t for t in (strict(content, "gb18030"), strict(content, "big5"), strict(content, "big5hkscs")) if t is not None
    ]
    if not tried:
        refuse("encoding")
    return printable(max(tried, key=commonness))


def printable(text: str) -> str:
    """A text whose characters are mostly control characters is none."""
    head = text[:4096]
    odd = sum(1 for c in head if ord(c) < 32 and c not in "\t\r\n\x0b\x0c\x1a\x1b")
    return refuse("binary") if odd > 2 + len(head) // 50 else text


def refuse(key: str) -> str:
    raise Refused(key)


def strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def commonness(text: str) -> float:
    """The share of characters that are common, among those that are not ASCII, in the first 20,000."""
    seen = [c for c in text[:20_000] if ord(c) > 127]
    return sum(1 for c in seen if c in COMMON) / len(seen) if seen else 0.0


def delimiter(text: str) -> str:
    """The separator that splits most of the first rows into the most columns alike."""
    sample = [line for line in text[:40_000].splitlines()[:40] if line.strip()]

    def score(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in sample]
        return (sum(1 for count in counts if count), max(counts, default=0))

    return max(",\t;|", key=score)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *(int(argument) for argument in sys.argv[2:5])))
