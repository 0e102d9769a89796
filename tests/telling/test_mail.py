"""Mail over STARTTLS and TLS with a throw-away certificate, with names and passwords, and what servers refuse."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.telling.failing import Failure
from app.telling.mail import Server, compose, send
from tests.telling.conftest import MailServer

pytestmark = [pytest.mark.no_app, pytest.mark.once]
FROM, TO = "Hudang 户档 <desk@example.com>", "front@desk.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def offered(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """`handled=False`: the server says 535 to anybody else; without it, it says nothing and the mail waits in vain."""
    return AuthResult(success=(given.login, given.password) == (b"desk", b"p@ss/word"), handled=False)


def letter() -> EmailMessage:
    return compose(
        FROM, TO, "户档 · 逾期 3", "正文", "<p>正文</p>", settings_url="https://x.example/telling/", name="1"
    )


def post(url: str) -> None:
    send(Server.of(url), FROM, TO, letter())


def test_a_mail_goes_out_encrypted_and_logged_in(certificate: Path, trusted: None) -> None:
    how = {"tls_context": offered(certificate), "require_starttls": True, "auth_required": True}
    with MailServer(**how, authenticator=let_in) as server:
        post(f"smtp://desk:p%40ss%2Fword@127.0.0.1:{server.port}?starttls=1")
        (envelope,) = server.inbox.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("desk@example.com", [TO])


def test_a_wrong_password_is_told_as_such(certificate: Path, trusted: None) -> None:
    how = {"tls_context": offered(certificate), "require_starttls": True, "auth_required": True}
    with MailServer(**how, authenticator=let_in) as server:
        with pytest.raises(Failure) as failed:
            post(f"smtp://desk:wrong@127.0.0.1:{server.port}?starttls=1")
        assert not server.inbox.mails
    assert (failed.value.problem, failed.value.code) == ("login", 535)


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with MailServer(tls_context=offered(certificate)) as server:
        with pytest.raises(Failure) as failed:
            post(f"smtp://127.0.0.1:{server.port}?starttls=1")
        assert not server.inbox.mails
    assert failed.value.problem == "insecure"


def test_a_server_without_starttls_is_not_sent_to_when_it_is_asked_for() -> None:
    with MailServer() as server:
        with pytest.raises(Failure) as failed:
            post(f"smtp://desk:secret@127.0.0.1:{server.port}?starttls=1")
        assert not server.inbox.mails
    assert failed.value.problem == "insecure"


def test_a_mail_goes_out_over_tls_from_the_start(certificate: Path, trusted: None) -> None:
    with MailServer(ssl_context=offered(certificate)) as server:
        post(f"smtps://127.0.0.1:{server.port}")
        assert len(server.inbox.mails) == 1


@pytest.mark.parametrize(("answer", "code"), [("451 later", 451), ("554 no", 554)])
def test_what_the_server_refuses_is_told_with_its_number(answer: str, code: int) -> None:
    with MailServer() as server:
        server.inbox.answer = answer
        with pytest.raises(Failure) as failed:
            post(f"smtp://127.0.0.1:{server.port}")
    assert (failed.value.problem, failed.value.code, failed.value.is_lasting) == ("refused", code, False)


def test_a_server_that_is_not_there_is_down() -> None:
    with pytest.raises(Failure) as failed:
        post("smtp://127.0.0.1:9")
    assert failed.value.problem == "unreachable" and failed.value.is_host_down


def test_a_mail_is_ascii_on_the_wire_whatever_it_says() -> None:
    sent = letter().as_bytes()
    assert sent.isascii() and b"multipart/alternative" in sent and max(map(len, sent.splitlines())) < 998


def test_a_password_is_not_shown_with_the_server() -> None:
    assert "p@ss" not in repr(Server.of("smtp://desk:p%40ss@h.example:587"))
