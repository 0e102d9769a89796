"""Group robots of WeCom 企业微信 and DingTalk 钉钉: one POST of JSON, to the host and address that were checked.

No redirect is followed; the answer's `errcode` must be 0.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import quote_plus

from app.telling.failing import Failure
from app.telling.receivers import Robot, addresses_of

TIMEOUT = 10.0
LARGEST_ANSWER = 64 * 1024
LARGEST_BODY = 20_000


def wecom(markdown: str) -> dict[str, Any]:
    """The body that a WeCom robot takes; its content holds at most 4096 bytes."""
    return {"msgtype": "markdown", "markdown": {"content": markdown}}


def dingtalk(title: str, markdown: str) -> dict[str, Any]:
    """The body that a DingTalk robot takes; the title is what its list of talks shows."""
    return {"msgtype": "markdown", "markdown": {"title": title, "text": markdown}}


def signature(secret: str, milliseconds: int) -> str:
    """DingTalk's 加签: `&timestamp=…&sign=…`, the HMAC-SHA256 of both lines under the secret."""
    signed = hmac.digest(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256)
    return f"&timestamp={milliseconds}&sign={quote_plus(base64.b64encode(signed))}"


def post(there: Robot, path: str, body: dict[str, Any]) -> None:
    """Send it. Raises Failure: before all was handed over it can be tried again, without an answer it is `lost`."""
    sent = json.dumps(body, ensure_ascii=False).encode()
    if len(sent) > LARGEST_BODY:
        raise Failure("refused", is_lasting=True)
    connection = _connected(there)
    try:
        with _cut_off(connection):
            _hand_over(connection, path, sent)
            status, answer = _answer(connection)
    finally:
        connection.close()
    _judge(status, answer)


def _connected(there: Robot) -> HTTPConnection:
    """A connection to one of the addresses that were checked: the name is not asked for a second time."""
    addresses = addresses_of(there)
    if there.is_tls:
        made: HTTPConnection = HTTPSConnection(
            there.host, there.port, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        made = HTTPConnection(there.host, there.port, timeout=TIMEOUT)
    made._create_connection = lambda _name, timeout, _source: _reach(addresses, there.port, timeout)  # type: ignore[attr-defined]
    try:
        made.connect()
    except ssl.SSLError as error:
        raise Failure("insecure", is_host_down=True) from error
    except OSError as error:
        raise Failure("unreachable", is_host_down=True) from error
    return made


def _reach(addresses: Sequence[str], port: int, timeout: float) -> socket.socket:
    """The first of the addresses that answers."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout)
    return socket.create_connection((addresses[-1], port), timeout)


@contextmanager
def _cut_off(connection: HTTPConnection) -> Iterator[None]:
    """A receiver that sends a byte now and then is cut off all the same."""
    timer = threading.Timer(TIMEOUT, _shut, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _hand_over(connection: HTTPConnection, path: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Hudang", "Connection": "close"}
    try:
        connection.request("POST", path, body, headers)
    except (OSError, HTTPException) as error:
        raise Failure("unreachable", is_host_down=True) from error


def _answer(connection: HTTPConnection) -> tuple[int, bytes]:
    """Status and body of the answer, of which no more is read than it may be long."""
    try:
        response = connection.getresponse()
        return response.status, _read(response)
    except (OSError, HTTPException) as error:
        raise Failure("lost", is_lasting=True, is_host_down=True) from error


def _read(response: HTTPResponse) -> bytes:
    found = b""
    while len(found) <= LARGEST_ANSWER and (some := response.read1(LARGEST_ANSWER)):
        found += some
    return found


def _judge(status: int, body: bytes) -> None:
    """Failure unless the robot says that it took the message."""
    if status != 200:
        raise Failure("refused", status)
    try:
        answer = json.loads(body) if len(body) <= LARGEST_ANSWER else None
    except ValueError:
        answer = None
    code = answer.get("errcode") if isinstance(answer, dict) else None
    if not isinstance(code, int):
        raise Failure("answer", is_lasting=True)
    if code != 0:
        raise Failure("refused", code if abs(code) < 2**31 else None)
