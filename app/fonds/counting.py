"""What the deed and the register of a transfer count: categories, finding aids, years, carriers, bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.fonds import checking
from app.fonds.models import ArchivalItem
from app.fonds.sets import Transfer
from app.fonds.words import CARRIERS, CATEGORIES, CHECKS, NATURES
from app.printing.subjects import Facts, in_all_languages

GIGABYTE = 1024**3


def of_transfer(transfer: Transfer, items: Sequence[ArchivalItem]) -> Facts:
    """Everything that is counted over the list."""
    years = sorted(item.year for item in items if item.year)
    kept = [item for item in items if item.volume_id is None]
    return {
        "natures": [{"say": in_all_languages(words), "is": key == transfer.nature} for key, words in NATURES.items()],
        "years": f"{years[0]}—{years[-1]}" if years and years[0] != years[-1] else str(years[0] if years else ""),
        "categories": list(_categories(kept)),
        "aids": list(_aids(items)),
        "volume_total": sum(item.level == "volume" for item in kept),
        "item_total": sum(item.level == "item" for item in kept),
        "page_total": sum(item.pages for item in items if item.level == "item")
        + sum(item.pages for item in items if item.level == "volume" and not item.contents),
        "registered": list(_registered(items)),
        "checks": [
            {
                "say": in_all_languages(words),
                "giver": key in transfer.giver_checks.split(),
                "receiver": key in transfer.receiver_checks.split(),
            }
            for key, words in CHECKS.items()
        ],
    }


def _categories(items: Sequence[ArchivalItem]) -> Iterator[Facts]:
    """类别 and 数量, as many as there are of each."""
    for key, words in CATEGORIES.items():
        mine = [item for item in items if item.category == key]
        if mine:
            volumes = sum(item.level == "volume" for item in mine)
            said = " ".join(f"{n} {unit}" for n, unit in ((volumes, "卷"), (len(mine) - volumes, "件")) if n)
            yield {"words": in_all_languages(words), "count": said}


def _aids(items: Sequence[ArchivalItem]) -> Iterator[Facts]:
    """检索工具: what goes along with the set."""
    if any(item.level == "item" and item.volume_id is None for item in items):
        yield {"name": "归档文件目录", "count": 1}
    if any(item.level == "volume" for item in items):
        yield {"name": "案卷目录", "count": 1}
        yield {"name": "卷内文件目录（全引目录）", "count": 1}
    yield {"name": "全宗卷", "count": 1}


def _registered(items: Sequence[ArchivalItem]) -> Iterator[Facts]:
    """登记表 (DA/T 93 C): 事项, 内容描述, 数量, 数据量 in GB with three decimals, 起止号, 载体."""
    for key, words in CATEGORIES.items():
        mine = [item for item in items if item.category == key and item.copies]
        if not mine:
            continue
        copies = [scan for item in mine for scan in checking.scans_of(item)]
        yield {
            "matter": in_all_languages(words),
            "content": f"{len(mine)} 件（卷）的电子档案与数字副本",
            "count": len(copies),
            "gigabytes": f"{sum(scan.size for scan in copies) / GIGABYTE:.3f}",
            "numbers": _ends([item.number for item in mine]),
            "carrier": _carriers(mine),
        }


def _ends(numbers: Sequence[str]) -> str:
    return numbers[0] if numbers[0] == numbers[-1] else f"{numbers[0]} — {numbers[-1]}"


def _carriers(items: Sequence[ArchivalItem]) -> str:
    keys: dict[str, Any] = dict.fromkeys(each for item in items for each in item.carriers.split() if each != "paper")
    return "、".join(in_all_languages(CARRIERS[key])["zh_Hans"] for key in keys) or "在线移交（BagIt 包）"
