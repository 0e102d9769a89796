"""Custody in a browser: asked for, refused, asked again, approved by two, read, expired; borrowed, overdue, returned;
a clerk who leaves with full hands; a file destroyed by the book; and the auditor finds each step in the chain."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acts import Desk, fill, follow, path_of, pdf, press
from tests.e2e.conftest import Server, copy_of, serving, windows

pytestmark = [pytest.mark.live, pytest.mark.once]
NEWCOMER, THEIR_NAME, THEIR_PASSWORD = "xiaoyu", "俞晓", "Leaving-Soon-2026!"
HOUR, DAY, YEAR = 3600, 86_400, 366 * 86_400


class Later:
    """The console's clock."""

    def __init__(self, file: Path) -> None:
        self.file, self.seconds = file, 0

    def go_on(self, seconds: int) -> None:
        self.seconds += seconds
        self.file.write_text(str(self.seconds))

    def today(self) -> dt.date:
        return (dt.datetime.now(dt.timezone(dt.timedelta(hours=8))) + dt.timedelta(seconds=self.seconds)).date()


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Later:
    return Later(tmp_path_factory.mktemp("clock") / "ahead")


@pytest.fixture(scope="module")
def clocked(tower: Path, tmp_path_factory: pytest.TempPathFactory, later: Later) -> Iterator[Server]:
    """The console with the made-up tower and a clock that can be moved."""
    folder = copy_of(tower, tmp_path_factory.mktemp("clocked"))
    with serving(folder, program=("-m", "tests.e2e.clocked"), CLOCK_FILE=str(later.file)) as running:
        yield running
        running.kill()


@pytest.fixture
def come_in(request: pytest.FixtureRequest, clocked: Server, browser: Browser) -> Iterator[Callable[..., Page]]:
    with windows(request, clocked, browser) as open_window:
        yield open_window


@pytest.mark.timeout(600)
def test_custody_by_the_book(clocked: Server, come_in: Callable[..., Page], later: Later) -> None:
    desk = Desk(come_in, "en-GB")
    file_url = sealed_file(desk)
    read_under_a_grant(desk, file_url, later)
    borrow(desk, file_url, later)
    leave(desk, come_in)
    gone_url = destroy(desk, later)
    find_every_step(desk, clocked, file_url, gone_url)


def key_of(url: str) -> str:
    found = re.search(r"/(\d+)$", url)
    assert found, url
    return found[1]


def sealed_file(desk: Desk) -> str:
    """A tenant's filed file nobody has asked for."""
    archivist = desk("archivist")
    archivist.goto("/files/?state=filed")
    archivist.locator("main tbody tr").nth(8).locator("a").first.click()
    archivist.wait_for_url(re.compile(r"/files/\d+$"))
    return path_of(archivist)


def ask(page: Page, file_url: str, purpose: str) -> str:
    page.goto(file_url)
    page.locator("a[href*='/lookups/add']").first.click()
    page.fill("[name=purpose]", purpose)
    page.fill("[name=hours]", "8")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/lookups/\d+$"))
    return path_of(page)


def read_under_a_grant(desk: Desk, file_url: str, later: Later) -> None:
    """Refused with a reason; asked again and approved by two; read; over after its hours."""
    clerk, supervisor, manager = desk("clerk"), desk("supervisor"), desk("manager")
    clerk.goto(file_url)
    assert clerk.locator(".sealed").count() > 0
    first = ask(clerk, file_url, "随便看看")
    supervisor.goto(first)
    press(supervisor, "refuse", reason="用途不清")
    clerk.goto(first)
    expect(clerk.locator("main")).to_contain_text("用途不清")
    again = ask(clerk, file_url, "核对租赁合同中的押金条款")
    for page, move in ((supervisor, "pass_on"), (manager, "approve")):
        page.goto(again)
        press(page, move)
    clerk.goto(file_url)
    assert clerk.locator("svg.watermark").count() == 1
    sealed = [line.inner_text() for line in clerk.locator("main .sealed").all()]
    assert len(sealed) == 1, sealed  # the identity card's copy has a rule of its own
    later.go_on(9 * HOUR)
    clerk = desk("clerk")
    clerk.goto(file_url)
    assert clerk.locator(".sealed").count() > 0


