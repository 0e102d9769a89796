"""The print log: one line for every sheet that left the printer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from flask import current_app, has_app_context
from flask_appbuilder.models.sqla import Model
from flask_babel.speaklater import LazyString
from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kit.columns import Moment, choice, text
from app.kit.labels import _l
from app.kit.session import Record
from app.security.audit_words import SUBJECTS

SHEET_LANGUAGES = {"zh_Hans": _l("Simplified Chinese"), "zh_Hant": _l("Traditional Chinese"), "en": _l("English")}


class FormTitles(Mapping[str, Any]):
    """Form key -> its title in the reader's language. The forms are found when they are first asked for."""

    def __getitem__(self, key: str) -> Any:
        from app.printing import forms, reports, screens

        form = forms.by_key(key)
        if form is None:
            return {reports.KEY: _l("Report"), **screens.NAMES}[key]
        return LazyString(form.title)

    def __iter__(self) -> Iterator[str]:
        from app.printing import forms, reports, screens

        return iter([*(form.key for form in forms.all()), reports.KEY, *screens.NAMES])

    def __len__(self) -> int:
        return sum(1 for _key in self)


class SubjectNames(Mapping[str, Any]):
    """Key of what can be printed -> what its records are called."""

    def __getitem__(self, key: str) -> Any:
        from app.printing import reports, subjects

        if key == reports.KEY:
            return _l("Report")
        if key in (declared := _declared()):
            return declared[key]
        subject = subjects.all_subjects().get(key)
        return SUBJECTS[subject.model.__name__ if subject is not None else key]

    def __iter__(self) -> Iterator[str]:
        from app.printing import reports, subjects

        return iter([*subjects.all_subjects(), reports.KEY, *(SUBJECTS.keys() - {"Report"}), *_declared()])

    def __len__(self) -> int:
        return sum(1 for _key in self)


def _declared() -> dict[str, Any]:
    """Kinds of record that exist as data only: their names in the log -> what a record is called."""
    views = current_app.extensions.get("record_views", {}) if has_app_context() else {}
    return {model.printed_as: view.titles.one for model, view in views.items() if hasattr(model, "printed_as")}


class PrintLine(Record, Model):
    """One sheet: its number, which form of which record, which copy, who and when, and what was on it.

    `pdf_sha256` is of the whole file that the copies came in; `content_hash` of the facts, the same on all copies.
    `record_digest` is keyed and of the record as it stood, "" where nothing can be compared; `subject_id` is None for a
    list.
    """

    __tablename__ = "print_line"
    __table_args__ = (Index("ix_print_line_subject", "form_key", "subject_type", "subject_id"),)
    append_only = True
    serial: Mapped[str] = text(20, _l("Print number"), required=True, unique=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True, info={"label": _l("Site")})
    form_key: Mapped[str] = text(60, _l("Form"), required=True, choices=FormTitles())
    form_digest: Mapped[str] = mapped_column(String(64), info={"label": _l("Version of the form (SHA-256)")})
    subject_type: Mapped[str] = text(40, _l("Kind of record"), required=True, choices=SubjectNames())
    subject_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Record key")})
    copy_no: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Copy number")})
    copies: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("Of copies")})
    language: Mapped[str] = choice(_l("Language"), SHEET_LANGUAGES, "zh_Hans")
    times_printed: Mapped[int] = mapped_column(Integer, default=1, info={"label": _l("How often printed")})
    pdf_sha256: Mapped[str] = mapped_column(String(64), info={"label": _l("Checksum of the PDF (SHA-256)")})
    content_hash: Mapped[str] = mapped_column(
        String(64), index=True, info={"label": _l("Checksum of the content (SHA-256)")}
    )
    record_digest: Mapped[str] = mapped_column(
        String(64), default="", server_default="", info={"label": _l("Checksum of the record"), "hidden": True}
    )
    printed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("ab_user.id"), index=True, info={"label": _l("Printed by")}
    )
    printed_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Printed at")})
    printed_by: Mapped[Any] = relationship("User", foreign_keys=[printed_by_id], info={"label": _l("Printed by")})

    def __str__(self) -> str:
        return self.serial
