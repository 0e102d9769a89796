"""The full house's archives: one of each, so that every list has a row."""

from __future__ import annotations

from typing import Any

from app.archive.models import Document
from app.demo import makers
from app.estate.models import Site
from app.fonds.models import ArchivalItem, Fonds, FondsNote, Holder, Keeping, NumberChange
from app.fonds.sets import Opening, OpeningLine, Transfer, TransferLine
from app.kit.columns import now, today

SITED = {
    ArchivalItem, Fonds, FondsNote, Holder, Keeping, NumberChange, Opening, OpeningLine, Transfer, TransferLine,
}  # fmt: skip


def furnish(site: Site, paper: Document, mark: str, number: int) -> list[Any]:
    """One of each, not yet stored."""
    archivist, supervisor = makers.user("archivist"), makers.user("supervisor")
    keeper, owner = (
        Holder(site_id=site.id, name=f"{mark}室新{number}"),
        Holder(site_id=site.id, name=f"{mark}馆{number}"),
    )
    fonds = Fonds(site_id=site.id, number=f"Z{number:05d}", title=f"{mark}宗{number}", holder=keeper,
                  scheme_key="street_transfer", file=paper.file)  # fmt: skip
    item = ArchivalItem(
        site_id=site.id, fonds=fonds, holder=keeper, number=f"{mark}档{number}", kind="document", category="document",
        year=2011, period="Y", body="办公室", body_code="BGS", sequence=1, title=f"{mark}题新{number}",
        file=paper.file, document=paper, carriers="paper", state="filed", filed_on=today(), open_state="may_open",
        no_copy_by_id=archivist.id,
    )  # fmt: skip
    note = FondsNote(site_id=site.id, fonds=fonds, title=f"{mark}介{number}", said="1998年设立。", made_on=today())
    change = NumberChange(site_id=site.id, fonds=fonds, item=item, old=f"{mark}旧新{number}", new=item.number,
                          changed_at=now(), user_id=archivist.id)  # fmt: skip
    kept = Keeping(
        site_id=site.id, fonds=fonds, keeper=keeper, owner=owner, reason=f"{mark}代新{number}", state="asked"
    )
    transfer = Transfer(site_id=site.id, number=f"{mark}移新{number}", fonds=fonds, giver=keeper, receiver=owner,
                        drawn_by_id=archivist.id, drawn_on=today(), supervisor_id=supervisor.id)  # fmt: skip
    line = TransferLine(site_id=site.id, transfer=transfer, item=item, position=1, number=item.number, title=item.title)
    opening = Opening(site_id=site.id, number=f"{mark}开{number}", title=f"{mark}新{number}", drawn_by_id=archivist.id,
                      drawn_on=today())  # fmt: skip
    opened = OpeningLine(site_id=site.id, opening=opening, item=item, position=1)
    return [owner, keeper, fonds, item, note, change, kept, transfer, line, opening, opened]
