"""What people are told before they agree, as data: versions with a digest each, in three languages (PIPL 17)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.kit import yamls
from app.security.models import canonical

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Notice:
    """One version of the words for a purpose."""

    purpose: str
    version: int
    words: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of the words in all languages."""
        return hashlib.sha256(canonical(self.words).encode()).hexdigest()


@cache
def shipped() -> dict[str, list[Notice]]:
    """Purpose -> its versions, oldest first."""
    read = yamls.read((HERE / "notices.yaml").read_text(encoding="utf-8"))
    return {
        purpose: [
            Notice(purpose, one["version"], {language: one[language] for language in ("zh_Hans", "zh_Hant", "en")})
            for one in versions
        ]
        for purpose, versions in read.items()
    }


def current(purpose: str) -> Notice:
    """The words that are shown now."""
    return shipped()[purpose][-1]


def shown(purpose: str, version: int) -> Notice | None:
    """The words of that version; None for one that never was."""
    return next((notice for notice in shipped()[purpose] if notice.version == version), None)
