"""Long sheets in one PDF: their pieces are made by a crew, and the typefaces they share are kept once."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from app.printing import crew, pieces
from app.printing.pieces import Long, Piece

Glyphs = dict[str, tuple[dict[int, str], dict[int, float]]]  # of each typeface: what they say, and how wide they are


@dataclass
class Made:
    """A piece as its process hands it back."""

    pdf: bytes
    pages: int
    glyphs: Glyphs = field(default_factory=dict)


@dataclass
class Order:
    """What one process makes: a piece of a sheet, or the whole of a short one."""

    sheet: Any
    pages: int | None = None


@dataclass(frozen=True)
class Press:
    """How the engine lays out and writes; `check` raises where something is wrong with what was laid out.

    `part` is called where a process begins that was forked for a piece.
    """

    lay: pieces.Render
    write: Callable[[Any, Callable[[Any, Any], None]], bytes]
    check: Callable[[], None]
    part: Callable[[], None]


def in_pieces(sheets: Sequence[Any], press: Press, tell: Callable[[int], object]) -> bytes | None:
    """The sheets as one PDF; None where none is long, or one did not come out as it was planned."""
    longs = [pieces.find(sheet) if isinstance(sheet, Element) else None for sheet in sheets]
    planned = [pieces.plan(long, press.lay, crew.hands()) if long is not None else None for long in longs]
    first = next((plan.probe for plan in planned if plan is not None), None)
    if first is None:
        return None
    orders = [order for trio in zip(sheets, longs, planned, strict=True) for order in _orders(*trio)]
    made = crew.share_out(lambda number: _made(orders[number], press), len(orders), _adder(tell))
    if any(order.pages not in (None, one.pages) for order, one in zip(orders, made, strict=True)):
        return None
    return _joined(_book(first, [one.glyphs for one in made], press), [one.pdf for one in made])


def _orders(sheet: Any, long: Long | None, plan: pieces.Plan | None) -> list[Order]:
    if long is None or plan is None:
        return [Order(sheet)]
    total = sum(piece.pages for piece in plan.pieces)
    return [Order(_Later(long, piece, total), piece.pages) for piece in plan.pieces]


@dataclass(frozen=True)
class _Later:
    """A piece that is put together where it is laid out."""

    long: Long
    piece: Piece
    total: int


def _made(order: Order, press: Press) -> Made:
    """In the child: lay out, paint, and note which glyphs were used."""
    press.part()
    sheet = order.sheet
    document = press.lay(sheet.long.piece(sheet.piece, sheet.total) if isinstance(sheet, _Later) else sheet)
    made = Made(b"", len(document.pages))
    made.pdf = press.write(document, lambda painted, _pdf: made.glyphs.update(_used(painted.fonts.values())))
    press.check()
    return made


def _adder(tell: Callable[[int], object]) -> Callable[[Made], object]:
    done = 0

    def add(one: Made) -> None:
        nonlocal done
        done += one.pages
        tell(done)

    return add


def _used(fonts: Any) -> Glyphs:
    return {font.hash: (dict(font.to_unicode), dict(font.widths)) for font in fonts}


def _book(document: Any, used: Sequence[Glyphs], press: Press) -> bytes:
    """The small sheet, to have its title and typefaces: each cut once, to what any piece says in it."""
    last, paint = document.pages[-1], document.pages[-1].paint

    def paint_and_borrow(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        for font in stream._fonts.values():
            for glyphs in used:
                said, widths = glyphs.get(font.hash, ({}, {}))
                font.to_unicode, font.widths = said | font.to_unicode, widths | font.widths

    last.paint = paint_and_borrow
    return press.write(document, lambda _document, _pdf: None)


def _joined(book: bytes, parts: Sequence[bytes]) -> bytes:
    """The pages of the parts in place of the book's, with its typefaces; what it does not know, a part brings."""
    import pikepdf

    with pikepdf.open(io.BytesIO(book)) as whole:
        known = whole.pages[0].Resources
        del whole.pages[:]
        for part in parts:
            with pikepdf.open(io.BytesIO(part)) as one:
                begun = len(whole.pages)
                whole.pages.extend(one.pages)
            for page in list(whole.pages)[begun:]:
                page.Resources.ColorSpace = known.ColorSpace
                for name in page.Resources.Font.keys() & known.Font.keys():
                    page.Resources.Font[name] = known.Font[name]
        out = io.BytesIO()
        whole.save(out, compress_streams=False)
    return out.getvalue()
