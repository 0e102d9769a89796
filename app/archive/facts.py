"""What a file says on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.archive import boxes, renumbering, rules
from app.archive.models import Document, File
from app.archive.trails import FileNumber
from app.customers import facts as customers
from app.estate import facts as estate
from app.estate.models import Place
from app.printing.subjects import Facts, read, subject

TALLEST = 18  # signs of a name that stand one under the other on a file's back
UPRIGHT = str.maketrans("()（）—-《》", "︵︶︵︶︱︱︽︾")


def _label_printed(file: Any, form_key: str) -> None:
    if form_key == "file_label":
        rules.label_printed(file)


@subject("file", File, parts={**customers.PARTS, "documents": Document}, after_print=_label_printed)
def file_facts(file: File) -> Facts:
    """The file, its unit and tenant, and the list of its papers with running page numbers."""
    columns = ("number", "state", "opened_on", "filed_at", "closed_on", "custodian", "place", "current_name")
    documents = _documents(file)
    return {
        "file": read(file, *columns),
        "site": estate.site_facts(file.site),
        "unit": estate.unit_facts(file.unit),
        "scheme": dict(file.scheme.body["name"]),
        "sections": _sections(file),
        "documents": documents,
        "upright": upright(file.current_name),
        "paper_count": len(file.documents),
        "page_count": sum(document.pages for document in file.documents),
        **customers.about(file.customer, [file.tenancy] if file.tenancy else []),
    }


def _sections(file: File) -> list[Facts]:
    """How many papers lie in each section of the scheme."""
    of_class = {paper["key"]: paper["section"] for paper in rules.classes(file)}
    placed = [of_class.get(document.paper_class) for document in file.documents]
    return [
        {"name": dict(section["name"]), "papers": placed.count(section["key"])}
        for section in file.scheme.body["sections"]
    ]


def _documents(file: File) -> list[Facts]:
    """GB/T 9705: dates in eight digits, the page each paper begins on, first and last of the last one."""
    rows, page = [], 1
    for position, document in enumerate(rules.ordered(file), 1):
        row = read(document, "title", "reference", "issuer", "copy_kind", "pages", "valid_until")
        day = document.issued_on.strftime("%Y%m%d") if document.issued_on else ""
        rows.append(row | {"position": position, "day": day, "page": str(page)})
        page += document.pages
    if rows and rows[-1]["pages"] > 1:
        rows[-1]["page"] += f"-{page - 1}"
    return rows


def upright(name: str) -> list[str]:
    """The signs of a name as they stand one under the other; none where it is too long, or not Chinese."""
    signs = [sign for sign in name.translate(UPRIGHT) if not sign.isspace()]
    is_chinese = sum(sign > "\u2e80" for sign in signs) * 2 > len(signs)
    return signs if is_chinese and len(signs) <= TALLEST else []


@subject(
    "floor_catalogue", File, parts={**customers.PARTS, "file": File}, many=True, among=boxes.moved_out, yearly=True
)
def catalogue_facts(files: Sequence[File]) -> Facts:
    """Moved-out files by floor, then by unit, as they were asked for in that order."""
    counted = boxes.counted(files)
    floors: list[Facts] = []
    for position, file in enumerate(files, 1):
        where = (str(file.unit.floor), str(file.unit.building)) if file.unit else ("", "")
        if not floors or (floors[-1]["floor"], floors[-1]["building"]) != where:
            floors.append({"floor": where[0], "building": where[1], "files": []})
        floors[-1]["files"].append(_listed(file, position, *counted.get(file.id, (0, 0))))
    days = sorted(file.closed_on for file in files if file.closed_on)
    return {
        "site": estate.site_facts(files[0].site),
        "floors": floors,
        "file_count": len(files),
        "paper_count": sum(papers for papers, _pages in counted.values()),
        "page_count": sum(pages for _papers, pages in counted.values()),
        "years": _span([day.year for day in days]),
    }


def _listed(file: File, position: int, papers: int, pages: int) -> Facts:
    told = read(file, "number", "unit", "current_name", "opened_on", "closed_on")
    return told | {"position": position, "papers": papers, "pages": pages, "box": file.place.code if file.place else ""}


def _span(years: Sequence[int]) -> str:
    """2026, or 2024–2026."""
    first, last = (min(years), max(years)) if years else ("", "")
    return str(first) if first == last else f"{first}–{last}"


def _fits(place: Place, form_key: str) -> bool:
    """A box's label and contents are for what holds files; the label of a place is for every place."""
    if form_key == "box_label":
        return place.kind in boxes.BOXES
    return form_key != "box_contents" or place.kind not in boxes.NOT_FOR_FILES


@subject("place", Place, parts={**estate.PARTS, "place": Place, "file": File}, fits=_fits)
def place_facts(place: Place) -> Facts:
    """A place: of which floors and years, and the files that lie in it."""
    files = boxes.kept_in(place)
    counted = boxes.counted(files)
    floors = list(dict.fromkeys(str(file.unit.floor) for file in files if file.unit)) or (
        [str(place.floor)] if place.floor else []
    )
    days = [day for file in files for day in (file.opened_on, file.closed_on) if day]
    return {
        "site": estate.site_facts(place.site),
        "place": read(place, "code", "name", "kind", "parent"),
        "floors": floors,
        "years": _span([day.year for day in days]),
        "file_count": len(files),
        "units": [str(file.unit or file.title) for file in files],
        "files": [_listed(file, at, *counted.get(file.id, (0, 0))) for at, file in enumerate(files, 1)],
        "paper_count": sum(papers for papers, _pages in counted.values()),
        "page_count": sum(pages for _papers, pages in counted.values()),
        "moved_out": sum(file.state in boxes.GONE for file in files),
    }


@subject("file_ledger", File, parts={**customers.PARTS, "file": File}, many=True, among=boxes.opened, yearly=True)
def ledger_facts(files: Sequence[File]) -> Facts:
    """The ledger of files 档案台账 (P11.02): by the year in which they were opened."""
    counted = boxes.counted(files)
    years: list[Facts] = []
    for position, file in enumerate(files, 1):
        if not years or years[-1]["year"] != str(file.opened_on.year):
            years.append({"year": str(file.opened_on.year), "files": []})
        listed = _listed(file, position, *counted.get(file.id, (0, 0)))
        years[-1]["files"].append(listed | read(file, "state", "custodian"))
    return {
        "site": estate.site_facts(files[0].site),
        "years": years,
        "span": _span([file.opened_on.year for file in files]),
        "file_count": len(files),
    }


@subject("number_concordance", FileNumber, many=True, among=renumbering.renumbered, yearly=True)
def concordance_facts(lines: Sequence[FileNumber]) -> Facts:
    """Old numbers and new ones (P2.08), in the order of the old."""
    rows = [
        read(line, "old", "new", "changed_at", "user", "reason")
        | {"position": position, "unit": str(line.file.unit or "")}
        for position, line in enumerate(sorted(lines, key=lambda each: (each.old, each.id)), 1)
    ]
    return {"site": estate.site_facts(lines[0].site), "number_concordance": {}, "lines": rows}


@subject("file_labels", File, parts=customers.PARTS, many=True, among=boxes.opened, yearly=True)
def label_facts(files: Sequence[File]) -> Facts:
    """The labels of many files, one a page."""
    return {
        "site": estate.site_facts(files[0].site),
        "labels": [
            {
                "site": file.site.name,
                "floor": str(file.unit.floor) if file.unit else "",
                "unit": file.unit_number,
                "number": file.number,
                **read(file, "current_name"),
                **read(file.customer, "name_en"),
            }
            for file in files
        ],
    }
