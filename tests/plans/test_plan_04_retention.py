"""Plan 4, appraisal and destruction: by item, on four axes, by a group; approved, witnessed, listed, gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from app.archive.models import File
from app.demo.retention_makers import make_appraisal, make_item
from app.kit.session import db, finish_work
from app.retention.models import Appraisal, AppraisalItem, Destruction

Login = Callable[..., FlaskClient]
NO = {"may_open": "no", "digitise": "no", "declassify": "no", "secrecy": "none"}


def press(client: FlaskClient, url: str, step: str, status: int = 302, **form: Any) -> None:
    answer = client.post(f"{url}/move/{step}", data=form)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]


def judge(client: FlaskClient, item: AppraisalItem, status: int = 302, **said: Any) -> None:
    db.session.refresh(item)
    form = {"version": item.version, "verdict": "destroy"} | NO | said
    answer = client.post(f"/appraisal-items/{item.id}/edit", data=form)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]


def drawn_up(login: Login, site: Any, cast: Any) -> Appraisal:
    """A list with the archivist and the supervisor as its group, by the archivist on screen."""
    archivist = login("archivist")
    form = {"site": site.id, "opinion": "保管期满，无继续保存价值"}
    assert archivist.post("/appraisals/add", data=form).status_code == 302
    drawn = db.session.scalars(select(Appraisal).order_by(Appraisal.id.desc())).first()
    assert drawn is not None and drawn.number.startswith("JD-")
    for name in ("archivist", "supervisor"):
        member = {"appraisal": drawn.id, "user": cast[name].id}
        assert archivist.post("/appraisal-members/add", data=member).status_code == 302
    return drawn


def approved(login: Login, drawn: Appraisal) -> None:
    url = f"/appraisals/{drawn.id}"
    press(login("archivist"), url, "close_list")
    for name in ("archivist", "supervisor"):
        press(login(name), url, "sign")
    press(login("manager"), url, "approve")
    press(login("director"), url, "approve_high")
    db.session.refresh(drawn)
    assert drawn.state == "approved"


def test_p4_11_each_item_is_judged_on_four_axes_by_a_group(login: Login, site: Any, cast: Any, moved_out: Any) -> None:
    """Everything due in one click, per item keep/open/digitise/declassify with remarks, opinion, two approvals."""
    files = [moved_out("0921"), moved_out("0922")]
    drawn = drawn_up(login, site, cast)
    url = f"/appraisals/{drawn.id}"
    press(login("archivist"), url, "list_due")
    db.session.refresh(drawn)
    assert [item.file for item in drawn.items] == files
    judge(login("supervisor"), drawn.items[0], verdict_remark="保管期满", open_remark="不开放")
    press(login("archivist"), url, "close_list")
    db.session.refresh(drawn)
    assert drawn.state == "draft", "an item is not judged yet"
    judge(login("archivist"), drawn.items[1], verdict="keep", digitise="yes", digitise_remark="补扫")
    approved(login, drawn)
    assert [(item.verdict, item.digitise) for item in drawn.items] == [("destroy", "no"), ("keep", "yes")]
    html = login("auditor").get(url).get_data(as_text=True)
    assert "0921" in html and "0922" in html


def test_p4_12_only_who_classified_declassifies(login: Login, site: Any, cast: Any, moved_out: Any) -> None:
    """Classified items stand on a list of their own; the other appraiser's declassification is refused."""
    drawn = make_appraisal(site, is_classified=True)
    item = make_item(drawn, moved_out("0923"))
    said = {"verdict": "keep", "secrecy": "secret", "classified_by": cast["supervisor"].id}
    judge(login("archivist"), item, **said)
    judge(login("archivist"), item, 422, **said, declassify="yes")
    judge(login("supervisor"), item, **said, declassify="yes")
    db.session.refresh(item)
    assert item.declassify == "yes"
    ordinary = make_item(make_appraisal(site), moved_out("0924"))
    judge(login("archivist"), ordinary, 422, **said)
    assert "0923" in login("auditor").get("/appraisal-items/?secrecy=secret").get_data(as_text=True)


def test_p4_13_a_file_is_destroyed_by_the_book(
    app: Any, login: Login, site: Any, cast: Any, moved_out: Any, on_disk: Any
) -> None:
    """Drawn up, approved by the director, witnessed by two who are not, carried out; the proof finds nothing left."""
    file = moved_out("0925", letter=2)
    finish_work()
    assert on_disk(file) == [True, True]
    drawn = drawn_up(login, site, cast)
    press(login("archivist"), f"/appraisals/{drawn.id}", "list_due")
    press(login("supervisor"), f"/appraisals/{drawn.id}", "judge_rest", reason="保管期满")
    approved(login, drawn)
    people = {"carrier": cast["clerk"].id, "first_witness": cast["supervisor"].id}
    form = {"appraisal": drawn.id, "method": "shredded", "venue": "B1 碎纸间"} | people
    archivist = login("archivist")
    refused = archivist.post("/destructions/add", data=form | {"second_witness": cast["manager"].id})
    assert refused.status_code == 422 and "does not witness" in refused.get_data(as_text=True)
    assert archivist.post("/destructions/add", data=form | {"second_witness": cast["archivist"].id}).status_code == 302
    list_ = db.session.scalars(select(Destruction)).one()
    url = f"/destructions/{list_.id}"
    press(archivist, url, "submit")
    press(login("manager"), url, "approve_high", 403)
    press(login("director"), url, "approve_high")
    press(login("supervisor"), url, "witness", first_signature="M20 60L90 30")
    press(archivist, url, "witness_too")
    press(archivist, url, "carry_out")
    db.session.refresh(list_)
    assert list_.state == "witnessed", "only who carries it out says that it is done"
    press(login("clerk"), url, "carry_out")
    db.session.expire_all()
    assert on_disk(file) == [False, False]
    assert db.session.get_one(File, file.id).state == "destroyed"
    assert archivist.post(f"/print/destruction_register/{list_.id}").data.startswith(b"%PDF-")
    assert "nothing is left" in app.test_cli_runner().invoke(args=["retention", "verify", list_.number]).output
