"""A transfer as a BagIt package (RFC 8493): catalogue, list, the fonds' own file, every digital copy with its sum."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from app.archive import scans
from app.archive.models import Scan
from app.fonds import checking
from app.fonds.models import ArchivalItem
from app.fonds.sets import Transfer
from app.fonds.words import CATEGORIES, IN_CHINESE
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.exports import harmless
from app.kit.labels import _l
from app.printing.subjects import in_all_languages

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
HEADS = ("序号", "档号", "另一写法", "文号", "责任者", "题名", "日期", "年度", "保管期限", "机构（问题）", "门类",
         "密级", "页数", "载体", "数字副本", "无副本原因", "备注")  # fmt: skip
OBJECT_HEADS = ("序号", "档号", "文件", "类型", "字节", "SHA-256")
MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
LINE = re.compile(r"([0-9a-f]{64})[ \t]+(.+)")
Put = Callable[[str, bytes], None]


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_zip(transfer: Transfer, out: IO[bytes], read: Callable[[Scan], bytes | None] = scans.read) -> None:
    """The package as one zip, with a folder of its own; copies are written one after another."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as whole:
        _write(transfer, lambda path, content: whole.writestr(f"{transfer.number}/{path}", content), read)


def write_folder(transfer: Transfer, folder: Path, read: Callable[[Scan], bytes | None] = scans.read) -> Path:
    """The package as a folder that is not there yet."""
    root = folder / transfer.number
    if root.exists():
        raise RuleError(_l("There is a package of this number already."))

    def put(path: str, content: bytes) -> None:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    _write(transfer, put, read)
    return root


def _write(transfer: Transfer, put: Put, read: Callable[[Scan], bytes | None]) -> None:
    manifest, size = {}, 0
    for path, content in _payload(transfer, read):
        put(f"data/{path}", content)
        manifest[f"data/{path}"], size = _sum(content), size + len(content)
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": _info(transfer, size, len(manifest)),
        "manifest-sha256.txt": _lines(manifest),
    }
    for path, content in tags.items():
        put(path, content)
    put("tagmanifest-sha256.txt", _lines({path: _sum(content) for path, content in tags.items()}))


def _lines(sums: dict[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()


def _info(transfer: Transfer, size: int, count: int) -> bytes:
    """Who gives what to whom; Chinese as it is (UTF-8)."""
    said = {
        "Source-Organization": transfer.giver.name,
        "Receiving-Organization": transfer.receiver.name,
        "Contact-Name": transfer.giver_handler,
        "External-Description": f"{transfer.fonds.title} 档案移交，共 {len(transfer.lines)} 条",
        "External-Identifier": transfer.number,
        "Internal-Sender-Identifier": transfer.fonds.number,
        "Internal-Sender-Description": f"清单校验值 SHA-256 {transfer.digest or '—'}",
        "Bagging-Date": today().isoformat(),
        "Payload-Oxum": f"{size}.{count}",
        "Bag-Software-Agent": "Hudang",
    }
    return "".join(f"{name}: {_one_line(value)}\n" for name, value in said.items() if value).encode()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _payload(transfer: Transfer, read: Callable[[Scan], bytes | None]) -> Iterator[tuple[str, bytes]]:
    lines = list(zip((line.position for line in transfer.lines), (line.item for line in transfer.lines), strict=True))
    checking.items_of(transfer)  # papers and copies come along in two statements
    objects: list[list[Any]] = []
    for position, item in lines:
        for number, scan in enumerate(checking.scans_of(item), 1):
            ending = scans.ENDINGS[scan.media_type][0]
            path = f"objects/{position:05d}/{number:03d}{ending}"
            yield path, _read(scan, read)
            objects.append([position, item.number, path, scan.media_type, scan.size, scan.sha256])
    yield "catalogue.csv", _table(HEADS, (_row(position, item) for position, item in lines))
    yield "objects.csv", _table(OBJECT_HEADS, objects)
    yield "fonds.txt", _own_file(transfer)


def _read(scan: Scan, read: Callable[[Scan], bytes | None]) -> bytes:
    """The bytes that were kept; what is missing or changed goes into no package."""
    content = read(scan)
    if content is None or _sum(content) != scan.sha256:
        raise RuleError(_l("A digital copy is missing or changed: tell the administrator."))
    return content


def _row(position: int, item: ArchivalItem) -> list[Any]:
    category = in_all_languages(CATEGORIES[item.category])["zh_Hans"]
    return [
        position, item.number, item.other_number, item.document_number, item.responsible, item.title, item.day,
        item.year, IN_CHINESE[item.period], item.body, category, item.secrecy, item.pages, item.carriers, item.copies,
        item.no_copy_reason, item.remark,
    ]  # fmt: skip


def _table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([harmless("" if value is None else str(value)) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _own_file(transfer: Transfer) -> bytes:
    """全宗卷 as plain text."""
    fonds = transfer.fonds
    sheets = [f"## {note.made_on} {note.title}\n\n{note.said}\n" for note in fonds.notes]
    return "\n".join([f"# {fonds.number} {fonds.title} 全宗卷\n", *sheets]).encode()


def verify(root: Path) -> list[str]:
    """What is wrong with a package that came in: missing, changed or not listed; nothing where it is whole."""
    listed: dict[str, str] = {}
    found = [f"{name}: missing" for name in ("bagit.txt", *MANIFESTS) if not (root / name).is_file()]
    for name in MANIFESTS:
        for line in _lines_of(root / name):
            match = LINE.fullmatch(line)
            if match is None:
                found.append(f"{name}: not readable")
            else:
                listed[match[2]] = match[1]
    found += [f"{path}: {wrong}" for path, digest in listed.items() if (wrong := _wrong(root, path, digest))]
    there = {str(path.relative_to(root)) for path in (root / "data").rglob("*") if path.is_file()}
    return found + [f"{path}: not listed" for path in sorted(there - set(listed))]


def _wrong(root: Path, path: str, digest: str) -> str:
    file = (root / path.replace("\0", "�")).resolve()
    if not file.is_relative_to(root.resolve()):
        return "outside"
    if not file.is_file():
        return "missing"
    return "" if _sum(file.read_bytes()) == digest else "changed"


def _lines_of(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else [""]
    return lines if lines[-1] else lines[:-1]
