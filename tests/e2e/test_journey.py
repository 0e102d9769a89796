"""The main job, end to end, as a newcomer walks it: roster in, file found and completed, look-up, hand-over, paper."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.acts import LOCALES, Desk, path_of, pdf, pick, press
from tests.e2e.conftest import SHARED_ROSTER, Server

pytestmark = [pytest.mark.live, pytest.mark.once]
SITES = {"zh-CN": "云锦中心", "en-GB": "Harbour Court"}


@pytest.fixture(scope="module")
def planned(server: Server, roster: Path) -> dict[str, int]:
    """What the command says it would bring in of the roster."""
    told: dict[str, int] = json.loads(
        server.flask("import", "roster", str(roster), "--site", "dry", "--dry-run", "--json")
    )
    assert roster != SHARED_ROSTER or (told["new"], told["vacant"], told["wrong"]) == (252, 36, 0)
    return told


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LOCALES)
def test_a_newcomer_walks_the_main_job(
    enter: Callable[..., Page], roster: Path, planned: dict[str, int], tmp_path: Path, language: str
) -> None:
    desk = Desk(enter, language, site=SITES[language])
    make_the_site(desk)
    clerk = desk("clerk")
    bring_in(desk, clerk, roster, {"new": planned["new"], "vacant": planned["vacant"]})
    bring_in(desk, clerk, roster, {"unchanged": planned["new"], "vacant": planned["vacant"]})
    desk.unit = let_unit(roster)
    file_url = find(desk, clerk)
    complete(desk, clerk, file_url, tmp_path)
    seal(desk, file_url)
    read_under_a_grant(desk, clerk, file_url)
    papers(desk, clerk, file_url)
    hand_over(desk, file_url)


def make_the_site(desk: Desk) -> None:
    """The admin makes the site and says who works there, unless it is there."""
    admin = desk("admin")
    admin.goto("/sites/")
    if admin.get_by_role("link", name=desk.site).count():
        return
    admin.goto("/sites/add")
    admin.fill("[name=name]", desk.site)
    admin.keyboard.press("Control+Enter")
    expect(admin.locator("h1")).to_contain_text(desk.site)
    for person in ("林小满", "周敏", "赵立群", "郑国栋", "何静"):
        admin.goto("/site-users/add")
        pick(admin, "site", desk.site)
        pick(admin, "user", person)
        admin.keyboard.press("Control+Enter")
        admin.wait_for_url(re.compile(r"/site-users/\d+$"))


def bring_in(desk: Desk, page: Page, roster: Path, wanted: dict[str, int]) -> None:
    page.goto("/import/")
    page.select_option("#site", label=desk.site)
    page.set_input_files("#file", roster)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main select").first).to_be_visible()
    page.locator("main form button[type=submit]").first.click()
    expect_counts(desk, page, wanted)
    page.locator("form[action$='/apply'] button[type=submit]").click()
    page.wait_for_url(re.compile("/result"), timeout=90_000)
    expect_counts(desk, page, wanted)


def expect_counts(desk: Desk, page: Page, wanted: dict[str, int]) -> None:
    counts = page.locator("dl.counts")
    expect(counts).to_be_visible(timeout=60_000)
    shown = counts.inner_text()
    for state, number in wanted.items():
        word = desk.say(state.capitalize())
        assert re.search(rf"{word}\s+{number}\b", shown), shown


def let_unit(roster: Path) -> str:
    """The first unit of the roster that names a tenant."""
    rows = list(openpyxl.load_workbook(roster).worksheets[0].iter_rows(values_only=True))
    heads = next(row for row in rows if row and "单元号" in row)
    unit, tenant = heads.index("单元号"), heads.index("租户名称")
    return next(
        str(row[unit]) for row in rows if isinstance(row[unit], str) and str(row[tenant] or "").endswith("公司")
    )


def find(desk: Desk, page: Page) -> str:
    """`/`, a unit, Enter: the unit's file is one of the hits, and its customer's name finds it too."""
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type(desk.unit.lstrip("0"))
    page.keyboard.press("Enter")
    page.locator("main a", has_text=desk.unit).first.wait_for()
    hit = page.locator("main li, main tr, main article").filter(has_text=desk.site).filter(has_text=desk.unit).first
    hit.locator("a").first.click()
    page.wait_for_url(re.compile(r"/files/\d+$"))
    expect(page.locator("h1")).to_contain_text(desk.unit)
    return path_of(page)


def complete(desk: Desk, page: Page, file_url: str, folder: Path) -> None:
    """Add the licence with its validity, and a scan of it."""
    page.goto(file_url)
    page.locator("a[href*='/papers/add'][href*='paper_class=licence']").first.click()
    page.fill("[name=issued_on]", "2025-01-10")
    page.fill("[name=valid_until]", "2030-01-09")
    page.check("[name=ink_is_good]")
    page.check("[name=is_complete]")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/files/\d+$"))
    expect(page.locator("main")).to_contain_text("2030-01-09")
    picture = folder / "营业执照.png"
    Image.new("RGB", (640, 420), "white").save(picture)
    page.locator("input[type=file][name=scan]").first.set_input_files(picture)
    expect(page.locator("main")).to_contain_text("营业执照.png")


def seal(desk: Desk, file_url: str) -> None:
    archivist = desk("archivist")
    archivist.goto(file_url)
    press(archivist, "file")
    expect(archivist.locator("main")).to_contain_text(desk.say("Filed"))


def read_under_a_grant(desk: Desk, clerk: Page, file_url: str) -> None:
    """Sealed, asked for, passed on, approved on a telephone, read with the reader's name across the page."""
    clerk.goto(file_url)
    assert clerk.locator(".sealed").count() > 0
    assert clerk.locator("svg.watermark").count() == 0
    clerk.locator("a[href*='/lookups/add']").first.click()
    clerk.fill("[name=purpose]", "核对租赁押金")
    clerk.fill("[name=hours]", "4")
    clerk.select_option("[name=mode]", "copy")  # to be printed below
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_url(re.compile(r"/lookups/\d+$"))
    request_url = path_of(clerk)
    supervisor = desk("supervisor")
    supervisor.goto(request_url)
    press(supervisor, "pass_on")
    manager = desk("manager", viewport={"width": 390, "height": 844})
    manager.goto(request_url)
    press(manager, "approve")
    director = desk("director")
    director.goto(request_url)
    press(director, "approve_high")
    manager.goto(request_url)
    expect(manager.locator("main")).to_contain_text(desk.say("Approved"))
    clerk.goto(file_url)
    assert clerk.locator("svg.watermark").count() == 1
    assert clerk.locator("main .sealed").count() == 0


