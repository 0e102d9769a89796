"""Forms as files: each renders in three languages, says what it should, and adding one touches nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.kit.language import CODES
from app.printing import engine, forms, sheet, subjects
from app.printing.forms import Form, FormError

pytestmark = pytest.mark.once

KEYS = sorted(path.stem for path in subjects.APP.glob("*/prints/*.yaml"))


def one_copy(form: Form, number: int = 1, **more: Any) -> sheet.Face:
    said = {
        "serial": f"DY-2026-00000{number}",
        "copy_no": number,
        "copies": form.copy_count,
        "copy_label": form.copies[number - 1] if form.copies else None,
        "address": f"http://127.0.0.1:8080/p/DY-2026-00000{number}",
        "printed_by": "逄翀犇",
        "printed_at": "2026-03-31 16:22",
        "content_hash": "0123456789abcdef" * 4,
    }
    return sheet.Face(**{**said, **more})


def sample_pdf(form: Form, language: str, **more: Any) -> bytes:
    faces = [one_copy(form, number, **more) for number in range(1, form.copy_count + 1)]
    return engine.make_pdf([sheet.draw(form, dict(form.sample), face, language) for face in faces])


def test_the_forms_of_the_desk_are_found() -> None:
    assert sorted(form.key for form in forms.all()) == KEYS
    assert {"customer_registration", "file_contents", "file_cover", "file_label", "lookup_request"} < set(KEYS)
    assert len({form.code for form in forms.all()}) == len(KEYS)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("key", KEYS)
def test_every_form_renders_its_sample_and_an_a4_says_everything_in_two_languages(
    key: str, language: str, text_of: Callable[[bytes], str]
) -> None:
    form = forms.by_key(key)
    assert form is not None
    text, chinese = text_of(sample_pdf(form, language)), "zh_Hant" if language == "zh_Hant" else "zh_Hans"
    assert "补打" not in text and "Reprint" not in text
    if form.paper.startswith("A4"):
        for words in (form.titles, sheet.sheet_words()["printed_by"], sheet.sheet_words()["content"]):
            assert "".join(words[chinese].split()) in text and "".join(words["en"].split()) in text
        assert "".join(form.titles[language].split()) in text
        assert form.code in text and "0123456789abcdef" * 2 in text
    assert text.count("DY-2026-000001") >= 1
    assert any(said in text for said in ("瑞恒𬱖科技有限公司", "2806", "28F"))


def test_money_stands_in_figures_and_in_capitals(text_of: Callable[[bytes], str]) -> None:
    form = forms.by_key("customer_registration")
    assert form is not None
    text = text_of(sample_pdf(form, "zh_Hans"))
    assert "¥162,500.50" in text and "人民币壹拾陆万贰仟伍佰元零伍角整" in text
    assert "人民幣壹拾陸萬貳仟伍佰元零伍角整" in text_of(sample_pdf(form, "zh_Hant"))


def test_both_copies_carry_their_label_and_the_same_content(text_of: Callable[[bytes], str]) -> None:
    form = forms.by_key("handover_receipt")
    assert form is not None and form.copy_count == 2
    text = text_of(sample_pdf(form, "zh_Hans"))
    assert "第一联移交方留存" in text and "第二联接收方留存" in text
    assert "1/2" in text and "2/2" in text
    assert text.count("0123456789abcdef" * 2) == 2 and text.count("盖章处") == 4


@pytest.mark.parametrize("key", KEYS)
def test_a_reprint_says_so_on_its_face(key: str, text_of: Callable[[bytes], str]) -> None:
    form = forms.by_key(key)
    assert form is not None
    drawn = {language: sheet.draw(form, dict(form.sample), one_copy(form, reprint=2), language) for language in CODES}
    assert "补打" in text_of(engine.make_pdf([drawn["zh_Hans"]]))
    assert "Reprint" in drawn["en"]


def test_a_watermark_stands_across_the_page(text_of: Callable[[bytes], str]) -> None:
    form = forms.by_key("file_contents")
    assert form is not None
    text = text_of(sample_pdf(form, "zh_Hans", watermark="亓䶮 2026-03-31"))
    assert text.count("亓䶮2026-03-31") >= 6 and "注意保密" in text


def test_a_value_cannot_become_markup(text_of: Callable[[bytes], str]) -> None:
    form = forms.by_key("file_cover")
    assert form is not None
    facts = dict(form.sample) | {"file": {**form.sample["file"], "current_name": "<b>甲</b><img src=x>"}}
    html = sheet.draw(form, facts, one_copy(form), "zh_Hans")
    assert "<img" not in html and "&lt;b&gt;甲" in html


def test_a_file_of_many_papers_goes_over_several_pages_with_its_head(text_of: Callable[[bytes], str]) -> None:
    form = forms.by_key("file_contents")
    assert form is not None
    rows = [{**form.sample["documents"][0], "position": n, "title": f"第{n}件"} for n in range(1, 81)]
    pdf = engine.make_pdf([sheet.draw(form, dict(form.sample) | {"documents": rows}, one_copy(form), "zh_Hans")])
    text = text_of(pdf)
    assert "第80件" in text and text.count("顺序号") == text.count("责任者") >= 2 and "1/3" in text


@pytest.mark.parametrize("attack", ["{{ facts.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ unit.pop('number') }}"])
def test_a_form_gets_nowhere_from_its_sandbox(attack: str) -> None:
    form = forms.by_key("file_cover")
    assert form is not None
    with pytest.raises(Exception):  # noqa: B017 - SecurityError or UndefinedError
        sheet.environment().from_string(attack).render(unit={"number": "1"})


def write_form(folder: Path, key: str, **changes: str) -> Path:
    """A form of two files in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    said = {
        "code": "HD-X-01",
        "title": "{zh_Hans: 试, zh_Hant: 試, en: Trial}",
        "subject": "[file]",
        "permission": "File",
        "sample": "{site: {name: 甲, manager_firm: ''}}",
    } | changes
    (folder / f"{key}.yaml").write_text("".join(f"{name}: {value}\n" for name, value in said.items()), encoding="utf-8")
    (folder / f"{key}.html").write_text('{% extends "sheet.html" %}{% block body %}好{% endblock %}', encoding="utf-8")
    return folder / f"{key}.yaml"


