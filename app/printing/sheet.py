"""From facts to HTML: the sandbox a form's page runs in, and what it may say there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from app.kit import yamls
from app.kit.compiled import CompiledTemplates
from app.kit.shown import hundredths
from app.printing import money, qr, subjects
from app.printing.forms import Form, FormError
from app.printing.subjects import SEALED, Facts, Words

HERE = Path(__file__).parent / "sheet"
TAGS = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant", "en": "en"}
QUOTES = set("“”‘’…—")  # full width in a Chinese typeface
SECOND = {"zh_Hans": "en", "zh_Hant": "en", "en": "zh_Hans"}


@dataclass(frozen=True)
class Face:
    """What is different on each sheet: its number, which copy it is, who printed it, and when."""

    serial: str = ""
    copy_no: int = 1
    copies: int = 1
    copy_label: Words | None = None
    address: str = ""
    printed_by: str = ""
    printed_at: str = ""
    reprint: int = 1
    content_hash: str = ""
    watermark: str = ""
    is_sample: bool = False


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Forms see the shared layout and nothing else; an unknown name is an error."""
    rooms = {path.parent.name: FileSystemLoader(path) for path in subjects.APP.glob("*/prints")}
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(HERE), PrefixLoader(rooms)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(),
    )


@cache
def sheet_words() -> Mapping[str, Words]:
    """The words that every sheet has."""
    words: dict[str, Words] = yamls.read((HERE / "words.yaml").read_text(encoding="utf-8"))
    return words


def draw(form: Form, facts: Facts, face: Face, language: str, parts: Mapping[str, type] | None = None) -> str:
    """The HTML of one sheet. Raises FormError when the page asks for what it is not given."""
    pen = Pen(form, facts, language, parts if parts is not None else parts_of(form))
    context = {
        **facts,
        "form": {"key": form.key, "code": form.code, "title": form.titles, "paper": form.paper},
        "face": {name: getattr(face, name) for name in Face.__dataclass_fields__},
        "words": {**sheet_words(), **form.words},
        "language": TAGS[language],
        "qr": qr.svg(face.address, face.serial) if face.address else "",
        "background": watermark(face.watermark, language) if face.watermark else "",
        **{name: getattr(pen, name) for name in Pen.OFFERED},
    }
    return environment().get_template(form.template).render(context)


def parts_of(form: Form) -> dict[str, type]:
    """The models behind a form's facts, of whichever subject."""
    return {name: model for subject in form.declared() for name, model in subject.parts.items()}


class Pen:
    """Writes words, labels and values in the language of the sheet, with the second one small."""

    OFFERED = ("both", "first", "second", "label", "value", "capitals", "figures", "chinese", "fit", "wide")

    def __init__(self, form: Form, facts: Facts, language: str, parts: Mapping[str, type]) -> None:
        self.form, self.facts, self.language, self.parts = form, facts, language, parts

    def first(self, words: Words) -> Markup:
        """The sheet's own language needs no tag: every element less is time saved."""
        return escape(words[self.language])

    def second(self, words: Words) -> Markup:
        other = SECOND[self.language]
        if words[other] == words[self.language]:
            return Markup("")
        return Markup('<span class="two">{}</span>').format(words[other])

    def both(self, words: Words) -> Markup:
        """The word and, small, the same in the other language."""
        return self.first(words) + Markup(" ") + self.second(words)

    def chinese(self, words: Words) -> str:
        return words["zh_Hant" if self.language == "zh_Hant" else "zh_Hans"]

    def _column(self, path: str) -> tuple[type, str]:
        part, _dot, name = path.partition(".")
        if part not in self.parts:
            raise FormError(f"{self.form.key}: nothing is known of {path}")
        return self.parts[part], name

    def label(self, path: str) -> Words:
        """The label of the column "customer.name", as it is everywhere."""
        return subjects.column_words(*self._column(path))

    def value(self, path: str, row: Mapping[str, Any] | None = None) -> Any:
        """The value of a column, from the facts or from a row of a list, as its kind is written."""
        part, _dot, name = path.partition(".")
        raw = (row if row is not None else self.facts[part]).get(name, "")
        if raw == SEALED:
            return self.first(sheet_words()["sealed"])
        if part not in self.parts or raw == "":
            return raw
        if isinstance(raw, str) and QUOTES & set(raw) and max(raw) < "\u2e80":
            return Markup('<span class="latin">{}</span>').format(raw)
        return self._written(*self._column(path), raw)

    def _written(self, model: type, name: str, raw: Any) -> Any:
        words = subjects.choice_words(model, name) if hasattr(model, name) else {}
        if raw in words:
            return self.both(words[raw])
        kind = subjects.column_kind(model, name)
        if kind == "money":
            return self.figures(raw)
        if kind == "area":
            return hundredths(raw)
        if isinstance(raw, bool):
            return self.first(sheet_words()["yes" if raw else "no"])
        return raw

    def capitals(self, cents: Any) -> str:
        """人民币…整, in the shapes of the sheet's script; "" for what is no amount."""
        if not isinstance(cents, int):
            return ""
        said = money.capitals(cents)
        return said.translate(money.TRADITIONAL) if self.language == "zh_Hant" else said

    def figures(self, cents: Any) -> Any:
        return money.figures(cents) if isinstance(cents, int) else cents

    def fit(self, text: Any, width: float, largest: float) -> str:
        """A font size in pt at which `text` fills at most `width` mm on one line; a 汉字 is as wide as high."""
        ems = sum(1.0 if ord(char) > 0x2E7F else 0.6 for char in str(text)) or 1.0
        return f"{min(largest, width / 0.3528 / ems):.1f}pt"

    def wide(self, width: str) -> Markup:
        """The attribute of a column so wide: a class where there is one, as a style of its own is slower."""
        whole = width.removesuffix("mm")
        known = whole.isdigit() and 8 <= int(whole) < 72
        return Markup(' class="w{}"').format(whole) if known else Markup(' style="width: {}"').format(width)


def watermark(text: str, language: str) -> Markup:
    """The reader's name across the page, as an @page background (CSS)."""
    family = ("Hudang Hei Hant, " if language == "zh_Hant" else "") + "Hudang Hei, Hudang Hei Rare, HanaMinA, HanaMinB"
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 270 182" width="270" height="182"><title>{1}</title>'
        '<text transform="translate(135,96) rotate(-24)" font-family="{0}"'
        ' font-size="15" fill="#7a1f1f" fill-opacity="0.13" text-anchor="middle">{1}</text></svg>'
    ).format(family, text)
    return Markup("url('data:image/svg+xml,{}')").format(Markup(quote(svg)))
