"""Settings of mail and robots that are unsafe refuse to start, and never repeat a password."""

from __future__ import annotations

from pathlib import Path

import pytest

import config
from tests.house.test_config import load

pytestmark = [pytest.mark.no_app, pytest.mark.once]
GOOD = {"SMTP_URL": "smtp://desk:s3cret@mail.example:587?starttls=1", "MAIL_FROM": "Hudang 户档 <desk@example.com>"}


def test_good_ones_start(tmp_path: Path) -> None:
    assert load(tmp_path)["WEBHOOK_HOSTS"] == ["qyapi.weixin.qq.com", "oapi.dingtalk.com"]
    assert load(tmp_path, **GOOD)["SMTP_URL"] == GOOD["SMTP_URL"]
    load(tmp_path, **GOOD | {"SMTP_URL": "smtps://desk:s3cret@mail.example"}, WEBHOOK_HOSTS="robots.example:8443")
    load(tmp_path, **GOOD | {"SMTP_URL": "smtp://127.0.0.1:25"})


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"SMTP_URL": "smtp://desk:s3cret@mail.example:587"}, "unencrypted"),
        ({"SMTP_URL": "smtp://desk:s3cret@mail.example:587?starttls=0"}, "unencrypted"),
        ({"SMTP_URL": "https://desk:s3cret@mail.example"}, "SMTP_URL must be"),
        ({"SMTP_URL": "smtps://desk:s3cret@mail.example:99999"}, "SMTP_URL must be"),
        ({"SMTP_URL": "mail.example"}, "SMTP_URL must be"),
        ({"MAIL_FROM": ""}, "MAIL_FROM must be"),
        ({"MAIL_FROM": "Hudang"}, "MAIL_FROM must be"),
        ({"MAIL_FROM": "a@b.example\nBcc: c@d.example"}, "MAIL_FROM must be"),
        ({"WEBHOOK_HOSTS": "http://127.0.0.1:20123"}, "WEBHOOK_HOSTS must not"),
    ],
)
def test_unsafe_ones_are_refused_with_the_reason(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    with pytest.raises(config.UnsafeSettings, match=reason) as refused:
        load(tmp_path, **GOOD | changed)
    assert "s3cret" not in str(refused.value)
