"""What is told to whom and when, over a real mail server and a real robot's host on this machine."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.demo import makers
from app.kit import columns
from app.kit.columns import DESK_TIME
from app.kit.pages import Card
from app.kit.session import db, finish_work
from app.lookups import board
from app.security import accounts, gate
from app.telling import content, mail, ordering, robots, rules, sending
from app.telling.models import TellingChoice, TellingLine
from tests.telling.conftest import MailServer, RobotHost

Chosen = Callable[..., TellingChoice]
Cards = dict[str, list[Card]]
Clock = Callable[[str], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`clock("08:30")`: it is that time at the desk, tomorrow: nothing was chosen after it."""
    day = dt.datetime.now(DESK_TIME).date() + dt.timedelta(days=1)

    def turn(time: str) -> None:
        moment = dt.datetime.combine(day, dt.time.fromisoformat(time), DESK_TIME).astimezone(dt.UTC)
        monkeypatch.setattr(columns, "clock", lambda: moment)

    return turn


def lines() -> list[TellingLine]:
    db.session.expire_all()
    return list(db.session.scalars(select(TellingLine).order_by(TellingLine.id)))


def states() -> list[str]:
    return [line.state for line in lines()]


def parts(envelope: Any) -> tuple[Any, str, str]:
    """(mail, text, html) of what arrived."""
    found: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
    text, html = found.get_body(("plain",)).get_content(), found.get_body(("html",)).get_content()
    return found, text, html


SOME = [
    Card("维修单逾期", 3, "/repairs/?state=late", group="overdue"),
    Card("今日回访", 2, "/visits/", group="today"),
    Card("查阅待批", 1, "/lookups/?state=passed", group="waiting"),
    Card("空置单元", 40, "/units/", group="estate"),
    Card("没有的", 0, "/none/", group="waiting"),
]


def test_a_mail_says_counts_and_links_as_text_and_html(
    app: Flask, mail_server: MailServer, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "mail", "front@desk.example")
    clock("08:31")
    assert sending.tell() == {"sent": 1}
    (envelope,) = mail_server.inbox.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@example.com", ["front@desk.example"])
    found, text, html = parts(envelope)
    assert found["Subject"].startswith("Hudang 户档 · ") and re.findall(r"\d+", found["Subject"]) == ["3", "2", "1"]
    assert found["To"] == "front@desk.example" and "户档" in found["From"]
    assert found["List-Unsubscribe"] == f"<{app.config['PUBLIC_URL']}/telling/>"
    assert found["Auto-Submitted"] == "auto-generated" and found["Message-ID"].endswith("@example.com>")
    for said in (text, html):
        assert f"{app.config['PUBLIC_URL']}/repairs/?state=late" in said
        assert "维修单逾期" in said and "今日回访" in said and "查阅待批" in said
        assert "空置单元" not in said and "没有的" not in said
    assert "<script" not in html and "http" not in html.replace(app.config["PUBLIC_URL"], "")


def test_a_wecom_robot_gets_what_it_takes(
    app: Flask, robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "wecom", f"{robot_host.url}/cgi-bin/webhook/send?key=k-1")
    clock("08:31")
    assert sending.tell() == {"sent": 1}
    ((path, headers, body),) = robot_host.taken
    assert path == "/cgi-bin/webhook/send?key=k-1"
    assert headers["Content-Type"].startswith("application/json")
    assert set(body) == {"msgtype", "markdown"} and body["msgtype"] == "markdown"
    assert set(body["markdown"]) == {"content"}
    assert f"[维修单逾期]({app.config['PUBLIC_URL']}/repairs/?state=late) 3" in body["markdown"]["content"]


