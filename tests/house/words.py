"""The catalogues: collect every word people see, and say which are not translated.

`python -m tests.house.words` checks; `--update` brings new words into `translations/`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ("zh_Hans", "zh_Hant", "en")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2)}
HEADER = "# The words of Hudang, collected by tests.house.words; terms as in docs/GLOSSARY.md."
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def words() -> Catalog:
    """Every marked word of the code and the templates, with the place it stands in."""
    catalog = Catalog(project="hudang")
    found = extract_from_dir(ROOT / "app", METHODS, OPTIONS, KEYWORDS)
    for name, line, message, _comments, _context in sorted(found, key=lambda each: (each[0], each[1])):
        if message and message != ("", ""):
            catalog.add(message, locations=[(f"app/{name}", line)])
    return catalog


def path_of(locale: str) -> Path:
    return ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    """The catalogue as it stands; an empty one when there is none."""
    if not path_of(locale).exists():
        return Catalog(locale=locale, project="hudang")
    with path_of(locale).open("rb") as source:
        return read_po(source, locale=locale)


def update() -> None:
    """Bring new words in, take dead ones out; English says what the code says."""
    for locale in LOCALES:
        catalog = read(locale)
        catalog.update(words(), no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        catalog.fuzzy = False  # of a fuzzy catalogue nothing is compiled
        catalog.header_comment = HEADER
        catalog.last_translator = catalog.copyright_holder = catalog.language_team = "Hudang"
        catalog.msgid_bugs_address, catalog.version = "", "1"
        if locale == "en":
            for message in catalog:
                if message.id:
                    message.string = message.id if isinstance(message.id, tuple) else str(message.id)
        path_of(locale).parent.mkdir(parents=True, exist_ok=True)
        with path_of(locale).open("wb") as out:
            write_po(out, catalog, width=120, sort_output=True, no_location=True, omit_header=False)


def problems() -> Iterator[str]:
    """What is wrong with the catalogues, in words."""
    wanted = words()
    for locale in LOCALES:
        catalog = read(locale)
        for message in wanted:
            if not message.id:
                continue
            there = catalog.get(message.id)
            if there is None:
                yield f"{locale}: missing: {message.id!r}"
            elif not all(_said(there)):
                yield f"{locale}: not translated: {message.id!r}"
            elif there.fuzzy:
                yield f"{locale}: fuzzy: {message.id!r}"
            elif not _same_places(there):
                yield f"{locale}: other placeholders: {message.id!r}"


def hidden() -> Iterator[str]:
    """Words inside f-strings: whether they are collected depends on the Python that collects them."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "{_" in source:
            yield from (f"{path.relative_to(ROOT)}:{line}: a word in an f-string" for line in _in_f_strings(source))


def _in_f_strings(source: str) -> list[int]:
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    inside = (node for string in strings for node in ast.walk(string))
    return [node.lineno for node in inside if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS]


def _said(message: Message) -> tuple[str, ...]:
    said = message.string
    return tuple(said) if isinstance(said, list | tuple) else (said,)


def _same_places(message: Message) -> bool:
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    wanted = set(PLACEHOLDER.findall(ids[-1]))
    return all(set(PLACEHOLDER.findall(said)) == wanted for said in _said(message))


def main() -> int:
    if "--update" in sys.argv:
        update()
    found = [*problems(), *hidden()]
    for line in found:
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{len(found)} problems in {len(list(words())) - 1} words\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
