"""Words of sheets: folding for comparison, placeholders, and the marks that repeat another cell."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from opencc import OpenCC

BLANKS = {""} | {
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "/",
    "//",
    "\\",
    "|",
    ".",
    "。",
    "?",
    "？",
    "??",
    "*",
    "…",
    "无",
    "無",
    "暂无",
    "暫無",
    "没有",
    "沒有",
    "未知",
    "不详",
    "不詳",
    "待定",
    "待补",
    "待補",
    "待补充",
    "待补录",
    "待填",
    "待确认",
    "未提供",
    "未填",
    "空",
    "none",
    "null",
    "nil",
    "n/a",
    "na",
    "#n/a",
    "nan",
    "tbd",
    "tba",
    "unknown",
    "notavailable",
    "x",
    "xx",
    "xxx",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "#null!",
    "#num!",
}
VACANT = {
    "空",
    "可租",
    "待租",
    "招租",
    "未租",
    "空关",
    "空房",
    "空置",
    "空铺",
    "空闲",
    "闲置",
    "待出租",
    "招商中",
    "招租中",
    "无租户",
    "未出租",
    "空单元",
    "空置中",
    "暂未出租",
    "空置单元",
    "empty",
    "tolet",
    "unlet",
    "vacant",
    "forlease",
    "available",
}
SAME_LEFT = {"同左", "同前", "同日常联系人", "同联系人", "same", "sameasleft"}
SAME_ABOVE = {"同上", "〃", '"', "″", "''", "ditto", "sameasabove"}
PLACEHOLDER_NUMBERS = {"18999999999", "13999999999", "13800138000", "12345678901", "123456789012345678", "12345678"}
SUBTOTAL = re.compile(r"^.{0,8}?(小计|合计|总计|共计|累计|总合计|subtotal|grandtotal|total)([:：(（].*)?$")
FOOTNOTE = re.compile(
    r"^(注|备注|说明|填表|制表|审核|复核|编制|填报|统计|打印|日期|附注|附|note|remark|prepared|\*|※|★|●|#)"
)
_UNSEEN = ((0x00, 0x09), (0x0B, 0x0D), (0x0E, 0x20), (0x7F, 0x80), (0xAD, 0xAE), (0x200B, 0x2010), (0x202A, 0x202F))
_STRAY = ((0x2060, 0x2070), (0xFEFF, 0xFF00), (0xD800, 0xE000))
_INVISIBLE = {sign: None for span in (*_UNSEEN, *_STRAY) for sign in range(*span)}
_FULL_WIDTH = ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B))
_ASCII = {full: full - 0xFEE0 for span in _FULL_WIDTH for full in range(*span)}


def text(cell: Any) -> str:
    """A cell as people mean it: no spaces around, one line, no invisible signs, letters and digits half width.

    Brackets and rare characters stay as they are: NFKC would change names.
    """
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    if cell.isascii() and cell.isalnum():
        return cell
    return " ".join(cell.translate(_INVISIBLE).translate(_ASCII).split())


@lru_cache(maxsize=20_000)
def fold(words: str) -> str:
    """For comparison: compatibility forms made one, lower case, no spaces."""
    if words.isascii():
        return "".join(words.split()).casefold()
    return "".join(unicodedata.normalize("NFKC", words.translate(_INVISIBLE)).split()).casefold()


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=20_000)
def heading(words: str) -> str:
    """A heading for comparison: folded, simplified, without units, brackets and signs."""
    folded = _simplifier().convert(fold(words))
    folded = re.sub(r"[(（\[【〔<《].*?[)）\]】〕>》]", "", folded) or folded
    return re.sub(r"[^\w/]|_", "", folded)


def is_blank(cell: Any) -> bool:
    """Nothing, or what clerks type for nothing (TRADE.md)."""
    return cell is None or (isinstance(cell, str) and fold(cell) in BLANKS)


def is_placeholder_number(cell: Any) -> bool:
    """18999999999, 111111111111111111 and their like; also as a number, whose last digits Excel has lost."""
    if isinstance(cell, float):
        cell = f"{cell:.0f}"
    bare = fold(str(cell)).replace("-", "")
    if len(bare) < 7 or not bare.isdigit():
        return False
    return bare in PLACEHOLDER_NUMBERS or len(set(bare)) == 1 or (len(bare) >= 17 and len(set(bare[:15])) == 1)


def is_vacant(cell: Any) -> bool:
    """空置, 待租, （空）: nobody is in the unit."""
    return isinstance(cell, str) and re.sub(r"[^\w]", "", _simplifier().convert(fold(cell))) in VACANT


def repeats_left(cell: Any) -> bool:
    return isinstance(cell, str) and fold(cell) in SAME_LEFT


def repeats_above(cell: Any) -> bool:
    return isinstance(cell, str) and fold(cell) in SAME_ABOVE


def is_subtotal(cell: Any) -> bool:
    if not isinstance(cell, str) or len(cell) > 24:
        return False
    return bool(SUBTOTAL.match(_simplifier().convert(fold(cell))))


def is_footnote(cell: Any) -> bool:
    return isinstance(cell, str) and bool(FOOTNOTE.match(_simplifier().convert(fold(cell))))
