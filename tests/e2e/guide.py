"""The user guide: a page for each plan in three languages, with pictures taken of the made-up estate.

`make guide` takes the pictures and writes the pages; `docs/guide/guide.yaml` says what each page tells and shows.
The pages alone are written by `python -m tests.e2e.guide --pages`, and checked by tests/house/test_guide.py. Some
pictures are taken anew by `--only market_customers mining_sales-2`: a chapter's, or one of them.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
LANGUAGES = {"zh_Hans": "zh-CN", "zh_Hant": "zh-TW", "en": "en-GB"}
HEADS = {"zh_Hans": "使用指南", "zh_Hant": "使用指南", "en": "User guide"}
WHAT = {"zh_Hans": "方案要求", "zh_Hant": "方案要求", "en": "What the plan asks"}
HOW = {"zh_Hans": "怎么做", "zh_Hant": "怎麼做", "en": "How it is done"}
SCHEME = {"zh_Hans": "档案方案", "zh_Hant": "檔案方案", "en": "Scheme"}
WIDTH, HEIGHT, COLOURS = 1280, 860, 64


def chapters() -> list[dict[str, Any]]:
    """What `guide.yaml` says, a chapter a plan."""
    found: list[dict[str, Any]] = yaml.safe_load((GUIDE / "guide.yaml").read_text(encoding="utf-8"))
    return found


def title_of(chapter: dict[str, Any], language: str) -> str:
    """The scheme's own name."""
    path = ROOT / "app" / "archive" / "schemes" / f"{chapter['scheme']}.yaml"
    return str(yaml.safe_load(path.read_text(encoding="utf-8"))["name"][language])


def picture_of(chapter: dict[str, Any], place: int, language: str) -> Path:
    return GUIDE / "pictures" / language / f"{chapter['scheme']}-{place}.png"


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with its text: an index and a page a chapter, in each language."""
    told = chapters()
    for language in LANGUAGES:
        folder = GUIDE / language
        links = [f"{number}. [{title_of(one, language)}]({one['scheme']}.md)" for number, one in enumerate(told, 1)]
        yield folder / "README.md", "\n".join([f"# {HEADS[language]}", "", *links]) + "\n"
        for chapter in told:
            yield folder / f"{chapter['scheme']}.md", page(chapter, language)


def page(chapter: dict[str, Any], language: str) -> str:
    """One plan's page."""
    lines = [f"# {title_of(chapter, language)}", "", f"## {WHAT[language]}", "", chapter["asks"][language].strip(), ""]
    lines += [f"## {HOW[language]}", ""]
    for place, step in enumerate(chapter["steps"], 1):
        lines += [f"{place}. {step['say'][language].strip()}", ""]
        if "at" in step:
            path = picture_of(chapter, place, language).relative_to(GUIDE)
            lines += [f"   ![{step['say'][language].strip()[:40]}](../{path})", ""]
    lines += [f"{SCHEME[language]}: `{chapter['scheme']}`"]
    return "\n".join(lines) + "\n"


def wanted(only: Iterable[str], language: str) -> Iterator[tuple[dict[str, Any], Path]]:
    """(step, picture) of every step that shows something; of the chapters or pictures named, where some are."""
    names = set(only)
    for chapter in chapters():
        for place, step in enumerate(chapter["steps"], 1):
            path = picture_of(chapter, place, language)
            if "at" in step and (not names or names & {chapter["scheme"], path.stem}):
                yield step, path


def take_pictures(only: Iterable[str] = ()) -> None:
    """Start the made-up estate, log in as each step says, and keep what is to be seen."""
    from playwright.sync_api import sync_playwright

    from tests.e2e import chromium
    from tests.e2e.conftest import PASSWORD, serving

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.command(), args=["--no-sandbox", "--disable-gpu"])
        with serving(Path(folder), patience=1800, DEMO_DAYS="120") as server:
            for language, locale in LANGUAGES.items():
                windows: dict[str, Any] = {}
                for step, path in wanted(only, language):
                    who = step.get("who", "clerk")
                    if who not in windows:
                        windows[who] = log_in(browser, server.url, who, locale, PASSWORD)
                    photograph(windows[who], step, path)
        browser.close()


def log_in(browser: Any, url: str, who: str, locale: str, password: str) -> Any:
    """A window of that person in that language."""
    window = browser.new_context(locale=locale, base_url=url, viewport={"width": WIDTH, "height": HEIGHT}).new_page()
    window.goto("/login")
    window.fill("[name=username]", who)
    window.fill("[name=password]", password)
    window.keyboard.press("Enter")
    window.wait_for_selector("nav#rail", state="attached")
    return window


def photograph(window: Any, step: dict[str, Any], path: Path) -> None:
    """The page at `at`; `open: true` goes on to the first record of that list."""
    from PIL import Image

    answer = window.goto(step["at"])
    assert answer is not None and answer.status < 400, f"{step['at']}: {answer and answer.status}"
    if step.get("open"):
        window.goto(window.locator("main a.row-link").first.get_attribute("href"))
    if "tab" in step:
        window.goto(window.url + step["tab"])
    window.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(window.screenshot()))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    if "--pages" not in sys.argv:
        take_pictures(sys.argv[sys.argv.index("--only") + 1 :] if "--only" in sys.argv else ())
    for path, text in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
