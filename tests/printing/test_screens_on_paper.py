"""Every record and every list prints: what is masked or sealed on the screen is so on paper, and the filter holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.customers.models import Contact
from app.demo import lookups_makers, makers
from app.kit.records import RecordView
from app.kit.session import db
from app.printing import screens, widths
from app.printing.models import PrintLine
from app.security import roles
from app.security.models import AuditLine

Login = Callable[..., FlaskClient]
Read = Callable[[bytes], str]
ID_NUMBER = "110101199001000012"
PHONE = "19900001234"


@pytest.fixture
def file(site: Any) -> Any:
    """An open file of a person with an identity number and a contact."""
    made = makers.make_file(makers.make_unit("0611", site=site))
    made.customer.id_number, made.customer.representative = ID_NUMBER, "欧阳修远"
    contact = Contact(customer=made.customer, site_id=site.id, role="daily", name="亓某", phone=PHONE)
    db.session.add(contact)
    db.session.flush()
    return made


def seal(file: Any) -> None:
    file.state = "filed"
    db.session.flush()


def grant(file: Any, cast: Any, to: str = "clerk") -> None:
    lookups_makers.make_grant(file, cast[to], mode="copy")


def test_a_record_prints_all_groups_of_its_page_in_two_languages(file: Any, login: Login, text_of: Read) -> None:
    answer = login("clerk", "zh_Hans").post(f"/customers/{file.customer_id}/print")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    assert file.customer.name in text and "欧阳修远" in text and "HD-JL-01" in text
    view = next(view for view in shown_views() if view.model.__name__ == "Customer")
    for _title, names in view.show_fieldsets or view.fieldsets:
        for name in names:
            words = screens._said(view.model, name)
            assert all("".join(words[language].split()) in text for language in ("zh_Hans", "en")), name


def shown_views() -> list[Any]:
    from flask import current_app

    return [view for view in current_app.extensions["appbuilder"].baseviews if isinstance(view, RecordView)]


def test_what_is_masked_on_the_screen_is_masked_on_paper(file: Any, login: Login, text_of: Read) -> None:
    clerk = login("clerk")
    for answer in (clerk.post(f"/customers/{file.customer_id}/print"), clerk.post("/customers/print")):
        assert answer.status_code == 200
        assert ID_NUMBER not in text_of(answer.data)
    assert "110***********0012" in text_of(clerk.post(f"/customers/{file.customer_id}/print").data)


def test_what_is_sealed_on_the_screen_is_sealed_on_paper(file: Any, cast: Any, login: Login, text_of: Read) -> None:
    clerk, address = login("clerk", "zh_Hans"), f"/customers/{file.customer_id}/print"
    assert "欧阳修远" in text_of(clerk.post(address).data)
    seal(file)
    text = text_of(clerk.post(address).data)
    assert "欧阳修远" not in text and "已封存" in text and "注意保密" not in text
    assert PHONE not in text_of(clerk.post("/contacts/print").data)
    grant(file, cast)
    text = text_of(clerk.post(address).data)
    assert "欧阳修远" in text and "注意保密" in text and text.count(str(cast["clerk"]).replace(" ", "")) > 5
    assert "欧阳修远" not in text_of(login("archivist", "zh_Hans").post(address).data)


def test_a_list_prints_as_it_is_filtered_and_sorted(site: Any, login: Login, text_of: Read) -> None:
    for number in ("0701", "0702", "0703"):
        makers.make_unit(number, site=site)
    makers.make_unit("0899", site=site)
    supervisor = login("supervisor", "zh_Hans")
    text = text_of(supervisor.post("/units/print?number=07&order=number&dir=desc").data)
    assert "0899" not in text
    assert text.index("0703") < text.index("0702") < text.index("0701")
    assert "单元Unit07" in text and ("降序" in text or "downwards" in text)
    assert "HD-LB-01" in text


def test_a_stranger_prints_only_what_they_may_list(site: Any, login: Login, text_of: Read) -> None:
    unit = makers.make_unit("0704", site=site)
    makers.make_unit("0904", site=makers.make_site("远处大厦"))
    assert login("stranger").post(f"/customers/{makers.make_tenancy(unit).customer_id}/print").status_code == 404
    text = text_of(login("supervisor").post("/units/print").data)
    assert "0704" in text and "0904" not in text


def test_an_empty_list_and_a_too_long_one_say_why(site: Any, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor = login("supervisor")
    makers.make_unit("0701", site=site)
    makers.make_unit("0702", site=site)
    answer = supervisor.post("/units/print?number=none-such", follow_redirects=True)
    assert "nothing to print" in answer.get_data(as_text=True)
    monkeypatch.setattr(screens, "MOST_ROWS", 1)
    assert supervisor.post("/units/print").status_code == 302
    assert db.session.scalar(select(PrintLine)) is None


def test_a_screen_on_paper_is_numbered_logged_and_leads_back(file: Any, login: Login, text_of: Read) -> None:
    clerk, address = login("clerk"), f"/customers/{file.customer_id}/print"
    clerk.post(address)
    again = text_of(clerk.post(address).data)
    first, second = db.session.scalars(select(PrintLine).order_by(PrintLine.id)).all()
    assert (first.form_key, first.subject_type, first.subject_id) == ("record", "Customer", file.customer_id)
    assert second.times_printed == 2 and "Reprint" in again and second.serial in again
    acts = set(db.session.scalars(select(AuditLine.action)))
    assert {"print_form", "print"} <= acts
    assert f"/customers/{file.customer_id}" in clerk.get(f"/p/{first.serial}").get_data(as_text=True)
    assert login("archivist").get("/prints/").status_code == 200


def test_the_print_menu_offers_it_to_who_may(file: Any, login: Login) -> None:
    url = f"/customers/{file.customer_id}"
    assert f'action="{url}/print"' in login("clerk").get(url).get_data(as_text=True)
    assert f'action="{url}/print"' not in login("director").get(url).get_data(as_text=True)
    assert login("director").post(f"{url}/print").status_code == 403
    listed = login("supervisor").get("/customers/?q=瑞恒").get_data(as_text=True)
    assert f'action="/customers/print?q={quote("瑞恒")}"' in listed


def test_who_may_export_may_print() -> None:
    for role, rights in roles.TABLE.items():
        for permission, verbs in rights.items():
            assert "export" not in verbs.split() or "print" in verbs.split(), (role, permission)


def test_columns_share_the_sheet_and_what_must_not_break_has_its_room() -> None:
    heads = [
        widths.Head({"zh_Hans": word}, align) for word, align in (("日期", "middle"), ("金额", "number"), ("事由", ""))
    ]
    rows = [["2026-01-01", "1,234,567.00", "很长的一段话" * 20], ["2026-01-02", "5.00", "短"]]
    told = widths.fitted(heads, rows, 258)
    days, money, prose = (int(head["width"].removesuffix("mm")) for head in told)
    assert 250 <= days + money + prose <= 258
    assert days >= 19 and money >= 22 and prose > 150


LONG = """
import re, resource, sys
from pathlib import Path
from app.printing import engine, screens, sheet, widths
where = Path(sys.argv[1])
same = lambda word: {"zh_Hans": word, "zh_Hant": word, "en": word}
columns = [("户号", ""), ("客户", ""), ("起租日", "middle"), ("到期日", "middle"), ("租金", "number"),
           ("面积", "number"), ("状态", "middle")]
