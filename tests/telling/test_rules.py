"""What may be chosen, and which hour has come."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from app.kit.columns import DESK_TIME
from app.kit.errors import RuleError
from app.kit.pages import Card
from app.telling import content, receivers, rules
from app.telling.models import TellingChoice

HOSTS = ["qyapi.weixin.qq.com", "robots.example:8443", "http://127.0.0.1:20123"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("08:30, 14:00", ["08:30", "14:00"]),
        ("14：00，8:30", ["08:30", "14:00"]),
        ("9:05 9:05;23:59、0:00", ["00:00", "09:05", "23:59"]),
        ("", []),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, read: list[str]) -> None:
    assert [f"{hour:%H:%M}" for hour in rules.read_hours(typed)] == read


@pytest.mark.parametrize("typed", ["24:00", "8.30", "早上", "8:60", "1:00 2:00 3:00 4:00 5:00 6:00 7:00"])
def test_other_hours_are_refused(typed: str) -> None:
    with pytest.raises(RuleError) as refused:
        rules.read_hours(typed)
    assert refused.value.field == "hours"


def at(time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-07-01T{time}").replace(tzinfo=DESK_TIME)


@pytest.mark.parametrize(
    ("moment", "since", "slot"),
    [
        ("08:29:59", "00:00", ""),
        ("08:30:00", "00:00", "2026-07-01 08:30"),
        ("13:59", "00:00", "2026-07-01 08:30"),
        ("14:01", "00:00", "2026-07-01 14:00"),
        ("14:01", "14:00:30", ""),
        ("23:59", "09:00", "2026-07-01 14:00"),
    ],
)
def test_the_last_hour_that_has_come_is_due_unless_chosen_only_then(moment: str, since: str, slot: str) -> None:
    hours = rules.read_hours("08:30, 14:00")
    assert rules.due_slot(hours, at(moment).astimezone(dt.UTC), at(since)) == slot


@pytest.mark.parametrize(
    ("url", "is_known"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc", False),
        ("https://QYAPI.weixin.qq.com:443/x", False),
        ("https://robots.example:8443/x", True),
        ("http://127.0.0.1:20123/robot", True),
    ],
)
def test_a_robot_at_a_host_of_the_settings_may_be_sent_to(url: str, is_known: bool) -> None:
    robot = receivers.robot(url, HOSTS)
    assert robot is not None and robot.is_known is is_known


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com:8443/x",
        "https://qyapi.weixin.qq.com.evil.example/x",
        "https://qyapi.weixin.qq.com@evil.example/x",
        "https://evil.example/?qyapi.weixin.qq.com",
        "https://evil.example\\@qyapi.weixin.qq.com/",
        "https://robots.example/x",
        "https://127.0.0.1:20123/x",
        "http://127.0.0.1:20124/x",
        "https://qyapi.weixin.qq.com/x\r\nHost: evil",
        "https://qyapi.weixin.qq.com/ x",
        "https://qyapi.weixin.qq.com/#x",
        "https://qyapi.weixin.qq.com:99999/",
        "https://[::1/",
        "file:///etc/passwd",
        "qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com/" + "x" * 500,
        "",
    ],
)
def test_no_other_address_is_a_robots(url: str) -> None:
    assert receivers.robot(url, HOSTS) is None


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
     "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:1::"],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    assert not receivers.is_public(address)


@pytest.mark.parametrize("address", ["119.29.29.29", "2408:8756:c52::1", "::ffff:119.29.29.29"])
def test_public_addresses_are_known(address: str) -> None:
    assert receivers.is_public(address)


@pytest.mark.parametrize(
    "address",
    ["a@b.example\r\nBcc: c@d.example", "a@b", "a b@c.example", "<a@b.example>", "a@b.example,c@d.example", "户@b.cn",
     "a@b.example\n", "@b.example", "a" * 65 + "@b.example", "a@" + "b." * 130 + "example"],
)  # fmt: skip
def test_what_is_no_single_mail_address_is_refused(address: str) -> None:
    assert not receivers.is_mail_address(address)


def choice(**said: Any) -> TellingChoice:
    plain = {"channel": "mail", "address": "a@b.example", "secret": "", "hours": "8:30", "is_on": True}
    return TellingChoice(**(plain | said))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address": "a"}, "address"),
        ({"channel": "wecom", "address": "https://evil.example/x"}, "address"),
        ({"channel": "wecom", "address": "https://qyapi.weixin.qq.com/x", "secret": "SECx"}, "secret"),
        ({"channel": "dingtalk", "address": "https://oapi.dingtalk.com/x", "secret": "密" * 5}, "secret"),
        ({"hours": "25:00"}, "hours"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    app: Flask, cast: Any, monkeypatch: pytest.MonkeyPatch, said: dict[str, Any], field: str
) -> None:
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:25")
    with pytest.raises(RuleError) as refused:
        rules.choose(choice(**said), by=cast["clerk"])
    assert refused.value.field == field
    rules.choose(choice(), by=cast["clerk"])


def test_mail_is_refused_where_the_server_sends_none(app: Flask, cast: Any) -> None:
    with pytest.raises(RuleError) as refused:
        rules.choose(choice(), by=cast["clerk"])
    assert refused.value.field == "channel"


def test_markdown_keeps_within_what_a_robot_takes_and_calls_nobody() -> None:
    lines = [content.Line("@all <font>[x](http://evil)" + "维" * 40, 3, "https://desk.example/a?b=(1)")] * 60
    message = content.Message("标题", [("逾期", lines)], "https://desk.example/telling/", "选择", "无")
    said = content.as_markdown(message)
    assert len(said.encode()) <= 4096
    assert "…" in said and said.endswith("[选择](https://desk.example/telling/)")
    assert "@all" not in said and "<font>" not in said and "](http://evil)" not in said
    assert "(https://desk.example/a?b=%281%29)" in said


def test_dates_in_addresses_do_not_make_old_decisions_new(app: Flask, cast: Any, cards: dict[str, list[Card]]) -> None:
    cards["clerk"] = [
        Card("A", 2, "/x/?from=2026-07-01"),
        Card("B", 1, "/x/?from=2026-07-02"),
        Card("C", 9, "/y/", group="today"),
    ]
    assert content.waiting_counts(cast["clerk"]) == {"/x/?from=": 3}