def borrow(desk: Desk, file_url: str, later: Later) -> None:
    """Agreed to by two, handed out on a slip that both sign; overdue, and no further loan; counted back into place."""
    clerk, supervisor, manager, archivist = (desk(name) for name in ("clerk", "supervisor", "manager", "archivist"))
    key = key_of(file_url)
    bring_back(archivist, "林小满")
    loan_url = fill(clerk, f"/loans/add?file={key}", purpose="带往工程部核对图纸", days="2")
    for page, move in ((supervisor, "pass_on"), (manager, "approve")):
        page.goto(loan_url)
        press(page, move)
    archivist.goto(loan_url)
    press(archivist, "hand_out", is_signed_on_paper="on")
    slip = pdf(archivist, f"/print/loan_slip/{key_of(loan_url)}")
    assert slip.count("出借单") >= 2 and "带往工程部核对图纸" in slip
    archivist.goto(file_url)
    expect(archivist.locator("main")).to_contain_text("林小满")
    later.go_on(4 * DAY)
    archivist = desk("archivist")
    archivist.goto("/")
    expect(archivist.locator("main a[href*='/loans/']").first).to_be_visible()
    clerk = desk("clerk")
    clerk.goto(f"/loans/add?file={key_of(other_file(clerk, key))}")
    clerk.fill("[name=purpose]", "再借一份")
    clerk.keyboard.press("Control+Enter")
    number = archivist_reads_number(archivist, loan_url)
    expect(clerk.locator("main")).to_contain_text(number)
    press(archivist, "take_back", pages=pages_lent(archivist), result="核对完毕", is_checked="on")
    expect(archivist.locator("main")).to_contain_text(desk.say("Returned"))


def bring_back(archivist: Page, borrower: str) -> None:
    """What this person borrowed before is counted back: it would be overdue."""
    archivist.goto("/loans/?state=out")
    rows = archivist.locator("main tbody tr").filter(has_text=borrower)
    for url in [row.locator("a").first.get_attribute("href") or "" for row in rows.all()]:
        archivist.goto(url)
        press(archivist, "take_back", pages=pages_lent(archivist), result="核对完毕", is_checked="on")


def other_file(page: Page, key: str) -> str:
    page.goto("/files/?state=filed")
    hrefs = [link.get_attribute("href") or "" for link in page.locator("main tbody a[href*='/files/']").all()]
    return next(each for each in hrefs if re.search(r"/files/\d+$", each) and not each.endswith(f"/{key}"))


def archivist_reads_number(page: Page, url: str) -> str:
    page.goto(url)
    found = re.search(r"CJ-\d{4}-\d+", page.locator("main").inner_text())
    assert found
    return found[0]


def pages_lent(page: Page) -> str:
    """The pages of the only line of the loan that is open."""
    table = page.locator("main table").filter(has_text="Pages lent").first
    heads = [head.inner_text().strip() for head in table.locator("thead th").all()]
    return table.locator("tbody tr").first.locator("td, th").nth(heads.index("Pages lent")).inner_text().strip()


def leave(desk: Desk, come_in: Callable[..., Page]) -> None:
    """A clerk with two files in hand is stopped; the files are handed over, checked and signed for; then it is over."""
    admin = desk("admin")
    newcomer = open_account(admin, come_in)
    two_files(newcomer)
    admin.goto("/users/?username=" + NEWCOMER)
    admin.locator("main tbody a").first.click()
    admin.wait_for_url(re.compile(r"/users/\d+$"))
    user_key = key_of(path_of(admin))
    clearance = fill(
        admin,
        f"/clearances/add?user={user_key}",
        site="和悦大厦",
        reason="合同到期离职",
        receiver="何静",
        supervisor="周敏",
        last_day_on=dt.date(2030, 1, 1).isoformat(),
    )
    admin.goto(clearance)
    press(admin, "close")
    expect(admin.locator("main")).to_contain_text(desk.say("File"))
    newcomer.goto("/")
    assert newcomer.locator("nav#rail").count() == 1  # the account stays open while two files are in hand
    admin.goto(clearance)
    press(admin, "hand_over")
    newcomer.goto("/handovers/")
    follow(newcomer, newcomer.locator("main tbody a[href*='/handovers/']").first)
    handover = path_of(newcomer)
    sign_by_three(desk, newcomer, handover)
    admin.goto(clearance)
    press(admin, "close")
    newcomer.goto("/files/")
    assert "/login" in newcomer.url


def open_account(admin: Page, come_in: Callable[..., Page]) -> Page:
    """A new clerk, who changes the one-time password and works at the tower."""
    admin.goto("/users/new")
    admin.fill("[name=username]", NEWCOMER)
    admin.fill("[name=full_name]", THEIR_NAME)
    admin.select_option("[name=role]", "clerk")
    admin.keyboard.press("Control+Enter")
    admin.wait_for_url(re.compile(r"/users/\d+"))
    said = admin.locator("[data-flashes]").inner_text()
    once = re.findall(r"\w{4}-\w{4}-\w{4}", said)[0]
    fill(admin, "/site-users/add", site="和悦大厦", user=THEIR_NAME)
    page = come_in(NEWCOMER, "en-GB", password=once)
    page.goto("/password/")
    page.fill("[name=current]", once)
    page.fill("[name=password]", THEIR_PASSWORD)
    page.fill("[name=repeat]", THEIR_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))
    return page


def two_files(page: Page) -> list[str]:
    """The newcomer opens the files of two units that have none: they keep them."""
    page.goto("/units/?order=number")
    made: list[str] = []
    keys = [
        key_of(href)
        for link in page.locator("main tbody a").all()
        if re.search(r"/units/\d+$", href := link.get_attribute("href") or "")
    ]
    for key in keys:
        page.goto(f"/files/add?unit={key}")
        follow(page, page.locator("form[data-form] button[type=submit]"))
        if re.search(r"/files/\d+$", page.url):
            made.append(path_of(page))
        if len(made) == 2:
            return made
    raise AssertionError("no two units without a file")


