"""Mail: one message as text and as simple HTML, over SMTP with STARTTLS or TLS where the settings say so."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from app.kit.columns import DESK_TIME, now
from app.telling.failing import Failure

TIMEOUT = 10.0
ACCEPTED = 250
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True)
class Server:
    """The mail server of SMTP_URL."""

    host: str
    port: int
    is_tls: bool
    is_starttls: bool
    user: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, url: str) -> Server:
        """smtp://user:password@host:587?starttls=1, smtps://host; names and passwords may be %-encoded."""
        parts = urlsplit(url)
        return cls(
            host=parts.hostname or "",
            port=parts.port or PORTS[parts.scheme],
            is_tls=parts.scheme == "smtps",
            is_starttls=parse_qs(parts.query).get("starttls") == ["1"],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


def compose(sender: str, to: str, subject: str, text: str, html: str, *, settings_url: str, name: str) -> EmailMessage:
    """The whole message. `name` is its own for all tries, `settings_url` where the person switches it off."""
    shown, address = parseaddr(sender)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(shown, addr_spec=address)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now().astimezone(DESK_TIME))
    mail["Message-ID"] = f"<{name}@{address.partition('@')[2]}>"
    mail["List-Unsubscribe"] = f"<{settings_url}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="base64")
    mail.add_alternative(html, subtype="html", cte="base64")
    return mail


def send(server: Server, sender: str, to: str, mail: EmailMessage) -> None:
    """Send it to one person. Raises Failure; after the last byte without an answer it is `lost`."""
    link = _linked(server)
    try:
        _log_in(link, server)
        _demand(link.mail(parseaddr(sender)[1]))
        _demand(link.rcpt(to))
        _demand(_handed_over(link, mail))
        with suppress(OSError, smtplib.SMTPException):
            link.quit()
    except (OSError, smtplib.SMTPException) as error:
        raise Failure("unreachable", is_host_down=True) from error
    finally:
        link.close()


def _linked(server: Server) -> smtplib.SMTP:
    """A connection, encrypted where the settings ask for it and never silently otherwise."""
    safe = ssl.create_default_context()
    try:
        if server.is_tls:
            return smtplib.SMTP_SSL(server.host, server.port, local_hostname="hudang", timeout=TIMEOUT, context=safe)
        link = smtplib.SMTP(server.host, server.port, local_hostname="hudang", timeout=TIMEOUT)
    except ssl.SSLError as error:
        raise Failure("insecure", is_host_down=True) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Failure("unreachable", is_host_down=True) from error
    if server.is_starttls:
        _secure(link, safe)
    return link


def _secure(link: smtplib.SMTP, safe: ssl.SSLContext) -> None:
    try:
        link.starttls(context=safe)
    except (OSError, smtplib.SMTPException) as error:
        link.close()
        raise Failure("insecure", is_host_down=True) from error


def _log_in(link: smtplib.SMTP, server: Server) -> None:
    """Servers may hang up rather than say no."""
    link.ehlo_or_helo_if_needed()
    if not server.user:
        return
    try:
        link.login(server.user, server.password)
    except smtplib.SMTPException as error:
        raise Failure("login", getattr(error, "smtp_code", None), is_host_down=True) from error


def _handed_over(link: smtplib.SMTP, mail: EmailMessage) -> tuple[int, bytes]:
    try:
        return link.data(mail.as_bytes())
    except smtplib.SMTPDataError as error:
        raise Failure("refused", error.smtp_code) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Failure("lost", is_lasting=True, is_host_down=True) from error


def _demand(answer: tuple[int, bytes]) -> None:
    """Failure unless the server said yes."""
    code = answer[0]
    if not ACCEPTED <= code < ACCEPTED + 10:
        raise Failure("refused", code)
