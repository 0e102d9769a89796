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
    ],
)
def test_an_unsafe_production_setting_is_refused_with_the_reason(
    tmp_path: Path, name: str, value: str, reason: str
) -> None:
    with pytest.raises(config.UnsafeSettings, match=reason):
        load(tmp_path, **{name: value})


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
