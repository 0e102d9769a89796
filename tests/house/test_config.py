"""Unsafe settings refuse to start, and say why (G18)."""

from __future__ import annotations

from pathlib import Path

import pytest

import config

pytestmark = [pytest.mark.no_app, pytest.mark.once]
GOOD = {
    "PRODUCTION": "1",
    "DEMO": "0",
    "SECRET_KEY": "s3cret-abcdefghijklmnopqrstuvwxyz-1",
    "FIELD_KEY": "f1eld-abcdefghijklmnopqrstuvwxyz-22",
    "AUDIT_KEY": "aud1t-abcdefghijklmnopqrstuvwxyz-333",
    "TRUSTED_HOSTS": "desk.example",
    "PUBLIC_URL": "https://desk.example",
}


def load(folder: Path, **changed: str) -> dict[str, object]:
    return config.load({"DATA_DIR": str(folder), **GOOD, **changed})


def test_good_production_settings_start(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded["SESSION_COOKIE_SECURE"] is True
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "", "SECRET_KEY must be set"),
        ("SECRET_KEY", "short", "SECRET_KEY must be set"),
        ("FIELD_KEY", "a" * 64, "FIELD_KEY must be set"),
        ("AUDIT_KEY", GOOD["SECRET_KEY"], "must differ"),
        ("DEMO", "1", "DEMO must be 0"),
        ("DEBUG", "1", "DEBUG must be 0"),
        ("TRUSTED_HOSTS", "", "TRUSTED_HOSTS"),
        ("PUBLIC_URL", "http://desk.example", "https://"),
        ("PUBLIC_URL", "", "https://"),
        ("FILES_URL", "s3://key:secret@bucket", "FILES_URL must be like"),
        ("FILES_URL", "https://bucket.example", "FILES_URL must be like"),
        ("REDIS_URL", "redis://queue.example:6379/0", "REDIS_URL must hold a password"),
        ("REDIS_URL", "http://queue.example", "REDIS_URL must be like"),
        ("REPLICA_URL", "postgresql+psycopg://replica/hudang", "REPLICA_URL must be like"),
        ("METRICS_TOKEN", "short", "METRICS_TOKEN must be at least"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be"),
    ],
)
def test_an_unsafe_production_setting_is_refused_with_the_reason(
    tmp_path: Path, name: str, value: str, reason: str
) -> None:
    with pytest.raises(config.UnsafeSettings, match=reason):
        load(tmp_path, **{name: value})


def test_scans_cross_no_network_in_the_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = {"FILES_URL": "s3://papers/desk/", "REDIS_URL": "rediss://:secret@queue.example:6379/1"}
    assert load(tmp_path, **good, AWS_ENDPOINT_URL="https://store.example")["FILES_URL"] == "s3://papers/desk"
    assert load(tmp_path, **good, AWS_ENDPOINT_URL="http://127.0.0.1:9000")
    with pytest.raises(config.UnsafeSettings, match="AWS_ENDPOINT_URL must be an https") as refused:
        load(tmp_path, **good, AWS_ENDPOINT_URL="http://store.example")
    assert "secret" not in str(refused.value)
    monkeypatch.setattr(config, "find_spec", lambda _name: None)
    with pytest.raises(config.UnsafeSettings, match="requirements-s3.lock"):
        load(tmp_path, **good)


def test_the_demo_does_not_listen_to_strangers_with_a_password_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(config.UnsafeSettings, match="HOST"):
        config.load({"DATA_DIR": str(tmp_path), "HOST": "0.0.0.0"})
    assert config.load({"DATA_DIR": str(tmp_path), "HOST": "0.0.0.0", "DEMO_PASSWORD": "one of my own"})


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "http"), ("PORT", "70000"), ("WEB_WORKERS", "0"), ("PROXIES", "-1")]
)
def test_a_number_out_of_range_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(config.UnsafeSettings, match=name):
        config.load({"DATA_DIR": str(tmp_path), name: value})


def test_old_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(config.OLDEST_SAFE_PARTS, "weasyprint", "9999.0")
    with pytest.raises(config.UnsafeSettings, match="weasyprint"):
        config.load({"DATA_DIR": str(tmp_path)})


def test_keys_are_drawn_once_and_kept_to_their_owner(tmp_path: Path) -> None:
    first, second = config.load({"DATA_DIR": str(tmp_path)}), config.load({"DATA_DIR": str(tmp_path)})
    names = ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY", "DEMO_PASSWORD")
    assert [first[name] for name in names] == [second[name] for name in names]
    assert len({first[name] for name in names}) == len(names)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}
