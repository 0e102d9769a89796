"""A transfer taken along: every sheet of the set as one PDF, or the package; what is sealed asks the gate."""

from __future__ import annotations

import tempfile
from typing import IO, Any

from app.archive import scans
from app.fonds import bag, checking
from app.fonds.sets import Transfer
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.printing import forms, long
from app.printing import rules as printing
from app.security import audit, gate

SHEETS = ("transfer_deed", "transfer_list", "fonds_file", "item_catalogue", "volume_catalogue", "full_catalogue",
          "electronic_list", "electronic_register")  # fmt: skip
IN_MEMORY = 8 * 1024 * 1024


def whole_set(transfer: Transfer, *, by: Any, language: str) -> bytes:
    """文据, 清单, 全宗卷, 检索工具, 电子清单与登记表: each with its own number in the print log (P4.07)."""
    _must_be_complete(transfer)
    wanted = [form for key in SHEETS if (form := forms.by_key(key)) is not None]
    return long.joined([printing.print_record(form, transfer, by=by, language=language).pdf for form in wanted])


def ordered(transfer: Transfer, language: str) -> str | None:
    """The page with the bar where the set is long work; None where it is printed at once."""
    _must_be_complete(transfer)
    wanted = [form for key in SHEETS if (form := forms.by_key(key)) is not None]
    return long.order(wanted, transfer, language) if long.is_long(wanted[0], transfer) else None


def _must_be_complete(transfer: Transfer) -> None:
    if transfer.state not in ("complete", "handed", "done"):
        raise RuleError(_l("The list is not complete yet."))


def package(transfer: Transfer) -> IO[bytes]:
    """The package as a zip; each copy that leaves is asked of the gate and written down before it does."""
    _must_be_complete(transfer)
    for item in checking.items_of(transfer):
        for scan in checking.scans_of(item):
            if not scans.is_shown(scan.document):
                raise RuleError(_l("A digital copy of %(what)s is held back: there is no consent.", what=item.number))
            gate.note_read(scan, gate.DOWNLOAD)
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever sends it
    try:
        bag.write_zip(transfer, out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    audit.write("package", transfer, {"number": transfer.number, "items": len(transfer.lines)})
    return out
