"""Where places and files were before, and what files were called: lines that never change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_appbuilder.models.sqla import Model
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.archive.models import File
from app.estate.models import Place, Site, Sited
from app.kit.columns import Moment, text
from app.kit.labels import _l
from app.kit.session import Record


class PlaceMove(Sited, Record, Model):
    """A place, or a file, was put elsewhere: from where, where to, when, why and by whom; never changed (P5.02)."""

    __tablename__ = "place_move"
    __table_args__ = (CheckConstraint("(moved_id is null) <> (file_id is null)", name="one_thing"),)
    append_only = True
    moved_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True, info={"label": _l("Place moved")})
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    from_place_id: Mapped[int | None] = mapped_column(
        ForeignKey("place.id"), index=True, info={"label": _l("From place")}
    )
    to_place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True, info={"label": _l("To place")})
    moved_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Moved at")})
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Moved by")})
    reason: Mapped[str] = text(300, _l("Reason"))
    moved: Mapped[Place | None] = relationship(foreign_keys=[moved_id], info={"label": _l("Place moved")})
    file: Mapped[File | None] = relationship(info={"label": _l("File")})
    from_place: Mapped[Place | None] = relationship(foreign_keys=[from_place_id], info={"label": _l("From place")})
    to_place: Mapped[Place | None] = relationship(foreign_keys=[to_place_id], info={"label": _l("To place")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Moved by")})

    def __str__(self) -> str:
        return f"{self.moved or self.file}"


class FileNumber(Sited, Record, Model):
    """The concordance: a file had an old number and has a new one since (P2.08); never changed."""

    __tablename__ = "file_number"
    __table_args__ = (Index("ix_file_number_old", "site_id", "old"),)
    append_only = True
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), index=True, info={"label": _l("File")})
    old: Mapped[str] = text(60, _l("Old number"), required=True)
    new: Mapped[str] = text(60, _l("New number"), required=True)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("Renumbered at")})
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Renumbered by")})
    reason: Mapped[str] = text(300, _l("Reason"))
    site: Mapped[Site] = relationship(info={"label": _l("Site")})
    file: Mapped[File] = relationship(info={"label": _l("File")})
    user: Mapped[Any] = relationship("User", foreign_keys=[user_id], info={"label": _l("Renumbered by")})

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
