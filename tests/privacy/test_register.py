"""Every column that could hold something about a person is in the register, or said to hold nothing."""

from __future__ import annotations

import pytest
from flask_appbuilder.models.sqla import Model
from sqlalchemy import Column, Date, Integer, MetaData, String, Table

import app.models  # noqa: F401
from app.privacy import notices, register
from app.privacy.models import CONSENT_PURPOSES
from app.security.crypto import Encrypted

pytestmark = pytest.mark.no_app
# The words that were shown are never changed: a better text is a new version (PIPL 17).
SHOWN = {
    ("contacting", 1): "371cb51402a0bccc",
    ("identity_scan", 1): "fd3e149179035f16",
    ("health", 1): "b7285bab3eaea011",
    ("news", 1): "47f81c2582391993",
    ("events", 1): "c2508698ccd94f66",
}


def test_every_column_is_in_the_register_or_holds_nothing_personal() -> None:
    assert register.unnamed(Model.metadata) == []


def test_the_register_names_no_column_that_is_gone() -> None:
    assert register.strangers(Model.metadata) == []


@pytest.mark.parametrize(
    "column",
    [
        Column("nickname", String(60)),
        Column("passport", Encrypted("made_up.passport")),
        Column("born_on", Date),
        Column("weight", Integer, info={"sealed": True}),
        Column("number", String(30), info={"mask": "id_number"}),
    ],
    ids=lambda column: column.name,
)
def test_a_made_up_column_goes_red(column: Column[object]) -> None:
    made_up = MetaData()
    Table("made_up", made_up, Column("id", Integer, primary_key=True), column)
    assert register.unnamed(made_up) == [f"made_up.{column.name}"]


def test_what_says_nothing_about_anybody_needs_no_entry() -> None:
    made_up = MetaData()
    Table(
        "made_up", made_up, Column("id", Integer), Column("made_on", Date), Column("number", String(30)),
        Column("state", String(30), info={"choices": {"open": "Open"}}),
    )  # fmt: skip
    assert register.unnamed(made_up) == []


def test_a_column_that_is_gone_goes_red() -> None:
    assert "contact.phone" in register.strangers(MetaData())


def test_each_purpose_says_why_and_how_long_in_three_languages() -> None:
    said = register._said()
    for purpose in said["purposes"].values():
        assert purpose["basis"] in register.BASES
        assert all(purpose[language] for language in ("zh_Hans", "zh_Hant", "en"))
        assert all(said["retentions"][purpose["retention"]][language] for language in ("zh_Hans", "zh_Hant", "en"))
    assert {entry.purpose for entry in register.entries().values()} == set(said["purposes"])


def test_every_purpose_of_a_consent_has_its_words() -> None:
    assert set(notices.shipped()) == set(CONSENT_PURPOSES)
    for versions in notices.shipped().values():
        assert [notice.version for notice in versions] == list(range(1, len(versions) + 1))


def test_words_that_were_shown_are_never_changed() -> None:
    shipped = {(n.purpose, n.version): n.digest[:16] for versions in notices.shipped().values() for n in versions}
    assert shipped == SHOWN


def test_the_notices_use_no_pretext() -> None:
    """The wording of the source's rule 3 (a survey under the name of charity) is not shipped (PIPL 5)."""
    told = "".join(words for versions in notices.shipped().values() for n in versions for words in n.words.values())
    assert "爱心" not in told and "普查" not in told


def test_a_digest_follows_the_words() -> None:
    one = notices.Notice("news", 1, {"en": "a"})
    assert one.digest != notices.Notice("news", 1, {"en": "b"}).digest
