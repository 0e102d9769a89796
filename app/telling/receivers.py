"""Where a message may go: mail addresses, and robots whose host the settings name."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from app.telling.failing import Failure

MAIL_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
URL_SIGNS = re.compile(r"[!-~]+")
LONGEST = 500
HTTPS = 443
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 inside IPv6: may lead to a private address


@dataclass(frozen=True)
class Robot:
    """A robot's address, taken apart. `is_known`: the settings name host and port, so it may be a private one."""

    host: str
    port: int
    path: str
    is_tls: bool
    is_known: bool


def is_mail_address(address: str) -> bool:
    """One plain ASCII address: nothing that could start another header or command."""
    return len(address) <= 254 and MAIL_ADDRESS.fullmatch(address) is not None


def robot(url: str, hosts: Sequence[str]) -> Robot | None:
    """The robot at `url`, if `hosts` (WEBHOOK_HOSTS) allow it: https on port 443, or just what they spell out.

    An entry is `host`, `host:port`, or for trials `http://host:port`.
    """
    parts = _parts(url)
    if parts is None or not parts.hostname:
        return None
    host, is_tls = parts.hostname.lower(), parts.scheme == "https"
    port = parts.port or HTTPS
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    spelled = f"{host}:{port}" if is_tls else f"http://{host}:{port}"
    if spelled in hosts:
        return Robot(host, port, path, is_tls, is_known=True)
    if is_tls and port == HTTPS and host in hosts:
        return Robot(host, port, path, is_tls, is_known=False)
    return None


def _parts(url: str) -> SplitResult | None:
    """The parts of a web address without a name, password or fragment; None for anything else."""
    if len(url) > LONGEST or not URL_SIGNS.fullmatch(url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        strange = parts.scheme not in ("https", "http") or "@" in parts.netloc or parts.fragment or parts.port == 0
    except ValueError:
        return None
    return None if strange else parts


def addresses_of(there: Robot) -> list[str]:
    """The IP addresses of a robot's host; Failure when there is none, or one that is not public though it must be."""
    try:
        found = socket.getaddrinfo(there.host, there.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Failure("unreachable", is_host_down=True) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not there.is_known and not all(map(is_public, addresses)):
        raise Failure("address", is_lasting=True)
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in TRANSLATED or found.sixtofour is not None or found.teredo is not None:
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast
