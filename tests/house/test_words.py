"""Both Chinese catalogues are complete, and no page shows a word of the code's own English."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from babel.messages.mofile import write_mo
from babel.support import Translations
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import get_domain
from lxml import html

from app.customers import rules as customers
from app.demo import makers
from app.estate.models import Place
from app.estate.rules import find_site
from app.kit import nav
from app.kit.columns import now
from app.kit.moves import walk
from app.kit.session import db
from app.lookups import rules as lookups
from app.printing import forms
from app.printing.models import PrintLine
from app.security import audit, roles
from tests.conftest import SITE
from tests.house import words
from tests.standing import Standing

pytestmark = pytest.mark.once

Login = Callable[..., FlaskClient]
CHINESE = ("zh_Hans", "zh_Hant")
FILLS_FORMS = ("supervisor", "archivist", "admin")
# Attributes that scripts and browsers read as addresses, keys or marks; every other data-* is taken for words.
MACHINE = {
    *("data-href", "data-reveal", "data-remote", "data-suggest", "data-job", "data-opens", "data-drawer", "data-state"),
    "data-rail",
    "data-known",
    "data-key",
}
SPOKEN = {"title", "aria-label", "placeholder", "alt", "label"}
UNREAD = {"script", "style"}
VOID = {"input", "img", "br", "hr", "link", "meta", "col"}
# What is the same in every language: names of formats, keys and languages, and what the makers typed.
SAME = {
    *(
        "English",
        "Ctrl",
        "Alt",
        "Enter",
        "Excel",
        "CSV",
        "PDF",
        "JPEG",
        "PNG",
        "SVG",
        "JSON",
        "SHA",
        "UTF",
        "xlsx",
        "csv",
    ),
    *("QR", "MB", "YAML", "API", "BagIt"),
    *roles.ROLES,
    *("stranger", "CS"),
}
# Templates of numbers, numbers of standards and records, codes of places, digests, addresses of mail.
CODE = re.compile(
    r"(?:\b[A-Z]{1,4}-)?\{\w+(?::\w+)?\}|\b(?:DA|GB)(?:/T)?\s?[\d.-]+|\b[A-Z]{1,4}(?:-[A-Z0-9]+)+\b|\b[0-9a-f]{32,}\b|\S+@\S+"
)
WORD = re.compile(r"[A-Za-z]{2,}")


class Said:
    """What a page says, and where it leads; what says itself that it is English or not to be translated is not read."""

    def __init__(self, page: str) -> None:
        self.words: list[str] = []
        self.links: list[str] = []
        self._read(html.document_fromstring(page))

    def _read(self, element: Any) -> None:
        said = element.attrib
        if (said.get("lang") == "en" or said.get("translate") == "no") and element.tag not in VOID:
            return
        for name, value in said.items():
            if value and (name in SPOKEN or (name.startswith("data-") and name not in MACHINE)):
                self.words.append(value)
        if element.tag == "a" and said.get("href"):
            self.links.append(said["href"])
        texts = [element.text]
        for child in element:
            if isinstance(child.tag, str):  # else a comment
                self._read(child)
            texts.append(child.tail)
        if element.tag not in UNREAD:
            self.words += [text.strip() for text in texts if text and text.strip()]

    def strays(self) -> set[str]:
        """What it says in latin letters though there is a Chinese word for it."""
        return {said for said in self.words if set(WORD.findall(CODE.sub("", said))) - SAME}


def strays(page: str) -> set[str]:
    return Said(page).strays()


@pytest.fixture(autouse=True)
def catalogues(app: Flask) -> Iterator[dict[str, Translations]]:
    """The catalogues as they are written, whether or not somebody compiled them; each test has its own."""
    cache, kept = get_domain().cache, dict(get_domain().cache)
    cache.clear()
    get_domain().latest = (None, None)
    nav.forget()
    made = {}
    for locale in CHINESE:
        compiled = io.BytesIO()
        write_mo(compiled, words.read(locale))
        compiled.seek(0)
        made[locale] = cache[locale, "messages"] = Translations(compiled)
    yield made
    cache.clear()
    cache.update(kept)
    nav.forget()


@pytest.fixture(scope="module")
def furnished(standing: Standing) -> None:
    """A little of everything, so that every kind of page has something to show."""
    standing(furnish)


def furnish() -> None:
    site = find_site(SITE)
    cast = {name: makers.user(name) for name in ("clerk", "archivist", "supervisor", "manager")}
    cast["clerk"].login_count = 1
    place = Place(site_id=site.id, kind="cabinet", code="C1", name="一号柜")
    unit = makers.make_unit(site=site)
    customer = makers.make_customer(site=site, name_en="", industry="科研")
    tenancy = makers.make_tenancy(unit, customer, nameboard="瑞恒", rent_cents=5_400_000)
    db.session.add(place)
    customers.set_contact(customer, "daily", "李四", "19900000001", by=cast["clerk"])
    customers.set_contact(customer, "daily", "王五", "19900000002", by=cast["clerk"])
    makers.make_deposit(tenancy, cents=100_00, received=50_00, by=cast["clerk"])
    makers.make_document(makers.make_file(unit, tenancy, by=cast["clerk"]))
    filed = makers.make_filed_file(makers.make_unit(site=site), by=cast["archivist"])
    for steps in ((), ("pass_on",), ("refuse",)):
        request = makers.make_request(filed, cast["clerk"])
        for step in steps:
            more = {"reason": "用途不符"} if step == "refuse" else {}
            walk(lookups.MOVES, request, step, by=cast["supervisor"], write=audit.write, **more)
    makers.make_handover(site, cast["archivist"], cast["supervisor"], cast["manager"])
    db.session.add(print_of(filed, cast["clerk"]))


def print_of(file: Any, by: Any) -> PrintLine:
    form = next(form for form in forms.all() if form.key == "file_cover")
    return PrintLine(
        serial="DY-2026-999999", site_id=file.site_id, form_key=form.key, form_digest="0" * 64, subject_type="file",
        subject_id=file.id, copy_no=1, copies=2, language="zh_Hans", times_printed=2, pdf_sha256="0" * 64,
        content_hash="0" * 64, printed_by_id=by.id, printed_at=now(),
    )  # fmt: skip


def shape(address: str) -> str:
    """One address stands for all that differ in keys and filters only."""
    return re.sub(r"\d+", "0", urlsplit(address).path)


def crawl(client: FlaskClient, starts: list[str]) -> dict[str, set[str]]:
    """address -> its strays, over one page of each kind that is reached by links."""
    waiting, seen, found = deque(starts), set(map(shape, starts)), {}
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.mimetype != "text/html" or answer.status_code in (301, 302):
            continue
        said = Said(answer.text)
        found[address] = said.strays()
        for link in said.links:
            if link.startswith("/") and "." not in shape(link) and shape(link) not in seen:
                seen.add(shape(link))
                waiting.append(link)
    return found


def all_strays(found: dict[str, set[str]]) -> dict[str, set[str]]:
    return {address: said for address, said in found.items() if said}


def test_every_word_is_translated() -> None:
    assert list(words.problems()) == []


def test_no_word_hides_in_an_f_string() -> None:
    assert list(words.hidden()) == []
    assert words._in_f_strings("""x = f"{_l('Made at')} {now()}"\n""") == [1]


@pytest.mark.parametrize("language", CHINESE)
@pytest.mark.parametrize("role", list(roles.ROLES))
@pytest.mark.usefixtures("furnished")
def test_every_page_and_every_refusal_of_a_form_speaks_chinese(login: Login, role: str, language: str) -> None:
    client = login(role, language)
    starts = ["/", "/no-such-page", "/audit/", "/password/", "/p/DY-2026-999999", "/search/?q=瑞恒"]
    found = crawl(client, starts)
    assert len(found) > (15 if role != "technician" else 8), sorted(found)
    assert all_strays(found) == {}
    if role in FILLS_FORMS:
        addresses = [each for each in found if "/add" in each or each.endswith(("/new", "/edit"))]
        assert len(addresses) > 3
        for address in addresses:
            refuse(client, address)


def refuse(client: FlaskClient, address: str) -> None:
    """A form filled with nothing, with what no column holds, and with too much is refused in Chinese."""
    fields = set(re.findall(r'name="(\w+)"', client.get(address).text)) - {"csrf_token", "language", "q"}
    for value in ("", "\x00", "乱" * 600):
        answer = client.post(address, data=dict.fromkeys(fields, value))
        assert answer.status_code in (409, 422), address
        assert strays(answer.text.replace(value or "\x00", "")) == set(), address


@pytest.mark.parametrize("language", CHINESE)
def test_pages_of_visitors_speak_chinese(client: FlaskClient, language: str) -> None:
    client.set_cookie("language", language)
    found = crawl(client, ["/", "/login", "/p/0"])
    assert len(found) > 2
    assert all_strays(found) == {}
    refused = client.post("/login", data={"username": "clerk", "password": "wrong"})
    assert refused.status_code == 401
    assert strays(refused.text) == set()


@pytest.mark.parametrize("language", CHINESE)
def test_bringing_in_speaks_chinese(login: Login, site: Any, language: str) -> None:
    clerk = login("clerk", language)
    sheet = "单元,客户,起租日,身份证号\n0501,瑞恒科技有限公司,昨天,123\n0502,空置,,\n".encode()
    columns = clerk.post("/import/upload", data={"site": site.id, "file": (io.BytesIO(sheet), "名单.csv")})
    preview = clerk.post(columns.location, data={})
    pages = [clerk.get(columns.location).text.replace("名单.csv", ""), clerk.get(preview.location).text]
    assert "0501" in pages[1]
    done = clerk.post(preview.location + "/apply", data={"how": "good"})
    pages += [clerk.get(done.location).text, clerk.get(preview.location + "/result").text]
    assert [strays(page) for page in pages] == [set()] * 4


@pytest.mark.usefixtures("furnished")
def test_a_word_whose_translation_is_gone_is_found(login: Login, catalogues: dict[str, Translations]) -> None:
    assert strays(login("clerk", "zh_Hans").get("/files/").text) == set()
    for taken in ("File number", "Nothing found"):
        del catalogues["zh_Hans"]._catalog[taken]
    assert "File number" in strays(login("clerk", "zh_Hans").get("/files/").text)
    assert "Nothing found" in strays(login("clerk", "zh_Hans").get("/").text)


def test_words_in_attributes_are_found_and_keys_are_not() -> None:
    page = (
        '<b lang="en" title="Said so">English</b><p lang="zh" data-href="/files/1" data-none="Nothing" title="Close">'
    )
    page += "CY-2026-0001 已归档 <i>Add</i> PDF</p>"
    assert strays(page) == {"Nothing", "Close", "Add"}
