"""Moves are walked from the record's page; a masked value comes out for a reason only."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.archive.models import File
from app.kit import asking, moves
from app.kit.moves import Move
from app.kit.session import AppendOnlyError, db
from tests.kit import views
from tests.kit.conftest import RIGHTS, make_customer, make_file, make_unit, world


def fresh(file: Any) -> Any:
    db.session.expire_all()
    return db.session.get(File, file.id)


def flashes(desk: Any) -> str:
    with desk.session_transaction() as session:
        return str([(kind, str(words)) for kind, words in session.get("_flashes", [])])


def test_a_move_is_walked_and_written_down(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    file = make_file()
    answer = desk.post(f"/files/{file.id}/move/file")
    assert answer.location == f"/files/{file.id}" and fresh(file).state == "filed"
    assert [(line[0], line[2]) for line in lines] == [("file", {"from": "open", "to": "filed"})]


def test_moves_are_buttons_for_those_who_may(desk: Any, drawn: list[Any]) -> None:
    file = make_file()
    desk.get(f"/files/{file.id}")
    buttons = [(link.label, link.url, link.method) for link in drawn[-1].moves]
    assert buttons == [("File", f"/files/{file.id}/move/file", "post")]
    filed = make_file(state="filed")
    desk.get(f"/files/{filed.id}")
    assert drawn[-1].moves[0].asks == (("reason", "Reason"),)


def test_a_move_without_the_right_is_forbidden(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    file = make_file()
    assert ("burn", "File") not in RIGHTS["clerk"]
    assert desk.post(f"/files/{file.id}/move/burn").status_code == 403
    assert fresh(file).state == "open" and lines == []


def test_a_move_is_never_walked_by_get(desk: Any) -> None:
    file = make_file()
    assert desk.get(f"/files/{file.id}/move/file").status_code == 405
    assert fresh(file).state == "open"


def test_an_unknown_move_or_a_foreign_record_is_not_found(desk: Any) -> None:
    foreign = make_file(make_unit(site=world.other))
    assert desk.post(f"/files/{make_file().id}/move/fly").status_code == 404
    assert desk.post(f"/files/{foreign.id}/move/file").status_code == 404
    assert fresh(foreign).state == "open"


def test_a_refused_move_is_told_and_leaves_nothing_behind(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    file = make_file(state="filed", label_name="旧")
    answer = desk.post(f"/files/{file.id}/move/reopen", data={"reason": "新"})
    assert answer.status_code == 422 and drawn[-1].problem == "not today"
    assert drawn[-1].form["reason"].data == "新"
    db.session.commit()
    assert (fresh(file).state, fresh(file).label_name) == ("filed", "旧") and lines == []


def test_a_move_from_the_wrong_state_is_told(desk: Any, drawn: list[Any]) -> None:
    file = make_file(state="filed")
    assert desk.post(f"/files/{file.id}/move/file").status_code == 302
    assert "not possible now" in flashes(desk)


@pytest.mark.parametrize(
    ("reason", "said"), [("x" * 5000, "At most"), ("a\x00b", "cannot be stored"), (" ", "fill this in")]
)
def test_what_a_move_asks_must_fit(desk: Any, drawn: list[Any], reason: str, said: str) -> None:
    file = make_file(state="filed")
    assert desk.post(f"/files/{file.id}/move/reopen", data={"reason": reason}).status_code == 422
    assert said in str(drawn[-1].form["reason"].errors) and drawn[-1].form["reason"].data == reason.strip()


def test_what_can_no_longer_change_is_told(desk: Any, drawn: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_file: Any, *, by: Any) -> None:
        raise AppendOnlyError("internals")

    monkeypatch.setattr(views.FileView, "moves", [Move("file", {"open"}, "filed", "File:file", "File", locked)])
    assert desk.post(f"/files/{make_file().id}/move/file").status_code == 302
    assert "can no longer be changed" in flashes(desk) and "internals" not in flashes(desk)


def test_a_form_answer_is_read_by_its_name(desk: Any) -> None:
    import datetime as dt

    asks = (("closed_on", "C"), ("hours", "H"), ("reason", "R"), ("empty_on?", "E"), ("word?", "W"), ("unit?", "U"))
    step = Move("file", {"open"}, "filed", "File:file", "File", asks=asks)
    typed = MultiDict({"closed_on": "2025-07-01", "hours": "８", "reason": " 因为 ", "empty_on": ""})
    with desk.application.test_request_context():
        form = asking.form_of(desk.application.extensions["record_views"][File], step, typed)
        assert form.validate(), form.errors
    assert asking.answers(form, step) == {
        "closed_on": dt.date(2025, 7, 1), "hours": 8, "reason": "因为", "empty_on": None, "word": "", "unit": None,
    }  # fmt: skip


def test_a_button_pressed_twice_is_one_step(desk: Any, drawn: list[Any], lines: list[Any]) -> None:
    file = make_file()
    step = {"once": "one-press-of-a-button"}
    first = desk.post(f"/files/{file.id}/move/file", data=step)
    again = desk.post(f"/files/{file.id}/move/file", data=step)
    assert (first.status_code, again.status_code) == (302, 302) and first.location == again.location
    assert len(lines) == 1 and "not possible" not in flashes(desk)


def test_move_verbs_are_permissions_of_the_view(app: Any) -> None:
    view = app.extensions["record_views"][File]
    assert {"can_file", "can_reopen", "can_burn", "can_show", "can_export"} <= set(view.base_permissions)
    assert "can_move" not in view.base_permissions and "can_choose" not in view.base_permissions


def test_moves_are_drawn_as_a_diagram() -> None:
    table = [
        Move("file", {"open"}, "filed", "File:file", "File"),
        Move("close", {"open", "filed"}, None, "File:close", "Close"),
    ]
    assert moves.draw(table).splitlines() == [
        "stateDiagram-v2",
        "    open --> filed: file",
        "    filed --> filed: close",
        "    open --> open: close",
    ]


# --- revealing ------------------------------------------------------------------------------------------------


def test_a_masked_value_is_revealed_for_a_reason(desk: Any, lines: list[Any]) -> None:
    customer = make_customer(id_number="110101")
    answer = desk.post(f"/customers/{customer.id}/reveal/id_number", data={"reason": "核对"})
    assert answer.get_json() == {"value": "110101"} and answer.headers["Cache-Control"] == "no-store"
    assert [(line[0], line[2]["reason"]) for line in lines] == [("reveal", "核对")]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201, "a\x00b"])
def test_without_a_good_reason_nothing_is_revealed(desk: Any, lines: list[Any], reason: str) -> None:
    customer = make_customer(id_number="110101")
    answer = desk.post(f"/customers/{customer.id}/reveal/id_number", data={"reason": reason})
    assert answer.status_code == 422 and answer.get_json()["error"] and "110101" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store" and lines == []


@pytest.mark.parametrize("column", ["name", "representative", "id_number_index", "nothing", "__class__"])
def test_only_masked_columns_that_are_shown_are_revealed(desk: Any, column: str) -> None:
    customer = make_customer()
    assert desk.post(f"/customers/{customer.id}/reveal/{column}", data={"reason": "x"}).status_code == 404


def test_revealing_needs_the_right_and_a_post(desk: Any, login: Any) -> None:
    customer = make_customer(id_number="110101")
    assert desk.get(f"/customers/{customer.id}/reveal/id_number").status_code == 405
    answer = login("reader").post(f"/customers/{customer.id}/reveal/id_number", data={"reason": "x"})
    assert answer.status_code == 403
