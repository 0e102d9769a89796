"""The deposit ledger."""

from __future__ import annotations

import datetime as dt

from flask_appbuilder.models.sqla import Model
from sqlalchemy import BigInteger, Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.customers.models import Tenancy
from app.estate.models import Sited
from app.kit.columns import choice, text
from app.kit.labels import _l
from app.kit.session import Record

DEPOSIT_KINDS = {
    "rent": _l("Rent deposit"),
    "fitout": _l("Fit-out deposit"),
    "permit": _l("Permit deposit"),
    "key": _l("Key deposit"),
    "card": _l("Access card deposit"),
}
LINE_REASONS = {
    "opening": _l("Brought forward from the roster"),
    "received": _l("Received"),
    "refunded": _l("Refunded"),
    "deducted": _l("Deducted"),
    "correction": _l("Correction"),
}


class DepositLine(Sited, Record, Model):
    """One line of the ledger: `amount_cents` is signed; lines are only added, a correction names the old one."""

    __tablename__ = "deposit_line"
    append_only = True
    tenancy_id: Mapped[int] = mapped_column(ForeignKey("tenancy.id"), index=True, info={"label": _l("Tenancy")})
    kind: Mapped[str] = choice(_l("Kind of deposit"), DEPOSIT_KINDS, "rent")
    reason: Mapped[str] = choice(_l("Kind of entry"), LINE_REASONS, "received")
    amount_cents: Mapped[int] = mapped_column(
        BigInteger, info={"label": _l("Amount (yuan)"), "kind": "money", "sealed": True}
    )
    booked_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Booked on")})
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("deposit_line.id"), info={"label": _l("Corrects line")})
    remark: Mapped[str] = text(200, _l("Remark"))
    tenancy: Mapped[Tenancy] = relationship(info={"label": _l("Tenancy")})
    corrects: Mapped[DepositLine | None] = relationship(
        remote_side="DepositLine.id", info={"label": _l("Corrects line")}
    )

    def __str__(self) -> str:
        return f"{self.tenancy} · {DEPOSIT_KINDS[self.kind]}"
