"""What an audit line's detail says to its reader."""

from __future__ import annotations

from typing import Any

import pytest
from flask_babel import force_locale

from app.security import details

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("subject", "detail", "said"),
    [
        ("File", {"from": "open", "to": "filed"}, "Before: Being completed · After: Filed"),
        ("User", {"roles": ["clerk", "archivist"]}, "Roles: Front desk clerk, Archivist"),
        ("Customer", {"columns": ["id_number", "remark"]}, "Fields: Identity number, Remark"),
        ("Customer", {"role": "daily", "replaced": None}, "Kind of contact: Daily contact · Contact before: —"),
        ("DepositLine", {"kind": "rent", "reason": "received"}, "Kind: Rent deposit · Reason: Received"),
        ("User", {"one_time": True}, "One-time password: yes"),
        ("PrintLine", {"form": "file_label", "subject": "file"}, "Form: File Label · Kind of record: File"),
    ],
)
def test_codes_are_told_in_words(subject: str, detail: dict[str, Any], said: str) -> None:
    with force_locale("en"):
        assert details.as_words(subject, detail) == said


def test_a_class_of_paper_is_told_by_the_scheme() -> None:
    with force_locale("zh_Hans"):
        assert details.as_words("File", {"class": "licence"}).endswith("营业执照副本复印件及年审")
    with force_locale("en"):
        assert details.as_words("File", {"class": "no_such"}) == "Class of paper: no_such"


def test_what_no_one_has_a_word_for_is_shown_as_it_is() -> None:
    assert details.as_words("Gone", {"odd": "x", "more": [1, 2]}).startswith("odd")