rows = [[f"{n:04d}", f"第{n:04d}号瑞恒科技有限公司", "2026-01-01", "2028-12-31", "54,000.00", "354.20", "在租"]
        for n in range(1, 1501)]
site = {"name": "云栖中心", "manager_firm": "云栖物业", "short_name": "", "address": "", "telephone": ""}
form = screens.ScreenForm(
    key="list", room="printing", code="HD-LB-01", titles=same("租约"), subject_keys=("list",), permission="Tenancy",
    paper="A4 landscape", copies=(), shows_sealed=False, confidential=False,
    words={name: same(name) for name in screens.WORDS}, sample={}, digest="")
heads = widths.fitted([widths.Head(same(word), align) for word, align in columns], rows, 258)
facts = {"site": site, "asked": [], "heads": heads, "rows": rows, "count": len(rows)}
html = sheet.draw(form, facts, sheet.Face(serial="DY-2026-000001", address="http://localhost/p/1"), "zh_Hans", {})
Path(sys.argv[2]).write_bytes(engine.make_pdf([html], where=where))
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


@pytest.mark.once
def test_fifteen_hundred_rows_stay_small_in_every_process_and_are_all_there(
    font_folder: Path, tmp_path: Path, app: Flask
) -> None:
    out = tmp_path / "long.pdf"
    done = subprocess.run(
        [sys.executable, "-c", LONG, str(font_folder), str(out)], capture_output=True, text=True, cwd=Path.cwd()
    )
    assert done.returncode == 0, done.stderr
    text = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True).stdout
    assert all(f"第{number:04d}号" in text for number in range(1, 1501))
    assert int(done.stdout.split()[-1]) < 300
