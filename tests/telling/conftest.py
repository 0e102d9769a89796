"""A mail server and a robot's host of our own on this machine, choices of the cast, and cards made up for them."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.kit.pages import Card
from app.kit.session import db, finish_work
from app.telling import rules
from app.telling.models import TellingChoice


class Inbox:
    """Keeps what arrives; `answer` is what the server says to the next messages."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.mails.append(envelope)
        return self.answer


class MailServer:
    """An SMTP server on a free port."""

    def __init__(self, **how: Any) -> None:
        self.inbox = Inbox()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self.inbox, hostname="127.0.0.1", port=self.port, **how)

    def __enter__(self) -> MailServer:
        self.controller.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.controller.stop()


class RobotHost:
    """An HTTP host that takes what robots are sent. `answers` are (status, body) in turn; the last one stays."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, str], Any]] = []
        self.answers: list[tuple[int, bytes]] = [(200, b'{"errcode":0,"errmsg":"ok"}')]
        self.headers: dict[str, str] = {}
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                host.taken.append((self.path, dict(self.headers), json.loads(body)))
                status, answer = host.answers.pop(0) if len(host.answers) > 1 else host.answers[0]
                self.send_response(status)
                for name, value in host.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))

    def __enter__(self) -> RobotHost:
        self.thread.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer() as server:
        monkeypatch.setitem(app.config, "SMTP_URL", f"smtp://127.0.0.1:{server.port}")
        monkeypatch.setitem(app.config, "MAIL_FROM", "Hudang 户档 <desk@example.com>")
        yield server


@pytest.fixture
def robot_host(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[RobotHost]:
    with RobotHost() as host:
        monkeypatch.setitem(app.config, "WEBHOOK_HOSTS", ["qyapi.weixin.qq.com", host.url])
        yield host


@pytest.fixture
def cards(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Card]]:
    """Cards by user name: what the home page of each would show."""
    made: dict[str, list[Card]] = {}
    monkeypatch.setattr(rules, "speakers", [lambda user: made.get(user.username, [])])
    return made


@pytest.fixture
def chosen(cast: Any) -> Callable[..., TellingChoice]:
    """`chosen("clerk", "wecom", address)`: that person's choice, stored long ago."""

    def make(name: str, channel: str, address: str, **more: Any) -> TellingChoice:
        choice = TellingChoice(user_id=cast[name].id, channel=channel, address=address, **more)
        db.session.add(choice)
        finish_work()
        return choice

    return make