def papers(desk: Desk, clerk: Page, file_url: str) -> None:
    """The file's forms are made from its page and say unit and form in Chinese and English."""
    clerk.goto(file_url)
    pk = file_url.rsplit("/", 1)[1]
    offered = {form.get_attribute("action") for form in clerk.locator("form[action*='/print/']").all()}
    titles = {
        "customer_registration": "Registration",
        "file_cover": "File",
        "file_label": desk.unit,
        "file_contents": "Contents",
    }
    for key, words in titles.items():
        assert any(url and f"/print/{key}/{pk}" in url for url in offered), (key, offered)
        said = pdf(clerk, f"/print/{key}/{pk}")
        assert desk.unit in said
        assert words.lower() in said.lower(), said


def hand_over(desk: Desk, file_url: str) -> None:
    """Drawn up by the archivist, signed by three, printed in two copies, then locked."""
    archivist, supervisor, manager = desk("archivist"), desk("supervisor"), desk("manager")
    archivist.goto("/handovers/add")
    pick(archivist, "site", desk.site)
    archivist.fill("[name=reason]", "岗位调整")
    for field, person in (("giver", "何静"), ("receiver", "周敏"), ("supervisor", "赵立群")):
        pick(archivist, field, person)
    archivist.keyboard.press("Control+Enter")
    archivist.wait_for_url(re.compile(r"/handovers/\d+$"))
    url = path_of(archivist)
    archivist.locator("a[href*='/handover-lines/add']").first.click()
    pick(archivist, "file", f"{desk.unit}-01 {desk.site}")
    archivist.keyboard.press("Control+Enter")
    archivist.wait_for_url(re.compile(r"/handovers/\d+$"))
    press(archivist, "close_list")
    supervisor.goto(url)
    press(supervisor, "all_present")
    press(supervisor, "checked")
    for page in (archivist, supervisor, manager):
        page.goto(url)
        press(page, "sign")
    expect(manager.locator("main")).to_contain_text(desk.say("Signed and locked"))
    said = pdf(archivist, f"/print/handover_receipt/{url.rsplit('/', 1)[1]}")
    for words in ("移交清单", "何静", "周敏", "赵立群", desk.unit):
        assert words in said, said
    assert "1/2" in said and "2/2" in said, said
    archivist.goto(url)
    assert archivist.locator("a[href*='/handover-lines/add'], form[action*='/move/']").count() == 0
