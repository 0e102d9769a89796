"""Every setting of the console. All come from the environment; unsafe ones refuse to start, with the reason."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
OLDEST_SAFE_PARTS = {"weasyprint": "70.0", "pillow": "12.3", "marshmallow": "3.26.2", "werkzeug": "3.1.4"}
LEAST_KEY_LENGTH = 32
ENDPOINTS = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")  # read by S3's own tools, looked at here
ROBOTS = "qyapi.weixin.qq.com,oapi.dingtalk.com"


class UnsafeSettings(SystemExit):
    """The console does not start like this; `args[0]` says why."""


@dataclass(frozen=True)
class Setting:
    """One environment variable: its default and what it is for. docs/OPERATIONS.md lists them all."""

    name: str
    default: str
    help: str


SETTINGS = [
    Setting("DATA_DIR", "var", "Folder of everything the console keeps: database, scans, keys, fonts"),
    Setting("DATABASE_URL", "", "postgresql+psycopg://… ; empty is SQLite in DATA_DIR"),
    Setting("REPLICA_URL", "", "A copy of the database that reports read from: postgresql+psycopg://… ; empty is none"),
    Setting("FILES_URL", "", "Where scans and uploads lie: s3://bucket/prefix ; empty is DATA_DIR"),
    Setting("REDIS_URL", "", "Carries the jobs of several machines: redis://… ; empty is a file in DATA_DIR"),
    Setting("HOST", "127.0.0.1", "Address to listen on"),
    Setting("PORT", "8080", "Port to listen on"),
    Setting("PUBLIC_URL", "", "Address people use, as printed in QR codes; empty is http://HOST:PORT"),
    Setting("PRODUCTION", "0", "1: refuse every unsafe setting, send cookies over HTTPS only"),
    Setting("DEMO", "1", "1: an empty database gets the made-up tower; 0: it asks for the first administrator"),
    Setting("DEMO_TRADES", "1", "1: the made-up estate shows all trades; 0: property management only"),
    Setting("DEMO_DAYS", "365", "How many days of work the made-up tower has behind it"),
    Setting("DEMO_PASSWORD", "", "Password of all demo accounts; empty is a random one kept in DATA_DIR"),
    Setting("SECRET_KEY", "", "Signs tokens; empty is a random one kept in DATA_DIR (not in production)"),
    Setting("FIELD_KEY", "", "Encrypts identity numbers; empty is a random one kept in DATA_DIR (not in production)"),
    Setting("AUDIT_KEY", "", "Chains the audit; empty is a random one kept in DATA_DIR (not in production)"),
    Setting("TRUSTED_HOSTS", "", "Comma-separated host names the console answers to; required in production"),
    Setting("PROXIES", "0", "Reverse proxies in front whose X-Forwarded-For, -Proto and -Host are believed"),
    Setting("WEB_WORKERS", "2", "Processes that answer requests"),
    Setting("SESSION_IDLE_MINUTES", "30", "A session ends after so many minutes without a request"),
    Setting("SESSION_HOURS", "8", "A session ends after so many hours in all"),
    Setting("LOCK_AFTER", "5", "Failed logins before an account is locked"),
    Setting("LOCK_MINUTES", "15", "Minutes an account stays locked"),
    Setting("AUDIT_KEEP_DAYS", "1095", "Days that lines of the audit are kept at least; never under 180"),
    Setting("UPLOAD_MEGABYTES", "25", "Largest request body"),
    Setting("SMTP_URL", "", "Mail server: smtp://user:password@host:587?starttls=1 or smtps://… ; empty sends no mail"),
    Setting("MAIL_FROM", "", "Sender of the console's mail, e.g. Hudang <desk@example.com>; required with SMTP_URL"),
    Setting("WEBHOOK_HOSTS", ROBOTS, "Hosts whose group robots are sent to, comma-separated; host:port may be private"),
    Setting("LOG_FORMAT", "text", "text: for people; json: a line of JSON for each request and message"),
    Setting("METRICS_TOKEN", "", "Whoever sends it as a bearer token reads /metrics; empty: nothing is measured"),
    Setting("DEBUG", "0", "1: pages for programmers on errors; refused in production"),
]


def load(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The app's configuration. Raises UnsafeSettings with the reason."""
    said = {setting.name: environ.get(setting.name, setting.default).strip() for setting in SETTINGS}
    said |= {name: environ[name] for name in ENDPOINTS if name in environ}
    production, data_dir = said["PRODUCTION"] == "1", _data_dir(said["DATA_DIR"])
    loaded: dict[str, Any] = _kept_keys(said, data_dir, production) | {
        "DATA_DIR": str(data_dir),
        "SQLALCHEMY_DATABASE_URI": said["DATABASE_URL"] or f"sqlite:///{data_dir / 'hudang.db'}",
        "FILES_URL": said["FILES_URL"].rstrip("/"),
        "REDIS_URL": said["REDIS_URL"],
        "LOG_FORMAT": said["LOG_FORMAT"],
        "METRICS_TOKEN": said["METRICS_TOKEN"],
        "HOST": said["HOST"],
        "PORT": _number(said, "PORT", 1, 65535),
        "PUBLIC_URL": (said["PUBLIC_URL"] or f"http://{said['HOST']}:{said['PORT']}").rstrip("/"),
        "PRODUCTION": production,
        "DEMO": said["DEMO"] == "1",
        "DEMO_TRADES": said["DEMO_TRADES"] == "1",
        "DEMO_DAYS": _number(said, "DEMO_DAYS", 0, 3650),
        "DEMO_PASSWORD_SAID": bool(said["DEMO_PASSWORD"]),
        "DEBUG": said["DEBUG"] == "1",
        "TRUSTED_HOSTS": _hosts(said),
        "PROXIES": _number(said, "PROXIES", 0, 5),
        "WEB_WORKERS": _number(said, "WEB_WORKERS", 1, 64),
        "SESSION_IDLE_MINUTES": _number(said, "SESSION_IDLE_MINUTES", 1, 24 * 60),
        "SESSION_HOURS": _number(said, "SESSION_HOURS", 1, 24),
        "LOCK_AFTER": _number(said, "LOCK_AFTER", 1, 10),
        "LOCK_MINUTES": _number(said, "LOCK_MINUTES", 1, 24 * 60),
        "AUDIT_KEEP_DAYS": _number(said, "AUDIT_KEEP_DAYS", 180, 36500),
        "MAX_CONTENT_LENGTH": _number(said, "UPLOAD_MEGABYTES", 1, 500) * 1024 * 1024,
        "SESSION_COOKIE_SECURE": production,
        "SMTP_URL": said["SMTP_URL"],
        "MAIL_FROM": said["MAIL_FROM"],
        "WEBHOOK_HOSTS": [host.strip().lower() for host in said["WEBHOOK_HOSTS"].split(",") if host.strip()],
    }
    loaded |= fixed()
    if said["REPLICA_URL"]:
        loaded["SQLALCHEMY_BINDS"] = {"replica": {"url": said["REPLICA_URL"], **engine_options(said["REPLICA_URL"])}}
    loaded["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(loaded["SQLALCHEMY_DATABASE_URI"])
    _refuse_unsafe(said, loaded)
    return loaded


def fixed() -> dict[str, Any]:
    """What is the same everywhere."""
    return {
        "FAB_CREATE_DB": False,
        "FAB_UPDATE_PERMS": False,
        "AUTH_TYPE": 1,
        "AUTH_ROLE_PUBLIC": "",
        "FAB_ADD_SECURITY_VIEWS": False,
        "FAB_API_SWAGGER_UI": False,
        "APP_NAME": "Hudang 户档",
        "LANGUAGES": {
            "zh_Hans": {"flag": "cn", "name": "简体"},
            "zh_Hant": {"flag": "hk", "name": "繁體"},
            "en": {"flag": "gb", "name": "English"},
        },
        "BABEL_DEFAULT_LOCALE": "zh_Hans",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "WTF_CSRF_TIME_LIMIT": None,
        "SESSION_COOKIE_NAME": "hudang",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "JSON_SORT_KEYS": False,
    }


def sqlite_module() -> Any:
    """The newest SQLite at hand: the wheel's, else the interpreter's."""
    try:
        import pysqlite3.dbapi2 as module
    except ImportError:
        import sqlite3 as module
    return module


def engine_options(url: str) -> dict[str, Any]:
    """How SQLAlchemy opens the database; what it was given is repeated in no error, and so in no log."""
    if url.startswith("sqlite"):
        return {
            "module": sqlite_module(),
            "connect_args": {"timeout": 15, "cached_statements": 1000},
            "hide_parameters": True,
        }
    return {"pool_pre_ping": True, "pool_recycle": 1800, "hide_parameters": True}


def _data_dir(said: str) -> Path:
    path = Path(said)
    path = path if path.is_absolute() else ROOT / path
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _kept_keys(said: Mapping[str, str], data_dir: Path, production: bool) -> dict[str, Any]:
    """Keys said in the environment; outside production a missing one is drawn once and kept beside the data."""
    keys: dict[str, Any] = {}
    for name in ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY", "DEMO_PASSWORD"):
        if said[name]:
            keys[name] = said[name]
        elif production:
            keys[name] = ""
        else:
            keys[name] = _kept(data_dir / "keys" / name.lower(), 9 if name == "DEMO_PASSWORD" else 48)
    return keys


def _kept(path: Path, strength: int) -> str:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    drawn = secrets.token_urlsafe(strength)
    with os.fdopen(descriptor, "w") as out:
        out.write(drawn)
    return drawn


def _number(said: Mapping[str, str], name: str, least: int, most: int) -> int:
    if not said[name].isdigit() or not least <= int(said[name]) <= most:
        raise UnsafeSettings(f"{name} must be a whole number from {least} to {most}, not {said[name]!r}")
    return int(said[name])


def _hosts(said: Mapping[str, str]) -> list[str] | None:
    """The names the console answers to; on this machine alone its own; None (any) only for a demo in the open."""
    hosts = [host.strip() for host in said["TRUSTED_HOSTS"].split(",") if host.strip()]
    if hosts:
        return hosts
    return [*LOOPBACK, "[::1]"] if said["HOST"] in LOOPBACK else None


def _refuse_unsafe(said: Mapping[str, str], loaded: Mapping[str, Any]) -> None:
    reasons = [*_old_parts(), *_mail_reasons(said), *_machine_reasons(said)]
    if loaded["PRODUCTION"]:
        reasons += _production_reasons(said, loaded) + _open_wire_reasons(said)
    elif said["HOST"] not in LOOPBACK and loaded["DEMO"] and not said["DEMO_PASSWORD"]:
        reasons.append("HOST is not this machine alone: set DEMO_PASSWORD, or DEMO=0, or PRODUCTION=1")
    if reasons:
        raise UnsafeSettings("The console does not start:\n- " + "\n- ".join(reasons))


def _production_reasons(said: Mapping[str, str], loaded: Mapping[str, Any]) -> list[str]:
    reasons = []
    for name in ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY"):
        if len(said[name]) < LEAST_KEY_LENGTH or len(set(said[name])) < 10:
            reasons.append(f"{name} must be set to at least {LEAST_KEY_LENGTH} random characters")
    if len({said["SECRET_KEY"], said["FIELD_KEY"], said["AUDIT_KEY"]}) < 3:
        reasons.append("SECRET_KEY, FIELD_KEY and AUDIT_KEY must differ")
    if loaded["DEMO"]:
        reasons.append("DEMO must be 0: the made-up tower brings known accounts")
    if loaded["DEBUG"]:
        reasons.append("DEBUG must be 0: it shows the program to strangers")
    if not said["TRUSTED_HOSTS"]:
        reasons.append("TRUSTED_HOSTS must name the hosts the console answers to")
    if not said["PUBLIC_URL"].startswith("https://"):
        reasons.append("PUBLIC_URL must be the https:// address people use: cookies are sent over HTTPS only")
    if any(host.startswith("http://") for host in loaded["WEBHOOK_HOSTS"]):
        reasons.append("WEBHOOK_HOSTS must not name http:// addresses: robots are sent to over HTTPS only")
    server = urlsplit(said["SMTP_URL"])
    if server.scheme == "smtp" and server.password and "starttls=1" not in server.query.split("&"):
        reasons.append("SMTP_URL sends its password unencrypted: use smtps:// or add ?starttls=1")
    return reasons


def _machine_reasons(said: Mapping[str, str]) -> list[str]:
    """What is wrong with what several machines share; addresses may hold passwords and are not repeated."""
    reasons = []
    if said["FILES_URL"] and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w.-]+)*/?", said["FILES_URL"]):
        reasons.append("FILES_URL must be like s3://bucket/prefix; who may come in is said by AWS_… variables")
    elif said["FILES_URL"] and find_spec("s3fs") is None:
        reasons.append("FILES_URL needs the parts in requirements-s3.lock: pip install -r requirements-s3.lock")
    if said["REPLICA_URL"] and not (said["REPLICA_URL"].startswith("postgresql+psycopg://") and said["DATABASE_URL"]):
        reasons.append("REPLICA_URL must be like postgresql+psycopg://…, beside a DATABASE_URL on PostgreSQL")
    if said["REDIS_URL"] and urlsplit(said["REDIS_URL"]).scheme not in ("redis", "rediss", "unix"):
        reasons.append("REDIS_URL must be like redis://host:6379/0, rediss://… or unix:///path")
    if said["LOG_FORMAT"] not in ("text", "json"):
        reasons.append("LOG_FORMAT must be text or json")
    if said["METRICS_TOKEN"] and len(said["METRICS_TOKEN"]) < LEAST_KEY_LENGTH:
        reasons.append(f"METRICS_TOKEN must be at least {LEAST_KEY_LENGTH} random characters")
    return reasons


