"""Amounts as they stand on a receipt: in figures and in Chinese capitals (支付结算办法, 附一)."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
TRADITIONAL = str.maketrans("贰陆万亿币负", "貳陸萬億幣負")


def capitals(cents: int) -> str:
    """人民币壹万元零伍角整 for 1000050: 元 always stands, 零 fills a gap once, 整 ends what has no 分."""
    yuan, rest = divmod(abs(cents), 100)
    jiao, fen = divmod(rest, 10)
    said = _whole(yuan) + "元" if yuan or not rest else ""
    if yuan and rest and (not jiao or yuan % 10 == 0):
        said += "零"
    said += (DIGITS[jiao] + "角" if jiao else "") + (DIGITS[fen] + "分" if fen else "整")
    return "人民币" + ("负" if cents < 0 else "") + said


def _whole(number: int) -> str:
    """Any whole number: 亿 and 万 split it, below ten thousand the four places are said."""
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _whole(high) + word + gap + (_whole(low) if low else "")
    return _four(number) or DIGITS[0]


def _four(number: int) -> str:
    said, gap = "", False
    for size, word in PLACES:
        digit = number // size % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + word
        gap = digit == 0
    return said


def figures(cents: int) -> str:
    """¥10,000.50"""
    yuan, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}¥{yuan:,}.{rest:02d}"