def test_a_dingtalk_robot_gets_a_title_and_the_signature_it_asks_for(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    import base64
    import hashlib
    import hmac
    from urllib.parse import parse_qs, urlsplit

    cards["clerk"] = SOME
    chosen("clerk", "dingtalk", f"{robot_host.url}/robot/send?access_token=t-1", secret="SECabc")
    clock("08:31")
    assert sending.tell() == {"sent": 1}
    ((path, _headers, body),) = robot_host.taken
    assert body["msgtype"] == "markdown" and set(body["markdown"]) == {"title", "text"}
    assert "维修单逾期" in body["markdown"]["text"] and body["markdown"]["title"].startswith("Hudang 户档")
    asked = parse_qs(urlsplit(path).query)
    stamp = asked["timestamp"][0]
    assert abs(int(stamp) / 1000 - columns.now().timestamp()) < 1
    right = base64.b64encode(hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()).decode()
    assert asked["sign"] == [right] and asked["access_token"] == ["t-1"]


def test_a_dingtalk_robot_without_a_secret_is_sent_no_signature(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "dingtalk", f"{robot_host.url}/robot/send?access_token=t-1")
    clock("08:31")
    sending.tell()
    assert robot_host.taken[0][0] == "/robot/send?access_token=t-1"


def test_only_the_chosen_groups_are_told(robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "wecom", f"{robot_host.url}/r", is_overdue=False, is_waiting=False)
    clock("08:31")
    sending.tell()
    said = robot_host.taken[0][2]["markdown"]["content"]
    assert "今日回访" in said and "维修单逾期" not in said and "查阅待批" not in said


def test_each_hour_is_told_once_and_its_silence_kept(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    chosen("clerk", "wecom", f"{robot_host.url}/r", hours="08:30, 14:00")
    clock("08:29")
    assert sending.tell() == {}
    clock("08:31")
    assert sending.tell() == {"empty": 1}
    cards["clerk"] = SOME
    assert sending.tell() == {} and not robot_host.taken
    clock("14:10")
    assert sending.tell() == {"sent": 1} and sending.tell() == {}
    clock("18:00")
    assert sending.tell() == {}
    assert len(robot_host.taken) == 1
    assert [(line.occasion, line.slot[-5:], line.state) for line in lines()] == [
        ("hour", "08:30", "empty"),
        ("hour", "14:00", "sent"),
    ]


def test_a_new_decision_is_told_at_once_and_only_then(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    cards["manager"] = [Card("查阅待批", 1, "/lookups/", group="waiting")]
    choice = chosen("manager", "wecom", f"{robot_host.url}/r", hours="", is_immediate=True)
    before = choice.updated_at
    assert sending.tell() == {}, "what waited before is no news"
    cards["manager"] = [Card("查阅待批", 2, "/lookups/", group="waiting"), SOME[0]]
    assert sending.tell() == {"sent": 1}
    said = robot_host.taken[0][2]["markdown"]["content"]
    assert "查阅待批" in said and "维修单逾期" not in said
    assert sending.tell() == {}
    cards["manager"] = [Card("查阅待批", 1, "/lookups/", group="waiting")]
    assert sending.tell() == {}
    cards["manager"] = [Card("查阅待批", 2, "/lookups/", group="waiting")]
    assert sending.tell() == {"sent": 1}
    db.session.refresh(choice)
    assert choice.updated_at == before and choice.version == 1


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_a_message_speaks_the_language_that_was_chosen(
    robot_host: RobotHost, chosen: Chosen, clock: Clock, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    from flask_babel import get_locale

    monkeypatch.setattr(rules, "speakers", [lambda _user: [Card(f"in {get_locale()}", 1, "/x/", group="overdue")]])
    chosen("clerk", "wecom", f"{robot_host.url}/r", language=language)
    clock("08:31")
    assert sending.tell() == {"sent": 1}
    assert f"in {language.replace('_', ' ')}" in robot_host.taken[0][2]["markdown"]["content"]
    assert str(get_locale()) == "zh_Hans"


def test_the_cards_are_made_as_the_person_and_only_with_their_rights(
    robot_host: RobotHost, chosen: Chosen, clock: Clock, monkeypatch: pytest.MonkeyPatch, site: Any, cast: Any
) -> None:
    makers.make_request(makers.make_filed_file(makers.make_unit(site=site)), cast["clerk"])
    monkeypatch.setattr(rules, "speakers", [board.cards])
    for name in ("clerk", "supervisor", "stranger"):
        chosen(name, "wecom", f"{robot_host.url}/{name}")
    clock("08:31")
    assert sending.tell() == {"sent": 1, "empty": 2}
    assert [path for path, _headers, _body in robot_host.taken] == ["/supervisor"]
    assert gate.user() is None


def test_a_message_names_no_person_firm_unit_or_file(
    app: Flask, mail_server: MailServer, robot_host: RobotHost, chosen: Chosen, clock: Clock, site: Any, cast: Any
) -> None:
    """With the console's own speakers, in the house of the tests: nothing of any record is in what was sent."""
    from app.kit.kinds import mapper_of
    from tests.house.full_house import OURS, furnish

    records = furnish(site, OURS)
    makers.make_request(makers.make_filed_file(makers.make_unit("Z0909", site=site)), cast["clerk"])
    for name in ("supervisor", "manager", "archivist", "director", "admin"):
        chosen(name, "wecom", f"{robot_host.url}/{name}")
        chosen(name, "mail", f"{name}@desk.example")
    clock("08:31")
    told = sending.tell()
    assert told["sent"] >= 2 and not told["failed"]
    sent = "".join(body["markdown"]["content"] for _path, _headers, body in robot_host.taken)
    sent += "".join("".join(parts(envelope)[1:]) for envelope in mail_server.inbox.mails)
    values = {
        str(getattr(record, each.key))
        for record in [*records.values(), *cast.values()]
        for each in mapper_of(type(record)).column_attrs
        if isinstance(getattr(record, each.key), str)
    }
    spoken = {value for value in values if len(value) > 2 and not value.isascii() or len(value) > 12}
    assert len(spoken) > 15
    assert not [value for value in spoken if value in sent]
    assert "Z0909" not in sent and OURS not in sent


def test_nobody_who_is_shut_out_and_nothing_switched_off_is_told(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock, cast: Any
) -> None:
    cards |= {"clerk": SOME, "manager": SOME, "auditor": SOME}
    for name in ("clerk", "manager"):
        chosen(name, "wecom", f"{robot_host.url}/{name}", is_immediate=True)
    off = chosen("auditor", "wecom", f"{robot_host.url}/auditor")
    accounts.change_standing(cast["clerk"], False, by=cast["admin"])
    off.is_on = False
    finish_work()
    clock("08:31")
    assert sending.tell() == {"sent": 1}
    assert [path for path, _headers, _body in robot_host.taken] == ["/manager"]


def test_who_is_shut_out_while_a_line_waits_is_not_told(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock, cast: Any
) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "wecom", f"{robot_host.url}/r")
    clock("08:31")
    ordering.order()
    accounts.change_standing(cast["clerk"], False, by=cast["admin"])
    finish_work()
    assert sending.tell() == {"dropped": 1} and not robot_host.taken


def test_what_failed_is_tried_after_one_five_and_twentyfive_minutes_and_then_given_up(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    cards["clerk"] = SOME
    robot_host.answers = [(200, b'{"errcode":45009,"errmsg":"too many"}')]
    chosen("clerk", "wecom", f"{robot_host.url}/r")
    for time, told in (
        ("08:30", {"queued": 1}), ("08:30:59", {}), ("08:31", {"queued": 1}), ("08:35:59", {}),
        ("08:36", {"queued": 1}), ("09:00:59", {}), ("09:01", {"failed": 1}), ("12:00", {}),
    ):  # fmt: skip
        clock(time)
        assert sending.tell() == told, time
    (line,) = lines()
    assert (line.tries, line.problem, line.code) == (4, "refused", "45009")
    assert len(robot_host.taken) == 4


def test_a_second_try_that_succeeds_is_the_last(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    cards["clerk"] = SOME
    robot_host.answers = [(500, b""), (200, b'{"errcode":0}')]
    chosen("clerk", "wecom", f"{robot_host.url}/r")
    clock("08:30")
    assert sending.tell() == {"queued": 1}
    assert (lines()[0].problem, lines()[0].code) == ("refused", "500")
    for time, told in (("08:31", {"sent": 1}), ("08:40", {}), ("13:00", {})):
        clock(time)
        assert sending.tell() == told
    (line,) = lines()
    assert (line.tries, line.problem, line.code) == (2, "", "")
    assert line.sent_at is not None and len(line.digest) == 64


@pytest.mark.parametrize(
    ("answer", "problem", "is_over"),
    [
        ((302, b""), "refused", False),
        ((200, b"<html>"), "answer", True),
        ((200, b"[]"), "answer", True),
        ((200, b'{"errcode":"0"}'), "answer", True),
        ((200, b'{"errcode":0,"x":"' + b"x" * 70_000 + b'"}'), "answer", True),
    ],
)
def test_other_answers_are_no_success_and_redirects_are_not_followed(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock, answer: Any, problem: str, is_over: bool
) -> None:
    cards["clerk"] = SOME
    robot_host.answers, robot_host.headers = [answer], {"Location": f"{robot_host.url}/elsewhere"}
    chosen("clerk", "wecom", f"{robot_host.url}/r")
    clock("08:31")
    assert sending.tell() == {"failed" if is_over else "queued": 1}
    assert [path for path, _headers, _body in robot_host.taken] == ["/r"]
    assert lines()[0].problem == problem


def test_a_robot_that_does_not_answer_is_cut_off_and_not_sent_to_again(
    app: Flask, chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have taken the message: at most once is promised."""
    import socket

    cards["clerk"] = SOME
    monkeypatch.setattr(robots, "TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setitem(app.config, "WEBHOOK_HOSTS", [url])
        chosen("clerk", "wecom", f"{url}/r")
        clock("08:31")
        assert sending.tell() == {"failed": 1}
    assert lines()[0].problem == "lost"


def test_a_host_that_is_down_keeps_nobody_else_waiting(
    app: Flask, robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its other lines are put back untried; those of other hosts go out in the same round."""
    tried: list[str] = []
    real = robots._connected
    monkeypatch.setattr(robots, "_connected", lambda there: tried.append(f"{there.host}:{there.port}") or real(there))
    nobody = "http://127.0.0.1:9"
    monkeypatch.setitem(app.config, "WEBHOOK_HOSTS", [nobody, robot_host.url])
    for name, host in (("clerk", nobody), ("manager", nobody), ("auditor", robot_host.url)):
        cards[name] = SOME
        chosen(name, "wecom", f"{host}/{name}")
    clock("08:31")
    assert sending.tell() == {"queued": 2, "sent": 1}
    assert tried.count("127.0.0.1:9") == 1
    assert [line.tries for line in lines() if line.state == "queued"] == [1, 0]
    assert robot_host.taken[0][0] == "/auditor"


def test_one_persons_broken_board_keeps_nobody_else_from_being_told(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch, cast: Any
) -> None:
    def speak(user: Any) -> list[Card]:
        if user.username == "clerk":
            raise ZeroDivisionError
        return SOME

    monkeypatch.setattr(rules, "speakers", [speak])
    for name in ("clerk", "manager"):
        chosen(name, "wecom", f"{robot_host.url}/{name}", is_immediate=True)
    clock("08:31")
    assert sending.tell() == {"queued": 1, "sent": 1}
    assert {line.user_id: line.problem for line in lines()} == {cast["clerk"].id: "unmade", cast["manager"].id: ""}


def test_a_host_that_leads_inside_is_not_connected_to(
    app: Flask, chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards["clerk"] = SOME
    monkeypatch.setitem(app.config, "WEBHOOK_HOSTS", ["localhost"])
    chosen("clerk", "wecom", "https://localhost/r")
    clock("08:31")
    assert sending.tell() == {"failed": 1}
    assert lines()[0].problem == "address"


def test_a_host_taken_out_of_the_settings_is_not_sent_to_any_more(
    app: Flask, robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "wecom", f"{robot_host.url}/r")
    monkeypatch.setitem(app.config, "WEBHOOK_HOSTS", [])
    clock("08:31")
    assert sending.tell() == {"failed": 1} and not robot_host.taken


def test_a_line_whose_sender_died_is_not_sent_again(
    robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "wecom", f"{robot_host.url}/r")
    clock("08:31")
    ordering.order()
    assert sending._claim(lines()[0].id)
    finish_work()
    clock("08:40")
    assert sending.tell() == {} and states() == ["sending"]
    clock("08:42")
    assert sending.tell() == {} and states() == ["failed"]
    assert lines()[0].problem == "lost" and not robot_host.taken


def test_nothing_of_the_database_is_held_while_sending(
    chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[bool] = []
    monkeypatch.setattr(sending, "_send", lambda _order: held.append(db.session().in_transaction()))
    cards["clerk"] = SOME
    chosen("clerk", "wecom", "https://qyapi.weixin.qq.com/r")
    clock("08:31")
    assert sending.tell() == {"sent": 1}
    assert held == [False]


def test_no_secret_is_logged_or_kept_in_a_line(
    app: Flask, chosen: Chosen, cards: Cards, clock: Clock, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def leak(order: sending.Order) -> None:
        raise ValueError(order.address)

    monkeypatch.setattr(sending, "_send", leak)
    cards["clerk"] = SOME
    chosen("clerk", "wecom", "https://qyapi.weixin.qq.com/r?key=very-secret")
    clock("08:31")
    assert sending.tell() == {"failed": 1}
    assert "ValueError" in caplog.text and "very-secret" not in caplog.text
    stored = db.session.execute(select(TellingChoice.__table__)).mappings().one()
    assert "very-secret" in stored["address"], "read through the type it is plain"
    raw = db.session.connection().exec_driver_sql("SELECT address FROM telling_choice").scalar()
    assert "very-secret" not in raw and raw.startswith("v1:")


def test_the_command_sends_what_is_due(
    app: Flask, robot_host: RobotHost, chosen: Chosen, cards: Cards, clock: Clock
) -> None:
    cards["clerk"] = SOME
    chosen("clerk", "wecom", f"{robot_host.url}/r")
    clock("08:31")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["tell"]).output == "1 sent\n"
    assert runner.invoke(args=["tell"]).output == "nothing to send\n"
    assert len(robot_host.taken) == 1


def test_the_worker_tells_every_minute(app: Flask) -> None:
    from app.jobs import tasks

    assert sending.tell in tasks.every_minute
    ran: list[str] = []

    def broken() -> None:
        raise ZeroDivisionError

    tasks.do_quietly(broken)
    tasks.do_quietly(lambda: ran.append("told"))
    assert ran == ["told"]


def test_the_home_pages_speakers_are_the_ones_that_tell() -> None:
    from app import home

    assert rules.speakers is home.speakers and rules.speakers


def test_a_trial_without_anything_due_says_so(app: Flask, cast: Any, cards: Cards) -> None:
    with content.reading(cast["clerk"].id, "en") as user:
        message = content.message_of(
            user, TellingChoice(is_overdue=True, is_today=True, is_waiting=True), is_trial=True
        )
    assert message is not None and message.groups == []
    assert message.nothing_word in content.as_text(message) and message.nothing_word in content.as_markdown(message)
    assert message.nothing_word in content.as_html(message)


def test_a_subject_or_name_cannot_start_another_header() -> None:
    with pytest.raises(ValueError):
        mail.compose("a@b.example", "c@d.example", "x\r\nBcc: e@f.example", "", "", settings_url="https://x", name="n")