def sign_by_three(desk: Desk, giver: Page, handover: str) -> None:
    archivist, supervisor = desk("archivist"), desk("supervisor")
    supervisor.goto(handover)
    press(supervisor, "close_list")
    archivist.goto(handover)
    press(archivist, "all_present")
    press(archivist, "checked")
    for page in (giver, archivist, supervisor):
        page.goto(handover)
        press(page, "sign")
    expect(supervisor.locator("main")).to_contain_text(desk.say("Signed and locked"))
    receipt = pdf(supervisor, f"/print/handover_receipt/{key_of(handover)}")
    digests = re.findall(r"[0-9a-f]{64}", receipt)
    assert len(digests) >= 2 and len(set(digests)) == 1, digests


def destroy(desk: Desk, later: Later) -> str:
    """Eleven years after a tenant moved out: appraised by two, agreed to, destroyed before two witnesses."""
    later.go_on(11 * YEAR)
    archivist = desk("archivist")
    archivist.goto("/files/?state=closed")
    archivist.locator("main tbody a[href*='/files/']").first.click()
    archivist.wait_for_url(re.compile(r"/files/\d+$"))
    gone = path_of(archivist)
    appraisal = appraise(desk, archivist, key_of(gone))
    destruction = fill(
        archivist,
        f"/destructions/add?appraisal={key_of(appraisal)}",
        method="shredded",
        venue="一楼碎纸间",
        carrier="何静",
        first_witness="林小满",
        second_witness="周敏",
    )
    walk(archivist, destruction, "submit")
    walk(desk("director"), destruction, "approve_high")
    walk(desk("clerk"), destruction, "witness")
    walk(desk("supervisor"), destruction, "witness_too")
    walk(archivist, destruction, "carry_out")
    walk(archivist, destruction, "check")
    register = pdf(archivist, f"/print/destruction_register/{key_of(destruction)}")
    assert register.count("销毁清册") >= 2 and "林小满" in register and "周敏" in register
    archivist.goto(gone)
    expect(archivist.locator("main")).to_contain_text(desk.say("Destroyed"))
    return gone


def appraise(desk: Desk, archivist: Page, file_key: str) -> str:
    """A list of one file, judged and signed by two, agreed to by the manager and the director."""
    appraisal = fill(archivist, "/appraisals/add", site="和悦大厦", opinion="保管期满，无继续保存价值")
    key, supervisor = key_of(appraisal), desk("supervisor")
    for person in ("何静", "周敏"):
        fill(archivist, f"/appraisal-members/add?appraisal={key}", user=person)
    fill(archivist, f"/appraisal-items/add?appraisal={key}&file={file_key}", appraisal="")
    walk(archivist, appraisal, "judge_rest", reason="保管期满")
    walk(archivist, appraisal, "close_list")
    walk(archivist, appraisal, "sign")
    walk(supervisor, appraisal, "sign")
    walk(desk("manager"), appraisal, "approve")
    walk(desk("director"), appraisal, "approve_high")
    return appraisal


def walk(page: Page, url: str, move: str, **answers: str) -> None:
    page.goto(url)
    press(page, move, **answers)


STEPS = (
    ("ask", "LookupRequest", "clerk"), ("refuse", "LookupRequest", "supervisor"),
    ("pass_on", "LookupRequest", "supervisor"), ("approve", "LookupRequest", "manager"), ("open", "File", "clerk"),
    ("ask", "Loan", "clerk"), ("approve", "Loan", "manager"), ("hand_out", "Loan", "archivist"),
    ("take_back", "Loan", "archivist"), ("ask", "Clearance", "admin"), ("sign", "Handover", NEWCOMER),
    ("sign", "Handover", "archivist"), ("sign", "Handover", "supervisor"), ("deactivate", "User", "admin"),
    ("sign", "Appraisal", "archivist"), ("approve_high", "Appraisal", "director"),
    ("approve_high", "Destruction", "director"), ("witness", "Destruction", "clerk"),
    ("witness_too", "Destruction", "supervisor"), ("destroy", "File", "archivist"),
)  # fmt: skip


def find_every_step(desk: Desk, clocked: Server, file_url: str, gone_url: str) -> None:
    """The auditor finds each step by what, on what and who; the chain is whole; who saw the file is one click away."""
    auditor = desk("auditor")
    for action, subject, who in STEPS:
        auditor.goto(f"/audit/?action={action}&subject_type={subject}&username={who}")
        assert auditor.locator("main tbody tr").count() > 0, (action, subject, who)
    auditor.goto(f"/audit/?action=destroy&subject_type=File&subject_id={key_of(gone_url)}")
    assert auditor.locator("main tbody tr").count() == 1
    auditor.goto(file_url)
    auditor.locator("a", has_text=desk.say("Who saw this file")).first.click()
    expect(auditor.locator("main tbody").first).to_contain_text("clerk")
    assert "whole" in clocked.flask("audit", "verify")