def test_a_form_is_two_files_and_touches_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text_of: Callable[[bytes], str]
) -> None:
    write_form(tmp_path / "newroom" / "prints", "trial")
    declared = subjects.all_subjects()
    monkeypatch.setattr(subjects, "APP", tmp_path)
    monkeypatch.setattr(subjects, "all_subjects", lambda: declared)
    for cached in (forms._found, forms._printing, sheet.environment):
        cached.cache_clear()
    try:
        [form] = forms.all()
        assert "好" in text_of(sample_pdf(form, "zh_Hans"))
    finally:
        for cached in (forms._found, forms._printing, sheet.environment):
            cached.cache_clear()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"code": "x"}, "code"),
        ({"title": "{zh_Hans: 试}"}, "title"),
        ({"paper": "B9"}, "paper"),
        ({"colour": "red"}, "form"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_the_place(
    tmp_path: Path, changes: dict[str, str], named: str
) -> None:
    with pytest.raises(FormError, match=named):
        forms.read(write_form(tmp_path / "r" / "prints", "bad", **changes))


def test_a_form_without_its_page_is_refused(tmp_path: Path) -> None:
    path = write_form(tmp_path / "r" / "prints", "alone")
    path.with_suffix(".html").unlink()
    with pytest.raises(FormError, match="alone.html"):
        forms.read(path)


def test_every_subject_of_a_form_is_declared_and_its_sample_is_whole() -> None:
    for form in forms.all():
        assert form.declared()
        assert form.sample.keys() >= {"site"}


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="needs poppler-utils")
def test_no_font_of_a_form_is_left_out(tmp_path: Path) -> None:
    import subprocess

    form = forms.by_key("customer_registration")
    assert form is not None
    (tmp_path / "a.pdf").write_bytes(sample_pdf(form, "en"))
    lines = subprocess.run(
        ["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert lines and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines)


def test_a_form_has_no_word_that_it_never_says() -> None:
    layout = "".join(path.read_text(encoding="utf-8") for path in sheet.HERE.glob("*.html"))
    for form in forms.all():
        folder = subjects.APP / form.room / "prints"
        page = "".join(path.read_text(encoding="utf-8") for path in [folder / f"{form.key}.html", *folder.glob("_*")])
        for parent in re.findall(r'extends "\w+/(\w+\.html)"', page):
            page += (folder / parent).read_text(encoding="utf-8")
        for word in form.words:
            said = (f"words.{word}", f'words["{word}"]')  # some words are names of what a mapping does
            assert any(one in page + layout for one in said), (form.key, word)
