"""The acceptance by experts from outside: a standard gone through item by item, judged again until met, signed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.campaigns.ledgers import AcceptanceExpert, AcceptanceItem
from app.campaigns.models import Campaign
from app.campaigns.tasks import next_position
from app.kit import yamls
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.moves import Move
from app.kit.session import db
from app.security import audit

STANDARD = Path(__file__).parent / "standard.yaml"
TAKES = frozenset({"planned", "running"})


@cache
def standard() -> list[str]:
    """The shipped items of the standard, in the archive's language."""
    return [str(line) for line in yamls.read(STANDARD.read_text(encoding="utf-8"))]


def items_of(campaign: Campaign) -> list[AcceptanceItem]:
    query = select(AcceptanceItem).where(AcceptanceItem.campaign_id == campaign.id)
    return list(db.session.scalars(query.order_by(AcceptanceItem.position, AcceptanceItem.id)))


def experts_of(campaign: Campaign) -> list[AcceptanceExpert]:
    query = select(AcceptanceExpert).where(AcceptanceExpert.campaign_id == campaign.id)
    return list(db.session.scalars(query.order_by(AcceptanceExpert.id)))


def list_standard(campaign: Campaign, *, by: Any) -> None:
    """Put the shipped standard on the list, as far as it is not there (P6.07)."""
    _not_signed(campaign)
    known = {item.standard for item in items_of(campaign)}
    fresh = [words for words in standard() if words not in known]
    if not fresh:
        raise RuleError(_l("The whole standard is listed already."))
    for place, words in enumerate(fresh, len(known) + 1):
        db.session.add(
            AcceptanceItem(site_id=campaign.site_id, campaign_id=campaign.id, position=place, standard=words)
        )
    db.session.flush()


def add_item(item: AcceptanceItem, *, by: Any = None) -> None:
    """One more item of one's own."""
    with db.session.no_autoflush:
        campaign = _open_campaign(item.campaign)
        _not_signed(campaign)
        item.position = next_position(AcceptanceItem, campaign)
        item.site_id, item.state = campaign.site_id, "open"


def amend_item(item: AcceptanceItem, *, by: Any = None) -> None:
    """The words of an item, until it is judged."""
    if item.state != "open":
        raise RuleError(_l("This item has been judged: its words do not change any more."))
    _not_signed(_open_campaign(item.campaign))


def takes(campaign: Campaign) -> bool:
    """Whether its page offers one more item or expert."""
    return campaign.state in TAKES


def _open_campaign(campaign: Campaign | None) -> Campaign:
    if campaign is None or not takes(campaign):
        raise RuleError(_l("The acceptance of this campaign is over."), field="campaign")
    return campaign


def _not_signed(campaign: Campaign) -> None:
    if any(expert.signed_on for expert in experts_of(campaign)):
        raise RuleError(_l("The experts have signed: the list does not change any more."))


def _judge(item: AcceptanceItem) -> None:
    if item.campaign.state != "running":
        raise RuleError(_l("Items are judged while the campaign is under way."))
    _not_signed(item.campaign)
    item.round, item.judged_on = item.round + 1, today()


def meet(item: AcceptanceItem, *, by: Any, remark: str = "") -> None:
    """The item meets the standard."""
    _judge(item)
    item.remark = remark.strip()[:300]


def fall_short(item: AcceptanceItem, *, by: Any, remark: str = "") -> None:
    """It falls short, and it is said of what; it is judged again once that is put right (直到合格为止)."""
    if not remark.strip():
        raise RuleError(_l("Say what falls short."), field="remark")
    _judge(item)
    item.remark = remark.strip()[:300]


MOVES = [
    Move(
        "meet", {"open", "failed"}, "met", "AcceptanceItem:judge", _l("Meets the standard"), meet, style="primary",
        asks=(("remark?", _l("Remark of the experts")),),
    ),
    Move(
        "fall_short", {"open", "failed", "met"}, "failed", "AcceptanceItem:judge", _l("Falls short"), fall_short,
        asks=(("remark", _l("Remark of the experts")),),
    ),
]  # fmt: skip


def add_expert(expert: AcceptanceExpert, *, by: Any = None) -> None:
    """Somebody from outside comes to judge."""
    with db.session.no_autoflush:
        expert.site_id = _open_campaign(expert.campaign).site_id


def sign(expert: AcceptanceExpert, *, by: Any = None) -> None:
    """The expert signs on screen or on paper once every item is met; a signature stays as it is."""
    if expert.signed_on is not None:
        raise RuleError(_l("This expert has signed: nothing changes any more."))
    if not expert.signature and not expert.is_signed_on_paper:
        return
    campaign = _open_campaign(expert.campaign)
    items = items_of(campaign)
    if left := [item for item in items if item.state != "met"]:
        raise RuleError(_l("%(count)s items do not meet the standard yet.", count=len(left)), field="signature")
    if not items:
        raise RuleError(_l("There is no standard to sign: list its items first."), field="signature")
    expert.signed_on = today()
    audit.write("sign", expert, {}, by=by)


def demand_signed(campaign: Campaign) -> None:
    """The standard is there and met, and everybody who came has signed."""
    items, experts = items_of(campaign), experts_of(campaign)
    if not items or not experts:
        raise RuleError(_l("An acceptance needs a standard and at least one expert from outside."))
    if any(item.state != "met" for item in items):
        raise RuleError(_l("Not every item meets the standard yet."))
    if any(expert.signed_on is None for expert in experts):
        raise RuleError(_l("Not every expert has signed yet."))