def _open_wire_reasons(said: Mapping[str, str]) -> list[str]:
    """Papers and orders never cross a network in the clear, nor does anybody come in without a password."""
    reasons = []
    for name in ENDPOINTS:
        endpoint = urlsplit(said.get(name, ""))
        if said["FILES_URL"] and endpoint.scheme == "http" and endpoint.hostname not in LOOPBACK:
            reasons.append(f"{name} must be an https:// address: scans cross the network")
    redis = urlsplit(said["REDIS_URL"])
    if redis.scheme in ("redis", "rediss") and redis.hostname not in LOOPBACK and not redis.password:
        reasons.append("REDIS_URL must hold a password, or be on this machine alone")
    return reasons


def _mail_reasons(said: Mapping[str, str]) -> list[str]:
    """What is wrong with the mail server; the address itself may hold a password and is not repeated."""
    if not said["SMTP_URL"]:
        return []
    reasons = []
    try:
        server = urlsplit(said["SMTP_URL"])
        if server.scheme not in ("smtp", "smtps") or not server.hostname or server.port == 0:
            raise ValueError
    except ValueError:
        reasons.append("SMTP_URL must be like smtp://host:25 or smtps://user:password@host:465")
    if "@" not in parseaddr(said["MAIL_FROM"])[1] or not said["MAIL_FROM"].isprintable():
        reasons.append("MAIL_FROM must be a mail address when SMTP_URL is set")
    return reasons


def _old_parts() -> list[str]:
    """Parts below the versions known to be safe."""
    reasons = []
    for name, oldest in OLDEST_SAFE_PARTS.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            continue
        if _parts(found) < _parts(oldest):
            reasons.append(f"{name} {found} is older than {oldest}, the oldest known to be safe")
    return reasons


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())
